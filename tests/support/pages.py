"""The built pages, each parsed once."""

from functools import cache

from bs4 import BeautifulSoup

from utils.paths import CHAPTERS, ROOT, SITE

ALONE = SITE / "2017"  # an edition without one before it
BARE = ROOT / "_build" / "html"  # the same, from the committed outputs
BESIDE = SITE / "demo"  # an edition beside another, of respondents' rows
EVOLUTION = "40_evolution"  # the chapter that only such an edition has


@cache
def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def chapters(book):
    """Return the pages of chapters in one book, by the names of their sources."""
    names = sorted(path.stem for path in CHAPTERS.iterdir() if path.suffix in (".md", ".ipynb"))
    return [book / "chapters" / f"{name}.html" for name in names if name != EVOLUTION or book == BESIDE]
