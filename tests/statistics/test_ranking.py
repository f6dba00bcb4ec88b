"""Ranks by hand; chances enumerated in R 4.2.2, its call beside each."""

import math

import pandas as pd
import pytest

from utils.statistics.ranking import CRITERIA, DRAWS, rank_items

# Agreement that the budget, the staff, the executives are lacking: active communes, scores 1 to 10.
OBSTACLES = {
    "budget": pd.Series([16, 4, 6, 4, 12, 5, 7, 16, 8, 14], range(1, 11)),
    "personnel": pd.Series([14, 3, 3, 6, 10, 6, 8, 15, 12, 15], range(1, 11)),
    "dirigeants": pd.Series([22, 10, 14, 5, 16, 7, 7, 4, 3, 4], range(1, 11)),
}
# Ten answers and nine, on two scores.
PAIR = {"a": pd.Series({1: 6, 2: 4}), "b": pd.Series({1: 4, 2: 5})}


def rank_alike(items, agree):
    """Rank items whose scores in agreement are the same."""
    return rank_items(items, {item: list(agree) for item in items})


def ranked(items, agree, criterion):
    found = rank_alike(items, agree)
    return found[found.criterion == criterion].set_index("item")


def by_chance(p):
    return pytest.approx(p, abs=4 * math.sqrt(p * (1 - p) / DRAWS))


def test_items_are_ranked_by_every_criterion():
    found = rank_alike(OBSTACLES, range(7, 11))
    assert list(found.columns) == ["item", "criterion", "value", "rank", "low", "high", "first"]
    assert [*zip(found.item, found.criterion, strict=True)] == [(item, c) for c in CRITERIA for item in OBSTACLES]


# x <- rep(1:10, ...); c(mean(x), median(x), mean(x >= 7))
@pytest.mark.parametrize(
    ("criterion", "values"),
    [
        ("mean", (5.836956521739131, 6.228260869565218, 4.065217391304348)),
        ("median", (6, 7, 3.5)),
        ("agree", (0.489130434782609, 0.543478260869565, 0.195652173913043)),
    ],
)
def test_values_are_those_of_r(criterion, values):
    found = ranked(OBSTACLES, range(7, 11), criterion)
    assert list(found.value) == pytest.approx(values, abs=1e-9)
    assert list(found["rank"]) == [2, 1, 3]
    assert found["low"].between(1, 3).all()
    assert found["high"].between(1, 3).all()
    # The executives never come near the others.
    assert found.loc["dirigeants", ["low", "high"]].tolist() == [3, 3]
    assert found.loc["dirigeants", "first"] < 0.001


@pytest.mark.parametrize(
    ("counts", "median"),
    [
        ([1, 0, 0, 1, 0], 1.5),
        ([1, 2, 0, 2, 1], 2),
        ([2, 1, 0, 0, 0], 0),
        ([0, 3, 3, 0, 0], 1.5),
        ([0, 3, 4, 0, 0], 2),
        ([0, 0, 0, 0, 1], 4),
    ],
)
def test_medians_of_even_and_odd_numbers_on_a_scale_from_zero(counts, median):
    found = ranked({"a": pd.Series(counts, range(5))}, [3, 4], "median")
    assert found.value["a"] == median


def test_equal_values_share_the_better_rank():
    items = {"a": pd.Series({1: 1, 2: 2}), "b": pd.Series({1: 3, 2: 1}), "c": pd.Series({1: 2, 2: 4})}
    for criterion in CRITERIA:
        assert list(ranked(items, [2], criterion)["rank"]) == [1, 3, 1]


def test_means_that_are_equal_on_paper_are_equal():
    # As floats, a third of 0.1 + 0.2 + 0.3 is more than 0.2.
    items = {"a": pd.Series({0.1: 1, 0.2: 1, 0.3: 1}), "b": pd.Series({0.1: 0, 0.2: 1, 0.3: 0})}
    assert list(ranked(items, [0.3], "mean")["rank"]) == [1, 1]


