"""How sure one number is: intervals for a share, a median, a mean, and bounds without assumptions.

Knows nothing of waves, files or French.
"""

__all__ = [
    "LEVEL",
    "MIN_ANSWERS",
    "Interval",
    "bounds",
    "gap_interval",
    "mean_interval",
    "median_interval",
    "population_interval",
    "share_interval",
]

import math
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

LEVEL = 0.95
MIN_ANSWERS = 10  # of fewer, a mean or an order of scores is told without an interval: none holds as often as it says
SEED = 2017


@dataclass(frozen=True)
class Interval:
    """Two ends that a value lies between, at `LEVEL` unless the method says otherwise.

    Attributes
    ----------
    low, high : float
        In the unit of the value: a share is 0..1.
    method : {"wilson", "hypergeometric", "order_statistics", "bca", "bounds", "newcombe", "delong", "mover", \
"noncentral_chi_square", "linearised", "woodruff"}
        Where the ends come from; "bounds" holds with certainty.
    """

    low: float
    high: float
    method: str

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def share_interval(part: float, n: float, freedom: float | None = None) -> Interval | None:
    """Return Wilson's score interval for a share.

    Parameters
    ----------
    part, n : float
        Answers counted and answers in all. An effective number may be fractional.
    freedom : float, optional
        Degrees of freedom of Student's law, where `n` itself is an estimate; without it, the normal law.

    Returns
    -------
    Interval or None
        None when `n` is 0.

    Raises
    ------
    ValueError
        A part outside 0..n.

    Examples
    --------
    >>> found = share_interval(92, 138)
    >>> round(found.low, 3), round(found.high, 3)
    (0.584, 0.74)
    """
    if not 0 <= part <= n:
        raise ValueError(f"not a part of a whole: {part} of {n}")
    if n == 0:
        return None
    share = part / n
    tail = (1 - LEVEL) / 2
    z2 = float(scipy.stats.norm.isf(tail) if freedom is None else scipy.stats.t.isf(tail, freedom)) ** 2
    centre = share + z2 / (2 * n)
    half = math.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n**2)))
    low, high = ((centre + side * half) / (1 + z2 / n) for side in (-1, 1))
    # At the ends of the scale the formula is exact, its floats are not.
    return Interval(0.0 if part == 0 else low, 1.0 if part == n else high, "wilson")


def population_interval(part: int, n: int, population: int) -> Interval | None:
    """Return the exact interval for a share of a finite population, of which `n` answered.

    The hypergeometric test inverted, half of 1 - `LEVEL` on each side (Wright 1991; the
    counterpart of Clopper and Pearson's interval for a sample without replacement): every
    number of members that the answers do not contradict. It covers at least as often as
    `LEVEL`, however small the population, never leaves what those who did not answer could
    make, and is the share itself once all have answered.

    Parameters
    ----------
    part, n : int
        Answers counted, and answers in all.
    population : int
        Members of the population, those who did not answer included.

    Returns
    -------
    Interval or None
        None when `n` is 0.

    Raises
    ------
    ValueError
        Unless 0 <= part <= n <= population.

    Examples
    --------
    Eight of nine communes answer, and all say yes: the ninth may not.

    >>> population_interval(8, 8, 9)
    Interval(low=0.8888888888888888, high=1.0, method='hypergeometric')
    """
    if not 0 <= part <= n <= population:
        raise ValueError(f"not a part of a whole: {part} of {n} of {population}")
    if n == 0:
        return None
    tail = (1 - LEVEL) / 2
    possible = range(part, population - n + part + 1)
    low = bisect_left(possible, True, key=lambda members: _at_least(part, n, members, population) > tail)
    high = bisect_left(possible, True, key=lambda members: _at_most(part, n, members, population) <= tail)
    return Interval(possible[low] / population, possible[high - 1] / population, "hypergeometric")


def _at_most(part: int, n: int, members: int, population: int) -> float:
    return float(scipy.stats.hypergeom.cdf(part, population, members, n))


