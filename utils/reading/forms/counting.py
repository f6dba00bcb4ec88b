"""From groups of equal answers to the contract's counts.

Knows what a cell of a respondents' file holds, not where it was read.
"""

__all__ = ["answered", "contract_cells", "options_of", "weights"]

from collections.abc import Iterator
from itertools import product

import pandas as pd

from utils.survey.codebook import ALL, CELL, Codebook, Question, activity_of


def options_of(question: Question, value: str) -> list[str]:
    """Return the answers that a cell holds: several for a multiple choice, none for an empty one."""
    parts = value.split(";") if question.type == "choix_multiple" else [value]
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


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


def weights(groups: pd.DataFrame, codebook: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add up what weighted answers weigh: by the contract's cells, and by those of `answered`.

    Parameters
    ----------
    groups : DataFrame
        As for `contract_cells`, with `sums` of weights and of their `squares`.
    codebook : Codebook
    """
    made = {of: (_by_cell(groups, codebook, of), _by_table(groups, codebook, of)) for of in ("sums", "squares")}
    cells, tables = (pd.DataFrame({of: found[i] for of, found in made.items()}) for i in (0, 1))
    return cells.reset_index(drop=True), tables


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
