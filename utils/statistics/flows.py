"""Counts that keep to their totals, as flows in a network: what one of them can gain or lose, and what to hide.

What a count can gain or lose is found by augmenting paths, exactly and in whole numbers
(Cox 1995). What to hide is a heuristic, in the line of Castro (2007): for the counts still
told too well, smallest first, the path that costs least for the room it gives; then each
secondary count, largest first, is shown again if that does no harm. A count costs 1 and, to
prefer small ones, its part of all.
Knows nothing of waves, files or French.
"""

__all__ = ["Arc", "Network"]

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import count
from math import inf


@dataclass(frozen=True, eq=False)
class Arc:
    """A count between two nodes; `need` is how wide its range must be once hidden, None if no page shows it."""

    tail: Hashable
    head: Hashable
    count: int
    limit: float
    need: int | None = None
    sensitive: bool = False


@dataclass(frozen=True)
class Network:
    """Counts of which each node gives on as many as it gets: no total moves when they do."""

    arcs: tuple[Arc, ...]

    @cached_property
    def near(self) -> dict[Hashable, list[tuple[Arc, Hashable, int]]]:
        """Where one count more (1) or less (-1) of which arc leads to, by node."""
        near = {node: [] for arc in self.arcs for node in (arc.tail, arc.head)}
        for arc in self.arcs:
            near[arc.tail].append((arc, arc.head, 1))
            near[arc.head].append((arc, arc.tail, -1))
        return near

    @cached_property
    def hidden(self) -> frozenset[Arc]:
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

    def safe(self, hidden: frozenset[Arc]) -> bool:
        """Tell whether no hidden count is told better than it may be."""
        return all(self._missing(arc, hidden) <= 0 for arc in hidden)

    def _missing(self, arc: Arc, hidden: frozenset[Arc]) -> int:
        return arc.need - (self._moved(arc, 1, hidden)[arc] - self._moved(arc, -1, hidden)[arc])

    def _moved(self, arc: Arc, way: int, hidden: frozenset[Arc]) -> dict[Arc, int]:
        """Return counts as they can be as well, `arc` having its greatest (1) or least (-1) value."""
        counts = {arc: arc.count for arc in self.arcs}
        while path := self._path(counts, arc, way, hidden, {}):
            _, room, steps = path
            for step, sign in steps:
                counts[step] += sign * room
        return counts

    def _path(self, counts: dict, arc: Arc, way: int, hidden: frozenset[Arc], prices: dict) -> tuple | None:
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


def _room(counts: dict[Arc, int], arc: Arc, way: int) -> float:
    return arc.limit - counts[arc] if way > 0 else counts[arc]
