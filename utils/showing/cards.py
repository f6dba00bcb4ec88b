"""How a result shows itself in a notebook: one card with its drawing, its shares, its gap, its test.

Importing this module is what makes results show themselves.
"""

__all__ = ["Picture", "card", "picture", "show"]

from dataclasses import dataclass
from functools import singledispatch
from html import escape
from typing import Any

from utils.showing import by_stratum, evidence, ratings, results, tables
from utils.showing.canvas import Chart
from utils.showing.drawing import drawn
from utils.showing.tables import Table
from utils.survey.contrasts import ChoiceContrast, Contrast
from utils.survey.items import Family
from utils.survey.presented import Presented
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.strata import Breakdown
from utils.telling import breakdowns, contrasts, obstacles, options, paragraphs, phrases

# Read on light and on dark grounds: the drawing keeps a light sheet of its own.
_SHEET = "background:#fff;color:#222;padding:12px;max-width:560px;border:1px solid #c9c9c9"


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG; a notebook shows it."""

    svg: str
    alt: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"Picture({self.alt!r})"


def picture(chart: Chart) -> Picture:
    """Return the drawing of a chart for screens."""
    return Picture(drawn(chart)["large"], chart.alt)


@singledispatch
def _parts(result: Any) -> tuple[Chart | None, str, Table]:
    """Return the chart, the sentence and the table of a result."""
    raise TypeError(f"nothing shows a {type(result).__name__}")


@_parts.register(LikertResult)
@_parts.register(ChoiceResult)
def _(result: LikertResult | ChoiceResult) -> tuple[Chart | None, str, Table]:
    return results.chart(result), paragraphs.told(result), results.table(result)


@_parts.register
def _(result: Contrast) -> tuple[Chart | None, str, Table]:
    chart = ratings.diverging([(result.active, result.other)], contrasts.compared(result))
    return chart, f"{contrasts.compared(result)} {contrasts.sides_apart(result)}", evidence.pairs(Family((result,)))


@_parts.register
def _(result: ChoiceContrast) -> tuple[Chart | None, str, Table]:
    return results.chart(result.active), options.chosen(result), results.table(result.active)


@_parts.register
def _(result: Family) -> tuple[Chart | None, str, Table]:
    title = obstacles.headline(result) or "Aucune affirmation notée"
    if not result.pairs:
        alone = list(result.alone)
        return ratings.diverging([[item] for item in alone], title), phrases.ranked(alone), tables.sides(alone)
    chart = ratings.diverging([(pair.active, pair.other) for pair in result.pairs], title)
    return chart, obstacles.differences(result), evidence.pairs(result)


@_parts.register
def _(result: Breakdown) -> tuple[Chart | None, str, Table]:
    return None, breakdowns.tested(result), by_stratum.breakdown(result)


def card(result: Any) -> str:
    """Return a result as HTML that stands alone: its drawing, what it says, its table."""
    chart, said, table = _parts(result)
    drawing = drawn(chart)["large"] if chart else ""
    return f'<div style="{_SHEET}">{drawing}<p>{escape(said)}</p>{tables.as_html(table, "resultat")}</div>'


def draw(result: Any) -> Picture:
    """Return the drawing of a result."""
    chart, _, _ = _parts(result)
    if chart is None:
        raise TypeError(f"a {type(result).__name__} has no drawing")
    return picture(chart)


@dataclass(frozen=True)
class Shown:
    """A result to be shown where it is the last value of a cell."""

    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return "Shown(…)"


def show(result: Any) -> Shown:
    """Return any result as a card: the chart, what it says and its table.

    Parameters
    ----------
    result : LikertResult, ChoiceResult, Contrast, ChoiceContrast, Family or Breakdown
        Counts that are hidden from readers are hidden here too.

    Raises
    ------
    TypeError
        Something else.
    """
    return Shown(card(result))


Presented.card, Presented.draw = card, draw
