"""The answers to one question with options, single or multiple choice.

Knows nothing of waves, files or French.
"""

__all__ = ["Choices", "choices"]

from dataclasses import dataclass

import pandas as pd


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
    """

    counts: pd.Series
    n: int
    shares: pd.Series

    @property
    def ranked(self) -> pd.Series:
        """The shares from the most to the least chosen; ties keep the questionnaire's order."""
        return self.shares.sort_values(ascending=False, kind="stable")


def choices(counts: pd.Series, n: int | None = None) -> Choices:
    """Summarise the answers to one question with options.

    Parameters
    ----------
    counts : Series of int
        Number of answers by option.
    n : int, optional
        Base of a multiple choice. Without it the question is a single choice and
        the base is the sum of the counts, always: missing answers are no part of it.

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
    return Choices(counts=counts, n=n, shares=counts / n if n else counts * float("nan"))
