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
from utils.survey.results import SIDES, ChoiceResult, LikertResult


@dataclass(frozen=True)
class Contrast:
    """One rated item answered by active and by non-active communes, and how they differ.

    Each statistic is computed when it is first asked for.
    """

    active: LikertResult
    other: LikertResult

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
        """Whether active communes give higher scores."""
        return shift(self.active.answers.counts, self.other.answers.counts)

    @cached_property
    def specifications(self) -> tuple[Specification, ...]:
        """The comparison under every defensible test and cut of the scale; those that are possible."""
        scale = self.active.scale
        every = specifications(
            self.active.answers.counts,
            self.other.answers.counts,
            [group.scores for group in scale.groupes],
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


@dataclass(frozen=True)
class ChoiceContrast:
    """A question with options answered by active and by non-active communes, and whether they differ."""

    active: ChoiceResult
    other: ChoiceResult

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


@dataclass(frozen=True)
class Family:
    """Rated items compared between the same two groups: as many tests, corrected for their number."""

    pairs: tuple[Contrast, ...]

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
    def rankings(self) -> dict[str, pd.DataFrame]:
        """The items' ranks and their uncertainty, by group of communes; see `rank_items`."""
        agree = self.pairs[0].active.scale.side("accord")
        groups = ([pair.active for pair in self.pairs], [pair.other for pair in self.pairs])
        return {group[0].base: rank_items({r.question.id: r.answers.counts for r in group}, agree) for group in groups}
