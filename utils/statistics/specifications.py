"""One question, every defensible answer: the same comparison under many tests and cuts of the scale.

A verdict that hangs on one choice of the analyst is weaker than one that all choices
give (Steegen et al. 2016, multiverse analysis). Knows nothing of waves, files or French.
"""

__all__ = ["CUTS", "Specification", "specifications"]

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from utils.statistics.compare import ALPHA, RESAMPLES, SEED, association
from utils.statistics.ranks import shift

CUTS = ("agree", "disagree", "upper_half")  # two-way cuts of a scale


@dataclass(frozen=True)
class Specification:
    """One way of asking whether two groups answer an item alike.

    Attributes
    ----------
    test : {"mann_whitney", "mann_whitney_plain", "brunner_munzel", "welch", "student", "permutation",
            "chi_square", "g", "yates", "fisher"}
    scale : {"scores", "groups", "sides", "agree", "disagree", "upper_half"}
        What of the answers the test sees: every score, the scale's groups, its three
        sides, or one side (or the upper half) against the rest.
    p : float
        NaN where the test is not possible.
    """

    test: str
    scale: str
    p: float

    @property
    def significant(self) -> bool:
        """Whether `p` lies below `ALPHA`; False where the test is not possible."""
        return self.p < ALPHA


def specifications(
    first: pd.Series, second: pd.Series, groups: Iterable[Iterable[int]], sides: Mapping[str, Iterable[int]]
) -> tuple[Specification, ...]:
    """Compare two groups on one rated item in every way that a statistician could defend.

    Parameters
    ----------
    first, second : Series of int
        Number of answers, indexed by every score of the scale in order.
    groups : iterable of iterables of int
        Neighbouring scores told together, in order.
    sides : mapping
        `disagree`, `middle` and `agree`, in this order, with their scores.

    Returns
    -------
    tuple of Specification
        Always the same ones in the same order; `p` is NaN where one is not possible. On a
        short scale two cuts may be one and count twice.

    Examples
    --------
    >>> a, b = pd.Series({1: 9, 2: 1, 3: 0}), pd.Series({1: 0, 2: 1, 3: 9})
    >>> sides = {"disagree": [1], "middle": [2], "agree": [3]}
    >>> all(s.significant for s in specifications(a, b, sides.values(), sides))
    True
    """
    scores = pd.DataFrame([first, second])
    scales = {"scores": scores, "groups": _grouped(scores, groups), "sides": _grouped(scores, sides.values())}
    upper = first.index[len(first) // 2 :]
    cuts = dict(zip(CUTS, (sides["agree"], sides["disagree"], upper), strict=True))
    found = [
        *_ordered(scores),
        *(Specification("mann_whitney", name, shift(*_rows(scales[name])).p) for name in ("groups", "sides")),
        *(Specification("chi_square", name, association(table).p) for name, table in scales.items()),
        Specification("g", "sides", _contingency(scales["sides"], lambda_="log-likelihood", correction=False)),
    ]
    for name, chosen in cuts.items():
        rest = [score for score in first.index if score not in set(chosen)]
        table = _grouped(scores, (chosen, rest))
        found += [
            Specification("chi_square", name, _contingency(table, correction=False)),
            Specification("yates", name, _contingency(table, correction=True)),
            Specification(
                "fisher", name, float(scipy.stats.fisher_exact(table).pvalue) if _comparable(table) else np.nan
            ),
        ]
    return tuple(found)


def _grouped(scores: pd.DataFrame, groups: Iterable[Iterable[int]]) -> pd.DataFrame:
    return pd.DataFrame({i: scores[list(group)].sum(axis=1).astype(int) for i, group in enumerate(groups)})


def _rows(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return table.iloc[0], table.iloc[1]


def _comparable(table: pd.DataFrame) -> bool:
    return bool((table.sum(axis=1) > 0).all()) and int((table.sum(axis=0) > 0).sum()) > 1


def _contingency(table: pd.DataFrame, **how) -> float:
    if not _comparable(table):
        return np.nan
    return float(scipy.stats.chi2_contingency(table.loc[:, table.sum(axis=0) > 0], **how).pvalue)


def _ordered(scores: pd.DataFrame) -> list[Specification]:
    a, b = (np.repeat(row.index.to_numpy(dtype=float), row.to_numpy()) for row in _rows(scores))
    tests = {
        "mann_whitney": lambda: shift(*_rows(scores)).p,
        "mann_whitney_plain": lambda: scipy.stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=False).pvalue,
        # Groups that do not overlap leave it no spread to divide by.
        "brunner_munzel": lambda: scipy.stats.brunnermunzel(a, b).pvalue if shift(*_rows(scores)).interval else np.nan,
        "welch": lambda: scipy.stats.ttest_ind(a, b, equal_var=False).pvalue,
        "student": lambda: scipy.stats.ttest_ind(a, b).pvalue,
        "permutation": lambda: _permuted_means(scores),
    }
    # The t tests and Brunner-Munzel's divide by the spread within each group, the others by that of all answers.
    apart = min(len(set(a)), len(set(b))) > 1
    possible = dict.fromkeys(("brunner_munzel", "welch", "student"), apart)
    anything = len(a) and len(b) and len(set(a) | set(b)) > 1
    return [
        Specification(name, "scores", float(test()) if possible.get(name, anything) else np.nan)
        for name, test in tests.items()
    ]


def _permuted_means(scores: pd.DataFrame) -> float:
    """Hold the difference of means against random tables of the same margins: who answered is shuffled."""
    sizes, totals, points = scores.sum(axis=1).to_numpy(), scores.sum(axis=0).to_numpy(), scores.columns.to_numpy()
    drawn = scipy.stats.random_table(sizes, totals, seed=SEED).rvs(RESAMPLES)[:, 0, :] @ points
    expected = sizes[0] * (totals @ points) / totals.sum()
    surprise = abs(scores.iloc[0].to_numpy() @ points - expected)
    return float(((abs(drawn - expected) >= surprise - 1e-9).sum() + 1) / (RESAMPLES + 1))
