"""Shares of many answers in many groups: a cell each, tinted from little to much, so that a pattern is seen at once."""

__all__ = ["breakdowns", "caption", "options_by_size"]

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from utils.french import capitalise, decapitalise, elides, listing, typeset
from utils.showing.canvas import Chart, Sheet, describe, empty, font, measure, wrap
from utils.showing.lines import Lines
from utils.showing.style import LEADING, QUIET, RAMP, SMALL
from utils.survey.results import HIDDEN, ChoiceResult
from utils.survey.sizes import OptionsByStratum
from utils.survey.strata import Breakdown
from utils.telling import breakdowns as telling
from utils.telling.figures import number, percent

_CELL, _GAP, _BETWEEN = 22.0, 2.0, 4.0  # height of a cell, and the ground between two columns, between two rows
_NAMES = 0.34  # of the width, at most: the columns need the rest for their heads
_LEAST = 7.5  # the smallest type of a head
_AIR = 8.0  # between two heads: a page's own type may be a little wider than the one they are measured in
_SHADES = "La couleur suit la part."


@dataclass(frozen=True)
class _Grid:
    """Answers by groups.

    Attributes
    ----------
    heads : tuple of str
        What stands above each column.
    rows : tuple of (str, tuple of float or None)
        What an answer is called, and its share (0..1) in each group: None where it is not
        published, NaN where nobody answered.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]

    @property
    def hides(self) -> bool:
        return any(share is None for _, shares in self.rows for share in shares)

    @property
    def silent(self) -> bool:
        return any(share is not None and pd.isna(share) for _, shares in self.rows for share in shares)

    def published(self) -> tuple["_Grid", list[str]]:
        """Return the grid without the rows that hold no share, and what these are called."""
        kept = tuple((name, shares) for name, shares in self.rows if any(map(_known, shares)))
        names = {name for name, _ in kept}
        return _Grid(self.heads, kept), [name for name, _ in self.rows if name not in names]

    def told(self) -> list[str]:
        """Return each group with its shares, in words."""
        return [
            f"{head} : " + ", ".join(f"{name} {_told(shares[i], percent)}" for name, shares in self.rows)
            for i, head in enumerate(self.heads)
        ]


def options_by_size(split: OptionsByStratum, title: str) -> Chart:
    """Draw who chose each option in each size of communes, the most chosen option first."""
    found = {size: result for size, result in split.results.items() if result.answers.n or result.withheld}
    whole = split.whole
    if not found or split.withheld:
        return empty(title, whole.question.enonce)
    labels = next(iter(split.splits.values())).labels
    grid = _Grid(
        tuple(_head(labels[size], None if r.withheld else r.answers.n) for size, r in found.items()),
        tuple(
            (
                capitalise(typeset(whole.label(option))),
                tuple(
                    None if size in split.splits[option].hidden else float(result.answers.shares[option])
                    for size, result in found.items()
                ),
            )
            for option in whole.order
            if option in split.splits
        ),
    )
    subtitle = f"{whole.question.enonce} Part des {whole.noun.plural} de chaque taille, en %."
    return _chart(title, subtitle, f"part en % des {whole.noun.plural} de chaque taille", [grid])


def breakdowns(found: Sequence[Breakdown]) -> Chart | None:
    """Draw a question by size and by province, one grid each; None where nothing of it is published.

    Parameters
    ----------
    found : sequence of Breakdown
        Of one question: by each of its divisions, for each group that was asked. Of a rated item
        that two groups answered, the grid tells who agrees in each; else every answer has its row.
    """
    shown, facing = _shown(found)
    if not shown:
        return None
    bases = {one.whole.base: one.whole for one in shown}
    what = "d’accord" if facing else "de chaque réponse"
    whom, kinds = listing(result.noun.plural for result in bases.values()), _by(shown)
    grids, untold = zip(
        *((_facing(same) if facing else _alone(same[0])).published() for same in kinds.values()), strict=True
    )
    subtitle = f"{shown[0].whole.question.enonce} Part {what}, {whom}, en %."
    empty_rows: dict[str, list[str]] = {}
    for (by, same), names in zip(kinds.items(), untold, strict=True):
        drawn = {one.whole.base for one in same}
        lost = [one.whole.noun.plural for one in found if one.by == by and one.whole.base not in drawn]
        if told := listing(map(decapitalise, lost if facing else names)):
            empty_rows.setdefault(told, []).append(same[0].kind)
    subtitle += "".join(f" Rien à montrer selon {' ni selon '.join(by)} : {told}." for told, by in empty_rows.items())
    return _chart(telling.headline(shown), subtitle, f"part {what} en %, {whom}", grids)


def _shown(found: Sequence[Breakdown]) -> tuple[list[Breakdown], bool]:
    """Return the breakdowns of which a share is drawn, and whether two groups face each other."""
    open_ = [one for one in found if not one.withheld]
    facing = len({one.whole.base for one in open_}) > 1
    return [one for one in open_ if _published(one, facing=facing)], facing


def _published(found: Breakdown, *, facing: bool) -> bool:
    """Whether any share of a breakdown would be drawn."""
    answers = ("accord",) if facing else _names(found)
    return any(_known(_share(found, answer, stratum)) for answer in answers for stratum in found.labels)


def caption(found: Sequence[Breakdown]) -> str:
    """Return the caption of a question's breakdowns: what is drawn, of whom, by what."""
    groups = listing(dict.fromkeys(one.whole.noun.plural for one in _shown(found)[0]))
    return f"{found[0].whole.question.libelle} ({groups}), selon {listing(dict.fromkeys(one.kind for one in found))}."


