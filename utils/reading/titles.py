"""Where the titles of a table stand: the first row, unless a form tool writes more above its answers."""

__all__ = ["SAMPLE", "Finder", "Record", "Titles", "first_row"]

from collections.abc import Callable, Sequence
from typing import NamedTuple

SAMPLE = 1000  # rows by which titles are found

Record = tuple[int, list[str]]  # the line where it starts, its cells


class Titles(NamedTuple):
    """The titles of a table, and what stands above its first answer.

    Attributes
    ----------
    line : int
        The (last) line of titles.
    cells : sequence of str
        One title a column.
    rows : int
        How many rows that hold something stand above the first answer.
    last : int
        The line of the last of them.
    """

    line: int
    cells: Sequence[str]
    rows: int
    last: int


Finder = Callable[[Sequence[Record]], Titles]  # from the first `SAMPLE` rows, those without a cell left out


def first_row(records: Sequence[Record]) -> Titles:
    """Take the first row that holds something for the titles."""
    line, cells = records[0]
    return Titles(line, cells, 1, line)
