"""Text files as other tools write them: their encoding, and what separates their cells.

A file is read a block at a time, so that its size costs no memory.
"""

__all__ = ["BLOCK", "Dialect", "blocks", "dialect_of", "in_utf8"]

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from utils.french import number
from utils.reading import limits
from utils.reading.files import display_path
from utils.reading.problems import Problem

DELIMITERS = (";", "\t", "|", ",")  # Statbel separates by bars
BLOCK = 1 << 22  # bytes read at once
SAMPLE = 100_000  # characters that tell the separator
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
TEXT = "un fichier de texte en UTF-8 ou en Windows-1252 (dans Excel : « CSV UTF-8 »)"

# Windows-1252 gives a letter to nearly every byte. Text of DOS or Macintosh, damaged
# UTF-8 and what is no text at all betray themselves by what French never writes.
_IMPOSSIBLE = re.compile(r"[\x01-\x08\x0e-\x1f]|[a-zà-ÿ][‚ƒˆŠ‡‰‹Ž]|Ã[\u00a0-\u00bf‰€]|â€")
_RARE = (*map(chr, (*range(1, 9), *range(14, 32))), *"‚ƒˆŠ‡‰‹ŽÃ", "â€")  # without any of these, nothing is impossible


@dataclass(frozen=True)
class Dialect:
    """How a text file is written.

    Attributes
    ----------
    encoding : str
        As Python names it.
    delimiter : str
    start : int
        The line of its first record: 2 where Excel states the separator on the first.
    """

    encoding: str
    delimiter: str
    start: int = 1


def blocks(path: Path, encoding: str) -> Iterator[str]:
    """Yield the text of a file, some millions of characters at a time."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        while content := stream.read(BLOCK):
            yield decoder.decode(content)
        yield decoder.decode(b"", final=True)


def in_utf8(path: Path, encoding: str) -> Iterator[bytes]:
    """Yield the text of a file in UTF-8, without a mark, some millions of bytes at a time."""
    if encoding not in ("utf-8", "utf-8-sig"):
        yield from (text.encode() for text in blocks(path, encoding))
        return
    with path.open("rb") as stream:
        first = stream.read(3)
        yield first.removeprefix(codecs.BOM_UTF8)
        while content := stream.read(BLOCK):
            yield content


def _encoding_of(path: Path, problems: list[Problem]) -> str | None:
    """Return the encoding of a text file: UTF-8, UTF-16 by its mark, or else Windows-1252; None if it is no text."""
    with path.open("rb") as stream:
        head = stream.read(4)
    marked = next((MARKS[mark] for mark in MARKS if head.startswith(mark)), None)
    fault = None
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        fault, decoded = _fault(path, encoding)
        if decoded:
            break
    if fault:
        problems.append(fault)
    return None if fault else encoding


def _fault(path: Path, encoding: str) -> tuple[Problem | None, bool]:
    """Return what keeps a file from being text of an encoding, and whether its bytes at least are."""
    name, line, run = display_path(path), 1, 0
    try:
        for text in blocks(path, encoding):
            if encoding == "cp1252" and any(mark in text for mark in _RARE) and (odd := _IMPOSSIBLE.search(text)):
                return Problem(name, TEXT, line + text[: odd.start()].count("\n"), value=_seen(odd)), True
            if "\0" in text:
                return Problem(name, "un fichier de texte", line + text[: text.index("\0")].count("\n")), True
            line += max(text.count("\n"), text.count("\r"))
            last = max(text.rfind("\n"), text.rfind("\r"))
            run = run + len(text) if last < 0 else len(text) - last
            if run > limits.RECORD:
                expected = (
                    f"des cellules d’au plus {number(limits.CELL)} caractères, et des lignes de {number(limits.RECORD)}"
                )
                return Problem(name, expected, line), True
            if line > limits.LINES:
                return Problem(name, f"au plus {number(limits.LINES)} lignes"), True
    except UnicodeDecodeError as error:
        return Problem(name, TEXT, line + error.object[: error.start].count(b"\n")), False
    return None, True


def _seen(odd: re.Match[str]) -> str | None:
    """Return the signs that cannot be, if they can be shown; not the word around them, which may be anyone’s."""
    return odd.group() if odd.group().isprintable() else None


def dialect_of(path: Path, problems: list[Problem]) -> Dialect | None:
    """Return how a text file is written; None if it is no text, which is told.

    Its cells are separated as Excel states, or by what cuts most rows like the header.
    """
    if (encoding := _encoding_of(path, problems)) is None:
        return None
    text = next(blocks(path, encoding))
    if stated := re.match(r"sep=([;\t|,])[;\t|,]*(\r\n|\r|\n)", text, re.IGNORECASE):  # Excel's own hint
        return Dialect(encoding, stated[1], 2)
    return Dialect(encoding, _delimiter(text))


def _delimiter(text: str) -> str:
    """Return the separator that cuts most rows into as many cells as the header."""
    sample = re.sub(r'"[^"]*"', "", text[:SAMPLE])  # what stands in quotes separates nothing
    head, *lines = [line for line in re.split(r"[\r\n]+", sample) if line.strip()][:100] or [""]

    def fit(delimiter: str) -> tuple[int, int]:
        cells = head.count(delimiter)
        return (sum(line.count(delimiter) == cells for line in lines), cells) if cells else (-1, 0)

    return max(DELIMITERS, key=fit) if any(mark in head for mark in DELIMITERS) else ","
