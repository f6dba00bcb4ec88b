"""Two or more groups compared: chi-square, its effect, its residuals; a shift in scores.

scipy does the statistics. Written here is what it lacks: the documented choice of
the method, the adjusted residuals and Cliff's delta. Knows nothing of waves, files or French.
"""

__all__ = ["ALPHA", "MIN_EXPECTED", "RESAMPLES", "SEED", "Association", "Shift", "association", "shift"]

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

ALPHA = 0.05  # below it a difference is called more than chance
MIN_EXPECTED = 5  # Cochran's rule, see `association`
RESAMPLES = 99_999
SEED = 2017


@dataclass(frozen=True)
class Association:
    """Whether the rows of a table of counts differ in how they spread over its columns.

    Attributes
    ----------
    method : {"chi_square", "fisher", "monte_carlo", "none"}
        What `p` really comes from; "none" when the table leaves nothing to compare.
    statistic, df : float, int
        Pearson's chi-square without continuity correction, and its degrees of freedom.
    p : float
        NaN when `method` is "none", as are `statistic` and `cramers_v`.
    cramers_v : float
        Effect, 0 (no association) to 1.
    n : int
        Sum of the table, always.
    expected, residuals : DataFrame
        Of the table's shape. Adjusted residuals (Haberman 1973) are standard normal
        where rows and columns are independent: beyond ±1.96 a cell stands out.
        NaN in empty rows and columns.
    """

    method: Literal["chi_square", "fisher", "monte_carlo", "none"]
    statistic: float
    df: int
    p: float
    cramers_v: float
    n: int
    expected: pd.DataFrame
    residuals: pd.DataFrame

    @property
    def significant(self) -> bool:
        """Whether `p` lies below `ALPHA`; False where nothing could be compared."""
        return self.p < ALPHA


def association(table: pd.DataFrame) -> Association:
    """Test whether groups (rows) differ over categories (columns), by a fixed rule.

    Empty rows and columns are left out first: they hold nobody to compare. Then

    - no expected count below 1 and at most a fifth of them below 5 (Cochran 1954):
      Pearson's chi-square against its asymptotic distribution;
    - otherwise, two rows and two columns: Fisher's exact test;
    - otherwise: chi-square against `RESAMPLES` tables drawn at random with the same
      margins, seeded, p = (k + 1) / (RESAMPLES + 1) (`chisq.test(simulate.p.value = TRUE)` in R).

    Parameters
    ----------
    table : DataFrame of int
        Groups by categories; counts, not shares. Missing answers are no part of it.

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
    observed = table.loc[table.sum(axis=1) > 0, table.sum(axis=0) > 0]
    blank = table.astype(float) * np.nan
    if min(observed.shape) < 2:
        return Association(
            "none", np.nan, 0, np.nan, np.nan, int(table.to_numpy().sum()), expected=blank, residuals=blank
        )
    counts = observed.to_numpy()
    result = stats.chi2_contingency(counts, correction=False)
    expected = result.expected_freq
    if expected.min() >= 1 and (expected < MIN_EXPECTED).mean() <= 0.2:
        method, p = "chi_square", result.pvalue
    elif counts.shape == (2, 2):
        method, p = "fisher", stats.fisher_exact(counts).pvalue
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
        cramers_v=float(stats.contingency.association(counts, method="cramer")),
        n=int(total),
        expected=_like(table, observed, expected),
        residuals=_like(table, observed, residuals),
    )


def _like(table: pd.DataFrame, kept: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
    framed = pd.DataFrame(values, index=kept.index, columns=kept.columns)
    return framed.reindex(index=table.index, columns=table.columns)


def _monte_carlo_p(counts: np.ndarray) -> float:
    sampled = stats.MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(SEED))
    return stats.chi2_contingency(counts, correction=False, method=sampled).pvalue


@dataclass(frozen=True)
class Shift:
    """Whether one group gives higher scores than another.

    Attributes
    ----------
    u : float
        Mann-Whitney's U of the first group; NaN, with the others, if a group is empty.
    p : float
        Two-sided, normal approximation with ties and continuity correction.
    delta : float
        Cliff's delta, -1..1: the probability that the first group's score is the
        higher one, less the probability that it is the lower one.
    n : tuple of int
        Answers of the two groups.
    """

    u: float
    p: float
    delta: float
    n: tuple[int, int]

    @property
    def significant(self) -> bool:
        """Whether `p` lies below `ALPHA`; False where nothing could be compared."""
        return self.p < ALPHA


def shift(first: pd.Series, second: pd.Series) -> Shift:
    """Compare the scores of two groups by Mann-Whitney's test and Cliff's delta.

    Parameters
    ----------
    first, second : Series of int
        Number of answers, indexed by score.

    Examples
    --------
    >>> shift(pd.Series({1: 0, 2: 5}), pd.Series({1: 5, 2: 0})).delta
    1.0
    """
    a, b = (np.repeat(s.index.to_numpy(dtype=float), s.to_numpy()) for s in (first, second))
    sizes = (len(a), len(b))
    if not all(sizes):
        return Shift(np.nan, np.nan, np.nan, sizes)
    # As `wilcox.test(a, b, exact = FALSE, correct = TRUE)` in R.
    result = stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=True)
    u = float(result.statistic)
    return Shift(u, float(result.pvalue), 2 * u / (sizes[0] * sizes[1]) - 1, sizes)
