"""One page to print out of all the pages of a published edition: cover, table of contents, chapters."""

__all__ = ["Chapter", "Heading", "Part", "address", "chapters", "css_text", "parts", "prepared", "read", "tools"]

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag, urljoin, urlparse

from bs4 import BeautifulSoup, Tag

from utils.publishing.hosting import is_local
from utils.publishing.paper.columns import open_chapter, spread
from utils.publishing.paper.once import Shown
from utils.publishing.paper.tables import fit

# What only a screen can use.
ON_SCREEN = "script, style, form, button, dialog, template, noscript, .headerlink, .toctree-wrapper, .ecran"
ON_SCREEN += ", [hidden], [popover], .avec-script, .lecteur, .liens, details.citation, .sd-summary-state-marker"
# Chapters that show again, for a screen, what the others tell.
TOOLS = {"60_explorer", "61_ma_commune", "94_chiffres"}
FIRST = "Synthèse"


@dataclass(frozen=True)
class Heading:
    """A heading, and the place of the document that it names."""

    title: str
    target: str


@dataclass(frozen=True)
class Chapter:
    """A chapter as it is printed; `name` is its place."""

    name: str
    title: str
    target: str
    sections: tuple[Heading, ...]
    body: str


@dataclass(frozen=True)
class Part:
    """Chapters under one title, or under none; `name` is its kind of pages, whose head is its title."""

    name: str
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
    named = [(caption, [f"{file}.html" for file in files if _stem(file) not in TOOLS]) for caption, files in named]
    files, shown = [file for _, part in named for file in part], Shown()
    return tuple(
        Part(f"partie-{place}", caption, tuple(_chapter(pages, file, files, shown) for file in listed))
        for place, (caption, listed) in enumerate(named)
        if listed
    )


def tools(pages: Path) -> tuple[str, ...]:
    """Return the titles of the published chapters that are not printed."""
    found = sorted(page for page in (pages / "chapters").glob("*.html") if page.stem in TOOLS)
    return tuple(_words(read(page).select_one("article.bd-article h1")).removesuffix("#").strip() for page in found)


def chapters(book: Iterable[Part]) -> tuple[Chapter, ...]:
    """Return all chapters, in their order."""
    return tuple(chapter for part in book for chapter in part.chapters)


def _chapter(pages: Path, file: str, files: list[str], shown: Shown) -> Chapter:
    page = read(pages / file)
    article = prepared(page.select_one("article.bd-article"), file, files, pages, address(page))
    shown.sift(article)
    first = article.h1
    if file == files[0]:
        first.string = FIRST
    open_chapter(first)
    sections = tuple(Heading(_words(h), h["id"]) for h in article.select("h2[id]"))
    return Chapter(_name(file), _words(first), first["id"], sections, article.decode_contents())


def read(page: Path) -> BeautifulSoup:
    """Read a published page."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")


def address(page: BeautifulSoup) -> str:
    """Return where a page says that it is published; nothing if that is this machine alone."""
    said = page.select_one("link[rel~=canonical][href]")
    return said["href"] if said and not is_local(said["href"]) else ""


def _name(file: str) -> str:
    return f"chapitre-{_stem(file)}"


def _stem(file: str) -> str:
    return PurePosixPath(file).stem


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
        # A table of files names them by their links.
        link.unwrap() if link.find_parent("table") else link.decompose()
    for number in article.select("a.chiffre"):
        number.unwrap()  # hundreds of links to the register, unseen on paper
    for details in article.select("details"):
        _open(details)
    for line in article.select("p, li"):
        if not line.get_text(strip=True) and not line.find(["img", "svg"]):
            line.decompose()
    for figure in article.select("figure"):
        figure["role"] = "group"  # the drawing in it has the text alternative
    for box in article.select("div.tableau"):
        fit(box)
    spread(article)
    name = _name(file)
    for tag in article.find_all(id=True):
        tag["id"] = f"{name}--{tag['id']}"
    for section in article.select("section[id]"):
        # A section whose title crosses the columns begins, for Chromium, below it.
        if title := section.find(["h1", "h2", "h3", "h4"], id=False, recursive=False):
            title["id"] = section["id"]
            del section["id"]
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
