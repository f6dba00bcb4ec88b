"""Two samples that share members: held against the tests of samples apart, of pairs, and against every deal."""

import math
from itertools import combinations, product

import numpy as np
import pytest
from scipy import stats

from utils.statistics.design import Sample
from utils.statistics.intervals import gap_interval, share_interval
from utils.statistics.overlap import APART, Overlap


@pytest.mark.parametrize(
    ("before", "now", "method"),
    [((92, 138), (60, 89), "normal"), ((12, 40), (25, 46), "normal"), ((2, 20), (9, 92), "exact")],
)
def test_samples_apart_have_pearsons_or_fishers_test(before, now, method):
    table = [[before[0], before[1] - before[0]], [now[0], now[1] - now[0]]]
    # R: prop.test(c(92, 60), c(138, 89), correct = FALSE) and fisher.test
    pearson, fisher = stats.chi2_contingency(table, correction=False).pvalue, stats.fisher_exact(table).pvalue
    found = APART.moved(Sample(*before), Sample(*now))
    assert found.method == method
    assert found.p == pytest.approx(pearson if method == "normal" else fisher, rel=1e-9)


def test_pairs_have_mcnemars_test():
    # 30 said yes twice, 15 gained it, 5 lost it. R: mcnemar.test(matrix(c(30, 15, 5, 40), 2), correct = FALSE),
    # a chi-square of (15 - 5)² / 20 = 5
    found = Overlap(yes=30, changed=20, no=40).moved(Sample(35, 90), Sample(45, 90))
    assert (found.method, found.gap) == ("normal", pytest.approx(10 / 90))
    assert found.p == pytest.approx(math.erfc(math.sqrt(5 / 2)), rel=1e-9)


def test_few_pairs_that_change_are_tossed_like_coins():
    # 8 gained it, 1 lost it. R: binom.test(1, 9)$p.value, that is 2 (1 + 9) / 2^9
    found = Overlap(yes=10, changed=9, no=11).moved(Sample(11, 30), Sample(18, 30))
    assert (found.method, found.p) == ("exact", pytest.approx(20 / 512))


def test_a_small_overlap_counts_every_deal():
    # Of 11 and 10 answers, 5 members are in both: one yes, three changed (all to yes), one no.
    # The six others of the first sample said yes once, the five others of the second four times.
    found = Overlap(yes=1, changed=3, no=1).moved(Sample(2, 11), Sample(8, 10))
    # All that could have been under no change: who changed did so either way, and five yes are
    # dealt among eleven members, the first six of whom answered the first time.
    deals = [
        sum(way) + sum(i < 6 for i in yes) for way in product((0, 1), repeat=3) for yes in combinations(range(11), 5)
    ]
    times = np.bincount(deals)
    assert found.method == "exact"
    # Seen is one in the first sample: its single yes among those asked once.
    assert found.p == pytest.approx(times[times <= times[1]].sum() / times.sum())


def test_an_overlap_in_part_takes_the_covariance_off_the_variance():
    # Of those asked twice: 18 yes twice, 4 lost it, 14 gained it, 24 no twice. Alone: 20 of 40, then 18 of 30.
    twice = [(1, 1)] * 18 + [(1, 0)] * 4 + [(0, 1)] * 14 + [(0, 0)] * 24
    first, second = (18 + 4 + 20) / 100, (18 + 14 + 18) / 90
    common = (42 + 50) / 190
    # Choi and Stablein (1982), the variance under no change, from the rows.
    covariance = sum((x - common) * (y - common) for x, y in twice) / (100 * 90)
    variance = common * (1 - common) * (1 / 100 + 1 / 90) - 2 * covariance
    found = Overlap(yes=18, changed=18, no=24).moved(Sample(42, 100), Sample(50, 90))
    assert found.method == "normal"
    assert found.p == pytest.approx(math.erfc((second - first) / math.sqrt(2 * variance)), rel=1e-9)


