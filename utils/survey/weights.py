"""What the answers of a wave weigh, where its rows carry weights."""

__all__ = ["WEIGHT", "Weights"]

from dataclasses import dataclass

import pandas as pd

from utils.statistics.weighed import Weighed

WEIGHT = "poids_"  # the column that holds a row's weight beside its answers: no question's id ends so


@dataclass(frozen=True, eq=False)
class Weights:
    """Sums of weights beside a wave's counts; what they are all multiplied by does not matter.

    Attributes
    ----------
    cells : DataFrame of float
        `sums` of weights and of their `squares`, in the order of the wave's counts.
    answered : DataFrame of float
        The same of who answered each question of several options, as `Counted.answered`.
    rows : Weighed
        Of all respondents, in one cell.
    """

    cells: pd.DataFrame
    answered: pd.DataFrame
    rows: Weighed
