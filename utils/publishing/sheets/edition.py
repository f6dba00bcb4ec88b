"""All that the sheets of a wave stand on, gathered once a process: its peers, who answered what, the wave before."""

__all__ = ["Before", "Edition", "edition", "hold"]

import json
import re
from dataclasses import dataclass, field

import pandas as pd

from utils import paths
from utils.publishing import contents
from utils.publishing.failures import Failure
from utils.reading import waves
from utils.reading.own import own_answers
from utils.reading.training import training_catalogue
from utils.survey.codebook import Codebook
from utils.survey.communes import members
from utils.survey.comparable import incomparable
from utils.survey.own import Own
from utils.survey.peers import Peers, peers
from utils.survey.wave import Wave

TRAINING = "80_formations"  # the chapter that the catalogue of courses is in

_held: dict[tuple[str, str], "Edition"] = {}


@dataclass(frozen=True)
class Before:
    """The wave before, as far as a commune's own answers are compared with it.

    Attributes
    ----------
    wave : str
    codebook : Codebook
    own : dict of Own or None
        By INS code; None where only counts are known.
    apart : frozenset of tuple of str
        Questions and options that cannot be compared.
    members : dict of tuple of str
        By present INS code, those of the communes that stood there then.
    """

    wave: str
    codebook: Codebook
    own: dict[str, Own] | None
    apart: frozenset[tuple[str, str]]
    members: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Edition:
    """What every sheet of a wave is made from. A few megabytes; it can be handed to another process.

    Attributes
    ----------
    known : Peers
    own : dict of Own
        What each commune answered, by INS code: those that have a sheet.
    before : Before or None
    chapters : dict of str
        Title of each chapter that the book of this wave has, by its name.
    courses : DataFrame
        The catalogue of courses; empty where the book has none.
    """

    known: Peers
    own: dict[str, Own]
    before: Before | None = None
    chapters: dict[str, str] = field(default_factory=dict)
    courses: pd.DataFrame = field(default_factory=pd.DataFrame)


def edition(wave: str, previous: str = "") -> Edition:
    """Return what the sheets of a wave stand on; read once a process.

    Raises
    ------
    DataError
        A wave does not exist, or its files are wrong.
    Failure
        Of the wave only counts are known: no commune's answers can be set beside others'.
    """
    if (wave, previous) not in _held:
        hold(wave, previous, _gathered(wave, previous))
    return _held[wave, previous]


def hold(wave: str, previous: str, made: Edition) -> None:
    """Keep an edition that another process gathered; the one kept before goes."""
    _held.clear()
    _held[wave, previous] = made


def _gathered(wave: str, previous: str) -> Edition:
    now = waves.load(wave)
    if now.about.source != "reponses":
        raise Failure(
            f"La vague « {wave} » n’est faite que d’effectifs : elle ne dit pas ce que chaque commune a répondu, et "
            "une fiche le compare à ses pairs. Vagues possibles : celles dont vague.yml dit `source: reponses`."
        )
    told = contents.pages(now, previous)
    titles = {slug: _title(slug) for slug in told if (paths.CHAPTERS / f"{slug}.ipynb").exists()}
    courses = training_catalogue() if TRAINING in titles else pd.DataFrame()
    return Edition(peers(now), own_answers(now), _before(now, previous) if previous else None, titles, courses)


def _before(now: Wave, previous: str) -> Before:
    then = waves.load(previous)
    apart = frozenset((found.question.id, found.option) for found in incomparable(then, now))
    merged, date = waves.mergers(now.codebook.territory), then.about.periode.debut
    stood = {ins: members(ins, merged, date) for ins in now.communes["ins"]}
    own = own_answers(then) if then.about.source == "reponses" else None
    return Before(previous, then.codebook, own, apart, stood)


def _title(slug: str) -> str:
    """Return a chapter's title, as its first cell has it."""
    cells = json.loads((paths.CHAPTERS / f"{slug}.ipynb").read_text(encoding="utf-8"))["cells"]
    found = re.search(r"^# (.+)$", "".join(cells[0]["source"]), re.MULTILINE)
    return found[1] if found else slug