def test_newcombes_interval_of_pairs():
    # 41 pairs: 14 yes twice, 5 and 0 changed, 22 no twice (Altman and others 2000, table 6.2). Newcombe's
    # correlation (1998, method 10) is (14 * 22 - 5 * 0 - 41 / 2) / sqrt(19 * 22 * 14 * 27).
    correlation = (308 - 20.5) / math.sqrt(19 * 22 * 14 * 27)
    (one, other), gap = (share_interval(19, 41), share_interval(14, 41)), 5 / 41
    down, up = (19 / 41 - one.low, other.high - 14 / 41), (one.high - 19 / 41, 14 / 41 - other.low)
    low, high = (math.sqrt(a**2 + b**2 - 2 * correlation * a * b) for a, b in (down, up))
    found = gap_interval(19 / 41, 14 / 41, (one, other), correlation)
    assert (found.low, found.high) == (pytest.approx(gap - low), pytest.approx(gap + high))


def test_the_correlation_is_that_of_a_table_whose_changes_go_either_way_alike():
    # phi of [[20, 5], [5, 30]] is (20 * 30 - 5 * 5) / (25 * 35); half of 60 comes off the numerator.
    assert Overlap(20, 10, 30).correlation == pytest.approx((575 - 30) / 875)
    assert Overlap(1, 10, 1).correlation == pytest.approx((1 - 25) / 36)  # who changes more than not: taken whole
    assert Overlap(3, 0, 1).correlation == pytest.approx((3 - 2) / 3)
    assert Overlap(9, 0, 0).correlation == APART.correlation == 0


def test_members_that_answer_alike_make_a_change_surer():
    before, now = Sample(30, 60), Sample(38, 60)
    steady, apart = Overlap(22, 12, 16).moved(before, now), APART.moved(before, now)
    assert steady.p < apart.p
    assert apart.interval.low < steady.interval.low < steady.gap < steady.interval.high < apart.interval.high


def test_what_cannot_be_is_refused_and_too_few_are_not_compared():
    with pytest.raises(ValueError, match="no part of"):
        Overlap(yes=5).moved(Sample(4, 20), Sample(20, 20))
    with pytest.raises(ValueError, match="no part of"):
        Overlap(no=21).moved(Sample(0, 20), Sample(1, 30))
    assert APART.moved(Sample(9, 9), Sample(1, 50)) is None
    assert APART.moved(Sample(10, 10), Sample(1, 50)) is not None


def test_where_all_answers_are_alike_nothing_is_tested():
    found = Overlap(yes=12).moved(Sample(20, 20), Sample(15, 15))
    assert (found.method, math.isnan(found.p), found.gap) == ("none", True, 0)
    # Nobody seen twice changed, and nobody was seen once: the one outcome there is.
    assert Overlap(yes=12, no=8).moved(Sample(12, 20), Sample(12, 20)).p == 1


@pytest.mark.parametrize("shared", [0, 15, 30, 60])
def test_no_change_is_seldom_told_and_a_change_is(shared):
    """Two samples of 60, of members whose answers correlate by 0.6: 35 % both times, then 35 and 55 %."""
    rng = np.random.default_rng(2017)

    def told(now: float, draws: int = 400) -> float:
        both = 0.35 * now + 0.6 * math.sqrt(0.35 * 0.65 * now * (1 - now))
        found = []
        for _ in range(draws):
            yes, lost, gained, no = map(
                int, rng.multinomial(shared, [both, 0.35 - both, now - both, 0.65 - now + both])
            )
            alone = [int(rng.binomial(60 - shared, share)) for share in (0.35, now)]
            overlap = Overlap(yes, lost + gained, no)
            found.append(overlap.moved(Sample(yes + lost + alone[0], 60), Sample(yes + gained + alone[1], 60)).p < 0.05)
        return sum(found) / draws

    assert told(0.35) <= 0.075  # three standard errors above 5 %
    assert told(0.55) > {0: 0.55, 15: 0.6, 30: 0.7, 60: 0.91}[shared]
