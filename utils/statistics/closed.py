"""Two breakdowns of a question side by side, where of some strata not even the answers in all may be told.

How many of them there are is hidden in another breakdown, of which this question's respondents
are one side: those who are active, say, of all who took part. What is told of the other strata
must tell neither that nor how they answered. Other tables that tell the same are searched
for, as in `alternatives`; the number of respondents is one of the unknowns.
Knows nothing of waves, files or French.
"""

__all__ = ["protect_closed"]

from collections.abc import Collection, Hashable

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, eye_array, hstack, kron, vstack

from utils.statistics.alternatives import Limits, hidden_enough, spread
from utils.statistics.disclosure import Protected, margins, protect


def protect_closed(
    counts: pd.DataFrame,
    threshold: int,
    asked: pd.Series,
    present: pd.Series,
    closed: tuple[Collection[Hashable], Collection[Hashable]],
    *,
    several: bool,
) -> tuple[Protected, Protected]:
    """Hide what must stay hidden of two breakdowns, and all of closed strata.

    Parameters
    ----------
    counts : DataFrame of int
        Answers by strata, its columns in two levels: strata of the first breakdown and of the second.
    threshold : int
        Smallest count that is no secret.
    asked : Series of int
        Who were asked, in the same two levels: known to the reader for the strata that are not closed.
    present : Series of int
        All that they are one side of: known to the reader.
    closed : tuple of collections
        The closed strata of each breakdown.
    several : bool
        Whether one may give several answers, and shares are of all that were asked.

    Returns
    -------
    tuple of Protected
        By the first level, and by the second.
    """
    unknowns = _Unknowns(counts, asked, present, closed, several)
    told = [True, True]
    while True:
        masks, safe = unknowns.hidden(threshold, told)
        still = [before and not mask.all() for before, mask in zip(told, masks, strict=True)]
        # Of a breakdown of which nothing is left, not even the answers by stratum are told.
        if several or still == told:
            break
        told = still
    tables = [counts.T.groupby(level=level, sort=False).sum().T for level in (0, 1)]
    return tuple(_shown(table, mask, safe) for table, mask in zip(tables, masks, strict=True))


class _Unknowns:
    """Each answer where the breakdowns cross, then who were asked there; and what is known of their sums."""

    def __init__(self, counts: pd.DataFrame, asked: pd.Series, present: pd.Series, closed: tuple, several: bool):
        answers, crossings = counts.shape
        self.counts, self.asked, self.several = counts, asked, several
        self.truth = np.concatenate([counts.to_numpy(dtype=int).ravel(), asked.to_numpy(dtype=int)])
        self.sides = margins(counts.columns)
        names = [counts.columns.get_level_values(level).unique() for level in (0, 1)]
        self.shut = [own.isin(list(found)) for own, found in zip(names, closed, strict=True)]
        one, nobody = eye_array(crossings), csr_array((crossings, answers * crossings))
        self.every = hstack([nobody, one], format="csr")
        given = hstack([kron(np.ones((1, answers)), one), csr_array((crossings, crossings))], format="csr")
        self.each = hstack([eye_array(answers * crossings), nobody.T], format="csr")
        self.groups = self.every if several else given  # what shares are of
        fewer = self.each - kron(np.ones((answers, 1)), one) @ self.every if several else given - self.every
        most = np.concatenate([np.zeros(fewer.shape[0], dtype=int), present.to_numpy(dtype=int)])
        self.limits = Limits(vstack([fewer, self.every], format="csr").astype(int), most)

    def hidden(self, threshold: int, told: list[bool]) -> tuple[list[np.ndarray], bool]:
        """Return which counts of each breakdown to hide, and whether that is enough.

        Parameters
        ----------
        told : list of bool
            Of which breakdown anything may be told at all.
        """
        answers, crossings = self.counts.shape
        open_ = [side[np.flatnonzero(~shut)] for side, shut in zip(self.sides, self.shut, strict=True)]
        rows = [own @ self.every for own in open_]
        rows += [own @ self.groups for own, some in zip(open_, told, strict=True) if some]
        rows += [kron(eye_array(answers), np.ones((1, crossings))) @ self.each]
        rows += [csr_array(of.sum(axis=0)[None]) for of in (self.every, self.groups)]
        known = vstack(rows, format="csr").astype(int)
        cells = vstack([kron(eye_array(answers), side) @ self.each for side in self.sides], format="csr").astype(int)
        masks, needs = [], []
        for level, (side, shut) in enumerate(zip(self.sides, self.shut, strict=True)):
            masks.append((self._first(threshold, level) | shut) if told[level] else np.ones((answers, len(shut)), bool))
            needs.append(np.minimum(threshold, self._without(known, side, np.flatnonzero(shut | (not told[level])))))
        start, need = (np.concatenate([part.ravel() for part in parts]) for parts in (masks, needs))
        found = hidden_enough(self.truth, known, cells, start, need, self.limits)
        parts = np.split(start if found is None else found, [masks[0].size])
        return [part.reshape(mask.shape) for part, mask in zip(parts, masks, strict=True)], found is not None

    def _without(self, known: csr_array, side: csr_array, loose: np.ndarray) -> np.ndarray:
        """Return how wide the range of each count of a breakdown is by its totals, those of `loose` strata not told."""
        sums = (side @ self.groups).astype(int)
        low, high = sums @ self.truth, sums @ self.truth
        low[loose], high[loose] = spread(self.truth, known, sums[loose], self.limits)
        total = self.counts.sum(axis=1).to_numpy(dtype=int)[:, None]
        n = int((self.groups @ self.truth).sum())
        return np.minimum(total, high[None]) - np.maximum(0, total - (n - low[None]))

    def _first(self, threshold: int, level: int) -> np.ndarray:
        """Return what a breakdown alone must hide."""
        table = self.counts.T.groupby(level=level, sort=False).sum().T
        sizes = self.asked.groupby(level=level, sort=False).sum() if self.several else None
        return protect(table, threshold, sizes).hidden.to_numpy()


def _shown(table: pd.DataFrame, mask: np.ndarray, safe: bool) -> Protected:
    withheld = not safe or bool(mask.all())
    return Protected(table.astype("Int64").mask(mask | withheld), withheld)
