"""Workbooks: what their reader sees, and what would be read wrong."""

__all__ = ["BEGINNINGS", "read_workbook"]

import datetime
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from utils.french import listing
from utils.reading.files import display_path
from utils.reading.problems import Problem
from utils.reading.sheets import doubts
from utils.reading.titles import SAMPLE, Finder, Record, Titles

BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin
LOCKED = "EncryptedPackage".encode("utf-16-le")  # what holds a workbook with a password
WORKBOOK = "un classeur .xlsx qui s’ouvre, ou un fichier de texte ; une archive .zip se décompresse d’abord"

_EXPECTED = {
    "error": "une valeur, au lieu d’une erreur de calcul",
    "formula": "une valeur : le résultat de cette formule n’est pas dans le fichier (l’ouvrir et l’enregistrer)",
    "hidden": "des lignes affichées : les afficher si elles comptent, les supprimer sinon",
    "merged": "des cellules séparées, au lieu de cellules fusionnées dont une seule porte la valeur",
}


def read_workbook(path: Path, sheet: str | None, problems: list[Problem], titles: Finder) -> Iterator[Record]:
    """Yield the rows of a sheet that hold anything, as text, and the line of each.

    Whole numbers come without a decimal point (`5`), dates in ISO form (`2026-03-01`), true and false as
    VRAI and FAUX.

    Parameters
    ----------
    path : Path
    sheet : str or None
        None for the only sheet that holds something.
    problems : list of Problem
        Receives what is wrong.
    titles : Finder
        Where the titles stand.
    """
    name = display_path(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        kept = [sheet] if sheet is not None else _filled(book)
        if sheet is not None and sheet not in book.sheet_names:
            problems.append(Problem(name, f"une feuille du classeur : {listing(book.sheet_names)}", value=sheet))
        elif len(kept) > 1:
            problems.append(Problem(name, f"le nom de la feuille à lire (`feuille`), parmi {listing(kept)}"))
        elif kept:
            page = book.get_sheet_by_name(kept[0])
            margin = [""] * (page.start or (0, 0))[1]  # the columns before the first that holds anything
            rows = ((line, [*margin, *map(_as_text, row)]) for line, row in enumerate(page.iter_rows(), 1))
            filled = (record for record in rows if any(record[1]))
            first = list(islice(filled, SAMPLE))
            problems += _misread(path, kept[0], name, titles(first) if first else None)
            yield from chain(first, filled)
    except CalamineError:
        locked = LOCKED in path.read_bytes()
        problems.append(Problem(name, "un classeur sans mot de passe" if locked else WORKBOOK))


def _misread(path: Path, sheet: str, name: str, titles: Titles | None) -> list[Problem]:
    """Tell the cells and the rows that do not hold what was read of them, each kind once a column."""
    cells = titles.cells if titles else ()
    found: dict[tuple[str, str, str], list[int]] = {}
    for doubt in doubts(path, sheet):
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
