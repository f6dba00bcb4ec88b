"""A chart as inline SVG: small, the same at every run, in the page's own ink on light and dark grounds."""

__all__ = ["FORMS", "VARIABLES", "as_file", "as_svg", "drawn", "in_page", "sketches"]

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
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


_sketching: ContextVar[bool] = ContextVar("sketching", default=False)

FORMS = {"large": WIDE, "etroit": NARROW}  # for screens, and for phones
# What a drawing needs where no page brings its typeface and its name space.
_ALONE = '<svg xmlns="http://www.w3.org/2000/svg" font-family="DejaVu Sans, Verdana, sans-serif"'


_SEVERAL = re.compile(r"-?\d+\.\d+")
_ALONE_IN_A_GROUP = re.compile(r"<g>\n((?:<(?:path|text)\b[^<]*(?:/>|</text>)\n?)+)</g>\n?")


def drawn(chart: Chart, mark: str = "") -> dict[str, str]:
    """Return both drawings of a chart, by form (`FORMS`), each with the chart's text alternative.

    Parameters
    ----------
    chart : Chart
    mark : str
        Written under the drawing, and said first by a screen reader.
    """
    if _sketching.get():
        chart.draw(NARROW)
        return dict.fromkeys(FORMS, f'{_ALONE} aria-label="{escape(chart.alt)}" viewBox="0 0 1 1"></svg>')
    return {form: _drawing(chart, width, form, mark) for form, width in FORMS.items()}


@contextmanager
def sketches() -> Iterator[None]:
    """Within it, a chart is drawn once and not written down: enough to know that it can be."""
    token = _sketching.set(True)
    try:
        yield
    finally:
        _sketching.reset(token)


def as_svg(chart: Chart, mark: str = "") -> str:
    """Return both drawings of a chart in the page's own ink; see `drawn` and `in_page`."""
    return in_page(drawn(chart, mark))


def in_page(drawings: Mapping[str, str]) -> str:
    """Return both drawings in the page's own ink.

    The style sheet shows the one that fits the screen; the other is hidden from
    everyone, screen readers included.
    """
    return "".join(_in_page(drawing, form) for form, drawing in drawings.items())


def _in_page(drawing: str, form: str) -> str:
    end = drawing.index(">")
    opening = drawing[:end].replace(_ALONE, f'<svg class="{form}"', 1)
    return opening + re.sub(r"#[0-9a-f]{6}", lambda m: _themed(m.group()), drawing[end:])


def as_file(drawing: str, source: str) -> str:
    """Return a drawing as a file that stands alone: its own ground, and where it comes from.

    Parameters
    ----------
    drawing : str
        One of those of `drawn`.
    source : str
        Written below the drawing.
    """
    name = re.search(r'aria-label="([^"]*)"', drawing).group(1)
    left, top, wide, high = (float(side) for side in re.search(r'viewBox="([^"]+)"', drawing).group(1).split())
    body = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
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
    body = _compact(body)
    name = f"{mark}. {chart.alt}" if mark else chart.alt
    if mark:
        left, top, wide, high = (float(side) for side in view.split())
        stamp = f'<text x="{wide}" y="{high + 12}" text-anchor="end" style="font-size: 9.5px; fill: {QUIET}">'
        view = f"{left:g} {top:g} {wide:g} {high + 16:g}"
        body = body.replace("</svg>", f"{stamp}{escape(mark)}</text></svg>")
    # The opening tag is written anew: no fixed size, and a name for screen readers.
    return f'{_ALONE} role="img" aria-label="{escape(name)}" viewBox="{view}">{body.strip()}'


def _compact(body: str) -> str:
    """Return a drawing's elements without what says nothing: a page holds dozens of drawings, each twice.

    A tenth of a pixel is less than anyone sees, and tells a share no more exactly than its label does.
    """
    body = re.sub(r"\s*\n\s*", "\n", body)
    body = re.sub(r' d="[^"]*"', lambda path: _SEVERAL.sub(_tenth, path.group()), body)
    body = re.sub(r"\n([MLCQz])", r"\1", body).replace('\n"', '"')
    body = body.replace("; stroke-linejoin: miter", "").replace("font-family: 'DejaVu Sans'; ", "")
    body = re.sub(r' transform="rotate\(-0 [^)]*\)"', "", body)
    while (fewer := _ALONE_IN_A_GROUP.sub(r"\1", body)) != body:
        body = fewer
    return body


def _tenth(number: re.Match[str]) -> str:
    return f"{float(number.group()):.1f}".removesuffix(".0")


def _font_style(match: re.Match[str]) -> str:
    weight = "font-weight: bold; " if match.group(1) else ""
    return f"{weight}font-size: {match.group(2)}px"


def _themed(colour: str) -> str:
    return f"var({VARIABLES[colour]}, {colour})" if colour in VARIABLES else colour
