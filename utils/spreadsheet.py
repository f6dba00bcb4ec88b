"""Text that a spreadsheet may open: cells that it would run are made harmless, the rest is left alone."""

__all__ = ["csv_text", "harmless"]

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What starts a formula, in its full-width form too; after a `;` or a tab as well, where
# a French spreadsheet that opens a comma-separated file begins another cell.
_FORMULA = re.compile(r"(^|[;\t\r\n])([^\S\t\r\n]*)(?=[=+\-@＝＋－＠])")
_CONTROL = re.compile(r"^(?=[\t\r\n])")
# A signed number, alone or with its unit: no function, cell or program can be named in it.
_NUMBER = re.compile(r"[+\-]\d[\d\s.,]*(%|[^\W\d_]+)?")


def harmless(text: str) -> str:
    """Return a cell's text with an apostrophe before what a spreadsheet would run as a formula.

    Examples
    --------
    >>> harmless("=HYPERLINK(A1)"), harmless("-5,5"), harmless("+2 points"), harmless("Liège - Namur")
    ("'=HYPERLINK(A1)", '-5,5', '+2 points', 'Liège - Namur')
    """
    if _NUMBER.fullmatch(text):
        return text
    return _CONTROL.sub("'", _FORMULA.sub(r"\1\2'", text))


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table as comma-separated text, every cell harmless; lines end in a line feed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([harmless(cell) for cell in row] for row in [header, *rows])
    return buffer.getvalue()
