"""A page for each figure, to put into another page or to send: the chart, its source, the way back; no script.

Its address, in a message, shows the figure's own picture.
"""

__all__ = ["FOLDER", "offer"]

import math
import re
from collections.abc import Iterator
from functools import cache
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urljoin

import jinja2
from PIL import Image

from utils import paths
from utils.french import NBSP, typeset
from utils.publishing.after.pages import Page
from utils.publishing.after.sharing import INVENTED
from utils.publishing.hosting import is_local
from utils.survey.wave import Wave

FOLDER, TEMPLATE = "figures", "figure.html"
WIDTHS = {"large": 700, "etroit": 340}  # pixels, at which each form is likely to be shown
# What the licence of the content asks, and what is missing where the book is published nowhere.
REUSE = typeset(
    "Cette figure peut être reprise, même modifiée, à condition de la citer et de dire ce qui change : "
    '<a href="https://creativecommons.org/licenses/by/4.0/deed.fr">licence CC BY 4.0</a>.'
)
NOWHERE = "Le code à copier dans une page web sera donné ici quand le livre aura une adresse publique."
BELOW = 110  # pixels for what stands under a drawing

_FIGURE = re.compile(r'<figure[^>]* id="(?P<id>fig-[^"]+)"[^>]*>(?P<body>.*?)</figure>', re.DOTALL)
_BLOCK = re.compile(r'<details class="provenance">')
_CAPTION = re.compile(r'<span class="caption-text">(.*?)</span>', re.DOTALL)
_PICTURE = re.compile(r'href="([^"]+\.png)"')
_SOURCE = re.compile(r'data-source="([^"]*)"')
_TAGS = re.compile(r"<[^>]+>")


class _Found(NamedTuple):
    """A figure of a page: its place, its drawings, its caption, its picture's path from the page, its source."""

    id: str
    drawings: str
    caption: str
    picture: str
    source: str


def offer(page: Page, wave: Wave, address: str, folder: Path) -> list[Page]:
    """Make a page for each figure of a chapter, and offer it below the figure.

    Parameters
    ----------
    page : Page
        A chapter; it is changed.
    wave : Wave
    address : str
        Of the edition. The code to copy names it; where it is this machine's alone, none is given.
    folder : Path
        Of the edition; there the pages begin, and wait for their style sheet.

    Returns
    -------
    list of Page
    """
    pieces, end, made = [], 0, []
    chapter = PurePosixPath(page.name).name
    for place, found in _blocks(page.text):
        for figure in found:
            target = folder / FOLDER / chapter / f"{figure.id}.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_alone(figure, page, wave, address, folder), encoding="utf-8")
            made.append(Page(target, folder))
        pieces += [page.text[end:place], _offered(found, chapter, address)]
        end = place
    page.text = "".join([*pieces, page.text[end:]])
    return made


def _blocks(text: str) -> Iterator[tuple[int, list[_Found]]]:
    """Yield where a result's block tells where it comes from, and the figures that it is of."""
    last = 0
    for block in _BLOCK.finditer(text):
        figures = list(_FIGURE.finditer(text, last, block.start()))
        if figures:
            pictures = _PICTURE.findall(text, figures[-1].end(), block.start())
            # The block's own picture is that of its last figure; those of the others follow.
            ordered = [*pictures[1:], *pictures[:1]]
            source = unescape(_SOURCE.search(text, figures[-1].end(), block.start())[1])
            yield block.start(), [_found(*pair, source) for pair in zip(figures, ordered, strict=True)]
        last = block.end()


def _found(figure: re.Match[str], picture: str, source: str) -> _Found:
    drawings = "".join(re.findall(r"<svg .*?</svg>", figure["body"], re.DOTALL))
    caption = unescape(_TAGS.sub("", _CAPTION.search(figure["body"])[1]))
    return _Found(figure["id"], drawings, caption, picture, source)


def _height(drawings: str) -> int:
    """Return how high a frame must be for either form."""
    boxes = re.findall(r'<svg class="(\w+)"[^>]*viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', drawings)
    return math.ceil(max(WIDTHS[form] * float(high) / float(wide) for form, wide, high in boxes)) + BELOW


def _alone(figure: _Found, page: Page, wave: Wave, address: str, folder: Path) -> str:
    picture = (folder / page.name).parent.joinpath(figure.picture).resolve()
    with Image.open(picture) as image:
        size = image.size
    fictional = wave.about.fictif
    fiction = f"{INVENTED}. " if fictional and INVENTED in figure.source else ""
    return _template().render(
        figure=figure,
        book=typeset(wave.about.titre),
        edition=wave.id,
        fictional=fictional,
        title=typeset(f"{fiction}{figure.caption}"),
        source=f"{figure.source}.",
        back=f"../../{page.name}.html#{figure.id}",
        here=urljoin(address, f"{FOLDER}/{PurePosixPath(page.name).name}/{figure.id}.html"),
        picture=urljoin(address, picture.relative_to(folder.resolve()).as_posix()),
        size=size,
    )


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(paths.TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined).get_template(TEMPLATE)


def _offered(found: list[_Found], chapter: str, address: str) -> str:
    """Return what is said below a result of the pages of its figures: each one's address, and the code to copy."""
    told = []
    for figure in found:
        place = f"{FOLDER}/{chapter}/{figure.id}.html"
        of = f'<span class="lecteur">{NBSP}: {escape(figure.caption.rstrip("."))}</span>'
        told.append(f'<p class="liens"><a href="../{place}">Cette figure seule{of}</a></p>')
        if not is_local(address):
            told.append(f"<pre><code>{escape(_code(figure, urljoin(address, place)))}</code></pre>")
    told.append(f"<p>{REUSE if not is_local(address) else f'{REUSE} {NOWHERE}'}</p>")
    of = escape(found[-1].caption.rstrip("."))
    summary = f'<summary>Intégrer<span class="lecteur">{NBSP}: {of}</span></summary>'
    return f'<details class="citation integrer">{summary}{"".join(told)}</details>'


def _code(figure: _Found, address: str) -> str:
    title = escape(figure.caption.rstrip("."))
    style = f"width: 100%; height: {_height(figure.drawings)}px; border: 0"
    return f'<iframe src="{address}" title="{title}" loading="lazy" style="{style}"></iframe>'
