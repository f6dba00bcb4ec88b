"""Reference values from R 4.2.2, its call beside each."""

from fractions import Fraction
from math import comb

import pandas as pd
import pytest

from utils.statistics.design import Design
from utils.statistics.intervals import (
    Interval,
    bounds,
    gap_interval,
    mean_interval,
    median_interval,
    population_interval,
    share_interval,
)

# "La commune n'a pas de budget", active and non-active communes; paid advertisements, active ones; scores 1 to 10.
ACTIVE = pd.Series([16, 4, 6, 4, 12, 5, 7, 16, 8, 14], range(1, 11))
OTHER = pd.Series([10, 1, 3, 3, 16, 5, 2, 1, 2, 3], range(1, 11))
PAID = pd.Series([75, 5, 2, 1, 3, 1, 0, 1, 1, 2], range(1, 11))


def ends(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


# w <- function(k, n) prop.test(k, n, correct = FALSE)$conf.int
@pytest.mark.parametrize(
    ("part", "n", "low", "high"),
    [
        (45, 92, 0.389487125176577, 0.589645078938328),
        (8, 46, 0.0908579170224632, 0.3072335371637849),
        (1, 7, 0.0256796243447436, 0.5131278292743188),
        (3, 8, 0.136844285823597, 0.694257605397373),
        (12.3, 30.5, 0.249672428026789, 0.578523571717850),  # an effective number
        (0, 46, 0, 0.0770735630855803),
        (7, 7, 0.645669564933313, 1),
        (1, 1, 0.206549314377238, 1),
    ],
)
def test_a_share_has_the_score_interval_of_r(part, n, low, high):
    found = share_interval(part, n)
    assert ends(found) == pytest.approx((low, high), abs=1e-9)
    assert found.method == "wilson"


def test_none_and_all_reach_the_ends_of_the_scale_exactly():
    for n in range(1, 200):
        assert share_interval(0, n).low == 0
        assert share_interval(n, n).high == 1


def test_nobody_answered_leaves_a_share_without_interval():
    assert share_interval(0, 0) is None
    assert population_interval(0, 0, 9) is None


@pytest.mark.parametrize(("part", "n"), [(3, 2), (-1, 2)])
def test_impossible_shares_are_refused(part, n):
    with pytest.raises(ValueError, match="not a part"):
        share_interval(part, n)
    with pytest.raises(ValueError, match="not a part"):
        population_interval(part, n, 9)


def test_more_answers_than_members_are_refused():
    with pytest.raises(ValueError, match="not a part"):
        population_interval(8, 10, 9)


def likely(part, n, population):
    """Count all samples one by one: how many members there can be, none of both tails being under 2.5 %."""
    ways = comb(population, n)

    def samples(members, counts):
        return sum(comb(members, k) * comb(population - members, n - k) for k in counts)

    return [
        members
        for members in range(part, population - n + part + 1)
        if Fraction(samples(members, range(part, n + 1)), ways) > Fraction(1, 40)
        and Fraction(samples(members, range(part + 1)), ways) > Fraction(1, 40)
    ]


@pytest.mark.parametrize(
    ("part", "n", "population"),
    [
        (92, 138, 262),
        (8, 8, 9),
        (7, 8, 9),
        (0, 21, 27),
        (12, 21, 27),
        (27, 28, 58),
        (1, 6, 9),
        (138, 138, 262),
        (3, 9, 9),
    ],
)
def test_a_share_of_a_population_is_what_no_sample_contradicts(part, n, population):
    found, members = population_interval(part, n, population), likely(part, n, population)
    assert ends(found) == (members[0] / population, members[-1] / population)
    assert found.method == "hypergeometric"


def test_eight_of_eight_leave_room_for_the_ninth():
    # 8 of 9 say yes: all eight that answer do so in one sample of nine.
    assert ends(population_interval(8, 8, 9)) == (8 / 9, 1)


def test_everybody_answered_leaves_a_share_without_doubt():
    assert population_interval(3, 8, 8) == Interval(0.375, 0.375, "hypergeometric")


def test_blank_answers_are_members_that_are_not_seen():
    # All of 89 take part, 5 leave the item blank: they may say yes or no.
    found = Design(89).share(42, 84)
    assert found.low < 42 / 84 < found.high
    assert found.low >= 42 / 89
    assert found.high <= 47 / 89


@pytest.mark.parametrize(("n", "population"), [(8, 9), (21, 27), (28, 58), (6, 9)])
def test_a_small_population_is_covered_whatever_its_share(n, population):
    # Where Wilson's interval with a corrected n covers 78, 86 and 89 % of the samples.
    for members in range(population + 1):
        held = sum(
            comb(members, k) * comb(population - members, n - k)
            for k in range(max(0, n - population + members), min(n, members) + 1)
            if members / population in population_interval(k, n, population)
        )
        assert Fraction(held, comb(population, n)) >= Fraction(95, 100), members


def test_a_large_population_takes_no_time_and_ends_near_wilson_s():
    found, other = population_interval(120, 300, 35_000), share_interval(120, 300)
    assert ends(found) == pytest.approx(ends(other), abs=0.004)


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
        ((45, 92), (8, 46), 0.148774779014720, 0.445606607577548),  # the budget
        ((56, 70), (48, 80), 0.0524314724023649, 0.3338726540369059),  # as printed by Newcombe (1998)
        ((0, 7), (7, 7), -1, -0.498901093167131),
        ((10, 10), (0, 20), 0.679086037141915, 1),
    ],
)
def test_a_gap_has_the_interval_of_newcombe(first, second, low, high):
    found = gap_interval(first[0] / first[1], second[0] / second[1], (share_interval(*first), share_interval(*second)))
    assert ends(found) == pytest.approx((low, high), abs=1e-9)
    assert found.method == "newcombe"


def test_the_gap_on_the_budget_is_that_of_r(wave):
    assert ends(wave.contrast("obstacle_budget").gap_interval) == pytest.approx(
        (0.148774779014720, 0.445606607577548), abs=1e-9
    )


def test_what_is_said_of_kinds_of_communes_knows_no_population(wave):
    # 24 points were needed for a test to speak; with a correction the interval spoke at 13 beside a test that did not.
    pair = wave.contrast("obstacle_personnel")
    assert not pair.active.design.descriptive
    assert not pair.sides.p < 0.05
    assert 0 in pair.gap_interval
    assert wave.choice("active").design.population == 262


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


@pytest.mark.parametrize("counts", [{1: 0, 2: 19, 3: 0}, {1: 1}, {1: 0, 2: 1}, {1: 0}, {}, {1: 1, 2: 1}, {1: 4, 2: 5}])
def test_few_answers_or_equal_ones_leave_the_mean_without_interval(counts):
    assert mean_interval(pd.Series(counts, dtype=int)) is None


def test_ten_answers_are_enough_for_a_mean():
    found = mean_interval(pd.Series({1: 5, 2: 5}))
    assert found.low < 1.5 < found.high
