"""The weight that each respondent's row carries.

Weights are told apart to a billionth of the largest one, as whole numbers: however a
database adds them up, their sums are the same to the last digit, and equal weights stay equal.
"""

__all__ = ["UNIT", "read_weights", "weigh"]

import math
import re
from pathlib import Path

import pandas as pd

from utils.french import listing
from utils.reading.files import LINE, display_path
from utils.reading.forms.exports import COLUMNS
from utils.reading.problems import Problem
from utils.survey.about import Metadata
from utils.survey.codebook import Codebook
from utils.survey.weights import WEIGHT

UNIT = 2**30  # what the largest weight is written as
_NUMBER = re.compile(r"\+?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_EXPECTED = "un poids : un nombre positif comme 1,25 ou 0.8, ou 0 pour une réponse qui ne compte pas"


def read_weights(
    rows: pd.DataFrame, column: str, file: str, problems: list[Problem], shown: int
) -> tuple[pd.DataFrame, int]:
    """Read the weights of respondents' rows.

    Parameters
    ----------
    rows : DataFrame of str
        The answers, with the line of each and their weight as it was typed.
    column : str
        The weight's column.
    file : str
        What the analyst calls the rows' file, for messages.
    problems : list of Problem
        Receives what is no weight; equal faults are told once, with their number and first lines.
    shown : int
        How many lines are named with a fault.

    Returns
    -------
    rows : DataFrame
        Those that weigh something, with `WEIGHT` (int, up to `UNIT`) in place of the weight's column.
    weightless : int
        How many rows have a weight of 0.

    Examples
    --------
    >>> given = pd.DataFrame({LINE: [2, 3, 4], "poids": ["0,5", "2", "0"]})
    >>> rows, weightless = read_weights(given, "poids", "reponses.csv", [], 5)
    >>> (rows[WEIGHT] / UNIT).tolist(), weightless
    ([0.25, 1.0], 1)
    """
    cells = rows[column].str.strip()
    read = {text: _weight(text) for text in cells.unique()}
    for text in (text for text, weight in read.items() if weight is None):
        lines = rows.loc[cells == text, LINE].tolist()
        also = tuple(lines[1:shown])
        problems.append(Problem(file, _EXPECTED, lines[0], column, text, also=also, count=len(lines)))
    weights = cells.map(read).astype(float)
    counted = weights > 0
    kept = rows[counted].drop(columns=column)
    largest = float(weights.max()) if counted.any() else 1.0
    # A weight so small beside the largest that it would vanish still counts for something.
    scaled = (weights[counted] / largest * UNIT).round().clip(lower=1).astype("int64")
    return kept.assign(**{WEIGHT: scaled}).reset_index(drop=True), int((weights == 0).sum())


def weigh(
    rows: pd.DataFrame, about: Metadata, path: Path, codebook: Codebook, problems: list[Problem], shown: int
) -> tuple[pd.DataFrame, int]:
    """Return the rows that weigh something, with their weights, and how many weigh nothing."""
    file = display_path(path.parent / "vague.yml")
    if about.poids is None:
        return rows, 0
    if about.poids in codebook or about.poids in COLUMNS:
        expected = "une colonne qui n’est ni une question ni l’une de " + ", ".join(COLUMNS)
        problems.append(Problem(file, expected, column="poids", value=about.poids))
    elif about.poids in rows.columns:
        return read_weights(rows, about.poids, display_path(path), problems, shown)
    elif not about.importation:  # of an export, it is already told which titles there are
        expected = f"le titre d’une colonne de {path.name} : {listing(name for name in rows.columns if name != LINE)}"
        problems.append(Problem(file, expected, column="poids", value=about.poids))
    return rows, 0


def _weight(text: str) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    weight = float(text.replace(",", "."))
    return weight if math.isfinite(weight) else None
