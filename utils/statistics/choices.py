"""The answers to one question with options, single or multiple choice.

Knows nothing of waves, files or French.
"""

__all__ = ["Choices", "choices"]

from dataclasses import dataclass

import pandas as pd

from utils.statistics.design import Sample
from utils.statistics.weighed import Weighed


@dataclass(frozen=True)
class Choices:
    """How many chose each option, and out of how many.

    Attributes
    ----------
    counts : Series of int
        Indexed by option, in the order of the questionnaire, zeros kept.
    n : int
        What shares are taken of: all answers of a single choice; everybody who answered
        a multiple choice, whose counts may add up to more.
    shares : Series of float
        0..1, of the same index; NaN everywhere when `n` is 0.
    weighed : Weighed, optional
        The options with what their answers weigh, where that is known.
    whole : Weighed, optional
        The same of all answers together, in one cell.
    """

    counts: pd.Series
    n: int
    shares: pd.Series
    weighed: Weighed | None = None
    whole: Weighed | None = None

    @property
    def weighted(self) -> bool:
        """Whether shares take account of weights: where these are known, and not all alike."""
        return self.whole is not None and not self.whole.alike

    def sample(self, option: str) -> Sample:
        """Return how many chose an option, and of how many; effective numbers where answers do not weigh alike."""
        if not self.weighted:
            return Sample(int(self.counts[option]), self.n)
        return self.apart(option).sample(["chosen"])

    @property
    def every(self) -> Weighed:
        """All answers that shares are of, with what they weigh, in one cell."""
        return Weighed.of(pd.Series([self.n])) if self.whole is None else self.whole

    @property
    def cells(self) -> Weighed:
        """The options with what their answers weigh, whether or not these weigh alike."""
        return Weighed.of(self.counts) if self.weighed is None else self.weighed

    def apart(self, option: str) -> Weighed:
        """Return those who chose an option, and those who did not, with what they weigh: `chosen`, `not`."""
        if self.weighed is None:
            chosen = int(self.counts[option])
            return Weighed.of(pd.Series({"chosen": chosen, "not": self.n - chosen}))
        return self.weighed.each(lambda layer: layer.loc[option]).within(self.whole)

    @property
    def ranked(self) -> pd.Series:
        """The shares from the most to the least chosen; ties keep the questionnaire's order."""
        return self.shares.sort_values(ascending=False, kind="stable")


def choices(
    counts: pd.Series, n: int | None = None, weighed: Weighed | None = None, whole: Weighed | None = None
) -> Choices:
    """Summarise the answers to one question with options.

    Parameters
    ----------
    counts : Series of int
        Number of answers by option.
    n : int, optional
        Base of a multiple choice. Without it the question is a single choice and
        the base is the sum of the counts, always: missing answers are no part of it.
    weighed : Weighed, optional
        The counts with what their answers weigh.
    whole : Weighed, optional
        The base of a multiple choice with what its answers weigh, in one cell.

    Raises
    ------
    ValueError
        A negative count, or an option chosen by more than `n`.

    Examples
    --------
    >>> choices(pd.Series({"oui": 3, "non": 1})).shares["oui"]
    np.float64(0.75)
    """
    counts = counts.astype(int)
    n = int(counts.sum()) if n is None else n
    if (counts < 0).any():
        raise ValueError(f"negative counts: {list(counts.index[counts < 0])}")
    if (counts > n).any():
        raise ValueError(f"options chosen by more than the base of {n}: {list(counts.index[counts > n])}")
    if weighed is not None and n:
        whole = weighed.each(lambda layer: pd.Series([layer.sum()])) if whole is None else whole
        shares = counts / n if whole.alike else (weighed.sums / whole.total[1]).clip(upper=1.0)
        return Choices(counts, n, shares, weighed, whole)
    return Choices(counts=counts, n=n, shares=counts / n if n else counts * float("nan"))
