"""Groups compared by the order of their scores: a shift between two, a difference among several.

scipy does the tests; the effects' intervals and the simulated test are written here.
Knows nothing of waves, files or French.
"""

__all__ = ["KruskalWallis", "Shift", "kruskal_wallis", "shift"]

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit, logit

from utils.statistics.compare import ALPHA, MIN_EXPECTED, RESAMPLES, SEED
from utils.statistics.intervals import LEVEL, MIN_ANSWERS, Interval


@dataclass(frozen=True)
class Shift:
    """Whether one group gives higher scores than another.

    Attributes
    ----------
    u : float
        Mann-Whitney's U of the first group; NaN, with the others, if a group is empty
        or all answers are equal.
    p : float
        Two-sided. Of groups of `MIN_ANSWERS` or more, the normal approximation with ties and
        continuity correction; of fewer, exact given the ties.
    superiority : float
        Probability (0..1) that an answer of the first group is the higher one, ties
        counting one half.
    interval : Interval or None
        For `superiority`; None where a group has fewer than `MIN_ANSWERS` answers, where the
        groups do not overlap at all, which leaves no spread to measure, or nothing could be compared.
    n : tuple of int
        Answers of the two groups.
    """

    u: float
    p: float
    superiority: float
    interval: Interval | None
    n: tuple[int, int]

    @property
    def delta(self) -> float:
        """Cliff's delta, -1..1: how much more often the first group's score is the higher than the lower one."""
        return 2 * self.superiority - 1

    @property
    def delta_interval(self) -> Interval | None:
        """Interval for Cliff's delta."""
        found = self.interval
        return found and Interval(2 * found.low - 1, 2 * found.high - 1, found.method)

    @property
    def significant(self) -> bool:
        """Whether `p` lies below `ALPHA`; False where nothing could be compared."""
        return self.p < ALPHA


def shift(first: pd.Series, second: pd.Series) -> Shift:
    """Compare the scores of two groups by Mann-Whitney's test, Cliff's delta and the probability of superiority.

    The interval is set on the logit scale, so that it stays within 0..1, with the
    variance of DeLong, DeLong and Clarke-Pearson (1988).

    Parameters
    ----------
    first, second : Series of int
        Number of answers, indexed by score.

    Examples
    --------
    >>> shift(pd.Series({1: 1, 2: 4}), pd.Series({1: 4, 2: 1})).superiority
    0.8
    """
    a, b = (np.repeat(s.index.to_numpy(dtype=float), s.to_numpy()) for s in (first, second))
    sizes = (len(a), len(b))
    if not all(sizes) or len(set(a) | set(b)) < 2:
        return Shift(np.nan, np.nan, np.nan, None, sizes)
    # As `wilcox.test(a, b, exact = FALSE, correct = TRUE)` in R; of few answers, whose exact test scipy
    # has only without ties, as `coin::wilcox_test(distribution = "exact")`.
    result = stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=True)
    u = float(result.statistic)
    superiority = u / (sizes[0] * sizes[1])
    p = _exact_p(a, b) if min(sizes) < MIN_ANSWERS else float(result.pvalue)
    return Shift(u, p, superiority, _superiority_interval(a, b, superiority), sizes)


def _exact_p(a: np.ndarray, b: np.ndarray) -> float:
    """Return the share of all ways to draw the smaller group from both whose rank sum is as far from its middle."""
    small = min(a, b, key=len)
    _, place, ties = np.unique(np.concatenate([a, b]), return_inverse=True, return_counts=True)
    twice = 2 * ties.cumsum() - ties + 1  # twice the mid-rank of each score: whole
    several, most = len(small), int(twice[-1]) * len(small)
    ways = np.zeros((several + 1, most + 1))  # to choose so many answers with such a sum of ranks
    ways[0, 0] = 1
    for tied, rank in zip(ties, twice, strict=True):
        more = np.zeros_like(ways)
        for chosen in range(min(tied, several) + 1):
            gained = chosen * int(rank)
            if gained <= most:
                before = ways[: several + 1 - chosen, : most + 1 - gained]
                more[chosen:, gained:] += math.comb(int(tied), chosen) * before
        ways = more
    drawn = ways[several] / ways[several].sum()
    ranks = twice[place]
    observed = ranks[: len(a)].sum() if small is a else ranks[len(a) :].sum()
    middle = several * (len(a) + len(b) + 1)
    far = np.abs(np.arange(most + 1) - middle) >= abs(observed - middle)
    return min(1.0, float(drawn[far].sum()))


