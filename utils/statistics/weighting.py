"""Answers weighted to the population asked: post-stratification, raking.

Knows nothing of waves, files or French.
"""

__all__ = ["MIN_WEIGHTED", "Estimate", "NoWeightsError", "poststratified", "rake", "raked"]

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from utils.statistics.intervals import Interval, population_interval, share_interval

MIN_WEIGHTED = 5  # answers below which a stratum does not speak for its members who did not answer


class NoWeightsError(ValueError):
    """No weights make the sample agree with the margins."""


@dataclass(frozen=True)
class Estimate:
    """A share estimated for the whole population.

    Attributes
    ----------
    share : float
        0..1.
    interval : Interval
        Post-stratified: combined from the strata's own ("mover"). Raked: Wilson's, for the
        effective number of answers.
    """

    share: float
    interval: Interval


def poststratified(part: pd.Series, n: pd.Series, population: pd.Series) -> Estimate | None:
    """Estimate a share by giving every stratum its weight in the population.

    The interval is put together from the strata's exact ones by the distances of their ends
    (MOVER, Zou, Huang and Zhang 2009; Newcombe's method 10 is its case of two): a stratum in
    which all few answers agree is not taken for certain, as a sum of variances would.

    Parameters
    ----------
    part, n, population : Series of int
        By stratum: answers counted, answers in all, and everybody asked.

    Returns
    -------
    Estimate or None
        None where a stratum of the population has fewer than `MIN_WEIGHTED` answers and not
        all of its members': too few to speak for the others.

    Raises
    ------
    ValueError
        More answers than members in a stratum.

    Examples
    --------
    >>> poststratified(pd.Series([2, 8]), pd.Series([10, 10]), pd.Series([80, 80])).share
    0.5
    """
    if ((part > n) | (n > population)).any():
        raise ValueError("more answers than members in a stratum")
    told = population > 0
    part, n, population = part[told], n[told], population[told]
    if not len(n) or ((n < MIN_WEIGHTED) & (n < population)).any():
        return None
    weight, share = population / population.sum(), part / n
    around = [population_interval(int(k), int(m), int(all_)) for k, m, all_ in zip(part, n, population, strict=True)]
    estimate = float((weight * share).sum())
    below = math.hypot(*(weight * (share - [found.low for found in around])))
    above = math.hypot(*(weight * ([found.high for found in around] - share)))
    # Weights may add up to a hair beside one.
    return Estimate(min(1.0, estimate), Interval(max(0.0, estimate - below), min(1.0, estimate + above), "mover"))


def rake(counts: pd.DataFrame, rows: pd.Series, columns: pd.Series, tolerance: float = 1e-10) -> pd.DataFrame:
    """Find the weights that make a sample agree with two margins of its population.

    Iterative proportional fitting (Deming and Stephan 1940), as `survey::rake` in R.

    Parameters
    ----------
    counts : DataFrame of int
        Answers by row stratum and column stratum.
    rows, columns : Series of int
        Members of the population by row stratum and by column stratum, of one total.

    Returns
    -------
    DataFrame of float
        Weight of one answer in each cell; NaN in cells without answers.

    Raises
    ------
    ValueError
        Margins of different totals.
    NoWeightsError
        A stratum of the population has no answer, or no weights meet both margins.

    Examples
    --------
    >>> cells = pd.DataFrame([[1, 1], [1, 1]])
    >>> rake(cells, pd.Series([6, 2]), pd.Series([4, 4])).to_numpy().tolist()
    [[3.0, 3.0], [1.0, 1.0]]
    """
    rows, columns = rows.reindex(counts.index), columns.reindex(counts.columns)
    if rows.sum() != columns.sum():
        raise ValueError(f"margins of different totals: {rows.sum()} and {columns.sum()}")
    if ((counts.sum(axis=1) == 0) & (rows > 0)).any() or ((counts.sum(axis=0) == 0) & (columns > 0)).any():
        raise NoWeightsError("a stratum of the population has no answer")
    fitted = counts.to_numpy(dtype=float, copy=True)
    target, across = rows.to_numpy(dtype=float), columns.to_numpy(dtype=float)
    for _ in range(1000):
        fitted *= _ratio(target, fitted.sum(axis=1))[:, None]
        fitted *= _ratio(across, fitted.sum(axis=0))
        if abs(fitted.sum(axis=1) - target).max() <= tolerance * target.sum():
            return pd.DataFrame(fitted, counts.index, counts.columns) / counts.where(counts > 0)
    raise NoWeightsError("no weights meet both margins")


def _ratio(wanted: np.ndarray, reached: np.ndarray) -> np.ndarray:
    return np.divide(wanted, reached, out=np.zeros_like(wanted), where=reached > 0)


def raked(part: pd.DataFrame, n: pd.DataFrame, rows: pd.Series, columns: pd.Series) -> Estimate | None:
    """Estimate a share with weights that meet two margins of the population.

    The interval rests on Kish's effective sample size and on the part of the population that answered.

    Parameters
    ----------
    part, n : DataFrame of int
        By row stratum and column stratum: answers counted, and answers in all.
    rows, columns : Series of int
        Members of the population by row stratum and by column stratum.

    Returns
    -------
    Estimate or None
        None where no weights meet the margins, or nobody was asked.

    Raises
    ------
    ValueError
        More answers than members, or margins of different totals.

    Examples
    --------
    >>> cells = pd.DataFrame([[10, 10], [10, 10]])
    >>> raked(cells // 2, cells, pd.Series([60, 60]), pd.Series([60, 60])).share
    0.5
    """
    if n.to_numpy().sum() > rows.sum():
        raise ValueError("more answers than members")
    try:
        weights = rake(n, rows, columns).fillna(0.0)
    except NoWeightsError:
        return None
    total = float((weights * n).to_numpy().sum())
    if not total:
        return None
    share = float((weights * part).to_numpy().sum()) / total
    spread = float((weights**2 * n).to_numpy().sum())
    fraction = float(n.to_numpy().sum() / rows.sum())
    share = min(1.0, share)  # weights may add up to a hair beside one
    if fraction == 1:
        return Estimate(share, Interval(share, share, "wilson"))
    effective = total**2 / spread / (1 - fraction)
    return Estimate(share, share_interval(min(share * effective, effective), effective))