def _at_least(part: int, n: int, members: int, population: int) -> float:
    return float(scipy.stats.hypergeom.sf(part - 1, population, members, n))


def gap_interval(first: float, second: float, around: tuple[Interval, Interval], correlation: float = 0.0) -> Interval:
    """Return the interval for the difference of two shares from their own intervals.

    Newcombe's hybrid score method (1998, method 10), of independent shares and of pairs.

    Parameters
    ----------
    first, second : float
        The shares (0..1); the difference is `first - second` (-1..1).
    around : tuple of Interval
        The interval of each, of one kind: both of a finite population, or neither.
    correlation : float
        Of the two shares (-1..1): 0 where they are of samples apart.

    Examples
    --------
    >>> found = gap_interval(0.5, 0.5, (Interval(0.4, 0.6, "wilson"), Interval(0.5, 0.5, "wilson")))
    >>> round(found.low, 9), round(found.high, 9)
    (-0.1, 0.1)
    """
    one, other = around
    gap = first - second
    low = gap - _third_side(first - one.low, other.high - second, correlation)
    high = gap + _third_side(one.high - first, second - other.low, correlation)
    return Interval(low, high, "newcombe")


def _third_side(one: float, other: float, cosine: float) -> float:
    return math.hypot(one - other * cosine, other * math.sqrt(1 - cosine**2))


def bounds(part: int, n: int, population: int) -> Interval:
    """Return what a share of the whole population could be, whatever those who are missing would say.

    Parameters
    ----------
    part, n : int
        Answers counted, and answers in all.
    population : int
        Everybody asked.

    Raises
    ------
    ValueError
        Unless 0 <= part <= n <= population and population > 0.

    References
    ----------
    Manski (1989), worst-case bounds under missing answers.

    Examples
    --------
    >>> bounds(1, 2, 4)
    Interval(low=0.25, high=0.75, method='bounds')
    """
    if not (0 <= part <= n <= population and population > 0):
        raise ValueError(f"not a part of a whole: {part} of {n} of {population}")
    return Interval(part / population, (part + population - n) / population, "bounds")


def median_interval(counts: pd.Series) -> Interval | None:
    """Return the interval between two order statistics that holds the median (sign test inverted).

    Makes no assumption on the shape of the answers. On a scale of few scores its ends
    are scores, so that it covers more often than `LEVEL`.

    Parameters
    ----------
    counts : Series of int
        Number of answers, indexed by score.

    Returns
    -------
    Interval or None
        None below six answers: even the extremes would not reach `LEVEL`.

    Examples
    --------
    >>> median_interval(pd.Series({1: 4, 2: 4}))
    Interval(low=1.0, high=2.0, method='order_statistics')
    """
    answers = _answers(counts)
    if not len(answers):
        return None
    found = scipy.stats.quantile_test(answers, q=np.median(answers), p=0.5).confidence_interval(LEVEL)
    if not np.isfinite(found).all():
        return None
    return Interval(float(found.low), float(found.high), "order_statistics")


def mean_interval(counts: pd.Series) -> Interval | None:
    """Return a bootstrap interval for the mean score (bias-corrected and accelerated, Efron 1987; seeded).

    Parameters
    ----------
    counts : Series of int
        Number of answers, indexed by score.

    Returns
    -------
    Interval or None
        None where all answers are equal, as resampling shows no spread there, or fewer than `MIN_ANSWERS`.

    Examples
    --------
    >>> mean_interval(pd.Series({1: 30, 2: 0})) is None
    True
    """
    answers = _answers(counts)
    if len(answers) < MIN_ANSWERS or len(set(answers)) < 2:
        return None
    rng = np.random.default_rng(SEED)
    found = scipy.stats.bootstrap(
        (answers,), np.mean, confidence_level=LEVEL, method="BCa", rng=rng
    ).confidence_interval
    return Interval(float(found.low), float(found.high), "bca") if np.isfinite(found).all() else None


def _answers(counts: pd.Series) -> np.ndarray:
    return np.repeat(counts.index.to_numpy(dtype=float), counts.to_numpy())
