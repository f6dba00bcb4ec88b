"""A table of the page as columns of numbers: what each cell tells, before it is rounded and set in French.

Cells know their figures (`Told`). « 65 % (13) [43 à 82 %] » becomes four numbers under
four headers; what is no number there, such as an effectif that is not published, or a note
in parentheses, is told in a last column, so that nothing is lost.
"""

__all__ = ["NOTES", "Column", "columns"]

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from utils.french import MISSING, typeset
from utils.showing.tables import Table
from utils.survey.results import HIDDEN
from utils.telling.figures import Figure, Told

NOTES = "Remarque"
_EMPTY = ("", "–")
_SHARE, _POINTS, _PLAIN = "%", "points", ""
_UNITS = {_SHARE: typeset(" (de 0 à 1)"), _POINTS: typeset(" (de −1 à 1)"), _PLAIN: ""}
_ENDS = ("borne basse", "borne haute")
_ALONE = {_SHARE: "part", _POINTS: "écart", _PLAIN: "effectif"}  # what a number is that stands beside others
_NOTE = re.compile(r"\([^()]*[^\W\d_][^()]*\)")
_JOINING = re.compile(r"\bavant arrondi\b|[\W\d_]+|\bp\b|\bà\b")


class Column(NamedTuple):
    """One column: its header, with its unit; its cells, a number, a text, or None where there is nothing to tell.

    `unit` is "%" for shares (0..1), "points" for differences of shares (-1..1), else empty.
    """

    title: str
    unit: str
    cells: list[float | str | None]

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers."""
        return any(isinstance(value, float | int) for value in self.cells)


class _Kind(NamedTuple):
    """What tells a cell's figures apart: their unit, whether it is one number or two ends, and which of its like."""

    unit: str
    ends: bool
    place: int


def columns(table: Table) -> list[Column]:
    r"""Return a table's columns, the first as it is printed, the others as numbers where their cells are.

    Examples
    --------
    >>> from utils.survey.codebook import Source
    >>> from utils.telling.figures import percent
    >>> rows = (("Oui", percent(1 / 3)), ("Non", "[c]"))
    >>> shown = Table("Rien", ("Réponse", "Part"), rows, source=Source(), files=("f",), method="m")
    >>> [(column.title.replace("\xa0", " "), column.cells) for column in columns(shown)][1:]
    [('Part (de 0 à 1)', [0.333333, None]), ('Remarque', [None, 'Part\xa0: [c], non publié'])]
    """
    first, *others = zip(*table.rows, strict=True) if table.rows else [() for _ in table.header]
    made, notes = [Column(table.header[0], _PLAIN, [str(cell) for cell in first])], [[] for _ in table.rows]
    for title, cells in zip(table.header[1:], others, strict=True):
        found = [_figures(cell) for cell in cells]
        told = sum(cell not in _EMPTY and not _untold(cell) for cell in cells)
        if 2 * sum(map(bool, found)) < told:
            made.append(Column(title, _PLAIN, [str(cell) for cell in cells]))
            continue
        made += _numbers(title, found)
        for row, (cell, figures) in enumerate(zip(cells, found, strict=True)):
            if cell not in _EMPTY and (not figures or _untold(cell) or _NOTE.search(_around(cell))):
                notes[row].append(typeset(f"{title} : {_said(cell)}"))
    if any(notes):
        made.append(Column(NOTES, _PLAIN, [typeset(" ; ".join(said)) or None for said in notes]))
    return made


def _figures(cell: str) -> dict[_Kind, Figure]:
    """Return the figures of a cell that is made of nothing else, but for what joins them and a note; else none."""
    if not isinstance(cell, Told) or _JOINING.sub("", _NOTE.sub("", _around(cell))):
        return {}
    found, seen = {}, Counter()
    for _, _, figure in cell.figures:
        unit = _SHARE if "%" in figure.printed else _POINTS if "point" in figure.printed else _PLAIN
        alike = (unit, len(figure.value) > 1)
        found[_Kind(*alike, seen[alike])] = figure
        seen[alike] += 1
    return found


def _around(cell: str) -> str:
    """Return what a cell says beside its figures."""
    pieces, end = [], 0
    for placed in getattr(cell, "figures", ()):
        pieces.append(cell[end : placed.start])
        end = placed.end
    return " ".join([*pieces, cell[end:]])


def _untold(cell: str) -> bool:
    return HIDDEN in cell or cell == MISSING


def _said(cell: str) -> str:
    return f"{cell}, non publié" if cell == HIDDEN else str(cell)


def _numbers(title: str, found: Sequence[dict[_Kind, Figure]]) -> list[Column]:
    """Return the columns that the cells of one column make: one a number, two an interval; empty where none is told."""
    kinds = list(dict.fromkeys(kind for figures in found for kind in figures))
    several = sum(not kind.ends for kind in kinds) > 1
    made = []
    for kind in kinds:
        names = [f"{title}, {_ALONE[kind.unit]}" if several else title]
        if kind.ends:
            names = [f"{title}, {end}" for end in _ENDS]
        for end, name in enumerate(names):
            values = [_exact(figures[kind].value[end]) if kind in figures else None for figures in found]
            made.append(Column(f"{name}{_UNITS[kind.unit]}", kind.unit, values))
    return made or [Column(title, _PLAIN, [None] * len(found))]


def _exact(value: float) -> float | int:
    """Return a number as the files of the whole edition have it, whole ones without decimals."""
    value = round(value, 6) + 0.0
    return int(value) if value.is_integer() else value