def _by(found: Sequence[Breakdown]) -> dict[str, list[Breakdown]]:
    return {by: [one for one in found if one.by == by] for by in dict.fromkeys(one.by for one in found)}


def _alone(found: Breakdown) -> _Grid:
    """Return the answers of one group of communes by strata."""
    return _Grid(
        tuple(_head(label, found.n[stratum]) for stratum, label in found.labels.items()),
        tuple((name, tuple(_share(found, answer, s) for s in found.labels)) for answer, name in _names(found).items()),
    )


def _names(found: Breakdown) -> dict[str, str]:
    """Return what the answers of a breakdown are called, in the order in which they are drawn."""
    whole = found.whole
    if isinstance(whole, ChoiceResult):
        return {o: capitalise(typeset(whole.label(o))) for o in whole.order if o in found.counts.index}
    return _SIDES


_SIDES = {"accord": "Accord", "neutre": "Milieu", "desaccord": "Désaccord"}


def _facing(found: Sequence[Breakdown]) -> _Grid:
    """Return who agrees in each group of communes, by strata."""
    return _Grid(
        tuple(_head(label) for label in found[0].labels.values()),
        tuple(
            (capitalise(one.whole.noun.plural), tuple(_share(one, "accord", s) for s in one.labels)) for one in found
        ),
    )


def _share(found: Breakdown, answer: str, stratum: str) -> float | None:
    part = found.part(answer, stratum)
    return None if part is None or part.n is None else part.share


def _known(share: float | None) -> bool:
    return share is not None and not pd.isna(share)


def _head(label: str, n: int | None = None) -> str:
    return typeset(capitalise(label) + ("" if n is None or pd.isna(n) else f" (n = {number(n)})"))


def _told(share: float | None, write: Callable[[float], str]) -> str:
    return HIDDEN if share is None else "–" if pd.isna(share) else write(share)


def _chart(title: str, subtitle: str, unit: str, grids: Sequence[_Grid]) -> Chart:
    subtitle += f" {_SHADES}" + (f" {HIDDEN} : non publié." if any(grid.hides for grid in grids) else "")
    subtitle += " – : aucune réponse." if any(grid.silent for grid in grids) else ""
    alt = describe("Cases teintées", unit, title, [said for grid in grids for said in grid.told()])

    def draw(width: float) -> Figure:
        placed = [_Placed(grid, width) for grid in grids]
        sheet = Sheet(width, title, subtitle, sum(one.height for one in placed) + 14 * (len(placed) - 1))
        top = 0.0
        for one in placed:
            one.draw(sheet, top)
            top += one.height + 14
        return sheet.figure

    return Chart(draw, alt)


def _fitting(heads: Sequence[str], width: float) -> float:
    """Return the size of type at which no word of the heads is wider than their column; never illegible."""
    widest = max(measure(word, font(SMALL)) for head in heads for word in head.split(" "))
    return max(_LEAST, min(SMALL, SMALL * width / widest))


def _cut(head: str, width: float, size: float) -> str:
    """Shorten the words of a head that are wider than their column, each before a vowel: « Luxemb. »."""
    return " ".join(
        word if measure(word, font(size)) <= width else _shorter(word, width, size) for word in head.split(" ")
    )


def _shorter(word: str, width: float, size: float) -> str:
    fitting = (
        f"{word[:end]}."
        for end in range(len(word) - 2, 1, -1)
        if elides(word[end]) and not elides(word[end - 1]) and measure(f"{word[:end]}.", font(size)) <= width
    )
    return next(fitting, word)


class _Placed:
    """A grid laid out at a width."""

    def __init__(self, grid: _Grid, width: float) -> None:
        self.grid, names = grid, [name for name, _ in grid.rows]
        self.lines = Lines(names, width, tall=_CELL, gap=_BETWEEN, most=_NAMES)
        self.column = (width - self.lines.left) / len(grid.heads)
        room = self.column - _AIR
        self.size = _fitting(grid.heads, room)
        self.heads = [wrap(_cut(head, room, self.size), room, font(self.size)) for head in grid.heads]
        self.head = max(map(len, self.heads)) * self.size * LEADING + 8

    @property
    def height(self) -> float:
        return self.head + self.lines.bottom

    def draw(self, sheet: Sheet, top: float) -> None:
        for i, lines in enumerate(self.heads):
            # Heads stand on their cells, however many lines they take.
            middle = top + self.head - 6 - len(lines) * self.size * LEADING / 2
            sheet.write_lines(self._left(i), middle, lines, size=self.size, colour=QUIET)
        top += self.head
        self.lines.write(sheet, top)
        for (_, shares), y, height in zip(self.grid.rows, self.lines.places, self.lines.heights, strict=True):
            for i, share in enumerate(shares):
                self._cell(sheet, share, self._left(i), top + y, height)

    def _left(self, column: int) -> float:
        return self.lines.left + column * self.column

    def _cell(self, sheet: Sheet, share: float | None, left: float, y: float, height: float) -> None:
        told, counted = _told(share, lambda value: number(value * 100)), _known(share)
        if counted:
            shade, wide = RAMP[min(int(share * len(RAMP)), len(RAMP) - 1)], self.column - _GAP
            cell = Rectangle((left, sheet.top + y - height / 2), wide, height, color=shade, linewidth=0)
            sheet.axes.add_patch(cell)
        style = {"weight": "bold"} if counted else {"colour": QUIET, "size": SMALL}
        sheet.write(left + (self.column - _GAP) / 2, y, told, ha="center", **style)
