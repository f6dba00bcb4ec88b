"""What the search page searches: every section of the book as readers see it, in one file that this page alone loads.

The page's script folds accents and stems words, of the book and of the query alike: there
is one way to do it, not two to keep alike. Sphinx's own search finds whole pages, ranks them
by no more than "in a title or not", and asks for every page that it found to quote it.
"""

__all__ = ["Section", "connect", "sections"]

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import sphinx
from lxml import html
from sphinx.application import Sphinx
from sphinx.search.fr import french_stopwords

from utils.paths import FRONT

FOLDER = "recherche"
LIST = "registre"  # the tables of the register tell once more what stands on the other pages
_STEMMERS = Path(sphinx.__file__).parent / "search" / "minified-js"
_SCRIPTS = (_STEMMERS / "base-stemmer.js", _STEMMERS / "french-stemmer.js", FRONT / "search.js")
# Nothing to read in them, or the same again: numbers and words that a click shows stand in the text already.
_SKIPPED = {"script", "style", "template", "noscript", "button", "nav", "dialog", "select", "form", "pre"}
_BLOCKS = {"p", "li", "tr", "td", "th", "dt", "dd", "div", "section", "caption", "figcaption", "h3", "h4", "svg", "br"}


class Section(NamedTuple):
    """A part of a page: where it starts, its title, and what it says up to the next heading with an address."""

    anchor: str
    title: str
    text: str


def sections(page: str) -> list[Section]:
    """Return the sections of a published page, in reading order; the first is the page's own opening.

    A drawing is told by its text alternative, once. What stands behind a click, and the
    numbers of a table, are left out.

    Parameters
    ----------
    page : str
        The whole page, or any HTML that holds its sections.

    Examples
    --------
    >>> sections('<section id="a"><h1>Présence</h1><p>Qui ?</p><table><tr><td>Liège<td>Namur</table></section>')
    [Section(anchor='a', title='Présence', text='Qui ? Liège · Namur')]
    """
    found = []
    whole = html.fromstring(page)
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


def connect(app: Sphinx) -> None:
    """Put the book's search in the place of Sphinx's."""
    app.connect("builder-inited", _leave_out_the_other)
    app.connect("html-collect-pages", lambda _: [("search", {"title": "Recherche"}, "search.html")])
    app.connect("build-finished", _write)


def _leave_out_the_other(app: Sphinx) -> None:
    if app.builder.format == "html":
        app.builder.search = False


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    index = []
    # The pages themselves are read, and all of them: a build may write anew only those that changed.
    for name in sorted(app.env.found_docs):
        told = sections((Path(app.outdir) / f"{name}.html").read_text(encoding="utf-8"))
        index.append([f"{name}.html", told[0].title, told])
    stopped = json.dumps(sorted(french_stopwords), ensure_ascii=False)
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (folder / "livre.js").write_text(f"const MOTS_VIDES = {stopped};\nconst LIVRE = {written};\n", encoding="utf-8")
    script = "\n".join(path.read_text(encoding="utf-8") for path in _SCRIPTS)
    (folder / "recherche.js").write_text(script, encoding="utf-8")
