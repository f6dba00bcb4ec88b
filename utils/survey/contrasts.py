"""Questions as active and as non-active communes answer them: one at a time, and the rated items of a chapter."""

__all__ = ["ChoiceContrast", "Contrast", "Family"]

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from utils.statistics.compare import ALPHA, Association, association, standing_out
from utils.statistics.families import Claim, Claims, strictest
from utils.statistics.intervals import Interval, gap_interval
from utils.statistics.power import detectable_gap
from utils.statistics.promoters import NetGap
from utils.statistics.ranking import rank_items
from utils.statistics.ranks import Shift, shift
from utils.statistics.specifications import Specification, specifications
from utils.survey import promoters
from utils.survey.codebook import Source
from utils.survey.presented import TESTS, Presented, counted, row, row_of_test
from utils.survey.results import SIDES, ChoiceResult, LikertResult


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
    """One rated item answered by active and by non-active communes, and how they differ.

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
        made = {"sides": Claim(self.sides.p, lambda: standing_out(spread)), "order": Claim(self.order.p)}
        return self._claims(made | ({"net": Claim(self.net_gap.p)} if self.net_gap else {}))

    def corrected_side(self, side: str) -> float:
        """Return the corrected p-value of one side of the scale; 1 where nothing can be told of it."""
        return self.family.part((self.active.question.id, "sides"), side)

    @property
    def gap(self) -> float:
        """Share in agreement among active communes less the same among the others (-1..1)."""
        return self.active.agree - self.other.agree

    @property
    def gap_interval(self) -> Interval | None:
        """Interval for the gap (-1..1); None where a group is empty."""
        around = (self.active.agree_interval, self.other.agree_interval)
        return gap_interval(self.active.agree, self.other.agree, around) if all(around) else None

    @cached_property
    def scores(self) -> Association:
        """The two groups over every score."""
        return self._association(self.active.answers.counts, self.other.answers.counts)

    @cached_property
    def groups(self) -> Association:
        """The two groups over the scale's groups."""
        return self._association(self.active.groups, self.other.groups)

    @cached_property
    def sides(self) -> Association:
        """The two groups over disagreement, middle and agreement."""
        return self._association(self.active.sides, self.other.sides)

    def _association(self, first: pd.Series, second: pd.Series) -> Association:
        return association(pd.DataFrame({self.active.base: first, self.other.base: second}).T)

    @cached_property
    def order(self) -> Shift:
        """Whether active communes agree more, whichever way the scores run."""
        return shift(self.active.towards_agreement, self.other.towards_agreement)

    @cached_property
    def net_gap(self) -> NetGap | None:
        """How the net promoter scores differ; None where the scale makes none, or too few answered."""
        return promoters.between(self.active, self.other)

    @cached_property
    def specifications(self) -> tuple[Specification, ...]:
        """The comparison under every defensible test and cut of the scale; those that are possible."""
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
        return detectable_gap(self.active.answers.n, self.other.answers.n, strictest(max(1, len(self.family))))


@dataclass(frozen=True, repr=False)
class ChoiceContrast(_Compared):
    """A question with options answered by active and by non-active communes, and whether they differ.

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
        return association(pd.DataFrame({result.base: result.answers.counts for result in (self.active, self.other)}).T)

    @cached_property
    def claims(self) -> dict[Hashable, Claim]:
        """What could be told of the question: that the answers differ; of several choices, that an option does."""
        if self.active.question.single:
            return self._claims({"association": Claim(self.association.p)})
        results = (self.active, self.other)
        chosen = pd.DataFrame({result.base: result.answers.counts for result in results})
        asked = [result.answers.n for result in results]
        tested = {
            option: Claim(association(pd.DataFrame({"chosen": row, "not": asked - row})).p)
            for option, row in chosen.iterrows()
        }
        return self._claims(tested)

    @property
    def tests(self) -> pd.DataFrame:
        """What is claimed of the two groups: `p`, and `corrected` for the book; by option, or `association`."""
        told = {what: {"p": claim.p, "corrected": self.corrected(what)} for (_, what), claim in self.claims.items()}
        return pd.DataFrame.from_dict(told, orient="index", columns=["p", "corrected"])


@dataclass(frozen=True, repr=False)
class Family(Presented):
    """Rated items compared between the same two groups, told side by side."""

    pairs: tuple[Contrast, ...]

    def __repr__(self) -> str:
        return f"Family({', '.join(pair.active.question.id for pair in self.pairs)})"

    @property
    def counts(self) -> pd.DataFrame:
        """The counts of every item, by question and base."""
        return self._together("counts")

    @property
    def summary(self) -> pd.DataFrame:
        """The items, the most shared among active communes first, a row each.

        Returns
        -------
        DataFrame
            `n_active`, `n_other`, `agreement_active`, `agreement_other` (0..1); `gap` (-1..1)
            with its interval `low`, `high`; `p` of the chi-square on the three sides, and
            `corrected` for every comparison of the book.
        """
        told = [
            {
                "n_active": pair.active.answers.n,
                "n_other": pair.other.answers.n,
                "agreement_active": pair.active.agree,
                "agreement_other": pair.other.agree,
                "gap": pair.gap,
                **row(None, pair.gap_interval),
                "p": pair.sides.p,
                "corrected": pair.corrected("sides"),
            }
            for pair in self.pairs
        ]
        return pd.DataFrame(told, index=pd.Index([pair.active.question.id for pair in self.pairs]))

    @property
    def tests(self) -> pd.DataFrame:
        """The tests of every item that something is claimed from, by question: see `Contrast.tests`."""
        claimed = (pair.tests.set_index("test").iloc[[0, -1]] for pair in self.pairs)
        names = (pair.active.question.id for pair in self.pairs)
        return pd.concat(dict(zip(names, claimed, strict=True)), names=["question", "test"])

    def _together(self, what: str) -> pd.DataFrame:
        return pd.concat({pair.active.question.id: getattr(pair, what) for pair in self.pairs}, names=["question"])

    @cached_property
    def obstacles(self) -> "Family":
        """The items whose agreement is unfavourable, in the same order: what stands in the way of communes."""
        return replace(self, pairs=tuple(pair for pair in self.pairs if pair.active.question.polarite == "defavorable"))

    @cached_property
    def ordered(self) -> "Family":
        """The items that it makes sense to put in order: the obstacles, or all items where none is one."""
        return self.obstacles if self.obstacles.pairs else self

    @cached_property
    def rankings(self) -> dict[str, pd.DataFrame]:
        """The items' ranks and their uncertainty, by group of communes; see `rank_items`.

        Each item counts on its own scale, in the direction of agreement: `value` is the mean or
        median position between the end in disagreement (0) and the end in agreement (1), or the
        share in agreement.
        """
        groups = ([pair.active for pair in self.pairs], [pair.other for pair in self.pairs])
        return {group[0].base: _ranked(group) for group in groups}


def _ranked(results: list[LikertResult]) -> pd.DataFrame:
    counts = {result.question.id: result.towards_agreement for result in results}
    agree = {r.question.id: [r.scale.position(score) for score in r.scale.side("accord")] for r in results}
    return rank_items(counts, agree)
