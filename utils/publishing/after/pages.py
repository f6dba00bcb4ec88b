"""A written page: its text, parsed once, and what becomes of it."""

__all__ = ["Page", "written"]

import re
from functools import cached_property
from pathlib import Path

from lxml import html


class Page:
    """One page of an edition, as it was built.

    Attributes
    ----------
    name : str
        Its path from the edition's root, without its ending: `chapters/22_presence`.
    text : str
        Its HTML.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self.path, self.name = path, path.relative_to(folder).with_suffix("").as_posix()
        self.text = path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The page as it was built, parsed."""
        return html.fromstring(self.text)

    @property
    def title(self) -> str:
        """What stands between `<title>` and its end, as it is written there."""
        return re.search(r"<title>(.*?)</title>", self.text, re.DOTALL)[1]

    @property
    def is_chapter(self) -> bool:
        """Whether it is a chapter of the book, rather than a page that serves it."""
        return "/" in self.name

    def replace(self, old: str, new: str) -> None:
        """Replace the first place where a text stands."""
        self.text = self.text.replace(old, new, 1)

    def write(self) -> None:
        """Write the page as it has become."""
        self.path.write_text(self.text, encoding="utf-8")


def written(folder: Path) -> list[Page]:
    """Return the pages of an edition, by name; those that only lead on have no title of their own kind and are none."""
    pages = (Page(path, folder) for path in sorted(folder.rglob("*.html")))
    return [page for page in pages if "<article" in page.text]
