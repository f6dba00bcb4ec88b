"""Which counts of a breakdown must stay hidden, so that the others do not give a small one away.

A count is sensitive where from one to `threshold` - 1 of a stratum gave the answer or,
of an option that one takes or leaves, did not give it; so is every count of a stratum
where as few answered. A zero is not: it is shown unless it has to cover for others.
Sensitive counts are hidden (primary suppression), then as many others as it takes
(secondary), until whoever knows the counts shown, the overall count of each answer and
the answers in each stratum can tell no hidden count more closely than by `threshold`,
from the least value that it can have to the greatest. These totals are published
anyway: where they alone tell more (an option that three chose in all has three at most
in a stratum), a hidden count is told no better than by them.

Counts that keep to the totals are flows in a network: what one of them can gain or lose
is found by augmenting paths, exactly and in whole numbers (Cox 1995). What to hide is a
heuristic, in the line of Castro (2007): for the counts still told too well, smallest
first, the path that costs least for the room it gives; then each secondary count,
largest first, is shown again if that does no harm. A count costs 1 and, to prefer small
ones, its part of all. The same table always hides the same counts.

Not covered: readers who take themselves off the counts of their own stratum, reason
from the very rule, or set several questions side by side.
Knows nothing of waves, files or French.
"""

__all__ = ["Protected", "protect", "protect_both"]

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import count
from math import inf

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Protected:
    """A breakdown as it may be published.

    Attributes
    ----------
    counts : DataFrame of Int64
        Answers by strata; NA where hidden.
    withheld : bool
        Whether nothing could be shown that the totals do not tell: then all counts are hidden.
    """

    counts: pd.DataFrame
    withheld: bool

    @property
    def hidden(self) -> pd.DataFrame:
        """Which counts are hidden."""
        return self.counts.isna()


def protect(table: pd.DataFrame, threshold: int, totals: pd.Series | None = None) -> Protected:
    """Hide what must stay hidden of one breakdown of one question.

    Those of a single choice can be protected one by one: whatever two of them leave possible is
    possible at once, since any two margins of one sum have a table. Else see `protect_both`.

    Parameters
    ----------
    table : DataFrame of int
        Answers by strata. The sums of its rows are the overall counts.
    threshold : int
        Smallest count that is no secret; 1 hides nothing.
    totals : Series of int, optional
        Answers by stratum to a multiple choice. Without it the question is a single choice.

    Raises
    ------
    ValueError
        A count that is negative or not whole, an option chosen by more than answered, other strata in `totals`.

    Examples
    --------
    >>> protect(pd.DataFrame([[9, 3, 20], [16, 22, 20]]), 5).counts.to_numpy().tolist()
    [[<NA>, <NA>, 20], [<NA>, <NA>, 20]]
    """
    _check(table, totals)
    counts = table.to_numpy(dtype=int)
    if totals is None:
        cells = _cells(counts, counts.sum(axis=0), threshold, lambda i, j: (("answer", i), ("stratum", j)), False)
        return _published(table, cells, [_Network(tuple(cells.flat))])
    cells = _cells(counts, totals.to_numpy(dtype=int), threshold, lambda *_: ("from", "to"), True)
    return _published(table, cells, [_Network(tuple(row)) for row in cells])


def protect_both(counts: pd.DataFrame, threshold: int, totals: pd.Series | None = None) -> tuple[Protected, Protected]:
    """Hide what must stay hidden of two breakdowns of one question, published side by side.

    All options of a multiple choice have the same respondents: together they can tell how many
    answered where the breakdowns cross, and that a count. Here the reader is taken to know it.

    Parameters
    ----------
    counts : DataFrame of int
        Answers by strata, its columns in two levels: strata of the first breakdown and of the second.
    threshold, totals
        As for `protect`, `totals` in the same two levels. So are errors.

    Returns
    -------
    tuple of Protected
        By the first level, and by the second.

    Examples
    --------
    >>> cross = pd.MultiIndex.from_product([["Namur", "Liège"], ["small", "large"]])
    >>> first, second = protect_both(pd.DataFrame([[2, 8, 9, 9]], columns=cross), 5, pd.Series([20] * 4, cross))
    >>> first.counts.to_numpy().tolist(), second.hidden.to_numpy().any()
    ([[10, 18]], np.False_)
    """
    _check(counts, totals)
    tables = [counts.T.groupby(level=level, sort=False).sum().T for level in (0, 1)]
    if totals is None:
        return tuple(protect(table, threshold) for table in tables)
    sides, places = [], []
    for level, ends in enumerate([lambda _, j: ("from", (0, j)), lambda _, j: ((1, j), "to")]):
        sizes = totals.groupby(level=level, sort=False).sum().to_numpy(dtype=int)
        sides.append(_cells(tables[level].to_numpy(dtype=int), sizes, threshold, ends, True))
        places.append(tables[level].columns.get_indexer(counts.columns.get_level_values(level)))
    networks = []
    for first, second, row in zip(*sides, counts.to_numpy(dtype=int).tolist(), strict=True):
        cross = zip(*places, row, totals.astype(int).tolist(), strict=True)
        networks.append(_Network((*first, *second, *(_Arc((0, p), (1, s), k, size) for p, s, k, size in cross))))
    return tuple(_published(table, cells, networks) for table, cells in zip(tables, sides, strict=True))


@dataclass(frozen=True, eq=False)
class _Arc:
    """A count between two nodes; `need` is how wide its range must be once hidden, None if no page shows it."""

    tail: Hashable
    head: Hashable
    count: int
    limit: float
    need: int | None = None
    sensitive: bool = False


