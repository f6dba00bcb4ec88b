"""Counts rounded to a base before anything is made of them, so that one answer more or less is not seen.

Knows nothing of waves, files or French.
"""

__all__ = ["rounded"]

from typing import TypeVar

Counts = TypeVar("Counts")


def rounded(counts: Counts, base: int) -> Counts:
    """Return whole numbers, one or an array of them, as the nearest multiples of `base`; a half goes up.

    Examples
    --------
    >>> [rounded(count, 5) for count in (0, 2, 3, 7, 8)], rounded(15, 10), rounded(7, 1)
    ([0, 0, 5, 5, 10], 20, 7)
    """
    return (2 * counts + base) // (2 * base) * base
