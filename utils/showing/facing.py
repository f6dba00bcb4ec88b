"""One rated item as two kinds of communes answer it: both on one axis, in shares, so that what differs is seen."""

__all__ = ["chart", "table"]

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from utils.french import capitalise, typeset
from utils.showing import tables
from utils.showing.canvas import Chart, Sheet, describe, empty, font, measure
from utils.showing.lines import Lines
from utils.showing.style import INK, NEUTRAL, NO, QUIET, SMALL, TEXT, YES
from utils.survey.contrasts import Contrast
from utils.survey.results import HIDDEN, LikertResult
from utils.telling.contrasts import headline
from utils.telling.figures import number, percent
from utils.telling.phrases import basis
from utils.telling.weights import weighted

_BAR, _GAP = 20.0, 8.0  # a group's bar, and the air below it
_TALL, _HEAD, _FOOT = 74.0, 54.0, 42.0  # the curves, what stands above (a title, a legend) and below them
_NEAR = 22.0  # above a summit, the room that its value needs
_NAMES = {"desaccord": "désaccord", "neutre": "milieu", "accord": "accord"}
_LINES = ((INK, "-"), (QUIET, (0, (3, 2))))  # of the first kind of communes, and of the second


def chart(pair: Contrast) -> Chart:
    """Draw who disagrees, stays in the middle and agrees in each group; below, the share of every score.

    A group of 92 and one of 46 are compared by their shares: bars of counts would make one look half the other.
    """
    sides, question, title = (pair.active, pair.other), pair.active.question, headline(pair)
    shown = [side for side in sides if side.answers.n and not side.withheld]
    if not shown:
        return empty(title, question.enonce)
    scale = pair.active.scale
    middle = "milieu, " if scale.side("neutre") else ""
    subtitle = typeset(f"{question.enonce} Part des réponses, en % : désaccord, {middle}accord.")
    alt = describe(
        "Barres empilées et courbes des scores",
        f"part des réponses en %, scores {scale.told}",
        title,
        [_said(side) if side in shown else basis(side) for side in sides],
    )
    columns = pd.DataFrame({side.base: side.answers.shares * 100 for side in shown})
    highest = columns.max(axis=None)

    def draw(width: float) -> Figure:
        lines = Lines([basis(side) for side in sides], width, tall=_BAR, gap=_GAP)
        sheet = Sheet(width, title, subtitle, lines.bottom + _HEAD + _TALL + _FOOT)
        lines.write(sheet)
        for side, y in zip(sides, lines.places, strict=True):
            if side in shown:
                _sides(sheet, side, lines.left, width - lines.left, y)
            else:
                sheet.write(lines.left, y, HIDDEN if side.withheld else "aucune réponse", QUIET)
        _curves(sheet, shown, columns, lines.bottom, width, highest)
        return sheet.figure

    return Chart(draw, alt)


def table(pair: Contrast) -> tables.Table:
    """Return count and share of every score in two groups, side by side."""
    sides = (pair.active, pair.other)
    first, second = map(tables.scores, sides)
    header = [
        name
        for side in sides
        for name in (
            capitalise(side.noun.plural),
            f"{tables.part_of(side)}, {side.noun.plural}",
            f"{tables.INTERVAL}, {side.noun.plural}",
        )
    ]
    rows = [(one[0], *one[1:4], *other[1:4]) for one, other in zip(first.rows, second.rows, strict=True)]
    return tables.Table(
        typeset(f"{pair.active.question.libelle} ({' ; '.join(map(_sized, sides))})"),
        ("Score", *header),
        (*rows, *_summed(sides)),
        source=pair.source,
        files=tuple(dict.fromkeys(first.files + second.files)),
        method=first.method,
    )


