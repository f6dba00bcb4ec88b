"""The annex's courses, as `data/formations.csv` lists them."""

__all__ = ["training_catalogue"]

from pathlib import Path

import pandas as pd

from utils.paths import DATA
from utils.reading.checks import flag
from utils.reading.files import LINE, display_path
from utils.reading.problems import DataError, Problem
from utils.reading.tabular import read_table

COURSE = ("organisme", "titre", "public", "duree", "dates", "prix", "themes", "lien")


def training_catalogue(data: Path = DATA) -> pd.DataFrame:
    """Return the annex's courses, one row each, all text; empty text where the study says nothing.

    Raises
    ------
    DataError
        The file is missing or damaged, or a course lacks its title or organiser.
    """
    problems: list[Problem] = []
    path = data / "formations.csv"
    table = read_table(path, list(COURSE), problems)
    for column in ("organisme", "titre", "themes"):
        flag(table, column, table[column] == "", display_path(path), "un texte", problems)
    wrong = ~table["lien"].str.fullmatch(r"https?://\S+")
    flag(table, "lien", wrong, display_path(path), "une adresse web", problems)
    if problems:
        raise DataError(problems)
    return table.drop(columns=LINE)
