"""Whether a share is a majority, and whether one answer comes before another: exact tests.

Each p-value is then corrected for all that a book says (`families`).
Knows nothing of waves, files or French.
"""

__all__ = ["ahead", "ahead_by_weight", "majority", "most_discordant", "one_half"]

import math

import scipy

from utils.statistics import weighed
from utils.statistics.design import ANALYTIC, WEIGHTED, Design
from utils.statistics.weighed import Weighed


def majority(part: float, n: float, design: Design = ANALYTIC) -> float:
    """Test that more than half of a population would say what a part of the answers says.

    One-sided and exact: binomial; hypergeometric where the members of the population are
    counted, so that the test agrees with the interval of the same design.

    Parameters
    ----------
    part, n : int
        Answers counted, and answers in all; effective numbers where the design is weighted.
    design : Design
        The population that the answers are of.

    Returns
    -------
    float
        NaN where `n` is 0; 0 where even those who did not answer could not change it.

    Examples
    --------
    Eight heads of ten: (45 + 10 + 1) / 1024.

    >>> majority(8, 10)
    0.0546875
    """
    if n == 0:
        return math.nan
    if design.weighted:
        return weighed.majority(part, n)
    if not design.descriptive:
        return float(scipy.stats.binom.sf(part - 1, n, 0.5))
    return float(scipy.stats.hypergeom.sf(part - 1, design.population, design.population // 2, n))


def one_half(part: float, n: float, design: Design = ANALYTIC) -> float:
    """Test whether a share is another than one half, whichever side was observed; see `majority`.

    Examples
    --------
    >>> one_half(2, 10)
    0.109375
    """
    return min(1.0, 2 * min(majority(part, n, design), majority(n - part, n, design)))


def ahead(first: int, second: int) -> float:
    """Test whether the more frequent of two outcomes is so in truth: exact, conditional on their sum, two-sided.

    For two answers that exclude each other, their counts; for two that the same respondents
    may give both, the counts of those who gave the one alone and the other alone (McNemar
    1947). Where the two are the first and the second of several, picked as such among the
    answers, the two-sided test still names a wrong leader no more often than its level
    (Hung and Fithian 2019): the more options are equal, the less often the first of them
    outdoes the second by much. Of 200 000 draws of 92 answers it names one, at .05, in
    4.7, 0.9 and 0.03 % where 2, 3 and 8 options are equal; of 20 000 draws of 92 who
    give several answers, held against every other option, in 3.8, 0.8 and 0.1 %.

    Examples
    --------
    2 × (1 + 5) / 32 of five throws:

    >>> ahead(4, 1)
    0.375
    """
    both = first + second
    return min(1.0, 2 * float(scipy.stats.binom.sf(max(first, second) - 1, both, 0.5))) if both else 1.0


def ahead_by_weight(alone: Weighed) -> float:
    """Test as `ahead` where answers do not weigh alike: whether the first of two cells bears more than half.

    Parameters
    ----------
    alone : Weighed
        Series of two: those who gave the one answer alone, and the other alone.
    """
    return one_half(*alone.sample(alone.n.index[:1]), WEIGHTED) if alone.total[0] else 1.0


def most_discordant(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    """Return how many gave one of two answers alone, and the other, where their overlap is not known.

    Of all overlaps that the counts allow, the smallest: it makes the p-value of `ahead`
    as large as it can be. Where not as many answered the two, those who answered one only
    are taken to be of those who would speak for the first.

    Parameters
    ----------
    first, second : tuple of int
        Part and n of each; the first is the more frequent one.

    Examples
    --------
    >>> most_discordant((6, 10), (5, 10))
    (5, 4)
    """
    n = min(first[1], second[1])
    one, other = max(0, first[0] - (first[1] - n)), min(second[0], n)
    both = max(0, one + other - n)
    return one - both, other - both
