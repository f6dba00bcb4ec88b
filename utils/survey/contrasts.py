"""Rated items as active and as non-active communes answer them: one at a time, and as a family of tests."""

__all__ = ["ChoiceContrast", "Contrast", "Family"]

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from utils.statistics.compare import Association, adjusted, association
from utils.statistics.intervals import Interval, gap_interval
from utils.statistics.power import detectable_delta, detectable_gap
from utils.statistics.ranking import rank_items
from utils.statistics.ranks import Shift, shift
from utils.statistics.specifications import Specification, specifications
from utils.survey.codebook import Source
from utils.survey.presented import TESTS, Presented, counted, row, row_of_test
from utils.survey.results import SIDES, ChoiceResult, LikertResult


@dataclass(frozen=True, repr=False)
class Contrast(Presented):
    """One rated item answered by active and by non-active communes, and how they differ.

    Each statistic is computed when it is first asked for.
    """

    active: LikertResult
    other: LikertResult

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
            `test` (its method, and over what), `statistic`, `df`, `p`, `holm` (NaN: one item is
            no family, see `Family.tests`), `effect` (Cramér's V; Cliff's delta for the order of
            the scores) with its interval `low`, `high`. NaN where nothing can be compared.
        """
        told = [row_of_test(getattr(self, by), by) for by in ("sides", "groups", "scores")]
        return pd.DataFrame([*told, row_of_test(self.order, "scores")], columns=TESTS)

    @property
    def source(self) -> Source:
        """What the numbers of the two groups together are of."""
        return Source(self.active.question.id, "communes", self.active.answers.n + self.other.answers.n)

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
    def agreeing(self) -> int:
        """How many specifications give the same verdict as the test on the three sides."""
        return sum(found.significant == self.sides.significant for found in self.specifications)

    @property
    def detectable_gap(self) -> float | None:
        """Smallest gap in agreement (0..1) that samples of these sizes show four times in five."""
        first, second = self.active.answers.n, self.other.answers.n
        if not first + second:
            return None
        together = (self.active.sides["accord"] + self.other.sides["accord"]) / (first + second)
        return detectable_gap(together, first, second)

    @property
    def detectable_delta(self) -> float | None:
        """Smallest Cliff's delta that samples of these sizes show four times in five."""
        return detectable_delta(self.active.answers.n, self.other.answers.n)


@dataclass(frozen=True, repr=False)
class ChoiceContrast(Presented):
    """A question with options answered by active and by non-active communes, and whether they differ."""

    active: ChoiceResult
    other: ChoiceResult

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

    @property
    def source(self) -> Source:
        """What the numbers of the two groups together are of."""
        return Source(self.active.question.id, "communes", self.active.answers.n + self.other.answers.n)

    @cached_property
    def association(self) -> Association:
        """The two groups over every option, of which each commune chose one."""
        return association(pd.DataFrame({result.base: result.answers.counts for result in (self.active, self.other)}).T)

    @cached_property
    def tests(self) -> pd.DataFrame:
        """Each option, chosen or not, in the two groups: `p`, `holm`, `bh`; one row per option, by its id."""
        results = (self.active, self.other)
        chosen = pd.DataFrame({result.base: result.answers.counts for result in results})
        p = [
            association(pd.DataFrame({"chosen": row, "not": [r.answers.n for r in results] - row})).p
            for _, row in chosen.iterrows()
        ]
        return adjusted(p).set_index(chosen.index)


@dataclass(frozen=True, repr=False)
class Family(Presented):
    """Rated items compared between the same two groups: as many tests, corrected for their number."""

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
            with its interval `low`, `high`; `p` and `holm` of the chi-square on the three sides.
        """
        told = [
            {
                "n_active": pair.active.answers.n,
                "n_other": pair.other.answers.n,
                "agreement_active": pair.active.agree,
                "agreement_other": pair.other.agree,
                "gap": pair.gap,
                **row(None, pair.gap_interval),
            }
            for pair in self.pairs
        ]
        return pd.DataFrame(told, index=self.sides.index).join(self.sides[["p", "holm"]])

    @property
    def tests(self) -> pd.DataFrame:
        """The tests on the three sides and on the order of the scores, by question; `holm` corrects for all items."""
        told = {
            pair.active.question.id: pd.DataFrame(
                [
                    row_of_test(pair.sides, "sides", self.sides.loc[pair.active.question.id, "holm"]),
                    row_of_test(pair.order, "scores", self.order.loc[pair.active.question.id, "holm"]),
                ],
                columns=TESTS,
            ).set_index("test")
            for pair in self.pairs
        }
        return pd.concat(told, names=["question", "test"])

    def _together(self, what: str) -> pd.DataFrame:
        return pd.concat({pair.active.question.id: getattr(pair, what) for pair in self.pairs}, names=["question"])

    @cached_property
    def sides(self) -> pd.DataFrame:
        """The tests on the three sides of the scale: `p`, `holm`, `bh`; one row per pair, by question id."""
        return self._adjusted([pair.sides.p for pair in self.pairs])

    @cached_property
    def order(self) -> pd.DataFrame:
        """The tests on the order of the scores: `p`, `holm`, `bh`; one row per pair, by question id."""
        return self._adjusted([pair.order.p for pair in self.pairs])

    def _adjusted(self, p: list[float]) -> pd.DataFrame:
        return adjusted(p).set_index(pd.Index([pair.active.question.id for pair in self.pairs]))

    @cached_property
    def obstacles(self) -> "Family":
        """The items whose agreement is unfavourable, in the same order: what stands in the way of communes."""
        return Family(tuple(pair for pair in self.pairs if pair.active.question.polarite == "defavorable"))

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
