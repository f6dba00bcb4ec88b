"""Which rows of an export are answers: not those filtered out, never sent, or without any answer."""

__all__ = ["Export", "telling", "unfinished"]

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from utils.reading.files import LINE
from utils.reading.forms.guesses import wordings
from utils.reading.relations import Relation

# What LimeSurvey calls the moment an answer was sent, and the last page that was seen; both are empty
# or lower in an answer that was never sent.
_SENT = {"submitdate", "date de soumission", "date submitted"}
_PAGE = {"lastpage", "derniere page", "last page"}


@dataclass(frozen=True)
class Export:
    """An export in the contract's form.

    Attributes
    ----------
    relation : Relation
        The answers; see `read_export`.
    left_out : mapping of int
        How many rows are none, by reason: `filtrees` (by `filtre`), `inachevees` (never sent),
        `visites` (nothing was answered).
    kept : int
        How many answers that were never sent count all the same.
    """

    relation: Relation = field(default_factory=lambda: Relation.of(pd.DataFrame({LINE: [], "id": []})))
    left_out: Mapping[str, int] = field(default_factory=dict)
    kept: int = 0

    @property
    def rows(self) -> pd.DataFrame:
        """The answers, all of them, for where they are known to be few."""
        return self.relation.frame()


def telling(header: Sequence[str], tool: str) -> list[str]:
    """Return the titles of the columns that tell whether an answer was sent; of them all, whatever they are read for.

    Parameters
    ----------
    header : sequence of str
    tool : str
        As `ImportMapping.format`; only LimeSurvey's default export holds answers that were never sent.

    Examples
    --------
    >>> telling(["id", "submitdate", "lastpage"], "limesurvey")
    ['submitdate', 'lastpage']
    """
    found = (_column(header, names) for names in (_SENT, _PAGE)) if tool == "limesurvey" else ()
    return [title for title in found if title is not None]


def unfinished(rows: Relation, tool: str) -> str:
    """Return the condition of which rows of a form tool's export were never sent.

    Parameters
    ----------
    rows : Relation
        As the export holds them; of its columns, those of `telling` at least.
    tool : str
        As `ImportMapping.format`.

    Examples
    --------
    >>> rows = Relation.of(pd.DataFrame({"ligne": [2, 3], "submitdate": ["2026-03-01 10:00", ""]}))
    >>> rows.lines(unfinished(rows, "limesurvey"), shown=5)
    ([3], 1)
    """
    if tool != "limesurvey":
        return "false"
    if (sent := _column(rows.columns, _SENT)) is not None and rows.count(f"{rows.columns[sent]} <> ''"):
        return f"{rows.columns[sent]} = ''"
    if (page := _column(rows.columns, _PAGE)) is None:
        return "false"
    seen = f"coalesce(try_cast({rows.columns[page]} AS DOUBLE), -1)"
    return f"{seen} < (SELECT max({seen}) FROM {rows.source})"


def _column(titles: Iterable[str], names: set[str]) -> str | None:
    return next((title for title in titles if wordings(title) & names), None)
