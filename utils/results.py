"""A question together with its answers: what charts, tables and sentences are made from."""

__all__ = ["ChoiceResult", "Contrast", "LikertResult", "Strata", "contrast"]

from dataclasses import dataclass

import pandas as pd

from utils.choices import Choices
from utils.codebook import BASES, Noun, Question, Scale
from utils.compare import Association, Shift, association, shift
from utils.french import decapitalise
from utils.likert import Distribution


@dataclass(frozen=True)
class _Result:
    """What every result carries, whatever the type of its question.

    Attributes
    ----------
    question : Question
    base : str
        Of whom the answers are: a key of `BASES`.
    expected : int
        Size of that base; differs from the `n` of the answers where some are missing
        or where the source contradicts itself.
    """

    question: Question
    base: str
    expected: int

    @property
    def noun(self) -> Noun:
        """What the answers are counted in, in both numbers."""
        return BASES[self.base]

    @property
    def topic(self) -> str:
        """The question's label, as in the middle of a sentence."""
        return decapitalise(self.question.libelle)


@dataclass(frozen=True)
class LikertResult(_Result):
    """The answers to a rated item."""

    scale: Scale
    answers: Distribution

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
    def sides(self) -> pd.Series:
        """Counts of disagreement, middle and agreement, in this order."""
        return self.answers.group({sens: self.scale.side(sens) for sens in ("desaccord", "neutre", "accord")})


@dataclass(frozen=True)
class ChoiceResult(_Result):
    """The answers to a question with options."""

    answers: Choices

    def label(self, option: str) -> str:
        """Return an option's label, as in the middle of a sentence."""
        return self.question.options[option]


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
    shares : Series of float
        Share (0..1) of the first column in each stratum; NaN for an empty stratum.
    overall : float
        The same share over all strata together.
    test : Association
    """

    by: str
    labels: dict[str, str]
    counts: pd.DataFrame
    shares: pd.Series
    overall: float
    test: Association


@dataclass(frozen=True)
class Contrast:
    """One rated item answered by active and by non-active communes, and how they differ.

    Attributes
    ----------
    active, other : LikertResult
    sides : Association
        The two groups over disagreement, middle and agreement.
    order : Shift
        Whether active communes give higher scores.
    """

    active: LikertResult
    other: LikertResult
    sides: Association
    order: Shift

    @property
    def gap(self) -> float:
        """Share in agreement among active communes less the same among the others (-1..1)."""
        return self.active.agree - self.other.agree


def contrast(active: LikertResult, other: LikertResult) -> Contrast:
    """Compare the answers of two groups to the same item."""
    sides = pd.DataFrame({result.base: result.sides for result in (active, other)}).T
    return Contrast(active, other, association(sides), shift(active.answers.counts, other.answers.counts))
