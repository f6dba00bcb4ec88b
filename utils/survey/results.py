"""A question together with its answers: what charts, tables and sentences are made from."""

__all__ = ["ASKED", "BASE_NAMES", "HIDDEN", "SIDES", "ChoiceResult", "LikertResult"]

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from utils.french import decapitalise
from utils.statistics.choices import Choices
from utils.statistics.design import Design
from utils.statistics.intervals import Interval, mean_interval, median_interval
from utils.statistics.likert import Distribution
from utils.statistics.promoters import Rated, net_interval
from utils.survey import promoters
from utils.survey.codebook import BASES, Noun, Question, Source
from utils.survey.presented import Presented, counted, row
from utils.survey.proof import NOTHING, Proof
from utils.survey.scales import Scale

ASKED = "interrogees"  # the base of a rate of participation: all that were asked
# What each base is called, all together.
BASE_NAMES = {base: noun.plural for base, noun in BASES.items()} | {ASKED: "communes interrogées"}
HIDDEN = "[c]"  # in place of what would tell too much of a few
SIDES = {"disagree": "desaccord", "middle": "neutre", "agree": "accord"}


@dataclass(frozen=True, repr=False)
class _Result(Presented):
    """What every result carries, whatever the type of its question.

    Attributes
    ----------
    question : Question
    base : str
        Of whom the answers are: a key of `BASES`.
    expected : int
        Size of that base; differs from the `n` of the answers where some are missing
        or where the source contradicts itself.
    design : Design
        The population that the answers are of: what intervals stand on.
    from_rows : bool
        Whether respondents' rows are known: then whoever is missing from the answers gave none.
    withheld : bool
        Whether so few answered that nothing may be told: then the result holds no answer, nor the size of its base.
    no_opinion : Series of int
        How often each answer was given that is no opinion, by option id: no part of `answers`.
    proof : Proof
        What the book asks of a claim on levels; without it, none is made but what is certain.
    """

    question: Question
    base: str
    expected: int
    design: Design
    from_rows: bool
    withheld: bool
    no_opinion: pd.Series = field(default_factory=lambda: pd.Series(dtype=int), kw_only=True, compare=False)
    proof: Proof = field(default=NOTHING, kw_only=True, compare=False)

    @property
    def noun(self) -> Noun:
        """What the answers are counted in, in both numbers."""
        return BASES[self.base]

    @property
    def blank(self) -> int:
        """How many of the base are known to have left the question without answer; of counts alone, nobody is."""
        return self.expected - self.answered if self.from_rows else 0

    @property
    def answered(self) -> int:
        """How many answered, those included whose answer is no opinion."""
        return self.answers.n + int(self.no_opinion.sum())

    def no_opinion_interval(self, option: str) -> Interval | None:
        """Return the interval for the share, of all who answered, of an answer that is no opinion."""
        return self.design.share(int(self.no_opinion[option]), self.answered)

    def label(self, option: str) -> str:
        """Return an option's label, as in the middle of a sentence."""
        return self.question.options[option]

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
        return self.answers.counts.rename(self.scale.position).sort_index()

    def interval(self, scores: tuple[int, ...]) -> Interval | None:
        """Return the interval for the share of the answers that fall on `scores`; None without answers."""
        return self.design.share(int(self.answers.counts.loc[list(scores)].sum()), self.answers.n)

    @property
    def agree_interval(self) -> Interval | None:
        """Interval for the share in agreement; None without answers."""
        return self.interval(self.scale.side("accord"))

    @cached_property
    def median_interval(self) -> Interval | None:
        """Interval for the median; None where too few answered."""
        return median_interval(self.answers.counts)

    @cached_property
    def mean_interval(self) -> Interval | None:
        """Interval for the mean; None where all answers are equal or too few."""
        return mean_interval(self.answers.counts)


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
        return self.design.share(int(self.answers.counts[option]), self.answers.n)
