"""Weighted shares, centres, intervals and tests, held against R's survey and against what weights must never do.

R's values are those of svy 0.35, which reproduces R's survey to every digit it prints; its calls
stand beside them. All are of `sample = svy.Sample(frame, svy.Design(wgt="w"))`, where `frame` holds
the columns `g`, `y` and `w` of `GROUPS`, `SCORES` and `WEIGHTS`.
"""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from utils.statistics import levels
from utils.statistics.choices import choices
from utils.statistics.compare import association, standing_out
from utils.statistics.design import ANALYTIC, WEIGHTED, Sample
from utils.statistics.intervals import share_interval
from utils.statistics.likert import distribution
from utils.statistics.overlap import APART, moved_by_weight
from utils.statistics.ranks import kruskal_wallis, shift, trend
from utils.statistics.scored import kinds, places, score_test
from utils.statistics.weighed import Weighed, majority, mean_interval, median_interval

GROUPS = ["a"] * 10 + ["b"] * 10
SCORES = [1, 2, 3, 1, 3, 3, 2, 1, 3, 2, 1, 1, 2, 1, 3, 1, 2, 1, 1, 2]
WEIGHTS = [1, 2, 1, 3, 1, 2, 1, 1, 4, 1, 2, 1, 1, 3, 1, 1, 2, 1, 1, 2]


def table(weights=WEIGHTS, scores=SCORES, groups=GROUPS, times=1):
    """Return a weighted table, groups by scores; every answer `times` times."""
    rows = pd.DataFrame({"g": groups, "y": scores, "w": weights, "n": 1}).astype({"w": float})
    rows = pd.concat([rows] * times).assign(squares=lambda given: given["w"] ** 2)
    how = {"index": "g", "columns": "y", "aggfunc": "sum", "fill_value": 0}
    return Weighed(*(rows.pivot_table(values=of, **how) for of in ("n", "w", "squares")))


def whole(weights=WEIGHTS, times=1):
    return table(weights, times=times).each(lambda layer: layer.sum())


def test_shares_and_means_are_those_of_r():
    answers = whole()
    # sample.estimation.prop("y"); (1 + 3 + 1 + 2 + 1 + 3 + 1 + 1 + 1) / 32 = 14 / 32 of the weights say 1
    assert answers.shares.round(4).tolist() == [0.4375, 0.2812, 0.2812]
    assert answers.mean == 1.84375  # sample.estimation.mean("y")
    # sample.deff_w, Kish's: 20 × Σw² / (Σw)² = 20 × 66 / 32²
    assert answers.total == (20, 32, 66)
    assert 20 / answers.size == 1.2890625
    assert answers.quantile(0.5) == 2  # sample.estimation.median("y")


def test_standard_errors_are_those_of_r():
    # sample.estimation.mean("y"): a standard error of 0.2291; ours has the quantile of Student at the effective size.
    found = mean_interval(whole())
    half = stats.t.isf(0.025, 32**2 / 66 - 1) * 0.2291
    assert (found.low, found.high) == pytest.approx((1.84375 - half, 1.84375 + half), abs=2e-4)


def test_a_share_is_worth_the_smaller_of_two_effective_numbers():
    # sample.estimation.prop("y"): standard errors of 0.1288 and 0.1253 of the shares 0.4375 and 0.28125, with a
    # divisor of 19 for 20; p (1 - p) / se² answers are 15.62 and 13.55, and Kish's are 15.52.
    assert whole().sample([1]).n == pytest.approx(32**2 / 66)
    assert whole().sample([3]).n == pytest.approx(0.28125 * 0.71875 / 0.1253**2 * 20 / 19, abs=0.02)
    part, n = whole().sample([3])
    assert part / n == 0.28125


