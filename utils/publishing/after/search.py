"""What the search page searches: every section of the book as readers see it, in one file that this page alone loads.

The page's script folds accents and stems words, of the book and of the query alike: there
is one way to do it, not two to keep alike. Sphinx's own search finds whole pages, ranks them
by no more than "in a title or not", and asks for every page that it found to quote it.
"""

__all__ = ["BOOK", "Section", "index", "sections"]

import json
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import yaml
from lxml import html

from utils.paths import FRONT
from utils.publishing.after.pages import Page

FOLDER, BOOK = "recherche", "livre.js"
WORDS = FRONT / "recherche.yml"  # what readers say, and where the book answers
TOP = "haut"  # of a chapter, in that file: its opening
LIST = "registre"  # the tables of the register tell once more what stands on the other pages
# Snowball's French stemmer for browsers, and the words that say nothing: data of a package that is there anyway.
_PACKAGE, _WORDS = "sphinx", "sphinx.search.fr"
_STEMMERS = ("search/minified-js/base-stemmer.js", "search/minified-js/french-stemmer.js")
# Nothing to read in them, or the same again: numbers and words that a click shows stand in the text already.
_SKIPPED = {"script", "style", "template", "noscript", "button", "nav", "dialog", "select", "form", "pre"}
_BLOCKS = {"p", "li", "tr", "td", "th", "dt", "dd", "div", "section", "caption", "figcaption", "h3", "h4", "svg", "br"}


class Section(NamedTuple):
    """A part of a page: where it starts, its title, and what it says up to the next heading with an address."""

    anchor: str
    title: str
    text: str


def sections(page: str | html.HtmlElement) -> list[Section]:
    """Return the sections of a published page, in reading order; the first is the page's own opening.

    A drawing is told by its text alternative, once. What stands behind a click, and the
    numbers of a table, are left out.

    Parameters
    ----------
    page : str or HtmlElement
        The whole page, or any HTML that holds its sections; or what it was parsed into.

    Examples
    --------
    >>> sections('<section id="a"><h1>Présence</h1><p>Qui ?</p><table><tr><td>Liège<td>Namur</table></section>')
    [Section(anchor='a', title='Présence', text='Qui ? Liège · Namur')]
    """
    found = []
    whole = html.fromstring(page) if isinstance(page, str) else page
    for section in next(whole.iter("article"), whole).iter("section"):
        heading = next((child for child in section if child.tag in ("h1", "h2", "h3", "h4")), None)
        if heading is None or not section.get("id") or section.xpath("./div/table[contains(@class, $name)]", name=LIST):
            continue
        title = _joined(_pieces(heading, set()))
        seen: set[str] = set()
        inside = [piece for child in section if child is not heading for piece in _pieces(child, seen)]
        found.append(Section(section.get("id"), title, _joined(inside)))
    return found


def _pieces(node: html.HtmlElement, seen: set[str]) -> Iterator[str | None]:
    """Yield the texts of an element, and None where a block begins or ends."""
    if not isinstance(node.tag, str) or node.tag in _SKIPPED or node.tag == "section":
        return
    classes = set((node.get("class") or "").split())
    if classes & {"headerlink", "liens", "cell_input"} or (node.tag == "details" and "sd-dropdown" not in classes):
        return
    if node.tag == "td" and "chiffres" in (node.getparent().getparent().getparent().get("class") or "").split():
        return
    edge = [None] if node.tag in _BLOCKS else []
    yield from edge
    if node.tag == "svg":
        # Each drawing stands twice on its page, for screens and for phones.
        if (told := node.get("aria-label") or "") not in seen:
            seen.add(told)
            yield told
    else:
        yield node.text or ""
        for child in node:
            yield from _pieces(child, seen)
            yield child.tail or ""
    yield from edge


def _joined(pieces: Iterable[str | None]) -> str:
    """Join texts within a block as they stand, and blocks as sentences or, where they are none, as a list."""
    blocks, block = [], []
    for piece in [*pieces, None]:
        if piece is not None:
            block.append(piece)
        elif whole := re.sub(r"[ \t\n]+", " ", "".join(block)).strip():
            blocks.append(whole)
            block = []
    joined = "".join(f"{told}{' ' if told[-1] in '.?!:;…' else ' · '}" for told in blocks)
    return joined.removesuffix(" · ").strip()


def index(pages: Iterable[Page], folder: Path) -> None:
    """Write what the search page searches, and its script.

    Parameters
    ----------
    pages : iterable of Page
        The chapters of an edition.
    folder : Path
        Of the edition; the files stand in its `recherche/`.
    """
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    said = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    told = [(page.name, sections(page.tree)) for page in pages]
    listed = [[f"{name}.html", parts[0].title, _answering(name, parts, said["reponses"])] for name, parts in told]
    stopped = sorted(import_module(_WORDS).french_stopwords)
    data = {"MOTS_VIDES": stopped, "SYNONYMES": said["synonymes"], "LIVRE": listed}
    written = "".join(
        f"const {name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"
        for name, value in data.items()
    )
    (target / BOOK).write_text(written, encoding="utf-8")
    package = Path(find_spec(_PACKAGE).origin).parent
    scripts = [*(package / path for path in _STEMMERS), FRONT / "search.js"]
    (target / "recherche.js").write_text(
        "\n".join(path.read_text(encoding="utf-8") for path in scripts), encoding="utf-8"
    )


def _answering(name: str, parts: list[Section], answers: dict[str, dict[str, str]]) -> list[list[str]]:
    """Return the sections of a page, each that answers to words of readers with them."""
    words = answers.get(name.rpartition("/")[2], {})
    places = [TOP, *(part.anchor for part in parts[1:])]
    return [[*part, words[place]] if place in words else list(part) for part, place in zip(parts, places, strict=True)]
