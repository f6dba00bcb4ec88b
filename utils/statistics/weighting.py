"""Answers weighted to the population asked: post-stratification, raking.

Knows nothing of waves, files or French.
"""

__all__ = ["Estimate", "NoWeightsError", "poststratified", "rake", "raked"]

from dataclasses import dataclass

import numpy as np
import pandas as pd

from utils.statistics.intervals import Interval, share_interval


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
        Wilson's, for the effective number of answers.
    effective : float
        How many answers of a simple random sample would tell as much; infinite where
        everybody has answered.
    """

    share: float
    interval: Interval
    effective: float


def poststratified(part: pd.Series, n: pd.Series, population: pd.Series) -> Estimate | None:
    """Estimate a share by giving every stratum its weight in the population.

    Variance of a stratified sample with finite populations (Cochran 1977, section 5.10).

    Parameters
    ----------
    part, n, population : Series of int
        By stratum: answers counted, answers in all, and everybody asked.

    Returns
    -------
    Estimate or None
        None where a stratum of the population has no answer, or only one of several:
        nothing tells what it would say, or how much its members differ.

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
    if not len(n) or (n == 0).any() or ((n == 1) & (population > 1)).any():
        return None
    weight, share = population / population.sum(), part / n
    estimate = float((weight * share).sum())
    if (n == population).all():
        return _estimate(estimate, np.inf)
    variance = float((weight**2 * (1 - n / population) * share * (1 - share) / (n - 1).clip(lower=1)).sum())
    # All or none in every stratum: the formula sees no spread there, which is not certainty.
    return _estimate(estimate, estimate * (1 - estimate) / variance if variance else float(n.sum()))


def _estimate(share: float, effective: float) -> Estimate:
    share = min(1.0, max(0.0, share))  # weights may add up to a hair beside one
    if np.isinf(effective):
        return Estimate(share, Interval(share, share, "wilson"), effective)
    return Estimate(share, share_interval(min(share * effective, effective), effective), effective)


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
    return _estimate(share, total**2 / spread / (1 - fraction) if fraction < 1 else np.inf)
