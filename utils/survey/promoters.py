"""Net promoter scores of rated items whose scale says that it makes one, and how they moved from a wave to the next."""

__all__ = ["between", "moved", "rated"]

from typing import Any

import pandas as pd

from utils.statistics.promoters import NetGap, Rated, correlation, net_gap
from utils.survey.codebook import SPLIT, activity_of

LikertResult = Any  # a result uses this module, which therefore cannot import it


def rated(result: LikertResult) -> Rated | None:
    """Return how many promoters, passives and detractors there are; None where the scale makes no such score.

    Where answers do not weigh alike, how many they are worth: effective numbers, not whole.
    """
    if not result.scale.indice:
        return None
    if result.answers.weighted:
        shares = (result.agree, result.neutral, result.disagree)
        return Rated(*(share * result.worth for share in shares))
    sides = result.sides
    return Rated(*(int(sides[sens]) for sens in ("accord", "neutre", "desaccord")))


def between(first: LikertResult, second: LikertResult) -> NetGap | None:
    """Compare the scores of two groups apart; None where there is no such score, or too few answers."""
    counts = [rated(result) for result in (first, second)]
    return net_gap(*counts) if all(counts) else None


def moved(
    before: LikertResult, now: LikertResult, waves: tuple[str, str], twice: pd.DataFrame, threshold: int
) -> NetGap | None:
    """Compare the scores of two waves.

    Parameters
    ----------
    before, now : LikertResult
    waves : tuple of str
        What the columns of `twice` end with, by wave.
    twice : DataFrame
        What communes that took part in both waves answered; empty where they are not known.
    threshold : int
        Smallest count that may be told: where the members seen twice make a smaller one, the two
        waves are compared as samples apart.

    Returns
    -------
    NetGap or None
        Of the later score less the earlier one; None where there is none, or of too few answers.
    """
    counts = [rated(result) for result in (before, now)]
    if not all(counts):
        return None
    pairs = _pairs((before, now), waves, twice)
    seen = pairs.to_numpy()
    rest = [sum(own) - seen.sum() for own in counts]
    small = any(0 < n < threshold for n in (*seen.ravel(), *rest))
    shared = 0.0 if small else correlation(pairs, tuple(own.n for own in counts))
    return net_gap(counts[1], counts[0], shared)


def _pairs(results: tuple[LikertResult, LikertResult], waves: tuple[str, str], twice: pd.DataFrame) -> pd.DataFrame:
    """Return members seen twice: detractors, passives, promoters the first time by the same the second time."""
    kinds = [-1, 0, 1]
    nobody = pd.DataFrame(0, kinds, kinds)
    base = results[1].base
    # Two respondents of one commune are not one person seen twice.
    if twice.empty or base == "repondants":
        return nobody
    given = {}
    for wave, result in zip(waves, results, strict=True):
        sides = zip(kinds, ("desaccord", "neutre", "accord"), strict=True)
        kind = {str(score): number for number, sens in sides for score in result.scale.side(sens)}
        there = True if base == "communes" else twice[f"{SPLIT}{wave}"] == activity_of(base)
        given[wave] = twice[f"{result.question.id}{wave}"].str.strip().map(kind).where(there)
    known = pd.DataFrame(given).dropna()
    return pd.crosstab(*(known[wave] for wave in waves)).reindex(index=kinds, columns=kinds, fill_value=0)
