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

Counts that keep to the totals are flows in a network (`flows`). Two breakdowns of three
answers or more are none once it is known how many answered where they cross: there other
tables that tell the same are searched for (`alternatives`). The same table always hides
the same counts.

Not covered: readers who take themselves off the counts of their own stratum, reason
from the very rule, or set several questions side by side.
Knows nothing of waves, files or French.
"""

__all__ = ["Protected", "margins", "protect", "protect_both"]

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, eye_array, kron, vstack

from utils.statistics.alternatives import hidden_enough
from utils.statistics.flows import Arc, Network


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

    For one breakdown alone; where two are published side by side, see `protect_both`.

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
        cells = _cells(counts, counts.sum(axis=0), threshold, _between, False)
        return _published(table, cells, [Network(tuple(cells.flat))])
    cells = _cells(counts, totals.to_numpy(dtype=int), threshold, lambda *_: ("from", "to"), True)
    return _published(table, cells, [Network(tuple(row)) for row in cells])


def protect_both(
    counts: pd.DataFrame,
    threshold: int,
    totals: pd.Series | None = None,
) -> tuple[Protected, Protected]:
    """Hide what must stay hidden of two breakdowns of one question, published side by side.

    The reader is taken to know how many answered where the breakdowns cross: a list of who took
    part tells it, or the options of a multiple choice put to the same respondents.

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
    if threshold == 1:  # nothing is a secret
        return tuple(Protected(table.astype("Int64"), False) for table in _tables(counts))
    if totals is not None:
        return _options(counts, threshold, totals)
    if len(counts) == 2:  # who did not give one answer gave the other
        sides = zip(_options(counts.iloc[:1], threshold, counts.sum()), _tables(counts), strict=True)
        return tuple(_mirrored(side, table) for side, table in sides)
    return _answers(counts, threshold)


def margins(cross: pd.MultiIndex) -> list[csr_array]:
    """Return which crossings make up each stratum, of the first breakdown and of the second.

    Examples
    --------
    >>> margins(pd.MultiIndex.from_product([["Namur", "Liège"], ["small", "large"]]))[1].toarray().tolist()
    [[1, 0, 1, 0], [0, 1, 0, 1]]
    """
    levels = [cross.get_level_values(level) for level in (0, 1)]
    return [csr_array((found.to_numpy()[None] == found.unique().to_numpy()[:, None]).astype(int)) for found in levels]


def _tables(counts: pd.DataFrame) -> list[pd.DataFrame]:
    return [counts.T.groupby(level=level, sort=False).sum().T for level in (0, 1)]


def _options(counts: pd.DataFrame, threshold: int, totals: pd.Series) -> tuple[Protected, ...]:
    """Protect options that one takes or leaves, each for itself: a network from one breakdown to the other."""
    tables, sides, places = _tables(counts), [], []
    for level, ends in enumerate([lambda _, j: ("from", (0, j)), lambda _, j: ((1, j), "to")]):
        sizes = totals.groupby(level=level, sort=False).sum().to_numpy(dtype=int)
        sides.append(_cells(tables[level].to_numpy(dtype=int), sizes, threshold, ends, True))
        places.append(tables[level].columns.get_indexer(counts.columns.get_level_values(level)))
    networks = []
    for first, second, row in zip(*sides, counts.to_numpy(dtype=int).tolist(), strict=True):
        cross = zip(*places, row, totals.astype(int).tolist(), strict=True)
        networks.append(Network((*first, *second, *(Arc((0, p), (1, s), k, size) for p, s, k, size in cross))))
    return tuple(_published(table, cells, networks) for table, cells in zip(tables, sides, strict=True))


def _answers(counts: pd.DataFrame, threshold: int) -> tuple[Protected, ...]:
    """Protect several answers of which each gave one: each breakdown as a network, then what both tell together."""
    tables, arcs, masks = _tables(counts), [], []
    for table in tables:
        cells = _cells(table.to_numpy(dtype=int), table.sum().to_numpy(dtype=int), threshold, _between, False)
        arcs.append(cells)
        masks.append(_masked(cells, [Network(tuple(cells.flat))]))
    answers, crossings = counts.shape
    each, everywhere = eye_array(answers), eye_array(crossings)
    known = vstack([kron(np.ones((1, answers)), everywhere), kron(each, np.ones((1, crossings)))], format="csr")
    told = vstack([kron(each, margin) for margin in margins(counts.columns)], format="csr")
    needs = np.array([arc.need for cells in arcs for arc in cells.flat])
    hidden = np.concatenate([mask.ravel() for mask in masks])
    truth = counts.to_numpy(dtype=int).ravel()
    if hidden.any():
        hidden = hidden_enough(truth, known.astype(int), told.astype(int), hidden, needs)
    safe = hidden is not None
    parts = np.split(hidden, [masks[0].size]) if safe else masks
    return tuple(
        _shown(table, part.reshape(table.shape), cells, safe)
        for table, part, cells in zip(tables, parts, arcs, strict=True)
    )


def _mirrored(first: Protected, table: pd.DataFrame) -> Protected:
    """Return both answers of a question of which the first is protected as an option."""
    return Protected(table.astype("Int64").mask(np.repeat(first.hidden.to_numpy(), 2, axis=0)), first.withheld)


def _between(answer: int, stratum: int) -> tuple[Hashable, Hashable]:
    return ("answer", answer), ("stratum", stratum)


def _cells(counts: np.ndarray, sizes: np.ndarray, threshold: int, ends: Callable, limited: bool) -> np.ndarray:
    """Return the arcs of a table, between the `ends` of each place; `limited` by `sizes` where one may say no."""
    n, cells = int(sizes.sum()), np.empty(counts.shape, dtype=object)
    for (i, j), k in np.ndenumerate(counts):
        row, k, size = int(counts[i].sum()), int(k), int(sizes[j])
        told = min(row, size) - max(0, row + size - n)  # how wide by the totals alone (Fréchet bounds)
        few = any(0 < part < threshold for part in (k, size - k if limited else size))
        cells[i, j] = Arc(*ends(i, j), k, size if limited else inf, min(threshold, told), few)
    return cells


def _masked(cells: np.ndarray, networks: list[Network]) -> np.ndarray:
    hidden = frozenset().union(*(network.hidden for network in networks))
    return np.vectorize(lambda cell: cell in hidden, otypes=[bool])(cells)


def _published(table: pd.DataFrame, cells: np.ndarray, networks: list[Network]) -> Protected:
    safe = all(network.safe(network.hidden) for network in networks)  # the heuristic is not taken at its word
    return _shown(table, _masked(cells, networks), cells, safe)


def _shown(table: pd.DataFrame, mask: np.ndarray, cells: np.ndarray, safe: bool) -> Protected:
    """Return a table as it may be published; withheld where it would tell nothing, or too much."""
    tells = any(cell.need > 0 for cell in cells[~mask])
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
