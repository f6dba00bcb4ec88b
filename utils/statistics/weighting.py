"""Answers weighted to the population asked: post-stratification, raking.

Knows nothing of waves, files or French.
"""

__all__ = ["MIN_WEIGHTED", "Estimate", "NoWeightsError", "poststratified", "rake", "raked"]

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from utils.statistics.design import Design
from utils.statistics.intervals import Interval, bounds, share_interval

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


def poststratified(part: pd.Series, n: pd.Series, designs: Mapping[str, Design]) -> Estimate | None:
    """Estimate a share by giving every stratum its weight in the population.

    The interval is put together from the strata's exact ones by the distances of their ends
    (MOVER, Zou, Huang and Zhang 2009; Newcombe's method 10 is its case of two): a stratum in
    which all few answers agree is not taken for certain, as a sum of variances would.

    Parameters
    ----------
    part, n : Series of int
        By stratum: answers counted, and answers in all.
    designs : mapping
        By stratum, the population that its answers are of.

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
    >>> poststratified(pd.Series([2, 8]), pd.Series([10, 10]), [Design(80), Design(80)]).share
    0.5
    """
    population = _members(designs, n.index)
    if ((part > n) | (n > population)).any():
        raise ValueError("more answers than members in a stratum")
    told = population > 0
    part, n, population = part[told], n[told], population[told]
    if not len(n) or ((n < MIN_WEIGHTED) & (n < population)).any():
        return None
    weight, share = population / population.sum(), part / n
    around = [designs[stratum].share(part[stratum], n[stratum]) for stratum in n.index]
    estimate = float((weight * share).sum())
    below = math.hypot(*(weight * (share - [found.low for found in around])))
    above = math.hypot(*(weight * ([found.high for found in around] - share)))
    # Weights may add up to a hair beside one.
    return Estimate(min(1.0, estimate), Interval(max(0.0, estimate - below), min(1.0, estimate + above), "mover"))


def _members(designs: Mapping[str, Design], strata: pd.Index) -> pd.Series:
    return pd.Series([designs[stratum].population for stratum in strata], strata, dtype=int)


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


def raked(
    part: pd.DataFrame, n: pd.DataFrame, rows: Mapping[str, Design], columns: Mapping[str, Design]
) -> Estimate | None:
    """Estimate a share with weights that meet two margins of the population.

    The interval rests on Kish's effective number of answers, (N - 1) / (N - n) times as many
    as the population is finite; neither it nor the share leaves what those who did not answer
    could make.

    Parameters
    ----------
    part, n : DataFrame of int
        By row stratum and column stratum: answers counted, and answers in all.
    rows, columns : mapping
        By row stratum and by column stratum, the population that its answers are of.

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
    >>> raked(cells // 2, cells, [Design(60), Design(60)], [Design(60), Design(60)]).share
    0.5
    """
    members, across = _members(rows, n.index), _members(columns, n.columns)
    answered, population = int(n.to_numpy().sum()), int(members.sum())
    if answered > population:
        raise ValueError("more answers than members")
    try:
        weights = rake(n, members, across).fillna(0.0)
    except NoWeightsError:
        return None
    total = float((weights * n).to_numpy().sum())
    if not total:
        return None
    possible = bounds(int(part.to_numpy().sum()), answered, population)
    # Weights of a cell may stand for more members than it has.
    share = min(max(float((weights * part).to_numpy().sum()) / total, possible.low), possible.high)
    if answered == population:
        return Estimate(share, Interval(share, share, "wilson"))
    effective = total**2 / float((weights**2 * n).to_numpy().sum()) * (population - 1) / (population - answered)
    found = share_interval(min(share * effective, effective), effective)
    return Estimate(share, Interval(max(found.low, possible.low), min(found.high, possible.high), "wilson"))
