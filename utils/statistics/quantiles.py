"""The middle of numbers that respondents gave: median and quartiles, told only where they give nobody away.

A quantile of a sample is what one respondent answered, or the mean of two. It is told where at
least `threshold` answers lie at or below it and as many at or above it, and then rounded to
`DIGITS` significant digits: nobody is among a few who could have given it, and a number that is
known to the unit is not found again in it. The least and the greatest answer, which are always
one respondent's, and the mean, which a single large answer carries, are not told at all.
Knows nothing of waves, files or French.
"""

__all__ = ["DIGITS", "Quartiles", "quartiles"]

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from utils.statistics.intervals import Interval, median_interval

DIGITS = 2


@dataclass(frozen=True)
class Quartiles:
    """The middle of numbers as it may be told.

    Attributes
    ----------
    n : int
        Answers.
    median, q1, q3 : float
        Means of the two middle answers where the quantile falls between two (Hyndman and Fan
        1996, definition 2; `quantile(x, type = 2)` in R), rounded. NaN where it is not told or
        nobody answered.
    interval : Interval or None
        For the median, between two answers (the sign test inverted: exact, binomial), rounded
        outwards, so that it covers no less. None where it is not told, or below six answers.
    hidden : frozenset of str
        Which of "median", "q1", "q3" and "interval" are not told, as too few answers lie on one side.
    """

    n: int
    median: float
    q1: float
    q3: float
    interval: Interval | None
    hidden: frozenset[str]


def quartiles(values: pd.Series, threshold: int = 1) -> Quartiles:
    """Sum up the numbers that respondents gave.

    Parameters
    ----------
    values : Series of int
        How many gave each number, indexed by the number. Missing answers are no part of it.
    threshold : int
        Smallest count that is no secret; 1 hides and rounds nothing.

    Examples
    --------
    >>> found = quartiles(pd.Series({0: 4, 2: 3, 1234: 5, 9000: 1}), threshold=5)
    >>> found.median, found.q3, sorted(found.hidden)
    (2.0, 1200.0, ['interval', 'q1'])
    """
    answers = np.repeat(values.index.to_numpy(dtype=float), values.to_numpy(dtype=int))
    answers.sort()
    if not len(answers):
        return Quartiles(0, math.nan, math.nan, math.nan, None, frozenset())
    names = ("q1", "median", "q3")
    found = dict(zip(names, np.quantile(answers, [0.25, 0.5, 0.75], method="averaged_inverted_cdf"), strict=True))
    ends = median_interval(values.sort_index())
    hidden = {name for name, value in found.items() if not _safe(answers, value, threshold)}
    if ends and not (_safe(answers, ends.low, threshold) and _safe(answers, ends.high, threshold)):
        hidden.add("interval")
    told = {n: math.nan if n in hidden else _rounded(v, threshold, ROUND_HALF_UP) for n, v in found.items()}
    interval = None
    if ends and "interval" not in hidden:
        low, high = _rounded(ends.low, threshold, ROUND_FLOOR), _rounded(ends.high, threshold, ROUND_CEILING)
        interval = Interval(low, high, ends.method)
    return Quartiles(n=len(answers), **told, interval=interval, hidden=frozenset(hidden))


def _safe(answers: np.ndarray, value: float, threshold: int) -> bool:
    return min((answers <= value).sum(), (answers >= value).sum()) >= threshold


def _rounded(value: float, threshold: int, how: str) -> float:
    if threshold == 1 or value == 0:
        return float(value)
    exact = Decimal(repr(float(value)))
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() + 1 - DIGITS), how))
