"""Columns that are known by their place alone: a form whose titles are numbers, asked in the questionnaire's order."""

__all__ = ["in_order"]

from collections.abc import Callable, Sequence
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")


def in_order(ones: Sequence[One], others: Sequence[Other], fits: Callable[[One, Other], bool]) -> list[tuple[int, int]]:
    """Pair the members of two sequences that go together, without crossing, in the one way that pairs most.

    Returns
    -------
    list of tuple of int
        Places in both; only the pairs that stand in every way to pair as many.

    Notes
    -----
    The longest common subsequence, with the number of ways to reach it from both ends: a pair
    stands in all of them if as many ways lead through it as there are.

    Examples
    --------
    >>> in_order("abc", "xaybz", lambda one, other: one == other)
    [(0, 1), (1, 3)]
    >>> in_order("a", "aa", lambda one, other: one == other)
    []
    """
    if not ones or not others:
        return []
    matches = [[fits(one, other) for other in others] for one in ones]
    ahead = _lengths(matches)
    behind = _lengths([row[::-1] for row in matches[::-1]])
    rows, columns = len(ones), len(others)
    most, ways = ahead[rows][columns]
    pairs = []
    for i in range(rows):
        for j in range(columns):
            before, after = ahead[i][j], behind[rows - i - 1][columns - j - 1]
            through = matches[i][j] and before[0] + 1 + after[0] == most
            if through and before[1] * after[1] == ways:
                pairs.append((i, j))
    return pairs


def _lengths(matches: Sequence[Sequence[bool]]) -> list[list[tuple[int, int]]]:
    """Return the most pairs among the first members of both, and in how many ways that many are paired."""
    table = [[(0, 1)] * (len(matches[0]) + 1)]
    for row in matches:
        above, here = table[-1], [(0, 1)]
        for j, match in enumerate(row):
            counts: dict[int, int] = {}
            for (length, ways), sign in ((above[j + 1], 1), (here[j], 1), (above[j], -1)):
                counts[length] = counts.get(length, 0) + sign * ways  # what both leave out was counted twice
            if match:
                length, ways = above[j]
                counts[length + 1] = counts.get(length + 1, 0) + ways
            best = max(length for length, ways in counts.items() if ways)
            here.append((best, counts[best]))
        table.append(here)
    return table
