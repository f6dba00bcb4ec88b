"""Options that respondents put in order: first places as a single choice, then where each option stands.

Who was ranked where is known of all together, never by province or by size: there, and between two
groups, what is published are first places. Where a wave prints counts, mean ranks and their test
follow from the ranks only if all ranked as many options: the counts do not tell which places an
option that was left out shares. Which of two options comes before the other takes rows.
"""

__all__ = ["RankContrast", "RankResult"]

from collections.abc import Hashable
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from utils.statistics.families import Claim
from utils.statistics.rankings import Friedman, Standing, before, compared, friedman, positions, standing
from utils.statistics.ranks import Shift, shift
from utils.survey.codebook import activity_of
from utils.survey.contrasts import ChoiceContrast
from utils.survey.counted import Counted
from utils.survey.parts import Part
from utils.survey.presented import row
from utils.survey.results import ChoiceResult


@dataclass(frozen=True, repr=False)
class RankResult(ChoiceResult):
    """The answers to a question that asks to put options in order.

    Attributes
    ----------
    answers : Choices
        How many put each option first.
    ranks : DataFrame of int
        How many gave each option each rank: options by ranks.
    orders : dict or None
        How many gave each order, where respondents' rows are known. Never published.
    threshold : int
        Smallest count that is no secret.
    """

    ranks: pd.DataFrame = field(kw_only=True)
    orders: dict[tuple[str, ...], int] | None = field(default=None, kw_only=True)
    threshold: int = field(default=1, kw_only=True)

    @classmethod
    def of(cls, counted: ChoiceResult, edition: Counted) -> "RankResult":
        """Return a result of first places with the ranks behind it."""
        name, activity = counted.question.id, activity_of(counted.base)
        orders, given = None, edition.orders
        if given is not None and not counted.withheld:
            own = given[given[["question", "active"]].eq([name, activity]).all(axis=1)]
            orders = {tuple(order.split(";")): int(n) for order, n in zip(own["ordre"], own["n"], strict=True)}
        ranks = edition.ranks(name, activity) * (not counted.withheld)
        told = {part.name: getattr(counted, part.name) for part in fields(ChoiceResult)}
        return cls(**told, ranks=ranks, orders=orders, threshold=edition.about.threshold)

    def placed(self, n: int) -> Part:
        """Return those who gave an option a rank as they are published."""
        return Part.of(n, self.answers.n, self.design)

    def __repr__(self) -> str:
        first = f"; best mean rank {self.best[0]!r}" if self.places is not None and self.answers.n else ""
        return f"RankResult({self.question.id!r}: {self.answers.n} {self.base}{first})"

    @cached_property
    def _ranked(self) -> dict[int, int]:
        """How many ranked so many options."""
        if self.orders is not None:
            return {
                j: sum(n for order, n in self.orders.items() if len(order) == j) for j in set(map(len, self.orders))
            }
        totals = [*self.ranks.sum(), 0]
        return {j: int(here - after) for j, (here, after) in enumerate(pairwise(totals), 1) if here > after}

    @cached_property
    def places(self) -> pd.DataFrame | None:
        """How often each option stands at each place; None where it does not follow from what is known."""
        options = list(self.answers.counts.index)
        if self.orders is not None:
            return positions(self.orders, options)
        if len(self._ranked) != 1 or sum(self._ranked.values()) != self.answers.n:
            return None
        (j,), left = self._ranked, self.answers.n - self.ranks.sum(axis=1)
        if (left < 0).any():
            return None
        found = self.ranks.set_axis(self.ranks.columns.astype(float), axis="columns").iloc[:, :j]
        shared = (j + 1 + len(options)) / 2
        return found.assign(**{"left": left}).rename(columns={"left": shared}) if j < len(options) else found

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where each option stands, the best mean rank first; empty where that is not known."""
        if self.places is None or not self.answers.n:
            return {}
        found = {option: standing(own, len(self.places)) for option, own in self.places.iterrows()}
        return dict(sorted(found.items(), key=lambda each: each[1].mean))

    @property
    def best(self) -> list[str]:
        """The options from the best mean rank on; from the most first places on, where no mean is known."""
        return list(self.standings) or list(self.answers.ranked.index)

    @cached_property
    def test(self) -> Friedman | None:
        """Whether the options differ in their ranks; None where the places are not known."""
        return None if self.places is None else friedman(self.places, self._ranked)

    @cached_property
    def steps(self) -> pd.Series:
        """Test of each option whether it stands before the next one in the order of mean ranks.

        Returns
        -------
        Series
            By option, all but the last: never below the p-value that the options differ at all, corrected for all
            pairs of options. Empty where rows are not known.
        """
        if self.orders is None or self.test is None or np.isnan(self.test.p):
            return pd.Series(dtype=float)
        pairs, order = compared(before(self.orders, self.best), self.threshold), self.best
        mean = {option: one.mean for option, one in self.standings.items()}
        # Two tests may disagree on the order of two options: then neither stands before the other.
        agree = before(self.orders, order)
        found = {
            one: max(self.test.p, pairs.loc[one, other])
            if agree.loc[one, other] > agree.loc[other, one] and mean[one] < mean[other]
            else 1.0
            for one, other in pairwise(order)
        }
        return pd.Series(found, dtype=float)

    @property
    def summary(self) -> pd.DataFrame:
        """The options, the best mean rank first, a row each.

        Returns
        -------
        DataFrame
            `first`, how many put it first; `n`; `share` of first places (0..1) with its interval `low`, `high`;
            `mean_rank` (1 is the best; options left unranked share the places left) with its interval; `borda`
            (0..1). NaN where a number is not known.
        """
        told = [self._summed(option) for option in self.best]
        return pd.DataFrame(told, index=pd.Index(self.best, name="option"))

    def _summed(self, option: str) -> dict[str, float]:
        answers, found = self.answers, self.standings.get(option)
        told = {"first": answers.counts[option], "n": answers.n, "share": answers.shares[option]}
        told |= row(None, self.interval(option))
        told |= row(found.mean if found else np.nan, found and found.interval, "mean_rank_")
        return told | {"borda": found.borda if found else np.nan}


@dataclass(frozen=True, repr=False)
class RankContrast(ChoiceContrast):
    """Options that active and other communes put in order: whether one kind ranks an option higher.

    Attributes
    ----------
    active, other : RankResult
    """

    active: RankResult
    other: RankResult

    @cached_property
    def shifts(self) -> dict[str, Shift]:
        """By option, whether active communes rank it lower; nothing where the places are not known."""
        if self.active.places is None or self.other.places is None:
            return {}
        return {
            option: shift(self.active.places.loc[option], self.other.places.loc[option])
            for option in self.active.answers.counts.index
        }

    @cached_property
    def claims(self) -> dict[Hashable, Claim]:
        """What could be told of the question: that other options come first; of each option, that its ranks differ."""
        ranks = {option: Claim(found.p) for option, found in self.shifts.items()}
        return self._claims({"association": Claim(self.association.p), **ranks})

    @property
    def summary(self) -> pd.DataFrame:
        """The options of each group: see `RankResult.summary`; indexed by base and option."""
        return pd.concat(
            {result.base: result.summary for result in (self.active, self.other)}, names=["base", "option"]
        )
