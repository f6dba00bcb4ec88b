"""From groups of equal answers to the contract's counts.

Knows what a cell of a respondents' file holds, not where it was read.
"""

__all__ = [
    "answered",
    "contract_cells",
    "gave",
    "numbers_given",
    "options_of",
    "order_of",
    "orders_given",
    "weights",
]

from collections.abc import Callable, Collection, Iterator
from itertools import product

import pandas as pd

from utils.statistics.weighed import Weighed
from utils.survey.codebook import ALL, CELL, Codebook, Question, activity_of
from utils.survey.places import at_rank
from utils.survey.weights import Weights


def options_of(question: Question, value: str) -> list[str]:
    """Return the answers that a cell holds: several for a multiple choice, none for an empty one.

    An option of a ranking is counted at its rank.
    A number is counted by its class; one that cannot be answered stays as it stands.
    """
    if question.type == "nombre":
        return [question.measure.held(value.strip()) or value.strip()] if value.strip() else []
    if question.type == "classement":
        return [at_rank(part, rank) for rank, part in enumerate(order_of(value), 1)]
    parts = value.split(";") if question.type == "choix_multiple" else [value]
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def order_of(value: str) -> list[str]:
    """Return the options that a cell puts in order, an empty one where a rank is left out."""
    return [part.strip() for part in value.split(";")] if value.strip(" ;") else []


def contract_cells(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Add answers up to the contract's cells; one that nobody gave counts 0.

    Parameters
    ----------
    answers : DataFrame
        `question, modalite, active, province, taille, kept, n`: `kept` where the row speaks for its
        commune, `n` how many rows gave this answer.
    codebook : Codebook

    Returns
    -------
    DataFrame
        As `effectifs.csv`: overall, by province, by size, and by both at once, by which
        breakdowns are protected. Missing answers count in no cell.
    """
    counts = _by_cell(answers, codebook, "n")
    return counts.astype(int).rename("effectif").reset_index()


def answered(answering: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Count who answered each question of which several options can be chosen: who chose at least one.

    Whoever chose none is without answer. A row cannot tell "none of these" from a question that was
    passed over, and tools write both alike: a form that wants to know has an option that says so.

    Parameters
    ----------
    answering : DataFrame
        As for `contract_cells`, without `modalite`: `n` is how many rows gave any answer.
    codebook : Codebook

    Returns
    -------
    Series of int
        By the contract's cells without `modalite`.
    """
    return _by_table(answering, codebook, "n").astype(int)


def weights(answers: pd.DataFrame, answering: pd.DataFrame, codebook: Codebook, rows: Weighed) -> Weights:
    """Add up what weighted answers weigh.

    Parameters
    ----------
    answers, answering : DataFrame
        As for `contract_cells` and `answered`, with `sums` of weights and of their `squares`. In one
        order: sums of what is no whole number depend on it.
    codebook : Codebook
    rows : Weighed
        What all rows weigh together.
    """
    made = {of: (_by_cell(answers, codebook, of), _by_table(answering, codebook, of)) for of in ("sums", "squares")}
    cells, tables = (pd.DataFrame({of: found[i] for of, found in made.items()}) for i in (0, 1))
    return Weights(cells.reset_index(drop=True), tables, rows)


def _by_cell(answers: pd.DataFrame, codebook: Codebook, of: str) -> pd.Series:
    summed = _summed(_speaking(answers, codebook), list(CELL), of)
    return summed.reindex(pd.MultiIndex.from_tuples(_cells(codebook), names=CELL), fill_value=0)


def _by_table(answering: pd.DataFrame, codebook: Codebook, of: str) -> pd.Series:
    several = [question.id for question in codebook.questions if question.type == "choix_multiple"]
    table = [name for name in CELL if name != "modalite"]
    cells = [tuple(cell[CELL.index(name)] for name in table) for cell in _cells(codebook) if cell[0] in several]
    summed = _summed(_speaking(answering[answering["question"].isin(several)], codebook), table, of)
    return summed.reindex(pd.MultiIndex.from_tuples(dict.fromkeys(cells), names=table), fill_value=0)


def gave(counts: pd.DataFrame, question: str, answers: Collection[str]) -> int:
    """Return how many communes gave one of some answers to a single choice, in the contract's counts."""
    told = (counts["question"] == question) & counts["modalite"].isin(answers)
    whole = (counts[["province", "taille"]] == ALL).all(axis=1)
    return int(counts.loc[told & whole, "effectif"].sum())


def orders_given(held: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count who put options in each order, over all strata.

    Parameters
    ----------
    held : DataFrame
        `question, value, active, kept, n` of the questions that rank: `value` as a cell holds it.
    codebook : Codebook

    Returns
    -------
    DataFrame
        `question, active, ordre, n`; `ordre` as the contract writes it.
    """
    return _given(held, codebook, "ordre", lambda value: ";".join(order_of(value)))


def numbers_given(held: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count who gave each number, over all strata.

    Parameters
    ----------
    held, codebook
        As for `orders_given`, of the questions that ask for a number.

    Returns
    -------
    DataFrame
        `question, active, valeur, n`, in the order of the numbers.
    """
    return _given(held, codebook, "valeur", float)


def _given(held: pd.DataFrame, codebook: Codebook, name: str, read: Callable[[str], object]) -> pd.DataFrame:
    """Count who answered alike, as `read` reads a cell."""
    found = _speaking(held, codebook)
    found = found.assign(**{name: found["value"].map(read)})
    return found.groupby(["question", "active", name])["n"].sum().reset_index()


def _summed(answers: pd.DataFrame, cell: list[str], of: str) -> pd.Series:
    """Add up by cell, in each stratum, over all of them, and over one kind or the other."""
    summed_over = ([], ["province"], ["taille"], ["province", "taille"])
    margins = pd.concat([answers.assign(**dict.fromkeys(over, ALL)) for over in summed_over])
    return margins.groupby(cell)[of].sum()


def _speaking(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the answers that count: of communes, those of the row that speaks for each."""
    asked = {question.id: question for question in codebook.questions if question.type != "texte"}
    found = answers[
        answers["kept"] | answers["question"].map({i: one.base == "repondants" for i, one in asked.items()})
    ]
    # Who is active tells answers apart only where active and other communes answer apart.
    together = {name: activity_of(one.base) for name, one in asked.items() if len(one.bases) == 1}
    return found.assign(active=found["question"].map(together).fillna(found["active"]))


def _cells(codebook: Codebook) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the contract, in its order."""
    strata = list(_strata(codebook))
    for question in codebook.questions:
        if question.type == "texte":
            continue
        for base, (province, taille) in product(question.bases, strata):
            for answer in codebook.answers(question.id):
                yield question.id, answer, activity_of(base), province, taille


def _strata(codebook: Codebook) -> Iterator[tuple[str, str]]:
    provinces, sizes = codebook.strata("province"), codebook.strata("taille")
    yield ALL, ALL
    yield from ((province, ALL) for province in provinces)
    yield from ((ALL, size) for size in sizes)
    yield from product(provinces, sizes)
