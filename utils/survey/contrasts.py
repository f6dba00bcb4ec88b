"""Questions as two kinds of communes answer them, one at a time.

`active` is the first of the two kinds, `other` the second: active and non-active communes, unless the
questionnaire compares others (`Codebook.pair`).
"""

__all__ = ["ChoiceContrast", "Contrast"]

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from utils.statistics.compare import ALPHA, Association, association, standing_out
from utils.statistics.families import Claim, Claims, strictest
from utils.statistics.intervals import Interval, gap_interval
from utils.statistics.power import detectable_gap
from utils.statistics.promoters import NetGap
from utils.statistics.ranks import Shift, shift
from utils.statistics.specifications import Specification, specifications
from utils.survey import promoters
from utils.survey.codebook import Source
from utils.survey.pair import Pair
from utils.survey.presented import TESTS, Presented, counted, row, row_of_test
from utils.survey.results import SIDES, ChoiceResult, LikertResult, together


class _Compared(Presented):
    """What every comparison of two kinds of communes makes: claims, among all those of its book.

    One that was made alone stands for a book of its own.
    """

    @cached_property
    def family(self) -> Claims:
        """Every claim that is corrected together with these."""
        return Claims(lambda: self.claims) if self.book is None else self.book

    def corrected(self, what: str) -> float:
        """Return the p-value of one claim, corrected for all those of the book; NaN where it could not be tested."""
        return self.family.p((self.active.question.id, what))

    @property
    def kinds(self) -> Pair:
        """The two kinds of communes."""
        return self.active.question.pair(self.active.base)

    @property
    def source(self) -> Source:
        """What the numbers of the two groups together are of."""
        return Source(self.active.question.id, "communes", self.active.answers.n + self.other.answers.n)

    @property
    def withheld(self) -> bool:
        """Whether the answers of a group are not published: then nothing is compared."""
        return self.active.withheld or self.other.withheld

    def _claims(self, made: Mapping[str, Claim]) -> dict[Hashable, Claim]:
        return {(self.active.question.id, what): claim for what, claim in made.items()}


@dataclass(frozen=True, repr=False)
class Contrast(_Compared):
    """One rated item answered by two kinds of communes, and how they differ.

    Each statistic is computed when it is first asked for.

    Attributes
    ----------
    active, other : LikertResult
    book : Claims, optional
        Every claim of this kind that the book makes; without it the item stands for itself.
    """

    active: LikertResult
    other: LikertResult
    book: Claims | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        sizes = f"{self.active.answers.n} {self.active.base}, {self.other.answers.n} {self.other.base}"
        around = f" [{self.gap_interval.low:+.2f}, {self.gap_interval.high:+.2f}]" if self.gap_interval else ""
        return f"Contrast({self.active.question.id!r}: {sizes}; gap {self.gap:+.2f}{around})"

    @property
    def counts(self) -> pd.DataFrame:
        """The counts, groups by scores; `attrs["groupings"]` names columns that are told together.

        `sides` (disagreement, middle, agreement) and `groups` (those of the scale) can be
        named to `compare.chi_square`.
        """
        scale, table = self.active.scale, counted([self.active, self.other])
        sides = {side: list(scale.side(sens)) for side, sens in SIDES.items()}
        table.attrs["groupings"] = {"sides": sides, "groups": {g.id: list(g.scores) for g in scale.groupes}}
        return table

    @property
    def summary(self) -> pd.DataFrame:
        """Each group summed up, one row a group: see `LikertResult.summary`."""
        return pd.concat([self.active.summary, self.other.summary])

    @property
    def tests(self) -> pd.DataFrame:
        """Every test of the two groups, one row each.

        Returns
        -------
        DataFrame
            `test` (its method, and over what), `statistic`, `df`, `p`; `corrected` for every
            comparison of the book (NaN where nothing is claimed from it); `effect` (Cramér's V
            less its bias; Cliff's delta for the order of the scores; the gap of two net promoter
            scores) with its interval `low`, `high`. NaN where nothing can be compared.
        """
        told = [row_of_test(self.sides, "sides", self.corrected("sides"))]
        told += [row_of_test(getattr(self, by), by) for by in ("groups", "scores")]
        if found := self.net_gap:
            p = {"p": found.p, "corrected": self.corrected("net"), "effect": found.gap}
            told.append(dict.fromkeys(TESTS, math.nan) | {"test": "mover (nps)"} | p | row(None, found.interval))
        return pd.DataFrame([*told, row_of_test(self.order, "scores", self.corrected("order"))], columns=TESTS)

    @cached_property
    def claims(self) -> dict[Hashable, Claim]:
        """What could be told of the item: that the sides differ, and which; that one group gives higher scores.

        On a scale that makes a net promoter score, that this differs too.
        """
        spread = pd.DataFrame({"active": self.active.sides, "other": self.other.sides})
        weighed = together((self.active, self.other), "sides")
        weighed = weighed and weighed.each(lambda layer: layer.set_axis(["active", "other"]).T)
        made = {"sides": Claim(self.sides.p, lambda: standing_out(spread, weighed)), "order": Claim(self.order.p)}
        return self._claims(made | ({"net": Claim(self.net_gap.p)} if self.net_gap else {}))

    def corrected_side(self, side: str) -> float:
        """Return the corrected p-value of one side of the scale; 1 where nothing can be told of it."""
        return self.family.part((self.active.question.id, "sides"), side)

    @property
    def gap(self) -> float:
        """Share in agreement in the first group less the same in the second (-1..1)."""
        return self.active.agree - self.other.agree

    @property
    def gap_interval(self) -> Interval | None:
        """Interval for the gap (-1..1); None where a group is empty."""
        around = (self.active.agree_interval, self.other.agree_interval)
        return gap_interval(self.active.agree, self.other.agree, around) if all(around) else None

    @cached_property
    def scores(self) -> Association:
        """The two groups over every score."""
        return self._association("scores")

    @cached_property
    def groups(self) -> Association:
        """The two groups over the scale's groups."""
        return self._association("groups")

    @cached_property
    def sides(self) -> Association:
        """The two groups over disagreement, middle and agreement."""
        return self._association("sides")

    def _association(self, of: str) -> Association:
        sides = (self.active, self.other)
        return association(pd.DataFrame({side.base: side.weighed(of).n for side in sides}).T, together(sides, of))

    @cached_property
    def order(self) -> Shift:
        """Whether the first group agrees more, whichever way the scores run."""
        sides = (self.active, self.other)
        return shift(*(side.towards_agreement for side in sides), together(sides, "order"))

    @cached_property
    def net_gap(self) -> NetGap | None:
        """How the net promoter scores differ; None where the scale makes none, or too few answered."""
        return promoters.between(self.active, self.other)

    @cached_property
    def specifications(self) -> tuple[Specification, ...]:
        """The comparison under every defensible test and cut of the scale that is possible: none knows weights."""
        if self.active.weighted or self.other.weighted:
            return ()
        scale = self.active.scale
        # From disagreement to agreement: the upper half of a scale is the half that agrees more.
        scores = sorted(scale.points, key=scale.position)
        every = specifications(
            self.active.answers.counts[scores],
            self.other.answers.counts[scores],
            [group.scores for group in scale.towards_agreement],
            {side: scale.side(sens) for side, sens in SIDES.items()},
        )
        return tuple(found for found in every if not pd.isna(found.p))

    @property
    def below(self) -> int:
        """How many specifications lie below `ALPHA`, each on its own."""
        return sum(found.p < ALPHA for found in self.specifications)

    @property
    def detectable_gap(self) -> float | None:
        """Gap in agreement (0..1) from which on the test of the sides, once corrected, finds it four times in five."""
        return detectable_gap(self.active.worth, self.other.worth, strictest(max(1, len(self.family))))


