"""The gap that is promised to be seen is seen, by the test that is named and at its level."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from utils.statistics.compare import association
from utils.statistics.families import strictest
from utils.statistics.power import MIN_GROUP, POWER, detectable_gap

# The noncentrality that gives a power of .8 at .05, as in any table of it (Haynam, Govindarajulu and Leone 1970):
# R: uniroot(function(l) pchisq(qchisq(.95, df), df, l) - .2, c(1, 30))$root
NEEDED = {1: 7.848861, 2: 9.634685}


@pytest.mark.parametrize(
    ("first", "second", "answers"), [(92, 46, 2), (92, 46, 3), (46, 92, 3), (30, 30, 3), (15, 15, 3)]
)
def test_the_gap_is_that_of_the_noncentral_law(first, second, answers):
    # Two shares around one half: n * phi^2 is first * second / n * gap^2 / (1 / 4).
    gap = (NEEDED[answers - 1] / 4 * (first + second) / (first * second)) ** 0.5
    assert detectable_gap(first, second, 0.05, answers) == pytest.approx(gap, abs=1e-5)


def test_two_shares_that_cannot_lie_around_one_half_lie_as_near_as_they_can():
    # Of 190 and 10, a gap above 10/19 leaves the larger group's share no lower than the gap: both together are at
    # .95 * gap, and the noncentrality is 9.5 * gap^2 / (.95 * gap * (1 - .95 * gap)).
    gap = detectable_gap(190, 10, level=0.00125)
    assert gap > 10 / 19
    # The chi-square law of two degrees of freedom is exponential: beyond -2 * log(.00125) lie .00125.
    assert stats.ncx2.sf(-2 * math.log(0.00125), 2, 10 * gap / (1 - 0.95 * gap)) == pytest.approx(POWER, abs=1e-6)


@pytest.mark.parametrize("middle", [0.5, 0.1])
@pytest.mark.parametrize("lower", [0.3, 0.05])
def test_a_gap_of_that_size_is_found_four_times_in_five(lower, middle):
    """Tables of disagreement, middle and agreement, drawn apart by the gap, and tested as the book tests them."""
    level, rng = strictest(10), np.random.default_rng(2017)
    gap = detectable_gap(92, 46, level)
    shares = [[(1 - p) * (1 - middle), (1 - p) * middle, p] for p in (lower + gap, lower)]
    drawn = (pd.DataFrame([rng.multinomial(n, p) for n, p in zip((92, 46), shares, strict=True)]) for _ in range(150))
    found = np.mean([association(table).p < level for table in drawn])
    assert POWER == 0.8
    assert found > POWER - 0.06  # two standard errors of 150 draws


def test_a_stricter_level_sees_less():
    assert detectable_gap(92, 46, 0.00125) > detectable_gap(92, 46, 0.05)


@pytest.mark.parametrize(("first", "second"), [(0, 46), (92, 0), (0, 0), (100, MIN_GROUP - 1), (6, 6)])
def test_nothing_is_promised_of_small_groups(first, second):
    assert detectable_gap(first, second, 0.05) is None


def test_nothing_is_promised_where_not_even_the_largest_gap_is_found():
    assert detectable_gap(10, 10, 1e-9) is None
