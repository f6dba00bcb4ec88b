"""A chart as inline SVG: small, the same at every run, in the page's own ink on light and dark grounds."""

__all__ = ["ALONE", "as_file", "in_page", "in_tags"]

import re
from collections.abc import Callable, Mapping
from html import escape

from utils.showing.style import QUIET, VARIABLES

# What a drawing needs where no page brings its typeface and its name space.
ALONE = '<svg xmlns="http://www.w3.org/2000/svg" font-family="DejaVu Sans, Verdana, sans-serif"'


_TAG = re.compile(r"<[^>]*>")
_STYLE = re.compile(r' style="([^"]*)"')
_DECLARED = re.compile(r"\s*([a-z-]+):\s*([^;]*?)\s*(?:;|$)")


def in_page(drawings: Mapping[str, str]) -> str:
    """Return both drawings in the page's own ink.

    The style sheet shows the one that fits the screen; the other is hidden from
    everyone, screen readers included. What a style says stands in attributes, which a
    page may hold that lets no style but its sheets' do anything.
    """
    return "".join(_in_page(drawing, form) for form, drawing in drawings.items())


def _in_page(drawing: str, form: str) -> str:
    end = drawing.index(">")
    opening = drawing[:end].replace(ALONE, f'<svg class="{form}"', 1)
    return opening + in_tags(_inked, drawing[end:])


def in_tags(change: Callable[[str], str], drawing: str) -> str:
    """Change the tags of a drawing, and leave its texts as they were typed."""
    return _TAG.sub(lambda tag: change(tag.group()), drawing)


def _inked(tag: str) -> str:
    tag = _STYLE.sub(lambda style: _DECLARED.sub(r' \1="\2"', style[1]), tag)
    return re.sub(r"#[0-9a-f]{6}", lambda colour: _themed(colour.group()), tag)


def as_file(drawing: str, source: str) -> str:
    """Return a drawing as a file that stands alone: its own ground, and where it comes from.

    Parameters
    ----------
    drawing : str
        One of those of `drawing.drawn`.
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


def _themed(colour: str) -> str:
    return f"var({VARIABLES[colour]}, {colour})" if colour in VARIABLES else colour
