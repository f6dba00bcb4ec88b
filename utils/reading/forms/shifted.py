"""Rows whose answers have moved left, as a tool left out the cells of a question that was skipped.

Such a row says nothing of it: each answer stands under the title of another question. What can be
known is that its last cells are empty, and that a question of several columns begins with an empty one.
"""

__all__ = ["MISPLACED", "misplaced", "shifted"]

import re
from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from utils.reading.files import LINE

MISPLACED = (
    "des réponses sous leurs titres : cette question a été passée, et l’outil a peut-être décalé les suivantes vers la "
    "gauche ; les remettre à leur place, ou écarter la ligne (`--ecarter`)"
)

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


def misplaced(header: Sequence[str], rows: pd.DataFrame, aside: Collection[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield each title under which answers may stand that are of another question, and their lines.

    Parameters
    ----------
    header, rows
        As for `shifted`.
    aside : collection of int
        Lines whose faults no longer matter.
    """
    for title, which in shifted(header, rows):
        if lines := [line for line in rows.loc[which, LINE] if line not in aside]:
            yield title, lines
