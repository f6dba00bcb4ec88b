"""Respondents' rows, checked and counted by an embedded database: one path, whatever their number.

Rows come in the contract's form (`id, date, commune, ins`, then a column per question).
What cannot be is found among the groups of equal answers.
"""

__all__ = ["EVERY", "Tally", "tally"]

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import duckdb
import pandas as pd

from utils.french import listing
from utils.reading.forms.counting import answered, contract_cells, numbers_given, options_of, order_of, orders_given
from utils.reading.forms.exports import SHOWN
from utils.reading.forms.numbers import accepted
from utils.reading.forms.orders import misordered
from utils.reading.forms.rows import Rows
from utils.reading.problems import Problem
from utils.survey.about import Period
from utils.survey.codebook import ALL, BASES, SPLIT, Codebook, Question, activity_of

MEMORY = "350MB"  # what the database may hold; it works on disk beyond
EVERY = 999_999  # the most lines that the database can name at once
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
    answers : DataFrame of str
        The row kept of each commune: `ins`, then a column per question put to communes.
    numbers : DataFrame
        How many gave each number; see `counting.numbers_given`.
    orders : DataFrame
        How many put options in each order; see `counting.orders_given`.
    """

    counts: pd.DataFrame
    answered: pd.Series
    respondents: pd.Series
    communes: int
    repeated: tuple[str, ...]
    unordered: int
    strange_dates: int
    answers: pd.DataFrame
    numbers: pd.DataFrame
    orders: pd.DataFrame


def tally(
    source: pd.DataFrame,
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
    source : DataFrame
        Rows of text in the contract's form, with the line of each.
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
    with duckdb.connect(config={"memory_limit": MEMORY}) as database:
        database.execute("SET preserve_insertion_order = false")
        rows = Rows(database, source, file, codebook, problems, shown, omitted)
        if not rows.usable:
            return None
        rows.place(communes)
        rows.check_ids()
        rows.check_dates()
        repeated = rows.keep(duplicates)
        groups = rows.grouped()
        _check(rows, groups, codebook)
        if len(problems) > before:
            return None
        return Tally(
            counts=contract_cells(groups, codebook),
            answered=answered(groups, codebook),
            respondents=rows.placed(),
            communes=rows.places,
            repeated=repeated,
            unordered=rows.unordered(),
            strange_dates=rows.outside(period) if period else 0,
            answers=_first_places(rows.answers(), codebook),
            numbers=numbers_given(groups, codebook),
            orders=orders_given(groups, codebook),
        )


def _first_places(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return what communes answered, of a ranking what they put first: as that it is counted by option."""
    ranked = [name for name in answers.columns if name in codebook and codebook[name].type == "classement"]
    return answers.assign(**{name: answers[name].map(lambda cell: next(iter(order_of(cell)), "")) for name in ranked})


def _check(rows: Rows, groups: pd.DataFrame, codebook: Codebook) -> None:
    """Note every answer that cannot be: unknown, outside its scale, or where the routing forbids one."""
    told = groups[groups["question"] == SPLIT]
    for value in sorted(set(told["value"]) - set(_ACTIVE)):
        lines, count = rows.lines(f"{rows.column(SPLIT)} = ?", (value,))
        rows.fault("oui ou non", column=SPLIT, value=value, lines=lines, count=count)
    depending = [name for name in rows.asked if name != SPLIT and codebook[name].base != "repondants"]
    answered = " OR ".join(f"trim({rows.column(name)}) <> ''" for name in depending)
    if answered:
        lines, count = rows.lines(f"{rows.column(SPLIT)} = '' AND ({answered})")
        if count:
            expected = "oui ou non, puisque d’autres réponses de la ligne en dépendent"
            rows.fault(expected, column=SPLIT, value="", lines=lines, count=count)
    for name in rows.asked:
        if name == SPLIT:
            continue
        question, given = codebook[name], groups[(groups["question"] == name) & (groups["value"].str.strip() != "")]
        known = set(codebook.answers(name))
        for value in sorted(set(given["value"])):
            strange = [option for option in options_of(question, value) if option not in known]
            if fault := misordered(question, value):
                lines, count = rows.lines(f"{rows.column(name)} = ?", (value,))
                rows.fault(fault, column=name, value=value, lines=lines, count=count)
            elif strange:
                lines, count = rows.lines(f"{rows.column(name)} = ?", (value,))
                rows.fault(_expected(codebook, question), column=name, value=listing(strange), lines=lines, count=count)
            elif fault := _contradiction(question, value):
                lines, count = rows.lines(f"{rows.column(name)} = ?", (value,))
                rows.fault(fault, column=name, value=value, lines=lines, count=count)
        wanted = activity_of(question.base)
        barred = given[(given["active"] != wanted) & (given["active"] != "")]
        if wanted != ALL and len(barred):
            condition = f"trim({rows.column(name)}) <> '' AND {rows.column(SPLIT)} NOT IN (?, '')"
            lines, count = rows.lines(condition, (wanted,))
            who, values = BASES[question.base].plural, set(barred["value"])
            value = values.pop() if len(values) == 1 else None
            expected = f"une cellule vide : la question se pose aux {who} (`active` vaut {wanted})"
            rows.fault(expected, column=name, value=value, lines=lines, count=count)


def _contradiction(question: Question, value: str) -> str:
    """Say what a cell should hold where an option stands beside others that it rules out; empty text elsewhere."""
    given = options_of(question, value)
    alone = [option for option in given if option in question.alone]
    if not alone or len(given) == 1:
        return ""
    rule = "`exclusive`" if alone[0] in question.exclusive else "sous `sans_avis`"
    return (
        f"« {alone[0]} » seul, ou les autres réponses sans lui, car questionnaire.yml met cette modalité {rule} : "
        "corriger la cellule, ou écarter la ligne (`--ecarter`)"
    )


def _expected(codebook: Codebook, question: Question) -> str:
    if question.type == "likert":
        scale = codebook.scale(question.id)
        score = f"un score entier de {scale.minimum} à {scale.maximum}"
        return ", ".join([score, *question.options]) + ", ou rien"
    if question.type == "nombre":
        return accepted(question)
    joined = "des modalités séparées par « ; » parmi " if question.type == "choix_multiple" else "une modalité parmi "
    return joined + ", ".join(question.options)
