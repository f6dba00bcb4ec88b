"""Respondents' rows, checked and counted by an embedded database: one path, whatever their number.

Rows come in the contract's form (`id, date, commune, ins`, then a column per question).
What cannot be is found among the groups of equal answers.
"""

__all__ = ["Tally", "tally"]

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from utils.french import listing
from utils.reading.forms.counting import (
    answered,
    contract_cells,
    numbers_given,
    options_of,
    order_of,
    orders_given,
    weights,
)
from utils.reading.forms.faults import SHOWN
from utils.reading.forms.numbers import accepted
from utils.reading.forms.orders import misordered
from utils.reading.forms.rows import Rows, options_in
from utils.reading.problems import Problem
from utils.reading.relations import Relation, literal
from utils.survey.about import Period
from utils.survey.apart import unruled
from utils.survey.codebook import SPLIT, Codebook, Question, activity_of
from utils.survey.weights import Weights

_ACTIVE = ("oui", "non", "")


@dataclass(frozen=True)
class Tally:
    """What a wave's respondents answered, counted.

    Attributes
    ----------
    counts : DataFrame
        As `effectifs.csv`: every answer overall, by province, by size, and by both at once.
    answered : Series of int
        Who answered each question of which several options can be chosen; see `counting.answered`.
    respondents : Series of int
        Rows, by province and size.
    communes : int
        Different communes among them.
    repeated : tuple of str
        Communes that several respondents speak for.
    unordered : int
        How many of these have no date that tells which is the first or the last: the order of
        the file does.
    strange_dates : int
        Rows whose date lies outside the period of the survey.
    elsewhere : int
        Rows that name another province than the list has for their commune.
    answers : DataFrame of str
        The row kept of each commune: `ins`, then a column per question put to communes, and its
        weight where rows have one.
    numbers : DataFrame
        How many gave each number; see `counting.numbers_given`.
    orders : DataFrame
        How many put options in each order; see `counting.orders_given`.
    weights : Weights, optional
        What the answers weigh, where rows have weights.
    """

    counts: pd.DataFrame
    answered: pd.Series
    respondents: pd.Series
    communes: int
    repeated: tuple[str, ...]
    unordered: int
    strange_dates: int
    elsewhere: int
    answers: pd.DataFrame
    numbers: pd.DataFrame
    orders: pd.DataFrame
    weights: Weights | None = None


def tally(
    source: Relation | pd.DataFrame,
    file: str,
    codebook: Codebook,
    communes: pd.DataFrame,
    problems: list[Problem],
    *,
    duplicates: Literal["derniere", "premiere", "erreur"] = "derniere",
    shown: int = SHOWN,
    omitted: Collection[str] = (),
    period: Period | None = None,
) -> Tally | None:
    """Check respondents' rows and count their answers.

    Parameters
    ----------
    source : Relation or DataFrame
        Rows of text in the contract's form, with the line of each, and their weight if they have one.
    file : str
        What the analyst calls it, for messages.
    codebook : Codebook
        The questions of this wave.
    communes : DataFrame
        The communes asked: `ins, commune, province, taille`.
    problems : list of Problem
        Receives what is wrong; equal faults are told once, with their number and first lines.
    duplicates : {"derniere", "premiere", "erreur"}
        Which respondent speaks for a commune where several do.
    shown : int
        How many lines are named with a fault; the others are counted.
    omitted : collection of str
        Questions that the wave says it left out: they have no column.
    period : Period, optional
        When the survey was made.

    Returns
    -------
    Tally or None
        None where something is wrong.
    """
    before = len(problems)
    relation = source if isinstance(source, Relation) else Relation.of(source)
    rows = Rows(relation, file, codebook, problems, shown, omitted)
    if not rows.usable:
        return None
    rows.place(communes)
    rows.check_ids()
    rows.check_dates()
    repeated = rows.keep(duplicates)
    rows.group()
    _check(rows, codebook)
    if len(problems) > before:
        return None
    rows.part(lambda name, value: options_of(codebook[name], value))
    answers, answering = rows.answered(), rows.answering()
    numbers, orders = (
        rows.held([question.id for question in codebook.questions if question.type == kind])
        for kind in ("nombre", "classement")
    )
    return Tally(
        counts=contract_cells(answers, codebook),
        answered=answered(answering, codebook),
        respondents=rows.placed(),
        communes=rows.places,
        repeated=repeated,
        unordered=rows.unordered(),
        strange_dates=rows.outside(period) if period else 0,
        elsewhere=rows.elsewhere(),
        answers=_first_places(rows.answers(), codebook),
        numbers=numbers_given(numbers, codebook),
        orders=orders_given(orders, codebook),
        weights=weights(answers, answering, codebook, rows.weighed()) if rows.weighted else None,
    )


