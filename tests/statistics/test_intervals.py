"""Reference values from R 4.2.2, its call beside each."""

import pandas as pd
import pytest

from utils.statistics.intervals import (
    Interval,
    bounds,
    gap_interval,
    mean_interval,
    median_interval,
    share_interval,
)

F = 138 / 262  # communes that answered, of those asked
# "La commune n'a pas de budget", active and non-active communes; paid advertisements, active ones; scores 1 to 10.
ACTIVE = pd.Series([16, 4, 6, 4, 12, 5, 7, 16, 8, 14], range(1, 11))
OTHER = pd.Series([10, 1, 3, 3, 16, 5, 2, 1, 2, 3], range(1, 11))
PAID = pd.Series([75, 5, 2, 1, 3, 1, 0, 1, 1, 2], range(1, 11))


def ends(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


# w <- function(k, n, f) prop.test(k / (1 - f), n / (1 - f), correct = FALSE)$conf.int
@pytest.mark.parametrize(
    ("part", "n", "fraction", "low", "high"),
    [
        (45, 92, 0, 0.389487125176577, 0.589645078938328),
        (8, 46, 0, 0.0908579170224632, 0.3072335371637849),
        (1, 7, 0, 0.0256796243447436, 0.5131278292743188),
        (3, 8, 0, 0.136844285823597, 0.694257605397373),
        (12.3, 30.5, 0, 0.249672428026789, 0.578523571717850),  # an effective number
        (92, 138, F, 0.610700600026491, 0.718298303836925),
        (45, 92, F, 0.419753079234158, 0.558929071584471),
        (8, 46, F, 0.111370583135387, 0.261251852137665),
        (0, 46, 0, 0, 0.0770735630855803),
        (0, 46, F, 0, 0.0380210674186789),
        (7, 7, 0, 0.645669564933313, 1),
        (92, 92, F, 0.980621062343083, 1),
        (1, 1, 0, 0.206549314377238, 1),
        (0, 1, 0.5, 0, 0.657619772493347),
    ],
)
def test_a_share_has_the_score_interval_of_r(part, n, fraction, low, high):
    found = share_interval(part, n, fraction)
    assert ends(found) == pytest.approx((low, high), abs=1e-9)
    assert found.method == "wilson"


def test_none_and_all_reach_the_ends_of_the_scale_exactly():
    for n in range(1, 200):
        assert share_interval(0, n, F).low == 0
        assert share_interval(n, n, F).high == 1


def test_nobody_answered_leaves_a_share_without_interval():
    assert share_interval(0, 0) is None
    assert share_interval(0, 0, 1) is None


def test_everybody_answered_leaves_a_share_without_doubt():
    assert share_interval(3, 8, 1) == Interval(0.375, 0.375, "wilson")


@pytest.mark.parametrize(("part", "n", "fraction"), [(3, 2, 0), (-1, 2, 0), (1, 2, -0.1), (1, 2, 1.1)])
def test_impossible_shares_are_refused(part, n, fraction):
    with pytest.raises(ValueError, match="not a part"):
        share_interval(part, n, fraction)


def test_an_interval_holds_its_ends():
    found = Interval(0.25, 0.75, "bounds")
    assert 0.25 in found
    assert 0.75 in found
    assert 0.76 not in found


# a <- w(k, n, f); b <- w(l, m, g); p <- k / n; q <- l / m
# p - q + c(-sqrt((p - a[1])^2 + (b[2] - q)^2), sqrt((a[2] - p)^2 + (q - b[1])^2))
@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((45, 92, 0), (8, 46, 0), 0.148774779014720, 0.445606607577548),
        ((45, 92, F), (8, 46, F), 0.203676883142783, 0.408937234694839),  # the budget
        ((56, 70, 0), (48, 80, 0), 0.0524314724023649, 0.3338726540369059),  # as printed by Newcombe (1998)
        ((0, 7, 0), (7, 7, 0), -1, -0.498901093167131),
        ((10, 10, 0), (0, 20, 0), 0.679086037141915, 1),
        ((8, 9, 8 / 9), (5, 28, 28 / 58), 0.560483596812242, 0.805117406307640),
    ],
)
def test_a_gap_has_the_interval_of_newcombe(first, second, low, high):
    found = gap_interval(first[0] / first[1], second[0] / second[1], (share_interval(*first), share_interval(*second)))
    assert ends(found) == pytest.approx((low, high), abs=1e-9)
    assert found.method == "newcombe"


def test_the_gap_on_the_budget_is_that_of_r(wave):
    assert ends(wave.contrast("obstacle_budget").gap_interval) == pytest.approx(
        (0.203676883142783, 0.408937234694839), abs=1e-9
    )


def test_those_who_are_missing_could_move_a_share_between_two_bounds():
    assert bounds(92, 138, 262) == Interval(92 / 262, 216 / 262, "bounds")
    assert bounds(3, 7, 7) == Interval(3 / 7, 3 / 7, "bounds")
    assert bounds(0, 0, 7) == Interval(0, 1, "bounds")


