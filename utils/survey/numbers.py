"""Numbers that respondents gave: counted by class, summed up by median and quartiles, compared by their order.

By its classes such a question is one of ordered options, and is counted, protected and split as
one. Two groups, or two waves, are held against each other by Mann-Whitney's test on the classes:
all that enters it is published, so that a verdict tells nothing more than the counts beside it, and
a wave that knows counts only is tested as any other. What lies within one class is a tie.
"""

__all__ = ["NumberContrast", "NumberResult"]

from collections.abc import Hashable
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
import pandas as pd

from utils.statistics.families import Claim
from utils.statistics.quantiles import Quartiles, quartiles
from utils.statistics.ranks import Shift, shift
from utils.survey.codebook import activity_of
from utils.survey.contrasts import ChoiceContrast
from utils.survey.counted import Counted
from utils.survey.presented import TESTS, row, row_of_test
from utils.survey.results import ChoiceResult


@dataclass(frozen=True, repr=False)
class NumberResult(ChoiceResult):
    """The answers to a question that asks for a number.

    Attributes
    ----------
    answers : Choices
        By class, as of a question with ordered options.
    quartiles : Quartiles or None
        Of the numbers themselves; None where only their classes are known, or counts are rounded.
    """

    quartiles: Quartiles | None = field(default=None, kw_only=True)

    @classmethod
    def of(cls, counted: ChoiceResult, edition: Counted | None = None) -> "NumberResult":
        """Return a result by class with the numbers behind it, where its edition knows them."""
        found = None
        if edition is not None and edition.numbers is not None and not counted.withheld:
            of = [counted.question.id, activity_of(counted.base)]
            given = edition.numbers[edition.numbers[["question", "active"]].eq(of).all(axis=1)]
            found = quartiles(given.set_index("valeur")["n"], edition.about.threshold)
        return cls(**{part.name: getattr(counted, part.name) for part in fields(ChoiceResult)}, quartiles=found)

    def __repr__(self) -> str:
        middle = f"; median {self.quartiles.median:g}" if self.quartiles else ""
        return f"NumberResult({self.question.id!r}: {self.answers.n} {self.base}{middle})"

    @property
    def summary(self) -> pd.DataFrame:
        """The numbers summed up, one row named as the base.

        Returns
        -------
        DataFrame
            `n`; `median` with its interval `low`, `high`; `q1`, `q3`; `class`, the id of the class that the
            median falls into. NaN where a number is not told, or not known.
        """
        found, told = self.quartiles, {"n": self.answers.n}
        told |= row(found.median if found else np.nan, found and found.interval, "median_")
        told |= {"q1": found.q1 if found else np.nan, "q3": found.q3 if found else np.nan}
        told["class"] = self.middle[0] if self.middle else None
        return pd.DataFrame([told], index=pd.Index([self.base], name="base"))

    @property
    def middle(self) -> tuple[str, ...]:
        """The class of the median; two where it falls between them; none without answers."""
        if not self.answers.n:
            return ()
        # Twice the counts: half of an odd number of answers falls on one.
        reached, n = 2 * self.answers.counts.cumsum(), self.answers.n
        ends = (reached.index[np.argmax(reached >= n)], reached.index[np.argmax(reached > n)])
        return tuple(dict.fromkeys(ends))

    @property
    def places(self) -> pd.Series:
        """Counts by the place of each class, from 0 on: what the order of the answers is tested on."""
        return self.answers.counts.reset_index(drop=True)


@dataclass(frozen=True, repr=False)
class NumberContrast(ChoiceContrast):
    """A number that active and non-active communes give, and whether one kind gives higher ones.

    Attributes
    ----------
    active, other : NumberResult
    """

    active: NumberResult
    other: NumberResult

    @cached_property
    def order(self) -> Shift:
        """Whether active communes give higher numbers."""
        return shift(self.active.places, self.other.places)

    @cached_property
    def claims(self) -> dict[Hashable, Claim]:
        """What could be told of the question: that one group gives higher numbers."""
        return self._claims({"order": Claim(self.order.p)})

    @property
    def summary(self) -> pd.DataFrame:
        """Each group summed up, one row a group: see `NumberResult.summary`."""
        return pd.concat([self.active.summary, self.other.summary])

    @property
    def tests(self) -> pd.DataFrame:
        """The test of the two groups, as a row of `Contrast.tests`."""
        return pd.DataFrame([row_of_test(self.order, "classes", self.corrected("order"))], columns=TESTS)
