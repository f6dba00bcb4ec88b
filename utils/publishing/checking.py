"""All that is checked of a wave before anything runs, in one report."""

__all__ = ["check_wave"]

from collections.abc import Callable, Iterator
from pathlib import Path

from utils.auditing.claims import check_claims
from utils.auditing.statements import statements
from utils.paths import DATA
from utils.reading import measured, waves
from utils.reading.files import display_path
from utils.reading.outlines import territory
from utils.reading.problems import DataError, Problem
from utils.survey.wave import Wave
from utils.telling import comments


def check_wave(wave: str, previous: str = "", data: Path = DATA) -> Wave:
    """Stop before anything runs if a wave is unknown or its data is wrong; return it, read, if all is right.

    Raises
    ------
    DataError
        With every problem of every file of the waves that were named, and of the shared files.
    """
    shared = (waves.training_catalogue, waves.mergers, measured.interval_coverage, measured.false_claims)
    problems: list[Problem] = []
    found: list[Wave] = []

    def collect(check: Callable[[], object]) -> None:
        try:
            found.append(check())
        except DataError as error:
            problems.extend(problem for problem in error.problems if problem not in problems)

    collect(lambda: _check(wave, data))
    for check in shared:
        collect(check)
    if previous:
        collect(lambda: _check(previous, data))
    if problems:
        raise DataError(problems)
    return found[0]


def _check(wave: str, data: Path) -> Wave:
    problems: list[Problem] = []
    try:
        claims = statements(wave, data)
    except DataError as error:
        claims = ()
        problems += error.problems
    try:
        loaded = waves.load(wave, data)
    except DataError as error:
        raise DataError([*error.problems, *problems]) from error
    problems += check_claims(loaded, claims, display_path(data / wave / "affirmations.yml"))
    problems += _comments(loaded, display_path(data / wave / "commentaires.yml"))
    problems += territory.check(loaded, data)
    if problems:
        raise DataError(problems)
    return loaded


def _comments(wave: Wave, file: str) -> Iterator[Problem]:
    return (Problem(file, expected, column=place, value=value) for place, value, expected in comments.faults(wave))
