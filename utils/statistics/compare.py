"""Two or more groups compared over categories: chi-square, its effect, its residuals; several tests at once.

scipy does the statistics. Written here is what it lacks: the documented choice of
the method, the adjusted residuals, the interval of Cramér's V and Holm's correction.
Knows nothing of waves, files or French.
"""

__all__ = [
    "ALPHA",
    "MIN_EXPECTED",
    "RESAMPLES",
    "SEED",
    "Association",
    "association",
    "chi_square",
    "holm",
    "standing_out",
]

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
import scipy

from utils.statistics.intervals import LEVEL, Interval
from utils.statistics.scored import expected_worth, kinds, residuals, score_test
from utils.statistics.weighed import Weighed

ALPHA = 0.05  # below it a difference is called more than chance, once corrected (see `families`)
MIN_EXPECTED = 5  # Cochran's rule, see `association`
RESAMPLES = 99_999
SEED = 2017


@dataclass(frozen=True, repr=False)
class Association:
    """Whether the rows of a table of counts differ in how they spread over its columns.

    Attributes
    ----------
    method : {"chi_square", "fisher", "monte_carlo", "rao_scott", "none", "sparse"}
        What `p` really comes from; "none" when the table leaves nothing to compare, "sparse" when
        answers that do not weigh alike are worth too few for a test.
    statistic, df : float, int
        Pearson's chi-square without continuity correction, and its degrees of freedom; of weighted
        answers, over the mean design effect.
    p : float
        NaN where nothing is `tested`, as are `statistic` and `cramers_v`.
    cramers_v : float
        Effect in the sample, 0 (no association) to 1: chance alone lifts it, see `corrected_v`.
    sides : tuple of int
        Rows and columns that were compared, the empty ones left out.
    n : int
        Sum of the table, always.
    expected, residuals : DataFrame
        Of the table's shape. Adjusted residuals (Haberman 1973) are standard normal
        where rows and columns are independent.
        NaN in empty rows and columns.
    size : float, optional
        Answers that weighted ones are worth to this test; without it, `n`.
    """

    method: Literal["chi_square", "fisher", "monte_carlo", "rao_scott", "none", "sparse"]
    statistic: float
    df: int
    p: float
    cramers_v: float
    sides: tuple[int, int]
    n: int
    expected: pd.DataFrame
    residuals: pd.DataFrame
    size: float | None = None

    def __repr__(self) -> str:
        told = f"statistic={self.statistic:.2f}, df={self.df}, p={self.p:.4g}, cramers_v={self.cramers_v:.2f}"
        return f"Association({self.method}: {told}, n={self.n})"

    @property
    def tested(self) -> bool:
        """Whether there is a p-value: something to compare, and enough answers for it."""
        return self.method not in ("none", "sparse")

    @cached_property
    def corrected_v(self) -> float:
        """Cramér's V less its bias in small samples (Bergsma 2013); NaN where nothing is `tested`."""
        if not self.tested:
            return math.nan
        n = self.size or self.n
        rows, columns = (k - (k - 1) ** 2 / (n - 1) for k in self.sides)
        excess = max(0.0, self.statistic / n - self.df / (n - 1))
        return math.sqrt(excess / (min(rows, columns) - 1)) if min(rows, columns) > 1 else 0.0

    @cached_property
    def v_interval(self) -> Interval | None:
        """Interval for Cramér's V; None where nothing is `tested`.

        The noncentral chi-square laws under which the statistic is just not surprising,
        either way (Steiger 2004); the lower end is 0 where even no association would not surprise.
        """
        if not self.tested:
            return None
        tail = (1 - LEVEL) / 2
        low, high = (self._noncentrality(side) for side in (1 - tail, tail))
        scale = (self.size or self.n) * (min(self.sides) - 1)
        low, high = (min(1.0, math.sqrt(end / scale)) for end in (low, high))
        # Groups more alike than chance makes them leave V itself above both ends. It is never below
        # `corrected_v`, as the lower end is never above: the interval holds both.
        return Interval(low, max(high, self.cramers_v), "noncentral_chi_square")

    def _noncentrality(self, level: float) -> float:
        def surplus(noncentrality: float) -> float:
            return scipy.stats.ncx2.cdf(self.statistic, self.df, noncentrality) - level

        if scipy.stats.chi2.cdf(self.statistic, self.df) <= level:
            return 0.0
        return scipy.optimize.brentq(surplus, 1e-12, 10 * self.statistic + 50, xtol=1e-12, rtol=1e-13)


