"""The unit of work: one commune's sheet, made from its parameters alone and written whole or not at all.

It can be sent to another process or another machine: what it is given can be pickled, what it keeps between
two sheets is only what saves reading the wave again.
"""

__all__ = ["LIMIT", "Order", "make"]

import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat

from utils import paths, whole
from utils.publishing import engine
from utils.publishing.paper import chromium
from utils.publishing.processes import Reached
from utils.publishing.sheets.edition import edition
from utils.publishing.sheets.page import composed, stamped

LIMIT = 120.0  # seconds that a sheet may take, with its printing


@dataclass(frozen=True)
class Order:
    """One sheet that is to be made.

    Attributes
    ----------
    wave, ins, previous : str
        The notebook's parameters.
    page : str
        Path of the page; a printed sheet stands beside it.
    stamp : str
        What it is made of.
    book : str
        Address of the book's folder of chapters.
    printed : bool
        Whether to print it too.
    """

    wave: str
    ins: str
    previous: str
    page: str
    stamp: str
    book: str
    printed: bool = False


def make(order: Order, reached: Reached = lambda _: None) -> None:
    """Make one sheet.

    A page that is already of the order's stamp is kept, and only printed where that is missing.
    """
    page = Path(order.page)
    paper = page.with_suffix(".pdf")
    if stamped(page) != order.stamp:
        text = _page(order, reached)
        # What was printed of another page goes first: whenever it is there, it is of the page beside it.
        paper.unlink(missing_ok=True)
        whole.write(page, text.encode())
    if order.printed and not paper.exists():
        reached("son impression")
        _print(page, paper)


def _page(order: Order, reached: Reached) -> str:
    known = edition(order.wave, order.previous).known
    parameters = {"wave": order.wave, "ins": order.ins, "previous_wave": order.previous}
    with tempfile.TemporaryDirectory() as folder:
        engine.run(paths.SHEET, Path(folder), parameters, reached)
        executed = nbformat.read(Path(folder) / paths.SHEET.name, as_version=4)
    commune = known.communes.loc[order.ins, "commune"]
    return composed(executed, commune=commune, edition=order.wave, stamp=order.stamp, book=order.book)


def _print(page: Path, paper: Path) -> None:
    printed = whole.beside(paper)
    try:
        chromium.print_page(page, printed)
        printed.replace(paper)
    finally:
        printed.unlink(missing_ok=True)
