"""Where names and what is drawn of each of them stand: side by side or, on a phone, each name above."""

__all__ = ["BAR", "GAP", "Lines"]

from collections.abc import Sequence

import numpy as np

from utils.french import typeset
from utils.showing.canvas import Sheet, font, measure, wrap
from utils.showing.style import LEADING, TEXT, WIDE

BAR, GAP = 16.0, 8.0  # height of a line of bars, and the air below it


class Lines:
    """A drawing's lines, laid out at a width; lengths are points, from the top of the first.

    Parameters
    ----------
    names : sequence of str
    width : float
    tall, gap : float, optional
        Height of what is drawn on a line, and the air below it.
    most : float, optional
        What part of the width names may take that stand beside.

    Attributes
    ----------
    left : float
        Where what is drawn begins.
    places : list of float
        The middle of what is drawn on each line.
    heights : list of float
        How high a line is without its name above it: `tall`, or more where a name beside it has several lines.
    bottom : float
        Where the last line ends.
    """

    def __init__(
        self, names: Sequence[str], width: float, tall: float = BAR, gap: float = GAP, most: float = 0.42
    ) -> None:
        narrow, face = width < WIDE, font(TEXT)
        names = [typeset(name) for name in names]
        self.left = 0.0 if narrow else min(max(measure(name, face) for name in names), width * most) + 10
        self._names = [wrap(name, width - 10 if narrow else self.left - 8, face) for name in names]
        texts = [len(lines) * TEXT * LEADING for lines in self._names]
        above = np.array([text + 2 if narrow else 0.0 for text in texts])
        heights = np.array([tall if narrow else max(tall, text) for text in texts])
        tops = np.cumsum([0, *(above + heights + gap)])
        places = tops[:-1] + above + heights / 2
        self.places, self.heights, self.bottom = places.tolist(), heights.tolist(), float(tops[-1])
        self._written = (tops[:-1] + above / 2 - 1 if narrow else places).tolist()

    def write(self, sheet: Sheet, top: float = 0.0) -> None:
        """Write the names, of lines that begin at `top`."""
        for lines, y in zip(self._names, self._written, strict=True):
            sheet.write_lines(0, top + y, lines)
