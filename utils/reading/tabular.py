"""Tables as other tools export them: text of some encoding and separator, or a workbook.

Whatever the file, its cells come out as text, each row with the line where it stands.
Nothing is guessed: what can be read in two ways is a problem, not a choice.
"""

__all__ = ["RawTable", "read_raw", "read_table"]

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from utils.french import listing
from utils.reading.files import LINE, display_path
from utils.reading.problems import Problem
from utils.reading.sheets import doubts
from utils.reading.statistical import Declared, format_of, read_statistical
from utils.reading.titles import SAMPLE, Finder, Record, Titles, first_row

DELIMITERS = (";", "\t", "|", ",")  # Statbel separates by bars
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin
LOCKED = "EncryptedPackage".encode("utf-16-le")  # what holds a workbook with a password
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
TEXT = "un fichier de texte en UTF-8 ou en Windows-1252 (dans Excel : « CSV UTF-8 »)"
WORKBOOK = "un classeur .xlsx qui s’ouvre, ou un fichier de texte ; une archive .zip se décompresse d’abord"

_EXPECTED = {
    "error": "une valeur, au lieu d’une erreur de calcul",
    "formula": "une valeur : le résultat de cette formule n’est pas dans le fichier (l’ouvrir et l’enregistrer)",
    "hidden": "des lignes affichées : les afficher si elles comptent, les supprimer sinon",
    "merged": "des cellules séparées, au lieu de cellules fusionnées dont une seule porte la valeur",
}

# Windows-1252 gives a letter to nearly every byte. Text of DOS or Macintosh, damaged
# UTF-8 and what is no text at all betray themselves by what French never writes.
_IMPOSSIBLE = re.compile(r"[\x01-\x08\x0e-\x1f]|[a-zà-ÿ][‚ƒˆŠ‡‰‹Ž]|Ã[\u00a0-\u00bf‰€]|â€")


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
    name = display_path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        problems.append(Problem(name, "un fichier à cet endroit (il n’existe pas)"))
        return RawTable()
    except IsADirectoryError:
        problems.append(Problem(name, "un fichier, non un dossier"))
        return RawTable()
    before, declared = len(problems), Declared()
    if format_of(content):
        records, declared = read_statistical(path, content, name, problems)
    elif content.startswith(WORKBOOKS):
        records = list(_from_workbook(content, sheet, name, problems, titles))
    elif sheet is not None:
        problems.append(Problem(name, "aucune feuille : ce fichier n’est pas un classeur", value=sheet))
        return RawTable()
    else:
        records = list(_from_text(content, name, problems))
    if not records:
        if len(problems) == before:
            problems.append(Problem(name, "un fichier qui n’est pas vide"))
        return RawTable()
    return replace(_table(records, titles(records[:SAMPLE]), name, problems), declared=declared)


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


def _decoded(content: bytes, name: str, problems: list[Problem]) -> str:
    encoding = next((MARKS[mark] for mark in MARKS if content.startswith(mark)), "utf-8")
    try:
        text, error = content.decode(encoding), None
    except UnicodeDecodeError as undecodable:
        text, error = "", undecodable
    if error and encoding == "utf-8":
        try:
            text, error = content.decode("cp1252"), None
        except UnicodeDecodeError as undecodable:
            error = undecodable
        if odd := _IMPOSSIBLE.search(text):
            problems.append(Problem(name, TEXT, text[: odd.start()].count("\n") + 1, value=_word(text, odd)))
            return ""
    if error:
        problems.append(Problem(name, TEXT, content[: error.start].count(b"\n") + 1))
    elif "\0" in text:
        problems.append(Problem(name, "un fichier de texte", text[: text.index("\0")].count("\n") + 1))
        return ""
    return text


def _word(text: str, odd: re.Match[str]) -> str | None:
    """Return what stands around a letter that cannot be, if it can be shown."""
    around = re.findall(r"\S+", text[max(0, odd.start() - 10) : odd.end() + 10])
    shown = next((part for part in around if odd.group() in part), "")
    return shown if shown.isprintable() and shown else None


class _Stripped(dict[str, str]):
    """Each text without its outer spaces, made once: a big file repeats few values."""

    def __missing__(self, cell: str) -> str:
        return self.setdefault(cell, cell.strip())


