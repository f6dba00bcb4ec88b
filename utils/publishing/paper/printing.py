"""One page to print out of all the pages of a published edition: cover, table of contents, chapters."""

__all__ = ["Chapter", "Heading", "Part", "address", "chapters", "css_text", "parts", "prepared"]

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag, urljoin, urlparse

from bs4 import BeautifulSoup, Tag

from utils.publishing.hosting import LOCAL

# What only a screen can use, or what only a phone shows.
ON_SCREEN = "script, style, form, button, dialog, template, noscript, .headerlink, .toctree-wrapper, .etroit"
ON_SCREEN += ", [hidden], [popover], .avec-script, .lecteur, .liens, details.citation"
FIRST = "Synthèse"
SHORT = 12  # rows of a table that is not cut over two pages
AMPLE = 90  # letters that a table's columns need side by side, from which it is set smaller
BREAKS = 35  # letters that a text has on a line at least, whatever it counts
LONG = 60  # rows from which it is too
DENSE = 120  # letters that a table's columns need even where every text breaks, from which it has the smallest type


@dataclass(frozen=True)
class Heading:
    """A heading, and the place of the document that it names."""

    title: str
    target: str


@dataclass(frozen=True)
class Chapter:
    """A chapter as it is printed; `name` is its place, and its kind of pages, whose head is its title."""

    name: str
    title: str
    target: str
    sections: tuple[Heading, ...]
    body: str


@dataclass(frozen=True)
class Part:
    """Chapters under one title, or under none."""

    title: str
    chapters: tuple[Chapter, ...]


def parts(contents: Mapping, pages: Path) -> tuple[Part, ...]:
    """Read the chapters of a book in their order.

    Parameters
    ----------
    contents : mapping
        The book's table of contents, as in `_toc.yml`.
    pages : Path
        Where its pages are published. The first bears the book's own title; in print, it is called `FIRST`.

    Returns
    -------
    tuple of Part
    """
    named = [("", [contents["root"]])]
    named += [(part.get("caption", ""), [entry["file"] for entry in part["chapters"]]) for part in contents["parts"]]
    files = [f"{file}.html" for _, part in named for file in part]
    return tuple(
        Part(caption, tuple(_chapter(pages, f"{file}.html", files) for file in listed)) for caption, listed in named
    )


def chapters(book: Iterable[Part]) -> tuple[Chapter, ...]:
    """Return all chapters, in their order."""
    return tuple(chapter for part in book for chapter in part.chapters)


def _chapter(pages: Path, file: str, files: list[str]) -> Chapter:
    page = BeautifulSoup((pages / file).read_text(encoding="utf-8"), "lxml")
    article = prepared(page.select_one("article.bd-article"), file, files, pages, address(page))
    first = article.h1
    if file == files[0]:
        first.string = FIRST
    sections = tuple(Heading(_words(h), h.parent["id"]) for h in article.select("h2") if h.parent.get("id"))
    return Chapter(_name(file), _words(first), first.parent["id"], sections, article.decode_contents())


def address(page: BeautifulSoup) -> str:
    """Return where a page says that it is published; nothing if that is this machine alone."""
    said = page.select_one("link[rel~=canonical][href]")
    return said["href"] if said and urlparse(said["href"]).hostname not in LOCAL else ""


def _name(file: str) -> str:
    return f"chapitre-{PurePosixPath(file).stem}"


def _words(tag: Tag) -> str:
    return tag.get_text(" ", strip=True)


