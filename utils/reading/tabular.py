"""Tables as other tools export them: text of some encoding and separator, or a workbook.

Whatever the file, its cells come out as text, each row with the line where it stands.
Nothing is guessed: what can be read in two ways is a problem, not a choice.
"""

__all__ = [
    "EMPTY",
    "Layout",
    "RawTable",
    "Statistical",
    "Workbook",
    "beyond",
    "head_of",
    "layout_of",
    "read_raw",
    "read_table",
    "records",
    "untitled",
]

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from utils.french import count, number
from utils.reading import limits
from utils.reading.files import LINE, display_path, readable
from utils.reading.guarded import LONG
from utils.reading.problems import Problem
from utils.reading.statistical import Declared, format_of, read_statistical
from utils.reading.texts import Dialect, dialect_of
from utils.reading.titles import SAMPLE, Finder, Record, Titles, first_row
from utils.reading.workbooks import BEGINNINGS, read_workbook

_HEAD = 1 << 20  # bytes that tell what a file is: a compressed one gives nothing of less
EMPTY = "un fichier qui n’est pas vide"


@dataclass(frozen=True)
class RawTable:
    """A table as it stands in its file; without a header if it could not be read.

    Attributes
    ----------
    header : tuple of str
        The titles, in the order of the file.
    rows : DataFrame of str
        One column per title, stripped of outer spaces, and `LINE`. Empty rows are left out.
    line : int
        Where the header stands.
    short : mapping of int
        Cells by line, of the rows that end before the header does. What they lack is empty:
        Excel leaves off the separators behind the last filled cell of a row.
    declared : Declared
        What a statistical file says beside its values.
    """

    header: tuple[str, ...] = ()
    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[LINE]))
    line: int = 1
    short: Mapping[int, int] = field(default_factory=dict)
    declared: Declared = field(default_factory=Declared)


def read_raw(
    path: Path,
    problems: list[Problem],
    sheet: str | None = None,
    titles: Finder = first_row,
) -> RawTable:
    """Read a table from a text file, a workbook or a statistical file, told apart by what they hold.

    Text is UTF-8 (with a byte-order mark or without), UTF-16 with its mark, or
    Windows-1252, separated by commas, semicolons, tabs or bars. In a workbook, whole
    numbers come without a decimal point (`5`), dates in ISO form (`2026-03-01`), true
    and false as VRAI and FAUX.

    Parameters
    ----------
    path : Path
    problems : list of Problem
        Receives what is wrong.
    sheet : str, optional
        The sheet to read; needed only if several sheets of a workbook hold something.
    titles : Finder
        Where the titles stand.

    Examples
    --------
    >>> table = read_raw(Path("cadre.csv"), problems)  # doctest: +SKIP
    >>> table.header  # doctest: +SKIP
    ('ins', 'commune', 'province', 'population')
    """
    before = len(problems)
    layout = layout_of(path, problems, sheet)
    read = list(records(path, layout, problems, titles)) if layout else []
    if not read:
        if len(problems) == before:
            problems.append(Problem(display_path(path), EMPTY))
        return RawTable()
    raw = _table(read, titles(read[:SAMPLE]), display_path(path), problems)
    return replace(raw, declared=layout.declared) if isinstance(layout, Statistical) else raw


@dataclass(frozen=True)
class Workbook:
    """How a workbook is read: by the sheet of this name, or the only one that holds something."""

    sheet: str | None


@dataclass(frozen=True)
class Statistical:
    """A statistical file: its rows, which cannot be read one at a time, and what it declares."""

    rows: Sequence[Record]
    declared: Declared


Layout = Dialect | Workbook | Statistical


def layout_of(path: Path, problems: list[Problem], sheet: str | None = None) -> Layout | None:
    """Tell how a file is to be read, by what it holds; None if it cannot be, which is told."""
    if not readable(path, problems):
        return None
    name = display_path(path)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if kind := format_of(head):
        rows, declared = read_statistical(path, kind, problems)
        return Statistical(rows, declared) if rows else None
    if head.startswith(BEGINNINGS):
        return Workbook(sheet)
    if sheet is not None:
        problems.append(Problem(name, "aucune feuille : ce fichier n’est pas un classeur", value=sheet))
        return None
    return dialect_of(path, problems)


def records(path: Path, layout: Layout, problems: list[Problem], titles: Finder = first_row) -> Iterator[Record]:
    """Yield the rows of a file that hold anything, the header among them: the line where each starts, its cells.

    Cells come without their outer spaces. A row at a time, so that a file of any size can be read.
    """
    if isinstance(layout, Statistical):
        return iter(layout.rows)
    if isinstance(layout, Workbook):
        return read_workbook(path, layout.sheet, problems, titles)
    return _from_text(path, layout, problems)


