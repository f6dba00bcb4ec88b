"""Two samples of one kind, one after the other, and the members that are in both: by how much a share moved.

Members seen twice make the two shares depend on each other. As a rule they answer alike
both times, so that two samples that share members tell a smaller change than two that do
not; `Overlap` is what is known of it, and both the interval and the test come from it.

A change is an analytic question (see `design`): neither knows a finite population. For the
members of one population the variance is then exact where none of them changed, and too
large, never too small, where some did.
Knows nothing of waves, files or French.
"""

__all__ = ["APART", "Moved", "Overlap", "moved_by_weight"]

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import scipy

from utils.statistics.compare import MIN_EXPECTED, association
from utils.statistics.design import ANALYTIC, WEIGHTED, Sample
from utils.statistics.intervals import MIN_ANSWERS, Interval, gap_interval
from utils.statistics.weighed import Weighed

_TIE = 1 + 1e-7  # outcomes as likely as the one seen, whatever their floats


@dataclass(frozen=True)
class Moved:
    """How a share moved from one sample to the next.

    Attributes
    ----------
    gap : float
        The later share less the earlier one (-1..1).
    interval : Interval
        Newcombe's, from the two shares' own and their correlation.
    p : float
        NaN when `method` is "none".
    method : {"normal", "exact", "rao_scott", "none", "sparse"}
        What `p` comes from; "none" where all answers are alike, and nothing can have moved; "sparse"
        where answers that do not weigh alike are worth too few for a test.
    """

    gap: float
    interval: Interval
    p: float
    method: Literal["normal", "exact", "rao_scott", "none", "sparse"]


@dataclass(frozen=True)
class Overlap:
    """The members that two samples share, by what they answered; none where they are not known.

    Attributes
    ----------
    yes, no : int
        Members counted both times, and neither time.
    changed : int
        Members counted one time only. Which time does not matter: where nothing moves both are as likely.

    Examples
    --------
    Of 60 members seen twice 20 changed their answer. The gap is that of two samples apart, and surer.

    >>> before, now = Sample(21, 60), Sample(33, 60)
    >>> round(Overlap(yes=17, changed=20, no=23).moved(before, now).p, 3), round(APART.moved(before, now).p, 3)
    (0.007, 0.028)
    """

    yes: int = 0
    changed: int = 0
    no: int = 0

    @property
    def n(self) -> int:
        """Members seen twice."""
        return self.yes + self.changed + self.no

    def alone(self, before: Sample, now: Sample) -> Sample:
        """Return the answers of both samples' other members, together.

        Raises
        ------
        ValueError
            Members seen twice that are not in both samples.
        """
        part, n = before.part + now.part - 2 * self.yes - self.changed, before.n + now.n - 2 * self.n
        room = min(min(k - self.yes, m - k - self.no, m - self.n) for k, m in (before, now))
        if room < 0 or not 0 <= part <= n:
            raise ValueError(f"{self} is no part of {tuple(before)} and {tuple(now)}")
        return Sample(part, n)

    @property
    def correlation(self) -> float:
        """Correlation of the two answers of a member (-1..1), pulled towards 0 where few are seen twice.

        Of the table in which either way of changing is as frequent; the numerator loses half
        a count, as in Newcombe's interval for pairs (1998, method 10).
        """
        ups, downs = 2 * self.yes + self.changed, 2 * self.no + self.changed
        excess = 4 * self.yes * self.no - self.changed**2
        excess = max(0, excess - 2 * self.n) if excess > 0 else excess
        return excess / (ups * downs) if ups and downs else 0.0

    def moved(self, before: Sample, now: Sample) -> Moved | None:
        """Compare the share of two samples; None where fewer than `MIN_ANSWERS` answered in one of them.

        The test is of no change. Where at least `MIN_EXPECTED` answers of each kind are expected
        in each sample among those that a change would move (Mantel and Fleiss 1980; Cochran's
        rule where no member is seen twice, ten changed answers where all are), the gap is
        held against its normal law; the variance counts each changed answer once and those
        seen once by their distance from the common share. It is Pearson's test of two
        samples apart, McNemar's of pairs, and between them one for samples that overlap in
        part (Choi and Stablein 1982). Otherwise exact: changed answers fall either way by the
        toss of a coin, those seen once are dealt to the two samples at random, and p adds up
        what is no likelier than what was seen; it is Fisher's test of samples apart, the
        exact McNemar test of pairs.

        Raises
        ------
        ValueError
            Members seen twice that are not in both samples.
        """
        alone = self.alone(before, now)
        if min(before.n, now.n) < MIN_ANSWERS:
            return None
        first, second = before.part / before.n, now.part / now.n
        shared = self.correlation * self.n / math.sqrt(before.n * now.n)
        around = (ANALYTIC.share(*now), ANALYTIC.share(*before))
        p, method = self._p(before, now, alone)
        return Moved(second - first, gap_interval(second, first, around, shared), p, method)

    def _p(self, before: Sample, now: Sample, alone: Sample) -> tuple[float, str]:
        common = (before.part + now.part) / (before.n + now.n)
        if common in (0, 1):
            return math.nan, "none"
        once = before.n - self.n  # members seen in the earlier sample only
        fewest = max(0, alone.part - (alone.n - once))
        most = min(once, alone.part) + self.changed
        expected = self.changed / 2 + (alone.part * once / alone.n if alone.n else 0)
        if min(expected - fewest, most - expected) < MIN_EXPECTED:
            return _exact(before.part - self.yes - fewest, self.changed, once, alone), "exact"
        spread = self.changed + alone.part * (1 - common) ** 2 + (alone.n - alone.part) * common**2
        gap = now.part / now.n - before.part / before.n
        return 2 * float(scipy.stats.norm.sf(abs(gap) * math.sqrt(before.n * now.n / spread))), "normal"


