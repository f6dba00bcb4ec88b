"""What the cells of a column mean: each different text is read once, however often it stands.

A reader takes a text and returns its meaning, or raises `UnreadError`. The texts that change
become a table of the database, which gives every row its meaning; no row comes here.
"""

__all__ = ["read_column"]

from collections.abc import Callable

import pandas as pd

from utils.reading.forms.answers import UnreadError
from utils.reading.forms.faults import Faults
from utils.reading.relations import Relation, literal

_FEW = 50  # texts that an expression names one by one; more become a table
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
        return f"coalesce((SELECT m.meaning FROM {meant} m WHERE m.text = {cell}), {cell})"
    cases = "".join(f" WHEN {literal(text)} THEN {literal(meaning)}" for text, meaning in few.items())
    return f"CASE {cell}{cases} ELSE {cell} END" if few else cell


def _told(key: str) -> tuple[str, str | None]:
    """Return what was expected, and the part not understood; None where it is the whole of several cells."""
    expected, _, value = key.partition(_BETWEEN)
    return expected, value or None


def _stored(rows: Relation, table: str, pairs: list[tuple[str, str]]) -> int:
    """Add texts and what they mean to a table; return how many."""
    if pairs:
        rows.store(table, pd.DataFrame(pairs, columns=["text", "meaning"], dtype="str"))
    return len(pairs)
