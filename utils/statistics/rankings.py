"""Options that respondents put in order: mean ranks, Borda counts, and whether the options differ.

Options that a respondent leaves unranked share the places that are left, at their mean: of five
options of which two are ranked, the three others stand at 4 each. All that is computed here follows
from how often each option stands at each place, but for the comparisons of two options, which take
how many put the one before the other.
Knows nothing of waves, files or French.
"""

__all__ = ["SMALL", "Friedman", "Standing", "before", "compared", "friedman", "positions", "standing"]

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
import scipy

from utils.statistics.compare import RESAMPLES, SEED, holm
from utils.statistics.intervals import LEVEL, MIN_ANSWERS, Interval
from utils.statistics.levels import ahead

SMALL = 20  # of fewer rankings, Friedman's statistic is held against rankings drawn at random

Orders = Mapping[tuple[str, ...], int]  # how many gave each order, the first option first


@dataclass(frozen=True)
class Friedman:
    """Whether options differ in the ranks that they are given.

    Attributes
    ----------
    method : {"chi_square", "monte_carlo", "none"}
        What `p` comes from; "none" where there is nothing to compare.
    statistic, df, p : float
        Friedman's chi-square corrected for ties (Conover 1999, section 5.8); NaN where there is none.
    w : float
        Kendall's coefficient of concordance, 0 (no agreement on an order) to 1: the effect.
    n : int
        Rankings.
    """

    method: Literal["chi_square", "monte_carlo", "none"]
    statistic: float
    df: int
    p: float
    w: float
    n: int


@dataclass(frozen=True)
class Standing:
    """Where one option stands.

    Attributes
    ----------
    mean : float
        Mean rank, 1 the best; NaN without rankings.
    interval : Interval or None
        For the mean rank, by Student's law, cut at the ends of the ranks; None where fewer than
        `MIN_ANSWERS` ranked, or all alike.
    borda : float
        Borda count over its greatest value (0..1): the share of the other options that a
        respondent puts behind, on average; 1 where all put the option first (Emerson 2013).
    """

    mean: float
    interval: Interval | None
    borda: float


def positions(orders: Orders, options: Sequence[str]) -> pd.DataFrame:
    """Return how often each option stands at each place: options by places, which may be means of several.

    Examples
    --------
    >>> positions({("b",): 2, ("a", "b", "c"): 1}, ["a", "b", "c"]).to_dict("index")["a"]
    {1.0: 1, 2.0: 0, 2.5: 2, 3.0: 0}
    """
    k = len(options)
    found: dict[str, dict[float, int]] = {option: {} for option in options}
    for order, n in orders.items():
        shared = (len(order) + 1 + k) / 2
        for option in options:
            place = float(order.index(option) + 1) if option in order else shared
            found[option][place] = found[option].get(place, 0) + n
    places = sorted({place for own in found.values() for place in own} | {float(i) for i in range(1, k + 1)})
    return pd.DataFrame([[own.get(place, 0) for place in places] for own in found.values()], list(options), places)


def standing(places: pd.Series, k: int) -> Standing:
    """Sum up where one of `k` options stands.

    Parameters
    ----------
    places : Series of int
        How often it stands at each place, indexed by the place.

    Examples
    --------
    >>> standing(pd.Series({1.0: 3, 3.0: 1}), 3).mean, standing(pd.Series({1.0: 3, 3.0: 1}), 3).borda
    (1.5, 0.75)
    """
    n = int(places.sum())
    if not n:
        return Standing(math.nan, None, math.nan)
    at = places.index.to_numpy(dtype=float)
    mean = float(at @ places.to_numpy() / n)
    borda = (k - mean) / (k - 1) if k > 1 else math.nan
    spread = float(((at - mean) ** 2) @ places.to_numpy())
    if n < MIN_ANSWERS or spread == 0:
        return Standing(mean, None, borda)
    half = float(scipy.stats.t.isf((1 - LEVEL) / 2, n - 1)) * math.sqrt(spread / (n - 1) / n)
    return Standing(mean, Interval(max(1.0, mean - half), min(float(k), mean + half), "student"), borda)


