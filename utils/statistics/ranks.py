"""Groups compared by the order of their scores: a shift between two, a difference or a trend among several.

scipy does the tests; the effects' intervals and the simulated tests are written here.
Knows nothing of waves, files or French.
"""

__all__ = ["KruskalWallis", "Shift", "Trend", "kruskal_wallis", "shift", "trend"]

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import scipy

from utils.statistics.compare import MIN_EXPECTED, RESAMPLES, SEED
from utils.statistics.intervals import LEVEL, MIN_ANSWERS, Interval
from utils.statistics.scored import kinds, places, score_test, worth_of_rows
from utils.statistics.weighed import Weighed


@dataclass(frozen=True)
class Shift:
    """Whether one group gives higher scores than another.

    Attributes
    ----------
    u : float
        Mann-Whitney's U of the first group; NaN, with the others, if a group is empty
        or all answers are equal; of answers that do not weigh alike, which have none.
    p : float
        Two-sided. Of groups of `MIN_ANSWERS` or more, the normal approximation with ties and
        continuity correction; of fewer, exact given the ties. Where answers of a group do not
        weigh alike, the test of `scored`; NaN where a group's are worth fewer than `MIN_ANSWERS`.
    superiority : float
        Probability (0..1) that an answer of the first group is the higher one, ties
        counting one half.
    interval : Interval or None
        For `superiority`; None where a group has fewer than `MIN_ANSWERS` answers, where the
        groups do not overlap at all, which leaves no spread to measure, or nothing could be compared.
    n : tuple of int
        Answers of the two groups.
    sparse : bool
        Whether answers that do not weigh alike are worth too few for a test.
    """

    u: float
    p: float
    superiority: float
    interval: Interval | None
    n: tuple[int, int]
    sparse: bool = False

    @property
    def delta(self) -> float:
        """Cliff's delta, -1..1: how much more often the first group's score is the higher than the lower one."""
        return 2 * self.superiority - 1

    @property
    def delta_interval(self) -> Interval | None:
        """Interval for Cliff's delta."""
        found = self.interval
        return found and Interval(2 * found.low - 1, 2 * found.high - 1, found.method)


def shift(first: pd.Series, second: pd.Series, weighed: Weighed | None = None) -> Shift:
    """Compare the scores of two groups by Mann-Whitney's test, Cliff's delta and the probability of superiority.

    The interval is set on the logit scale, so that it stays within 0..1, with the
    variance of DeLong, DeLong and Clarke-Pearson (1988).

    Parameters
    ----------
    first, second : Series of int
        Number of answers, indexed by score.
    weighed : Weighed, optional
        The two groups in rows, by score, with what their answers weigh.

    Examples
    --------
    >>> shift(pd.Series({1: 1, 2: 4}), pd.Series({1: 4, 2: 1})).superiority
    0.8
    """
    a, b = (np.repeat(s.index.to_numpy(dtype=float), s.to_numpy()) for s in (first, second))
    sizes = (len(a), len(b))
    if not all(sizes) or len(set(a) | set(b)) < 2:
        return Shift(np.nan, np.nan, np.nan, None, sizes)
    if weighed is not None and not weighed.alike_by_row:
        return _shift_of_weights(weighed, sizes)
    # As `wilcox.test(a, b, exact = FALSE, correct = TRUE)` in R; of few answers, whose exact test scipy
    # has only without ties, as `coin::wilcox_test(distribution = "exact")`.
    result = scipy.stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=True)
    u = float(result.statistic)
    superiority = u / (sizes[0] * sizes[1])
    p = _exact_p(a, b) if min(sizes) < MIN_ANSWERS else float(result.pvalue)
    return Shift(u, p, superiority, _superiority_interval(a, b, superiority), sizes)


