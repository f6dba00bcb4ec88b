"""What a leaflet takes from the pages of an edition: its message, findings, drawings, and what is not known."""

__all__ = ["Drawing", "Gleaned", "gleaned"]

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePosixPath

from bs4 import BeautifulSoup, Tag

from utils.publishing.paper.printing import read

HOME, CONCLUSIONS, METHOD, DATA = "00_synthese", "30_conclusions", "90_methode", "93_donnees"
FINDINGS = {HOME: "en-une-minute", CONCLUSIONS: "ce-que-lenquete-a-trouve"}  # sections whose lists lead to chapters
UNTOLD = "ce-que-ces-chiffres-ne-disent-pas"  # the section on what is not known
UNKNOWN = "Ce qu’on ne sait pas"  # the finding that says it in short
BOUNDS = "fig-presence-bornes"  # the drawing of it
MAP = "fig-carte"  # how the names of maps begin
SURE = "intervalle"  # what the sentence speaks of that says how sure a share is
TALL = 1.9  # heights of a narrow drawing to its width, from which it takes the room of two


@dataclass(frozen=True)
class Drawing:
    """A drawing as narrow as a column, under a title or none; `room` is its height, in widths."""

    title: str
    svg: str
    room: float


@dataclass(frozen=True)
class Gleaned:
    """What a leaflet may show; texts are HTML without links, and all but the title may be missing.

    Attributes
    ----------
    message : str
        The edition's message, a sentence; of an edition that has none, its first finding.
    opening : Drawing or None
        What it stands on.
    numbers : tuple of (str, str)
        Key figures, each with what it counts.
    findings : tuple of str
        One paragraph each.
    drawings : tuple of Drawing
        One a chapter, what matters most first.
    bounds : Drawing or None
        What those who did not answer could change.
    unknown : tuple of str
        What the survey cannot say, a paragraph each.
    citation : str
    """

    message: str
    opening: Drawing | None
    numbers: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]
    drawings: tuple[Drawing, ...]
    bounds: Drawing | None
    unknown: tuple[str, ...]
    citation: str


def gleaned(edition: Path, results: Iterable[str]) -> Gleaned:
    """Read the pages of a published edition.

    A chapter gives one drawing: its map, else the one that stands before its first section, else its
    first; one that is too tall is left to the book. The chapters that the key findings lead to come
    first, then those of the conclusions, then the others.

    Parameters
    ----------
    edition : Path
        Where its pages are.
    results : iterable of str
        Names of the chapters that tell results, in their order: ``22_presence``.
    """
    results = list(results)
    pages = {
        name: _article(edition / "chapters" / f"{name}.html") for name in {*results, HOME, *FINDINGS, METHOD, DATA}
    }
    home, told = pages[HOME], [chapter for page, place in FINDINGS.items() for chapter in _leads(pages[page], place)]
    message, opening = _message(home)
    findings = [_plain(item) for item in home.select(f"#{FINDINGS[HOME]} li") if UNKNOWN not in item.get_text()]
    if findings and not message:
        message = BeautifulSoup(findings.pop(0), "html.parser")
        for named in message.find_all(True):
            named.extract()
        message = message.get_text().strip().removesuffix(".")
    short = [item for item in home.select(f"#{FINDINGS[HOME]} li") if UNKNOWN in item.get_text()]
    long = pages[CONCLUSIONS].select(f"#{UNTOLD} > p")
    sure = [item for item in pages[METHOD].select("section > ul li") if SURE in item.get_text()][:1]
    bounds = [figure for page in pages.values() for figure in _figures(page) if figure.get("id") == BOUNDS]
    order = sorted(results, key=lambda name: told.index(name) if name in told else len(told))
    drawings = [drawing for name in order if name != CONCLUSIONS and (drawing := _drawing(pages[name]))]
    quoted = pages[DATA].blockquote
    return Gleaned(
        message,
        opening,
        tuple(_numbers(home)),
        tuple(findings),
        tuple(drawings),
        _taken(bounds[0]) if bounds else None,
        tuple(map(_plain, [*(long or short), *sure])),
        _plain(quoted) if quoted else "",
    )


def _article(page: Path) -> Tag:
    """Return a page's text without what marks and proves it; an empty one where there is no such page."""
    found = read(page).select_one("article.bd-article") if page.is_file() else None
    article = found or BeautifulSoup("<article></article>", "lxml").article
    for useless in article.select(".headerlink, .preuves, .lecteur, details, form"):
        useless.decompose()
    return article


def _leads(page: Tag, place: str) -> Iterator[str]:
    for link in page.select(f"#{place} li > p > strong a[href], #{place} li > strong a[href]"):
        yield PurePosixPath(link["href"].split("#")[0]).stem


def _plain(item: Tag) -> str:
    """Return a text's HTML, its emphasis kept."""
    kept = BeautifulSoup(item.decode_contents(), "lxml").body
    for tag in kept.find_all(True):
        if tag.name not in ("strong", "em", "cite"):
            tag.unwrap()
    return re.sub(r"[ \t\n]+", " ", kept.decode_contents()).strip()  # spaces that do not break stay


def _numbers(home: Tag) -> Iterator[tuple[str, str]]:
    for card in home.select(".chiffres-cles .sd-card-body"):
        yield tuple(card.select_one(part).get_text(" ", strip=True) for part in (".sd-card-title", ".sd-card-text"))


def _message(home: Tag) -> tuple[str, Drawing | None]:
    """Return the title of the drawing that opens the home page, and the drawing without it."""
    figure = next(iter(_figures(home, opening=True)), None)
    if figure is None:
        return "", None
    svg = figure.select_one("svg.etroit")
    lines = svg.select("text")
    titles = list(takewhile(lambda line: line.get("font-weight") == lines[0].get("font-weight"), lines))
    below = float(titles[-1]["y"]) + 4
    sentence = " ".join(line.get_text(strip=True) for line in titles)
    for line in titles:
        line.decompose()
    _, _, width, height = map(float, svg["viewbox"].split())
    svg["viewbox"] = f"0 {below:g} {width:g} {height - below:g}"
    caption = figure.select_one(".caption-text")
    return sentence, _taken(figure, caption.get_text(strip=True).rstrip(".") if caption else "")


def _drawing(page: Tag) -> Drawing | None:
    figures = [figure for figure in _figures(page) if figure.get("id") != BOUNDS]
    maps = [figure for figure in figures if figure.get("id", "").startswith(MAP)]
    taken = (
        _taken(figure, page.h1.get_text(strip=True)) for figure in (*maps, *_figures(page, opening=True), *figures)
    )
    return next((drawing for drawing in taken if drawing.room <= TALL), None)


def _figures(page: Tag, *, opening: bool = False) -> list[Tag]:
    """Return a page's drawings; on request, only those before its first section."""
    found = page.select("figure:has(svg.etroit)")
    return [figure for figure in found if not (opening and figure.find_previous("h2"))]


def _taken(figure: Tag, title: str = "") -> Drawing:
    svg = figure.select_one("svg.etroit")
    _, _, width, height = map(float, svg["viewbox"].split())
    return Drawing(title, str(svg), height / width)
