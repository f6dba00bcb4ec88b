"""One distribution of scores on a rating scale: shares, centre, spread, sides.

Knows nothing of waves, files or French: scores and counts in, a frozen result out.
"""

__all__ = ["Distribution", "distribution"]

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
import pandas as pd

from utils.statistics.design import Sample
from utils.statistics.weighed import Weighed


@dataclass(frozen=True)
class Distribution:
    """How often each score of a scale was given, and what that says.

    Attributes
    ----------
    counts : Series of int
        Indexed by every score of the scale in order, zeros kept.
    n : int
        Sum of the counts; missing answers are no part of it.
    shares, cumulative : Series of float
        0..1, of the same index; NaN everywhere when `n` is 0.
    median, q1, q3 : float
        Means of the two middle answers where the quantile falls between two
        (Hyndman and Fan 1996, definition 2; `quantile(x, type = 2)` in R). NaN when `n` is 0.
    mean : float
        NaN when `n` is 0.
    sd : float
        Sample standard deviation (divisor n - 1); NaN when `n` is below 2.
    weighed : Weighed, optional
        The counts with what their answers weigh, where that is known.
    """

    counts: pd.Series
    n: int
    shares: pd.Series
    cumulative: pd.Series
    median: float
    q1: float
    q3: float
    mean: float
    sd: float
    weighed: Weighed | None = None

    @property
    def every(self) -> Weighed:
        """All answers with what they weigh."""
        return Weighed.of(self.counts) if self.weighed is None else self.weighed

    @property
    def weighted(self) -> bool:
        """Whether all but counts and `n` takes account of weights: where these are known, and not all alike."""
        return self.weighed is not None and not self.weighed.alike

    def sample(self, scores: Iterable[int]) -> Sample:
        """Return how many answers fall on `scores`, and of how many; effective numbers if they do not weigh alike."""
        if not self.weighted:
            return Sample(int(self.counts.loc[list(scores)].sum()), self.n)
        return self.weighed.sample(scores)

    def share(self, scores: Iterable[int]) -> float:
        """Return the share (0..1) of the answers that fall on `scores`; NaN when there are none.

        Examples
        --------
        >>> distribution({1: 3, 2: 0, 3: 1}, range(1, 4)).share([2, 3])
        0.25
        """
        if self.weighted:
            return min(1.0, float(self.weighed.sums.loc[list(scores)].sum()) / self.weighed.total[1])
        # From the counts: sums of shares that are equal could differ in the last bit.
        return int(self.counts.loc[list(scores)].sum()) / self.n if self.n else float("nan")

    def net(self, agree: Iterable[int], disagree: Iterable[int]) -> float:
        """Return the net agreement: the share of `agree` less the share of `disagree` (-1..1)."""
        return self.share(agree) - self.share(disagree)

    def group(self, groups: Mapping[str, Iterable[int]]) -> pd.Series:
        """Return the counts added up by named groups of scores, in the order of `groups`."""
        return pd.Series({name: int(self.counts.loc[list(scores)].sum()) for name, scores in groups.items()})


def distribution(
    counts: Mapping[int, SupportsIndex] | pd.Series, points: Iterable[int], weighed: Weighed | None = None
) -> Distribution:
    """Summarise the answers to one rated item.

    Parameters
    ----------
    counts : mapping or Series of int
        Number of answers by score. A score of the scale that is absent counts 0.
    points : iterable of int
        Every score of the scale, in order. Never assumed to be 1 to 10.
    weighed : Weighed, optional
        The counts with what their answers weigh, indexed by score.

    Raises
    ------
    ValueError
        A score outside the scale, or a count that is negative or not whole.

    Examples
    --------
    >>> answers = distribution({1: 1, 2: 0, 3: 2, 4: 1}, range(1, 5))
    >>> answers.n, answers.median, answers.mean
    (4, 3.0, 2.75)
    """
    points = list(points)
    given = pd.Series(counts, dtype=float)
    if outside := sorted(set(given.index) - set(points)):
        raise ValueError(f"scores outside the scale {points[0]}..{points[-1]}: {outside}")
    if bad := [score for score, k in given.items() if not (k >= 0 and float(k).is_integer())]:
        raise ValueError(f"counts that are negative or not whole, at scores {bad}")
    whole = given.reindex(points, fill_value=0).astype(int)
    n = int(whole.sum())
    if weighed is not None:
        weighed = weighed.each(lambda layer: layer.reindex(points, fill_value=0))
        if not weighed.alike:
            return _of_weights(whole, weighed)
    answers = np.repeat(np.asarray(points, dtype=float), whole.to_numpy())
    quartiles = np.quantile(answers, [0.25, 0.5, 0.75], method="averaged_inverted_cdf") if n else [np.nan] * 3
    shares = whole / n if n else whole.astype(float) * np.nan
    return Distribution(
        counts=whole,
        n=n,
        shares=shares,
        # From the counts: summing rounded shares would not end on exactly 1.
        cumulative=whole.cumsum() / n if n else shares,
        q1=float(quartiles[0]),
        median=float(quartiles[1]),
        q3=float(quartiles[2]),
        mean=float(answers.mean()) if n else float("nan"),
        sd=float(answers.std(ddof=1)) if n > 1 else float("nan"),
        weighed=weighed,
    )


def _of_weights(counts: pd.Series, weighed: Weighed) -> Distribution:
    q1, median, q3 = (weighed.quantile(q) for q in (0.25, 0.5, 0.75))
    shares = weighed.shares
    cumulative = shares.cumsum().clip(upper=1.0)
    cumulative[counts[::-1].cumsum()[::-1].shift(-1, fill_value=0) == 0] = 1.0  # after the last answer, exactly
    told = {"median": median, "q1": q1, "q3": q3, "mean": weighed.mean, "sd": weighed.sd}
    return Distribution(counts, int(counts.sum()), shares, cumulative, **told, weighed=weighed)
