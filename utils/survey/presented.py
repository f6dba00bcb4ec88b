"""What an analyst asks of any result: its tables, and that it shows itself.

A result does not know how it is drawn: `showing.cards` says so when it is imported.
"""

__all__ = ["TESTS", "Presented", "counted", "row", "row_of_test"]

import math
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from utils.statistics.compare import Association
from utils.statistics.intervals import Interval
from utils.statistics.ranks import Shift

TESTS = ["test", "statistic", "df", "p", "corrected", "effect", "low", "high"]


class Presented:
    """A result that shows itself in a notebook, once something says how results are shown."""

    card: ClassVar[Callable[[Any], str] | None] = None
    draw: ClassVar[Callable[[Any], Any] | None] = None

    def _repr_html_(self) -> str | None:
        return Presented.card(self) if Presented.card else None

    @property
    def chart(self) -> Any:
        """The drawing alone, which shows itself in a notebook.

        Raises
        ------
        RuntimeError
            Nothing says how results are drawn: `from utils import show`.
        """
        if Presented.draw is None:
            raise RuntimeError("nothing draws results yet: from utils import show")
        return Presented.draw(self)


def row(value: float | None, around: Interval | None, prefix: str = "") -> dict[str, float]:
    """Return the two ends of an interval as `low` and `high`, NaN where there is none; `value` before them if given."""
    ends = (math.nan, math.nan) if around is None else (around.low, around.high)
    named = {f"{prefix}low": ends[0], f"{prefix}high": ends[1]}
    return named if value is None else {prefix.rstrip("_"): value, **named}


def row_of_test(test: Association | Shift, name: str, corrected: float = math.nan) -> dict[str, Any]:
    """Return a test as a row of `TESTS`: Cramér's V less its bias, or Cliff's delta, is the effect."""
    if isinstance(test, Association):
        told = (f"{test.method} ({name})", test.statistic, test.df, test.p, corrected, test.corrected_v)
        return dict(zip(TESTS, told, strict=False)) | row(None, test.v_interval)
    told = (f"mann_whitney ({name})", test.u, math.nan, test.p, corrected, test.delta)
    return dict(zip(TESTS, told, strict=False)) | row(None, test.delta_interval)


def counted(results: list[Any]) -> pd.DataFrame:
    """Return the counts of results to one question, a row each: bases by scores or options; NA if not published."""
    counts = [result.answers.counts.astype("Int64" if result.withheld else int) for result in results]
    counts = [own.mask(own.notna()) if result.withheld else own for own, result in zip(counts, results, strict=True)]
    table = pd.DataFrame([each.to_numpy() for each in counts], columns=counts[0].index)
    table.columns.name = "score" if isinstance(table.columns[0], int | np.integer) else "option"
    return table.set_axis(pd.Index([result.base for result in results], name="base"))
