"""Tables that a reader cannot tell from the true one, found by integer programming.

A hidden count is as well hidden as two tables of whole numbers, both in keeping with all that
is published, differ in it. Each table found is held against what is published before it
counts: whatever the solver does, it can make too much be hidden, never too little.

For what is no flow in a network: answers by two breakdowns at once, of which the crossing is
known (for two answers it is one, see `disclosure`).
Knows nothing of waves, files or French.
"""

__all__ = ["Limits", "hidden_enough", "spread"]

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np
import scipy
from scipy.sparse import block_array, csr_array, eye_array

NODES = 5_000  # how far one search goes; a limit in seconds would depend on the machine


class Limits(NamedTuple):
    """Sums of counts, a row of `rows` each, that are at most as great as `most`."""

    rows: csr_array
    most: np.ndarray


def hidden_enough(
    truth: np.ndarray,
    known: csr_array,
    cells: csr_array,
    hidden: np.ndarray,
    needs: np.ndarray,
    limits: Limits | None = None,
) -> np.ndarray | None:
    """Hide further counts until each hidden one can have been as many different numbers as it needs.

    Parameters
    ----------
    truth : array of int
        The counts that nothing finer is known of, shape (unknowns,).
    known : sparse array
        Which of them add up to each number that is told anyway, a row a number.
    cells : sparse array
        Which add up to each count that is told unless hidden, a row a count.
    hidden : array of bool
        The counts to hide to begin with.
    needs : array of int
        How far apart a count's least and greatest value must lie once it is hidden.
    limits : Limits, optional
        What else no table may exceed.

    Returns
    -------
    array of bool or None
        The counts to hide; None where no way was found.

    Examples
    --------
    Two answers in two groups of ten, told but for one count: the others give it away.

    >>> known = csr_array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0]])
    >>> first = np.array([True, False, False, False])
    >>> hidden_enough(np.array([4, 16, 9, 11]), known, csr_array(np.eye(4, dtype=int)), first, np.full(4, 5))
    array([ True,  True,  True,  True])
    """
    puzzle = _Puzzle(truth, known, cells, hidden.copy(), limits)
    values = cells @ truth
    while todo := [i for i in np.flatnonzero(puzzle.hidden) if puzzle.high[i] - puzzle.low[i] < needs[i]]:
        cell = min(todo, key=lambda i: (values[i], i))
        for sign in (1, -1):
            if puzzle.high[cell] - puzzle.low[cell] < needs[cell]:
                puzzle.note(puzzle.extreme(cell, sign))
        if puzzle.high[cell] - puzzle.low[cell] < needs[cell] and not puzzle.free(cell, needs[cell]):
            return None
    return puzzle.hidden


