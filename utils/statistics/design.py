"""What answers stand for: the population that an estimate speaks of, and how far those who answered reach into it.

Two kinds of question are told apart, and never mixed in one sentence or one row of a table:

descriptive
    What is the share in this population? Its members are counted, so the interval knows
    that what is not seen is finite: `Design(population=262)`.
analytic
    Do two kinds of communes differ, or is this kind as the item says? The answers are
    examples of a kind, of which there is no list: `ANALYTIC`, without correction.

How many communes are active in the whole region is not known, nor whether the two kinds
answered as often: what is said of active communes is analytic. So is a change from one sample to
the next, which takes what the two share from an `overlap.Overlap`.

Where answers do not weigh alike, they are worth an effective number of answers (`weighed`), and
`WEIGHTED` speaks of the population that the weights stand for. How much of it was seen
no longer makes an estimate surer: a heavy answer stands for many that were not.
Knows nothing of waves, files or French.
"""

__all__ = ["ANALYTIC", "WEIGHTED", "Design", "Sample"]

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from utils.statistics.intervals import Interval, population_interval, share_interval


class Sample(NamedTuple):
    """Answers of a sample: those counted, and all; effective numbers, not whole, where they do not weigh alike."""

    part: float
    n: float


@dataclass(frozen=True)
class Design:
    """The population of which a group of answers is a sample.

    Attributes
    ----------
    population : int or None
        Members of the population, those included who did not take part or left the item
        blank; None where the question is analytic.
    weighted : bool
        Whether answers do not weigh alike: parts and numbers are then effective ones.

    Examples
    --------
    >>> Design(262).share(92, 138).method, ANALYTIC.share(92, 138).method
    ('hypergeometric', 'wilson')
    """

    population: int | None = None
    weighted: bool = False

    @property
    def descriptive(self) -> bool:
        """Whether an estimate speaks of a population whose members are counted."""
        return self.population is not None

    def share(self, part: float, n: float) -> Interval | None:
        """Return the interval for a share (0..1) of the population; None without answers.

        Parameters
        ----------
        part, n : int
            (float where `weighted`.) Answers counted and answers in all. Blank answers are no part of `n`: they
            are members that are not seen, as those who did not take part.

        Raises
        ------
        ValueError
            A part outside 0..n, or more answers than members.
        """
        # What stands in one page is often asked again by its files, its explorer and its summary.
        if self.weighted:
            return _share_of_weights(float(part), float(n))
        return _share(int(part), int(n), self.population)


@cache
def _share(part: int, n: int, population: int | None) -> Interval | None:
    return share_interval(part, n) if population is None else population_interval(part, n, population)


@cache
def _share_of_weights(part: float, n: float) -> Interval | None:
    # Of one answer nothing tells how far another would lie.
    return share_interval(part, n, n - 1) if n > 1 else None


ANALYTIC = Design()
WEIGHTED = Design(weighted=True)