def _shift_of_weights(weighed: Weighed, sizes: tuple[int, int]) -> Shift:
    known = _answered(weighed)
    shares = known.sums.to_numpy() / known.sums.to_numpy().sum(axis=1)[:, None]
    below = shares.cumsum(axis=1) - shares / 2  # of each group, below each score; equal ones count one half
    superiority = float(shares[0] @ below[1])
    if min(worth_of_rows(known)) < MIN_ANSWERS:
        return Shift(np.nan, np.nan, superiority, None, sizes, sparse=True)
    p = score_test(known, kinds(2), places(known.sums.to_numpy().sum(axis=0))).p
    # Placements as DeLong's, each of the two groups' with the squares of its weights.
    apart = (below[1] - superiority, below[0] - (1 - superiority))
    parts = zip(known.squares.to_numpy(), known.sums.to_numpy(), apart, sizes, strict=True)
    variance = sum(float(sq @ gap**2) / s.sum() ** 2 * n / (n - 1) for sq, s, gap, n in parts)
    free = min(worth_of_rows(known)) - 1
    interval = _on_logits(superiority, variance, float(scipy.stats.t.isf((1 - LEVEL) / 2, free)))
    return Shift(np.nan, p, superiority, interval, sizes)


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
    return _on_logits(superiority, variance, float(scipy.stats.norm.isf((1 - LEVEL) / 2)))


def _on_logits(superiority: float, variance: float, quantile: float) -> Interval | None:
    if not 0 < superiority < 1:
        return None
    half = quantile * math.sqrt(variance) / (superiority * (1 - superiority))
    low, high = (float(scipy.special.expit(scipy.special.logit(superiority) + side * half)) for side in (-1, 1))
    return Interval(low, high, "delong")


@dataclass(frozen=True)
class KruskalWallis:
    """Whether several groups differ in the level of their scores.

    Attributes
    ----------
    method : {"chi_square", "monte_carlo", "rao_scott", "none", "sparse"}
        What `p` comes from; "none" when there is nothing to compare, "sparse" when answers that do not
        weigh alike are worth too few for a test.
    statistic : float
        H, corrected for ties; of weighted answers, over the mean design effect. NaN, with `p` and
        `effect`, where nothing is tested.
    df : int
    p : float
    effect : float
        Epsilon squared, 0..1: H / (n - 1).
    n : int
    """

    method: Literal["chi_square", "monte_carlo", "rao_scott", "none", "sparse"]
    statistic: float
    df: int
    p: float
    effect: float
    n: int


def kruskal_wallis(table: pd.DataFrame, weighed: Weighed | None = None) -> KruskalWallis:
    """Compare an ordinal answer between groups, empty ones left out.

    Where a group holds fewer than five answers, H is held against `RESAMPLES` tables
    drawn at random with the same margins, seeded; elsewhere against the chi-square law.

    Parameters
    ----------
    table : DataFrame of int
        Groups by scores, the scores in order; counts. Missing answers are no part of it.
    weighed : Weighed, optional
        The same table with what its answers weigh.

    Examples
    --------
    >>> round(kruskal_wallis(pd.DataFrame([[5, 1], [1, 5]])).statistic, 3)
    4.889
    """
    observed = _occupied(table)
    n = int(observed.sum())
    if min(observed.shape) < 2:
        return KruskalWallis("none", np.nan, 0, np.nan, np.nan, n)
    if weighed is not None and not weighed.alike_by_row:
        known = _answered(weighed)
        if min(worth_of_rows(known)) < MIN_EXPECTED:
            return KruskalWallis("sparse", np.nan, 0, np.nan, np.nan, n)
        found = score_test(known, kinds(len(observed)), places(known.sums.to_numpy().sum(axis=0)))
        effect = min(1.0, found.statistic * found.effect / n)
        return KruskalWallis("rao_scott", found.statistic, found.df, found.p, effect, n)
    groups, scores = observed.sum(axis=1), observed.sum(axis=0)
    middle = _mid_ranks(scores)
    ties = 1 - (scores**3 - scores).sum() / (n**3 - n)

    def h(tables: np.ndarray) -> np.ndarray:
        return (12 * ((tables @ middle) ** 2 / groups).sum(axis=-1) / (n * (n + 1)) - 3 * (n + 1)) / ties

    statistic, df = float(h(observed)), len(groups) - 1
    if groups.min() >= MIN_EXPECTED:
        method, p = "chi_square", scipy.stats.chi2.sf(statistic, df)
    else:
        method, p = "monte_carlo", _drawn_p(observed, h)
    return KruskalWallis(method, statistic, df, float(p), min(1.0, statistic / (n - 1)), n)


