"""Reference values from R 4.2.2, its call beside each."""

import math

import pytest
from scipy import stats

from utils.statistics.power import POWER, detectable_delta, detectable_gap


# h <- pwr::pwr.2p2n.test(n1 = 92, n2 = 46, sig.level = .05, power = .8)$h: 0.505934
# m <- asin(sqrt(share)); sin(m + h / 4)^2 - sin(m - h / 4)^2
@pytest.mark.parametrize(
    ("share", "first", "second", "gap"),
    [
        (0.5, 92, 46, 0.250277680880653),
        (0.2, 92, 46, 0.200222144704522),
        (53 / 138, 92, 46, 0.243455970144754),  # the budget
        (0.5, 9, 15, 0.556881074200742),  # h is 1.181252
    ],
)
def test_the_gap_is_that_of_pwr(share, first, second, gap):
    # pwr also counts the chance of finding the opposite, which is next to none, and solves to 1e-4.
    assert detectable_gap(share, first, second) == pytest.approx(gap, abs=1e-4)


@pytest.mark.parametrize(("share", "first", "second"), [(0.5, 92, 46), (0.2, 92, 46), (0.4, 45, 15)])
def test_the_gap_lies_h_apart_on_the_arcsine_scale(share, first, second):
    # (qnorm(.975) + qnorm(.8)) * sqrt(1 / first + 1 / second), by definition
    gap = detectable_gap(share, first, second)
    middle, h = math.asin(math.sqrt(share)), 2.80158521811 * math.sqrt(1 / first + 1 / second)
    assert gap == pytest.approx(math.sin(2 * middle) * math.sin(h / 2), abs=1e-9)


def test_a_gap_of_that_size_is_found_four_times_in_five():
    # pwr.2p2n.test(h = 2 * asin(sqrt(.625)) - 2 * asin(sqrt(.375)), n1 = 92, n2 = 46)$power is 0.799
    half = detectable_gap(0.5, 92, 46) / 2
    h = 2 * math.asin(math.sqrt(0.5 + half)) - 2 * math.asin(math.sqrt(0.5 - half))
    reached = stats.norm.sf(stats.norm.isf(0.025) - h / math.sqrt(1 / 92 + 1 / 46))
    assert reached == pytest.approx(POWER, abs=1e-9)
    assert POWER == 0.8


def test_the_gap_is_the_same_whichever_group_or_answer_is_named():
    assert detectable_gap(0.3, 92, 45) == detectable_gap(0.3, 45, 92)
    assert detectable_gap(0.3, 92, 45) == pytest.approx(detectable_gap(0.7, 92, 45), abs=1e-12)


@pytest.mark.parametrize(
    ("share", "first", "second"),
    [
        (0.5, 0, 46),
        (0.5, 92, 0),
        (0, 92, 46),  # everybody or nobody: a gap would go beyond
        (1, 92, 46),
        (0.01, 92, 46),
        (0.99, 92, 46),
        (0.5, 1, 1),
        (0.3, 1, 500),
    ],
)
def test_no_gap_would_be_found(share, first, second):
    assert detectable_gap(share, first, second) is None


# d <- function(m, n) { N <- m + n; s <- m / N; (qnorm(.975) + qnorm(.8)) / sqrt(3 * s * (1 - s) * N) }, from Noether's
# N = (qnorm(.975) + qnorm(.8))^2 / (12 * s * (1 - s) * (P(X > Y) - 1/2)^2), delta being 2 * P(X > Y) - 1
@pytest.mark.parametrize(
    ("first", "second", "delta"), [(92, 46, 0.292085450092894), (46, 92, 0.292085450092894), (7, 9, 0.815141354150606)]
)
def test_the_shift_is_that_of_noether(first, second, delta):
    assert detectable_delta(first, second) == pytest.approx(delta, abs=1e-9)


@pytest.mark.parametrize(("first", "second"), [(0, 46), (92, 0), (0, 0), (1, 1), (2, 500), (5, 5)])
def test_no_shift_would_be_found(first, second):
    assert detectable_delta(first, second) is None
