"""The built pages, each parsed once a process; whoever changes one works on a copy."""

from functools import cache

from bs4 import BeautifulSoup

from utils.paths import CHAPTERS, ROOT, SITE

ALONE = SITE / "2017"  # an edition without one before it
BARE = ROOT / "_build" / "html"  # the same, from the committed outputs
BESIDE = SITE / "demo"  # an edition beside another, of respondents' rows
# The chapter that only an edition beside another has, and the one that only an edition of a printed study has.
ONE_ONLY = {"40_evolution": BESIDE, "92_verification": ALONE}


@cache
def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


@cache
def tables(book):
    """Return the tables of results that a book's chapters show, by name."""
    pages = sorted((book / "chapters").glob("*.html"))
    found = [table for page in pages for table in soup(page).select("table[id^=tableau-]")]
    return {table["id"].removeprefix("tableau-"): table for table in found}


def cells(table):
    """Return the texts of a table, a row each."""
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]


def results(book):
    """Return the texts of a book's tables by name; of one that sets two groups side by side, also that of each."""
    found = {name: cells(table) for name, table in tables(book).items()}
    for name, rows in list(found.items()):
        if len(rows[0]) == 7 and rows[0][0].startswith("Score"):
            found |= {f"{name}-{base}": _of_base(rows, first) for base, first in (("actives", 1), ("non-actives", 4))}
    return found


def _of_base(rows, first):
    """Return what a table of two groups tells of one, without the sums of the sides of the scale."""
    alone = [[row[0], *row[first : first + 3]] for row in rows if row[0] not in ("Désaccord", "Milieu", "Accord")]
    return [[title.partition(",")[0] for title in alone[0]], *alone[1:]]


def chapters(book):
    """Return the pages of chapters in one book, by the names of their sources."""
    names = sorted(path.stem for path in CHAPTERS.iterdir() if path.suffix in (".md", ".ipynb"))
    others = {name for name, only in ONE_ONLY.items() if (only == BESIDE) != (book == BESIDE)}
    return [book / "chapters" / f"{name}.html" for name in names if name not in others]