@dataclass(frozen=True)
class Trend:
    """Whether scores rise or fall from each group to the next, where the groups have an order.

    Attributes
    ----------
    method : {"normal", "monte_carlo", "rao_scott", "none", "sparse"}
        What `p` comes from; "none" when there is nothing to compare, "sparse" when answers that do not
        weigh alike are worth too few for a test.
    rho : float
        Spearman's rank correlation of group and score, -1..1; NaN, with `p`, where nothing is tested.
    p : float
        Two-sided.
    n : int
    """

    method: Literal["normal", "monte_carlo", "rao_scott", "none", "sparse"]
    rho: float
    p: float
    n: int


def trend(table: pd.DataFrame, weighed: Weighed | None = None) -> Trend:
    """Test whether an ordinal answer follows the order of the groups, empty ones left out.

    The linear-by-linear association of the mid-ranks of both (Agresti 2010, section 6.3), as
    `coin::spearman_test` in R: rho × √(n - 1) against the normal law, or, where a group holds
    fewer than five answers, against `RESAMPLES` tables drawn at random with the same margins,
    seeded. It looks one way only, and so sees a rise from size to size far sooner than a test
    that knows of no order.

    Parameters
    ----------
    table : DataFrame of int
        Groups by scores, both in order; counts. Missing answers are no part of it.
    weighed : Weighed, optional
        The same table with what its answers weigh.

    Examples
    --------
    >>> round(trend(pd.DataFrame([[5, 1], [3, 3], [1, 5]])).rho, 3)
    0.544
    """
    observed = _occupied(table)
    n = int(observed.sum())
    if min(observed.shape) < 2:
        return Trend("none", np.nan, np.nan, n)
    if weighed is not None and not weighed.alike_by_row:
        return _trend_of_weights(_answered(weighed), n)
    groups, scores = observed.sum(axis=1), observed.sum(axis=0)
    rows, columns = (_mid_ranks(side) - (n + 1) / 2 for side in (groups, scores))
    scale = math.sqrt((groups @ rows**2) * (scores @ columns**2))

    def size(tables: np.ndarray) -> np.ndarray:
        return np.abs(tables @ columns @ rows)

    rho = float(rows @ observed @ columns) / scale
    if groups.min() >= MIN_EXPECTED:
        method, p = "normal", 2 * scipy.stats.norm.sf(abs(rho) * math.sqrt(n - 1))
    else:
        method, p = "monte_carlo", _drawn_p(observed, size)
    return Trend(method, rho, float(p), n)


def _trend_of_weights(known: Weighed, n: int) -> Trend:
    if min(worth_of_rows(known)) < MIN_EXPECTED:
        return Trend("sparse", np.nan, np.nan, n)
    sums = known.sums.to_numpy()
    rows, columns = (places(sums.sum(axis=axis)) for axis in (1, 0))
    part = sums / sums.sum()
    a, b = rows[:, 0] - part.sum(axis=1) @ rows[:, 0], columns[:, 0] - part.sum(axis=0) @ columns[:, 0]
    rho = float(a @ part @ b) / math.sqrt(float(part.sum(axis=1) @ a**2) * float(part.sum(axis=0) @ b**2))
    return Trend("rao_scott", rho, score_test(known, rows, columns).p, n)


def _answered(weighed: Weighed) -> Weighed:
    """Return a table without its empty rows and columns."""
    told = weighed.n.sum(axis=1) > 0, weighed.n.sum(axis=0) > 0
    return weighed.each(lambda layer: layer.loc[told])


def _occupied(table: pd.DataFrame) -> np.ndarray:
    return table.loc[table.sum(axis=1) > 0, table.sum(axis=0) > 0].to_numpy()


def _mid_ranks(counts: np.ndarray) -> np.ndarray:
    """Return the rank that the answers on one score share."""
    return counts.cumsum() - (counts - 1) / 2


def _drawn_p(observed: np.ndarray, statistic: Callable[[np.ndarray], np.ndarray]) -> float:
    """Return how often tables with the same margins, drawn at random, lie as far out as the one observed."""
    drawn = scipy.stats.random_table(observed.sum(axis=1), observed.sum(axis=0), seed=SEED).rvs(RESAMPLES)
    return ((statistic(drawn) >= statistic(observed) - 1e-9).sum() + 1) / (RESAMPLES + 1)
