"""Shares as bars: a finding as title, direct labels, one drawing for screens and one for phones.

Every function returns a `Chart`, drawn on demand at a width.
"""

__all__ = ["bar_figure", "dumbbell", "options", "strata"]

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from utils.french import capitalise, typeset
from utils.showing.canvas import Chart, Sheet, describe, empty, font, measure
from utils.showing.lines import BAR, Lines
from utils.showing.style import GROUPS, INK, NEUTRAL, QUIET, TEXT, WHOLE, YES
from utils.statistics.intervals import LEVEL, Interval
from utils.survey.results import HIDDEN, ChoiceResult
from utils.survey.strata import Strata
from utils.telling.figures import number, percent
from utils.telling.phrases import basis, headline


def bar_figure(width: float, title: str, subtitle: str, rows: pd.DataFrame) -> Figure:
    """Draw horizontal bars of shares with their labels.

    Parameters
    ----------
    rows : DataFrame
        `label`, `share` (0..1), `value` (the text at the bar's end), `colour`, and `interval`, drawn as
        a line or None; a row a bar, from the top.
    """
    lines = Lines(list(rows["label"]), width)
    sheet = Sheet(width, title, subtitle, lines.bottom)
    lines.write(sheet)
    unit = width - lines.left - (max(measure(text, font(TEXT, "bold")) for text in rows["value"]) + 6)
    lengths = rows["share"].to_numpy() * unit
    middles = sheet.top + np.array(lines.places)
    sheet.axes.barh(middles, lengths, height=BAR, left=lines.left, color=list(rows["colour"]))
    for row, y, length in zip(rows.itertuples(), lines.places, lengths, strict=True):
        end = _line(sheet, row.interval, lines.left, unit, y) if row.interval else length
        sheet.write(lines.left + max(length, end) + 5, y, row.value, weight="bold")
    return sheet.figure


def _line(sheet: Sheet, interval: Interval, left: float, unit: float, y: float) -> float:
    """Draw an interval over its bar and return how far from `left` it reaches."""
    low, high = interval.low * unit, interval.high * unit
    sheet.axes.plot([left + low, left + high], [sheet.top + y] * 2, color=INK, linewidth=1, solid_capstyle="butt")
    return high


_LINE = f"Trait : intervalle à {percent(LEVEL)}."


def options(result: ChoiceResult) -> Chart:
    """Draw one bar per option, ranked unless the options have an order."""
    answers, title = result.answers, headline(result)
    if not answers.n:
        return empty(title, result.question.enonce)
    order, colour = result.order, GROUPS[result.place]
    bars = pd.DataFrame(
        {
            "label": [capitalise(typeset(result.label(o))) for o in order],
            "share": answers.shares[order].to_numpy(),
            "value": [percent(answers.shares[o]) for o in order],
            "colour": [NEUTRAL if o in result.exclusive else colour for o in order],
            "interval": [result.interval(o) for o in order],
        }
    )
    subtitle = typeset(f"{result.question.enonce} {basis(result)}. Part en %. {_LINE}")
    unit = f"part en % des {result.noun.plural}"
    alt = describe("Diagramme en barres", unit, title, [f"{r.label} : {r.value}" for r in bars.itertuples()])
    return Chart(lambda width: bar_figure(width, title, subtitle, bars), alt)


def strata(results: Strata, title: str, subtitle: str) -> Chart:
    """Draw one bar per stratum, and one in grey for the whole.

    Sizes keep their order; provinces are ranked.
    """
    if not results.total:
        return empty(title, subtitle)
    # A stratum without a commune has no bar; one that is hidden keeps its place, last where the others are ranked.
    shares = results.shares[results.shares.notna() | results.shares.index.isin(results.hidden)]
    if results.by == "province":
        shares = shares.sort_values(ascending=False, kind="stable")
    totals = results.counts.sum(axis=1)
    told = results.counts.iloc[:, 0]
    bars = pd.DataFrame(
        {
            "label": [*(capitalise(typeset(results.labels[s])) for s in shares.index), "Ensemble"],
            "share": [*shares.fillna(0), results.overall],
            "value": [
                *(
                    HIDDEN if s in results.hidden else f"{percent(v)} ({number(told[s])} sur {number(totals[s])})"
                    for s, v in shares.items()
                ),
                f"{percent(results.overall)} ({number(results.told)} sur {number(results.total)})",
            ],
            "colour": [*([YES[1]] * len(shares)), WHOLE],
            "interval": [
                *(results.interval(s) for s in shares.index),
                results.overall_interval,
            ],
        }
    )
    unit = "part en % dans chaque groupe de communes"
    alt = describe("Diagramme en barres", unit, title, [f"{r.label} : {r.value}" for r in bars.itertuples()])
    return Chart(lambda width: bar_figure(width, title, subtitle, bars), alt)


def dumbbell(rows: Sequence[tuple[str, float, float]], title: str, subtitle: str) -> Chart:
    """Draw shares before and now as two dots on a line, in grey and in teal.

    Parameters
    ----------
    rows : sequence of (label, before, now)
        Shares are 0..1; a row each, from the top.
    """
    if not rows:
        return empty(title, subtitle)
    alt = describe(
        "Points reliés, avant et maintenant",
        "part en %",
        title,
        [f"{label} : {percent(before)}, puis {percent(now)}" for label, before, now in rows],
    )

    def draw(width: float) -> Figure:
        lines = Lines([label for label, *_ in rows], width)
        sheet, room = Sheet(width, title, subtitle, lines.bottom), measure("100", font(TEXT, "bold")) + 12
        lines.write(sheet)
        unit = width - lines.left - 2 * room
        for (_, before, now), y in zip(rows, lines.places, strict=True):
            x, end = (lines.left + room + share * unit for share in (before, now))
            sheet.axes.plot([x, end], [sheet.top + y] * 2, color=NEUTRAL, linewidth=3, zorder=1)
            for place, colour in ((x, WHOLE), (end, YES[0])):
                sheet.axes.add_patch(Circle((place, sheet.top + y), 4, color=colour, zorder=2))
            left_first = before <= now
            sheet.write(
                x + (-8 if left_first else 8), y, number(before * 100), QUIET, ha="right" if left_first else "left"
            )
            side = {"ha": "left" if left_first else "right", "weight": "bold"}
            sheet.write(end + (8 if left_first else -8), y, number(now * 100), YES[0], **side)
        return sheet.figure

    return Chart(draw, alt)
