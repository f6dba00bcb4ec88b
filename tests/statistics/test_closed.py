"""Strata of which it is not told how many were asked: the other strata must not tell it, see `support.attacker`."""

import numpy as np
import pandas as pd
import pytest
from support.attacker import Published, exposed, ranges

from utils.statistics.closed import protect_closed
from utils.statistics.disclosure import protect_both

FEW = 5
CROSS = pd.MultiIndex.from_product([["p0", "p1", "p2"], ["s0", "s1", "s2", "s3"]])


def drawn(seed, several):
    """Draw communes present by province and size, the active ones among them, and what these answer."""
    draw = np.random.default_rng(seed)
    present = draw.binomial([17, 40, 3, 1, 44, 60, 9, 4, 20, 30, 3, 1], 0.7)
    active = draw.binomial(present, 0.75)
    liking = draw.dirichlet([1.5, 1.5, 1.5])
    if several:
        counts = np.array([draw.binomial(active, share) for share in liking])
    else:
        counts = np.array([draw.multinomial(n, liking) for n in draw.binomial(active, 0.95)]).T
    return pd.DataFrame(counts, columns=CROSS), *(pd.Series(n, CROSS) for n in (active, present))


def margin(table, level):
    return table.T.groupby(level=level, sort=False).sum().T


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("seed", [0, 6, 7, 14])
def test_neither_their_number_nor_their_answers_are_told(seed, several):
    counts, active, present = drawn(seed, several)
    split = pd.DataFrame([active, present - active], ["oui", "non"])
    kept = protect_both(split, FEW)
    closed = tuple(tuple(side.counts.columns[side.hidden.any()]) for side in kept)
    assert any(closed)
    names = ("province", "taille")
    who = dict(zip(names, (side.counts for side in kept), strict=True))
    totals = {by: margin(present, level) for level, by in enumerate(names)}
    first = Published(split.sum(axis=1), int(present.sum()), who, totals, False, crossing=present)
    assert not exposed(first, FEW)
    found = ranges(first)
    groups, told = {}, {}
    size = active if several else counts.sum()
    sides = protect_closed(counts, FEW, active, present, closed, several=several)
    for level, by in enumerate(names):
        ends = [found.get((by, "oui", s), (k, k)) for s, k in who[by].loc["oui"].items()]
        groups[by] = pd.DataFrame(ends, who[by].columns, ["least", "most"]).assign(**({} if several else {"least": 0}))
        n = margin(size, level).astype("Int64")
        told[by] = n.mask(n.index.isin(closed[level]) | sides[level].withheld)
    shown = dict(zip(names, (side.counts for side in sides), strict=True))
    page = Published(counts.sum(axis=1), int(size.sum()), shown, told, several, most=present, groups=groups)
    assert not exposed(page, FEW)
    for level, side in enumerate(sides):
        assert side.hidden[list(closed[level])].all(axis=None)
        known = side.counts.to_numpy(dtype=float, na_value=np.nan)
        assert ((known == margin(counts, level).to_numpy()) | np.isnan(known)).all()


def test_the_others_are_told_where_they_tell_nothing():
    cross = pd.MultiIndex.from_product([["p0", "p1"], ["s0", "s1", "s2"]])
    active, present = pd.Series([18, 12, 40, 18, 13, 40], cross), pd.Series([20, 20, 50, 20, 20, 50], cross)
    counts = pd.DataFrame([active // 2, active - active // 2], columns=cross)
    first, second = protect_closed(counts, FEW, active, present, ((), ("s0", "s1")), several=False)
    assert not first.hidden.any(axis=None)
    assert second.hidden.any().tolist() == [True, True, False]
    assert second.counts["s2"].tolist() == [40, 40]
