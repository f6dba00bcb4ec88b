"""What a sheet of a workbook holds beside the values of its cells, and that would be read wrong.

The reader of workbooks gives an empty text for an error and for a formula whose result was
never stored, and says nothing of rows that are hidden or of cells that are merged: the
sheet's own XML does. Knows nothing of titles; the older .xls is not looked into.
"""

__all__ = ["Doubt", "doubts"]

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from lxml import etree

_TELLING = (b't="e"', b"<f", b'hidden="', b"mergeCell")  # sheets without any of these hold no doubt
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True)
class Doubt:
    """A place of a sheet that a reader of values alone would misread.

    Attributes
    ----------
    kind : {"error", "formula", "hidden", "merged"}
        An error in place of a value; a formula without a stored result; a row that is not
        shown, by hand or by a filter; cells that are one.
    line : int
    place : str
        `B7`, or `B7:D7` for merged cells; empty for a row.
    value : str
        The error.
    """

    kind: Literal["error", "formula", "hidden", "merged"]
    line: int
    place: str = ""
    value: str = ""

    @property
    def column(self) -> int:
        """Position of the (first) cell in its row, from 0; -1 for a row."""
        letters = _PLACE.match(self.place)
        if not letters:
            return -1
        position = 0
        for letter in letters[1]:
            position = 26 * position + ord(letter) - ord("A") + 1
        return position - 1


def doubts(path: Path, sheet: str) -> Iterator[Doubt]:
    """Yield what would be read wrong in one sheet of an `.xlsx` workbook, in the order of its lines; merged cells last.

    Examples
    --------
    >>> list(doubts(path, "Réponses"))  # doctest: +SKIP
    [Doubt(kind='error', line=7, place='B7', value='#REF!')]
    """
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        if (part := _path(archive, sheet)) and _telling(archive, part):
            with archive.open(part) as xml:
                yield from _found(xml)


def _telling(archive: zipfile.ZipFile, part: str) -> bool:
    """Tell whether a sheet may hold a doubt at all: most hold none, and are not parsed."""
    longest, rest = max(map(len, _TELLING)), b""
    with archive.open(part) as xml:
        while content := xml.read(1 << 20):
            if any(mark in rest + content for mark in _TELLING):
                return True
            rest = content[-longest:]
    return False


def _path(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Return where the XML of a sheet stands in its workbook; None in one of another kind."""
    if "xl/workbook.xml" not in archive.namelist():
        return None
    book, links = (_tree(archive.read(f"xl/{name}")) for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    named = {part.get("name"): _linked(part) for part in book.iter("{*}sheet")}
    targets = {part.get("Id"): part.get("Target") for part in links.iter("{*}Relationship")}
    target = targets.get(named.get(sheet))
    return target and posixpath.normpath(posixpath.join("xl", target)).lstrip("/") if target else None


def _linked(part: etree._Element) -> str | None:
    return next((value for key, value in part.items() if etree.QName(key).localname == "id"), None)


def _tree(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _found(xml: IO[bytes]) -> Iterator[Doubt]:
    line = 0
    parts = etree.iterparse(xml, tag=("{*}row", "{*}mergeCell"), resolve_entities=False, no_network=True)
    for _, part in parts:
        if etree.QName(part).localname == "mergeCell":
            place = part.get("ref")
            yield Doubt("merged", int(_PLACE.match(place)[2]), place)
            continue
        line = int(part.get("r", line + 1))
        cells = [(cell, cell.findtext("{*}v") or "") for cell in part.iterfind("{*}c")]
        if part.get("hidden") in ("1", "true") and any(
            value or cell.find("{*}is") is not None for cell, value in cells
        ):
            yield Doubt("hidden", line)
        for cell, value in cells:
            if cell.get("t") == "e":
                yield Doubt("error", line, cell.get("r", ""), value)
            # An empty text is a result too.
            elif cell.find("{*}f") is not None and not value and cell.get("t") != "str":
                yield Doubt("formula", line, cell.get("r", ""))
        part.clear()
        while part.getprevious() is not None:  # what was read is let go
            del part.getparent()[0]
