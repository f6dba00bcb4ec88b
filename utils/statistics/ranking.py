"""Items put in order, and how sure the order is.

Knows nothing of waves, files or French.
"""

__all__ = ["CRITERIA", "DRAWS", "rank_items"]

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from utils.statistics.compare import SEED
from utils.statistics.intervals import LEVEL

CRITERIA = ("mean", "median", "agree")
DRAWS = 9_999


def rank_items(items: Mapping[str, pd.Series], agree: Mapping[str, Collection[float]]) -> pd.DataFrame:
    """Rank rated items of one group by mean, by median and by share in agreement, with the ranks' uncertainty.

    Each item's answers are drawn again, with replacement, `DRAWS` times (seeded), and
    ranked anew. Items are drawn apart from each other: counts do not tell who gave
    which answers together. Where the same communes tend to rate all items high or low,
    the intervals are too wide rather than too narrow.

    Parameters
    ----------
    items : mapping of Series
        Number of answers of each item by what they are worth, from the least to the most; effective numbers,
        not whole, where they do not weigh alike: as many whole answers are drawn. Items need
        not have as many scores, but what they are worth must compare. An item without answers is left out.
    agree : mapping
        Which of these values are in agreement, by item.

    Returns
    -------
    DataFrame
        One row per item and criterion: `item, criterion, value, rank, low, high, first`.
        Rank 1 is the highest value, equal values share the better rank; `low` and
        `high` hold `LEVEL` of the ranks drawn; `first` is the part (0..1) of the draws
        in which the item comes first, alone or tied. A median between two scores is their mean.

    Examples
    --------
    >>> ranked = rank_items({"a": pd.Series({1: 9, 2: 1}), "b": pd.Series({1: 1, 2: 9})}, {"a": [2], "b": [2]})
    >>> ranked[ranked.criterion == "mean"]["rank"].tolist()
    [2, 1]
    """
    answered = {name: counts for name, counts in items.items() if counts.sum()}
    columns = ["item", "criterion", "value", "rank", "low", "high", "first"]
    if not answered:
        return pd.DataFrame(columns=columns)
    rng = np.random.default_rng(SEED)
    # What was observed stands first, then the draws.
    drawn = {
        name: np.vstack([k, rng.multinomial(int(k.sum()), k / k.sum(), size=DRAWS)])
        for name, k in ((name, counts.to_numpy()) for name, counts in answered.items())
    }
    rows = []
    for criterion in CRITERIA:
        values = np.column_stack(
            [
                _values(tables, answered[name].index.to_numpy(), answered[name].index.isin(agree[name]), criterion)
                for name, tables in drawn.items()
            ]
        )
        value, rank, ranks = values[0], _ranks(values[:1])[0], _ranks(values[1:])
        ends = np.quantile(ranks, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0, method="inverted_cdf").astype(int)
        first = (ranks == 1).mean(axis=0)
        rows += [(n, criterion, value[i], rank[i], *ends[:, i], first[i]) for i, n in enumerate(answered)]
    return pd.DataFrame(rows, columns=columns)


def _values(tables: np.ndarray, points: np.ndarray, agreeing: np.ndarray, criterion: str) -> np.ndarray:
    """Return one value per row, from the counts of one item: draws by scores."""
    n = tables.sum(axis=1)
    if criterion == "mean":
        return tables @ points / n
    if criterion == "agree":
        return tables[:, agreeing].sum(axis=1) / n
    reached = tables.cumsum(axis=1)
    lower = points[(2 * reached >= n[:, None]).argmax(axis=1)]
    upper = points[(2 * reached > n[:, None]).argmax(axis=1)]
    return (lower + upper) / 2


def _ranks(values: np.ndarray) -> np.ndarray:
    # A hair's breadth between two means that are equal on paper is no difference.
    exact = values.round(9)
    return (exact[:, None, :] > exact[:, :, None]).sum(axis=2) + 1
