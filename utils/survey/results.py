"""A question together with its answers: what charts, tables and sentences are made from."""

__all__ = ["ASKED", "HIDDEN", "SIDES", "ChoiceResult", "LikertResult", "together"]

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import pandas as pd

from utils.french import decapitalise
from utils.statistics import weighed
from utils.statistics.choices import Choices
from utils.statistics.design import Design
from utils.statistics.intervals import Interval, mean_interval, median_interval
from utils.statistics.likert import Distribution
from utils.statistics.promoters import Rated, net_interval
from utils.statistics.weighed import Weighed
from utils.survey import promoters
from utils.survey.codebook import Question, Source
from utils.survey.pair import Noun
from utils.survey.parts import Part
from utils.survey.presented import Presented, counted, row
from utils.survey.proof import NOTHING, Proof
from utils.survey.scales import Scale

ASKED = "interrogees"  # the base of a rate of participation: all that were asked
HIDDEN = "[c]"  # in place of what would tell too much of a few
SIDES = {"disagree": "desaccord", "middle": "neutre", "agree": "accord"}


@dataclass(frozen=True, repr=False)
class _Result(Presented):
    """What every result carries, whatever the type of its question.

    Attributes
    ----------
    question : Question
    base : str
        Of whom the answers are: one of `Codebook.bases`.
    expected : int
        Size of that base; differs from the `n` of the answers where some are missing
        or where the source contradicts itself.
    design : Design
        The population that the answers are of: what intervals stand on.
    from_rows : bool
        Whether respondents' rows are known: then whoever is missing from the answers gave none.
    withheld : bool
        Whether so few answered that nothing may be told: then the result holds no answer, nor the size of its base.
    uncounted : bool
        Whether only shares are published: beside its count, a weighted share would tell of the weights, and so
        of the strata, of those who gave an answer.
    no_opinion : Series of int
        How often each answer was given that is no opinion, by option id: no part of `answers`.
    weighed_apart : Weighed, optional
        The same with what these answers weigh, where that is known.
    proof : Proof
        What the book asks of a claim on levels; without it, none is made but what is certain.
    """

    question: Question
    base: str
    expected: int
    design: Design
    from_rows: bool
    withheld: bool
    uncounted: bool = field(default=False, kw_only=True)
    no_opinion: pd.Series = field(default_factory=lambda: pd.Series(dtype=int), kw_only=True, compare=False)
    weighed_apart: Weighed | None = field(default=None, kw_only=True, compare=False)
    proof: Proof = field(default=NOTHING, kw_only=True, compare=False)

    @property
    def noun(self) -> Noun:
        """What the answers are counted in, in both numbers."""
        return self.question.noun(self.base)

    @property
    def place(self) -> int | None:
        """Whether its base is the first (0) or the second (1) of two kinds of communes; None where it is neither."""
        pair = self.question.pair(self.base)
        return pair.bases.index(self.base) if pair else None

    @property
    def blank(self) -> int:
        """How many of the base are known to have left the question without answer; of counts alone, nobody is."""
        return self.expected - self.answered if self.from_rows else 0

    @property
    def answered(self) -> int:
        """How many answered, those included whose answer is no opinion."""
        return self.answers.n + int(self.no_opinion.sum())

    def no_opinion_part(self, option: str) -> Part:
        """Return an answer that is no opinion as it is published: its share is of all who answered."""
        count, apart = int(self.no_opinion[option]), None
        if self.weighed_apart is not None and not self.withheld:
            every = (self.answers.every, self.weighed_apart)
            whole = Weighed(*(pd.Series([sum(parts)]) for parts in zip(*(each.total for each in every), strict=True)))
            apart = self.weighed_apart.each(lambda layer: layer.loc[option]).within(whole)
        part = Part.of(count, self.answered, self.design, apart)
        return replace(part, count=None) if self.uncounted else part

    def label(self, option: str) -> str:
        """Return an option's label, as in the middle of a sentence."""
        return self.question.options[option]

    @property
    def weighted(self) -> bool:
        """Whether what is told of the answers takes account of what each weighs; counts never do."""
        return self.answers.weighted

    @property
    def source(self) -> Source:
        """What the numbers of this result are of."""
        return Source(self.question.id, self.base, self.answers.n)

    @property
    def counts(self) -> pd.DataFrame:
        """The counts, one row named as the base: its columns are the scores of the scale, or the options.

        NA where they are not published.
        """
        return counted([self])

    @property
    def topic(self) -> str:
        """The question's label, as in the middle of a sentence."""
        return decapitalise(self.question.libelle)

    @property
    def named(self) -> str:
        """What the question is about, with its article: « l’absence de budget »; else its label, quoted."""
        return self.question.sujet or f"« {self.question.libelle} »"


