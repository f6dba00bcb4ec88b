"""Shares and participation as maps, in the charts' own style: a finding as title, direct labels, two widths.

Places are drawn on an equidistant cylindrical projection true to scale at their middle
latitude (Snyder 1987, *Map Projections: A Working Manual*, p. 90): over Wallonia's one
degree and a third, shapes stay right to about a hundredth.
"""

__all__ = ["participation", "shares"]

from collections.abc import Collection, Iterable
from math import cos, radians

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from utils.french import capitalise, typeset
from utils.showing.canvas import Chart, Sheet, describe, empty, font, measure, wrap
from utils.showing.style import INK, LEADING, NEUTRAL, QUIET, RAMP, SMALL, TEXT, WIDE, YES
from utils.statistics.intervals import LEVEL
from utils.survey.outlines import Outlines, Shape
from utils.survey.results import HIDDEN
from utils.survey.strata import Strata
from utils.telling.figures import count, number, percent, span

GRID = 2  # points of the drawing are rounded to this part of a point: neighbours keep one border, files stay small
ROOMY = (0.9, 0.7)  # a label that takes more of its place's width or height stands outside
TALLEST = 1.2  # of a map, in widths
_KEY, _BOX = 34.0, 11.0  # heights


class _Plane:
    """From longitude and latitude to points of the sheet, the upper left corner of the map being the origin."""

    def __init__(self, outlines: Outlines, width: float) -> None:
        every = np.vstack([ring for shape in outlines.shapes.values() for polygon in shape for ring in polygon])
        (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
        self.corner, across = np.array([west, north]), cos(radians((south + north) / 2))
        scale = min(width / ((east - west) * across), TALLEST * width / (north - south))
        self.scale = np.array([across * scale, -scale])
        self.height = (north - south) * scale

    def place(self, positions: Iterable) -> np.ndarray:
        return (np.asarray(positions, dtype=float) - self.corner) * self.scale

    def size(self, shape: Shape) -> np.ndarray:
        """Return a place's width and height on the sheet."""
        return np.abs(np.ptp(np.vstack([ring for polygon in shape for ring in polygon]), axis=0) * self.scale)

    def path(self, shapes: Iterable[Shape]) -> Path | None:
        """Return places as one path; None where nothing of them is large enough to be drawn."""
        rings = [
            _turned(ring, outer=i == 0)
            for shape in shapes
            for polygon in shape
            for i, ring in enumerate(_simplified(self.place(ring)) for ring in polygon)
            if len(ring)
        ]
        if not rings:
            return None
        codes = [[Path.MOVETO, *[Path.LINETO] * (len(ring) - 1), Path.CLOSEPOLY] for ring in rings]
        return Path(np.vstack([np.vstack([ring, ring[:1]]) for ring in rings]), np.concatenate(codes))


def _simplified(ring: np.ndarray) -> np.ndarray:
    """Round a ring's points, and drop those that then repeat one or lie on a line; none where no area is left."""
    points = np.round(ring * GRID)
    while True:
        before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
        kept = _cross(points - before, after - points) != 0
        # Of points that fall together the first stays, whatever its neighbours.
        kept |= (points == after).all(axis=1) & (points != before).any(axis=1)
        if kept.all() or not len(points):
            return points / GRID
        points = points[kept]


def _cross(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]


def _turned(ring: np.ndarray, *, outer: bool) -> np.ndarray:
    """Turn outer rings one way and holes the other, so that holes stay open whoever wrote the file."""
    return ring if (_cross(ring, np.roll(ring, -1, axis=0)).sum() > 0) is np.bool_(outer) else ring[::-1]


def shares(strata: Strata, outlines: Outlines, title: str, what: str) -> Chart:
    """Draw the share of each province as the strength of its fill, in quarters of the scale.

    The steps are the same on every map: one colour means one quarter, whatever the edition.

    Parameters
    ----------
    strata : Strata
        By province.
    outlines : Outlines
        Of the territory's provinces, with the places of their labels; one of which no commune is asked has no fill.
    title : str
        The finding.
    what : str
        The share, as the subject of the subtitle: « Part des communes participantes qui sont actives ».
    """
    noun = strata.division
    warning = f"La surface {noun.d_un} ne dit rien du nombre de ses communes."
    unasked = [s for s in outlines.shapes if s not in strata.labels]
    warning += " Sans couleur : aucune commune n’y a été interrogée." if unasked else ""
    if not strata.total:
        return empty(title, what)
    alt = describe(f"Carte des {noun.pluriel}", "part en %", title, [_told(strata, s) for s in strata.labels])

    def draw(width: float) -> Figure:
        narrow = width < WIDE
        subtitle = f"{what}, en % (n = {number(strata.total)}). "
        subtitle += "" if narrow else f"En dessous, les effectifs et l’intervalle à {percent(LEVEL)}. "
        subtitle += f"{HIDDEN} : non publié. " if strata.hidden else ""
        plane, blocks = _Plane(outlines, width), {s: _block(strata, s, narrow) for s in strata.labels}
        high = {s: sum(size * LEADING for _, size, _ in block) for s, block in blocks.items()}
        sizes = {s: plane.size(outlines.shapes[s]) * ROOMY for s in strata.labels}
        outside = [s for s, block in blocks.items() if _width(block) > sizes[s][0] or high[s] > sizes[s][1]]
        head = max((high[s] + 6 for s in outside), default=0.0)
        source = wrap(typeset(f"Tracé : {outlines.source}."), width, font(SMALL))
        body = head + plane.height + 8 + len(source) * SMALL * LEADING
        sheet = Sheet(width, title, typeset(subtitle + warning), body)
        for s in unasked:
            _fill(sheet, plane.path([outlines.shapes[s]]), head, "none", QUIET, 0.8)
        for s in strata.labels:
            _fill(sheet, plane.path([outlines.shapes[s]]), head, _colour(strata, s), QUIET, 0.8)
        for s, block in blocks.items():
            x, y = plane.place(outlines.labels[s])
            if s in outside:
                sheet.axes.plot([x, x], [sheet.top + high[s], sheet.top + head + y], color=INK, linewidth=0.8)
            top = 0.0 if s in outside else head + y - high[s] / 2
            for text, size, weight in block:
                sheet.write(x, top + size * LEADING / 2, text, size=size, weight=weight, ha="center")
                top += size * LEADING
        _key(sheet, head + plane.height - _KEY, narrow)
        sheet.write_lines(0, body - len(source) * SMALL * LEADING / 2, source, size=SMALL, colour=QUIET)
        return sheet.figure

    return Chart(draw, alt)


def _told(strata: Strata, stratum: str) -> str:
    """Tell one province in words: share, counts, interval."""
    label, (told, other) = capitalise(strata.labels[stratum]), strata.counts.loc[stratum]
    if stratum in strata.hidden:
        return f"{label} : non publié"
    if not told + other:
        return f"{label} : aucune commune"
    around = strata.interval(stratum)
    ends = f"intervalle à {percent(LEVEL)} : {span(around.low, around.high)}"
    return f"{label} : {percent(strata.shares[stratum])} ({number(told)} sur {number(told + other)}, {ends})"


def _block(strata: Strata, stratum: str, narrow: bool) -> list[tuple[str, float, str]]:
    """Return the lines written on a province, with size and weight."""
    told, other = strata.counts.loc[stratum]
    name = (capitalise(typeset(strata.labels[stratum])), SMALL if narrow else TEXT, "normal")
    if stratum in strata.hidden:
        return [name, (HIDDEN, TEXT, "bold")]
    if not told + other:
        return [name, ("aucune commune", SMALL, "normal")]
    block = [name, (percent(strata.shares[stratum]), TEXT, "bold")]
    if narrow:  # on a phone's map there is room for no more
        return block
    around = strata.interval(stratum)
    counts = (f"{number(told)} sur {number(told + other)}", SMALL, "normal")
    return [*block, counts, (span(around.low, around.high), SMALL, "normal")]


def _width(block: list[tuple[str, float, str]]) -> float:
    return max(measure(text, font(size, weight)) for text, size, weight in block)


def _colour(strata: Strata, stratum: str) -> str:
    share = strata.shares[stratum]
    if np.isnan(share):
        return NEUTRAL
    return RAMP[min(int(share * len(RAMP)), len(RAMP) - 1)]


def _fill(sheet: Sheet, path: Path | None, top: float, colour: str, edge: str, line: float) -> None:
    if path is None:
        return
    # The sheet's top is rounded too, so that the drawing's own points stay on the grid.
    shift = (0, round((sheet.top + top) * GRID) / GRID)
    patch = Path(path.vertices + shift, path.codes)
    sheet.axes.add_patch(PathPatch(patch, facecolor=colour, edgecolor=edge, linewidth=line, joinstyle="round"))


def _key(sheet: Sheet, top: float, narrow: bool) -> None:
    """Draw the steps of the fills as a strip with its ends and joins."""
    step = 21.0 if narrow else 30.0
    for i, colour in enumerate(RAMP):
        box = Rectangle((i * step, sheet.top + top), step, _BOX, facecolor=colour, edgecolor=QUIET, linewidth=0.6)
        sheet.axes.add_patch(box)
    for i in range(len(RAMP) + 1):
        side = "left" if i == 0 else "center"
        sheet.write(i * step, top + _BOX + 8, number(100 * i / len(RAMP)), QUIET, size=SMALL, ha=side)


def participation(strata: Strata, present: Collection[str], outlines: Outlines, title: str) -> Chart:
    """Draw which communes took part: two fills, no name, and nothing of what any commune answered.

    Parameters
    ----------
    strata : Strata
        Participation by province: what the text alternative tells.
    present : collection of str
        INS codes of the communes that took part.
    outlines : Outlines
        Of all communes asked, by INS code.
    title : str
        The finding.
    """
    told = number(strata.counts.iloc[:, 0].sum()), number(strata.counts.iloc[:, 1].sum())
    kinds = (
        (f"A répondu ({told[0]})", YES[0], [shape for code, shape in outlines.shapes.items() if code in present]),
        (f"N’a pas répondu ({told[1]})", NEUTRAL, [s for code, s in outlines.shapes.items() if code not in present]),
    )
    subtitle = typeset(
        "Communes interrogées, selon qu’elles ont pris part à l’enquête ; ce qu’elles ont répondu n’y figure pas. "
        "La surface d’une commune ne dit rien du nombre de ses habitants."
    )
    values = [
        f"{capitalise(strata.labels[s])} : {count(yes, 'commune', 'communes')} sur {number(yes + no)}"
        for s, (yes, no) in strata.counts.iterrows()
    ]
    alt = describe("Carte des communes qui ont répondu, sans leur nom", "nombre de communes", title, values)

    def draw(width: float) -> Figure:
        plane, source = _Plane(outlines, width), wrap(typeset(f"Tracé : {outlines.source}."), width, font(SMALL))
        head = 26.0
        body = head + plane.height + 8 + len(source) * SMALL * LEADING
        sheet, x = Sheet(width, title, subtitle, body), 0.0
        for label, colour, shapes in kinds:
            sheet.axes.add_patch(Rectangle((x, sheet.top + 3), _BOX, _BOX, facecolor=colour, edgecolor="none"))
            sheet.write(x + _BOX + 5, 3 + _BOX / 2, label, size=SMALL)
            x += _BOX + 5 + measure(label, font(SMALL)) + 16
            _fill(sheet, plane.path(shapes), head, colour, "white", 0.4)
        sheet.write_lines(0, body - len(source) * SMALL * LEADING / 2, source, size=SMALL, colour=QUIET)
        return sheet.figure

    return Chart(draw, alt)
