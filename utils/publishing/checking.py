"""All that is checked of a wave before anything runs, in one report."""

__all__ = ["check_once", "check_wave"]

from collections.abc import Iterator
from pathlib import Path

from utils.auditing.claims import check_claims
from utils.auditing.statements import statements
from utils.paths import DATA
from utils.publishing import commented, inputs, kept
from utils.reading import measured, waves
from utils.reading.files import display_path
from utils.reading.mergers import read_mergers
from utils.reading.outlines import territory
from utils.reading.problems import DataError, Problem
from utils.reading.training import training_catalogue
from utils.telling import comments


def check_wave(wave: str, previous: str = "", data: Path = DATA) -> None:
    """Stop before anything runs if a wave is unknown or its data is wrong.

    Raises
    ------
    DataError
        With every problem of every file of the waves that were named, and of the shared files.
    """
    for name in filter(None, (wave, previous)):
        waves.check_name(name, data)
    loaders = [
        lambda: _check(wave, data),
        training_catalogue,
        measured.interval_coverage,
        measured.false_claims,
    ]
    if previous:
        loaders.append(lambda: _comparable(wave, previous, data))
        loaders.append(lambda: _check(previous, data))
    problems: list[Problem] = []
    for loader in loaders:
        try:
            loader()
        except DataError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise DataError(problems)


def check_once(wave: str, previous: str = "") -> None:
    """Check a wave as `check_wave` does, unless nothing has changed since nothing was wrong in it."""
    for name in filter(None, (wave, previous)):
        waves.check_name(name)
    begun = inputs.everything()
    made_of = (wave, previous, inputs.data(wave, previous), inputs.code(__name__), inputs.versions())

    def found_right() -> bytes:
        check_wave(wave, previous)
        inputs.check_unchanged(begun)
        return b""

    kept.made(kept.path("verifie", inputs.digest(*made_of)), found_right)


def _check(wave: str, data: Path) -> None:
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
    read_mergers(data, loaded.codebook.territory, problems)
    if problems:
        raise DataError(problems)


def _comparable(wave: str, previous: str, data: Path) -> None:
    """Stop where two waves are not of one territory: what separates them is no evolution."""
    if {wave, previous} <= set(waves.available(data)):
        now, before = (waves.stated(name, data).territoire for name in (wave, previous))
        if now != before:
            expected = f"une vague du territoire « {now} », comme « {wave} »"
            file = display_path(data / previous / "vague.yml")
            raise DataError([Problem(file, expected, column="territoire", value=before)])


def _comments(wave: waves.Wave, file: str) -> Iterator[Problem]:
    found = (*comments.faults(wave), *commented.refused(wave.comments))
    return (Problem(file, expected, column=place, value=value) for place, value, expected in found)
