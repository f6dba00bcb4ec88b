"""Which counts of a question by province and by size may be published."""

__all__ = ["protected", "sides_of"]

from itertools import product
from typing import Any

import pandas as pd

from utils.statistics.closed import protect_closed
from utils.statistics.disclosure import Protected, protect_both
from utils.survey.codebook import ALL, activity_of
from utils.survey.results import SIDES
from utils.survey.scales import Scale

Wave = Any  # a wave uses this module, which therefore cannot import it
_BY = ("province", "taille")
_Closed = tuple[tuple[str, ...], ...]  # by breakdown, the strata of which it is not told how many a base holds


def protected(wave: Wave, question: str, base: str, closed: dict[str, tuple[str, ...]]) -> dict[str, Protected]:
    """Return a question by province and by size as both may be published; a rated item by its sides.

    Where one answer is given, those that are no opinion are answers beside the others. Where
    several are, how many gave one that stands alone (no opinion, « aucun ») is one question, and what
    the others chose another, closed in the strata in which the first is hidden: whoever knows how
    many answered could subtract. Where the first is told, it tells of how many the shares of the
    second are: a total like any other, by which a hidden count may be told (see `disclosure`).

    Parameters
    ----------
    wave : Wave
    question, base : str
    closed : dict
        By breakdown, the strata of which it is not told how many the base holds.
    """
    asked, true, of = wave.codebook[question], wave.true, (question, activity_of(base))
    # Without inhabitants there is but one size, that of all.
    places = list(product(*([*wave.codebook.strata(by)] or [ALL] for by in _BY)))
    counts = pd.DataFrame({place: true.cells(*of, *place) for place in places})
    apart = pd.DataFrame({place: true.no_opinion(*of, *place) for place in places})
    if asked.type == "likert":
        counts = sides_of(wave.codebook.scale(question), counts)
    shut, threshold = tuple(closed.values()), wave.about.threshold

    def size(who: str) -> pd.Series:
        return pd.Series({(p, t): true.size(who, province=p, taille=t) for p, t in places})

    if asked.type != "choix_multiple":
        every = pd.concat([counts, apart])
        if any(shut):
            return _named(protect_closed(every, threshold, size(base), size("communes"), shut, several=False))
        return _named(protect_both(every, threshold))
    answered = pd.Series({(p, t): true.answering(question, base, province=p, taille=t) for p, t in places})
    present = size("communes") if any(shut) else answered

    def several(table: pd.DataFrame, n: pd.Series, shut: _Closed) -> dict[str, Protected]:
        if any(shut):
            return _named(protect_closed(table, threshold, n, present, shut, several=True))
        return _named(protect_both(table, threshold, n))

    every = pd.concat([counts, apart])
    standing = [option for option in asked.alone if option in every.index]
    if not standing:
        return several(counts, answered, shut)
    alone = several(every.loc[standing], answered, shut)
    dark = tuple(tuple(alone[by].counts.columns[alone[by].hidden.any()]) for by in _BY)
    rest = several(every.drop(standing), answered - every.loc[standing].sum(), dark)
    return {by: _together(rest[by], alone[by]) for by in _BY}


def sides_of(scale: Scale, scores: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of a rated item, in rows, added up by the sides of its scale."""
    scores = scores.rename(index=int)
    return pd.DataFrame({side: scores.loc[list(scale.side(side))].sum() for side in SIDES.values()}).T


def _named(found: tuple[Protected, Protected]) -> dict[str, Protected]:
    return dict(zip(_BY, found, strict=True))


def _together(first: Protected, second: Protected) -> Protected:
    return Protected(pd.concat([first.counts, second.counts]), first.withheld and second.withheld)
