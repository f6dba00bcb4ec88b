"""What a reader can work out of a published question: an attacker who knows nothing but the page.

Written without a look at `utils.statistics.disclosure`, with which it shares no code: every
answer, province and size has its own unknown whole number, every published number is an
equation, and integer programming tells how small and how large a hidden count can be.
"""

__all__ = ["Published", "another", "exposed", "ranges"]

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Cell = tuple[str, object, object]


@dataclass(frozen=True)
class Published:
    """Everything that a wave publishes about one question.

    Attributes
    ----------
    overall : Series of int
        Counts by answer, all strata together.
    n : int
        Answers in all.
    breakdowns : dict of DataFrame
        Answers by strata, NA where hidden, by name of the breakdown: one or more.
    totals : dict of Series
        Answers by stratum, by name of the breakdown; NA where not told.
    multiple : bool
        Whether one respondent may give several answers.
    crossing : Series of int, optional
        How many answered where the breakdowns cross, by what their strata are called, if the reader knows:
        from a list of who took part, from other questions.
    most : Series of int, optional
        At most how many answered there.
    alone : tuple of str
        Of a multiple choice, the answers that nobody gives beside another.
    groups : dict of DataFrame
        By name of the breakdown, at least and at most how many answered in a stratum, as other questions tell.
    """

    overall: pd.Series
    n: int
    breakdowns: dict[str, pd.DataFrame]
    totals: dict[str, pd.Series]
    multiple: bool
    crossing: pd.Series | None = None
    most: pd.Series | None = None
    groups: dict[str, pd.DataFrame] = field(default_factory=dict)
    alone: tuple[str, ...] = ()

    def without(self, answer: object) -> "Published":
        """Return the same question as it would be told if an answer were in no breakdown.

        How many gave one that stands alone tells of how many the shares of all others are: of these, it
        is a total, like that of a stratum, and stays. Of one that stands alone, nothing stays.
        """
        kept = () if answer in self.alone else self.alone
        blank = {by: table[table.index.isin(kept)].reindex(table.index) for by, table in self.breakdowns.items()}
        return replace(self, breakdowns=blank)

    @property
    def hidden(self) -> Iterator[Cell]:
        """Breakdown, answer and stratum of each hidden count."""
        for by, table in self.breakdowns.items():
            for answer, stratum in product(table.index, table.columns):
                if pd.isna(table.loc[answer, stratum]):
                    yield by, answer, stratum

    @cached_property
    def unknowns(self) -> dict[tuple, int]:
        """Position of each unknown: an answer (None: everybody) where all breakdowns cross."""
        strata = [list(table.columns) for table in self.breakdowns.values()]
        answers = [*self.overall.index, *([None] if self.multiple else [])]
        return {key: place for place, key in enumerate(product(answers, *strata))}

    def indicator(self, answer: object, by: str | None = None, stratum: object = None) -> np.ndarray:
        """Which unknowns make up a published number."""
        side = list(self.breakdowns).index(by) + 1 if by else 0
        return np.array([key[0] == answer and (not side or key[side] == stratum) for key in self.unknowns], dtype=float)

    @cached_property
    def equations(self) -> LinearConstraint:
        """All that the page says."""
        rows, low, high = [], [], []

        def say(row: np.ndarray, least: float, most: float) -> None:
            rows.append(row)
            low.append(least)
            high.append(most)

        def everybody(by: str | None = None, stratum: object = None) -> np.ndarray:
            groups = [None] if self.multiple else self.overall.index
            return sum(self.indicator(group, by, stratum) for group in groups)

        say(everybody(), self.n, self.n)
        for told, least in ((self.crossing, 1), (self.most, 0)):
            for where, count in () if told is None else told.items():
                row = np.zeros(len(self.unknowns))
                row[[self.unknowns[group, *where] for group in ([None] if self.multiple else self.overall.index)]] = 1
                say(row, least * count, count)
        for by, told in self.groups.items():
            for stratum, (least, most) in told.iterrows():
                say(everybody(by, stratum), least, most)
        for answer, count in self.overall.items():
            say(self.indicator(answer), count, count)
        for by, table in self.breakdowns.items():
            for stratum, count in self.totals[by].dropna().items():
                say(everybody(by, stratum), count, count)
            for answer, stratum in product(table.index, table.columns):
                if not pd.isna(count := table.loc[answer, stratum]):
                    say(self.indicator(answer, by, stratum), count, count)
        for (answer, *where), place in self.unknowns.items():
            if self.multiple and answer is not None:
                row = np.zeros(len(self.unknowns))
                row[[self.unknowns[other, *where] for other in self.alone]] = 1
                row[place], row[self.unknowns[None, *where]] = 1, -1
                say(row, -np.inf, 0)
        return LinearConstraint(csr_array(np.array(rows)), low, high)


