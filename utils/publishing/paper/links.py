"""The way from an edition's pages to what is printed of it, wherever they keep a place for it."""

__all__ = ["FOLDER", "MARK", "Printed", "carry", "link", "linked"]

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from utils.french import NBSP, count, number

FOLDER = "_downloads"
MARK = "<!-- livre-pdf --><!-- /livre-pdf -->"  # in a page: here come the links, once there is a PDF

_PLACE = re.compile("(<!-- livre-pdf -->).*?(<!-- /livre-pdf -->)", re.DOTALL)
_KINDS = (("livre-pdf", "Le livre complet"), ("depliant-pdf", "Le dépliant"))


class Printed(NamedTuple):
    """A printed file: its kind of link, its name in words, its address as seen from a page, pages and bytes."""

    kind: str
    title: str
    target: str
    pages: int
    size: int


def link(edition: Path, files: Iterable[Path], *, before: bool = False) -> None:
    """Link what is printed of an edition, the book and the leaflet, from its pages.

    Parameters
    ----------
    edition : Path
        The folder of its pages, which are changed.
    files : iterable of Path
        In this order, in the edition's `FOLDER`.
    before : bool
        Whether the pages have changed since; it is said then.
    """
    import pikepdf  # whoever only reads pages does not wait for it

    printed = []
    for (kind, title), file in zip(_KINDS, files, strict=True):
        with pikepdf.open(file) as document:
            printed.append(Printed(kind, title, f"{FOLDER}/{file.name}", len(document.pages), file.stat().st_size))
    for page in edition.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        up = "../" * (len(page.relative_to(edition).parts) - 1)
        told = linked(text, [file._replace(target=f"{up}{file.target}") for file in printed], before=before)
        if told != text:
            page.write_text(told, encoding="utf-8")


def carry(published: Path, edition: Path) -> bool:
    """Keep what is printed of a published edition in the one that takes its place, if both tell the same numbers.

    Beside pages of other data, what was printed would tell by subtraction what neither tells.

    Returns
    -------
    bool
        Whether nothing printed is lost by the new one taking the place.
    """
    # The book before the leaflet, whose name is the book's and a word.
    files = sorted((published / FOLDER).glob("*.pdf"), reverse=True)
    if not files:
        return True
    if _numbers(published) != _numbers(edition):
        return False
    link(edition, [Path(shutil.copy2(file, edition / FOLDER)) for file in files], before=True)
    return True


def _numbers(edition: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (edition / FOLDER).glob("*.csv")}


def linked(page: str, printed: Iterable[Printed], *, before: bool = False) -> str:
    """Return a page with a link to each file, its length and its weight, at every place that is kept for them."""
    links = " · ".join(
        f'<a class="{file.kind}" href="{file.target}" type="application/pdf" download>{file.title} '
        f"(PDF, {count(file.pages, 'page', 'pages')}, {number(max(file.size / 1e6, 0.1), 1)}{NBSP}Mo)</a>"
        for file in printed
    )
    said = " (imprimés avant la dernière mise à jour de ces pages)" if before else ""
    return _PLACE.sub(lambda place: f"{place[1]}{links}{said}{place[2]}", page)
