"""No cell of a downloaded table runs as a formula; numbers and plain text stay as they are."""

import csv
import io

import pytest
from support.formulas import HOSTILE, PLAIN

from utils.spreadsheet import csv_text, harmless


def opened(text, separator):
    """Cells as a spreadsheet cuts them that knows one separator and no quotes within a cell."""
    return [cell for line in text.replace("\r", "\n").split("\n") for cell in line.split(separator)]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_would_run_is_text(text):
    assert harmless(text) != text
    for separator in (";", "\t"):
        for cell in opened(harmless(text), separator):
            assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠")), cell
    assert not harmless(text).startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_and_plain_text_stay(text):
    assert harmless(text) == text


def test_it_is_done_once():
    assert [harmless(harmless(text)) for text in HOSTILE] == [harmless(text) for text in HOSTILE]


def test_headers_and_rows_are_written_harmless_and_read_back():
    text = csv_text(("=A1", "n"), [("+cmd", "-5"), ('un "mot", deux', "3")])
    assert text == '\'=A1,n\n\'+cmd,-5\n"un ""mot"", deux",3\n'
    assert list(csv.reader(io.StringIO(text)))[2] == ['un "mot", deux', "3"]
