"""Tables as other tools export them: text of some encoding and separator, or a workbook.

Whatever the file, its cells come out as text, each row with the line where it stands.
Nothing is guessed: what can be read in two ways is a problem, not a choice.
"""

__all__ = [
    "EMPTY",
    "RawTable",
    "Record",
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
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from utils.french import listing
from utils.reading.files import LINE, display_path
from utils.reading.problems import Problem
from utils.reading.sheets import doubts
from utils.reading.texts import Dialect, dialect_of

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin
LOCKED = "EncryptedPackage".encode("utf-16-le")  # what holds a workbook with a password
EMPTY = "un fichier qui n’est pas vide"
WORKBOOK = "un classeur .xlsx qui s’ouvre, ou un fichier de texte ; une archive .zip se décompresse d’abord"

_EXPECTED = {
    "error": "une valeur, au lieu d’une erreur de calcul",
    "formula": "une valeur : le résultat de cette formule n’est pas dans le fichier (l’ouvrir et l’enregistrer)",
    "hidden": "des lignes affichées : les afficher si elles comptent, les supprimer sinon",
    "merged": "des cellules séparées, au lieu de cellules fusionnées dont une seule porte la valeur",
}

Record = tuple[int, list[str]]  # the line where it starts, its cells


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
    """

    header: tuple[str, ...] = ()
    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[LINE]))
    line: int = 1
    short: Mapping[int, int] = field(default_factory=dict)


def read_raw(path: Path, problems: list[Problem], sheet: str | None = None) -> RawTable:
    """Read a table from a text file or a workbook, told apart by what they hold, not by their names.

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

    Examples
    --------
    >>> table = read_raw(Path("cadre.csv"), problems)  # doctest: +SKIP
    >>> table.header  # doctest: +SKIP
    ('ins', 'commune', 'province', 'population')
    """
    before = len(problems)
    layout = layout_of(path, problems, sheet)
    read = list(records(path, layout, problems)) if layout else []
    if not read:
        if len(problems) == before:
            problems.append(Problem(display_path(path), EMPTY))
        return RawTable()
    return _table(read, display_path(path), problems)


@dataclass(frozen=True)
class Workbook:
    """How a workbook is read: by the sheet of this name, or the only one that holds something."""

    sheet: str | None


def layout_of(path: Path, problems: list[Problem], sheet: str | None = None) -> Dialect | Workbook | None:
    """Tell how a file is to be read, by what it holds; None if it cannot be, which is told."""
    name = display_path(path)
    try:
        with path.open("rb") as stream:
            workbook = stream.read(4).startswith(WORKBOOKS)
    except FileNotFoundError:
        problems.append(Problem(name, "un fichier à cet endroit (il n’existe pas)"))
        return None
    except IsADirectoryError:
        problems.append(Problem(name, "un fichier, non un dossier"))
        return None
    if workbook:
        return Workbook(sheet)
    if sheet is not None:
        problems.append(Problem(name, "aucune feuille : ce fichier n’est pas un classeur", value=sheet))
        return None
    return dialect_of(path, problems)


def records(path: Path, layout: Dialect | Workbook, problems: list[Problem]) -> Iterator[Record]:
    """Yield the rows of a file that hold anything, the header among them: the line where each starts, its cells.

    Cells come without their outer spaces. A row at a time, so that a file of any size can be read.
    """
    if isinstance(layout, Workbook):
        return _from_workbook(path, layout.sheet, problems)
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
        reader = csv.reader(stream, delimiter=dialect.delimiter, strict=True)
        try:
            for row in reader:
                cells = [cell.strip() for cell in row]
                if any(cells):
                    yield start, cells
                start = reader.line_num + shift + 1  # a quoted cell may hold line breaks
        except csv.Error:
            problems.append(Problem(display_path(path), "des guillemets fermés, suivis d’un séparateur", start))


def _from_workbook(path: Path, sheet: str | None, problems: list[Problem]) -> Iterator[Record]:
    name = display_path(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        kept = [sheet] if sheet is not None else _filled(book)
        if sheet is not None and sheet not in book.sheet_names:
            problems.append(Problem(name, f"une feuille du classeur : {listing(book.sheet_names)}", value=sheet))
        elif len(kept) > 1:
            problems.append(Problem(name, f"le nom de la feuille à lire (`feuille`), parmi {listing(kept)}"))
        elif kept:
            page, titles = book.get_sheet_by_name(kept[0]), None
            margin = [""] * (page.start or (0, 0))[1]  # the columns before the first that holds anything
            for line, row in enumerate(page.iter_rows(), 1):
                cells = [*margin, *map(_as_text, row)]
                if titles is None and any(cells):
                    titles = cells
                    problems += _misread(path, kept[0], name, titles)
                if any(cells):
                    yield line, cells
    except CalamineError:
        locked = LOCKED in path.read_bytes()
        problems.append(Problem(name, "un classeur sans mot de passe" if locked else WORKBOOK))


def _misread(path: Path, sheet: str, name: str, titles: Sequence[str]) -> list[Problem]:
    """Tell the cells and the rows that do not hold what was read of them, each kind once a column."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for doubt in doubts(path, sheet):
        title = titles[doubt.column] if 0 <= doubt.column < len(titles) else ""
        if doubt.kind == "merged":
            title = doubt.place
        found.setdefault((doubt.kind, title or doubt.place, doubt.value), []).append(doubt.line)
    return [
        Problem(
            name,
            f"{_EXPECTED[kind]} (feuille « {sheet} »)",
            lines[0],
            column or None,
            value or None,
            also=tuple(lines[1:5]),
            count=len(lines),
        )
        for (kind, column, value), lines in found.items()
    ]


def _filled(book: CalamineWorkbook) -> list[str]:
    """Return the sheets that a reader sees and that hold something."""
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
    ]
    return [title for title in shown if book.get_sheet_by_name(title).start is not None]


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"  # 15 digits, as Excel shows
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def head_of(record: Record, name: str, problems: list[Problem]) -> list[str]:
    """Return the titles of a header, in their places; what cannot be is told, and nothing is returned.

    Separators at the end of a line separate nothing. A column without a title stays, as an empty text:
    whether it holds anything, its rows tell.
    """
    line, header = record
    while not header[-1]:
        header = header[:-1]
    before, titles = len(problems), [title for title in header if title]
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        problems.append(Problem(name, "des titres de colonnes différents", line, title))
    if LINE in titles:
        problems.append(Problem(name, f"aucune colonne de ce nom (« {LINE} » est le numéro de ligne)", line, LINE))
    return [] if len(problems) > before else header


def beyond(record: Record, width: int, name: str) -> Problem:
    """Tell a row that holds more cells than the header."""
    start, cells = record
    found = ",".join(cells)
    found = found if len(found) <= 80 else found[:79] + "…"
    return Problem(name, f"{width} cellules, comme dans l’en-tête", start, value=found)


def untitled(header: Sequence[str], filled: Mapping[int, int], name: str, line: int) -> Iterator[Problem]:
    """Yield the columns that hold something and bear no title; `filled` has the first such line by place."""
    for place, title in enumerate(header):
        if not title and place in filled:
            yield Problem(name, f"un titre à la colonne {place + 1}, remplie à la ligne {filled[place]}", line)


def _table(records: Sequence[Record], name: str, problems: list[Problem]) -> RawTable:
    first, *rows = records
    line, before = first[0], len(problems)
    header = head_of(first, name, problems)
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
