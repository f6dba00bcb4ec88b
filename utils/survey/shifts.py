"""Answers that have an order, in two waves: whether those of one lie higher than those of the other."""

__all__ = ["WaveShift", "shifted"]

import math
from collections.abc import Iterable
from dataclasses import dataclass

from utils.statistics.compare import ALPHA
from utils.statistics.intervals import MIN_ANSWERS
from utils.statistics.ranks import Shift, shift
from utils.survey.codebook import Source
from utils.survey.numbers import NumberResult
from utils.survey.rankings import RankResult


@dataclass(frozen=True)
class WaveShift:
    """The numbers that one question asks for in two waves, or the ranks of one option.

    The test takes the two waves for samples apart. Where the same communes answered both, and
    those that were high still are, it sees a change later than it could, never sooner.

    Attributes
    ----------
    before, now : NumberResult or RankResult
    test : Shift
        Of this edition against the one before: by class, or by the ranks of one option.
    option : str
        Of a ranking, which option.
    corrected : float
        Its p-value, corrected for all that is compared.
    """

    before: NumberResult | RankResult
    now: NumberResult | RankResult
    test: Shift
    option: str = ""
    corrected: float = math.nan

    @property
    def source(self) -> Source:
        """What the numbers of this edition are of."""
        return self.now.source

    @property
    def significant(self) -> bool:
        """Whether the change is more than chance once all comparisons are counted."""
        return self.corrected < ALPHA


def shifted(pairs: Iterable[tuple]) -> list[WaveShift]:
    """Compare the numbers and the ranks of two waves; of too few answers, or of other classes or options, nothing.

    Parameters
    ----------
    pairs : iterable of tuple
        The results of the earlier wave and of this one, of one question and base each.
    """
    found = []
    for old, new in pairs:
        alike = list(old.question.options) == list(new.question.options)
        if min(old.answers.n, new.answers.n) < MIN_ANSWERS or not alike:
            continue
        if isinstance(new, NumberResult):
            found.append(WaveShift(old, new, shift(new.places, old.places)))
        elif isinstance(new, RankResult) and new.places is not None and old.places is not None:
            options = new.answers.counts.index
            found += [WaveShift(old, new, shift(new.places.loc[o], old.places.loc[o]), o) for o in options]
    return found
