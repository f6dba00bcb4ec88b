"""Rankings: places, mean ranks, Borda counts, Friedman's test as R and SciPy give it, and who stands before whom."""

import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from utils.statistics.rankings import SMALL, before, compared, friedman, positions, standing

OPTIONS = ["a", "b", "c", "d"]


def drawn(seed, n, weights=(1, 1, 1, 1), least=4):
    """Draw orders of at least so many options, and the same as a table of ranks."""
    draw, orders, table = np.random.default_rng(seed), Counter(), []
    for _ in range(n):
        order = [OPTIONS[i] for i in np.argsort(-np.array(weights) * draw.random(4))][: draw.integers(least, 5)]
        orders[tuple(order)] += 1
        rest = (len(order) + 1 + 4) / 2
        table.append([order.index(option) + 1 if option in order else rest for option in OPTIONS])
    return orders, np.array(table)


def ranked(orders):
    return Counter(len(order) for order in orders.elements())


# Four options: of « b » alone, the three others share 2, 3 and 4; of « a, b », the two others share 3 and 4.
def test_what_is_left_unranked_shares_the_places_left():
    found = positions({("b",): 2, ("a", "b"): 1, ("a", "b", "c", "d"): 1}, OPTIONS)
    assert found.loc["a"][found.loc["a"] > 0].to_dict() == {1: 2, 3: 2}
    assert found.loc["c"][found.loc["c"] > 0].to_dict() == {3: 3, 3.5: 1}
    assert found.sum(axis=1).tolist() == [4] * 4


def test_a_mean_rank_and_its_borda_count():
    # 6 first places and 4 third ones of 4 options: mean 1.8, of 3 others (4 - 1.8) / 3 behind on average.
    found = standing(pd.Series({1.0: 6, 3.0: 4}), 4)
    assert (found.mean, found.borda) == (1.8, pytest.approx(2.2 / 3))
    # Squares about the mean: 6 × 0.64 + 4 × 1.44 = 9.6; half the interval, with Student's 2.262157 of 9 degrees of
    # freedom, is 2.262157 × √(9.6 / 9 / 10) = 0.738818.
    assert found.interval.low == pytest.approx(1.061182, abs=1e-6)
    assert found.interval.high == pytest.approx(2.538818, abs=1e-6)
    assert standing(pd.Series({1.0: 9}), 4).interval is None
    assert standing(pd.Series({1.0: 30}), 4).interval is None
    assert standing(pd.Series({1.0: 29, 2.0: 1}), 4).interval.low == 1
    assert math.isnan(standing(pd.Series({1.0: 0}), 4).mean)


@pytest.mark.parametrize(("n", "law"), [(15, (4, 3, 2, 1)), (30, (1, 1, 1, 1)), (90, (9, 3, 2, 1))])
def test_the_interval_of_a_mean_rank_holds_it_as_often_as_it_says(n, law):
    draw, p = np.random.default_rng(n), np.array(law) / sum(law)
    truth, places = float(np.arange(1, 5) @ p), np.arange(1.0, 5)
    held = 0
    for counts in draw.multinomial(n, p, size=1000):
        found = standing(pd.Series(counts, places), 4).interval
        held += found is not None and truth in found
    assert held / 1000 >= 0.93


@pytest.mark.parametrize("least", [4, 1])
def test_friedman_is_that_of_scipy_with_ties_and_without(least):
    orders, table = drawn(5, 40, (3, 2, 1, 1), least)
    found, expected = friedman(positions(orders, OPTIONS), ranked(orders)), stats.friedmanchisquare(*table.T)
    assert found.method == "chi_square"
    assert found.statistic == pytest.approx(expected.statistic)
    assert found.p == pytest.approx(expected.pvalue)
    assert found.w == pytest.approx(expected.statistic / (40 * 3))


# Two options and five respondents of one mind: both ways are as likely, so that p is 2 / 2^5.
def test_few_rankings_are_held_against_rankings_at_random():
    found = friedman(positions({("a", "b"): 5}, ["a", "b"]), {2: 5})
    assert found.method == "monte_carlo"
    assert found.p == pytest.approx(2 / 32, abs=0.003)
    assert friedman(positions({("a", "b"): SMALL}, ["a", "b"]), {2: SMALL}).method == "chi_square"


@pytest.mark.parametrize(("orders", "options"), [({}, "ab"), ({("a",): 9}, "a"), ({(): 9}, "ab")])
def test_nothing_is_tested_where_nothing_can_differ(orders, options):
    found = friedman(positions(orders, options), Counter({len(order): n for order, n in orders.items()}))
    assert found.method == "none"
    assert math.isnan(found.p)


def test_who_is_before_whom_is_counted_of_those_who_ranked_one_of_the_two():
    found = before({("a", "b"): 3, ("c",): 2, ("b", "a", "c", "d"): 1}, OPTIONS)
    assert (found.loc["a", "b"], found.loc["b", "a"]) == (3, 1)
    assert (found.loc["c", "a"], found.loc["a", "c"]) == (2, 4)
    assert (found.loc["a", "d"], found.loc["d", "a"]) == (4, 0)
    assert (found.loc["c", "d"], found.loc["d", "c"]) == (3, 0)


# Ten of ten put a before b: 2 / 2^10. Of three pairs, Holm takes the least three times.
def test_pairs_are_tested_exactly_and_corrected_for_their_number():
    found = compared(pd.DataFrame([[0, 10, 5], [0, 0, 5], [5, 5, 0]], list("abc"), list("abc")))
    assert found.loc["a", "b"] == found.loc["b", "a"] == pytest.approx(3 * 2 / 1024)
    assert found.loc["a", "c"] == 1


def test_no_verdict_depends_on_a_count_below_the_threshold():
    tables = [pd.DataFrame([[0, 30], [low, 0]], list("ab"), list("ab")) for low in range(5)]
    assert len({compared(table, 5).loc["a", "b"] for table in tables}) == 1
    assert compared(tables[0], 5).loc["a", "b"] > compared(tables[0], 1).loc["a", "b"]


def test_of_options_that_are_equal_one_is_rarely_said_to_come_before_the_next():
    # Of 400 books of 40 rankings at random, any two options are told apart in one of twenty at most.
    wrong = sum(bool((compared(before(drawn(seed, 40)[0], OPTIONS)) < 0.05).to_numpy().any()) for seed in range(400))
    assert wrong / 400 <= 0.05
