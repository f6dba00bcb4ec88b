"""From groups of equal answers to the contract's counts.

Knows what a cell of a respondents' file holds, not where it was read.
"""

__all__ = ["contract_cells", "options_of"]

from collections.abc import Iterator

import pandas as pd

from utils.survey.codebook import ALL, CELL, SPLIT, Codebook, Question, activity_of


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
        As `effectifs.csv`: overall, by province and by size; by both at once where several
        answers are allowed, and for who is active. Missing answers count in no cell.
    """
    by_question = dict(list(groups.groupby("question", sort=False)))
    parts = [
        _question_cells(question, codebook, by_question.get(question.id, groups.iloc[:0]))
        for question in codebook.questions
        if question.type != "texte"
    ]
    return pd.concat(parts, ignore_index=True)[[*CELL, "effectif"]]


def _question_cells(question: Question, codebook: Codebook, found: pd.DataFrame) -> pd.DataFrame:
    if question.base != "repondants":
        found = found[found["kept"]]
    chosen = found.assign(modalite=[options_of(question, value) for value in found["value"]]).explode("modalite")
    # An empty answer counts in no cell.
    chosen = chosen[chosen["modalite"].notna()]
    if len(question.bases) == 1:
        chosen["active"] = activity_of(question.base)
    rows = []
    for activity in map(activity_of, question.bases):
        among = chosen[chosen["active"] == activity]
        for strata in _strata(codebook, crossed=question.type == "choix_multiple" or question.id == SPLIT):
            inside = among
            for by, stratum in strata.items():
                inside = inside if stratum == ALL else inside[inside[by] == stratum]
            counts = inside.groupby("modalite")["n"].sum()
            cell = (activity, *strata.values())
            rows += [(question.id, a, *cell, int(counts.get(a, 0))) for a in codebook.answers(question.id)]
    return pd.DataFrame(rows, columns=[*CELL, "effectif"])


def _strata(codebook: Codebook, *, crossed: bool) -> Iterator[dict[str, str]]:
    provinces, sizes = codebook.strata("province"), codebook.strata("taille")
    yield {"province": ALL, "taille": ALL}
    yield from ({"province": province, "taille": ALL} for province in provinces)
    yield from ({"province": ALL, "taille": size} for size in sizes)
    if crossed:
        yield from ({"province": province, "taille": size} for province in provinces for size in sizes)
