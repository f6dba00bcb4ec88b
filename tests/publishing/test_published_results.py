"""The files below each result of the built site hold the numbers that the page prints, and nothing else."""

import csv
import re

import openpyxl
import pytest
from support.pages import ALONE, BESIDE, cells, chapters, soup

from utils.french import number, p_value, percent, points

pytestmark = pytest.mark.site


def blocks(book):
    for page in chapters(book):
        for block in soup(page).select("div.preuves"):
            if block.table:
                yield page.parent / block.select_one("a.csv")["href"], cells(block.table)


def numbers(text):
    """Return the numbers of a text, as they are printed."""
    return re.findall(r"[−-]?\d(?:[\d\u202f]*\d)?(?:,\d+)?", text)


def printed(value, title):
    """Return every way of printing a number of a column."""
    value = float(value)
    told = {number(value, decimals, fixed=fixed) for decimals in range(5) for fixed in (True, False)}
    told |= {p_value(value)} if 0 <= value <= 1 else set()
    if "de 0 à 1" in title or "de −1 à 1" in title:
        told |= {points(value), points(value, signed=True)}
        told |= {percent(value, d) for d in range(4)} if value >= 0 else set()
        told |= {number(100 * value, d, fixed=True) for d in range(4)}
    return {found for text in told for found in numbers(text)}


@pytest.mark.parametrize("book", [ALONE, BESIDE], ids=lambda book: book.name)
def test_every_number_of_a_file_is_printed_on_the_page(book):
    found = 0
    for path, (_, *rows) in blocks(book):
        with path.open(encoding="utf-8", newline="") as file:
            header, *held = list(csv.reader(file))
        assert [row[0].lstrip("'") for row in held] == [row[0] for row in rows], path
        for told, row in zip(held, rows, strict=True):
            shown = set(numbers(" ".join(row[1:])))
            for title, value in list(zip(header, told, strict=True))[1:]:
                if re.fullmatch(r"-?\d+(\.\d+)?", value) and title != "Code postal":  # a name, in figures
                    assert printed(value, title) & shown, (path.name, title, value, row)
                    found += 1
                else:
                    assert not value or value.lstrip("'") in row or title == "Remarque", (path.name, title, value, row)
    assert found > 500


@pytest.mark.parametrize("book", [ALONE, BESIDE], ids=lambda book: book.name)
def test_the_workbook_of_a_result_holds_the_same(book):
    for path, _ in blocks(book):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        sheet = openpyxl.load_workbook(path.with_suffix(".xlsx")).active
        held = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
        assert len(held) == len(rows), path
        for mine, theirs in zip(held, rows, strict=True):
            for cell, text in zip(mine, theirs, strict=False):
                alike = str(cell) == text.lstrip("'") if isinstance(cell, str) else cell == pytest.approx(float(text))
                assert alike, (path, cell, text)
