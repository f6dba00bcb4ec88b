"""The sheet that charts are drawn on: type, title block, measured text.

Lengths are points (1/72 inch) throughout; the vertical axis runs downwards, as a page does.
"""

__all__ = [
    "Chart",
    "Sheet",
    "describe",
    "empty",
    "font",
    "measure",
    "wrap",
]

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from utils.french import typeset
from utils.showing.style import INK, LEADING, QUIET, SMALL, TEXT, TITLE


@dataclass(frozen=True)
class Chart:
    """A drawing that can be made at any width, and what it shows in words.

    Attributes
    ----------
    draw : callable
        Takes a width in points, returns a new `Figure`.
    alt : str
        Text alternative: the finding, then every value.
    """

    draw: Callable[[float], Figure]
    alt: str


@cache
def font(size: float, weight: str = "normal") -> FontProperties:
    """Return the typeface that texts are measured with, `size` in points; a page sets them in its own."""
    return FontProperties(family="DejaVu Sans", size=size, weight=weight)


@cache
def measure(text: str, face: FontProperties) -> float:
    """Return how wide a line of text is, in points."""
    return text_to_path.get_text_width_height_descent(text, face, ismath=False)[0]


def wrap(text: str, width: float, face: FontProperties) -> list[str]:
    """Break a text at its plain spaces so that no line is wider than `width`."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and measure(f"{lines[-1]} {word}", face) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class Sheet:
    """A figure with its title and subtitle set, and room for a body of a given height."""

    def __init__(self, width: float, title: str, subtitle: str, body: float) -> None:
        title, subtitle = typeset(title), typeset(subtitle)
        lines = [(line, font(TITLE, "bold"), INK) for line in wrap(title, width, font(TITLE, "bold"))]
        subtitles = len(wrap(subtitle, width, font(SMALL)))
        lines += [(line, font(SMALL), QUIET) for line in wrap(subtitle, width, font(SMALL))]
        heights = [face.get_size() * LEADING for _, face, _ in lines]
        heights[-subtitles] += 4  # air between title and subtitle
        self.width, self.top = width, sum(heights) + 10
        self.figure = Figure(figsize=(width / 72, (self.top + body) / 72))
        self.axes = self.area(0, 0, width, self.top + body)
        for (line, face, colour), bottom in zip(lines, np.cumsum(heights), strict=True):
            self.axes.text(0, bottom - face.get_size() * 0.3, line, fontproperties=face, color=colour)

    def area(self, left: float, top: float, width: float, height: float) -> Axes:
        """Add bare axes whose units are points from the area's upper left corner."""
        total_width, total_height = (side * 72 for side in self.figure.get_size_inches())
        box = (left / total_width, 1 - (top + height) / total_height, width / total_width, height / total_height)
        axes = self.figure.add_axes(box)
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        return axes

    def write(self, x: float, y: float, text: str, colour: str = INK, **style) -> None:
        """Write one line, typeset, whose middle lies at `y` below the title block."""
        face = font(style.pop("size", TEXT), style.pop("weight", "normal"))
        self.axes.text(x, self.top + y, typeset(text), fontproperties=face, color=colour, va="center_baseline", **style)

    def write_lines(self, x: float, y: float, lines: Sequence[str], **style) -> None:
        """Write several lines whose block has its middle at `y`."""
        step = style.get("size", TEXT) * LEADING
        for i, line in enumerate(lines):
            self.write(x, y + (i - (len(lines) - 1) / 2) * step, line, **style)


def describe(kind: str, unit: str, title: str, values: Sequence[str]) -> str:
    r"""Return a text alternative: the kind of drawing, its unit and the ends of its scale, its finding, every value.

    Examples
    --------
    >>> describe("Diagramme en barres", "part en %", "Presque toutes disent oui.", ["Oui : 99 %", "Non : 1 %"])
    'Diagramme en barres, part en\xa0%. Presque toutes disent oui. Oui\xa0: 99\xa0%\u202f; Non\xa0: 1\xa0%.'
    """
    drawn = f"{kind}, {unit}" if unit else kind
    return typeset(f"{drawn}. {title.rstrip('.')}. {' ; '.join(values)}.")


def empty(title: str, subtitle: str) -> Chart:
    """Say in place of a drawing that there is nothing to draw."""

    def draw(width: float) -> Figure:
        sheet = Sheet(width, title, subtitle, 24)
        sheet.write(0, 12, "Rien à montrer.", QUIET)
        return sheet.figure

    return Chart(draw, describe("Graphique vide", "", title, ["rien à montrer"]))