@pytest.mark.parametrize(("part", "n", "population"), [(3, 2, 4), (-1, 2, 4), (1, 5, 4), (0, 0, 0)])
def test_impossible_bounds_are_refused(part, n, population):
    with pytest.raises(ValueError, match="not a part"):
        bounds(part, n, population)


# m <- function(x) { n <- length(x); sort(x)[c(qbinom(.025, n, .5), n - qbinom(.025, n, .5) + 1)] }
@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (ACTIVE, (5, 8)),  # m(rep(1:10, ...)), 92 answers
        (OTHER, (4, 5)),  # 46
        (PAID, (1, 1)),  # 91
        (pd.Series([1, 2, 2, 3, 1], range(5)), (1, 3)),  # m(rep(0:4, c(1, 2, 2, 3, 1)))
        (pd.Series([2, 1, 3, 2, 2], range(1, 6)), (1, 5)),
    ],
)
def test_the_median_lies_between_the_order_statistics_of_r(counts, expected):
    found = median_interval(counts)
    assert ends(found) == expected
    assert found.method == "order_statistics"


# sapply(6:21, function(n) qbinom(.025, n, .5)); the other end is n - it + 1
RANKS = dict(zip(range(6, 22), (1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6), strict=True))


@pytest.mark.parametrize("n", RANKS)
def test_the_ranks_of_the_order_statistics_are_those_of_r(n):
    # Each score given once: the ends are the ranks.
    assert ends(median_interval(pd.Series(1, range(1, n + 1)))) == (RANKS[n], n - RANKS[n] + 1)


@pytest.mark.parametrize("n", range(6))
def test_fewer_than_six_answers_leave_the_median_without_interval(n):
    # 2 * dbinom(0, 5, .5) is 0.0625: even the extremes miss a median more often than one time in twenty.
    assert median_interval(pd.Series({1: n // 2, 2: n - n // 2})) is None


def test_equal_answers_have_a_median_without_spread():
    assert median_interval(pd.Series({1: 0, 2: 7})) == Interval(2, 2, "order_statistics")


# t <- drop(t(rmultinom(1e6, n, counts)) %*% scores) / n, after set.seed(2017); t0 <- mean(x)
# z0 <- qnorm(mean(t < t0) + mean(t == t0) / 2); L <- t0 - (sum(x) - x) / (n - 1); z <- qnorm(c(.025, .975))
# a <- sum(L^3) / (6 * sum(L^2)^1.5); quantile(t, pnorm(z0 + (z0 + z) / (1 - a * (z0 + z)))); sd(x) / sqrt(n)
BCA = [
    (ACTIVE, 5.1847826087, 6.4673913043, 0.3297906407),
    (OTHER, 3.9130434783, 5.3913043478, 0.3849320106),
    (PAID, 1.3736263736, 2.1868131868, 0.2000482975),  # the percentiles alone are 1.3297 and 2.0989
    (pd.Series([1, 2, 2, 3, 1], range(5)), 1.3333333333, 2.8888888889, 0.4230985059),
    (pd.Series([20, 5, 2, 1, 3], range(5)), 0.3870967742, 1.3548387097, 0.2351374680),
]


def drawn(expected: tuple[float, float], error: float, n: int):
    """Allow for chance: with 9,999 draws an end has a standard error of 0.045 of the mean's, in steps of 1 / n."""
    return pytest.approx(expected, abs=4 * 0.045 * error + 1 / n)


@pytest.mark.parametrize(("counts", "low", "high", "error"), BCA)
def test_the_mean_has_a_bca_interval(counts, low, high, error):
    found = mean_interval(counts)
    assert ends(found) == drawn((low, high), error, counts.sum())
    assert found.method == "bca"


# set.seed(2017); boot.ci(boot(x, function(d, i) mean(d[i]), R = 99999), type = "bca")$bca[4:5]
# boot counts only draws below the mean for the bias, scipy half of those equal to it as well: a step apart at most.
BOOT = [
    (5.163043478260869, 6.445652173913044),
    (3.891304347826087, 5.369565217391305),
    (1.362637362637, 2.175824175824),
]


@pytest.mark.parametrize(("counts", "error", "expected"), [(*row[::3], e) for row, e in zip(BCA, BOOT, strict=False)])
def test_the_interval_of_the_mean_is_close_to_that_of_boot(counts, error, expected):
    assert ends(mean_interval(counts)) == drawn(expected, error, counts.sum())


def test_a_long_tail_pulls_the_interval_of_the_mean():
    # An interval of equal arms would not; see `BCA`.
    found = mean_interval(PAID)
    mean = (PAID * PAID.index).sum() / PAID.sum()
    assert found.high - mean > 1.4 * (mean - found.low)


def test_the_bootstrap_is_seeded():
    assert mean_interval(OTHER) == mean_interval(OTHER)


@pytest.mark.parametrize("counts", [{1: 0, 2: 9, 3: 0}, {1: 1}, {1: 0, 2: 1}, {1: 0}, {}])
def test_answers_without_spread_leave_the_mean_without_interval(counts):
    assert mean_interval(pd.Series(counts, dtype=int)) is None


def test_two_answers_are_enough_for_a_mean():
    assert ends(mean_interval(pd.Series({1: 1, 2: 1}))) == (1, 2)
