"""Which rows of an export are answers: not those filtered out, never sent, or without any answer."""

__all__ = ["Export", "previews", "undecided", "unfinished"]

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from utils.reading.files import LINE
from utils.reading.forms.headings import wordings
from utils.reading.forms.labels import folded
from utils.reading.forms.tools import TOOLS
from utils.reading.problems import Problem


@dataclass(frozen=True)
class Export:
    """An export in the contract's form.

    Attributes
    ----------
    rows : DataFrame of str
        The answers; see `read_export`.
    left_out : mapping of int
        How many rows are none, by reason: `filtrees` (by `filtre`), `inachevees` (never sent),
        `visites` (nothing was answered).
    kept : int
        How many answers that were never sent count all the same.
    """

    rows: pd.DataFrame
    left_out: Mapping[str, int] = field(default_factory=dict)
    kept: int = 0


def unfinished(rows: pd.DataFrame, tool: str) -> pd.Series:
    """Tell which rows of a form tool's export were never sent.

    Parameters
    ----------
    rows : DataFrame of str
        As the export holds them.
    tool : str
        As `ImportMapping.format`.

    Returns
    -------
    Series of bool

    Examples
    --------
    >>> unfinished(pd.DataFrame({"submitdate": ["2026-03-01 10:00", ""]}), "limesurvey").tolist()
    [False, True]
    """
    nothing, profile = pd.Series(False, rows.index), TOOLS[tool]
    for title, cells in profile.begun.items():
        if (column := _column(rows, {title})) is not None:
            return column.map(folded).isin(cells)
    if (sent := _column(rows, profile.sent)) is not None and (sent != "").any():
        return sent == ""
    page = _column(rows, profile.page)
    if page is None:
        return nothing
    seen = pd.to_numeric(page, errors="coerce").fillna(-1)
    return seen < seen.max()


def previews(rows: pd.DataFrame, tool: str) -> tuple[str, frozenset[str]] | None:
    """Find the column by which a tool tells its tests and previews from answers, and what it holds of them.

    Returns
    -------
    tuple of str and frozenset of str, or None
        The title, and the cells that say so, as the export has them; None where a tool has no such column.

    Examples
    --------
    >>> previews(pd.DataFrame({"Status": ["IP Address", "Survey Preview"]}), "qualtrics")
    ('Status', frozenset({'Survey Preview'}))
    """
    for name, cells in TOOLS[tool].tests.items():
        column = _column(rows, {name})
        if column is not None:
            return str(column.name), frozenset(cell for cell in column.unique() if folded(cell) in cells)
    return None


def undecided(
    rows: pd.DataFrame, tool: str, decided: Collection[str | None], file: str, shown: int
) -> Iterator[Problem]:
    """Tell the rows that their tool calls tests or previews, where nothing says whether they count.

    Parameters
    ----------
    rows : DataFrame of str
        As the export holds them.
    tool : str
        As `ImportMapping.format`.
    decided : collection of str
        Titles by which rows are chosen.
    file : str
        What the analyst calls it.
    shown : int
        How many lines are named.
    """
    title, cells = previews(rows, tool) or ("", frozenset())
    if not cells or title in decided:
        return
    expected = f"sous `filtre`, « {title} » et celles de ses valeurs qui comptent : pour l’outil, c’est un essai"
    for value, lines in rows[rows[title].isin(cells)].groupby(title, sort=True)[LINE]:
        first, *more = lines.head(shown)
        yield Problem(file, expected, first, title, value, also=tuple(more), count=len(lines))


def _column(rows: pd.DataFrame, names: Collection[str]) -> pd.Series | None:
    return next(
        (rows[title] for title in rows.columns if isinstance(title, str) and not wordings(title).isdisjoint(names)),
        None,
    )