@dataclass(frozen=True, repr=False)
class LikertResult(_Result):
    """The answers to a rated item."""

    scale: Scale
    answers: Distribution

    def __repr__(self) -> str:
        around = f" [{self.agree_interval.low:.2f}, {self.agree_interval.high:.2f}]" if self.answers.n else ""
        return f"LikertResult({self.question.id!r}: {self.answers.n} {self.base}; agreement {self.agree:.2f}{around})"

    @property
    def summary(self) -> pd.DataFrame:
        """The item summed up, one row named as the base.

        Returns
        -------
        DataFrame
            `n`; `agreement` (0..1) with its interval `low`, `high`; `disagreement`, `middle`,
            `net` (-1..1); `median`, `mean`, each with its interval, and `sd`. NaN where
            nothing can be computed; missing answers are no part of it. On a scale that makes a net
            promoter score, this as `nps` (-1..1) with its interval too.
        """
        answers = self.answers
        told = {"n": answers.n, "agreement": self.agree, **row(None, self.agree_interval)}
        told |= {"disagreement": self.disagree, "middle": self.neutral, "net": self.net}
        told |= row(answers.median, self.median_interval, "median_")
        told |= row(answers.mean, self.mean_interval, "mean_") | {"sd": answers.sd}
        if self.rated:
            told |= row(self.net, net_interval(self.rated), "nps_")
        return pd.DataFrame([told], index=pd.Index([self.base], name="base"))

    @property
    def agree(self) -> float:
        """Share (0..1) of the answers on the agreeing side of the scale."""
        return self.answers.share(self.scale.side("accord"))

    @property
    def neutral(self) -> float:
        """Share (0..1) of the answers in the middle of the scale."""
        return self.answers.share(self.scale.side("neutre"))

    @property
    def disagree(self) -> float:
        """Share (0..1) of the answers on the disagreeing side of the scale."""
        return self.answers.share(self.scale.side("desaccord"))

    @property
    def net(self) -> float:
        """Net agreement: share in agreement less share in disagreement (-1..1)."""
        return self.answers.net(self.scale.side("accord"), self.scale.side("desaccord"))

    @property
    def rated(self) -> Rated | None:
        """Promoters, passives and detractors; None where the scale makes no net promoter score, which is `net`."""
        return promoters.rated(self)

    @property
    def sides(self) -> pd.Series:
        """Counts of disagreement, middle and agreement, in this order."""
        return self.answers.group({sens: self.scale.side(sens) for sens in SIDES.values()})

    @property
    def groups(self) -> pd.Series:
        """Counts by the scale's groups, in order."""
        return self.answers.group({group.id: group.scores for group in self.scale.groupes})

    @property
    def towards_agreement(self) -> pd.Series:
        """Counts by position, from the end in disagreement (0) to the end in agreement (1); see `Scale.position`."""
        return self._along(self.answers.counts)

    @property
    def worth(self) -> float:
        """How many answers of one weight those given are worth: the least that their weights and any side tell."""
        if not self.answers.weighted:
            return self.answers.n
        return min(self.answers.sample(self.scale.side(side)).n for side in SIDES.values())

    @property
    def evidence(self) -> pd.Series:
        """The counts of `towards_agreement`, brought to what they are worth where answers do not weigh alike."""
        if not self.answers.weighted:
            return self.towards_agreement
        return self._along(self.answers.shares) * self.worth

    def _along(self, layer: pd.Series) -> pd.Series:
        return layer.rename(self.scale.position).sort_index()

    def weighed(self, of: Literal["sides", "groups", "scores", "order"]) -> Weighed:
        """Return what `sides`, `groups`, the counts or `towards_agreement` weigh."""
        known = Weighed.of(self.answers.counts) if self.answers.weighed is None else self.answers.weighed
        if of == "scores":
            return known
        if of == "order":
            return known.each(self._along)
        runs = {group.id: group.scores for group in self.scale.groupes}
        runs = runs if of == "groups" else {sens: self.scale.side(sens) for sens in SIDES.values()}
        return known.each(lambda layer: pd.Series({name: layer.loc[list(run)].sum() for name, run in runs.items()}))

    def interval(self, scores: tuple[int, ...]) -> Interval | None:
        """Return the interval for the share of the answers that fall on `scores`; None without answers."""
        return self.design.share(*self.answers.sample(scores))

    def part(self, scores: tuple[int, ...]) -> Part:
        """Return the answers that fall on `scores` as they are published."""
        counted = None if self.uncounted else int(self.answers.counts.loc[list(scores)].sum())
        return Part(counted, self.answers.n, self.answers.sample(scores), self.design)

    @property
    def agree_interval(self) -> Interval | None:
        """Interval for the share in agreement; None without answers."""
        return self.interval(self.scale.side("accord"))

    @cached_property
    def median_interval(self) -> Interval | None:
        """Interval for the median; None where too few answered."""
        answers = self.answers
        return weighed.median_interval(answers.weighed) if answers.weighted else median_interval(answers.counts)

    @cached_property
    def mean_interval(self) -> Interval | None:
        """Interval for the mean; None where all answers are equal or too few."""
        answers = self.answers
        return weighed.mean_interval(answers.weighed) if answers.weighted else mean_interval(answers.counts)