def prepared(article: Tag, file: str, files: list[str], pages: Path, canonical: str) -> Tag:
    """Make a published article fit for paper and for standing beside the others; it is changed, and returned.

    What needs a screen goes; what is folded opens; names of places carry their
    chapter's, and links to other chapters lead within the document.

    Parameters
    ----------
    article : Tag
    file : str
        Its page's path within the edition.
    files : list of str
        The pages that the document holds.
    pages : Path
        Where the edition is published.
    canonical : str
        The page's own address, for links to what is not in the document; without one they become plain text.
    """
    for useless in article.select(ON_SCREEN):
        useless.decompose()
    for link in article.select("a[download], a[href^='data:']"):
        link.decompose()
    for number in article.select("a.chiffre"):
        number.unwrap()  # hundreds of links to the register, unseen on paper
    for details in article.select("details"):
        _open(details)
    for line in article.select("p"):
        if not line.get_text(strip=True) and not line.find(["img", "svg"]):
            line.decompose()
    for figure in article.select("figure"):
        figure["role"] = "group"  # the drawing in it has the text alternative
    for box in article.select("div.tableau"):
        _fit(box)
    name = _name(file)
    for tag in article.find_all(id=True):
        tag["id"] = f"{name}--{tag['id']}"
    for attribute in ("aria-labelledby", "aria-describedby"):
        for tag in article.find_all(attrs={attribute: True}):
            tag[attribute] = " ".join(f"{name}--{word}" for word in tag[attribute].split())
    for link in article.find_all("a", href=True):
        _lead(link, file, files, canonical)
    for image in article.find_all("img", src=True):
        if not urlparse(image["src"]).scheme:
            image["src"] = (pages / file).parent.joinpath(image["src"]).resolve().as_uri()
    return article


def _open(details: Tag) -> None:
    """Let a folded part stand open; a table's own caption serves as its title."""
    details.name = "div"
    summary = details.find("summary", recursive=False)
    if summary and details.find("caption"):
        summary.decompose()
    elif summary:
        summary.name = "p"
        summary["class"] = "resume"


def _fit(box: Tag) -> None:
    """Mark tables that are short enough to stay whole, or too wide for the type of others.

    One table wider than the paper is enough for Chromium to print the whole book smaller.
    """
    del box["tabindex"]
    rows = [row.find_all(["th", "td"]) for row in box.find_all("tr")]
    kinds = box.get("class", [])
    if len(rows) <= SHORT:
        kinds = [*kinds, "court"]
    if sum(_columns(rows, _width)) >= AMPLE or len(rows) >= LONG:
        kinds = [*kinds, "ample"]
    if sum(1 + letters for letters in _columns(rows, _longest)) >= DENSE:
        kinds = [*kinds, "serre"]
    box["class"] = kinds


def _columns(rows: list[list[Tag]], needs: Callable[[Tag], int]) -> Iterable[int]:
    """Return how many letters each column needs."""
    return map(max, zip_longest(*([needs(cell) for cell in row] for row in rows), fillvalue=0))


def _longest(cell: Tag) -> int:
    """Return how many letters the longest part of a cell's text has, broken wherever it may be."""
    return max(map(len, re.split("[ -]", _words(cell))))


def _width(cell: Tag) -> int:
    """Return how many letters a cell needs on one line: a header breaks between words, a long text somewhere."""
    words = _words(cell)
    return max(map(len, words.split(" "))) if cell.get("scope") == "col" else min(len(words), BREAKS)


def _lead(link: Tag, file: str, files: list[str], canonical: str) -> None:
    address, fragment = urldefrag(link["href"])
    if urlparse(address).scheme:
        return
    target = str(PurePosixPath(urlparse(urljoin(f"http://book/{file}", address)).path).relative_to("/"))
    if target in files:
        link["href"] = f"#{_name(target)}--{fragment}" if fragment else f"#{_name(target)}"
    elif canonical:
        link["href"] = urljoin(canonical, link["href"])
    else:
        link.unwrap()


def css_text(text: str) -> str:
    r"""Write a text as CSS wants it between quotes.

    Examples
    --------
    >>> print(css_text('Le "reste"'))
    "Le \"reste\""
    """
    return '"' + re.sub(r'(["\\])', r"\\\1", " ".join(text.split())) + '"'
