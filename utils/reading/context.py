"""What other surveys say of the inhabitants whom communes address, as `data/contexte.csv` lists it."""

__all__ = ["context"]

from pathlib import Path

import pandas as pd

from utils.paths import DATA
from utils.reading.checks import flag
from utils.reading.files import LINE, display_path
from utils.reading.problems import DataError, Problem
from utils.reading.tabular import read_table

FACTS = ("fait", "libelle", "part", "annee", "source", "public")


def context(data: Path = DATA) -> pd.DataFrame:
    """Return the facts, by id.

    Returns
    -------
    DataFrame
        `libelle`, `part` (0..1), `annee` (text; empty where no source says), `source`, `public` (who was asked).

    Raises
    ------
    DataError
        The file is missing or damaged, a fact stands twice, or lacks its words, share or source.
    """
    problems: list[Problem] = []
    path = data / "contexte.csv"
    table = read_table(path, list(FACTS), problems)
    name = display_path(path)
    for column in ("fait", "libelle", "source", "public"):
        flag(table, column, table[column] == "", name, "un texte", problems)
    flag(table, "fait", table["fait"].duplicated(), name, "un identifiant par ligne", problems)
    share = pd.to_numeric(table["part"], errors="coerce")
    flag(table, "part", ~share.between(0, 1), name, "une part, de 0 à 1", problems)
    if problems:
        raise DataError(problems)
    return table.assign(part=share).drop(columns=LINE).set_index("fait")
