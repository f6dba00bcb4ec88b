"""The way from an edition's pages to what is printed of it, wherever they keep a place for it."""

__all__ = ["MARK", "Printed", "linked"]

import re
from collections.abc import Iterable
from typing import NamedTuple

from utils.french import NBSP, count, number

MARK = "<!-- livre-pdf --><!-- /livre-pdf -->"  # in a page: here come the links, once there is a PDF

_PLACE = re.compile("(<!-- livre-pdf -->).*?(<!-- /livre-pdf -->)", re.DOTALL)


class Printed(NamedTuple):
    """A printed file: its kind of link, its name in words, its address as seen from a page, pages and bytes."""

    kind: str
    title: str
    target: str
    pages: int
    size: int


def linked(page: str, printed: Iterable[Printed]) -> str:
    """Return a page with a link to each file, its length and its weight, at every place that is kept for them."""
    links = " · ".join(
        f'<a class="{file.kind}" href="{file.target}" type="application/pdf" download>{file.title} '
        f"(PDF, {count(file.pages, 'page', 'pages')}, {number(max(file.size / 1e6, 0.1), 1)}{NBSP}Mo)</a>"
        for file in printed
    )
    return _PLACE.sub(lambda place: f"{place[1]}{links}{place[2]}", page)
