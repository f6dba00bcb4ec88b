"""Respondents' rows that cannot be used, set aside on request so that the others go on."""

__all__ = ["set_aside"]

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from utils import whole
from utils.paths import DATA
from utils.reading.files import LINE, display_path, read_document
from utils.reading.forms.rejects import REJECTS, read_rejects
from utils.reading.problems import DataError, Problem
from utils.reading.questionnaires import read_questionnaire
from utils.reading.relations import EVERY
from utils.reading.respondents import respondents
from utils.reading.waves import check_name, load
from utils.spreadsheet import csv_text
from utils.survey.about import Metadata


def set_aside(wave: str, data: Path = DATA) -> int:
    """Add every unusable row of a wave's respondents to `rejets.csv`, each with its reasons.

    What the list holds stays in it: who has withdrawn an answer is not counted again because nothing is wrong with it.

    Returns
    -------
    int
        How many rows are set aside now.

    Raises
    ------
    DataError
        What is wrong is not a matter of rows: a column, the frame, the metadata, or the list itself. It is as it was.
    """
    folder, reasons = data / wave, {}
    check_name(wave, data)
    whole.clear(folder)
    while True:
        try:
            rejected = load(wave, data, shown=EVERY, aside=frozenset(reasons)).rejected
            break
        except DataError as error:
            found = _faults_of_rows(folder, error.problems)
            if found is None or found.keys() <= reasons.keys():
                raise
            # What stands behind a first fault shows only once that one is out of the way.
            reasons |= found
    if reasons:
        _add_rejects(folder, data, reasons)
    return rejected


def _faults_of_rows(folder: Path, problems: Sequence[Problem]) -> dict[int, list[str]] | None:
    """Return the reasons by line; None if anything is wrong that is no matter of rows."""
    found: dict[int, list[str]] = {}
    for problem in problems:
        if problem.line is None or problem.line < 2 or not problem.column or not _of_rows(folder, problem):
            return None
        for line in (problem.line, *problem.also):
            found.setdefault(line, []).append(f"{problem.column} : {problem.expected}")
    return found


def _of_rows(folder: Path, problem: Problem) -> bool:
    others = ("vague.yml", "commentaires.yml", "affirmations.yml", REJECTS)
    return problem.file.startswith(display_path(folder)) and not problem.file.endswith(others)


def _add_rejects(folder: Path, data: Path, reasons: dict[int, list[str]]) -> None:
    problems: list[Problem] = []
    about = read_document(folder / "vague.yml", Metadata, problems)
    questionnaire = read_questionnaire(problems, data, folder.name, about.territoire)
    _, export = respondents(folder, about, questionnaire.at(about.periode.debut, about.non_posees), [])
    aside = export.relation.frame(lines=reasons)
    aside = aside.rename(columns={LINE: "ligne_source"})
    aside.insert(1, "raison", [" ; ".join(reasons[line]) for line in aside["ligne_source"]])
    listed = read_rejects(folder, problems).drop(columns=LINE)
    every = pd.concat([listed, aside.astype("str")]).fillna("")
    text = csv_text(every.columns, every.itertuples(index=False, name=None))
    whole.write(folder / REJECTS, text.encode("utf-8"))
