"""From groups of equal answers to the contract's counts.

Knows what a cell of a respondents' file holds, not where it was read.
"""

__all__ = [
    "added",
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


def contract_cells(groups: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Add groups of equal answers up to the contract's cells; an answer that nobody gave counts 0.

    Parameters
    ----------
    groups : DataFrame
        `question, value, active, province, taille, kept, n`: `value` as a cell holds it, `kept`
        where the row speaks for its commune, `n` how many rows.
    codebook : Codebook

    Returns
    -------
    DataFrame
        As `effectifs.csv`: overall, by province, by size, and by both at once, by which
        breakdowns are protected. Missing answers count in no cell.
    """
    counts = _by_cell(groups, codebook, "n")
    return counts.astype(int).rename("effectif").reset_index()


def answered(groups: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Count who answered each question of which several options can be chosen: who chose at least one.

    Whoever chose none is without answer. A row cannot tell "none of these" from a question that was
    passed over, and tools write both alike: a form that wants to know has an option that says so.

    Parameters
    ----------
    groups, codebook
        As for `contract_cells`.

    Returns
    -------
    Series of int
        By the contract's cells without `modalite`.
    """
    return _by_table(groups, codebook, "n").astype(int)


def weights(groups: pd.DataFrame, codebook: Codebook, rows: Weighed) -> Weights:
    """Add up what weighted answers weigh.

    Parameters
    ----------
    groups : DataFrame
        As for `contract_cells`, with `sums` of weights and of their `squares`.
    codebook : Codebook
    rows : Weighed
        What all rows weigh together.
    """
    # In one order: sums of what is no whole number depend on it.
    groups = groups.sort_values(["question", "value", "active", "province", "taille", "kept"])
    made = {of: (_by_cell(groups, codebook, of), _by_table(groups, codebook, of)) for of in ("sums", "squares")}
    cells, tables = (pd.DataFrame({of: found[i] for of, found in made.items()}) for i in (0, 1))
    return Weights(cells.reset_index(drop=True), tables, rows)


def _by_cell(groups: pd.DataFrame, codebook: Codebook, of: str) -> pd.Series:
    summed = _summed(_answers(groups, codebook).explode("modalite"), list(CELL), of)
    return summed.reindex(pd.MultiIndex.from_tuples(_cells(codebook), names=CELL), fill_value=0)


def _by_table(groups: pd.DataFrame, codebook: Codebook, of: str) -> pd.Series:
    several = [question.id for question in codebook.questions if question.type == "choix_multiple"]
    answers = _answers(groups, codebook)
    table = [name for name in CELL if name != "modalite"]
    cells = [tuple(cell[CELL.index(name)] for name in table) for cell in _cells(codebook) if cell[0] in several]
    summed = _summed(answers[answers["question"].isin(several)], table, of)
    return summed.reindex(pd.MultiIndex.from_tuples(dict.fromkeys(cells), names=table), fill_value=0)


def gave(counts: pd.DataFrame, question: str, answers: Collection[str]) -> int:
    """Return how many communes gave one of some answers to a single choice, in the contract's counts."""
    told = (counts["question"] == question) & counts["modalite"].isin(answers)
    whole = (counts[["province", "taille"]] == ALL).all(axis=1)
    return int(counts.loc[told & whole, "effectif"].sum())


def orders_given(groups: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count who put options in each order, over all strata.

    Parameters
    ----------
    groups, codebook
        As for `contract_cells`.

    Returns
    -------
    DataFrame
        `question, active, ordre, n`; `ordre` as the contract writes it.
    """
    return _given(groups, codebook, "classement", "ordre", lambda value: ";".join(order_of(value)))


def numbers_given(groups: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count who gave each number, over all strata.

    Parameters
    ----------
    groups, codebook
        As for `contract_cells`.

    Returns
    -------
    DataFrame
        `question, active, valeur, n`, in the order of the numbers.
    """
    return _given(groups, codebook, "nombre", "valeur", float)


def added(*given: pd.DataFrame) -> pd.DataFrame:
    """Add up what several shares of the groups gave; see `numbers_given` and `orders_given`."""
    found = pd.concat(given)
    return found.groupby([name for name in found.columns if name != "n"])["n"].sum().reset_index()


def _given(
    groups: pd.DataFrame, codebook: Codebook, kind: str, name: str, read: Callable[[str], object]
) -> pd.DataFrame:
    """Count who answered questions of one type alike, as `read` reads a cell."""
    asked = [question.id for question in codebook.questions if question.type == kind]
    found = _answers(groups[groups["question"].isin(asked)], codebook)
    return added(found.assign(**{name: found["value"].map(read)})[["question", "active", name, "n"]])


def _summed(answers: pd.DataFrame, cell: list[str], of: str) -> pd.Series:
    """Add up by cell, in each stratum, over all of them, and over one kind or the other."""
    summed_over = ([], ["province"], ["taille"], ["province", "taille"])
    margins = pd.concat([answers.assign(**dict.fromkeys(over, ALL)) for over in summed_over])
    return margins.groupby(cell)[of].sum()


def _answers(groups: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the groups of rows that answered, the options chosen in a list."""
    asked = {question.id: question for question in codebook.questions if question.type != "texte"}
    speaking = groups["kept"] | groups["question"].map({name: one.base == "repondants" for name, one in asked.items()})
    found = groups[speaking]
    options = [options_of(asked[name], value) for name, value in zip(found["question"], found["value"], strict=True)]
    answers = found.assign(modalite=options)
    answers = answers[answers["modalite"].astype(bool)]
    # Who is active tells answers apart only where active and other communes answer apart.
    together = {name: activity_of(one.base) for name, one in asked.items() if len(one.bases) == 1}
    return answers.assign(active=answers["question"].map(together).fillna(answers["active"]))


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
