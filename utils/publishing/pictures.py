"""Drawings as PNG, for whoever cannot use SVG: made once, as one takes longer than all else of a page."""

__all__ = ["picture"]

from functools import cache
from importlib.metadata import version

import vl_convert

from utils.paths import FONTS
from utils.publishing import kept
from utils.publishing.inputs import digest

SCALE = 2  # pixels of the picture for one of the drawing


def picture(drawing: str) -> bytes:
    """Return a drawing that stands alone, see `svg.as_file`, as PNG."""
    where = kept.path("graphique.png", digest(version("vl-convert-python"), str(SCALE), drawing))
    return kept.made(where, lambda: _made(drawing)).read_bytes()


def _made(drawing: str) -> bytes:
    _know_fonts()
    return vl_convert.svg_to_png(drawing, scale=SCALE)


@cache
def _know_fonts() -> None:
    """Let drawings find the type that they were measured in."""
    vl_convert.register_font_directory(str(FONTS))
