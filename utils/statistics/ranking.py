"""Items put in order, and how sure the order is.

Knows nothing of waves, files or French.
"""

__all__ = ["CRITERIA", "DRAWS", "rank_items"]

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from utils.statistics.compare import SEED
from utils.statistics.intervals import LEVEL

CRITERIA = ("mean", "median", "agree")
DRAWS = 9_999


def rank_items(items: Mapping[str, pd.Series], agree: Iterable[int]) -> pd.DataFrame:
    """Rank rated items of one group by mean, by median and by share in agreement, with the ranks' uncertainty.

    Each item's answers are drawn again, with replacement, `DRAWS` times (seeded), and
    ranked anew. Items are drawn apart from each other: counts do not tell who gave
    which answers together. Where the same communes tend to rate all items high or low,
    the intervals are too wide rather than too narrow.

    Parameters
    ----------
    items : mapping of Series of int
        Number of answers by score, on one scale, of each item. An item without answers is left out.
    agree : iterable of int
        The scores in agreement.

    Returns
    -------
    DataFrame
        One row per item and criterion: `item, criterion, value, rank, low, high, first`.
        Rank 1 is the highest value, equal values share the better rank; `low` and
        `high` hold `LEVEL` of the ranks drawn; `first` is the part (0..1) of the draws
        in which the item comes first, alone or tied. A median between two scores is their mean.

    Examples
    --------
    >>> ranked = rank_items({"a": pd.Series({1: 9, 2: 1}), "b": pd.Series({1: 1, 2: 9})}, agree=[2])
    >>> ranked[ranked.criterion == "mean"]["rank"].tolist()
    [2, 1]
    """
    answered = {name: counts for name, counts in items.items() if counts.sum()}
    columns = ["item", "criterion", "value", "rank", "low", "high", "first"]
    if not answered:
        return pd.DataFrame(columns=columns)
    rng = np.random.default_rng(SEED)
    points = next(iter(answered.values())).index.to_numpy()
    agreeing = np.isin(points, list(agree))
    observed = np.array([counts.to_numpy() for counts in answered.values()])[None]
    drawn = np.stack([rng.multinomial(k.sum(), k / k.sum(), size=DRAWS) for k in observed[0]], axis=1)
    rows = []
    for criterion in CRITERIA:
        value, values = (_values(tables, points, agreeing, criterion) for tables in (observed, drawn))
        rank, ranks = _ranks(value)[0], _ranks(values)
        ends = np.quantile(ranks, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0, method="inverted_cdf").astype(int)
        first = (ranks == 1).mean(axis=0)
        rows += [(n, criterion, value[0, i], rank[i], *ends[:, i], first[i]) for i, n in enumerate(answered)]
    return pd.DataFrame(rows, columns=columns)


def _values(tables: np.ndarray, points: np.ndarray, agreeing: np.ndarray, criterion: str) -> np.ndarray:
    """Return one value per draw and item, from tables of shape (draws, items, scores)."""
    n = tables.sum(axis=2)
    if criterion == "mean":
        return tables @ points / n
    if criterion == "agree":
        return tables[:, :, agreeing].sum(axis=2) / n
    reached = tables.cumsum(axis=2)
    lower = points[(2 * reached >= n[..., None]).argmax(axis=2)]
    upper = points[(2 * reached > n[..., None]).argmax(axis=2)]
    return (lower + upper) / 2


def _ranks(values: np.ndarray) -> np.ndarray:
    # A hair's breadth between two means that are equal on paper is no difference.
    exact = values.round(9)
    return (exact[:, None, :] > exact[:, :, None]).sum(axis=2) + 1
