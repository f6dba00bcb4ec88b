"""Answers split by province or by size of commune, without what would tell too much of a few."""

__all__ = ["Breakdown", "OptionsByStratum", "Strata"]

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from utils.statistics.compare import Association, adjusted, association
from utils.statistics.design import Design
from utils.statistics.intervals import Interval
from utils.statistics.ranks import KruskalWallis, Shift, shift
from utils.survey.codebook import Source
from utils.survey.presented import Presented
from utils.survey.results import ASKED, ChoiceResult, LikertResult


@dataclass(frozen=True)
class Strata:
    """One yes/no split of the communes, by province or by size.

    Attributes
    ----------
    by : {"province", "taille"}
    labels : dict
        Label by stratum id, in the order of the codebook.
    counts : DataFrame of int
        Strata by the two sides of the split; the first column is the side that is told.
    designs : dict of Design
        By stratum id, the population that its communes are of.
    design : Design
        The same of all strata together.
    hidden : tuple of str
        Strata whose split is not published, as it would tell too much of a few communes.
    question : str
        Id of the question that splits; empty where communes that took part are split from those that did not.
    base : str
        Of whom the split is: a key of `BASES`, or `ASKED`.
    """

    by: str
    labels: dict[str, str]
    counts: pd.DataFrame
    designs: dict[str, Design]
    design: Design
    hidden: tuple[str, ...] = ()
    question: str = ""
    base: str = ASKED

    @property
    def source(self) -> Source:
        """What the numbers of all strata together are of."""
        return Source(self.question, self.base, self.total)

    def within(self, stratum: str) -> Source:
        """Return what the numbers of one stratum are of."""
        return Source(self.question, self.base, int(self.counts.loc[stratum].sum()))

    @cached_property
    def shares(self) -> pd.Series:
        """Share (0..1) of the first column in each stratum; NaN for one that is empty or hidden."""
        totals = self.counts.sum(axis=1)
        shares = self.counts.iloc[:, 0] / totals.where(totals > 0)
        return shares.mask(shares.index.isin(self.hidden))

    @property
    def told(self) -> int:
        """Communes on the side that is told, all strata together."""
        return int(self.counts.iloc[:, 0].sum())

    @property
    def total(self) -> int:
        """All communes that were split."""
        return int(self.counts.to_numpy().sum())

    @property
    def overall(self) -> float:
        """Share (0..1) of the first column over all strata together; NaN if there is nobody."""
        return self.told / self.total if self.total else float("nan")

    @cached_property
    def test(self) -> Association | None:
        """Whether the strata differ; None where some are hidden: a verdict alone bounds counts that are not told."""
        return None if self.hidden else association(self.counts)

    @cached_property
    def order(self) -> Shift | None:
        """Whether the side that is told lies in higher strata, where they have an order; None where some are hidden."""
        if self.hidden:
            return None
        first, second = (self.counts[side].reset_index(drop=True) for side in self.counts)
        return shift(first, second)

    def interval(self, stratum: str) -> Interval | None:
        """Return the interval for the share of one stratum; None if empty, hidden, or of participation."""
        if stratum in self.hidden or self.base == ASKED:
            return None
        told, other = self.counts.loc[stratum]
        return self.designs[stratum].share(told, told + other)

    @property
    def overall_interval(self) -> Interval | None:
        """Interval for the share over all strata together; None if there is nobody, or for participation."""
        return None if self.base == ASKED else self.design.share(self.told, self.total)


@dataclass(frozen=True)
class OptionsByStratum:
    """A question with several options, split by province or by size: one yes/no split per option.

    Attributes
    ----------
    whole : ChoiceResult
        All strata together.
    results : dict
        Result by stratum id.
    splits : dict of Strata
        By option id, those that every stratum counts; what is not published is hidden in them.
    withheld : bool
        Whether nothing of it is published, not even how many answered in each stratum.
    """

    whole: ChoiceResult
    results: dict[str, ChoiceResult]
    splits: dict[str, Strata]
    withheld: bool = False

    @property
    def source(self) -> Source:
        """What the numbers of all strata together are of."""
        return self.whole.source

    @cached_property
    def tests(self) -> pd.DataFrame:
        """The p-values of the options, corrected for their number; by option id, NaN where counts are hidden."""
        p = [split.test.p if split.test else float("nan") for split in self.splits.values()]
        return adjusted(p).set_index(pd.Index(self.splits))


@dataclass(frozen=True, repr=False)
class Breakdown(Presented):
    """One question by province or by size, without the counts that would tell too much of a few.

    Attributes
    ----------
    whole : LikertResult or ChoiceResult
        All strata together.
    by : {"province", "taille"}
    labels : dict
        Label by stratum id, in the order of the codebook.
    counts : DataFrame of Int64
        Answers (a rated item: its sides) by strata; NA where a count is not published.
    n : Series of int
        Answers by stratum (a multiple choice: how many chose at least one option).
    withheld : bool
        Whether nothing of it can be published.
    test : Association or KruskalWallis or None
        Whether the strata differ; None for several choices, tested option by option, and
        where a count is hidden: method and seed of a test are public, so that its verdict is
        one more equation.
    """

    whole: LikertResult | ChoiceResult
    by: str
    labels: dict[str, str]
    counts: pd.DataFrame
    n: pd.Series
    withheld: bool
    test: Association | KruskalWallis | None

    def __repr__(self) -> str:
        return f"Breakdown({self.whole.question.id!r} by {self.by}{'; withheld' if self.withheld else ''})"

    @property
    def source(self) -> Source:
        """What the numbers of all strata together are of."""
        return self.whole.source
