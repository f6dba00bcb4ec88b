"""What crosses both columns of a printed page: a chapter's opening, wide tables, the drawings above them."""

__all__ = ["open_chapter", "spread"]

import re

from bs4 import BeautifulSoup, Tag

SMALL = 9.0  # points of type in a narrow drawing, under which a column, three quarters as wide, is too small for it
TALL = 2.2  # heights of a narrow drawing to its width, from which it leaves too little of a column


def open_chapter(title: Tag) -> None:
    """Hold a chapter's title together with the paragraphs right below it."""
    opening = _box("ouverture")
    title.wrap(opening)
    while (following := opening.find_next_sibling()) and following.name == "p":
        opening.append(following)


def spread(article: Tag) -> None:
    """Choose the form of every drawing, and put what crosses the columns where it leaves no hole in them.

    Parameters
    ----------
    article : Tag
        A chapter whose tables are fitted; it is changed.
    """
    for figure in article.select("figure"):
        _draw(figure)
    for closed in article.select(".sd-dropdown"):
        for proof in reversed(closed.select(".preuves")):
            closed.insert_after(proof.extract())
    for box in article.select("div.tableau.plein"):
        block = _block(box)
        asked = block.find_next_sibling()
        # What statisticians ask fills the columns beside the drawing; the table comes below.
        if asked and "sd-dropdown" in asked.get("class", []):
            asked.insert_after(block.extract())
    for figure in article.select("figure.plein"):
        block = _block(figure)
        heading = block.find_previous_sibling()
        if heading and heading.name in ("h2", "h3"):
            heading.insert_before(held := _box("plein"))
            held.extend([heading.extract(), block.extract()])


def _draw(figure: Tag) -> None:
    """Keep one of a drawing's two forms: the narrow one, unless its type is small, it is tall or its table wide."""
    wide, narrow = figure.select_one("svg.large"), figure.select_one("svg.etroit")
    if not (wide and narrow):
        return
    _, _, width, height = map(float, narrow["viewbox"].split())
    below = _block(figure).find_next_sibling()
    small = min(map(float, re.findall(r'font-size="([\d.]+)px"', str(narrow))), default=SMALL) < SMALL
    if small or height > TALL * width or (below and below.select_one("div.tableau.plein")):
        figure["class"] = [*figure.get("class", []), "plein"]
        narrow.decompose()
    else:
        wide.decompose()


def _block(inner: Tag) -> Tag:
    """Return what holds something right below a section."""
    while inner.parent and inner.parent.name not in ("section", "article"):
        inner = inner.parent
    return inner


def _box(kind: str) -> Tag:
    return BeautifulSoup(f"<div class='{kind}'></div>", "lxml").div