def read_table(path: Path, columns: Sequence[str], problems: list[Problem]) -> pd.DataFrame:
    """Read a table whose header must hold exactly `columns`, in any order, from any file that `read_raw` reads.

    All its rows are as long as the header: it is written by hand or by us, and a cell that lacks is one lost.

    Parameters
    ----------
    path : Path
    columns : sequence of str
        The header expected.
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    DataFrame of str
        `columns`, in the order of the file, and `LINE`; empty if the header is wrong.
    """
    raw, name = read_raw(path, problems), display_path(path)
    if not raw.header:
        return pd.DataFrame(columns=[*columns, LINE])
    for line, found in raw.short.items():
        problems.append(Problem(name, f"{len(raw.header)} cellules, comme dans l’en-tête", line, value=str(found)))
    for column in columns:
        if column not in raw.header:
            expected = f"une colonne « {column} » dans l’en-tête"
            problems.append(Problem(name, expected, raw.line, value=", ".join(raw.header)))
    for column in raw.header:
        if column not in columns:
            problems.append(
                Problem(name, f"les colonnes {', '.join(columns)}, et rien d’autre", raw.line, value=column)
            )
    fits = set(raw.header) == set(columns)
    return raw.rows if fits else pd.DataFrame(columns=[*columns, LINE])


def _from_text(path: Path, dialect: Dialect, problems: list[Problem]) -> Iterator[Record]:
    with path.open(encoding=dialect.encoding, newline="") as stream:  # splits at line ends alone, unlike str.splitlines
        for _ in range(1, dialect.start):
            stream.readline()
        start, shift = dialect.start, dialect.start - 1
        csv.field_size_limit(limits.CELL)
        reader = csv.reader(stream, delimiter=dialect.delimiter, strict=True)
        try:
            for row in reader:
                if reader.line_num + shift > start and sum(map(len, row)) > limits.RECORD:  # of many lines
                    raise csv.Error
                cells = [cell.strip() for cell in row]
                if any(cells):
                    yield start, cells
                start = reader.line_num + shift + 1  # a quoted cell may hold line breaks
        except csv.Error as error:
            # What is left open takes in the lines below, until it is too long for a cell.
            long = "field larger" in str(error) and reader.line_num + shift <= start
            expected = LONG if long else "des guillemets fermés, suivis d’un séparateur"
            problems.append(Problem(display_path(path), expected, start))


def head_of(titles: Titles, name: str, problems: list[Problem]) -> list[str]:
    """Return the titles of a header, in their places; what cannot be is told, and nothing is returned.

    Separators at the end of a line separate nothing. A column without a title stays, as an empty text:
    whether it holds anything, its rows tell.
    """
    line, header = titles.line, list(titles.cells)
    while not header[-1]:
        header = header[:-1]
    before, named = len(problems), [title for title in header if title]
    if len(header) > limits.COLUMNS:
        problems.append(Problem(name, f"au plus {number(limits.COLUMNS)} colonnes", line, value=number(len(header))))
        return []
    for title in sorted(title for title, many in Counter(named).items() if many > 1):
        problems.append(Problem(name, "des titres de colonnes différents", line, title))
    if LINE in named:
        problems.append(Problem(name, f"aucune colonne de ce nom (« {LINE} » est le numéro de ligne)", line, LINE))
    return [] if len(problems) > before else header


def beyond(record: Record, width: int, name: str) -> Problem:
    """Tell a row that holds more cells than the header: how many, not which, as somebody has answered them."""
    start, cells = record
    found = count(len(cells), "cellule", "cellules")
    return Problem(name, f"{width} cellules, comme dans l’en-tête", start, value=found)


def untitled(header: Sequence[str], filled: Mapping[int, int], name: str, line: int) -> Iterator[Problem]:
    """Yield the columns that hold something and bear no title; `filled` has the first such line by place."""
    for place, title in enumerate(header):
        if not title and place in filled:
            yield Problem(name, f"un titre à la colonne {place + 1}, remplie à la ligne {filled[place]}", line)


def _table(records: Sequence[Record], found: Titles, name: str, problems: list[Problem]) -> RawTable:
    line, rows, before = found.line, records[found.rows :], len(problems)
    header = head_of(found, name, problems)
    width = len(header)
    blank = [place for place, title in enumerate(header) if not title]
    filled = {}
    for start, cells in reversed(rows):
        filled |= {place: start for place in blank if place < len(cells) and cells[place]}
    problems.extend(untitled(header, filled, name, line))
    if len(problems) > before:
        return RawTable()
    kept, short = [], {}
    for start, cells in rows:
        if any(cells[width:]):
            problems.append(beyond((start, cells), width, name))
        else:
            if len(cells) < width:
                short[start] = len(cells)
            kept.append([*cells[:width], *[""] * (width - len(cells)), start])
    rows = pd.DataFrame(kept, columns=[*range(width), LINE]).drop(columns=blank)
    titles = [title for title in header if title]
    return RawTable(tuple(titles), rows.set_axis([*titles, LINE], axis="columns"), line, short)
