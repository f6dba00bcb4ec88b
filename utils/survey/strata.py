"""Answers split by province or by size of commune, without what would tell too much of a few."""

__all__ = ["Breakdown", "Strata", "between"]

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from utils.statistics.compare import Association, association, standing_out
from utils.statistics.design import ANALYTIC, Design, Sample
from utils.statistics.families import Claim, Claims
from utils.statistics.intervals import Interval
from utils.statistics.ranks import KruskalWallis, Shift, Trend, kruskal_wallis, shift, trend
from utils.statistics.weighed import Weighed
from utils.survey.codebook import Source
from utils.survey.parts import Part
from utils.survey.presented import Presented
from utils.survey.proof import NOTHING, Proof
from utils.survey.results import ASKED, ChoiceResult, LikertResult
from utils.survey.territory import PROVINCE, Division


class _Split:
    """What every split by province or by size claims, among all the claims of its book.

    One that was made alone stands for a book of its own.
    """

    @property
    def kind(self) -> str:
        """What the strata are, with its article, as it ends « selon … »: « la province », « la taille »."""
        return self.division.le if self.by == "province" else "la taille"

    @cached_property
    def family(self) -> Claims:
        """Every claim that is corrected together with this one."""
        return Claims(lambda: {self.key: self.claim}) if self.book is None else self.book

    @property
    def corrected(self) -> float:
        """The p-value of the claim that the strata differ, corrected for all those of the book; NaN if not tested."""
        return self.family.p(self.key)


@dataclass(frozen=True)
class Strata(_Split):
    """One yes/no split of the communes, by province or by size.

    Attributes
    ----------
    by : {"province", "taille", "seuil"}
        `seuil`: by what the study opposes, small and large communes.
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
    proof : Proof
        What the book asks of a claim on levels.
    option : str
        Which answer splits, where the question has several.
    weighed : Weighed, optional
        The counts with what the answers weigh, where rows carry weights.
    division : Division
        What a stratum is called where the split is by province.
    book : Claims, optional
        Every claim of this kind that the book makes; without it the split stands for itself.
    withheld : bool
        Whether so few answered that nothing is published, of no stratum and of the whole: then `counts` holds nobody.
    whole : tuple of int, optional
        Both sides over all strata together, where counts are rounded and so need not add up.
    """

    by: str
    labels: dict[str, str]
    counts: pd.DataFrame
    designs: dict[str, Design]
    design: Design
    hidden: tuple[str, ...] = ()
    question: str = ""
    base: str = ASKED
    proof: Proof = NOTHING
    withheld: bool = False
    whole: tuple[int, int] | None = None
    option: str = ""
    division: Division = PROVINCE
    weighed: Weighed | None = field(default=None, compare=False)
    book: Claims | None = field(default=None, compare=False)

    @property
    def key(self) -> Hashable:
        """What tells this split's claim from all others."""
        return (self.question, self.option, self.base, self.by)

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
        shares = pd.Series({stratum: self.part(stratum).share for stratum in self.counts.index}, dtype=float)
        return shares.mask(shares.index.isin(self.hidden))

    @property
    def told(self) -> int:
        """Communes on the side that is told, all strata together."""
        return self.whole[0] if self.whole else int(self.counts.iloc[:, 0].sum())

    @property
    def total(self) -> int:
        """All communes that were split."""
        return sum(self.whole) if self.whole else int(self.counts.to_numpy().sum())

    @property
    def overall(self) -> float:
        """Share (0..1) of the first column over all strata together; NaN if there is nobody."""
        return self.whole_part.share

    def part(self, stratum: str, side: str | None = None) -> Part:
        """Return one side of a stratum as it would be published: that which is told, if none is named."""
        counts = self.counts.loc[stratum]
        side = counts.index[0] if side is None else side
        apart = self.weighed and self.weighed.each(lambda layer: _first(side, layer.loc[stratum]))
        return Part.of(counts[side], counts.sum(), self.designs[stratum], apart)

    @cached_property
    def whole_part(self) -> Part:
        """The side that is told over all strata together."""
        apart = self.weighed and self.weighed.each(lambda layer: layer.sum())
        return Part.of(self.told, self.total, self.design, apart)

    @cached_property
    def test(self) -> Association | None:
        """Whether the strata differ; None where some are hidden: a verdict alone bounds counts that are not told."""
        return None if self.hidden else association(self.counts, self.weighed)

    @cached_property
    def order(self) -> Shift | None:
        """Whether the side that is told lies in higher strata, where they have an order; None where some are hidden."""
        if self.hidden:
            return None
        first, second = (self.counts[side].reset_index(drop=True) for side in self.counts)
        order = self.weighed and self.weighed.each(lambda layer: layer.reset_index(drop=True).T)
        return shift(first, second, order)

    @property
    def ordered(self) -> bool:
        """Whether the test of the order carries the claim: sizes have one, and it sees a rise far sooner."""
        return self.by == "taille"

    @cached_property
    def claim(self) -> Claim:
        """That the strata differ, and which of them stand out from the others."""
        test = self.order if self.ordered else self.test
        if test is None:
            return Claim(math.nan)
        return Claim(test.p, None if self.option else lambda: standing_out(self.counts, self.weighed))

    def corrected_stratum(self, stratum: str) -> float:
        """Return the corrected p-value of one stratum that stands out; 1 where nothing can be told of it."""
        return self.family.part(self.key, stratum)

    def interval(self, stratum: str) -> Interval | None:
        """Return the interval for the share of one stratum; None if empty, hidden, or of participation."""
        if stratum in self.hidden or self.base == ASKED:
            return None
        return self.part(stratum).interval

    @property
    def overall_interval(self) -> Interval | None:
        """Interval for the share over all strata together; None if there is nobody, or for participation."""
        return None if self.base == ASKED else self.whole_part.interval


