"""The leaflet: an edition on one sheet, printed on both sides; what does not fit is left to the book."""

__all__ = ["Block", "arranged", "print_leaflet"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import jinja2
import pikepdf

from utils import paths
from utils.publishing.paper import chromium
from utils.publishing.paper.gleaning import Drawing, Gleaned
from utils.publishing.paper.places import places

SIDES = COLUMNS = 2
MOST = 5  # drawings, besides the message's
BEFORE = 3  # of which these matter more than what those who did not answer could change
ROOM = (196, 240)  # millimetres of a column of each side, at best; a printing tells where that is too much
STEP = 6  # millimetres that a side loses where it has been too much
WIDTHS = (86, 82, 76, 70, 66)  # millimetres of a drawing: its letters are read at all of them
LINE, LETTERS, HEADING, GAP = 4.4, 54, 8, 6  # millimetres of a line, its letters, millimetres of a heading, and between


@dataclass(frozen=True)
class Block:
    """A drawing, or paragraphs, under a title or none."""

    kind: str
    title: str = ""
    svg: str = ""
    paragraphs: tuple[str, ...] = ()
    ratio: float = 0  # height of the drawing, in its widths
    width: float = WIDTHS[-1]  # millimetres of the drawing

    @property
    def height(self) -> float:
        """Millimetres that it takes, about."""
        lines = sum(1.4 + len(paragraph) // LETTERS for paragraph in self.paragraphs)
        return lines * LINE + self.ratio * self.width + HEADING * bool(self.title) + GAP


Columns = list[list[Block]]  # two of the first side, then two of the second


def print_leaflet(told: Gleaned, facts: Mapping, folder: Path) -> Path:
    """Print the two sides.

    Drawings are shown as far as there is room, what matters most first; a side that is too full
    shows less. Texts that fill a side by themselves lose their last paragraphs.

    Parameters
    ----------
    told : Gleaned
    facts : mapping
        What the template says of the edition as such.
    folder : Path
        Where to work.

    Raises
    ------
    PrintError
        No Chromium is installed, it does not print, or the sheet has no room even for its title.
    """
    page, printed = folder / "depliant.html", folder / "depliant.pdf"
    room = list(ROOM)
    while min(room) > 0:
        page.write_text(_document(told, facts, _planned(told, room)), encoding="utf-8")
        chromium.print_page(page, printed)
        with pikepdf.open(printed) as document:
            length = len(document.pages)
        if length <= SIDES:
            return printed
        room[0 if places(printed)["verso"] > SIDES else 1] -= STEP
    raise chromium.PrintError("Le dépliant ne tient pas sur deux pages, même sans dessins ni textes.")


def arranged(fixed: Sequence[Sequence[Block]], drawings: Sequence[Block], room: Sequence[float]) -> Columns:
    """Share blocks between the columns of both sides.

    Parameters
    ----------
    fixed : sequence of sequence of Block
        What each of the four columns holds in any case: it opens those of the first side, and closes
        those of the second.
    drawings : sequence of Block
        What matters most first; one that has no room is left out, rather than one before it.
    room : sequence of float
        Millimetres of a column of each side.

    Examples
    --------
    >>> map_, bars = Block("dessin", "Carte", ratio=1.5), Block("dessin", "Barres", ratio=1)
    >>> [[block.title for block in column] for column in arranged([[]] * 4, [map_, bars], (130, 0))]
    [['Carte'], ['Barres'], [], []]
    """
    limits = [room[column // COLUMNS] for column in range(len(fixed))]
    left = [limit - sum(block.height for block in held) for limit, held in zip(limits, fixed, strict=True)]

    def worth(columns: tuple[int | None, ...]) -> tuple | None:
        """Return how good it is to place each drawing in a column, or in none; None if there is no room."""
        still = list(left)
        for block, column in zip(drawings, columns, strict=True):
            if column is not None:
                still[column] -= block.height
                if still[column] < 0:
                    return None
        # As even as can be, and what matters most on the first side.
        return [column is not None for column in columns], -max(still), [-(column or 0) for column in columns]

    ways = product((*range(len(fixed)), None), repeat=len(drawings))
    chosen = max((way for way in ways if worth(way)), key=worth)
    drawn = [[b for b, place in zip(drawings, chosen, strict=True) if place == column] for column in range(len(fixed))]
    return [
        [*held, *more] if column < COLUMNS else [*more, *held]
        for column, (held, more) in enumerate(zip(fixed, drawn, strict=True))
    ]


def _fixed(told: Gleaned, room: Sequence[float], width: float, opening: int) -> list[list[Block]]:
    """Return what stands in any case: the findings, what the message stands on in a column, and what is not known."""
    columns = [_told("constats", "L’essentiel", told.findings, room[0]), []]
    columns[opening] += _drawn(told.opening, width)
    return [*columns, _told("limites", "Ce que ces chiffres ne disent pas", told.unknown, room[1]), []]


def _told(kind: str, title: str, paragraphs: Sequence[str], room: float) -> list[Block]:
    block = Block(kind, title, paragraphs=tuple(paragraphs))
    while block.paragraphs and block.height > room:
        block = replace(block, paragraphs=block.paragraphs[:-1])
    return [block] if block.paragraphs else []


def _drawn(drawing: Drawing | None, width: float) -> list[Block]:
    return [Block("dessin", drawing.title, drawing.svg, ratio=drawing.room, width=width)] if drawing else []


def _planned(told: Gleaned, room: Sequence[float]) -> Columns:
    """Return the columns that show what matters most, each side's as wide as its room allows."""
    shown = [*told.drawings[:BEFORE], *([told.bounds] if told.bounds else []), *told.drawings[BEFORE:]][:MOST]
    plans = []
    for width, opening in product(WIDTHS, range(COLUMNS)):
        drawings = [block for drawing in shown for block in _drawn(drawing, width)]
        fixed = _fixed(told, room, width, opening)
        if sum(block.height for block in fixed[opening]) > room[0] and not opening:
            continue  # below the findings only where there is room for both
        columns = arranged(fixed, drawings, room)
        held = [block for column in columns for block in column]
        # As wide as can be, but for nothing that matters less; beside the findings, of two that are alike.
        plans.append(([block in held for block in drawings], width, opening, columns))
    columns = max(plans, key=lambda plan: plan[:3])[-1]
    return [*_widest(columns[:COLUMNS], room[0]), *_widest(columns[COLUMNS:], room[1])]


def _widest(side: Columns, room: float) -> Columns:
    for width in WIDTHS:
        wider = [[replace(block, width=width) for block in column] for column in side]
        if all(sum(block.height for block in column) <= room for column in wider):
            return wider
    return side


def _document(told: Gleaned, facts: Mapping, columns: Columns) -> str:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(paths.PRINT), autoescape=True)
    return environment.get_template("depliant.html").render(
        facts,
        told=told,
        sides=[columns[:COLUMNS], columns[COLUMNS:]],
        sheet=(paths.PRINT / "depliant.css").as_uri(),
    )