@dataclass(frozen=True, repr=False)
class ChoiceContrast(_Compared):
    """A question with options answered by two kinds of communes, and whether they differ.

    Attributes
    ----------
    active, other : ChoiceResult
    book : Claims, optional
        Every claim of this kind that the book makes; without it the question stands for itself.
    """

    active: ChoiceResult
    other: ChoiceResult
    book: Claims | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        sizes = f"{self.active.answers.n} {self.active.base}, {self.other.answers.n} {self.other.base}"
        return f"ChoiceContrast({self.active.question.id!r}: {sizes})"

    @property
    def counts(self) -> pd.DataFrame:
        """The counts, groups by options."""
        return counted([self.active, self.other])

    @property
    def summary(self) -> pd.DataFrame:
        """Each option of each group: see `ChoiceResult.summary`; indexed by base and option."""
        both = (self.active, self.other)
        return pd.concat({result.base: result.summary for result in both}, names=["base", "option"])

    @cached_property
    def association(self) -> Association:
        """The two groups over every option, of which each commune chose one."""
        table = pd.DataFrame({result.base: result.answers.counts for result in (self.active, self.other)}).T
        return association(table, together((self.active, self.other)))

    @cached_property
    def claims(self) -> dict[Hashable, Claim]:
        """What could be told of the question: that the answers differ; of several choices, that an option does."""
        if self.active.question.single:
            return self._claims({"association": Claim(self.association.p)})
        results = (self.active, self.other)
        chosen = pd.DataFrame({result.base: result.answers.counts for result in results})
        asked = [result.answers.n for result in results]
        tested = {}
        for option, chose in chosen.iterrows():
            weighed = together(results, option)
            tested[option] = Claim(association(pd.DataFrame({"chosen": chose, "not": asked - chose}), weighed).p)
        return self._claims(tested)

    @property
    def tests(self) -> pd.DataFrame:
        """What is claimed of the two groups: `p`, and `corrected` for the book; by option, or `association`."""
        told = {what: {"p": claim.p, "corrected": self.corrected(what)} for (_, what), claim in self.claims.items()}
        return pd.DataFrame.from_dict(told, orient="index", columns=["p", "corrected"])
