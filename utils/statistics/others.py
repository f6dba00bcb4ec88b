"""What may be told of a group to one of its members, who knows her own answer and takes it off.

A count of others is a secret from one to `threshold` - 1, as is the count of those who did not give the answer;
none at all is told, and all. What one group leaves of a larger one is a count of others too, and so is what two
groups that overlap leave of each other. `disclosure` protects what everybody reads; this is for one reader.
Knows nothing of waves, files or French.
"""

__all__ = ["Counted", "crossed", "middle", "rest_told", "told"]

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from utils.statistics.likert import distribution


class Counted(NamedTuple):
    """How many others gave an answer, and how many answered."""

    k: int
    n: int


def told(of: Counted, threshold: int) -> bool:
    """Whether neither those who gave the answer nor those who did not are a few, and enough answered.

    Examples
    --------
    >>> told(Counted(5, 10), 5), told(Counted(4, 10), 5), told(Counted(6, 10), 5), told(Counted(0, 10), 5)
    (True, False, False, True)
    """
    return of.n >= max(1, threshold) and all(_no_secret(part, threshold) for part in (of.k, of.n - of.k))


def rest_told(part: Counted, whole: Counted, threshold: int) -> bool:
    """Whether a group and the larger one that it is of, told together, leave no few others.

    Examples
    --------
    >>> rest_told(Counted(6, 12), Counted(9, 40), 5), rest_told(Counted(6, 12), Counted(20, 40), 5)
    (False, True)
    """
    rest = Counted(whole.k - part.k, whole.n - part.n)
    return rest == (0, 0) or told(rest, threshold)


def crossed(
    whole: Counted,
    first: Counted | None,
    second: Counted | None,
    both: Iterable[int],
    rest: Iterable[int],
    threshold: int,
) -> bool:
    """Whether two groups that overlap, told beside all, leave what is of both, of one and of none wide enough.

    How many answered there is not told; in the worst case the reader knows it, so that each number that it can be
    is tried. None of these counts may then be known more closely than by `threshold`, unless what is told of all
    already tells it as closely, or none or all of a group gave the answer: then so did every part of it.

    Parameters
    ----------
    whole, first, second : Counted
        A group that is not told is None.
    both : iterable of int
        How many can have answered in both groups.
    rest : iterable of int
        Where one group alone is told: how many can have answered in the other one, out of it.
    threshold : int

    Examples
    --------
    >>> crossed(Counted(30, 60), Counted(15, 30), Counted(15, 30), [15], [], 5)
    True
    >>> crossed(Counted(10, 60), Counted(10, 30), Counted(3, 12), [11], [], 5)  # whoever is of the second is of both
    False
    >>> crossed(Counted(20, 60), Counted(6, 22), None, [4], [20], 5)  # of 18, from two to six
    False
    """
    if first and second:
        return all(_wide(_cells(whole, first, second, size), whole, threshold) for size in both)
    if not (part := first or second):
        return True
    others = Counted(whole.k - part.k, whole.n - part.n)
    return all(
        _wide(_split(group, size), whole, threshold)
        for group, sizes in ((part, both), (others, rest))
        for size in sizes
    )


def _cells(whole: Counted, first: Counted, second: Counted, both: int) -> list[tuple[int, int, int]]:
    """Return the ends of each count of the crossing, and of how many it is."""
    neither, outside = whole.n - first.n - second.n + both, whole.k - first.k - second.k
    low = max(0, -outside, first.k - (first.n - both), second.k - (second.n - both))
    high = min(first.k, second.k, both, neither - outside)
    return [
        (low, high, both),
        (first.k - high, first.k - low, first.n - both),
        (second.k - high, second.k - low, second.n - both),
        (outside + low, outside + high, neither),
    ]


def _split(group: Counted, size: int) -> list[tuple[int, int, int]]:
    """Return the same of a group of which a part of a size is known to be of another."""
    low, high = max(0, group.k - (group.n - size)), min(group.k, size)
    return [(low, high, size), (group.k - high, group.k - low, group.n - size)]


def _wide(cells: Iterable[tuple[int, int, int]], whole: Counted, threshold: int) -> bool:
    for least, most, size in cells:
        if size <= 0 or least > most or (least == most and least in (0, size)):
            continue
        alone = min(whole.k, size) - max(0, whole.k + size - whole.n)
        few = any(
            least <= part and first <= most for first, part in ((1, threshold - 1), (size - threshold + 1, size - 1))
        )
        if few and most - least < min(threshold, alone):
            return False
    return True


def middle(counts: pd.Series, threshold: int) -> tuple[float, float, float] | None:
    """Return the quartiles of scores that others gave; None where one of them could be the answer of a few.

    Parameters
    ----------
    counts : Series of int
        How many others gave each score of the scale, in order.
    threshold : int
        Of each score that a quartile lies on there must be as many, and in all four times as many.

    Examples
    --------
    >>> middle(pd.Series([10, 10, 10, 10], range(1, 5)), 5)
    (1.5, 2.5, 3.5)
    >>> middle(pd.Series([10, 10, 10, 4], range(1, 5)), 5), middle(pd.Series([24, 3, 13], range(1, 4)), 5)
    ((1.0, 2.0, 3.0), (1.0, 1.0, 3.0))
    >>> middle(pd.Series([9, 3, 9], range(1, 4)), 5) is None
    True
    """
    if counts.sum() < 4 * threshold or not len(counts) or not counts.sum():
        return None
    found = distribution(counts, counts.index)
    quartiles = (found.q1, found.median, found.q3)
    # A quartile between two scores is the mean of both: each then is somebody's.
    given = counts[counts > 0]
    for value in quartiles:
        on = [value] if value in given.index else [max(s for s in given.index if s < value)]
        on += [] if value in given.index else [min(s for s in given.index if s > value)]
        if any(counts[score] < threshold for score in on):
            return None
    return quartiles


def _no_secret(part: int, threshold: int) -> bool:
    return part == 0 or part >= threshold
