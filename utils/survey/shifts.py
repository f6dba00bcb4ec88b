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


@dataclass(frozen=True)
class WaveShift:
    """The numbers of one question in two waves.

    The test takes the two waves for samples apart. Where the same communes answered both, and
    those that were high still are, it sees a change later than it could, never sooner.

    Attributes
    ----------
    before, now : NumberResult
    test : Shift
        Of this edition against the one before, by class.
    corrected : float
        Its p-value, corrected for all that is compared.
    """

    before: NumberResult
    now: NumberResult
    test: Shift
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
    """Compare the order of the numbers of two waves; of too few answers, or of other classes, nothing is compared.

    Parameters
    ----------
    pairs : iterable of tuple
        The results of the earlier wave and of this one, of one question and base each.
    """
    return [
        WaveShift(old, new, shift(new.places, old.places))
        for old, new in pairs
        if new.question.type == "nombre"
        and min(old.answers.n, new.answers.n) >= MIN_ANSWERS
        and list(old.question.options) == list(new.question.options)
    ]
