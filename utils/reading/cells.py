"""The cells of a workbook as text, and what its reader would get wrong: run apart from all else, by `guarded`."""

__all__ = ["cells"]

import dataclasses
import datetime
from collections.abc import Iterator
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from utils.reading.sheets import doubts

_AT_ONCE = 1000


def cells(path: str, sheet: str | None) -> Iterator[Any]:
    """Yield what a workbook holds.

    First why it is not read, if it is not: « unreadable », or « absent » or « several » with the sheets that
    there are; or else « read » with the sheet's name and its doubts. Then its rows that hold anything, a thousand
    at a time, each with its line.
    """
    try:
        book = CalamineWorkbook.from_path(path)
        kept = [sheet] if sheet is not None else _filled(book)
        if sheet is not None and sheet not in book.sheet_names:
            yield "absent", book.sheet_names
        elif len(kept) > 1:
            yield "several", kept
        elif kept:
            page = book.get_sheet_by_name(kept[0])
            yield "read", kept[0], [dataclasses.astuple(doubt) for doubt in doubts(path, kept[0])]
            margin = [""] * (page.start or (0, 0))[1]  # the columns before the first that holds anything
            # A sheet may be a million empty rows long: these are passed over as they come.
            held = ((line, row) for line, row in enumerate(page.iter_rows(), 1) if row.count("") < len(row))
            rows = ((line, [*margin, *map(_as_text, row)]) for line, row in held)
            filled = (record for record in rows if any(record[1]))
            while batch := list(islice(filled, _AT_ONCE)):
                yield batch
        else:
            yield "read", "", []
    except CalamineError:
        yield "unreadable", []


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
