"""Numbers as a histogram of their classes, and as tables."""

__all__ = ["classes", "histogram", "summary"]

import math
from collections.abc import Sequence

from matplotlib.figure import Figure

from utils.french import MISSING, capitalise, typeset
from utils.showing.canvas import Chart, Sheet, describe, empty, font, measure, wrap
from utils.showing.origins import Origin
from utils.showing.style import GROUPS, INK, LEADING, QUIET, SMALL, TEXT
from utils.showing.tables import INTERVAL, Table, interval, options
from utils.statistics.intervals import Interval
from utils.survey.numbers import NumberResult
from utils.survey.results import HIDDEN
from utils.telling.figures import number
from utils.telling.numbers import DECIMALS, headline, middle_class, places
from utils.telling.phrases import basis

_LINES = 3  # of what a class is called, below its column


def histogram(result: NumberResult) -> Chart:
    """Draw how many answers fall into each class, and where the median lies.

    Classes stand side by side, as wide as each other whatever they span: their bounds are written
    below them. Where these do not fit, as on a phone, the classes are rows.
    """
    answers, title = result.answers, headline(result)
    if not answers.n:
        return empty(title, result.question.enonce)
    middle, place = _median(result)
    subtitle = typeset(f"{result.question.enonce} {basis(result)}. Réponses par classe (en {result.question.unite}).")
    told = [f"{result.label(name)} : {number(k)}" for name, k in answers.counts.items()]
    unit = f"nombre de réponses par classe (en {result.question.unite})"
    alt = describe("Histogramme par classe", unit, title, [middle, *told])

    def draw(width: float) -> Figure:
        called = [typeset(label) for label in result.question.measure.classes.values()]
        room = width / len(called) - 6
        below = [wrap(text, room, font(TEXT)) for text in called]
        fits = all(len(lines) <= _LINES and all(measure(line, font(TEXT)) <= room for line in lines) for lines in below)
        if fits:
            return _columns(width, title, subtitle, result, below, middle, place)
        return _rows(width, title, subtitle, result, called, middle, place)

    return Chart(draw, alt)


def _median(result: NumberResult) -> tuple[str, float]:
    """Return what is written of the median, and its place among the classes."""
    found = result.quartiles
    if found and not math.isnan(found.median):
        return f"médiane : {number(found.median, DECIMALS)}", result.question.measure.place(found.median)
    places = [list(result.answers.counts.index).index(name) for name in result.middle]
    return f"médiane dans {middle_class(result)}", sum(places) / len(places) + 0.5


def _columns(width, title, subtitle, result, called, middle, place) -> Figure:
    line = TEXT * LEADING
    tall, foot, head = 110.0, 20.0 + (max(map(len, called)) - 1) * line, 32.0
    counts = result.answers.counts.to_numpy()
    sheet, step, highest = Sheet(width, title, subtitle, head + tall + foot), width / len(counts), max(counts.max(), 1)
    floor = sheet.top + head + tall
    lengths = counts / highest * tall
    lefts = [i * step + 1 for i in range(len(counts))]
    sheet.axes.bar(lefts, -lengths, width=step - 2, bottom=floor, align="edge", color=GROUPS[result.place])
    sheet.axes.plot([0, width], [floor, floor], color=QUIET, linewidth=0.6)
    for i, (k, lines) in enumerate(zip(counts, called, strict=True)):
        sheet.write((i + 0.5) * step, head + tall - lengths[i] - 7, number(k), ha="center")
        for below, text in enumerate(lines):
            sheet.write((i + 0.5) * step, head + tall + 10 + below * line, text, QUIET, ha="center")
    x = place * step
    own = lengths[min(int(place), len(counts) - 1)]
    # The line leaves room for the count above the column that it crosses.
    for top, bottom in ((sheet.top - 2, floor - own - 15), (floor - own, floor)):
        sheet.axes.plot([x, x], [top, bottom], color=INK, linewidth=1)
    left = x > width / 2
    sheet.write(x - 4 if left else x + 4, 4, middle, weight="bold", ha="right" if left else "left")
    return sheet.figure


def _rows(width, title, subtitle, result, called, middle, place) -> Figure:
    counts = result.answers.counts.to_numpy()
    row, head = 22.0, TEXT * LEADING + 6
    gutter = max(measure(text, font(TEXT)) for text in called) + 8
    room = max(measure(number(k), font(TEXT, "bold")) for k in counts) + 8
    unit = (width - gutter - room) / max(counts.max(), 1)
    lines = wrap(f"— {middle}", width, font(SMALL, "bold"))
    sheet = Sheet(width, title, subtitle, row * len(counts) + head + (len(lines) - 1) * SMALL * LEADING)
    top = head + (len(lines) - 1) * SMALL * LEADING
    for i, (k, text) in enumerate(zip(counts, called, strict=True)):
        y = top + (i + 0.5) * row
        sheet.axes.barh(sheet.top + y, k * unit, height=row - 3, left=gutter, color=GROUPS[result.place])
        sheet.write(0, y, text, QUIET)
        sheet.write(gutter + k * unit + 5, y, number(k), weight="bold")
    y = sheet.top + top + place * row
    own = counts[min(int(place), len(counts) - 1)] * unit
    sheet.axes.plot([gutter - 6, gutter + own], [y, y], color=INK, linewidth=1.5)
    sheet.write_lines(0, head / 2 + (len(lines) - 1) * SMALL * LEADING / 2 - 3, lines, size=SMALL, weight="bold")
    return sheet.figure


def classes(result: NumberResult) -> Table:
    """Return count and share of every class of numbers, then who gave no answer."""
    table = options(result)
    header = (f"Classe (en {result.question.unite})", *table.header[1:])
    return Table(table.caption, header, table.rows, source=table.source, files=table.files, method=table.method)


def summary(results: Sequence[NumberResult]) -> Table:
    """Return the median and the quartiles of a number, one base a row."""
    first = results[0]
    counted = first.quartiles is None
    header = ("Base", "n", "Médiane", f"Médiane, {INTERVAL.lower()}", "Q1", "Q3")
    rows = tuple((capitalise(result.noun.plural), *_summed(result)) for result in results)
    method = "médiane et quartiles" + (
        " par classe" if counted else " ; intervalle exact entre deux réponses (loi binomiale)"
    )
    legend = f" ({HIDDEN} : non publié, trop peu de réponses d’un côté)" if any(HIDDEN in row for row in rows) else ""
    return Table(
        f"{first.question.libelle} : milieu des réponses, en {first.question.unite}{legend}",
        header,
        rows,
        source=first.source,
        files=(Origin.ANSWERS,),
        method=method,
    )


def _summed(result: NumberResult) -> tuple[str, ...]:
    if result.withheld:
        return (HIDDEN,) * 5
    found, n = result.quartiles, number(result.answers.n)
    if not result.answers.n:
        return (n, *[MISSING] * 4)
    if found is None:
        return (n, typeset(middle_class(result)), *[MISSING] * 3)

    def shown(name: str) -> str:
        return HIDDEN if name in found.hidden else number(getattr(found, name), DECIMALS)

    around = HIDDEN if "interval" in found.hidden else interval(found.interval, "", _decimals(found.interval))
    return (n, shown("median"), around, shown("q1"), shown("q3"))


def _decimals(found: Interval | None) -> int:
    return 0 if found is None else places(found.low, found.high)
