"""How firm an order and its gaps are: the ranks that chance could give, and how many ways of computing agree."""

__all__ = ["ranks", "robustness"]

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from utils.french import capitalise, typeset
from utils.showing.canvas import Chart, Sheet, describe, empty, font, measure
from utils.showing.lines import Lines
from utils.showing.style import LEADING, NEUTRAL, NO, QUIET, SMALL, TEXT, YES
from utils.statistics.compare import ALPHA
from utils.statistics.intervals import LEVEL
from utils.survey.items import Family
from utils.telling import overviews
from utils.telling.contrasts import robust
from utils.telling.figures import number, percent, span

_AGREE = "agree"  # the criterion that a reader sees on the other drawings
_TALL, _GAP, _DOT = 22.0, 4.0, 3.6


@dataclass(frozen=True)
class _Rank:
    """Where an item comes in one group, and between which ranks chance could place it."""

    rank: int
    low: int
    high: int


def ranks(family: Family) -> Chart:
    """Draw the rank of every item by its share in agreement, and the ranks that other draws would give it.

    Two groups stand on one line an item, the first above the second.
    """
    labels = {r.question.id: capitalise(r.question.libelle) for group in family.groups for r in group}
    nouns = [group[0].noun.plural for group in family.groups]
    found = [_by_agreement(family, group[0].base) for group in family.groups]
    items = [name for name in labels if any(name in ranked for ranked in found)]
    items.sort(key=lambda name: found[0][name].rank if name in found[0] else len(labels))
    title = overviews.places(family)
    subtitle = f"Rang selon la part d’accord. Point : rang observé ; trait : rangs possibles, à {percent(LEVEL)}."
    if not items:
        return empty(title, subtitle)
    told = [
        f"{labels[name]} : "
        + ", ".join(
            f"{noun} {number(ranked[name].rank)} ({span(ranked[name].low, ranked[name].high, '')})"
            for noun, ranked in zip(nouns, found, strict=True)
            if name in ranked
        )
        for name in items
    ]
    kinds = (YES[0], NO[0]) if len(found) > 1 else (YES[0],)
    last = max(len(ranked) for ranked in found)

    def draw(width: float) -> Figure:
        head = (SMALL * LEADING + 4) * (len(found) > 1) + 16
        lines = Lines([labels[name] for name in items], width, tall=_TALL, gap=_GAP)
        sheet = Sheet(width, title, subtitle, head + lines.bottom)
        lines.write(sheet, head)
        if len(found) > 1:
            _legend(sheet, nouns, kinds)
        places = lines.left + 10 + (width - lines.left - 20) * np.linspace(0, 1, max(last, 2))
        for rank in range(1, last + 1):
            sheet.write(places[rank - 1], head - 8, number(rank), QUIET, size=SMALL, ha="center")
        for name, y in zip(items, lines.places, strict=True):
            for side, (ranked, colour) in enumerate(zip(found, kinds, strict=True)):
                if name in ranked:
                    _whisker(sheet, ranked[name], places, head + y + (side - (len(found) - 1) / 2) * 9, colour)
        return sheet.figure

    return Chart(draw, describe("Points et traits", "rang", title, told))


def _by_agreement(family: Family, base: str) -> dict[str, _Rank]:
    rows = family.rankings[base]
    rows = rows[rows["criterion"] == _AGREE]
    return {row.item: _Rank(int(row.rank), int(row.low), int(row.high)) for row in rows.itertuples()}


def _whisker(sheet: Sheet, found: _Rank, places: Sequence[float], y: float, colour: str) -> None:
    low, at, high = (places[rank - 1] for rank in (found.low, found.rank, found.high))
    sheet.axes.plot([low, high], [sheet.top + y] * 2, color=colour, linewidth=2, solid_capstyle="butt")
    sheet.axes.add_patch(Circle((at, sheet.top + y), _DOT + 0.6, color=colour, zorder=3))


def _legend(sheet: Sheet, nouns: Sequence[str], kinds: Sequence[str]) -> None:
    x, y = 0.0, SMALL * LEADING / 2
    for noun, colour in zip(nouns, kinds, strict=True):
        text = typeset(capitalise(noun))
        sheet.axes.add_patch(Circle((x + _DOT + 1, sheet.top + y), _DOT, color=colour))
        sheet.write(x + 12, y, text, QUIET, size=SMALL)
        x += 12 + measure(text, font(SMALL)) + 16


def robustness(family: Family) -> Chart:
    """Draw in how many ways of computing each gap lies below the threshold: a square a way, filled where it does."""
    told = [pair for pair in family.pairs if not pair.withheld and pair.specifications]
    title = robust(family)
    subtitle = f"Un carré par manière de calculer l’écart ; plein : p sous {percent(ALPHA)}, sans correction."
    if not told:
        return empty(title, subtitle)
    values = [f"{number(pair.below)} sur {number(len(pair.specifications))}" for pair in told]
    names = [capitalise(pair.active.question.libelle) for pair in told]
    alt = describe(
        "Rangées de carrés", "manières de calculer", title, [f"{n} : {v}" for n, v in zip(names, values, strict=True)]
    )
    most = max(len(pair.specifications) for pair in told)

    def draw(width: float) -> Figure:
        lines = Lines(names, width, tall=_TALL, gap=_GAP)
        sheet = Sheet(width, title, subtitle, lines.bottom)
        lines.write(sheet)
        room = max(measure(value, font(TEXT, "bold")) for value in values) + 8
        # Squares: a circle is ten times as long in the file, and there are a hundred.
        step = min((width - lines.left - room) / most, 3 * _DOT)
        side = min(2 * _DOT, step * 0.84)
        for pair, value, y in zip(told, values, lines.places, strict=True):
            for i in range(len(pair.specifications)):
                colour = YES[0] if i < pair.below else NEUTRAL
                place = (lines.left + step * (i + 0.5) - side / 2, sheet.top + y - side / 2)
                sheet.axes.add_patch(Rectangle(place, side, side, color=colour, linewidth=0))
            sheet.write(lines.left + step * len(pair.specifications) + 6, y, value, weight="bold")
        return sheet.figure

    return Chart(draw, alt)
