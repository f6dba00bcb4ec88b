"""Which rows of an export are answers: not those filtered out, never sent, or without any answer."""

__all__ = ["Export", "unfinished"]

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from utils.reading.forms.headings import wordings
from utils.reading.forms.tools import TOOLS


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
        As `ImportMapping.format`; only LimeSurvey's default export holds such rows.

    Returns
    -------
    Series of bool

    Examples
    --------
    >>> unfinished(pd.DataFrame({"submitdate": ["2026-03-01 10:00", ""]}), "limesurvey").tolist()
    [False, True]
    """
    nothing, profile = pd.Series(False, rows.index), TOOLS[tool]
    if (sent := _column(rows, profile.sent)) is not None and (sent != "").any():
        return sent == ""
    page = _column(rows, profile.page)
    if page is None:
        return nothing
    seen = pd.to_numeric(page, errors="coerce").fillna(-1)
    return seen < seen.max()


def _column(rows: pd.DataFrame, names: Collection[str]) -> pd.Series | None:
    return next(
        (rows[title] for title in rows.columns if isinstance(title, str) and not wordings(title).isdisjoint(names)),
        None,
    )
