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

__all__ = ["Protected", "protect", "protect_both"]

from collections.abc import Callable, Collection, Hashable, Sequence
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
    closed: tuple[Collection[Hashable], Collection[Hashable]] = ((), ()),
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
    closed : tuple of collections
        Strata of each breakdown of which not even the answers in all are told: all their counts are hidden,
        and the others do not tell what they come to together.

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
    merged = pd.MultiIndex.from_tuples(
        tuple(_CLOSED if stratum in shut else stratum for stratum, shut in zip(strata, closed, strict=True))
        for strata in counts.columns
    )
    crossed = counts.set_axis(merged, axis=1).T.groupby(level=[0, 1], sort=False).sum().T
    sizes = counts.sum() if totals is None else totals
    sizes = sizes.set_axis(merged).groupby(level=[0, 1], sort=False).sum()
    if totals is not None:
        found = _options(crossed, threshold, sizes)
    elif len(crossed) == 2:  # who did not give one answer gave the other
        sides = zip(_options(crossed.iloc[:1], threshold, sizes), _tables(crossed), strict=True)
        found = tuple(_mirrored(side, table) for side, table in sides)
    else:
        found = _answers(crossed, threshold)
    return tuple(_opened(side, counts, level) for level, side in enumerate(found))


_CLOSED = object()  # all strata of a breakdown that are told nothing of, together


def _tables(counts: pd.DataFrame | pd.Series) -> list:
    return [counts.T.groupby(level=level, sort=False).sum().T for level in (0, 1)]


def _options(counts: pd.DataFrame, threshold: int, totals: pd.Series) -> tuple[Protected, ...]:
    """Protect options that one takes or leaves, each for itself: a network from one breakdown to the other."""
    tables, sides, places = _tables(counts), [], []
    for level, ends in enumerate([lambda _, j: ("from", (0, j)), lambda _, j: ((1, j), "to")]):
        sizes = totals.groupby(level=level, sort=False).sum().to_numpy(dtype=int)
        closed = tables[level].columns == _CLOSED
        sides.append(_cells(tables[level].to_numpy(dtype=int), sizes, threshold, ends, True, closed))
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
        sizes, closed = table.sum().to_numpy(dtype=int), table.columns == _CLOSED
        cells = _cells(table.to_numpy(dtype=int), sizes, threshold, _between, False, closed)
        arcs.append(cells)
        masks.append(_masked(cells, [Network(tuple(cells.flat))]))
    answers, crossings = counts.shape
    each, everywhere = eye_array(answers), eye_array(crossings)
    margins = [
        csr_array((counts.columns.get_level_values(level).to_numpy()[None] == table.columns.to_numpy()[:, None]) * 1)
        for level, table in enumerate(tables)
    ]
    known = vstack([kron(np.ones((1, answers)), everywhere), kron(each, np.ones((1, crossings)))], format="csr")
    told = vstack([kron(each, margin) for margin in margins], format="csr")
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


def _opened(side: Protected, counts: pd.DataFrame, level: int) -> Protected:
    """Give closed strata their columns back, without a count."""
    strata = counts.columns.get_level_values(level).unique()
    return Protected(side.counts.reindex(columns=strata).astype("Int64"), side.withheld)


def _between(answer: int, stratum: int) -> tuple[Hashable, Hashable]:
    return ("answer", answer), ("stratum", stratum)


def _cells(
    counts: np.ndarray,
    sizes: np.ndarray,
    threshold: int,
    ends: Callable,
    limited: bool,
    closed: Sequence[bool] = (),
) -> np.ndarray:
    """Return the arcs of a table, between the `ends` of each place; `limited` by `sizes` where one may say no."""
    n, cells = int(sizes.sum()), np.empty(counts.shape, dtype=object)
    for (i, j), k in np.ndenumerate(counts):
        row, k, size = int(counts[i].sum()), int(k), int(sizes[j])
        told = min(row, size) - max(0, row + size - n)  # how wide by the totals alone (Fréchet bounds)
        few = any(0 < part < threshold for part in (k, size - k if limited else size))
        few |= len(closed) > 0 and bool(closed[j]) and k < threshold  # a zero would tell it of each closed stratum
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
    open_ = table.columns != _CLOSED
    tells = any(cell.need > 0 for cell in cells[:, open_][~mask[:, open_]])
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
