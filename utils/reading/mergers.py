"""Which communes became which, and when: mergers, and codes that changed."""

__all__ = ["read_mergers"]

from pathlib import Path

import pandas as pd

from utils.reading.checks import flag, flag_repeated
from utils.reading.files import LINE, display_path, reference
from utils.reading.frames import coded
from utils.reading.problems import Problem
from utils.reading.tabular import read_table
from utils.survey.communes import successors
from utils.survey.territory import Territory

MERGERS = ("ins_ancien", "commune_ancienne", "ins_nouveau", "commune_nouvelle", "date")


def read_mergers(data: Path, territory: Territory, problems: list[Problem]) -> pd.DataFrame:
    """Read which communes of a territory became which, and when; nothing where it names no such table.

    Parameters
    ----------
    data : Path
        From where the territory names its files; what is not there is looked up in the project's own `data/`.
    territory : Territory
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    DataFrame of str
        `ins_ancien, commune_ancienne, ins_nouveau, commune_nouvelle, date`.
    """
    if territory.fusions is None:
        return pd.DataFrame(columns=[*MERGERS], dtype="str")
    path = reference(territory.fusions, data)
    own: list[Problem] = []
    table, file = read_table(path, MERGERS, own), display_path(path)
    for column in ("ins_ancien", "ins_nouveau"):
        flag(table, column, ~coded(table[column], territory.code), file, territory.code.told, own)
    dated = pd.to_datetime(table["date"], format="%Y-%m-%d", errors="coerce")
    dated = dated.notna() & table["date"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")
    flag(table, "date", ~dated.astype(bool), file, "une date qui existe, sous la forme AAAA-MM-JJ", own)
    flag_repeated(table, ["ins_ancien"], file, own)
    if not own:
        try:
            successors(table)
        except ValueError as error:
            own.append(Problem(file, str(error)))
    problems.extend(own)
    return table.drop(columns=LINE)
