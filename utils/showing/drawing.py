"""A chart as SVG that stands alone: small, and the same at every run."""

__all__ = ["as_svg", "drawn", "sketches"]

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape

import matplotlib as mpl

from utils.showing.canvas import Chart
from utils.showing.style import FORMS, NARROW, QUIET
from utils.showing.svg import ALONE, in_page, in_tags

_SEVERAL = re.compile(r"-?\d+\.\d+")
_ALONE_IN_A_GROUP = re.compile(r"<g>\n((?:<(?:path|text)\b[^<]*(?:/>|</text>)\n?)+)</g>\n?")
_sketching: ContextVar[bool] = ContextVar("sketching", default=False)


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
        return dict.fromkeys(FORMS, f'{ALONE} aria-label="{escape(chart.alt)}" viewBox="0 0 1 1"></svg>')
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


def _drawing(chart: Chart, width: float, form: str, mark: str) -> str:
    buffer = io.StringIO()
    # Text stays text: selectable, small, and set in the page's typeface.
    plain = {"svg.fonttype": "none", "text.parse_math": False}
    with mpl.rc_context({**plain, "svg.hashsalt": form, "path.simplify": False}):
        chart.draw(width).savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    drawing = buffer.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    view = re.search(r'viewBox="([^"]+)"', drawing).group(1)
    body = drawing[drawing.index(">") + 1 :]
    body = re.sub(r"<(metadata|defs)>.*?</\1>|<!--.*?-->", "", body, flags=re.DOTALL)
    body = _compact(in_tags(_without_what_says_nothing, body))
    name = f"{mark}. {chart.alt}" if mark else chart.alt
    if mark:
        left, top, wide, high = (float(side) for side in view.split())
        stamp = f'<text x="{wide}" y="{high + 12}" text-anchor="end" style="font-size: 9.5px; fill: {QUIET}">'
        view = f"{left:g} {top:g} {wide:g} {high + 16:g}"
        body = body.replace("</svg>", f"{stamp}{escape(mark)}</text></svg>")
    # The opening tag is written anew: no fixed size, and a name for screen readers.
    return f'{ALONE} role="img" aria-label="{escape(name)}" viewBox="{view}">{body.strip()}'


def _compact(body: str) -> str:
    """Return a drawing without groups of one element: a page holds dozens of drawings, each twice."""
    body = re.sub(r"\s*\n\s*", "\n", body)
    while (fewer := _ALONE_IN_A_GROUP.sub(r"\1", body)) != body:
        body = fewer
    return body


def _without_what_says_nothing(tag: str) -> str:
    """Return an element's tag without what the page knows: a tenth of a pixel is less than anyone sees.

    It tells a share no more exactly than its label does.
    """
    tag = re.sub(r' (id|clip-path)="[^"]*"', "", re.sub(r"\s*\n\s*", "\n", tag))
    tag = re.sub(r"font: [^;]*?(?:(bold|700) )?([\d.]+)px [^;\"]*", _font_style, tag)
    tag = re.sub(r' d="[^"]*"', lambda path: _SEVERAL.sub(_tenth, path.group()), tag)
    tag = re.sub(r"\n([MLCQz])", r"\1", tag).replace('\n"', '"')
    tag = tag.replace("; stroke-linejoin: miter", "").replace("font-family: 'DejaVu Sans'; ", "")
    return re.sub(r' transform="rotate\(-0 [^)]*\)"', "", tag)


def _tenth(number: re.Match[str]) -> str:
    return f"{float(number.group()):.1f}".removesuffix(".0")


def _font_style(match: re.Match[str]) -> str:
    weight = "font-weight: bold; " if match.group(1) else ""
    return f"{weight}font-size: {match.group(2)}px"
