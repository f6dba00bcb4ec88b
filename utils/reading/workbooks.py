"""Workbooks: what their reader sees, and what would be read wrong."""

__all__ = ["BEGINNINGS", "read_workbook"]

import zipfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from utils.french import listing
from utils.reading import limits
from utils.reading.cells import cells
from utils.reading.files import display_path, readable
from utils.reading.guarded import LONG, UNREAD, StoppedError, named, parsed
from utils.reading.problems import Problem
from utils.reading.sheets import Doubt
from utils.reading.titles import SAMPLE, Finder, Record, Titles

BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin
LOCKED = "EncryptedPackage".encode("utf-16-le")  # what holds a workbook with a password
WORKBOOK = "un classeur .xlsx qui s’ouvre, ou un fichier de texte ; une archive .zip se décompresse d’abord"
_PARSER = named(cells)

_EXPECTED = {
    "error": "une valeur, au lieu d’une erreur de calcul",
    "formula": "une valeur : le résultat de cette formule n’est pas dans le fichier (l’ouvrir et l’enregistrer)",
    "hidden": "des lignes affichées : les afficher si elles comptent, les supprimer sinon",
    "merged": "des cellules séparées, au lieu de cellules fusionnées dont une seule porte la valeur",
}


def read_workbook(
    path: Path, sheet: str | None, problems: list[Problem], titles: Finder, parser: str = _PARSER
) -> Iterator[Record]:
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
    parser : str
        What reads it; see `guarded`.
    """
    name = display_path(path)
    if not readable(path, problems, limits.PACKED):
        return
    if expected := _inflated(path):
        problems.append(Problem(name, expected))
        return
    try:
        told = parsed(parser, str(path), sheet)
        kind, *found = next(told)
        if kind == "unreadable":
            locked = LOCKED in path.read_bytes()
            problems.append(Problem(name, "un classeur sans mot de passe" if locked else WORKBOOK))
        elif kind == "absent":
            problems.append(Problem(name, f"une feuille du classeur : {listing(found[0])}", value=sheet))
        elif kind == "several":
            problems.append(Problem(name, f"le nom de la feuille à lire (`feuille`), parmi {listing(found[0])}"))
        else:
            rows = ((line, row) for batch in told for line, row in batch)
            first = list(islice(rows, SAMPLE))
            doubts = [Doubt(*doubt) for doubt in found[1]]
            problems += _misread(doubts, found[0], name, titles(first) if first else None)
            for line, row in chain(first, rows):
                if max(map(len, row)) > limits.CELL:
                    problems.append(Problem(name, LONG, line))
                    return
                yield line, row
    except StoppedError:
        problems.append(Problem(name, f"un classeur {UNREAD}"))


def _inflated(path: Path) -> str:
    """Return what was expected of a workbook that would be too much once it is unpacked, as it says itself."""
    if not zipfile.is_zipfile(path):
        return ""  # an older one, or none: its reader tells
    try:
        with zipfile.ZipFile(path) as archive:
            inflated = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return WORKBOOK
    if inflated > limits.INFLATED:
        return f"un classeur d’au plus {limits.size(limits.INFLATED)} une fois décompressé ; l’enregistrer en .csv"
    if inflated > limits.INFLATED // 10 and inflated > limits.RATIO * path.stat().st_size:
        return f"un classeur qui ne se décompresse pas en plus de {limits.RATIO} fois sa taille ; l’enregistrer en .csv"
    return ""


def _misread(doubts: list[Doubt], sheet: str, name: str, titles: Titles | None) -> list[Problem]:
    """Tell the cells and the rows that do not hold what was read of them, each kind once a column."""
    above = titles.cells if titles else ()
    found: dict[tuple[str, str, str], list[int]] = {}
    for doubt in doubts:
        # Above the answers, a question spans its options, and a tool hides what is its own.
        if titles and titles.rows > 1 and doubt.line <= titles.last and doubt.kind in ("hidden", "merged"):
            continue
        title = above[doubt.column] if 0 <= doubt.column < len(above) else ""
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