@dataclass(frozen=True, repr=False)
class ChoiceResult(_Result):
    """The answers to a question with options."""

    answers: Choices

    def __repr__(self) -> str:
        ranked = self.answers.ranked
        top = f"; most chosen {ranked.index[0]!r} {ranked.iloc[0]:.2f}" if self.answers.n else ""
        return f"ChoiceResult({self.question.id!r}: {self.answers.n} {self.base}{top})"

    @property
    def summary(self) -> pd.DataFrame:
        """The options, in the order of the questionnaire: `count`, `n`, `share` (0..1), its interval `low`, `high`."""
        answers = self.answers
        told = [
            {"count": count, "n": answers.n, "share": answers.shares[option], **row(None, self.interval(option))}
            for option, count in answers.counts.items()
        ]
        return pd.DataFrame(told, index=pd.Index(answers.counts.index, name="option"))

    @property
    def ranked(self) -> pd.Series:
        """The shares of the options that can be combined, from the most to the least chosen."""
        return self.answers.ranked.drop(list(self.exclusive))

    @property
    def exclusive(self) -> tuple[str, ...]:
        """The options that rule out every other, of those that are counted."""
        return tuple(option for option in self.question.exclusive if option in self.answers.counts.index)

    @property
    def order(self) -> list[str]:
        """The options as they are listed: ranked, unless they have an order; last, those that rule out every other."""
        order = self.answers.counts.index.drop(list(self.exclusive)) if self.question.ordonnee else self.ranked.index
        return [*order, *self.exclusive]

    def interval(self, option: str) -> Interval | None:
        """Return the interval for the share of an option; None without answers."""
        return self.design.share(*self.answers.sample(option))

    def weighed(self, of: str = "") -> Weighed:
        """Return what the options weigh; of one that is named, those who chose it and those who did not."""
        return self.answers.apart(of) if of else self.answers.cells

    def part(self, option: str) -> Part:
        """Return the answers that chose an option as they are published."""
        counted = None if self.uncounted else int(self.answers.counts[option])
        return Part(counted, self.answers.n, self.answers.sample(option), self.design)


def together(results: Sequence[LikertResult | ChoiceResult], of: str = "") -> Weighed | None:
    """Return what the answers of several results weigh, a row each; None where all of each weigh alike.

    Parameters
    ----------
    results : sequence of results
        To one question.
    of : str
        As the results' own `weighed`.
    """
    return Weighed.beside({r.base: r.weighed(of) for r in results}) if any(r.weighted for r in results) else None
