"""`rejets.csv`: respondents' rows that were set aside as unusable, and that a wave goes on without."""

__all__ = ["REJECTS", "check_rejects", "lines_of", "read_rejects"]

import re
from pathlib import Path

import pandas as pd

from utils.reading.checks import WHOLE
from utils.reading.files import LINE, display_path
from utils.reading.problems import Problem
from utils.reading.relations import Relation
from utils.reading.tabular import read_raw
from utils.spreadsheet import harmless

REJECTS = "rejets.csv"


def read_rejects(folder: Path, problems: list[Problem]) -> pd.DataFrame:
    """Return the rows that `rejets.csv` sets aside; none where there is no such file."""
    path, columns = folder / REJECTS, ["ligne_source", "id", LINE]
    if not path.exists():
        return pd.DataFrame(columns=columns, dtype="str")
    listed = read_raw(path, problems).rows
    if not {"ligne_source", "id"} <= set(listed):
        expected = "des colonnes ligne_source et id, comme `check --ecarter` les écrit"
        problems.append(Problem(display_path(path), expected))
        return pd.DataFrame(columns=columns, dtype="str")
    return listed


def lines_of(rejects: pd.DataFrame) -> set[int]:
    """Return the lines of the respondents' file that are set aside; what is no number of a line names none."""
    return {int(line) for line in rejects["ligne_source"] if re.fullmatch(WHOLE, line)}


def check_rejects(folder: Path, rejects: pd.DataFrame, rows: Relation, problems: list[Problem]) -> None:
    """Note every row set aside that the respondents' file does not hold: the list fits another file."""
    if rejects.empty or not rows.count():  # of a file that could not be read, that alone is told
        return
    found = rows.frame([name for name in ("id",) if name in rows.columns], lines_of(rejects))
    ids = found["id"] if "id" in found else [""] * len(found)
    known, file = dict(zip(found[LINE].astype(str), ids, strict=True)), display_path(folder / REJECTS)
    for row in rejects.itertuples():
        own = known.get(row.ligne_source)
        # Both harmless: so the list is written.
        if own is None or harmless(own) != harmless(row.id):
            expected = "une ligne du fichier de réponses ; s’il a changé, la corriger ou l’ôter d’ici, et recommencer"
            problems.append(Problem(file, expected, row.ligne, "ligne_source", row.ligne_source))
