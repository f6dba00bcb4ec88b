"""Reference values from R 4.2.2, its call beside each."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from utils.compare import RESAMPLES, association, shift

# Active and non-active communes: Liège, Namur, Hainaut, Luxembourg, Brabant wallon.
PROVINCES = pd.DataFrame([[35, 5], [16, 5], [27, 12], [10, 14], [4, 10]])
# The same by size, from the largest communes to the smallest.
SIZES = pd.DataFrame([[8, 0], [8, 5], [56, 33], [20, 8]])


def test_chi_square_equals_that_of_r():
    # m <- matrix(c(35,16,27,10,4, 5,5,12,14,10), 5); k <- chisq.test(m, correct = FALSE)
    result = association(PROVINCES)
    assert result.method == "chi_square"
    assert (result.statistic, result.df, result.n) == (pytest.approx(24.6778846154, abs=1e-9), 4, 138)
    assert result.p == pytest.approx(5.83965025581e-05, abs=1e-15)
    # sqrt(k$statistic / sum(m))
    assert result.cramers_v == pytest.approx(0.422877347272, abs=1e-9)
    # k$expected[, 1]; k$stdres[, 1]
    expected = [26.66666666666667, 14, 26, 16, 9.33333333333333]
    residuals = [3.31681707517977, 1.00547949307234, 0.40104757927104, -2.85850531424711, -3.18984564005428]
    assert list(result.expected[0]) == pytest.approx(expected, abs=1e-9)
    assert list(result.residuals[0]) == pytest.approx(residuals, abs=1e-9)
    assert result.significant


def test_participation_by_province_equals_that_of_r(wave):
    # chisq.test(matrix(c(40,21,39,24,14, 44,17,30,20,13), 5), correct = FALSE)
    result = wave.participation("province").test
    assert (result.statistic, result.p) == (
        pytest.approx(1.4421414261, abs=1e-9),
        pytest.approx(0.836838558421, abs=1e-9),
    )
    assert result.cramers_v == pytest.approx(0.0741913511682, abs=1e-9)
    assert not result.significant


def test_small_expected_counts_are_simulated():
    # set.seed(2017); chisq.test(m, simulate.p.value = TRUE, B = 1e6)$p.value is 0.173561826438174
    result = association(SIZES)
    assert result.method == "monte_carlo"
    assert result.statistic == pytest.approx(5.001358192369429, abs=1e-9)
    error = math.sqrt(0.17356 * (1 - 0.17356) / RESAMPLES)
    assert result.p == pytest.approx(0.173561826438174, abs=4 * error)
    assert association(SIZES).p == result.p  # seeded


def test_a_small_table_of_two_by_two_is_tested_exactly():
    # fisher.test(matrix(c(3, 1, 2, 6), 2))$p.value is 0.222222222222222 for columns (3,1) and (2,6)
    result = association(pd.DataFrame([[3, 2], [1, 6]]))
    assert (result.method, result.p) == ("fisher", pytest.approx(0.222222222222222, abs=1e-9))


@pytest.mark.parametrize(
    ("table", "method"),
    [
        ([[5, 5], [5, 5]], "chi_square"),  # all expected counts are 5
        ([[4, 5], [5, 5]], "fisher"),  # one of four below 5 is more than a fifth
        ([[40, 2], [40, 3], [40, 4], [60, 60], [60, 60]], "chi_square"),  # none below 5
        ([[1, 0], [200, 200], [200, 200], [200, 200], [200, 200]], "monte_carlo"),  # one below 1
        ([[4, 4], [200, 200], [200, 200], [200, 200], [200, 200]], "chi_square"),  # a fifth below 5
    ],
)
def test_the_rule_for_small_counts(table, method):
    assert association(pd.DataFrame(table)).method == method


def test_empty_rows_and_columns_hold_nobody_to_compare():
    padded = pd.DataFrame([[30, 0, 10], [0, 0, 0], [10, 0, 30]], index=list("abc"))
    result = association(padded)
    assert (result.statistic, result.df) == (20, 1)
    assert result.residuals.loc["b"].isna().all()
    assert list(result.residuals.index) == list("abc")


@pytest.mark.parametrize("table", [[[5, 3]], [[5], [3]], [[0, 0], [0, 0]], [[5, 0], [3, 0]]])
def test_nothing_to_compare_is_said_so(table):
    result = association(pd.DataFrame(table))
    assert result.method == "none"
    assert math.isnan(result.p)
    assert not result.significant


@pytest.mark.parametrize("cell", [-1, 0.5, np.nan])
def test_impossible_counts_are_refused(cell):
    with pytest.raises(ValueError, match="whole"):
        association(pd.DataFrame([[1, 2], [3, cell]]))


# w <- wilcox.test(active, other, exact = FALSE, correct = TRUE)
# c(w$statistic, w$p.value, 2 * w$statistic / (length(active) * length(other)) - 1)
# m <- rbind(table(cut(active, c(0, 4, 6, 10))), table(cut(other, c(0, 4, 6, 10))))
# k <- chisq.test(m, correct = FALSE); c(k$statistic, k$p.value)
OBSTACLES = {
    "obstacle_budget": (2616.5, 0.0225200951737385, 0.236531190926276, 16.3278592406347, 0.000284741268366142),
    "obstacle_personnel": (1678.5, 0.0461590143102573, -0.206758034026465, 4.03138888888889, 0.133227851892149),
    "obstacle_dirigeants": (2008, 0.623303139906828, -0.0510396975425331, 1.45100105374078, 0.484082212152716),
    "obstacle_lignes_directrices": (
        1499.5,
        0.00504451355603687,
        -0.291351606805293,
        8.41280295047418,
        0.0148998896032341,
    ),
    "obstacle_innovation": (2621, 0.0214130112814256, 0.238657844990548, 6.40618336886994, 0.0406363747192007),
}


@pytest.mark.parametrize("question", OBSTACLES)
def test_obstacles_differ_as_in_r(wave, question):
    pair = wave.contrast(question)
    got = (pair.order.u, pair.order.p, pair.order.delta, pair.sides.statistic, pair.sides.p)
    assert got == pytest.approx(OBSTACLES[question], abs=1e-9)


# active <- rep(score, effectif) for one obstacle; c(mean(active), mean(other), sd(active), sd(other))
LEVELS = {
    "obstacle_budget": (5.836957, 4.630435, 3.163241, 2.610736),
    "obstacle_dirigeants": (4.065217, 4.152174, 2.655305, 2.280033),
}


@pytest.mark.parametrize("question", LEVELS)
def test_obstacles_have_the_level_and_spread_of_r(wave, question):
    active, other = wave.likert(question, "actives").answers, wave.likert(question, "non_actives").answers
    assert (active.mean, other.mean, active.sd, other.sd) == pytest.approx(LEVELS[question], abs=5e-7)


def test_the_full_scale_of_the_budget_differs_as_in_r(wave):
    # chisq.test(rbind(active, other), correct = FALSE), ten scores: 18.33332256, 9 df
    pair = wave.contrast("obstacle_budget")
    table = pd.DataFrame([pair.active.answers.counts, pair.other.answers.counts])
    result = association(table)
    assert (result.statistic, result.df) == (pytest.approx(18.33332256, abs=1e-8), 9)


def test_swapping_the_groups_turns_the_shift_round():
    a, b = pd.Series({1: 4, 2: 1}), pd.Series({1: 1, 2: 7})
    assert shift(a, b).delta == -shift(b, a).delta
    assert shift(a, b).p == shift(b, a).p


def test_delta_counts_the_pairs():
    a, b = pd.Series({1: 2, 3: 1}), pd.Series({2: 1, 3: 1})
    pairs = [np.sign(x - y) for x in (1, 1, 3) for y in (2, 3)]
    assert shift(a, b).delta == pytest.approx(np.mean(pairs))


def test_an_empty_group_cannot_be_compared():
    result = shift(pd.Series({1: 0}), pd.Series({1: 3}))
    assert math.isnan(result.p)
    assert not result.significant


def test_seeded_draws_are_those_of_scipy():
    # The method that is named is the one that is used.
    sampled = stats.MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(2017))
    assert association(SIZES).p == stats.chi2_contingency(SIZES, correction=False, method=sampled).pvalue
