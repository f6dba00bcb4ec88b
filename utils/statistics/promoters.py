"""The net promoter score: the share of promoters less that of detractors, how sure it is, and how far two differ.

Answers from 0 to 10 to "would you recommend it?" make promoters (9 and 10), passives (7 and 8)
and detractors (0 to 6); the score is the difference of the outer two shares (Reichheld 2003).
It is a difference of two shares of one sample, as that of the discordant pairs of McNemar's
test is, so that Tango's score interval (1998) is one for it. Two scores are compared by
combining their intervals (MOVER: Zou and Donner 2008), and tested by the same: p is the level
at which the interval of their difference ends at zero.

How often both hold was computed over every possible sample. The interval, at promoters and
detractors in steps of 0.05, boundaries included: at least 0.914 for ten answers (0.965 on
average), 0.925 for twenty (0.959), 0.935 for fifty (0.953); Wald's falls to 0.40 for ten. The
test, of two groups with the same score but not the same spread, of 10 to 30 answers each:
at most 0.052 rejected at 0.05, 0.008 at 0.005, 0.0005 at 0.0005; a normal test rejects 0.19
at 0.05, a studentized permutation test 0.02 at 0.0005.
Knows nothing of waves, files or French.
"""

__all__ = ["NetGap", "Rated", "correlation", "net_gap", "net_interval"]

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy

from utils.statistics.intervals import LEVEL, MIN_ANSWERS, Interval, gap_interval

_FARTHEST = 38.0  # standard errors: beyond, a normal tail is no float


class Rated(NamedTuple):
    """Answers by kind: how many are promoters, passives and detractors."""

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        """All answers."""
        return sum(self)

    @property
    def net(self) -> float:
        """The score (-1..1); NaN without answers."""
        return (self.promoters - self.detractors) / self.n if self.n else math.nan


@dataclass(frozen=True)
class NetGap:
    """How far two net promoter scores differ.

    Attributes
    ----------
    gap : float
        The first score less the second (-2..2).
    interval : Interval
    p : float
        Of no difference; NaN where all answers of both are of one kind.
    """

    gap: float
    interval: Interval
    p: float


def net_interval(rated: Rated) -> Interval | None:
    """Return Tango's score interval for a net promoter score (-1..1); None without answers.

    Examples
    --------
    >>> found = net_interval(Rated(40, 35, 25))
    >>> round(found.low, 3), round(found.high, 3)
    (-0.008, 0.3)
    """
    return _interval(rated, float(scipy.stats.norm.isf((1 - LEVEL) / 2))) if rated.n else None


def net_gap(first: Rated, second: Rated, correlation: float = 0.0) -> NetGap | None:
    """Compare two net promoter scores.

    Parameters
    ----------
    first, second : Rated
    correlation : float
        Of the two scores (-1..1): 0 where nobody is in both samples.

    Returns
    -------
    NetGap or None
        None where fewer than `MIN_ANSWERS` answered in one of them.

    Examples
    --------
    >>> found = net_gap(Rated(60, 20, 20), Rated(30, 40, 30))
    >>> round(found.gap, 2), round(found.interval.low, 2), round(found.interval.high, 2), round(found.p, 4)
    (0.4, 0.17, 0.61, 0.0006)
    """
    if min(first.n, second.n) < MIN_ANSWERS:
        return None
    gap, around = (
        first.net - second.net,
        _between(first, second, float(scipy.stats.norm.isf((1 - LEVEL) / 2)), correlation),
    )
    if any(not sum(pair) for pair in zip(first, second, strict=True)) and _alike(first, second):
        return NetGap(gap, around, math.nan)
    return NetGap(gap, around, _p(first, second, gap, correlation))


def correlation(pairs: pd.DataFrame, n: tuple[int, int]) -> float:
    """Return how far two scores depend on each other through the members who are in both samples.

    Parameters
    ----------
    pairs : DataFrame of int
        Members seen twice: detractors, passives, promoters (-1, 0, 1) the first time by the same the second time.
    n : tuple of int
        Answers of the two samples.

    Returns
    -------
    float
        The correlation of a member's two answers times the part of the samples that is shared; 0
        where fewer than `MIN_ANSWERS` are seen twice, or all of them answered alike once.
    """
    counts = pairs.to_numpy(dtype=float)
    shared = counts.sum()
    if shared < MIN_ANSWERS:
        return 0.0
    kinds = np.array([-1.0, 0.0, 1.0])
    first, second = counts.sum(axis=1) / shared, counts.sum(axis=0) / shared
    means = first @ kinds, second @ kinds
    spread = (first @ kinds**2 - means[0] ** 2) * (second @ kinds**2 - means[1] ** 2)
    if spread < 1e-12:
        return 0.0
    together = (kinds @ counts @ kinds) / shared - means[0] * means[1]
    return together / math.sqrt(spread) * shared / math.sqrt(n[0] * n[1])


def _alike(first: Rated, second: Rated) -> bool:
    return sum(bool(sum(pair)) for pair in zip(first, second, strict=True)) == 1


def _between(first: Rated, second: Rated, z: float, correlation: float) -> Interval:
    around = _interval(first, z), _interval(second, z)
    return replace(gap_interval(first.net, second.net, around, correlation), method="mover")


def _p(first: Rated, second: Rated, gap: float, correlation: float) -> float:
    """Return the level at which the interval of the difference ends at zero."""
    if gap == 0:
        return 1.0

    def short(z: float) -> float:
        found = _between(first, second, z, correlation)
        return found.low if gap > 0 else -found.high

    z = (
        scipy.optimize.brentq(short, 1e-6, _FARTHEST)
        if short(_FARTHEST) < 0 < short(1e-6)
        else _FARTHEST * (short(_FARTHEST) >= 0)
    )
    return min(1.0, 2 * float(scipy.stats.norm.sf(z)))


@lru_cache(maxsize=4096)
def _interval(rated: Rated, z: float) -> Interval:
    net = rated.net
    ends = [float(side) for side in (-1, 1)]
    for i, side in enumerate((-1, 1)):
        most = rated.detractors if side < 0 else rated.promoters
        # Where everybody is of the outer kind, the score cannot lie beyond.
        if most < rated.n:
            ends[i] = scipy.optimize.brentq(
                lambda d, side=side: _distance(rated, d) + side * z, *sorted((net, side)), xtol=1e-12
            )
    return Interval(*ends, "tango")


def _distance(rated: Rated, net: float) -> float:
    """Return how many standard errors the answers lie above a score, its nuisance fitted to them (Tango 1998)."""
    n, up, down = rated.n, rated.promoters, rated.detractors
    excess = up - down - n * net
    linear = (2 * n - up + down) * net - up - down
    root = math.sqrt(max(linear**2 + 8 * n * down * net * (1 - net), 0.0))
    detractors = max((root - linear) / (4 * n), 0.0, -net)
    variance = n * (2 * detractors + net * (1 - net))
    if variance <= 1e-12 * n:
        return math.copysign(1e3, excess) if abs(excess) > 1e-9 else 0.0
    return min(max(excess / math.sqrt(variance), -1e3), 1e3)