def spread(truth: np.ndarray, known: csr_array, sums: csr_array, limits: Limits) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the greatest value that each of some sums can have, by what is known; as `hidden_enough`.

    Examples
    --------
    >>> spread(np.array([2, 8]), csr_array([[1, 1]]), csr_array([[1, 0]]), Limits(csr_array([[0, 1]]), np.array([9])))
    (array([1]), array([10]))
    """
    puzzle = _Puzzle(truth, known, sums, np.ones(sums.shape[0], dtype=bool), limits)
    for cell in range(sums.shape[0]):
        for sign in (1, -1):
            puzzle.note(puzzle.extreme(cell, sign))
    return puzzle.low, puzzle.high


@dataclass
class _Puzzle:
    """What is known, what is hidden by now, and how far the tables found so far differ in each count."""

    truth: np.ndarray
    known: csr_array
    cells: csr_array
    hidden: np.ndarray
    limits: Limits | None

    def __post_init__(self) -> None:
        self.values = self.cells @ self.truth
        self.low, self.high = self.values.copy(), self.values.copy()
        self.most = int(self.truth.sum())

    def note(self, other: np.ndarray | None) -> bool:
        """Take another table into account, if it tells the same as the true one."""
        if other is None or (other < 0).any() or (self.known @ other != self.known @ self.truth).any():
            return False
        if self.limits and (self.limits.rows @ other > self.limits.most).any():
            return False
        values = self.cells @ other
        if (values != self.values)[~self.hidden].any():
            return False
        self.low, self.high = np.minimum(self.low, values), np.maximum(self.high, values)
        return True

    def extreme(self, cell: int, sign: int) -> np.ndarray | None:
        """Return a table with the greatest (1) or the least (-1) value of a count."""
        told = [self.known, self.cells[np.flatnonzero(~self.hidden)]]
        fixed = block_array([[rows] for rows in told if rows.shape[0]], format="csr")
        target = -sign * self.cells[[cell]].toarray()[0]
        told = [scipy.optimize.LinearConstraint(fixed, fixed @ self.truth, fixed @ self.truth)]
        # Mostly the relaxed problem, which is quicker, has a whole solution already.
        relaxed = self._solved(target, told, len(target), whole=False)
        return self._solved(target, told, len(target)) if relaxed is None else relaxed

    def free(self, cell: int, need: int) -> bool:
        """Hide what it costs least to hide so that a count can be as different as it needs; tell whether it works.

        A count costs 1 and, to prefer small ones, its part of all.
        """
        shown = np.flatnonzero(~self.hidden)
        price = 1 + self.values[shown] / (1 + self.most)
        found = [self._cheapest(cell, ends, shown, price) for ends in self._beyond(cell, need)]
        costs = [inf if one is None else price[(self.cells[shown] @ one) != self.values[shown]].sum() for one in found]
        best = found[int(np.argmin(costs))]
        if best is None:
            return False
        before = self.hidden
        self.hidden = before | ((self.cells @ best) != self.values)
        return self.note(best)

    def _beyond(self, cell: int, need: int) -> tuple[tuple[float, float], tuple[float, float]]:
        return (self.low[cell] + need, inf), (-inf, self.high[cell] - need)

    def _cheapest(self, cell: int, ends: tuple, shown: np.ndarray, price: np.ndarray) -> np.ndarray | None:
        """Return a table with a count between two ends that differs from the true one in as cheap counts as can be."""
        size, some = len(self.truth), self.cells[shown]
        moved = self.most * eye_array(len(shown), format="csr")
        told = scipy.optimize.LinearConstraint(
            block_array([[self.known, csr_array((self.known.shape[0], len(shown)))]]),
            *(self.known @ self.truth,) * 2,
        )
        kept = self.values[shown]
        constraints = [
            told,
            scipy.optimize.LinearConstraint(block_array([[some, -moved]]), -inf, kept),
            scipy.optimize.LinearConstraint(block_array([[some, moved]]), kept, inf),
            scipy.optimize.LinearConstraint(block_array([[self.cells[[cell]], csr_array((1, len(shown)))]]), *ends),
        ]
        return self._solved(np.concatenate([np.zeros(size), price]), constraints, size)

    def _solved(
        self, target: np.ndarray, constraints: list["scipy.optimize.LinearConstraint"], size: int, *, whole: bool = True
    ) -> np.ndarray | None:
        if self.limits:
            rows = block_array([[self.limits.rows, csr_array((len(self.limits.most), len(target) - size))]])
            constraints = [*constraints, scipy.optimize.LinearConstraint(rows, -inf, self.limits.most)]
        most = np.concatenate([np.full(size, self.most), np.ones(len(target) - size)])
        for presolve in (True, False):  # HiGHS 1.12's presolve finds some of these problems infeasible
            found = scipy.optimize.milp(
                target,
                integrality=np.full(len(target), int(whole)),
                bounds=scipy.optimize.Bounds(0, most),
                constraints=constraints,
                options={"presolve": presolve, "node_limit": NODES},
            )
            if found.x is not None and np.allclose(found.x[:size], np.round(found.x[:size]), rtol=0, atol=1e-6):
                return np.round(found.x[:size]).astype(int)
            if not whole:
                return None
        return None
