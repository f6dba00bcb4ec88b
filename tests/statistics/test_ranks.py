"""Reference values from R 4.2.2, its call beside each."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.stats import rankdata

from utils.statistics.compare import RESAMPLES, association
from utils.statistics.ranks import kruskal_wallis, shift, trend

# Even and odd numbers of answers, on scales of 0 to 4 and 1 to 5; in the last a score has no answer at all.
SMALL = pd.Series([1, 2, 2, 3, 1], range(5)), pd.Series([4, 3, 2, 1, 0], range(5))
APART = pd.Series([0, 1, 0, 2, 4], range(1, 6)), pd.Series([3, 1, 0, 1, 0], range(1, 6))

# w <- wilcox.test(active, other, exact = FALSE, correct = TRUE)
# c(w$statistic, w$p.value, 2 * w$statistic / (length(active) * length(other)) - 1)
OBSTACLES = {
    "obstacle_budget": (2616.5, 0.0225200951737385, 0.236531190926276),
    "obstacle_personnel": (1678.5, 0.0461590143102573, -0.206758034026465),
    "obstacle_dirigeants": (2008, 0.623303139906828, -0.0510396975425331),
    "obstacle_lignes_directrices": (1499.5, 0.00504451355603687, -0.291351606805293),
    "obstacle_innovation": (2621, 0.0214130112814256, 0.238657844990548),
}


@pytest.mark.parametrize("question", OBSTACLES)
def test_obstacles_are_ordered_as_in_r(wave, question):
    order = wave.contrast(question).order
    assert (order.u, order.p, order.delta) == pytest.approx(OBSTACLES[question], abs=1e-9)
    assert (order.p < 0.05) == (question != "obstacle_dirigeants")


# library(pROC); r <- roc(group, score, levels = c("other", "active"), direction = "<")
# a <- auc(r); v <- var(r, method = "delong")
# c(a, plogis(qlogis(a) + c(-1, 1) * qnorm(.975) * sqrt(v) / (a * (1 - a))))
SUPERIORITY = {
    "obstacle_budget": (0.618265595463138, 0.520105317795468, 0.707634176832811),
    "obstacle_personnel": (0.396620982986768, 0.303454800137599, 0.497942800805250),
    "obstacle_dirigeants": (0.474480151228733, 0.377725691512280, 0.573189537117514),
}


@pytest.mark.parametrize("question", SUPERIORITY)
def test_superiority_is_that_of_proc(wave, question):
    order = wave.contrast(question).order
    found = order.interval
    assert (order.superiority, found.low, found.high) == pytest.approx(SUPERIORITY[question], abs=1e-9)
    assert found.method == "delong"
    assert (order.delta_interval.low, order.delta_interval.high) == (2 * found.low - 1, 2 * found.high - 1)


def every_way(first, second):
    """Share the answers out in every way; return how often the sum of ranks is as far from its middle."""
    a, b = (np.repeat(side.index, side) for side in (first, second))
    ranks = rankdata([*a, *b])
    middle, found = len(a) * (len(ranks) + 1) / 2, abs(ranks[: len(a)].sum() - len(a) * (len(ranks) + 1) / 2)
    sums = [sum(ranks[list(drawn)]) for drawn in combinations(range(len(ranks)), len(a))]
    return np.mean([abs(total - middle) >= found - 1e-9 for total in sums])


# wilcox.test(rep(0:4, c(1, 2, 2, 3, 1)), ...) gives U and superiority; the p of few answers is counted out.
@pytest.mark.parametrize(
    ("pair", "u", "superiority"),
    [
        (SMALL, 67.5, 0.75),
        (APART, 32.5, 0.928571428571429),
        ((pd.Series({1: 0, 9: 1}), pd.Series({1: 7, 9: 0})), 7, 1),
        ((pd.Series({1: 3, 2: 1, 3: 2}), pd.Series({1: 1, 2: 4, 3: 5})), 19.5, 19.5 / 60),
    ],
)
def test_few_answers_are_compared_in_every_way_there_is(pair, u, superiority):
    result = shift(*pair)
    assert (result.u, result.superiority) == pytest.approx((u, superiority), abs=1e-9)
    assert result.p == pytest.approx(every_way(*pair), abs=1e-9)
    assert result.n == tuple(side.sum() for side in pair)
    assert result.interval is None


def test_one_against_seven_is_no_proof():
    # One of eight answers is the highest in one case of eight; the normal approximation says 0.023.
    assert shift(pd.Series({1: 0, 9: 1}), pd.Series({1: 7, 9: 0})).p == pytest.approx(1 / 8)


def test_swapping_the_groups_turns_the_shift_round():
    a, b = pd.Series({1: 4, 2: 1}), pd.Series({1: 1, 2: 7})
    assert shift(a, b).delta == -shift(b, a).delta
    assert shift(a, b).p == shift(b, a).p


def test_delta_counts_the_pairs():
    a, b = pd.Series({1: 2, 3: 1}), pd.Series({2: 1, 3: 1})
    pairs = [np.sign(x - y) for x in (1, 1, 3) for y in (2, 3)]
    assert shift(a, b).delta == pytest.approx(np.mean(pairs))


def test_only_the_order_of_the_scores_counts():
    a, b = SMALL
    assert shift(a.set_axis([-7, 0, 1, 50, 51]), b.set_axis([-7, 0, 1, 50, 51])) == shift(a, b)


def test_groups_that_do_not_overlap_leave_no_spread_to_measure():
    # Of all choose(14, 7) = 3432 ways to share the answers out, two are as far apart.
    result = shift(pd.Series({1: 0, 2: 0, 4: 3, 5: 4}), pd.Series({1: 5, 2: 2, 4: 0, 5: 0}))
    assert (result.u, result.superiority, result.delta) == (49, 1, 1)
    assert result.p == pytest.approx(2 / 3432, abs=1e-9)
    assert result.interval is result.delta_interval is None
    assert result.p < 0.05


def test_one_respondent_in_each_group_leaves_no_spread_to_measure():
    # wilcox.test(2, 1, exact = FALSE)
    result = shift(pd.Series({1: 0, 2: 1}), pd.Series({1: 1, 2: 0}))
    assert (result.u, result.p, result.superiority, result.interval, result.n) == (1, 1, 1, None, (1, 1))


def test_one_respondent_among_several_leaves_no_spread_to_measure():
    result = shift(pd.Series({1: 0, 2: 1, 3: 0}), pd.Series({1: 3, 2: 0, 3: 2}))
    assert (result.superiority, result.interval) == (0.6, None)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({1: 0, 2: 0}, {1: 3, 2: 1}),  # an empty group
        ({1: 0, 2: 0}, {1: 0, 2: 0}),
        ({1: 0, 2: 5}, {1: 0, 2: 3}),  # all answers equal
        ({1: 1, 2: 0}, {1: 1, 2: 0}),
    ],
)
def test_no_order_to_compare_is_said_so(first, second):
    result = shift(pd.Series(first), pd.Series(second))
    assert all(math.isnan(x) for x in (result.u, result.p, result.superiority, result.delta))
    assert result.interval is result.delta_interval is None
    assert not result.p < 0.05


# k <- kruskal.test(answers, group); c(k$statistic, k$parameter, k$p.value, k$statistic / (length(answers) - 1))
@pytest.mark.parametrize(
    ("table", "statistic", "df", "p", "effect"),
    [
        # Three groups of 10, 9 and 11 on five scores
        (
            [[4, 3, 2, 1, 0], [1, 2, 2, 3, 1], [0, 1, 3, 2, 5]],
            10.79416604618274,
            2,
            0.00452977493886405,
            0.372212622282164,
        ),
        # The budget. wilcox.test without continuity correction gives this p
        (
            [[16, 4, 6, 4, 12, 5, 7, 16, 8, 14], [10, 1, 3, 3, 16, 5, 2, 1, 2, 3]],
            5.215563689433345,
            1,
            0.0223855887972477,
            0.0380698079520682,
        ),
    ],
)
def test_several_groups_differ_as_in_r(table, statistic, df, p, effect):
    result = kruskal_wallis(pd.DataFrame(table))
    assert (result.statistic, result.p, result.effect) == pytest.approx((statistic, p, effect), abs=1e-9)
    assert (result.method, result.df, result.n) == ("chi_square", df, np.sum(table))
    assert result.p < 0.05


# set.seed(2017); coin::kruskal_test(answers ~ group, distribution = approximate(nresample = 1e6))
@pytest.mark.parametrize(
    ("table", "statistic", "p"),
    [
        ([[3, 1, 0, 0, 0], [1, 2, 2, 3, 1], [0, 1, 1, 2, 5]], 10.5592986603625, 0.001638),  # chi-square: 0.0051
        ([[2, 1, 0], [0, 1, 2], [1, 1, 1], [0, 0, 1]], 4.6734693877551, 0.215067),  # chi-square: 0.1973
    ],
)
def test_small_groups_are_simulated(table, statistic, p):
    result = kruskal_wallis(pd.DataFrame(table))
    assert (result.method, result.statistic) == ("monte_carlo", pytest.approx(statistic, abs=1e-9))
    assert result.p == pytest.approx(p, abs=4 * math.sqrt(p * (1 - p) / RESAMPLES))
    assert kruskal_wallis(pd.DataFrame(table)).p == result.p  # seeded


@pytest.mark.parametrize(("size", "method"), [(4, "monte_carlo"), (5, "chi_square")])
def test_a_group_below_five_answers_is_small(size, method):
    assert kruskal_wallis(pd.DataFrame([[9, 8], [size - 1, 1]])).method == method


def test_empty_groups_and_scores_change_nothing():
    table = pd.DataFrame([[4, 0, 3, 2], [1, 0, 2, 6], [0, 0, 0, 0]], index=list("abc"))
    assert kruskal_wallis(table) == kruskal_wallis(table.loc[list("ab"), [0, 2, 3]])


@pytest.mark.parametrize(
    "table",
    [
        [[5, 3, 2]],  # one group
        [[5, 3], [0, 0]],
        [[5, 0], [3, 0]],  # all answers equal
        [[1, 0], [0, 0]],  # one respondent
        [[0, 0], [0, 0]],
    ],
)
def test_no_level_to_compare_is_said_so(table):
    result = kruskal_wallis(pd.DataFrame(table))
    assert (result.method, result.df, result.n) == ("none", 0, np.sum(table))
    assert all(math.isnan(x) for x in (result.statistic, result.p, result.effect))
    assert not result.p < 0.05


def test_a_trend_is_spearmans_correlation():
    table = pd.DataFrame([[6, 3, 1], [3, 4, 3], [1, 3, 6]])
    rows, columns = np.repeat(np.indices(table.shape).reshape(2, -1), table.to_numpy().ravel(), axis=1)
    found = trend(table)
    assert found.rho == pytest.approx(stats.spearmanr(rows, columns).statistic, abs=1e-12)
    # Linear-by-linear association: z is rho * sqrt(n - 1); coin::spearman_test(y ~ x) in R
    assert found.p == pytest.approx(2 * stats.norm.sf(found.rho * math.sqrt(29)), abs=1e-12)
    assert (found.method, found.n) == ("normal", 30)


def test_the_trend_of_two_scores_is_the_shift_between_their_groups():
    # As wilcox.test(exact = FALSE, correct = FALSE) in R: one statistic, told two ways.
    table = pd.DataFrame({"yes": [13, 36, 8, 8], "no": [7, 20, 5, 5]})
    places = [np.repeat(range(4), table[side]) for side in table]
    plain = stats.mannwhitneyu(*places, method="asymptotic", use_continuity=False).pvalue
    assert trend(table).p == pytest.approx(plain, abs=1e-9)


def test_a_trend_of_few_answers_is_drawn():
    # Two groups of four and three, of scores 1 to 7 in order: 2 of the choose(7, 3) = 35 orders lie as far out.
    found = trend(pd.DataFrame(np.vstack([np.eye(7, dtype=int)[:4].sum(0), np.eye(7, dtype=int)[4:].sum(0)])))
    assert found.method == "monte_carlo"
    assert found.p == pytest.approx(2 / 35, abs=0.003)


def test_a_rise_is_seen_sooner_than_by_a_test_without_order():
    rising = pd.DataFrame([[10, 10], [12, 8], [14, 6], [16, 4]])
    assert trend(rising).p < 0.05 < association(rising).p


@pytest.mark.parametrize("table", [[[3, 2]], [[3], [2]], [[0, 0], [3, 2]], [[0, 0], [0, 0]]])
def test_there_is_no_trend_where_nothing_can_be_compared(table):
    found = trend(pd.DataFrame(table))
    assert found.method == "none"
    assert math.isnan(found.p)
    assert math.isnan(found.rho)
