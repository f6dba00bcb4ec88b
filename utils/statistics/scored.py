"""Whether groups answer alike where answers do not weigh alike: one test for every table, corrected for the weights.

Groups and answers are scored: by what they are, where they have no order, by their place in
it where they have one. The test is of the weighted covariance of both scores. Its variance
under independence is linearised from the squares of the weights; beside that of as many
answers of one weight it gives the design effects, of which the statistic and its law are
corrected to the second order (Rao and Scott 1984; Thomas and Rao 1987 for the law of F). Of
places by ranks it is the design-based rank test of Lumley and Scott (2013), its variance that of
no difference.

How often it finds what is not there was drawn 1 000 to 4 000 times for each of two groups of 15
to 150 answers and five of 10 to 40, three answers and ten scores, and weights of three strata, log-normal,
heavier in one group, unequal in one group only, or three times as heavy at the highest score: at
0.05, in 5.6 % at most of all tables, at 0.00125 in 0.1 % of 4 000; in most it is surer than it
says. Weights that grow 23-fold along the scores bring 6.5 %.
Knows nothing of waves, files or French.
"""

__all__ = ["Scored", "expected_worth", "kinds", "places", "residuals", "score_test", "worth_of_rows"]

from dataclasses import dataclass

import numpy as np
import scipy

from utils.statistics.weighed import Weighed


@dataclass(frozen=True)
class Scored:
    """What the test of two scores found.

    Attributes
    ----------
    statistic : float
        Pearson's, of the weighted shares of as many answers, over the mean design effect.
    df : int
    p : float
    effect : float
        Mean design effect: by how much the weights inflate the variance.
    """

    statistic: float
    df: int
    p: float
    effect: float


def kinds(n: int) -> np.ndarray:
    """Return the scores of `n` kinds without an order: each but the last against the rest."""
    return np.eye(n)[:, :-1]


def places(sums: np.ndarray) -> np.ndarray:
    """Return the scores of kinds in order: the mid-ranks of their weights, 0..1, as one column."""
    return ((sums.cumsum() - sums / 2) / sums.sum())[:, None]


def worth_of_rows(table: Weighed) -> np.ndarray:
    """Return Kish's effective number of answers of each row."""
    return table.sums.to_numpy().sum(axis=1) ** 2 / table.squares.to_numpy().sum(axis=1)


def expected_worth(table: Weighed) -> np.ndarray:
    """Return the counts expected where rows and columns are independent, of what the answers of each row are worth."""
    sums = table.sums.to_numpy()
    return np.outer(worth_of_rows(table), sums.sum(axis=0) / sums.sum())


def residuals(table: Weighed) -> np.ndarray:
    """Return the adjusted residuals: how far each share lies from independence, in its linearised deviations."""
    n, total, _ = table.total
    part = table.sums.to_numpy() / total
    rows, columns = part.sum(axis=1), part.sum(axis=0)
    inside = [(np.eye(len(side)) - side[:, None]) ** 2 for side in (rows, columns)]
    variance = inside[0] @ (table.squares.to_numpy() / total**2) @ inside[1].T * n / (n - 1)
    return (part - np.outer(rows, columns)) / np.sqrt(variance)


def score_test(table: Weighed, rows: np.ndarray, columns: np.ndarray) -> Scored:
    """Test whether two scores are independent.

    Parameters
    ----------
    table : Weighed
        DataFrame, without empty rows and columns.
    rows, columns : array
        Scores of rows and of columns: one line each, see `kinds` and `places`.
    """
    n, total, _ = table.total
    part = table.sums.to_numpy() / total
    a = rows - part.sum(axis=1) @ rows
    b = columns - part.sum(axis=0) @ columns
    both = np.einsum("iq,jr->ijqr", a, b).reshape(part.size, -1)
    alike = np.kron(*((side * weight[:, None]).T @ side for side, weight in ((a, part.sum(1)), (b, part.sum(0)))))
    found = part.ravel() @ both
    variance = (both * (table.squares.to_numpy().ravel() / total**2)[:, None]).T @ both * n / (n - 1)
    inverse = np.linalg.inv(alike / n)
    effects = inverse @ variance
    trace, df = float(np.trace(effects)), len(found)
    pearson = float(found @ inverse @ found)
    second = trace**2 / float(np.trace(effects @ effects))
    # Each group knows its own spread from what its answers are worth.
    free = float(worth_of_rows(table).sum()) - len(part)
    return Scored(pearson * df / trace, df, float(scipy.stats.f.sf(pearson / trace, second, second * free)), trace / df)
