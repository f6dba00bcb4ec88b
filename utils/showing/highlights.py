"""What an edition has to say at first sight: its message, and how far what is not known could change it."""

__all__ = ["behind", "bounds", "message"]

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from utils.french import capitalise, typeset
from utils.showing import charts, tables
from utils.showing.canvas import Chart, Sheet, describe, empty, font, measure
from utils.showing.origins import of_design
from utils.showing.style import NEUTRAL, QUIET, SMALL, YES
from utils.statistics.intervals import Interval
from utils.survey.codebook import Source
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.wave import Wave
from utils.telling import phrases
from utils.telling.figures import number, percent


def message(wave: Wave) -> Chart:
    """Draw the shares that a survey's message stands on, a bar each; the wave has one."""
    shown, title = [wave.result(name) for name in wave.codebook.shown], phrases.message(wave)
    told = [result for result in shown if result.answers.n]
    subtitle = typeset(f"{capitalise(shown[0].noun.plural)}, part en %. {phrases.counted_as(told)}".strip())
    if not told:
        return empty(title, subtitle)
    shares = [phrases.told_by(result)[0] for result in told]
    rows = pd.DataFrame(
        {
            "label": [phrases.stands_for(result) for result in told],
            "share": shares,
            "value": [percent(share) for share in shares],
            "colour": [YES[0], *([YES[1]] * (len(told) - 1))],
            "interval": None,
        }
    )
    unit = f"part en % des {told[0].noun.plural}"
    alt = describe("Diagramme en barres", unit, title, [f"{r.label} : {r.value}" for r in rows.itertuples()])
    return Chart(lambda width: charts.bar_figure(width, title, subtitle, rows), alt)


def bounds(share: float, ends: Interval, title: str, subtitle: str) -> Chart:
    """Draw a share (0..1) and the least and the greatest that it could be, on one axis."""
    low, high = ends.low, ends.high
    told = [f"au moins {percent(low)}", f"observé {percent(share)}", f"au plus {percent(high)}"]
    alt = describe("Axe de 0 à 100 %", "part en %", title, told)

    def draw(width: float) -> Figure:
        sheet = Sheet(width, title, subtitle, 66)
        room = measure("100 %", font(SMALL)) / 2 + 2
        unit, y = width - 2 * room, sheet.top + 28
        sheet.axes.plot([room, room + unit], [y, y], color=NEUTRAL, linewidth=2)
        sheet.axes.barh(y, (high - low) * unit, height=12, left=room + low * unit, color=YES[2])
        sheet.axes.add_patch(Circle((room + share * unit, y), 6, color=YES[0], zorder=3))
        sheet.write(room + share * unit, 10, percent(share), YES[0], weight="bold", ha="center")
        for end in (low, high):
            sheet.write(room + end * unit, 48, percent(end), weight="bold", ha="center")
        for end, text in ((0, "0"), (1, "100 %")):
            sheet.write(room + end * unit, 48, text, QUIET, size=SMALL, ha="center")
        return sheet.figure

    return Chart(draw, alt)


def behind(wave: Wave) -> tables.Table:
    """Return the shares that a survey's message stands on, a row each; the wave has one."""
    shown = [wave.result(name) for name in wave.codebook.shown]
    rows = [_row(result) for result in shown]
    whom = capitalise(shown[0].noun.plural)
    return tables.Table(
        f"Ce que répondent les {shown[0].noun.plural}",
        ("Réponse", whom, tables.part_of(shown[0]), tables.INTERVAL),
        tuple(rows),
        source=Source(base=shown[0].base),
        files=of_design(shown[0].design),
        method=tables.shares_of(shown[0].design),
    )


def _row(result: LikertResult | ChoiceResult) -> tuple[str, ...]:
    name, n = result.question.libelle, number(result.answers.n)
    if not result.answers.n:
        return name, n, tables.share(math.nan), tables.interval(None)
    share, around, _ = phrases.told_by(result)
    return f"{name} : {phrases.stands_for(result)}", n, tables.share(share), tables.interval(around)