def test_an_interval_is_wilsons_at_the_effective_number():
    # p = 1/2 of n = 16: z = t(15; 0.975) = 2.13145; centre 1/2, half z / √(n + z²) / 2
    z = 2.13145
    half = z / math.sqrt(16 + z**2) / 2
    found = WEIGHTED.share(8, 16)
    assert (found.low, found.high) == pytest.approx((0.5 - half, 0.5 + half), abs=1e-5)
    assert WEIGHTED.share(0, 16).low == 0
    assert WEIGHTED.share(1, 1) is None


def test_pearsons_statistic_is_that_of_r():
    # sample.categorical.tabulate("g", "y").stats.chisq.value
    found = score_test(table(), kinds(2), kinds(3))
    assert found.statistic * found.effect == pytest.approx(4.124494242141301)


def test_the_weighted_score_test_is_its_definition():
    """Written out row by row: T = Σ w (a - ā)(y - ȳ) / Σw, its variance Σ w² (…)² / (Σw)², n / (n - 1)."""
    w, ranks = np.array(WEIGHTS, float), np.empty(20)
    for i, score in enumerate(SCORES):
        below = sum(weight for weight, other in zip(WEIGHTS, SCORES, strict=True) if other < score)
        tied = sum(weight for weight, other in zip(WEIGHTS, SCORES, strict=True) if other == score)
        ranks[i] = (below + tied / 2) / 32
    first = np.array([group == "a" for group in GROUPS], float)
    apart = (first - w @ first / 32) * (ranks - w @ ranks / 32)
    squared = (w @ apart / 32) ** 2 / ((w**2 @ apart**2) / 32**2 * 20 / 19)
    free = sum(sum(half) ** 2 / sum(x * x for x in half) for half in (WEIGHTS[:10], WEIGHTS[10:])) - 2
    found = score_test(table(), kinds(2), places(table().sums.to_numpy().sum(axis=0)))
    assert found.p == pytest.approx(2 * stats.t.sf(math.sqrt(squared), free))


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("scale", [1, 7, 0.001])
def test_what_weights_are_multiplied_by_changes_nothing(scale, times):
    one, other = (table([weight * by for weight in WEIGHTS], times=times) for by in (1, scale))
    assert association(other.n, other).p == pytest.approx(association(one.n, one).p, nan_ok=True)
    sums = [each.each(lambda layer: layer.sum()) for each in (one, other)]
    assert sums[1].sample([1]) == pytest.approx(sums[0].sample([1]))
    assert sums[1].quantile(0.25) == sums[0].quantile(0.25)


@pytest.mark.parametrize("weight", [1, 2, 0.3, 1 / 3])
def test_equal_weights_are_none(weight):
    weighed, counts = whole([weight] * 20), whole([1] * 20).n
    with_them, without = distribution(counts, [1, 2, 3], weighed), distribution(counts, [1, 2, 3])
    for name in ("n", "median", "q1", "q3", "mean", "sd", "weighted"):
        assert getattr(with_them, name) == getattr(without, name)
    assert with_them.shares.tolist() == without.shares.tolist()
    assert with_them.sample([1, 2]) == without.sample([1, 2]) == (15, 20)
    assert choices(counts, None, weighed).shares.tolist() == choices(counts).shares.tolist()
    two = table([weight] * 20)
    assert association(two.n, two).p == association(two.n).p
    assert shift(two.n.loc["a"], two.n.loc["b"], two) == shift(two.n.loc["a"], two.n.loc["b"])
    assert trend(two.n, two) == trend(two.n)
    assert kruskal_wallis(two.n, two) == kruskal_wallis(two.n)


def test_a_weight_of_two_is_not_two_answers():
    """Twenty answers that weigh 2 beside twenty that weigh 1 know less than forty answers, and than sixty."""
    heavy = Weighed(pd.Series([20, 20]), pd.Series([40.0, 20.0]), pd.Series([80.0, 20.0]))
    found = WEIGHTED.share(*heavy.sample([0]))
    for n in (40, 60):
        sure = share_interval(n * 2 / 3, n)
        assert found.high - found.low > sure.high - sure.low
    assert heavy.size == pytest.approx(36)  # 60² / 100


