"""What simulations have measured of the book's own rules."""

__all__ = ["false_claims", "interval_coverage"]

from pathlib import Path

import pandas as pd

from utils.paths import DATA
from utils.reading.checks import WHOLE, flag
from utils.reading.files import LINE, display_path
from utils.reading.problems import DataError, Problem
from utils.reading.tabular import read_table

_COVERAGE = ("intervalle", "population", "n", "tirages", "couverture")
_COLUMNS = ("livre", "genre", "tests", "livres", "sans_correction", "fausses")


def false_claims(data: Path = DATA) -> pd.DataFrame:
    """Return how many books in which nothing differs claim that something does, as `make claims` measured it.

    Returns
    -------
    DataFrame
        `livre, genre` as text; `tests, livres` (int); `sans_correction, fausses`, shares of the
        books (0..1) that claim anything without the correction and with it.

    Raises
    ------
    DataError
        The file is missing or damaged.

    Examples
    --------
    >>> bool((false_claims()["fausses"] <= 0.05).all())
    True
    """
    problems: list[Problem] = []
    path = data / "fausses_alertes.csv"
    table = read_table(path, list(_COLUMNS), problems)
    for column in ("tests", "livres"):
        flag(table, column, ~table[column].str.fullmatch(WHOLE), display_path(path), "un entier", problems)
    for column in ("sans_correction", "fausses"):
        wrong = ~table[column].str.fullmatch(r"[01]\.[0-9]+")
        flag(table, column, wrong, display_path(path), "une part de 0 à 1", problems)
    if problems:
        raise DataError(problems)
    return table.drop(columns=LINE).astype({"tests": int, "livres": int, "sans_correction": float, "fausses": float})


def interval_coverage(data: Path = DATA) -> pd.DataFrame:
    """Return how often each kind of interval holds the truth, as `make coverage` measured it.

    Returns
    -------
    DataFrame
        `intervalle, population, n` as text, `tirages` (int) and `couverture` (0..1); a row a simulation.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    problems: list[Problem] = []
    path = data / "couverture.csv"
    table = read_table(path, list(_COVERAGE), problems)
    share, whole = table["couverture"].str.fullmatch(r"[01]\.[0-9]+"), table["tirages"].str.fullmatch(WHOLE)
    flag(table, "couverture", ~share, display_path(path), "une part de 0 à 1", problems)
    flag(table, "tirages", ~whole, display_path(path), "un entier", problems)
    if problems:
        raise DataError(problems)
    return table.drop(columns=LINE).astype({"tirages": int, "couverture": float})