@cache
def _law(changed: int, once: int, alone: Sample) -> np.ndarray:
    """Return how likely each number of counted answers is that fall to the earlier sample, from the fewest on."""
    fewest, most = max(0, alone.part - (alone.n - once)), min(once, alone.part)
    dealt = scipy.stats.hypergeom.pmf(np.arange(fewest, most + 1), alone.n, alone.part, once) if alone.n else np.ones(1)
    return np.convolve(scipy.stats.binom.pmf(np.arange(changed + 1), changed, 0.5), dealt)


def _exact(seen: int, changed: int, once: int, alone: Sample) -> float:
    law = _law(changed, once, alone)
    return min(1.0, float(law[law <= law[seen] * _TIE].sum()))


APART = Overlap()


def moved_by_weight(before: Weighed, now: Weighed) -> Moved | None:
    """Compare a share of two samples of which one at least does not weigh its answers alike.

    They are taken to be apart: what members seen twice weigh in both is not known of them
    together, and as a rule they make the change surer than it is told.

    Parameters
    ----------
    before, now : Weighed
        Series of two cells: those who gave the answer, and those who did not.

    Returns
    -------
    Moved or None
        None where one of the samples is worth fewer than `MIN_ANSWERS`.
    """
    samples = [side.sample(side.n.index[:1]) for side in (before, now)]
    if min(sample.n for sample in samples) < MIN_ANSWERS:
        return None
    around = [(ANALYTIC if s.alike else WEIGHTED).share(*n) for s, n in zip((before, now), samples, strict=True)]
    # What a weight is written in differs from one survey to the next: each counts for what it is worth.
    table = Weighed.beside({"before": before.at_worth, "now": now.at_worth})
    test = association(table.n.astype(int), table)
    first, second = (sample.part / sample.n for sample in samples)
    interval = gap_interval(second, first, (around[1], around[0]))
    return Moved(second - first, interval, test.p, test.method if test.method in ("none", "sparse") else "rao_scott")
