"""Rows whose answers have moved left, as a tool left out the cells of a question that was skipped.

Such a row says nothing of it: each answer stands under the title of another question. What can be
known is that its last cells are empty, and that a question of several columns begins with an empty one.
"""

__all__ = ["shifted"]

import re
from collections.abc import Iterator, Mapping, Sequence

from utils.reading.relations import literal

_TICKED = {"Yes", "No"}  # EUSurvey fills every column of a question that was answered
_OPTION = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]*)[)\]]", re.DOTALL)


def shifted(columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Find the rows that may have moved left, question by question.

    Parameters
    ----------
    columns : mapping
        The expression of each column by its title, in the order of the file.

    Yields
    ------
    str, str
        The first title of a question of several columns, and the condition of which rows may lack its cells.

    Examples
    --------
    >>> list(shifted({"Prix (A)": "a", "Prix (B)": "b", "Ville": "v"}))
    [('Prix (A)', "a = '' AND v = '' AND (b <> '' OR v <> '') AND NOT (b IN ('No', 'Yes'))")]
    """
    header, ticked = list(columns), ", ".join(map(literal, sorted(_TICKED)))
    for group in _groups(header):
        begins, last = header.index(group[0]), len(group) - 1
        empty = " AND ".join(f"{columns[title]} = ''" for title in (group[0], *header[-last:]))
        behind = " OR ".join(f"{columns[title]} <> ''" for title in header[begins + 1 :])
        whole = " AND ".join(f"{columns[title]} IN ({ticked})" for title in group[1:])
        yield group[0], f"{empty} AND ({behind or 'false'}) AND NOT ({whole})"


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
