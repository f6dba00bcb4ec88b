"""What the cells of a column mean: each different text is read once, however often it stands.

A reader takes a text and returns its meaning, or raises `UnreadError`. The texts that change
become a table of the database, which gives every row its meaning; no row comes here.
"""

__all__ = ["hour_of", "read_column", "read_dates"]

from collections.abc import Callable

import pandas as pd

from utils.reading.forms.answers import UnreadError
from utils.reading.forms.dates import Dates
from utils.reading.forms.faults import Faults
from utils.reading.relations import Relation, literal
from utils.survey.about import Period

_FEW = 50  # texts that an expression names one by one; more become a table
# Nearly all moments differ; but for their minutes and seconds they are few. A zone of whole hours changes neither.
_TIMED = (
    r"^(\S+(?:T|,? +(?:- +)?)\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?"
    r"([ \x{a0}\x{202f}]*(?:[AaPp]\.?[Mm]\.?)? *(?:Z|(?:UTC|GMT)? ?[+-]\d{1,2}(?::?00)?|[A-Z]{3,5})?)$"
)
_HOUR = len("2026-03-01T10:")
_UNREAD = "\x1e"
_BETWEEN = "\x1f"  # between what was expected and the value, which hold no such sign


def read_column(faults: Faults, title: str, cell: str, read: Callable[[str], str], counting: str = "true") -> str:
    """Read a column of an export and note what cannot be read.

    Parameters
    ----------
    faults : Faults
        Of the export's rows.
    title : str
        Of the column.
    cell : str
        The expression of its cells.
    read : callable
        What a text means; raises `UnreadError`.
    counting : str
        A condition: the rows whose faults are told.

    Returns
    -------
    str
        The expression of what its cells mean. What could not be read stays as it stood.
        It holds until the rows are settled.
    """
    rows = faults.rows
    meant, unread = rows.fresh("meant"), rows.fresh("unread")
    few: dict[str, str] = {}
    many = odd = 0
    for texts in rows.batches(f"SELECT DISTINCT {cell}"):
        strange = []
        for (text,) in texts:
            try:
                meaning = read(text)
            except UnreadError as error:
                strange += [(text, expected + _BETWEEN + value) for expected, value in error.args]
            else:
                if meaning != text:
                    few[text] = meaning
        odd += _stored(rows, unread, strange)
        if len(few) > _FEW or many:
            many += _stored(rows, meant, list(few.items()))
            few = {}
    if odd:
        faults.tell_each(
            "f.meaning",
            counting,
            title,
            _told,
            "une réponse qui se lise, ou qu’une ligne de vague.yml explique",
            source=f"{rows.source} JOIN {unread} f ON f.text = {cell}",
        )
    if many:
        return rows.look_up(cell, meant)
    cases = "".join(f" WHEN {literal(text)} THEN {literal(meaning)}" for text, meaning in few.items())
    return f"CASE {cell}{cases} ELSE {cell} END" if few else cell


def hour_of(cell: str) -> str:
    """Write in SQL the hour of a moment, its minutes being 0; the cell itself where it is not written so."""
    return f"regexp_replace({cell}, {literal(_TIMED)}, '\\1:00\\4')"


def read_dates(
    faults: Faults, title: str, cell: str, tool: str, period: Period | None = None, counting: str = "true"
) -> str:
    """Read a column of dates as `Dates` does, and note what cannot be read: see `read_column`.

    Where a time can be parted into its hour, and minutes that are read as they stand, the hour alone is read.
    """
    dates = Dates(faults.rows.texts(hour_of(cell)), tool, period)

    def read_hour(text: str) -> str:
        try:
            return dates.read(text)
        except UnreadError:
            return _UNREAD  # told with its minutes, as it stands

    timed, unread = f"regexp_matches({cell}, {literal(_TIMED)})", literal(_UNREAD)
    hours = read_column(faults, title, f"CASE WHEN {timed} THEN {hour_of(cell)} ELSE '' END", read_hour)
    whole = f"CASE WHEN {timed} AND {hours} <> {unread} THEN '' ELSE {cell} END"
    rest = read_column(faults, title, whole, dates.read, counting)
    minute, second = (f"regexp_extract({cell}, {literal(_TIMED)}, {group})" for group in (2, 3))
    read = f"concat(left({hours}, {_HOUR}), {minute}, ':', coalesce(nullif({second}, ''), '00'))"
    return f"CASE WHEN {hours} = {unread} THEN {rest} WHEN {hours} <> '' THEN {read} ELSE {rest} END"


def _told(key: str) -> tuple[str, str | None]:
    """Return what was expected, and the part not understood; None where it is the whole of several cells."""
    expected, _, value = key.partition(_BETWEEN)
    return expected, value or None


def _stored(rows: Relation, table: str, pairs: list[tuple[str, str]]) -> int:
    """Add texts and what they mean to a table; return how many."""
    if pairs:
        rows.store(table, pd.DataFrame(pairs, columns=["text", "meaning"], dtype="str"))
    return len(pairs)
