"""No cell of a downloaded table runs as a formula; numbers and plain text stay as they are."""

import csv
import io

import pytest

from utils.showing.spreadsheet import csv_text, harmless

# Payloads as the guides on formula injection list them, and their full-width forms.
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://127.0.0.1/?"&A1,"cliquez")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "-1(A1)",
    "+1:A9",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "＝1+1",
    "＋1+cmd",
    "－1+cmd",
    "＠SUM(A1)",
    "  =1+1",
    "\u00a0=1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tabc",
    "Facebook;=1+1",
    "Facebook ; @SUM(A1)",
    "Facebook\t=1+1",
    "Facebook\n=1+1",
]
PLAIN = [
    "-5",
    "+5",
    "-5,5",
    "-1 234.5",
    "+2\u00a0points",
    "−12\u00a0%",
    "Liège - Namur",
    "a=b",
    "moi@exemple.be",
    "Google+",
    "– rien",
    "[c]",
    "",
    "62 à 72 %",
    "l’étude ; la suite",
]


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