def _summed(sides: Sequence[LikertResult]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each side of the scale."""
    for sens, name in _NAMES.items():
        if scores := sides[0].scale.side(sens):
            yield capitalise(name), *(cell for side in sides for cell in _counted(side, scores))


def _counted(side: LikertResult, scores: tuple[int, ...]) -> tuple[str, ...]:
    if side.withheld:
        return (HIDDEN,) * 3
    part = side.part(scores)
    return tables.count_of(part), tables.share(part.share), tables.interval(part.interval)


def _sized(result: LikertResult) -> str:
    n = HIDDEN if result.withheld else number(result.answers.n)
    return f"{result.noun.plural}, n = {n}{weighted(result)}"


def _said(side: LikertResult) -> str:
    """Tell the three sides of a group and the share of every score in words."""
    ends = f"désaccord {percent(side.disagree)}, milieu {percent(side.neutral)}, accord {percent(side.agree)}"
    scores = ", ".join(f"{number(score)} : {percent(share)}" for score, share in side.answers.shares.items())
    return f"{basis(side)} : {ends} ; part de chaque score, {scores}"


def _sides(sheet: Sheet, side: LikertResult, left: float, width: float, y: float) -> None:
    """Draw disagreement, middle and agreement as one bar, each with its share where there is room."""
    against, agreeing = (YES, NO) if side.question.polarite == "defavorable" else (NO, YES)
    parts = [(side.disagree, against[2], INK), (side.neutral, NEUTRAL, INK), (side.agree, agreeing[0], "white")]
    for i, (share, ground, ink) in enumerate(parts):
        length = share * width
        sheet.axes.barh(sheet.top + y, length, height=_BAR, left=left, color=ground, edgecolor="white", linewidth=0.5)
        told = number(share * 100)
        # The unit stands once, where there is room for it.
        for text in [f"{told} %", told] if i == len(parts) - 1 else [told]:
            if measure(typeset(text), font(TEXT, "bold")) + 4 <= length:
                sheet.write(left + length / 2, y, text, ink, weight="bold", ha="center")
                break
        left += length


def _curves(
    sheet: Sheet, shown: Sequence[LikertResult], columns: pd.DataFrame, top: float, width: float, highest: float
) -> None:
    """Draw the share of every score, a curve a group: their colours are no side of the scale, which the bars show.

    The value at its summit is the scale of a curve; where the other curve passes there, it has none.
    """
    scale = shown[0].scale
    x = (np.arange(len(scale.points)) + 0.5) * width / len(scale.points)
    floor, legend = top + _HEAD + _TALL, top + 26
    sheet.write(0, top + 10, "Part de chaque score", QUIET, size=SMALL)
    sheet.axes.plot([0, width], [sheet.top + floor] * 2, color=NEUTRAL, linewidth=1)
    left, summits = 0.0, []
    for side in shown:
        colour, dashes = _LINES[side.place or 0]
        y = floor - _TALL * columns[side.base].to_numpy() / highest
        line = {"color": colour, "linestyle": dashes, "linewidth": 2, "solid_capstyle": "butt"}
        sheet.axes.plot(x, sheet.top + y, **line)
        peak = int(np.argmin(y))
        above = [floor - _TALL * columns[other.base].iloc[peak] / highest for other in shown if other is not side]
        if not any(y[peak] - _NEAR < other < y[peak] for other in above):
            summits.append((y[peak], x[peak], percent(columns[side.base].iloc[peak] / 100), colour))
        sheet.axes.plot([left, left + 18], [sheet.top + legend] * 2, **line)
        name = typeset(side.question.pair(side.base).side(side.base).pluriel)
        sheet.write(left + 24, legend, name, colour, size=SMALL)
        left += 24 + measure(name, font(SMALL)) + 16
    summits.sort()
    for y, place, value, colour in summits:
        if place == summits[0][1] or abs(place - summits[0][1]) > 2 * _NEAR:  # else it would stand on the first
            sheet.write(place, y - 8, value, colour, size=SMALL, weight="bold", ha="center")
    for place, score in zip(x, scale.points, strict=True):
        sheet.write(place, floor + 10, number(score), QUIET, ha="center", size=SMALL)
    sheet.write(0, floor + 26, capitalise(scale.bas), QUIET, size=SMALL)
    sheet.write(width, floor + 26, capitalise(scale.haut), QUIET, size=SMALL, ha="right")
