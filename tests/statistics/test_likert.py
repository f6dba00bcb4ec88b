"""Reference values from R 4.2.2, on the counts of the published tables."""

import math

import pandas as pd
import pytest

from utils.statistics.likert import distribution

# d <- read.csv("effectifs.csv"); x <- rep(score, effectif) for one question, active communes
# c(length(x), mean(x), sd(x), quantile(x, c(.25, .5, .75), type = 2))
R = {
    "sujets_connus": (92, 6.23913043478261, 2.17563715673015, 5, 7, 8),
    "obstacle_dirigeants": (92, 4.06521739130435, 2.65530506856872, 2, 3.5, 6),
    "annonces_payantes": (91, 1.68131868131868, 1.90833913174735, 1, 1, 1),
    "communication_adaptee": (94, 6.84042553191489, 2.43762263651509, 5, 7, 9),
}


@pytest.mark.parametrize("question", R)
def test_centre_and_spread_equal_those_of_r(wave, question):
    answers = wave.likert(question, "actives").answers
    got = (answers.n, answers.mean, answers.sd, answers.q1, answers.median, answers.q3)
    assert got == pytest.approx(R[question], abs=1e-9)


def test_the_median_of_an_even_number_lies_between_the_two_middle_answers():
    assert distribution({1: 1, 4: 1}, range(1, 6)).median == 2.5
    assert distribution({1: 1, 2: 1, 4: 1}, range(1, 6)).median == 2


def test_every_score_is_kept():
    answers = distribution({-1: 2, 1: 2}, range(-2, 3))
    assert list(answers.counts.items()) == [(-2, 0), (-1, 2), (0, 0), (1, 2), (2, 0)]
    assert list(answers.shares) == [0, 0.5, 0, 0.5, 0]
    assert list(answers.cumulative) == [0, 0.5, 0.5, 1, 1]


def test_equal_counts_give_equal_shares_whatever_their_scores():
    # 31 of 46 twice: added up as shares, one of them came out a hair larger.
    first = distribution({7: 3, 8: 9, 9: 6, 10: 13, 1: 15}, range(1, 11))
    second = distribution({7: 6, 8: 10, 9: 3, 10: 12, 1: 15}, range(1, 11))
    assert first.share(range(7, 11)) == second.share(range(7, 11)) == 31 / 46


def test_groups_and_net_agreement():
    answers = distribution({1: 1, 2: 2, 3: 5}, range(1, 4))
    assert answers.group({"bas": [1, 2], "haut": [3]}).to_dict() == {"bas": 3, "haut": 5}
    assert answers.net([3], [1]) == 0.5


def test_nobody_answered():
    answers = distribution({}, range(1, 4))
    assert answers.n == 0
    assert all(math.isnan(x) for x in (answers.median, answers.mean, answers.sd, answers.share([1])))
    assert answers.shares.isna().all()
    assert answers.cumulative.isna().all()


def test_one_answer_has_no_spread():
    answers = distribution({2: 1}, range(1, 4))
    assert (answers.median, answers.mean) == (2, 2)
    assert math.isnan(answers.sd)


@pytest.mark.parametrize("counts", [{11: 1}, {0: 1}, {1: -1}, {1: 0.5}])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ValueError, match=r"scale|counts"):
        distribution(pd.Series(counts), range(1, 11))
