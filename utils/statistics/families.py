"""How many times a book may be wrong: one rule for every claim that it makes.

A book makes claims of a few kinds. Each kind gets an equal part of `compare.ALPHA`, and
within its kind a claim is corrected for all the others (Holm 1979): whatever holds in
truth, at most one book in twenty claims anything that does not.

Where groups differ as a whole, a claim may go on to say which part makes it: which answer
is given more often, which province stands out. Its parts are tested among themselves, whatever
the others are (`compare.standing_out`), and count together with their whole as one claim, which
makes room for others only once there is nothing left of it that could be wrong.
Knows nothing of waves, files or French.
"""

__all__ = ["KINDS", "Claim", "Claims", "corrected", "strictest"]

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from utils.statistics.compare import ALPHA, holm

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
    found = (holm(p) * len(KINDS)).clip(upper=1)
    return found.set_axis(p.index) if isinstance(p, pd.Series) else found.rename("corrected")


def strictest(n: int) -> float:
    """Return the level that a p-value must lie below to be claimed, however many of `n` claims fail before it.

    Examples
    --------
    >>> strictest(10)
    0.00125
    """
    return ALPHA / len(KINDS) / n


@dataclass(frozen=True)
class Claim:
    """One claim that a book could make, and the parts that it could go on to name.

    Attributes
    ----------
    p : float
        That the whole does not differ; NaN where it could not be tested.
    parts : callable, optional
        Returns by part the p-value of `compare.standing_out`. Called only where the whole may
        be claimed: such tests are many.
    """

    p: float
    parts: Callable[[], Mapping[Hashable, float]] | None = None

    @cached_property
    def told(self) -> dict[Hashable, float]:
        """By part, the p-value with which it counts beside the wholes: never below its own whole's."""
        if self.parts is None or not self.p < strictest(1):
            return {}
        return {name: max(self.p, p) for name, p in self.parts().items() if not math.isnan(p)}

    @property
    def spent(self) -> float:
        """The p-value below which nothing of the claim is left that could be wrong: its own, and those of all parts."""
        return max([self.p, *self.told.values()])


class Claims:
    """Every claim of one kind that a book could make, corrected together once the first is asked for.

    Parameters
    ----------
    made : callable
        Returns the claims by key.

    Examples
    --------
    >>> claims = Claims(lambda: {"budget": Claim(0.001, lambda: {"yes": 0.002, "no": 0.4}), "staff": Claim(0.2)})
    >>> len(claims), claims.p("budget"), claims.part("budget", "yes")
    (2, 0.008, 0.016)
    """

    def __init__(self, made: Callable[[], Mapping[Hashable, Claim]]) -> None:
        self._made = made

    @cached_property
    def _claims(self) -> Mapping[Hashable, Claim]:
        return self._made()

    @cached_property
    def raw(self) -> pd.Series:
        """The uncorrected p-value of every claim, by key; NaN where it could not be tested."""
        # Keys are tuples, which pandas would take apart.
        keys = pd.Index(list(self._claims), tupleize_cols=False)
        return pd.Series([claim.p for claim in self._claims.values()], keys, dtype=float)

    @cached_property
    def _spent(self) -> list[float]:
        return [claim.spent for claim in self._claims.values()]

    def __len__(self) -> int:
        """Return how many claims could be tested."""
        return int(self.raw.notna().sum())

    def p(self, key: Hashable) -> float:
        """Return the corrected p-value of a claim; NaN where it could not be tested."""
        return self._beside(key, self._claims[key].p)

    def part(self, key: Hashable, name: Hashable) -> float:
        """Return the corrected p-value of a part of a claim; 1 where the whole cannot be claimed."""
        told = self._claims[key].told
        return self._beside(key, told[name]) if name in told else 1.0

    def _beside(self, key: Hashable, p: float) -> float:
        """Correct a p-value for all other claims: these make room only once nothing of them could be wrong."""
        place = list(self._claims).index(key)
        return float(corrected([*self._spent[:place], p, *self._spent[place + 1 :]])[place])