def test_the_median_lies_where_the_weights_reach_one_half():
    # Sums of 3, 1, 2: half of 6 is reached on the first score exactly, so that it lies between two.
    told = Weighed(
        pd.Series({1: 1, 2: 1, 4: 1}), pd.Series({1: 3.0, 2: 1.0, 4: 2.0}), pd.Series({1: 9.0, 2: 1.0, 4: 4.0})
    )
    assert told.quantile(0.5) == 1.5
    assert told.quantile(0.75) == 4
    assert distribution(told.n, [1, 2, 3, 4], told).median == 1.5


def test_the_interval_of_a_median_is_that_of_the_sign_test():
    """At weights of one it is that between order statistics: of 100 answers the 40th and the 61st."""
    counts = pd.Series(1, range(1, 101))
    found = median_interval(Weighed.of(counts))
    assert (found.low, found.high) == (40, 61)
    assert median_interval(Weighed.of(pd.Series({1: 3, 2: 2}))) is None


def test_a_majority_is_held_against_the_binomial_law():
    assert majority(8, 10) == pytest.approx(56 / 1024)  # 45 + 10 + 1 of the ways to toss ten coins
    assert majority(0, 10) == 1
    assert levels.one_half(8.0, 10.0, WEIGHTED) == pytest.approx(2 * 56 / 1024)
    assert majority(7.5, 10) > majority(8, 10)


def test_what_is_worth_too_little_is_not_tested():
    few = table()
    assert association(few.n, few).method == "rao_scott"  # 14 × 9 / 32 and more are expected of it
    few = table(weights=[20, *WEIGHTS[1:]])
    assert few.each(lambda layer: layer.loc["a"]).size < 3
    for found in (association(few.n, few), trend(few.n, few), kruskal_wallis(few.n, few)):
        assert found.method == "sparse"
        assert math.isnan(found.p)
    order = shift(few.n.loc["a"], few.n.loc["b"], few)
    assert order.sparse
    assert math.isnan(order.p)
    assert order.interval is None
    assert standing_out(few.n, few).tolist() == [1, 1]


def test_many_answers_find_what_is_there_and_name_it():
    many = table(times=20)
    found = association(many.n, many)
    assert found.p < 1e-6
    assert found.size < 400
    assert found.residuals.loc["a", 3] > 3 > -3 > found.residuals.loc["b", 3]
    assert found.corrected_v <= found.cramers_v <= found.v_interval.high
    order = shift(many.n.loc["a"], many.n.loc["b"], many)
    assert order.p < 1e-4
    assert order.interval.low <= order.superiority <= order.interval.high
    # P(a > b) + P(a = b) / 2: shares of 5, 4, 8 of 17 and of 9, 5, 1 of 15
    assert order.superiority == pytest.approx((5 * 4.5 + 4 * 11.5 + 8 * 14.5) / (17 * 15))
    assert standing_out(many.n, many)["a"] < 1e-6


def test_a_change_takes_no_account_of_the_scale_of_either_wave():
    before, now = (whole([weight * by for weight in WEIGHTS], times=4) for by in (1, 50))
    before, now = (side.each(lambda layer: layer.iloc[[0, 1]]) for side in (before, now))
    assert moved_by_weight(before, now).gap == pytest.approx(0)
    assert moved_by_weight(before, now).p == pytest.approx(1)
    later = Weighed.of(pd.Series({1: 10, 2: 60}))
    assert moved_by_weight(before, later).p == pytest.approx(moved_by_weight(now, later).p)
    counts = Weighed.of(pd.Series([21, 39])), Weighed.of(pd.Series([33, 27]))
    apart = APART.moved(Sample(21, 60), Sample(33, 60))
    assert moved_by_weight(*counts).p == pytest.approx(apart.p)
    assert moved_by_weight(*counts).interval.low == pytest.approx(apart.interval.low)
    assert ANALYTIC.share(21, 60).method == "wilson"
