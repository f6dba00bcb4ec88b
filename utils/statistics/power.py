"""What a sample of this size can see at all: the smallest difference found four times in five.

Knows nothing of waves, files or French.
"""

__all__ = ["MIN_GROUP", "POWER", "detectable_gap"]

import scipy

POWER = 0.8
MIN_GROUP = 10  # with fewer answers the law strays from the test: at a strict level it was found to promise too much


def detectable_gap(first: int, second: int, level: float, answers: int = 3) -> float | None:
    """Return the gap (0..1) between two shares from which on the chi-square test finds it with a power of `POWER`.

    The power is that of the noncentral chi-square law (Cohen 1988, chapter 7) of the very
    test, over all its answers and at its corrected level, where the gap is hardest to see:
    with the two shares around one half, and the other answers spread alike in both groups.
    Wherever the shares lie and however the rest is spread, a gap of this size is found at
    least as often.

    Parameters
    ----------
    first, second : int
        Sizes of the groups.
    level : float
        Below it the test's p-value is called more than chance.
    answers : int
        Categories that the test compares.

    Returns
    -------
    float or None
        None where a group has fewer than `MIN_GROUP` answers, or not even a gap of one would be found so often.

    Examples
    --------
    >>> round(detectable_gap(92, 46, level=0.05), 2)
    0.28
    """
    if min(first, second) < MIN_GROUP:
        return None
    df = answers - 1
    needed = scipy.stats.chi2.isf(level, df)

    def missing(gap: float) -> float:
        return scipy.stats.ncx2.cdf(needed, df, _noncentrality(gap, first, second)) - (1 - POWER)

    if missing(1.0) > 0:
        return None
    return float(scipy.optimize.brentq(missing, 1e-6, 1.0, xtol=1e-9))


def _noncentrality(gap: float, first: int, second: int) -> float:
    """Return the least noncentrality that two shares so far apart give."""
    n = first + second
    # The share of both together: as near to one half as two shares within 0..1 allow.
    larger = max(first, second) / n
    together = max(0.5, larger * gap)
    return first * second / n * gap**2 / (together * (1 - together)) if together < 1 else float("inf")