def chi_square(table: pd.DataFrame, by: str | Mapping[str, Sequence] | None = None) -> "Association":
    """Test whether groups (rows) differ over categories (columns), some of which may be taken together.

    The method follows from the counts (see `association`): Pearson's chi-square, Fisher's
    exact test or a simulated chi-square.

    Parameters
    ----------
    table : DataFrame of int
        Groups by categories; counts, not shares. Missing answers are no part of it.
    by : str or mapping, optional
        Categories to take together: their columns by the name of each, or the name of a
        grouping that the table brings along (`Contrast.counts` brings `sides` and `groups`).

    Raises
    ------
    ValueError
        A count that is negative or not whole, a grouping that the table does not bring, or
        a column that it does not have.

    Examples
    --------
    >>> chi_square(pd.DataFrame([[10, 20, 10], [2, 8, 30]]), by={"low": [0, 1], "high": [2]}).statistic
    20.0
    """
    if isinstance(by, str):
        brought = table.attrs.get("groupings", {})
        if by not in brought:
            known = ", ".join(map(repr, brought)) or "none"
            raise ValueError(f"no grouping {by!r} comes with this table (known: {known}): give the columns of each")
        by = brought[by]
    if by is not None:
        if strange := [column for columns in by.values() for column in columns if column not in table.columns]:
            raise ValueError(f"no column {strange[0]!r} in the table")
        table = pd.DataFrame({name: table[list(columns)].sum(axis=1) for name, columns in by.items()})
    return association(table)


def association(table: pd.DataFrame, weighed: Weighed | None = None) -> Association:
    """Test whether groups (rows) differ over categories (columns), by a fixed rule.

    Empty rows and columns are left out first: they hold nobody to compare. Then

    - no expected count below 1 and at most a fifth of them below 5 (Cochran 1954):
      Pearson's chi-square against its asymptotic distribution;
    - otherwise, two rows and two columns: Fisher's exact test;
    - otherwise: chi-square against `RESAMPLES` tables drawn at random with the same
      margins, seeded, p = (k + 1) / (RESAMPLES + 1) (`chisq.test(simulate.p.value = TRUE)` in R).

    Where answers of a group do not weigh alike: the corrected test of `scored`, if no expected
    count is below 1 of what each group's answers are worth; else none, as no exact test knows weights.

    Parameters
    ----------
    table : DataFrame of int
        Groups by categories; counts, not shares. Missing answers are no part of it.
    weighed : Weighed, optional
        The same table with what its answers weigh.

    Raises
    ------
    ValueError
        A count that is negative or not whole.

    Examples
    --------
    >>> association(pd.DataFrame([[30, 10], [10, 30]])).statistic
    20.0
    """
    if not (np.isfinite(table) & (table >= 0) & (table % 1 == 0)).to_numpy().all():
        raise ValueError("counts must be whole and not negative")
    if weighed is not None and not weighed.alike_by_row:
        return _of_weights(table, weighed)
    observed = table.loc[table.sum(axis=1) > 0, table.sum(axis=0) > 0]
    if min(observed.shape) < 2:
        return _untested(table, "none", observed.shape)
    counts = observed.to_numpy()
    result = scipy.stats.chi2_contingency(counts, correction=False)
    expected = result.expected_freq
    if expected.min() >= 1 and (expected < MIN_EXPECTED).mean() <= 0.2:
        method, p = "chi_square", result.pvalue
    elif counts.shape == (2, 2):
        method, p = "fisher", scipy.stats.fisher_exact(counts).pvalue
    else:
        method, p = "monte_carlo", _monte_carlo_p(counts)
    total = counts.sum()
    spread = np.outer(1 - counts.sum(axis=1) / total, 1 - counts.sum(axis=0) / total)
    residuals = (counts - expected) / np.sqrt(expected * spread)
    return Association(
        method=method,
        statistic=float(result.statistic),
        df=int(result.dof),
        p=float(p),
        cramers_v=float(scipy.stats.contingency.association(counts, method="cramer")),
        sides=counts.shape,
        n=int(total),
        expected=_like(table, observed, expected),
        residuals=_like(table, observed, residuals),
    )


