"""What a book asks of a claim on levels and leads: the p-value that it must reach, and who gave which answers."""

__all__ = ["NOTHING", "Answered", "Proof"]

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from utils.statistics.weighed import Weighed
from utils.survey.once import once
from utils.survey.pair import ACTIVE, Pair
from utils.survey.weights import WEIGHT


class Answered(NamedTuple):
    """How many of a base gave an answer: an option, or any of the scores in agreement.

    Whoever gave one of `no_opinion` is no part of `n`.
    """

    question: str
    base: str
    answers: tuple[str, ...]
    part: int
    n: int
    no_opinion: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """What the claims of one book stand on. It looks at them only when it is first asked.

    Attributes
    ----------
    claims : callable
        Returns every claim on levels that the book could make: a table with `p`, and which are `made`.
    answers : DataFrame or None
        What each commune answered, where that is known, and what its answers weigh: see `Wave.answers`.
    threshold : int
        Smallest count that may be told.
    split : callable
        Returns the pair that a base is a side of; None where it is all communes.
    """

    claims: Callable[[], pd.DataFrame]
    answers: pd.DataFrame | None = None
    threshold: int = 1
    split: Callable[[str], Pair | None] = lambda base: ACTIVE if base in ACTIVE.bases else None

    @cached_property
    def critical(self) -> float:
        """The largest p-value that still holds once corrected for all claims of the book; 0 where none does."""
        claims = self.claims()
        return max(claims.loc[claims["made"], "p"], default=0.0)

    def holds(self, p: float) -> bool:
        """Whether a claim with this p-value may be made; what is certain (0) always may."""
        return p <= self.critical

    def discordant(self, first: Answered, second: Answered) -> tuple[int, int] | None:
        """Return how many gave the first answer and not the second, and the other way, of those who answered both.

        Returns
        -------
        tuple of int or None
            None where the rows are not known, or are not those that were counted; and where
            one of the four counts of the two answers is too small to be told, as a claim
            that stands on it would tell of it.
        """
        sides = self._alone(first, second)
        return sides and tuple(int(side.sum()) for side in sides)

    def weighed_alone(self, first: Answered, second: Answered) -> Weighed | None:
        """Return those of `discordant` with what they weigh: a Series of two cells; None as there."""
        if (sides := self._alone(first, second)) is None:
            return None
        borne = [self.answers.loc[side[side.fillna(False).astype(bool)].index, WEIGHT] for side in sides]
        made = (len, lambda weights: float(weights.sum()), lambda weights: float((weights**2).sum()))
        return Weighed(*(pd.Series([of(weights) for weights in borne]) for of in made))

    @once
    def _alone(self, first: Answered, second: Answered) -> tuple[pd.Series, pd.Series] | None:
        """Tell of each commune whether it gave the first answer alone, and the second alone; None as `discordant`."""
        if self.answers is None or not {first.question, second.question} <= set(self.answers.columns):
            return None
        one, other = self._gave(first), self._gave(second)
        if (one.sum(), other.sum()) != (first.part, second.part):
            return None
        alone = (one & ~other, ~one & other)
        cells = (*(int(side.sum()) for side in alone), int((one & other).sum()), int((~one & ~other).sum()))
        return None if any(0 < cell < self.threshold for cell in cells) else alone

    @once
    def _gave(self, asked: Answered) -> pd.Series:
        """Tell of each commune of a base whether it gave an answer; NA where it left the question without opinion."""
        rows, pair = self.answers, self.split(asked.base)
        if pair:
            rows = rows[rows[pair.question].isin(pair.side(asked.base).modalites)]
        cells = rows[asked.question].fillna("")
        gave = cells.map(lambda cell: any(given.strip() in asked.answers for given in cell.split(";")))
        return gave.astype("boolean").mask(cells.str.strip().isin(["", *asked.no_opinion]))


NOTHING = Proof(lambda: pd.DataFrame({"p": [], "made": []}))
