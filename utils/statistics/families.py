"""How many times a book may be wrong: one rule for every claim that it makes.

A book makes claims of a few kinds. Each kind gets an equal part of `compare.ALPHA`, and
within its kind a claim is corrected for all the others (Holm 1979): whatever holds in
truth, at most one book in twenty claims anything that does not.
Knows nothing of waves, files or French.
"""

__all__ = ["KINDS", "corrected"]

from collections.abc import Sequence

import pandas as pd

from utils.statistics.compare import adjusted

# That a share is a majority or leads; that two kinds of communes differ; that groups
# of communes differ; that something moved between two waves.
KINDS = ("levels", "contrasts", "strata", "waves")


def corrected(p: Sequence[float] | pd.Series) -> pd.Series:
    """Correct the p-values of all claims of one kind so that they can be held against `compare.ALPHA`.

    Parameters
    ----------
    p : sequence of float
        Of every claim of the kind that the book could make, made or not. NaN where a test
        was not possible: it stays NaN and does not count.

    Returns
    -------
    Series
        With the index of `p`: Holm's value times the number of kinds, at most 1.

    Examples
    --------
    >>> corrected([0.001, 0.04]).tolist()
    [0.008, 0.16]
    """
    found = (adjusted(p)["holm"] * len(KINDS)).clip(upper=1)
    return found.set_axis(p.index) if isinstance(p, pd.Series) else found.rename("corrected")
