"""A chart as inline SVG: small, the same at every run, in the page's own ink on light and dark grounds."""

__all__ = ["VARIABLES", "as_file", "as_svg"]

import io
import re
from html import escape

import matplotlib as mpl

from utils.showing.canvas import INK, NARROW, NEUTRAL, NO, QUIET, RAMP, WHOLE, WIDE, YES, Chart

# Colours that the style sheet changes in dark mode; the value stands where it does not reach.
VARIABLES = {
    INK: "--encre",
    QUIET: "--encre-discrete",
    NEUTRAL: "--neutre",
    WHOLE: "--ensemble",
    "white": "--fond",
    "#ffffff": "--fond",
    **{colour: f"--non-{i}" for i, colour in enumerate(NO, 1)},
    **{colour: f"--oui-{i}" for i, colour in enumerate(YES, 1)},
    **{colour: f"--teinte-{i}" for i, colour in enumerate(RAMP, 1)},
}


def as_svg(chart: Chart, mark: str = "") -> str:
    """Return both drawings of a chart, each with the chart's text alternative.

    Parameters
    ----------
    chart : Chart
    mark : str
        Written under the drawing, and said first by a screen reader.

    The style sheet shows the one that fits the screen; the other is hidden from
    everyone, screen readers included.
    """
    forms = {"large": WIDE, "etroit": NARROW}
    return "".join(_drawing(chart, width, form, mark) for form, width in forms.items())


def as_file(drawing: str, source: str) -> str:
    """Return a drawing of `as_svg` as a file that stands alone: light colours, its own ground, where it comes from.

    Parameters
    ----------
    drawing : str
        One of the two `<svg>` elements, as it is on the page.
    source : str
        Written below the drawing.
    """
    name = re.search(r'aria-label="([^"]*)"', drawing).group(1)
    left, top, wide, high = (float(side) for side in re.search(r'viewBox="([^"]+)"', drawing).group(1).split())
    body = re.sub(r"var\(--[a-z0-9-]+, ([^)]+)\)", r"\1", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")])
    below = f'<text x="0" y="{high + 14:g}" style="font-size: 9.5px; fill: {QUIET}">{escape(source)}</text>'
    edge = 12  # white around the drawing
    box = (left - edge, top - edge, wide + 2 * edge, high + 20 + 2 * edge)
    x, y, width, height = (f"{side:g}" for side in box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'font-family="DejaVu Sans, Verdana, sans-serif" width="{width}" height="{height}" '
        f'viewBox="{x} {y} {width} {height}"><title>{name}</title>'
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#ffffff"/>{body}{below}</svg>\n'
    )


def _drawing(chart: Chart, width: float, form: str, mark: str) -> str:
    buffer = io.StringIO()
    # Text stays text: selectable, small, and set in the page's typeface.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": form, "path.simplify": False}):
        chart.draw(width).savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    drawing = buffer.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    view = re.search(r'viewBox="([^"]+)"', drawing).group(1)
    body = drawing[drawing.index(">") + 1 :]
    body = re.sub(r"<(metadata|defs)>.*?</\1>|<!--.*?-->", "", body, flags=re.DOTALL)
    body = re.sub(r' (id|clip-path)="[^"]*"', "", body)
    body = re.sub(r"font: [^;]*?(?:(bold|700) )?([\d.]+)px [^;\"]*", _font_style, body)
    body = re.sub(r"#[0-9a-f]{6}", lambda m: _themed(m.group()), body)
    body = re.sub(r"\n\s*", "\n", body)
    name = f"{mark}. {chart.alt}" if mark else chart.alt
    if mark:
        left, top, wide, high = (float(side) for side in view.split())
        stamp = f'<text x="{wide}" y="{high + 12}" text-anchor="end" style="font-size: 9.5px; fill: {_themed(QUIET)}">'
        view = f"{left:g} {top:g} {wide:g} {high + 16:g}"
        body = body.replace("</svg>", f"{stamp}{escape(mark)}</text></svg>")
    # The opening tag is written anew: no fixed size, and a name for screen readers.
    return f'<svg class="{form}" role="img" aria-label="{escape(name)}" viewBox="{view}">{body.strip()}'


def _font_style(match: re.Match[str]) -> str:
    weight = "font-weight: bold; " if match.group(1) else ""
    return f"{weight}font-size: {match.group(2)}px"


def _themed(colour: str) -> str:
    return f"var({VARIABLES[colour]}, {colour})" if colour in VARIABLES else colour
