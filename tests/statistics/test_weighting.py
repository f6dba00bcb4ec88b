"""Reference values from R 4.2.2 and its package survey, the call beside each."""

import math

import numpy as np
import pandas as pd
import pytest

from utils.statistics.design import Design
from utils.statistics.intervals import share_interval
from utils.statistics.weighting import NoWeightsError, poststratified, rake, raked


def designs(population: pd.Series) -> dict:
    return {stratum: Design(members) for stratum, members in population.items()}


# d: one row per answer, of stratum h with N members
# coef(svymean(~y, svydesign(ids = ~1, strata = ~h, fpc = ~N, data = d))), and its 95 % interval by
# e <- p * (1 - p) / SE(s)^2; prop.test(p * e, e, correct = FALSE)$conf.int
@pytest.mark.parametrize(
    ("part", "n", "population", "share", "low", "high"),
    [
        (  # active communes by size; none but the active ones among the largest
            *((8, 8, 56, 20), (8, 13, 89, 28), (9, 30, 165, 58)),
            *(0.6591997504168359, 0.6011304416524156, 0.7128533453312987),
        ),
        (  # by province
            *((35, 16, 27, 10, 4), (40, 21, 39, 24, 14), (84, 38, 69, 44, 27)),
            *(0.6727833235466824, 0.6223098755461088, 0.7195513850467258),
        ),
    ],
)
def test_post_stratification_is_that_of_survey_and_of_like_width(part, n, population, share, low, high):
    found = poststratified(pd.Series(part), pd.Series(n), designs(pd.Series(population)))
    assert found.share == pytest.approx(share, abs=1e-9)
    assert found.interval.method == "mover"
    # Of like width where strata are large.
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=0.006)


def test_the_ends_of_the_strata_make_those_of_the_whole():
    # Two strata of like weight, 5 of 8 and 3 of 8 members of 9: by hand, what each could be is 5 to 6 and 3 to 4 of 9.
    found = poststratified(pd.Series([5, 3]), pd.Series([8, 8]), designs(pd.Series([9, 9])))
    below = math.hypot((5 / 8 - 5 / 9) / 2, (3 / 8 - 3 / 9) / 2)
    above = math.hypot((6 / 9 - 5 / 8) / 2, (4 / 9 - 3 / 8) / 2)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.5 - below, 0.5 + above), abs=1e-12)


def test_the_wave_is_post_stratified_so(wave):
    found = wave.active_everywhere()
    assert (found["taille"].share, found["province"].share) == pytest.approx(
        (0.6591997504168359, 0.6727833235466824), abs=1e-9
    )


def test_everybody_answered_leaves_no_doubt():
    n = pd.Series([5, 3])
    found = poststratified(pd.Series([2, 0]), n, designs(n))
    assert found.share == 0.25
    assert (found.interval.low, found.interval.high) == (0.25, 0.25)


def test_few_answers_that_agree_are_not_certainty():
    # All of five, none of nine: those who did not answer may be others.
    found = poststratified(pd.Series([5, 0]), pd.Series([5, 9]), designs(pd.Series([10, 30])))
    assert found.share == 0.25
    assert found.interval.low < 0.2
    assert found.interval.high > 0.4


# In floats, the weights of the second add up to a hair more than 1, those of the third to a hair less.
@pytest.mark.parametrize("population", [(20, 30), (149, 154, 22, 174, 101, 5), (161, 40, 56, 88, 184, 99)])
def test_one_answer_given_by_all_is_the_share_of_all(population):
    asked = pd.Series(population)
    n = (asked / 2).astype(int) + 3
    found = poststratified(n, n, designs(asked))
    assert 1 - 1e-12 < found.interval.high <= 1
    assert 1 - 1e-12 < found.share <= 1
    nobody = poststratified(n * 0, n, designs(asked))
    assert (nobody.share, nobody.interval.low) == (0, 0)


def test_a_stratum_that_nobody_was_asked_in_counts_for_nothing():
    part, n, population = pd.Series([2, 0, 6]), pd.Series([5, 0, 9]), pd.Series([20, 0, 30])
    few = poststratified(part[[0, 2]], n[[0, 2]], designs(population[[0, 2]]))
    assert poststratified(part, n, designs(population)) == few


@pytest.mark.parametrize(
    ("n", "population"),
    [
        ((5, 0), (10, 3)),  # a stratum without answers
        ((5, 1), (10, 3)),  # one of several, and four of many, do not speak for the others
        ((5, 4), (10, 30)),
        ((0, 0), (10, 3)),
        ((0, 0), (0, 0)),
        ((), ()),
    ],
)
def test_too_few_answers_for_an_estimate(n, population):
    n = pd.Series(n, dtype=int)
    assert poststratified(n * 0, n, designs(pd.Series(population, dtype=int))) is None


def test_one_answer_of_a_stratum_of_one_is_enough():
    assert poststratified(pd.Series([2, 1]), pd.Series([5, 1]), designs(pd.Series([9, 1]))).share == pytest.approx(0.46)


