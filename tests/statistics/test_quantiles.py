"""The median and the quartiles of numbers: as R gives them, and not told where they give a few away."""

import math

import numpy as np
import pandas as pd
import pytest

from utils.statistics.quantiles import quartiles


def given(*numbers):
    return pd.Series(numbers).value_counts().sort_index()


# R: quantile(c(1, 2, 4, 8, 16, 32), c(.25, .5, .75), type = 2) is 2, 6, 16. Of six answers the exact interval
# for the median is the least and the greatest: 1 - 2 / 2^6 = 0.969.
def test_quartiles_are_those_of_r():
    found = quartiles(given(1, 2, 4, 8, 16, 32))
    assert (found.q1, found.median, found.q3, found.n) == (2, 6, 16, 6)
    assert (found.interval.low, found.interval.high) == (1, 32)
    assert not found.hidden


def test_five_answers_have_no_interval_for_their_median():
    found = quartiles(given(1, 2, 3, 4, 5))  # 1 - 2 / 2^5 = 0.9375
    assert found.interval is None
    assert not found.hidden


def test_nobody_has_no_median():
    found = quartiles(pd.Series(dtype=int))
    assert found.n == 0
    assert math.isnan(found.median)


# Of ten different answers five lie at or below their median, and five above; of nine, the fifth is it: five each way.
@pytest.mark.parametrize(("n", "told"), [(8, False), (9, True), (10, True)])
def test_a_median_is_told_where_as_many_as_the_threshold_lie_on_each_side(n, told):
    found = quartiles(given(*range(1, n + 1)), threshold=5)
    assert math.isnan(found.median) != told
    assert ("median" in found.hidden) != told


def test_answers_that_are_alike_hide_nobody():
    found = quartiles(given(*[0] * 6, *range(1, 5)), threshold=5)
    assert (found.median, "q1" in found.hidden, "q3" in found.hidden) == (0, False, True)


# 20 answers 101..120: the median is 110.5, the fifth and sixth are 105 and 106; the interval of 20 answers is from the
# 6th to the 15th, 106 and 115.
def test_what_is_told_is_rounded_and_the_interval_outwards():
    found = quartiles(given(*range(101, 121)), threshold=5)
    assert (found.q1, found.median, found.q3) == (110, 110, 120)
    assert (found.interval.low, found.interval.high) == (100, 120)
    exact = quartiles(given(*range(101, 121)))
    assert (exact.q1, exact.median, exact.q3) == (105.5, 110.5, 115.5)
    assert (exact.interval.low, exact.interval.high) == (106, 115)


def test_small_and_negative_numbers_are_rounded_by_their_own_digits():
    found = quartiles(given(*[-0.1234] * 5, *[0.00456] * 15), threshold=5)
    assert found.median == 0.0046
    assert found.interval.low == 0.0045
    assert found.q1 == pytest.approx(-0.059)  # (-0.1234 + 0.00456) / 2 = -0.05942


@pytest.mark.parametrize("n", [12, 25, 60])
def test_the_interval_holds_the_median_as_often_as_it_says(n):
    # The median of a lognormal law is exp(mu); what is rounded outwards covers no less.
    draw, held, told = np.random.default_rng(7), 0, 0
    for _ in range(400):
        found = quartiles(given(*draw.lognormal(3, 1.5, n).round(3)), threshold=2)
        told += found.interval is not None
        held += found.interval is not None and math.exp(3) in found.interval
    assert told == 400
    assert held / told >= 0.93  # 0.95 less two standard errors
