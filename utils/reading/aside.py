"""Respondents' rows that cannot be used, set aside on request so that the others go on."""

__all__ = ["set_aside"]

from collections.abc import Sequence
from pathlib import Path

from utils.paths import DATA
from utils.reading.files import LINE, display_path, read_document
from utils.reading.forms.rejects import REJECTS
from utils.reading.problems import DataError, Problem
from utils.reading.questionnaires import read_questionnaire
from utils.reading.relations import EVERY
from utils.reading.respondents import respondents
from utils.reading.waves import load
from utils.spreadsheet import csv_text
from utils.survey.about import Metadata


def set_aside(wave: str, data: Path = DATA) -> int:
    """Move every unusable row of a wave's respondents into `rejets.csv`, each with its reasons.

    Returns
    -------
    int
        How many rows are set aside.

    Raises
    ------
    DataError
        What is wrong is not a matter of rows: a column, the frame, the metadata.
    """
    folder, reasons = data / wave, {}
    (folder / REJECTS).unlink(missing_ok=True)
    while True:
        try:
            return load(wave, data, shown=EVERY).rejected
        except DataError as error:
            found = _faults_of_rows(folder, error.problems)
            if found is None or found.keys() <= reasons.keys():
                (folder / REJECTS).unlink(missing_ok=True)
                raise
            # What stands behind a first fault shows only once that one is out of the way.
            reasons |= found
            _write_rejects(folder, data, reasons)


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


def _write_rejects(folder: Path, data: Path, reasons: dict[int, list[str]]) -> None:
    problems: list[Problem] = []
    about = read_document(folder / "vague.yml", Metadata, problems)
    questionnaire = read_questionnaire(problems, data, folder.name, about.territoire)
    _, export = respondents(folder, about, questionnaire.at(about.periode.debut, about.non_posees), [])
    aside = export.relation.frame(lines=reasons)
    aside = aside.rename(columns={LINE: "ligne_source"})
    aside.insert(1, "raison", [" ; ".join(reasons[line]) for line in aside["ligne_source"]])
    text = csv_text(aside.columns, aside.astype("str").itertuples(index=False, name=None))
    (folder / REJECTS).write_text(text, encoding="utf-8", newline="")
