"""What a commune may read next: the chapters that tell of where it differs, the courses that speak of it."""

__all__ = ["chapters", "courses"]

import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from utils.french import listing, typeset
from utils.survey.communes import normalised
from utils.survey.peers import Place

_STEM = 7  # letters that two words of one family share: « stratégie », « stratégique »
_EVERY = {"formati"}  # what every course is
_AT_LEAST = 2  # words that a course must share with what is looked for: by one alone it may be there by chance


def chapters(lagging: Sequence[Place], missing: Sequence[Place], most: int = 2) -> list[tuple[str, str]]:
    """Return the chapters that tell of most that a commune lacks, each with what, in words.

    Parameters
    ----------
    lagging, missing : sequence of Place
        What matters most first.
    most : int
        How many chapters.
    """
    found: dict[str, list[str]] = {}
    for place in (*lagging, *missing):
        about = found.setdefault(place.question.chapitre, [])
        if place.question.libelle not in about:
            about.append(place.question.libelle)
    # The first named weighs most; of two that tell as much, the one that was met first.
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))[:most]
    return [(slug, typeset(listing(f"« {name} »" for name in names[:2]))) for slug, names in ordered]


def courses(catalogue: pd.DataFrame, wanted: Sequence[str], most: int = 1) -> pd.DataFrame:
    """Return the courses whose title and themes speak of what is wanted, those that share the rarest words first.

    Parameters
    ----------
    catalogue : DataFrame
        Texts, with `titre` and `themes`.
    wanted : sequence of str
        Labels and statements of what a commune lacks or asks for.
    most : int

    Examples
    --------
    >>> texts = {"titre": ["La vidéo", "Le tableur"], "themes": ["tournage, montage", "formules"]}
    >>> courses(pd.DataFrame(texts), ["vidéo : tournage et montage"])["titre"].tolist()
    ['La vidéo']
    """
    held = [_stems(f"{row.titre} {row.themes}") for row in catalogue.itertuples()]
    often = Counter(stem for stems in held for stem in stems)
    # What one course in four speaks of tells none of them apart: « communication », « sociaux ».
    telling = {stem for stem, courses in often.items() if courses <= max(1, len(held) // 4)} - _EVERY
    worth = {}
    for course, stems in enumerate(held):
        # Of one thing that is wanted: words of several, put together, are found anywhere.
        shared = [stems & telling & _stems(text) for text in wanted]
        found = [sum(1 / often[stem] for stem in some) for some in shared if len(some) >= _AT_LEAST]
        if found:
            worth[course] = max(found)
    return catalogue.iloc[sorted(worth, key=lambda course: -worth[course])[:most]]


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"\w+", normalised(text)) if len(word) >= _STEM - 1}
