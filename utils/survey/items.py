"""The rated items of a chapter, side by side: compared between two kinds of communes, and put in order."""

__all__ = ["Family", "family"]

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from utils.statistics.ranking import rank_items
from utils.survey.contrasts import Contrast
from utils.survey.pair import Pair
from utils.survey.presented import Presented, row
from utils.survey.results import LikertResult


@dataclass(frozen=True, repr=False)
class Family(Presented):
    """Rated items compared between the same two groups, told side by side.

    Attributes
    ----------
    pairs : tuple of Contrast
    alone : tuple of LikertResult
        The items, where nobody is compared on them: then there is no pair.
    """

    pairs: tuple[Contrast, ...]
    alone: tuple[LikertResult, ...] = ()

    def __repr__(self) -> str:
        return f"Family({', '.join(result.question.id for result in next(iter(self.groups), []))})"

    @property
    def kinds(self) -> Pair | None:
        """The two kinds of communes; None where nobody is compared."""
        return self.pairs[0].kinds if self.pairs else None

    @property
    def groups(self) -> list[list[LikertResult]]:
        """The items in the same order, of each of the two groups, or of all communes together; none without items."""
        if self.pairs:
            return [[pair.active for pair in self.pairs], [pair.other for pair in self.pairs]]
        return [list(self.alone)] if self.alone else []

    @property
    def counts(self) -> pd.DataFrame:
        """The counts of every item, by question and base."""
        return self._together("counts")

    @property
    def summary(self) -> pd.DataFrame:
        """The items, the most shared in the first group first, a row each.

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
        pairs = tuple(pair for pair in self.pairs if pair.active.question.polarite == "defavorable")
        return Family(pairs, tuple(result for result in self.alone if result.question.polarite == "defavorable"))

    @cached_property
    def ordered(self) -> "Family":
        """The items that it makes sense to put in order: the obstacles, or all items where none is one."""
        return self.obstacles if self.obstacles.groups else self

    @cached_property
    def rankings(self) -> dict[str, pd.DataFrame]:
        """The items' ranks and their uncertainty, by group of communes; see `rank_items`.

        Each item counts on its own scale, in the direction of agreement: `value` is the mean or
        median position between the end in disagreement (0) and the end in agreement (1), or the
        share in agreement.
        """
        return {group[0].base: _ranked(group) for group in self.groups}


def family(pairs: Sequence[Contrast], results: Sequence[LikertResult]) -> Family:
    """Return rated items as one family of comparisons, the most shared in the first group first.

    Parameters
    ----------
    pairs : sequence of Contrast
        Those that two kinds of communes answer apart.
    results : sequence of LikertResult
        All of them. Where nobody is compared, the family holds those alone that are put to all communes, or
        else to the same.
    """
    told = sorted(pairs, key=lambda pair: -pair.active.agree if pair.active.answers.n else 0)
    bases = sorted({result.base for result in results}, key=lambda base: base != "communes")
    return Family(tuple(told), () if pairs else tuple(result for result in results if result.base == bases[0]))


def _ranked(results: list[LikertResult]) -> pd.DataFrame:
    counts = {result.question.id: result.evidence for result in results}
    agree = {r.question.id: [r.scale.position(score) for score in r.scale.side("accord")] for r in results}
    return rank_items(counts, agree)