def _superiority_interval(a: np.ndarray, b: np.ndarray, superiority: float) -> Interval | None:
    wins = (np.sign(a[:, None] - b) + 1) / 2
    if superiority in (0, 1) or min(wins.shape) < MIN_ANSWERS:
        return None
    variance = wins.mean(axis=1).var(ddof=1) / len(a) + wins.mean(axis=0).var(ddof=1) / len(b)
    half = stats.norm.isf((1 - LEVEL) / 2) * math.sqrt(variance) / (superiority * (1 - superiority))
    low, high = (float(expit(logit(superiority) + side * half)) for side in (-1, 1))
    return Interval(low, high, "delong")


@dataclass(frozen=True)
class KruskalWallis:
    """Whether several groups differ in the level of their scores.

    Attributes
    ----------
    method : {"chi_square", "monte_carlo", "none"}
        What `p` comes from; "none" when there is nothing to compare.
    statistic : float
        H, corrected for ties; NaN, with `p` and `effect`, when `method` is "none".
    df : int
    p : float
    effect : float
        Epsilon squared, 0..1: H / (n - 1).
    n : int
    """

    method: Literal["chi_square", "monte_carlo", "none"]
    statistic: float
    df: int
    p: float
    effect: float
    n: int

    @property
    def significant(self) -> bool:
        """Whether `p` lies below `ALPHA`; False where nothing could be compared."""
        return self.p < ALPHA


def kruskal_wallis(table: pd.DataFrame) -> KruskalWallis:
    """Compare an ordinal answer between groups, empty ones left out.

    Where a group holds fewer than five answers, H is held against `RESAMPLES` tables
    drawn at random with the same margins, seeded; elsewhere against the chi-square law.

    Parameters
    ----------
    table : DataFrame of int
        Groups by scores, the scores in order; counts. Missing answers are no part of it.

    Examples
    --------
    >>> round(kruskal_wallis(pd.DataFrame([[5, 1], [1, 5]])).statistic, 3)
    4.889
    """
    observed = table.loc[table.sum(axis=1) > 0, table.sum(axis=0) > 0].to_numpy()
    n = int(observed.sum())
    if min(observed.shape) < 2:
        return KruskalWallis("none", np.nan, 0, np.nan, np.nan, n)
    groups, scores = observed.sum(axis=1), observed.sum(axis=0)
    middle = scores.cumsum() - (scores - 1) / 2  # the rank that the answers on one score share
    ties = 1 - (scores**3 - scores).sum() / (n**3 - n)

    def h(tables: np.ndarray) -> np.ndarray:
        return (12 * ((tables @ middle) ** 2 / groups).sum(axis=-1) / (n * (n + 1)) - 3 * (n + 1)) / ties

    statistic, df = float(h(observed)), len(groups) - 1
    if groups.min() >= MIN_EXPECTED:
        method, p = "chi_square", stats.chi2.sf(statistic, df)
    else:
        drawn = stats.random_table(groups, scores, seed=SEED).rvs(RESAMPLES)
        method, p = "monte_carlo", ((h(drawn) >= statistic - 1e-9).sum() + 1) / (RESAMPLES + 1)
    return KruskalWallis(method, statistic, df, float(p), min(1.0, statistic / (n - 1)), n)
