"""How many times a book may be wrong: one rule for every claim that it makes.

A book makes claims of a few kinds. Each kind gets an equal part of `compare.ALPHA`, and
within its kind a claim is corrected for all the others (Holm 1979): whatever holds in
truth, at most one book in twenty claims anything that does not.

Where groups differ as a whole, a claim may go on to say which part makes it: which answer
is given more often, which province stands out. A part has a test of its own, and is named
only where the whole is claimed.
Knows nothing of waves, files or French.
"""

__all__ = ["KINDS", "Claim", "Claims", "corrected", "strictest"]

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from utils.statistics.compare import ALPHA, adjusted

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
    parts : mapping
        By part, the p-value that it does not differ from all the others taken together.
    """

    p: float
    parts: Mapping[Hashable, float] = field(default_factory=dict)

    def part(self, name: Hashable) -> float:
        """Return the p-value of a part, as it counts beside the wholes: never below that of its own whole.

        Where the whole does differ, one part alone cannot, nor can all but one be alike: if
        all but two are, these two differ. So of k parts at most k - 2 are wrongly named
        (Shaffer 1986), and of three no more than one: then a part costs nothing more.
        """
        tested = sum(not math.isnan(p) for p in self.parts.values())
        return max(self.p, min(1.0, max(1, tested - 2) * self.parts[name]))

    @property
    def spent(self) -> float:
        """The p-value below which nothing of the claim is left that could be wrong: its own, and those of all parts."""
        told = [self.part(name) for name, p in self.parts.items() if not math.isnan(p)]
        return max([self.p, *told])


class Claims:
    """Every claim of one kind that a book could make, corrected together once the first is asked for.

    Parameters
    ----------
    made : callable
        Returns the claims by key.

    Examples
    --------
    >>> claims = Claims(lambda: {"budget": Claim(0.001, {"yes": 0.002, "no": 0.4, "both": 0.5}), "staff": Claim(0.2)})
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
        """Return the corrected p-value of a part of a claim: at most `compare.ALPHA` only where the whole's is."""
        claim = self._claims[key]
        return math.nan if math.isnan(claim.parts[name]) else self._beside(key, claim.part(name))

    def _beside(self, key: Hashable, p: float) -> float:
        """Correct a p-value for all other claims: these make room only once nothing of them could be wrong."""
        place = list(self._claims).index(key)
        return float(corrected([*self._spent[:place], p, *self._spent[place + 1 :]])[place])