def friedman(places: pd.DataFrame, ranked: Mapping[int, int]) -> Friedman:
    """Test whether options differ in their ranks.

    The statistic of `friedman.test` in R. Where fewer than `SMALL` ranked, it is held against
    `RESAMPLES` rankings drawn at random, seeded, in which each respondent ranks as many options.

    Parameters
    ----------
    places : DataFrame of int
        As `positions` returns it.
    ranked : mapping of int to int
        How many ranked so many options.

    Examples
    --------
    >>> two = {("a", "b", "c"): 12, ("a", "c", "b"): 12}
    >>> round(friedman(positions(two, "abc"), {3: 24}).statistic, 9)
    36.0
    """
    k, n = len(places), sum(ranked.values())
    ties = sum(many * _ties(k - j) for j, many in ranked.items())
    whole = n * k * (k**2 - 1)  # what ties leave of it is what can differ
    if k < 2 or not n or ties >= whole:
        return Friedman("none", math.nan, 0, math.nan, math.nan, n)
    sums = places.to_numpy() @ places.columns.to_numpy(dtype=float)

    def q(totals: np.ndarray) -> np.ndarray:
        return 12 * (k - 1) * ((totals - n * (k + 1) / 2) ** 2).sum(axis=-1) / (whole - ties)

    statistic = float(q(sums))
    if n >= SMALL:
        method, p = "chi_square", float(scipy.stats.chi2.sf(statistic, k - 1))
    else:
        method, p = "monte_carlo", float(((q(_drawn(k, ranked)) >= statistic - 1e-9).sum() + 1) / (RESAMPLES + 1))
    return Friedman(method, statistic, k - 1, p, min(1.0, statistic / (n * (k - 1))), n)


def _ties(tied: int) -> int:
    return tied**3 - tied


def _drawn(k: int, ranked: Mapping[int, int]) -> np.ndarray:
    rng, totals = np.random.default_rng(SEED), np.zeros((RESAMPLES, k))
    for j, many in ranked.items():
        row = np.concatenate([np.arange(1.0, j + 1), np.full(k - j, (j + 1 + k) / 2)])
        for _ in range(many):
            totals += rng.permuted(np.broadcast_to(row, (RESAMPLES, k)), axis=1)
    return totals


def before(orders: Orders, options: Sequence[str]) -> pd.DataFrame:
    """Return how many put each option (row) before each other one (column); who ranked neither is in no count.

    Examples
    --------
    >>> before({("b",): 2, ("a", "b"): 1}, ["a", "b", "c"]).loc["b"].tolist()
    [2, 0, 3]
    """
    found = np.zeros((len(options), len(options)), dtype=int)
    for order, n in orders.items():
        place = np.array([order.index(option) if option in order else len(order) for option in options])
        found += n * (place[:, None] < place)
    return pd.DataFrame(found, list(options), list(options))


def compared(preferred: pd.DataFrame, threshold: int = 1) -> pd.DataFrame:
    """Test of every two options whether more put the one before the other: exact, and corrected for all pairs (Holm).

    The sign test, two-sided (`levels.ahead`). A count below `threshold` is taken for the greatest
    that it may be, so that no verdict tells it.

    Parameters
    ----------
    preferred : DataFrame of int
        As `before` returns it.
    threshold : int
        Smallest count that is no secret.

    Returns
    -------
    DataFrame of float
        Corrected p-values, symmetric; 1 on the diagonal.
    """
    options = list(preferred.index)
    pairs = list(combinations(options, 2))
    raw = []
    for one, other in pairs:
        low, high = sorted((int(preferred.loc[one, other]), int(preferred.loc[other, one])))
        low = max(low, threshold - 1)
        raw.append(ahead(high, low) if high > low else 1.0)
    found = pd.DataFrame(1.0, options, options)
    for (one, other), p in zip(pairs, holm(raw), strict=True):
        found.loc[one, other] = found.loc[other, one] = p
    return found
