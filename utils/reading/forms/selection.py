"""Which rows of an export are answers: not those filtered out, never sent, or without any answer."""

__all__ = ["Export", "previews", "telling", "undecided", "unfinished"]

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from utils.reading.files import LINE
from utils.reading.forms.faults import Faults
from utils.reading.forms.headings import wordings
from utils.reading.forms.labels import folded
from utils.reading.forms.tools import TOOLS
from utils.reading.relations import Relation, literal


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


def telling(header: Sequence[str], tool: str) -> set[str]:
    """Return the titles of the columns by which a tool tells which rows are answers, whatever else they are read for.

    Parameters
    ----------
    header : sequence of str
    tool : str
        As `ImportMapping.format`.

    Examples
    --------
    >>> sorted(telling(["id", "submitdate", "lastpage"], "limesurvey"))
    ['lastpage', 'submitdate']
    """
    profile = TOOLS[tool]
    sought = [*({title} for title in (*profile.begun, *profile.tests)), profile.sent, profile.page]
    return {title for names in sought if (title := _column(header, names)) is not None}


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
    profile = TOOLS[tool]
    for name, cells in profile.begun.items():
        if (title := _column(rows.columns, {name})) is not None:
            return _holds(rows, title, cells)
    if (sent := _column(rows.columns, profile.sent)) is not None and rows.count(f"{rows.columns[sent]} <> ''"):
        return f"{rows.columns[sent]} = ''"
    if (page := _column(rows.columns, profile.page)) is None:
        return "false"
    seen = f"coalesce(try_cast({rows.columns[page]} AS DOUBLE), -1)"
    return f"{seen} < (SELECT max({seen}) FROM {rows.source})"


def previews(titles: Iterable[str], tool: str) -> tuple[str, frozenset[str]] | None:
    """Find the column by which a tool tells its tests and previews from answers, and what it holds of them, folded.

    Returns
    -------
    tuple of str and frozenset of str, or None
        None where a tool has no such column.

    Examples
    --------
    >>> title, cells = previews(["Status", "Commune"], "qualtrics")
    >>> title, folded("Survey Preview") in cells
    ('Status', True)
    """
    titles = list(titles)
    for name, cells in TOOLS[tool].tests.items():
        if (title := _column(titles, {name})) is not None:
            return title, frozenset(cells)
    return None


def undecided(faults: Faults, tool: str, decided: Collection[str | None]) -> None:
    """Tell the rows that their tool calls tests or previews, where nothing says whether they count.

    Parameters
    ----------
    faults : Faults
        Of the export's rows.
    tool : str
        As `ImportMapping.format`.
    decided : collection of str
        Titles by which rows are chosen.
    """
    title, cells = previews(faults.rows.columns, tool) or ("", frozenset())
    if cells and title not in decided:
        expected = f"sous `filtre`, « {title} » et celles de ses valeurs qui comptent : pour l’outil, c’est un essai"
        condition = _holds(faults.rows, title, cells)
        faults.tell_each(faults.rows.columns[title], condition, title, lambda value: (expected, value), expected)


def _holds(rows: Relation, title: str, cells: Collection[str]) -> str:
    """Return the condition that a column holds one of some cells, which are folded."""
    meant = [literal(text) for text in rows.texts(rows.columns[title]) if folded(text) in cells]
    return f"{rows.columns[title]} IN ({', '.join(meant)})" if meant else "false"


def _column(titles: Iterable[str], names: Collection[str]) -> str | None:
    return next((title for title in titles if not wordings(title).isdisjoint(names)), None)