def _first_places(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return what communes answered, of a ranking what they put first: as that it is counted by option."""
    ranked = [name for name in answers.columns if name in codebook and codebook[name].type == "classement"]
    return answers.assign(**{name: answers[name].map(lambda cell: next(iter(order_of(cell)), "")) for name in ranked})


def _check(rows: Rows, codebook: Codebook) -> None:
    """Note every answer that cannot be: unknown, outside its scale, or where the routing forbids one.

    The groups of equal answers tell whether there is any; the rows are looked at for their lines alone.
    """
    active, faults = rows.column(SPLIT), rows.faults
    if rows.given([SPLIT], odd := f"value NOT IN ({', '.join(map(literal, _ACTIVE))})"):
        condition = f"{active} IN (SELECT value FROM cells WHERE question = '{SPLIT}' AND {odd})"
        faults.tell_each(active, condition, SPLIT, lambda value: ("oui ou non", value), "oui ou non")
    depending = [name for name in rows.asked if name != SPLIT and codebook[name].base != "repondants"]
    if depending and rows.given([SPLIT], "value = ''"):  # nothing, where it is not asked
        told = " OR ".join(f"{rows.column(name)} <> ''" for name in depending)
        expected = "oui ou non, puisque d’autres réponses de la ligne en dépendent"
        faults.tell_where(f"{active} = '' AND ({told})", expected, SPLIT, "")
    for name in rows.asked:
        if name == SPLIT:
            continue
        question, cell = codebook[name], rows.column(name)
        if rows.given([name], odd := _unknown(rows, codebook, question)):
            condition = f"{cell} IN (SELECT value FROM cells WHERE question = '{name}' AND {odd})"
            expected = _expected(codebook, question)
            faults.tell_each(cell, condition, name, _naming(expected, codebook, question), expected)
        for alone in filter(None, (question.alone, unruled(question))):
            if rows.given([name], odd := _contradicted(rows, codebook, question, alone)):
                condition = f"{cell} IN (SELECT value FROM cells WHERE question = '{name}' AND {odd})"
                faults.tell_each(cell, condition, name, _contradicting(question, alone), _alone(question, alone[0]))
        pair = codebook.split(question.base)
        if pair is None:
            continue
        # A row that leaves blank whether it is active is told above.
        blank, wanted = [""] * (pair.question == SPLIT), pair.side(question.base).modalites
        mine = ", ".join(map(literal, (activity_of(question.base), *blank)))
        if values := rows.given([name], f"value <> '' AND active NOT IN ({mine})", among="groups"):
            who, value = codebook.noun(question.base).plural, values[0] if len(values) == 1 else None
            which = f"`{pair.question}` vaut {' ou '.join(wanted)}"
            expected = f"une cellule vide : la question se pose aux {who} ({which})"
            spared = ", ".join(map(literal, (*wanted, *blank)))
            faults.tell_where(f"{cell} <> '' AND {rows.column(pair.question)} NOT IN ({spared})", expected, name, value)


def _unknown(rows: Rows, codebook: Codebook, question: Question) -> str:
    """Return the condition on `cells` that a cell holds an answer that the question does not have."""
    if question.type == "nombre":
        return rows.strange(question.id, lambda value: not value.strip() or question.measure.held(value.strip()))
    if question.type == "classement":
        return rows.strange(question.id, lambda value: not misordered(question, value))
    known = ", ".join(map(literal, codebook.answers(question.id)))
    if question.type != "choix_multiple":
        return f"value NOT IN ('', {known})"
    return f"NOT list_has_all([{known}], {options_in('value')})"


def _naming(expected: str, codebook: Codebook, question: Question) -> Callable[[str], tuple[str, str]]:
    """Return what tells the answers of a cell that the question does not have."""
    if question.type == "classement":
        return lambda value: (misordered(question, value), value)
    known = set(codebook.answers(question.id))
    return lambda value: (expected, listing([one for one in options_of(question, value) if one not in known]))


def _contradicted(rows: Rows, codebook: Codebook, question: Question, alone: Sequence[str]) -> str:
    """Return the condition on `cells` that one of some options stands beside others."""
    given, apart = options_in("value"), ", ".join(map(literal, alone))
    return f"len({given}) > 1 AND list_has_any([{apart}], {given}) AND NOT ({_unknown(rows, codebook, question)})"


def _contradicting(question: Question, alone: Sequence[str]) -> Callable[[str], tuple[str, str]]:
    """Return what tells the options that rule out the others of their cell, or that may."""

    def told(value: str) -> tuple[str, str]:
        return _alone(question, next(one for one in options_of(question, value) if one in alone)), value

    return told


def _alone(question: Question, option: str) -> str:
    if option not in question.alone:
        return (
            f"dans questionnaire.yml, sur « {option} », `exclusive: true` s’il exclut les autres réponses (la cellule "
            "est alors à corriger), ou `exclusive: false` s’il se donne avec elles"
        )
    rule = "`exclusive`" if option in question.exclusive else "sous `sans_avis`"
    return (
        f"« {option} » seul, ou les autres réponses sans lui, car questionnaire.yml met cette modalité {rule} : "
        "corriger la cellule, ou écarter la ligne (`--ecarter`)"
    )


def _expected(codebook: Codebook, question: Question) -> str:
    if question.type == "likert":
        scale = codebook.scale(question.id)
        score = f"un score entier de {scale.minimum} à {scale.maximum}"
        return ", ".join([score, *question.options]) + ", ou rien"
    if question.type == "nombre":
        return accepted(question)
    if question.type == "classement":
        return "des modalités dans l’ordre de préférence, séparées par « ; », parmi " + ", ".join(question.options)
    joined = "des modalités séparées par « ; » parmi " if question.type == "choix_multiple" else "une modalité parmi "
    return joined + ", ".join(question.options)