def another(published: Published, weights: np.ndarray) -> dict[tuple, int]:
    """Return counts that the page cannot be told from, by answer (None: everybody) and strata.

    Parameters
    ----------
    weights : array of float
        By hidden count, in their order: which shall be small, and which great.
    """
    target = np.zeros(len(published.unknowns))
    for weight, cell in zip(weights, published.hidden, strict=True):
        by, answer, stratum = cell
        target = target + weight * published.indicator(answer, by, stratum)
    return dict(zip(published.unknowns, _solved(published, target, exact=False), strict=True))


def _extreme(published: Published, target: np.ndarray) -> int:
    return round(float(_solved(published, target) @ target))


def _solved(published: Published, target: np.ndarray, exact: bool = True) -> np.ndarray:
    # Mostly the relaxed problem has a whole solution already. Else not presolved: the presolve of HiGHS 1.12
    # (in scipy 1.17) finds some of these problems infeasible, or stops short of the extreme.
    for whole in (False, True) if exact else (True,):
        found = milp(
            target,
            integrality=np.full(len(target), int(whole)),
            bounds=Bounds(0, published.n),
            constraints=published.equations,
            options={"presolve": not whole},
        )
        if found.success and np.allclose(found.x, np.round(found.x), rtol=0, atol=1e-6):
            return np.round(found.x).astype(int)
    raise ValueError(f"the page contradicts itself: {found.message}")


def ranges(published: Published) -> dict[Cell, tuple[int, int]]:
    """Return the least and the greatest value that each hidden count can have."""
    return {cell: _range(published, cell) for cell in published.hidden}


def _range(published: Published, cell: Cell) -> tuple[int, int]:
    by, answer, stratum = cell
    target = published.indicator(answer, by, stratum)
    return _extreme(published, target), -_extreme(published, -target)


def exposed(published: Published, threshold: int) -> dict[Cell, tuple[int, int]]:
    """Return the hidden counts that the page tells within less than `threshold`, with their range.

    Left out is what the totals alone tell as closely: an option that three communes chose in all was chosen
    by none to three of any province, and one that all chose who have an opinion, by all of these.
    """
    found = _narrow(published, threshold)
    without = {cell: _range(published.without(cell[1]), cell) for cell in found}
    return {cell: ends for cell, ends in found.items() if without[cell] != ends}


def _narrow(published: Published, threshold: int) -> dict[Cell, tuple[int, int]]:
    """Return the hidden counts that the page tells within less than `threshold`, with their range."""
    cells = list(published.hidden)
    targets = np.array([published.indicator(answer, by, stratum) for by, answer, stratum in cells])
    low, high, found = np.full(len(cells), np.inf), np.full(len(cells), -np.inf), {}
    for place, cell in enumerate(cells):
        for sign in (1, -1):
            # Two tables of one page are proof enough for all counts in which they differ by so much.
            if not high[place] - low[place] >= threshold:
                values = targets @ _solved(published, sign * targets[place])
                low, high = np.minimum(low, values), np.maximum(high, values)
        if high[place] - low[place] < threshold:
            found[cell] = (round(low[place]), round(high[place]))
    return found