def test_an_item_alone_is_first():
    found = rank_alike({"a": pd.Series({1: 3, 2: 1})}, [2])
    assert (found[["rank", "low", "high", "first"]] == 1).all(axis=None)


def test_items_without_spread_have_certain_ranks():
    found = ranked({"a": pd.Series({1: 9, 2: 0}), "b": pd.Series({1: 0, 2: 7})}, [2], "mean")
    assert found[["rank", "low", "high", "first"]].to_numpy().tolist() == [[2, 2, 2, 0], [1, 1, 1, 1]]


# A <- dbinom(0:10, 10, .4); B <- dbinom(0:9, 9, 5 / 9)  # those who choose 2 of the two scores
# p <- function(a, b) sum(outer(seq_along(a), seq_along(b), function(i, j) (a[i] >= b[j] - 1e-9) * A[i] * B[j]))
# mean, share: p(0:10 / 10, 0:9 / 9), and the same of b over a
# median: p(sapply(0:10, function(k) median(rep(1:2, c(10 - k, k)))), sapply(0:9, ...)), and the same of b over a
@pytest.mark.parametrize(
    ("criterion", "first"),
    [
        ("mean", (0.241186767081677, 0.758817852923137)),
        ("median", (0.470984160273671, 0.865896707105764)),
        ("agree", (0.241186767081677, 0.758817852923137)),
    ],
)
def test_the_chance_of_coming_first_is_that_of_r(criterion, first):
    found = ranked(PAIR, [2], criterion)
    assert list(found["first"]) == [by_chance(p) for p in first]
    assert found[["low", "high"]].to_numpy().tolist() == [[1, 2], [1, 2]]


# A <- dbinom(0:10, 10, share); B <- dbinom(0:10, 10, .2); sum(outer(A, B) * outer(0:10, 0:10, "<"))
@pytest.mark.parametrize(
    ("agreeing", "high"),
    [
        (5, 2),  # second in 4.4 % of the draws: within the interval
        (6, 1),  # second in 1.5 %: the highest 2.5 % are cut off
    ],
)
def test_the_interval_holds_95_percent_of_the_ranks(agreeing, high):
    items = {"a": pd.Series({1: 10 - agreeing, 2: agreeing}), "b": pd.Series({1: 8, 2: 2})}
    assert ranked(items, [2], "mean").loc["a", ["low", "high"]].tolist() == [1, high]


def test_an_item_without_answers_is_left_out():
    without = {"x": pd.Series({1: 0, 2: 0}), **PAIR}
    pd.testing.assert_frame_equal(rank_alike(without, [2]), rank_alike(PAIR, [2]))


@pytest.mark.parametrize("items", [{}, {"a": pd.Series({1: 0, 2: 0})}])
def test_without_answers_nothing_is_ranked(items):
    found = rank_alike(items, [2])
    assert found.empty
    assert list(found.columns) == ["item", "criterion", "value", "rank", "low", "high", "first"]


def test_the_draws_are_seeded():
    pd.testing.assert_frame_equal(rank_alike(PAIR, [2]), rank_alike(PAIR, [2]))


def test_items_may_have_as_many_scores_as_they_like():
    # Shares of one, from two scores and from five: means 0.5 and (0.25 + 0.5 + 1) / 3; agreement 1 of 2, 1 of 3.
    items = {"a": pd.Series({0: 1, 1: 1}), "b": pd.Series({0: 0, 0.25: 1, 0.5: 1, 0.75: 0, 1: 1})}
    agree = {"a": [1], "b": [0.75, 1]}
    found = rank_items(items, agree).set_index(["criterion", "item"])
    assert found.loc["mean", "value"].tolist() == pytest.approx([0.5, 1.75 / 3])
    assert found.loc["median", "value"].tolist() == [0.5, 0.5]
    assert found.loc["agree", "value"].tolist() == pytest.approx([1 / 2, 1 / 3])
    assert found["rank"].tolist() == [2, 1, 1, 1, 1, 2]
