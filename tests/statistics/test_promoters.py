"""The net promoter score: its interval and its test against other ways to the same numbers."""

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from utils.statistics.promoters import Rated, correlation, net_gap, net_interval


def likelihood(rated, net):
    """Return the most likely shares of promoters and detractors that differ by `net`, searched without a formula."""
    least, most = max(0.0, -net), (1 - net) / 2

    def against(detractors):
        shares = (detractors + net, 1 - 2 * detractors - net, detractors)
        return -sum(k * math.log(max(p, 1e-300)) for k, p in zip(rated, shares, strict=True) if k)

    found = optimize.minimize_scalar(against, bounds=(least, most), method="bounded", options={"xatol": 1e-12})
    return found.x + net, found.x


@pytest.mark.parametrize("rated", [Rated(12, 36, 2), Rated(3, 4, 8), Rated(40, 35, 25), Rated(1, 8, 1)])
def test_the_interval_holds_the_scores_that_the_answers_do_not_contradict(rated):
    # Tango 1998: at either end, (b - c - n d)² = z² times its variance n (p12 + p21 - d²) where d holds.
    found, z2 = net_interval(rated), stats.norm.ppf(0.975) ** 2
    for end in (found.low, found.high):
        promoters, detractors = likelihood(rated, end)
        excess = rated.promoters - rated.detractors - rated.n * end
        assert excess**2 == pytest.approx(z2 * rated.n * (promoters + detractors - end**2), rel=1e-4)
    assert found.low < rated.net < found.high


def test_everybody_of_one_kind_leaves_room_on_one_side():
    # All ten promote: the score is 1 at most; d where (10 - 10 d)² = z² 10 (1 - d²), so d = (10 - z²) / (10 + z²).
    z2 = stats.norm.ppf(0.975) ** 2
    found = net_interval(Rated(10, 0, 0))
    assert (found.low, found.high) == (pytest.approx((10 - z2) / (10 + z2)), 1)
    assert net_interval(Rated(0, 0, 10)).high == pytest.approx(-(10 - z2) / (10 + z2))
    assert net_interval(Rated(0, 0, 0)) is None


def test_turning_the_answers_round_turns_the_interval_round():
    for rated in (Rated(7, 2, 1), Rated(0, 5, 2), Rated(4, 0, 4)):
        there, back = net_interval(rated), net_interval(rated._replace(promoters=rated[2], detractors=rated[0]))
        assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_the_interval_holds_as_often_as_the_module_says():
    # Every sample of ten, at promoters and detractors in steps of 0.05, boundaries included.
    n, steps = 10, np.arange(0, 1.001, 0.05)
    samples = [Rated(b, n - b - c, c) for b in range(n + 1) for c in range(n + 1 - b)]
    ends = np.array([(found.low, found.high) for found in map(net_interval, samples)])
    held = []
    for promoters, detractors in product(steps, steps):
        if promoters + detractors > 1 + 1e-9:
            continue
        shares = np.array([promoters, max(0.0, 1 - promoters - detractors), detractors])
        likely = stats.multinomial.pmf(np.array(samples), n, shares / shares.sum())
        net = promoters - detractors
        held.append(likely[(ends[:, 0] <= net + 1e-9) & (net - 1e-9 <= ends[:, 1])].sum())
    assert min(held) == pytest.approx(0.914, abs=0.0005)
    assert np.mean(held) == pytest.approx(0.965, abs=0.0005)


def test_the_test_says_what_the_interval_says():
    # Wald, by hand: gap 0.4, variances (0.8 - 0.16) / 100 and (0.6 - 0) / 100, z = 0.4 / 0.1114 = 3.59, p = 0.0003.
    found = net_gap(Rated(60, 20, 20), Rated(30, 40, 30))
    assert found.gap == pytest.approx(0.4)
    assert 0.0003 < found.p < 0.001
    assert found.interval.low > 0
    near = net_gap(Rated(30, 40, 30), Rated(20, 40, 40))
    assert (near.p < 0.05) == (0 not in near.interval)
    assert net_gap(Rated(30, 40, 30), Rated(3, 4, 3)).p == 1


def test_the_test_keeps_its_level_where_spreads_differ():
    # Ten against twenty-five, both with a score of 0: half and half against nearly all passive. A normal test
    # rejects one time in ten here.
    wrong = 0.0
    for b, d, c in product(range(11), range(5), range(5)):  # of either outer kind, five or more are hardly ever seen
        one, two = Rated(b, 0, 10 - b), Rated(d, 25 - d - c, c)
        if net_gap(one, two).p < 0.05:
            likely = stats.multinomial.pmf(np.array(two), 25, (0.02, 0.96, 0.02))
            wrong += stats.binom.pmf(b, 10, 0.5) * likely
    assert 0.02 < wrong < 0.05


def test_of_few_or_of_one_kind_nothing_is_tested():
    assert net_gap(Rated(9, 0, 0), Rated(50, 50, 50)) is None
    assert math.isnan(net_gap(Rated(10, 0, 0), Rated(30, 0, 0)).p)
    assert net_gap(Rated(10, 0, 0), Rated(0, 0, 30)).p < 1e-5


def test_members_seen_twice_make_a_change_surer():
    kinds = [-1, 0, 1]
    same = pd.DataFrame([[20, 5, 0], [0, 20, 5], [0, 0, 20]], kinds, kinds)
    # Pearson's correlation of the seventy pairs, by numpy, times the part that is shared: 70 of 70.
    pairs = np.array([(i, j) for i in kinds for j in kinds for _ in range(same.loc[i, j])])
    assert correlation(same, (70, 70)) == pytest.approx(np.corrcoef(pairs.T)[0, 1])
    assert correlation(same, (140, 70)) == pytest.approx(np.corrcoef(pairs.T)[0, 1] * 70 / math.sqrt(140 * 70))
    before, now = Rated(20, 25, 25), Rated(25, 25, 20)
    apart, paired = net_gap(now, before), net_gap(now, before, correlation(same, (70, 70)))
    assert paired.p < apart.p
    assert paired.interval.high - paired.interval.low < apart.interval.high - apart.interval.low
    assert correlation(same // 10, (70, 70)) == 0