@dataclass(frozen=True)
class _Network:
    """Counts of which each node gives on as many as it gets: no total moves when they do."""

    arcs: tuple[_Arc, ...]

    @cached_property
    def near(self) -> dict[Hashable, list[tuple[_Arc, Hashable, int]]]:
        """Where one count more (1) or less (-1) of which arc leads to, by node."""
        near = {node: [] for arc in self.arcs for node in (arc.tail, arc.head)}
        for arc in self.arcs:
            near[arc.tail].append((arc, arc.head, 1))
            near[arc.head].append((arc, arc.tail, -1))
        return near

    @cached_property
    def hidden(self) -> frozenset[_Arc]:
        """The counts to hide, each of them told as little as it needs."""
        prices = {arc: 1 + arc.count / (1 + sum(other.count for other in self.arcs)) for arc in self.arcs}
        primary = frozenset(arc for arc in self.arcs if arc.sensitive)
        hidden = primary
        while told := [arc for arc in self.arcs if arc in hidden and self._missing(arc, hidden) > 0]:
            arc = min(told, key=lambda arc: arc.count)
            while (missing := self._missing(arc, hidden)) > 0:
                ends = ((self._moved(arc, way, hidden), way) for way in (1, -1))
                found = [path for end, way in ends if (path := self._path(end, arc, way, hidden, prices))]
                _, _, steps = min(found, key=lambda path: path[0] / min(path[1], missing))
                hidden |= {step for step, _ in steps if step.need is not None}
        for arc in sorted(hidden - primary, key=lambda arc: (-arc.count, self.arcs.index(arc))):
            if self.safe(hidden - {arc}):
                hidden -= {arc}
        return hidden

    def safe(self, hidden: frozenset[_Arc]) -> bool:
        """Tell whether no hidden count is told better than it may be."""
        return all(self._missing(arc, hidden) <= 0 for arc in hidden)

    def _missing(self, arc: _Arc, hidden: frozenset[_Arc]) -> int:
        return arc.need - (self._moved(arc, 1, hidden)[arc] - self._moved(arc, -1, hidden)[arc])

    def _moved(self, arc: _Arc, way: int, hidden: frozenset[_Arc]) -> dict[_Arc, int]:
        """Return counts as they can be as well, `arc` having its greatest (1) or least (-1) value."""
        counts = {arc: arc.count for arc in self.arcs}
        while path := self._path(counts, arc, way, hidden, {}):
            _, room, steps = path
            for step, sign in steps:
                counts[step] += sign * room
        return counts

    def _path(self, counts: dict, arc: _Arc, way: int, hidden: frozenset[_Arc], prices: dict) -> tuple | None:
        """Find the cheapest ring of moves through `arc` (Dijkstra): price, counts it can move, steps."""
        start, goal = (arc.head, arc.tail) if way > 0 else (arc.tail, arc.head)
        best, came, done, ticket = {start: 0.0}, {}, set(), count()
        heap = [(0.0, next(ticket), start)]
        while heap and _room(counts, arc, way):
            price, _, node = heappop(heap)
            if node == goal:
                steps = [(arc, way)]
                while node != start:
                    step, sign, node = came[node]
                    steps.append((step, sign))
                return price, min(_room(counts, *step) for step in steps), steps
            done.add(node)
            for step, other, sign in self.near[node]:
                if step is arc or other in done or not _room(counts, step, sign):
                    continue
                further = price + (0.0 if step in hidden or step.need is None else prices.get(step, inf))
                if further < best.get(other, inf):
                    best[other], came[other] = further, (step, sign, node)
                    heappush(heap, (further, next(ticket), other))
        return None


def _room(counts: dict[_Arc, int], arc: _Arc, way: int) -> float:
    return arc.limit - counts[arc] if way > 0 else counts[arc]


def _cells(counts: np.ndarray, sizes: np.ndarray, threshold: int, ends: Callable, limited: bool) -> np.ndarray:
    """Return the arcs of a table, between the `ends` of each place; `limited` by `sizes` where one may say no."""
    n, cells = int(sizes.sum()), np.empty(counts.shape, dtype=object)
    for (i, j), k in np.ndenumerate(counts):
        row, k, size = int(counts[i].sum()), int(k), int(sizes[j])
        told = min(row, size) - max(0, row + size - n)  # how wide by the totals alone (Fréchet bounds)
        few = any(0 < part < threshold for part in (k, size - k if limited else size))
        cells[i, j] = _Arc(*ends(i, j), k, size if limited else inf, min(threshold, told), few)
    return cells


def _published(table: pd.DataFrame, cells: np.ndarray, networks: list[_Network]) -> Protected:
    hidden = frozenset().union(*(network.hidden for network in networks))
    mask = np.vectorize(lambda cell: cell in hidden, otypes=[bool])(cells)
    tells = any(cell.need > 0 for cell in cells[~mask])
    safe = all(network.safe(network.hidden) for network in networks)  # the heuristic is not taken at its word
    withheld = bool(mask.any() and not tells) or not safe
    return Protected(table.astype("Int64").mask(mask | withheld), withheld)


def _check(counts: pd.DataFrame, totals: pd.Series | None) -> None:
    if totals is not None and not counts.columns.equals(totals.index):
        raise ValueError("the totals are not those of the table's strata")
    values = (counts if totals is None else pd.concat([counts, totals.to_frame().T])).to_numpy(dtype=float)
    if not (np.isfinite(values) & (values >= 0) & (values % 1 == 0)).all():
        raise ValueError("counts must be whole and not negative")
    if totals is not None and (values[:-1] > values[-1]).any():
        raise ValueError("an option was chosen by more than the answers of a stratum")