def _from_text(content: bytes, name: str, problems: list[Problem]) -> Iterator[Record]:
    text = _decoded(content, name, problems)
    stream = io.StringIO(text, newline="")  # splits at line ends alone, unlike str.splitlines
    start, delimiter = 1, _delimiter(text)
    if stated := re.match(r"sep=([;\t|,])[;\t|,]*(\r\n|\r|\n)", text, re.IGNORECASE):  # Excel's own hint
        stream.readline()
        start, delimiter = 2, stated[1]
    shift, stripped = start - 1, _Stripped()
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            cells = [stripped[cell] for cell in row]
            if any(cells):
                yield start, cells
            start = reader.line_num + shift + 1  # a quoted cell may hold line breaks
    except csv.Error:
        problems.append(Problem(name, "des guillemets fermés, suivis d’un séparateur", start))


def _delimiter(text: str) -> str:
    """Return the separator that cuts most rows into as many cells as the header."""
    sample = re.sub(r'"[^"]*"', "", text[:100_000])  # what stands in quotes separates nothing
    head, *lines = [line for line in re.split(r"[\r\n]+", sample) if line.strip()][:100] or [""]

    def fit(delimiter: str) -> tuple[int, int]:
        cells = head.count(delimiter)
        return (sum(line.count(delimiter) == cells for line in lines), cells) if cells else (-1, 0)

    return max(DELIMITERS, key=fit) if any(mark in head for mark in DELIMITERS) else ","


def _from_workbook(
    content: bytes, sheet: str | None, name: str, problems: list[Problem], titles: Finder
) -> Iterator[Record]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        kept = [sheet] if sheet is not None else _filled(book)
        if sheet is not None and sheet not in book.sheet_names:
            problems.append(Problem(name, f"une feuille du classeur : {listing(book.sheet_names)}", value=sheet))
        elif len(kept) > 1:
            problems.append(Problem(name, f"le nom de la feuille à lire (`feuille`), parmi {listing(kept)}"))
        elif kept:
            rows = book.get_sheet_by_name(kept[0]).to_python(skip_empty_area=False)
            records = [(line, [_as_text(cell) for cell in row]) for line, row in enumerate(rows, 1)]
            filled = [record for record in records if any(record[1])]
            problems += _misread(content, kept[0], name, titles(filled[:SAMPLE]) if filled else None)
            yield from filled
    except CalamineError:
        problems.append(Problem(name, "un classeur sans mot de passe" if LOCKED in content else WORKBOOK))


def _misread(content: bytes, sheet: str, name: str, titles: Titles | None) -> list[Problem]:
    """Tell the cells and the rows that do not hold what was read of them, each kind once a column."""
    cells = titles.cells if titles else ()
    found: dict[tuple[str, str, str], list[int]] = {}
    for doubt in doubts(content, sheet):
        # Above the answers, a question spans its options, and a tool hides what is its own.
        if titles and titles.rows > 1 and doubt.line <= titles.last and doubt.kind in ("hidden", "merged"):
            continue
        title = cells[doubt.column] if 0 <= doubt.column < len(cells) else ""
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


def _table(records: Sequence[Record], titles: Titles, name: str, problems: list[Problem]) -> RawTable:
    line, header, rows = titles.line, list(titles.cells), records[titles.rows :]
    while not header[-1]:  # separators at the end of a line separate nothing
        header = header[:-1]
    width, before = len(header), len(problems)
    untitled = {place for place, title in enumerate(header) if not title}
    for place in sorted(untitled):
        if first := next((start for start, cells in rows if place < len(cells) and cells[place]), None):
            problems.append(Problem(name, f"un titre à la colonne {place + 1}, remplie à la ligne {first}", line))
    titles = [title for title in header if title]
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        problems.append(Problem(name, "des titres de colonnes différents", line, title))
    if LINE in titles:
        problems.append(Problem(name, f"aucune colonne de ce nom (« {LINE} » est le numéro de ligne)", line, LINE))
    if len(problems) > before:
        return RawTable()
    kept, short = [], {}
    for start, cells in rows:
        if any(cells[width:]):
            found = ",".join(cells)
            found = found if len(found) <= 80 else found[:79] + "…"
            problems.append(Problem(name, f"{width} cellules, comme dans l’en-tête", start, value=found))
        else:
            if len(cells) < width:
                short[start] = len(cells)
            kept.append([*cells[:width], *[""] * (width - len(cells)), start])
    rows = pd.DataFrame(kept, columns=[*range(width), LINE]).drop(columns=list(untitled))
    return RawTable(tuple(titles), rows.set_axis([*titles, LINE], axis="columns"), line, short)
