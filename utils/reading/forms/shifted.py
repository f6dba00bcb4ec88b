"""Rows whose answers have moved left, as a tool left out the cells of a question that was skipped.

Such a row says nothing of it: each answer stands under the title of another question. What can be
known is that its last cells are empty, and that a question of several columns begins with an empty one.
"""

__all__ = ["shifted"]

import re
from collections.abc import Iterator, Sequence

import pandas as pd

_TICKED = {"Yes", "No"}  # EUSurvey fills every column of a question that was answered
_OPTION = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]*)[)\]]", re.DOTALL)


def shifted(header: Sequence[str], rows: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Find the rows that may have moved left, question by question.

    Parameters
    ----------
    header : sequence of str
        The titles, in the order of the file.
    rows : DataFrame of str

    Yields
    ------
    str, Series of bool
        The first title of a question of several columns, and which rows may lack its cells.

    Examples
    --------
    >>> rows = pd.DataFrame({"Prix (A)": ["5", ""], "Prix (B)": ["3", "Mons"], "Ville": ["Namur", ""]})
    >>> [(title, list(which)) for title, which in shifted(list(rows), rows)]
    [('Prix (A)', [False, True])]
    """
    filled = rows[list(header)] != ""
    for group in _groups(header):
        begins, last = list(header).index(group[0]), len(group) - 1
        empty = ~filled[group[0]] & ~filled[list(header)[-last:]].any(axis=1)
        behind = filled[list(header)[begins + 1 :]].any(axis=1)
        whole = rows[group[1:]].isin(_TICKED).all(axis=1)
        if (found := empty & behind & ~whole).any():
            yield group[0], found


def _groups(header: Sequence[str]) -> Iterator[list[str]]:
    """Yield the columns of each question that has several: its lines, or itself and its options."""
    stem, group = "", []
    for title in [*header, ""]:
        part = _OPTION.fullmatch(title)
        own = part[1] if part else title
        if group and own == stem and part:
            group.append(title)
            continue
        if len(group) > 1:
            yield group
        stem, group = own, [title]
