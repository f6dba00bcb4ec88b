"""The two files of one result: CSV for programs, a workbook for whoever opens it with a click.

A comma and a decimal point suit programs, a semicolon and a decimal comma a French
spreadsheet, and no text file suits both. The workbook holds numbers as such: every
spreadsheet shows them in its own language, whatever it separates columns by.
"""

__all__ = ["as_csv", "as_xlsx"]

import io
from datetime import date, datetime, time

import xlsxwriter

from utils.offering.archive import in_french
from utils.offering.columns import NOTES, Column, columns
from utils.showing.tables import Table
from utils.spreadsheet import csv_text

_HEADER = 2  # below the caption and the source
_WIDEST, _NARROW, _CHARACTER = 60, 14, 1.1
_TEXT = {"font_name": "Arial", "font_size": 11, "valign": "top"}
_SHOWN = {"%": "0.0%", "points": "0.000", "": "General"}


def as_csv(table: Table) -> str:
    """Write a table as comma-separated text, numbers with a decimal point; no cell can run as a formula.

    Shares are 0..1; what is not told is an empty cell, and said in the column `NOTES`.
    """
    made = columns(table)
    rows = zip(*(map(_written, column.cells) for column in made), strict=True)
    return csv_text([column.title for column in made], rows)


def _written(value: float | str | None) -> str:
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")  # never an exponent
    return "" if value is None else str(value)


def as_xlsx(table: Table, source: str, day: date) -> bytes:
    """Write a table as a workbook of one sheet: its caption, its source, then the numbers under their headers.

    Parameters
    ----------
    table : Table
    source : str
        What to cite, as one line.
    day : date
        Of the edition: the same table always gives the same bytes.
    """
    buffer, made = io.BytesIO(), columns(table)
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": table.heading, "comments": source, "created": datetime.combine(day, time())})
        sheet = book.add_worksheet("Tableau")
        plain, bold = book.add_format(_TEXT), book.add_format({**_TEXT, "bold": True, "text_wrap": True})
        sheet.write_string(0, 0, table.heading, book.add_format({**_TEXT, "bold": True, "font_size": 14}))
        sheet.write_string(1, 0, source, plain)
        numbers = {unit: book.add_format({**_TEXT, "num_format": shown}) for unit, shown in _SHOWN.items()}
        for place, column in enumerate(made):
            sheet.set_column(place, place, _width(column))
            sheet.write_string(_HEADER, place, column.title, bold)
            for row, value in enumerate(column.cells, _HEADER + 1):
                if isinstance(value, str):
                    # Never `write`, which would take some texts for formulas.
                    sheet.write_string(row, place, value, plain)
                elif value is not None:
                    sheet.write_number(row, place, value, numbers[column.unit])
        sheet.freeze_panes(_HEADER + 1, 1)
    return in_french(buffer.getvalue(), day)


def _width(column: Column) -> float:
    if column.numeric:
        return _NARROW
    longest = max((len(value) for value in column.cells if value), default=0)
    return min(_WIDEST, max(_NARROW, longest * _CHARACTER)) if column.title != NOTES else _WIDEST