@pytest.mark.parametrize(("part", "n"), [((6, 1), (5, 3)), ((1, 1), (5, 12))])
def test_more_answers_than_members_are_refused(part, n):
    with pytest.raises(ValueError, match="more answers"):
        poststratified(pd.Series(part), pd.Series(n), designs(pd.Series([10, 10])))


# d: one row per answer; s <- svydesign(ids = ~1, weights = rep(1, nrow(d)), data = d)
# margins <- list(data.frame(r = 1:2, Freq = c(20, 40)), data.frame(c = 1:3, Freq = c(15, 25, 20)))
# weights(rake(s, list(~r, ~c), margins, control = list(epsilon = 1e-11, maxit = 1000)))
CELLS = pd.DataFrame([[5, 3, 0], [4, 9, 6]], index=["x", "y"], columns=["k", "l", "m"])
ROWS, COLUMNS = pd.Series({"x": 20, "y": 40}), pd.Series({"k": 15, "l": 25, "m": 20})
WEIGHTS = [[2.09379654952442, 3.17700575074392, math.nan], [1.13275431309447, 1.71877586086314, 3.33333333333333]]


def test_raking_gives_the_weights_of_survey():
    found = rake(CELLS, ROWS, COLUMNS)
    assert found.index.equals(CELLS.index)
    assert found.columns.equals(CELLS.columns)
    assert found.to_numpy() == pytest.approx(np.array(WEIGHTS), abs=1e-8, nan_ok=True)


def test_raked_margins_are_met():
    weighted = CELLS * rake(CELLS, ROWS, COLUMNS)
    assert list(weighted.sum(axis=1)) == pytest.approx([20, 40], abs=1e-8)
    assert list(weighted.sum()) == pytest.approx([15, 25, 20], abs=1e-8)


def test_raking_leaves_the_counts_alone():
    before = CELLS.copy()
    rake(CELLS, ROWS, COLUMNS)
    pd.testing.assert_frame_equal(CELLS, before)


def test_a_stratum_that_holds_nobody_weighs_nothing():
    found = rake(pd.DataFrame([[2, 3], [1, 0]]), pd.Series([10, 0]), pd.Series([5, 5]))
    assert found.to_numpy() == pytest.approx(np.array([[2.5, 5 / 3], [0, math.nan]]), nan_ok=True)


def test_margins_of_different_totals_are_refused():
    with pytest.raises(ValueError, match="different totals: 60 and 61"):
        rake(CELLS, ROWS, COLUMNS.add(pd.Series({"k": 1}), fill_value=0).astype(int))


IMPOSSIBLE = {
    "a row without answers": ([[0, 0], [3, 4]], [10, 10], [10, 10]),
    "a column without answers": ([[0, 2], [0, 4]], [10, 10], [10, 10]),
    "cells that cannot meet the margins": ([[3, 0], [0, 4]], [12, 8], [10, 10]),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_no_weights_meet_the_margins(case):
    cells, rows, columns = IMPOSSIBLE[case]
    cells, rows, columns = pd.DataFrame(cells), pd.Series(rows), pd.Series(columns)
    with pytest.raises(NoWeightsError):
        rake(cells, rows, columns)
    assert raked(cells, cells, designs(rows), designs(columns)) is None


def test_a_raked_share_has_the_interval_of_its_effective_number():
    # W: the weights above; p <- sum(W * part, na.rm = TRUE) / 60; w <- rep(W[n > 0], n[n > 0])
    # e <- sum(w)^2 / sum(w^2) * (60 - 1) / (60 - sum(n)); c(p, e, prop.test(p * e, e, correct = FALSE)$conf.int)
    found = raked(
        pd.DataFrame([[2, 3, 0], [1, 4, 6]], CELLS.index, CELLS.columns), CELLS, designs(ROWS), designs(COLUMNS)
    )
    got = (found.share, found.interval.low, found.interval.high)
    expected = (0.695441135130460, 0.546185510553941, 0.812462935507079)
    assert got == pytest.approx(expected, abs=1e-8)


def test_a_sample_like_its_population_is_left_as_it_is():
    cells = pd.DataFrame([[2, 4], [6, 3]])
    found = raked(cells // 2, cells, designs(cells.sum(axis=1) * 3), designs(cells.sum() * 3))
    # 15 answers of 45: 15 * 44 / 30 is 22. prop.test(7 / 15 * 22, 22, correct = FALSE)$conf.int
    around = share_interval(7 / 15 * 22, 22)
    assert (found.share, found.interval.low) == pytest.approx((7 / 15, around.low), abs=1e-9)


def test_everybody_answered_leaves_no_doubt_about_a_raked_share():
    cells = pd.DataFrame([[2, 4], [6, 3]])
    found = raked(cells // 2, cells, designs(cells.sum(axis=1)), designs(cells.sum()))
    assert found.share == pytest.approx(7 / 15)
    assert found.interval.low == found.interval.high == found.share


def test_nobody_asked_leaves_nothing_to_rake():
    nobody = pd.DataFrame([[0, 0], [0, 0]])
    assert raked(nobody, nobody, [Design(0), Design(0)], [Design(0), Design(0)]) is None
