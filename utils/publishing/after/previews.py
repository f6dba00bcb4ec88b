"""The picture that a message shows of a page: its title and what it found, in the book's colours."""

__all__ = ["SIZE", "preview"]

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from utils.paths import FONTS
from utils.publishing import inputs, kept
from utils.showing.style import INK, NO, QUIET, YES

SIZE = (1200, 630)  # what social networks ask for
_MARGIN, _WIDTH = 80, 1040
_PAPER = "#ffffff"
_COLOURS = 48  # flat colours and the steps between ink and paper: a quarter of the weight


def preview(title: str, finding: str, book: str, edition: str, notice: str = "") -> bytes:
    """Return the picture of a page, as PNG; drawn once, see `kept`.

    Parameters
    ----------
    title, finding : str
        What the picture says, in large and in middle type; too long a text ends in an ellipsis.
    book, edition : str
        Where the page stands.
    notice : str
        What nobody may overlook, on the strong brown: that the data is invented.
    """
    told = (title, finding, book, edition, notice)
    made_of = inputs.digest(*told, inputs.code(__name__), inputs.versions())
    return kept.made(kept.path("apercu.png", made_of), lambda: _drawn(*told)).read_bytes()


def _drawn(title: str, finding: str, book: str, edition: str, notice: str) -> bytes:
    image = Image.new("RGB", SIZE, _PAPER)
    sheet = ImageDraw.Draw(image)
    # The three bars of the book's sign.
    for i, (length, colour) in enumerate(((56, YES[0]), (80, YES[1]), (34, NO[0]))):
        sheet.rounded_rectangle((_MARGIN, 62 + 22 * i, _MARGIN + length, 78 + 22 * i), 3, fill=colour)
    _write(sheet, (_MARGIN + 110, 62), book, 26, QUIET, lines=1, width=_WIDTH - 110)
    _write(sheet, (_MARGIN + 110, 98), edition, 26, QUIET, lines=1, width=_WIDTH - 110)
    bottom = _write(sheet, (_MARGIN, 182), title, 62, INK, lines=2, bold=True)
    _write(sheet, (_MARGIN, bottom + 26), finding, 38, YES[0], lines=(540 - bottom) // 50)
    if notice:
        sheet.rectangle((0, SIZE[1] - 70, SIZE[0], SIZE[1]), fill=NO[0])
        _write(sheet, (_MARGIN, SIZE[1] - 54), notice, 30, _PAPER, lines=1, bold=True)
    else:
        sheet.rectangle((0, SIZE[1] - 16, SIZE[0], SIZE[1]), fill=YES[0])
    written = io.BytesIO()
    image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(written, "PNG")
    return written.getvalue()


def _write(
    sheet: ImageDraw.ImageDraw,
    place: tuple[int, int],
    text: str,
    size: int,
    colour: str,
    *,
    lines: int,
    bold: bool = False,
    width: int = _WIDTH,
) -> int:
    """Write a text within some lines and return where it ends."""
    face, (x, y) = _font(size, bold), place
    for line in _wrap(text, face, lines, width):
        sheet.text((x, y), line, font=face, fill=colour)
        y += round(size * 1.3)
    return y


def _wrap(text: str, face: ImageFont.FreeTypeFont, most: int, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and face.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = lines[:most]
        while face.getlength(f"{lines[-1]}…") > width:
            shorter = lines[-1].rpartition(" ")[0]
            lines[-1] = shorter or lines[-1][:-1]  # one long word is cut too
        lines[-1] = f"{lines[-1].rstrip(' ,;:(')}…"
    return lines


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    # The typeface of the charts' files; Matplotlib brings it.
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(FONTS / name, size)
