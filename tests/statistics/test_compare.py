"""Reference values from R 4.2.2, its call beside each."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from utils.statistics.compare import RESAMPLES, association, holm

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
    assert result.p < 0.05


def test_participation_by_province_equals_that_of_r(wave):
    # chisq.test(matrix(c(40,21,39,24,14, 44,17,30,20,13), 5), correct = FALSE)
    result = wave.participation("province").test
    assert (result.statistic, result.p) == (
        pytest.approx(1.4421414261, abs=1e-9),
        pytest.approx(0.836838558421, abs=1e-9),
    )
    assert result.cramers_v == pytest.approx(0.0741913511682, abs=1e-9)
    assert not result.p < 0.05


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
        ([[1, 1], [200, 200], [200, 200], [200, 200], [200, 200]], "chi_square"),  # a fifth below 5, none below 1
        ([[4, 4], [200, 200], [200, 200], [200, 200], [200, 200]], "chi_square"),
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


@pytest.mark.parametrize(
    ("table", "sides"),
    [
        ([[5, 3]], (1, 2)),  # one group
        ([[5, 3], [0, 0]], (1, 2)),  # the other is empty
        ([[5], [3]], (2, 1)),
        ([[5, 0], [3, 0]], (2, 1)),  # all answers equal
        ([[1, 0], [0, 0]], (1, 1)),  # one respondent
        ([[0, 0], [0, 0]], (0, 0)),
    ],
)
def test_nothing_to_compare_is_said_so(table, sides):
    result = association(pd.DataFrame(table))
    assert (result.method, result.df, result.n) == ("none", 0, np.sum(table))
    assert result.sides == sides
    assert all(math.isnan(x) for x in (result.statistic, result.p, result.cramers_v, result.corrected_v))
    assert result.v_interval is None
    assert result.residuals.isna().to_numpy().all()
    assert not result.p < 0.05


def test_an_empty_category_changes_nothing():
    # chisq.test(matrix(c(8, 3, 4, 9), 2), correct = FALSE)
    full, padded = association(pd.DataFrame([[8, 4], [3, 9]])), association(pd.DataFrame([[8, 0, 4], [3, 0, 9]]))
    assert full.statistic == pytest.approx(4.195804195804196, abs=1e-9)
    for what in ("method", "statistic", "df", "p", "cramers_v", "corrected_v", "v_interval", "sides", "n"):
        assert getattr(padded, what) == getattr(full, what)


def test_two_respondents_can_differ_but_prove_nothing():
    result = association(pd.DataFrame([[1, 0], [0, 1]]))
    assert (result.method, result.p, result.cramers_v, result.corrected_v) == ("fisher", 1, 1, 0)


@pytest.mark.parametrize("cell", [-1, 0.5, np.nan])
def test_impossible_counts_are_refused(cell):
    with pytest.raises(ValueError, match="whole"):
        association(pd.DataFrame([[1, 2], [3, cell]]))


# Of the budget, the ten scores and the three sides of the scale.
SCORES = pd.DataFrame([[16, 4, 6, 4, 12, 5, 7, 16, 8, 14], [10, 1, 3, 3, 16, 5, 2, 1, 2, 3]])
SIDES = pd.DataFrame([[30, 17, 45], [17, 21, 8]])
# k <- chisq.test(m, correct = FALSE); x <- k$statistic; f <- k$parameter; n <- sum(m); d <- min(dim(m)) - 1
# vcd::assocstats(m)$cramer
# s <- dim(m) - (dim(m) - 1)^2 / (n - 1); sqrt(max(0, x / n - f / (n - 1)) / (min(s) - 1))
# e <- function(q) if (pchisq(x, f) <= q) 0 else
#   uniroot(function(l) pchisq(x, f, ncp = l) - q, c(0, 10 * x + 50), tol = 1e-13)$root
# sqrt(c(e(.975), e(.025)) / (n * d))
EFFECTS = [
    (PROVINCES, 0.422877347272374, 0.388237527398503, 0.220744216751355, 0.567488394390133),
    (SIZES, 0.190372597901228, 0.120205597964052, 0, 0.327913594565212),  # with an empty cell
    (SCORES, 0.364486163628692, 0.260097159395976, 0, 0.460165755611116),
    (SIDES, 0.343973575415772, 0.323236635000201, 0.161818805153093, 0.502085406219537),
    (pd.DataFrame([[3, 2, 4], [1, 6, 5]]), 0.361111111111111, 0.178889070502251, 0, 0.742198181118732),
    (pd.DataFrame([[5, 5], [5, 5]]), 0, 0, 0, 0),
    (pd.DataFrame([[5, 0], [0, 6]]), 1, 1, 0.409040976602993, 1),  # of the last, 1.59 before it is cut
]


@pytest.mark.parametrize(("table", "v", "corrected", "low", "high"), EFFECTS)
def test_the_effect_equals_that_of_r(table, v, corrected, low, high):
    result = association(table)
    assert (result.cramers_v, result.corrected_v) == pytest.approx((v, corrected), abs=1e-9)
    assert (result.v_interval.low, result.v_interval.high) == pytest.approx((low, high), abs=1e-9)
    assert result.v_interval.method == "noncentral_chi_square"
    assert result.sides == table.shape


@pytest.mark.parametrize(("table", "v", "corrected", "low", "high"), EFFECTS)
def test_the_effect_is_the_same_when_the_table_is_turned(table, v, corrected, low, high):
    result = association(table.T)
    assert (result.cramers_v, result.corrected_v) == pytest.approx((v, corrected), abs=1e-9)
    assert (result.v_interval.low, result.v_interval.high) == pytest.approx((low, high), abs=1e-9)


def test_less_association_than_chance_brings_leaves_an_interval_that_ends_at_v():
    # chisq.test(rbind(c(30, 32, 30, 32), c(31, 33, 31, 33)))$statistic is 6.4e-05; pchisq(6.4e-05, 3) is below 0.025
    result = association(pd.DataFrame([[30, 32, 30, 32], [31, 33, 31, 33]]))
    assert (result.v_interval.low, result.corrected_v) == (0, 0)
    assert result.v_interval.high == result.cramers_v > 0


# m <- rbind(table(cut(active, c(0, 4, 6, 10))), table(cut(other, c(0, 4, 6, 10))))
# k <- chisq.test(m, correct = FALSE); c(k$statistic, k$p.value)
OBSTACLES = {
    "obstacle_budget": (16.3278592406347, 0.000284741268366142),
    "obstacle_personnel": (4.03138888888889, 0.133227851892149),
    "obstacle_dirigeants": (1.45100105374078, 0.484082212152716),
    "obstacle_lignes_directrices": (8.41280295047418, 0.0148998896032341),
    "obstacle_innovation": (6.40618336886994, 0.0406363747192007),
}


@pytest.mark.parametrize("question", OBSTACLES)
def test_obstacles_differ_as_in_r(wave, question):
    sides = wave.contrast(question).sides
    assert (sides.statistic, sides.p) == pytest.approx(OBSTACLES[question], abs=1e-9)


# active <- rep(score, effectif) for one obstacle; c(mean(active), mean(other), sd(active), sd(other))
LEVELS = {
    "obstacle_budget": (5.836957, 4.630435, 3.163241, 2.610736),
    "obstacle_dirigeants": (4.065217, 4.152174, 2.655305, 2.280033),
}


@pytest.mark.parametrize("question", LEVELS)
def test_obstacles_have_the_level_and_spread_of_r(wave, question):
    active, other = wave.likert(question, "actives").answers, wave.likert(question, "non_actives").answers
    assert (active.mean, other.mean, active.sd, other.sd) == pytest.approx(LEVELS[question], abs=5e-7)


def test_the_budget_differs_as_in_r_however_finely_it_is_told(wave):
    # chisq.test(rbind(active, other), correct = FALSE): ten scores, seven groups of the scale, its three sides
    pair = wave.contrast("obstacle_budget")
    told = [(pair.scores, 18.3333225597931, 9), (pair.groups, 17.5052871742925, 6), (pair.sides, 16.3278592406347, 2)]
    for result, statistic, df in told:
        assert (result.statistic, result.df) == (pytest.approx(statistic, abs=1e-9), df)
        assert result.sides == (2, df + 1)


def test_seeded_draws_are_those_of_scipy():
    # The method that is named is the one that is used.
    sampled = stats.MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(2017))
    assert association(SIZES).p == stats.chi2_contingency(SIZES, correction=False, method=sampled).pvalue


# p <- c(...); p.adjust(p, "holm")
@pytest.mark.parametrize(
    ("p", "corrected"),
    [
        (  # the five obstacles
            [0.000284741268366142, 0.133227851892149, 0.484082212152716, 0.0148998896032341, 0.0406363747192007],
            [0.00142370634183071, 0.26645570378429800, 0.48408221215271602, 0.05959955841293640, 0.12190912415760211],
        ),
        (  # NA where NaN
            [0.01, 0.04, math.nan, 0.03, 0.005, 0.04, 1, 0.2],
            [0.06, 0.16, math.nan, 0.15, 0.035, 0.16, 1, 0.4],
        ),
        ([0.03], [0.03]),
        ([math.nan, 0.03], [math.nan, 0.03]),
        ([math.nan, math.nan], [math.nan, math.nan]),
        ([], []),
    ],
)
def test_several_tests_are_corrected_as_in_r(p, corrected):
    found = holm(p)
    assert list(found) == pytest.approx(corrected, abs=1e-9, nan_ok=True)
    assert found.dtype == float
