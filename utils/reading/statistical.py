"""Files of SPSS and Stata, read into the same rows of text as any other table.

A value that has a label is written as its label. What a file declares missing is told apart from what is
empty, and stands as the file names it: it is for the analyst to say that it is no answer.
"""

__all__ = ["Declared", "format_of", "read_statistical"]

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from utils.reading import limits
from utils.reading.files import display_path, readable
from utils.reading.guarded import LONG, UNREAD, StoppedError, named, parsed
from utils.reading.observations import observations
from utils.reading.problems import Problem
from utils.reading.titles import Record

SPSS, STATA = (b"$FL2", b"$FL3"), (b"<stata_dta>",)
OLD_STATA = range(105, 116)  # versions whose number is the first byte, before they were written in words
PACKED = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open}
OF_R = (b"X\n", b"A\n", b"B\n", b"RDX", b"RDA", b"RDB")
R_ADVICE = 'un fichier .sav, .dta ou .csv : dans R, `haven::write_sav(reponses, "export.sav")` ou `write.csv2`'
_PARSER = named(observations)


@dataclass(frozen=True)
class Declared:
    """What a statistical file says of itself, beside its values.

    Attributes
    ----------
    kind : {"spss", "stata", ""}
        Empty for a table of any other kind, which declares nothing.
    missing : mapping
        What stands in the rows for a value that the file declares missing, by title.
    weight : str
        The title of the variable by which the file weights its observations; empty where there is none.
    """

    kind: Literal["spss", "stata", ""] = ""
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weight: str = ""


def format_of(content: bytes) -> Literal["spss", "stata", "r", ""]:
    """Tell a statistical file by how it begins; empty text for anything else.

    Examples
    --------
    >>> format_of(b"$FL2@(#) SPSS DATA FILE"), format_of(b"id,commune")
    ('spss', '')
    """
    if content.startswith(SPSS):
        return "spss"
    if content.startswith(STATA) or (content[:1] and content[0] in OLD_STATA and content[1:3] in (b"\1\1", b"\2\1")):
        return "stata"
    unpack = next((opener for mark, opener in PACKED.items() if content.startswith(mark)), None)
    head = content[:5]
    if unpack:
        try:
            head = unpack(io.BytesIO(content)).read(5)
        except (OSError, EOFError, MemoryError, ValueError, lzma.LZMAError, zlib.error):
            return ""
    return "r" if head.startswith(OF_R) and (unpack or head.startswith(b"RD")) else ""


def read_statistical(
    path: Path, kind: str, problems: list[Problem], parser: str = _PARSER
) -> tuple[list[Record], Declared]:
    """Read a file of SPSS or Stata.

    Titles are the variable's name and its label, "Q1. Commune". The variables of a multiple response set
    are titled by it, "Q7_1. Médias [Facebook]", and hold 1 or 0; where they hold categories, one column has
    all of them, joined by semicolons.

    Parameters
    ----------
    path : Path
    kind : {"spss", "stata", "r"}
        What it is: see `format_of`.
    problems : list of Problem
        Receives what is wrong.
    parser : str
        What reads it; see `guarded`.

    Returns
    -------
    list of Record, Declared
        The titles at line 1, then the observations, the first of them at line 2.
    """
    name = display_path(path)
    if kind == "r":
        problems.append(Problem(name, R_ADVICE))
        return [], Declared()
    if not readable(path, problems, limits.STATISTICAL):
        return [], Declared()
    told = parsed(parser, str(path), kind)
    try:
        if not (found := next(told)):
            expected = (
                f"un fichier .{'sav' if kind == 'spss' else 'dta'} qui s’ouvre ; l’enregistrer à nouveau, ou en .csv"
            )
            problems.append(Problem(name, expected))
            return [], Declared()
        titles, missing, weight = found
        records = [(1, titles), *((line, cells) for batch in told for line, cells in batch)]
    except StoppedError:
        problems.append(Problem(name, f"un fichier {UNREAD}"))
        return [], Declared()
    if line := next((line for line, cells in records if max(map(len, cells), default=0) > limits.CELL), None):
        problems.append(Problem(name, LONG, line))
        return [], Declared()
    return records, Declared(kind, {title: frozenset(texts) for title, texts in missing.items()}, weight)