def _untested(table: pd.DataFrame, why: Literal["none", "sparse"], sides: tuple[int, int]) -> Association:
    blank, n = table.astype(float) * np.nan, int(table.to_numpy().sum())
    return Association(why, np.nan, 0, np.nan, np.nan, sides, n, expected=blank, residuals=blank)


def _of_weights(table: pd.DataFrame, weighed: Weighed) -> Association:
    rows, columns = table.index[table.sum(axis=1) > 0], table.columns[table.sum(axis=0) > 0]
    sides = (len(rows), len(columns))
    if min(sides) < 2:
        return _untested(table, "none", sides)
    known = weighed.each(lambda layer: layer.loc[rows, columns])
    expected = expected_worth(known)
    if expected.min() < 1:
        return _untested(table, "sparse", sides)
    found, n = score_test(known, kinds(sides[0]), kinds(sides[1])), known.total[0]
    size = n / found.effect
    return Association(
        method="rao_scott",
        statistic=found.statistic,
        df=found.df,
        p=found.p,
        cramers_v=math.sqrt(found.statistic / size / (min(sides) - 1)),
        sides=sides,
        n=n,
        expected=_like(table, known.n, expected),
        residuals=_like(table, known.n, residuals(known)),
        size=size,
    )


def _like(table: pd.DataFrame, kept: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
    framed = pd.DataFrame(values, index=kept.index, columns=kept.columns)
    return framed.reindex(index=table.index, columns=table.columns)


def _monte_carlo_p(counts: np.ndarray) -> float:
    sampled = scipy.stats.MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(SEED))
    return scipy.stats.chi2_contingency(counts, correction=False, method=sampled).pvalue


def standing_out(table: pd.DataFrame, weighed: Weighed | None = None) -> pd.Series:
    """Test of each row whether it differs from the others, where it is known that not all rows are alike.

    Closed testing (Marcus, Peritz and Gabriel 1976): a row stands out only if no guess of which
    rows are alike may hold it. Under a guess the rows guessed stand one by one beside the rest,
    taken together; and two rows at least must be left over, as one alone cannot differ. Whatever
    holds in truth, any row is wrongly named with at most the level of one test.

    Parameters
    ----------
    table : DataFrame of int
        Groups by categories; counts.
    weighed : Weighed, optional
        The same table with what its answers weigh.

    Returns
    -------
    Series
        p-value by row, NaN for an empty one.

    Examples
    --------
    >>> standing_out(pd.DataFrame([[9, 1], [5, 5], [1, 9]])).round(3).tolist()
    [0.002, 1.0, 0.002]
    """
    rows = table.index[table.sum(axis=1) > 0]
    found = pd.Series(0.0, rows)
    for several in range(1, max(2, len(rows) - 1)):
        for alike in combinations(rows, several):
            rest = rows.difference(alike, sort=False)

            def against(layer: pd.DataFrame, alike: tuple = alike, rest: pd.Index = rest) -> pd.DataFrame:
                return pd.DataFrame([*(layer.loc[row] for row in alike), layer.loc[rest].sum()])

            p = association(against(table), weighed and weighed.each(against)).p
            for row in alike:
                found[row] = max(found[row], 1.0 if math.isnan(p) else p)  # what cannot be tested may hold
    return found.reindex(table.index)


def holm(p: Sequence[float]) -> pd.Series:
    """Correct the p-values of a family of tests for their number (Holm 1979, `p.adjust(p, "holm")` in R).

    Guards against a single false alarm in the family.

    Parameters
    ----------
    p : sequence of float
        NaN where a test was not possible: it stays NaN and does not count in the family.

    Returns
    -------
    Series
        In the order given.

    Examples
    --------
    >>> holm([0.01, 0.04]).tolist()
    [0.02, 0.04]
    """
    found = pd.Series(list(p), dtype=float)
    told = found.dropna().sort_values(kind="stable")
    steps = np.arange(len(told), 0, -1)
    corrected = np.minimum(1, np.maximum.accumulate(told.to_numpy() * steps))
    return pd.Series(corrected, told.index).reindex(found.index)
