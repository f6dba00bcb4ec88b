"""What a sample of this size can see at all: the smallest difference found four times in five.

Knows nothing of waves, files or French.
"""

__all__ = ["POWER", "detectable_delta", "detectable_gap"]

import math

from scipy import stats

from utils.statistics.compare import ALPHA

POWER = 0.8
_REACH = float(stats.norm.isf(ALPHA / 2) + stats.norm.ppf(POWER))


def detectable_gap(share: float, first: int, second: int) -> float | None:
    """Return the smallest gap (0..1) between two shares that a two-sided test finds with a power of `POWER`.

    Cohen's effect size h on the arcsine scale (Cohen 1988, chapter 6), turned back
    into a gap centred on `share`.

    Parameters
    ----------
    share : float
        Level (0..1) around which the two shares would lie: that of both groups together.
    first, second : int
        Sizes of the groups.

    Returns
    -------
    float or None
        None where a group is empty, or no gap around `share` would be large enough.

    Examples
    --------
    >>> round(detectable_gap(0.5, 92, 46), 3)
    0.25
    """
    if not (first and second):
        return None
    middle, half = math.asin(math.sqrt(share)), _REACH * math.sqrt(1 / first + 1 / second) / 4
    if middle - half < 0 or middle + half > math.pi / 2:
        return None
    return math.sin(middle + half) ** 2 - math.sin(middle - half) ** 2


def detectable_delta(first: int, second: int) -> float | None:
    """Return the smallest Cliff's delta that Mann-Whitney's test finds with a power of `POWER` (Noether 1987).

    Ties, which a scale of few scores brings, make the test a little less able than this says.

    Returns
    -------
    float or None
        None where a group is empty or no delta up to 1 would be large enough.

    Examples
    --------
    >>> round(detectable_delta(92, 46), 3)
    0.292
    """
    if not (first and second):
        return None
    delta = _REACH * math.sqrt((first + second) / (3 * first * second))
    return delta if delta <= 1 else None