def _first(side: str, sides: pd.Series) -> pd.Series:
    return sides.loc[[side, *sides.index.drop(side)]]


def between(
    answers: pd.DataFrame, by: str, *, ordered: bool, weighed: Weighed | None = None
) -> Association | KruskalWallis | Trend:
    """Test whether strata answer alike, by what is known of their order and of the answers'.

    Parameters
    ----------
    answers : DataFrame of int
        Answers by strata.
    by : {"province", "taille"}
    ordered : bool
        Whether the answers have an order.
    weighed : Weighed, optional
        Strata by answers with what these weigh.

    Examples
    --------
    >>> two = pd.DataFrame({"small": [6, 2], "large": [2, 6]}, index=["yes", "no"])
    >>> between(two, "taille", ordered=True).method, between(two, "province", ordered=False).method
    ('normal', 'fisher')
    """
    if by == "taille":
        # Of answers without an order, the sizes have one: whether who answers one thing is larger.
        if ordered:
            return trend(answers.T, weighed)
        return kruskal_wallis(answers, weighed and weighed.each(lambda layer: layer.T))
    return (kruskal_wallis if ordered else association)(answers.T, weighed)


@dataclass(frozen=True, repr=False)
class Breakdown(_Split, Presented):
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
    n : Series of Int64
        Answers by stratum that shares are of (a multiple choice: how many chose at least one option);
        NA where not even these are published, or would tell what `no_opinion` hides.
    withheld : bool
        Whether nothing of it can be published.
    test : Association, KruskalWallis, Trend or None
        Whether the strata differ, of sizes by a test that knows their order; None for several
        choices, tested option by option, and where a count is hidden: method and seed of a test
        are public, so that its verdict is one more equation.
    designs : dict of Design
        By stratum id, the population that its answers are of.
    weighed : Weighed, optional
        The counts with what the answers weigh, where rows carry weights.
    bases : dict of Weighed, optional
        By stratum id, the same of all whose answers make shares of several options, in one cell.
    weighed_apart : dict of Weighed, optional
        By stratum id, the same of the answers that are no opinion.
    no_opinion : DataFrame of Int64
        The same of the answers that are no opinion: no part of `counts`.
    division : Division
        What a stratum is called where the breakdown is by province.
    book : Claims, optional
        Every claim of this kind that the book makes; without it the breakdown stands for itself.
    """

    whole: LikertResult | ChoiceResult
    by: str
    labels: dict[str, str]
    counts: pd.DataFrame
    n: pd.Series
    withheld: bool
    test: Association | KruskalWallis | Trend | None
    no_opinion: pd.DataFrame = field(default_factory=pd.DataFrame)
    division: Division = PROVINCE
    designs: dict[str, Design] = field(default_factory=dict)
    weighed: Weighed | None = field(default=None, compare=False)
    bases: dict[str, Weighed | None] = field(default_factory=dict, compare=False)
    weighed_apart: dict[str, Weighed] = field(default_factory=dict, compare=False)
    book: Claims | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"Breakdown({self.whole.question.id!r} by {self.by}{'; withheld' if self.withheld else ''})"

    def part(self, answer: str, stratum: str) -> Part | None:
        """Return one answer of a stratum as it is published; None where it is not."""
        counts, n = self.counts, self.n
        if outside := answer in self.no_opinion.index:
            counts, n = self.no_opinion, self.answered
        if answer not in counts.index or pd.isna(count := counts.loc[answer, stratum]):
            return None
        design = self.designs.get(stratum, ANALYTIC)
        if pd.isna(n[stratum]):
            return Part(int(count), None, Sample(0, 0), design)
        apart = None
        if self.weighed is not None:
            within = self.within(stratum)
            whole = (self.bases.get(stratum) or within).total
            if outside:
                within = self.weighed_apart[stratum]
                whole = tuple(map(sum, zip(whole, within.total, strict=True)))
            whole = Weighed(*(pd.Series([part]) for part in whole))
            apart = within.each(lambda layer: layer.loc[answer]).within(whole)
        return Part.of(count, n[stratum], design, apart)

    def within(self, stratum: str) -> Weighed | None:
        """Return the answers of one stratum with what they weigh."""
        return self.weighed and self.weighed.each(lambda layer: layer[stratum])

    @property
    def source(self) -> Source:
        """What the numbers of all strata together are of."""
        return self.whole.source

    @property
    def key(self) -> Hashable:
        """What tells this breakdown's claim from all others."""
        return (self.whole.question.id, "", self.whole.base, self.by)

    @property
    def answered(self) -> pd.Series:
        """Answers by stratum, those included that are no opinion; NA where not published."""
        return self.n + self.no_opinion.sum().reindex(self.n.index, fill_value=0).astype("Int64")

    @property
    def hides(self) -> bool:
        """Whether a count of it is not published."""
        return any(table.isna().to_numpy().any() for table in (self.counts, self.no_opinion))

    @property
    def claim(self) -> Claim:
        """That the strata differ."""
        return Claim(math.nan if self.test is None else self.test.p)
