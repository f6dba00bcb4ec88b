"""Reference values from R 4.2.2, its call beside each."""

import math

import pandas as pd
import pytest

from utils.statistics.compare import RESAMPLES
from utils.statistics.specifications import CUTS, specifications

ORDERED = ["mann_whitney", "mann_whitney_plain", "brunner_munzel", "welch", "student", "permutation"]
EVERY = [
    *((test, "scores") for test in ORDERED),
    ("mann_whitney", "groups"),
    ("mann_whitney", "sides"),
    ("chi_square", "scores"),
    ("chi_square", "groups"),
    ("chi_square", "sides"),
    ("g", "sides"),
    *((test, cut) for cut in ("agree", "disagree", "upper_half") for test in ("chi_square", "yates", "fisher")),
]
# Scores told together, and sides, of a scale of ten and of two scales of five.
TEN = [[1, 2], [3], [4], [5, 6], [7], [8], [9, 10]], {"disagree": [1, 2, 3, 4], "middle": [5, 6], "agree": range(7, 11)}
FIVE = [[1], [2], [3], [4], [5]], {"disagree": [1, 2], "middle": [3], "agree": [4, 5]}
FROM_ZERO = [[0], [1], [2], [3], [4]], {"disagree": [0, 1], "middle": [2], "agree": [3, 4]}

BUDGET = (
    pd.Series([16, 4, 6, 4, 12, 5, 7, 16, 8, 14], range(1, 11)),
    pd.Series([10, 1, 3, 3, 16, 5, 2, 1, 2, 3], range(1, 11)),
)
SHORT = pd.Series([9, 7, 6, 4, 4], range(1, 6)), pd.Series([3, 5, 9, 8, 6], range(1, 6))  # 30 and 31
SMALL = pd.Series([1, 2, 2, 5, 3], range(5)), pd.Series([6, 4, 2, 2, 1], range(5))  # 13 and 15


def told(pair, scale):
    return {(found.test, found.scale): found.p for found in specifications(*pair, *scale)}


# a, b: the answers; full <- rbind(table(a), table(b)); sides, cut: the same of cut(a, ...), cut(b, ...)
# wilcox.test(a, b, exact = FALSE, correct = TRUE), then correct = FALSE
# r <- rank(c(a, b)); x <- r[1:n] - rank(a); y <- r[n + 1:m] - rank(b); v <- n * var(x); w <- m * var(y)
# t <- n * m * (mean(r[n + 1:m]) - mean(r[1:n])) / ((n + m) * sqrt(v + w))
# 2 * pt(-abs(t), (v + w)^2 / (v^2 / (n - 1) + w^2 / (m - 1)))  # Brunner and Munzel (2000)
# t.test(a, b), then var.equal = TRUE
# wilcox.test of the scale's groups, numbered in order, and of its sides, exact = FALSE
# chisq.test(..., correct = FALSE) where the expected counts are large enough
# e <- outer(rowSums(sides), colSums(sides)) / sum(sides)
# pchisq(2 * sum(sides * log(sides / e)), 2, lower.tail = FALSE)
# chisq.test(cut, correct = FALSE), then correct = TRUE; fisher.test(cut)
R = {
    "budget": (
        BUDGET,
        TEN,
        {
            ("mann_whitney", "scores"): 0.0225200951737385,
            ("mann_whitney_plain", "scores"): 0.0223855887972476,
            ("brunner_munzel", "scores"): 0.0159361155491224,
            ("welch", "scores"): 0.0190725586940944,
            ("student", "scores"): 0.0271639319021384,
            ("mann_whitney", "groups"): 0.0280378377450665,
            ("mann_whitney", "sides"): 0.0171250252184571,
            ("chi_square", "sides"): 0.000284741268366142,
            ("g", "sides"): 0.000210976634092722,
            ("chi_square", "agree"): 0.000331931089015118,
            ("yates", "agree"): 0.000665587897237394,
            ("fisher", "agree"): 0.000366801086472553,
            ("chi_square", "disagree"): 0.611411341746007,
            ("yates", "disagree"): 0.750835840894364,
            ("fisher", "disagree"): 0.703708233781675,
            ("chi_square", "upper_half"): 0.00372869549023592,
            ("yates", "upper_half"): 0.00654833889453756,
            ("fisher", "upper_half"): 0.00399838603438581,
        },
    ),
    "one to five": (
        SHORT,
        FIVE,
        {
            ("mann_whitney", "scores"): 0.0370308211214960,
            ("mann_whitney_plain", "scores"): 0.0363676289503788,
            ("brunner_munzel", "scores"): 0.0337055227830643,
            ("welch", "scores"): 0.0377662036367474,
            ("student", "scores"): 0.0372879138048476,
            ("mann_whitney", "groups"): 0.0370308211214960,
            ("mann_whitney", "sides"): 0.0397938622031743,
            ("chi_square", "scores"): 0.2267055241394224,
            ("chi_square", "groups"): 0.2267055241394224,
            ("chi_square", "sides"): 0.0868150542552887,
            ("g", "sides"): 0.0836037539975449,
            ("chi_square", "agree"): 0.132616670746103,
            ("yates", "agree"): 0.216016724286180,
            ("fisher", "agree"): 0.183927970791664,
            ("chi_square", "disagree"): 0.0277945890802640,
            ("yates", "disagree"): 0.0526179233574149,
            ("fisher", "disagree"): 0.0373675354940918,
            ("chi_square", "upper_half"): 0.0277945890802640,  # the middle score counts as upper
            ("yates", "upper_half"): 0.0526179233574149,
            ("fisher", "upper_half"): 0.0373675354940918,
        },
    ),
    "zero to four": (
        SMALL,
        FROM_ZERO,
        {
            ("mann_whitney", "scores"): 0.01516101890351093,
            ("mann_whitney_plain", "scores"): 0.01420301280354797,
            ("brunner_munzel", "scores"): 0.00691010322376642,
            ("welch", "scores"): 0.01114149981444902,
            ("student", "scores"): 0.01130249527009957,
            ("mann_whitney", "groups"): 0.0151610189035109,
            ("mann_whitney", "sides"): 0.0179864738267345,
            ("g", "sides"): 0.0452338197784215,
            ("chi_square", "agree"): 0.0247981511653920,
            ("yates", "agree"): 0.0633696888141027,
            ("fisher", "agree"): 0.0510297482837529,
            ("chi_square", "disagree"): 0.0210797843500526,
            ("yates", "disagree"): 0.0540233037897643,
            ("fisher", "disagree"): 0.0296420932980362,
            ("chi_square", "upper_half"): 0.0210797843500526,
            ("yates", "upper_half"): 0.0540233037897643,
            ("fisher", "upper_half"): 0.0296420932980362,
        },
    ),
}
# coin::oneway_test(score ~ group, distribution = "exact")
# set.seed(2017); chisq.test(m, simulate.p.value = TRUE, B = 1e6), where the expected counts are small
DRAWN = {
    "budget": {
        ("permutation", "scores"): 0.0294863494547489,
        ("chi_square", "scores"): 0.026969973030027,
        ("chi_square", "groups"): 0.006241993758006,
    },
    "one to five": {("permutation", "scores"): 0.0388159256464604},
    "zero to four": {
        ("permutation", "scores"): 0.016206623763159,
        ("chi_square", "scores"): 0.186436813563186,
        ("chi_square", "groups"): 0.186888813111187,
        ("chi_square", "sides"): 0.057678942321058,
    },
}


@pytest.mark.parametrize("case", R)
def test_every_specification_gives_the_p_value_of_r(case):
    pair, scale, expected = R[case]
    found = told(pair, scale)
    for name, p in expected.items():
        assert (name, found.pop(name)) == (name, pytest.approx(p, abs=1e-9))
    for name, p in DRAWN[case].items():
        assert (name, found.pop(name)) == (name, pytest.approx(p, abs=4 * math.sqrt(p * (1 - p) / RESAMPLES)))
    assert not found


def test_the_specifications_are_always_the_same_in_the_same_order():
    assert CUTS == ("agree", "disagree", "upper_half")
    assert [*told(BUDGET, TEN)] == EVERY
    assert [*told(SMALL, FROM_ZERO)] == EVERY


def test_specifications_are_seeded():
    assert specifications(*SMALL, *FROM_ZERO) == specifications(*SMALL, *FROM_ZERO)


def test_a_specification_is_significant_below_the_threshold():
    found = {(s.test, s.scale): s.significant for s in specifications(*SMALL, *FROM_ZERO)}
    assert found["chi_square", "agree"]
    assert not found["fisher", "agree"]


def test_the_budget_of_the_wave_is_told_so(wave):
    found = {(s.test, s.scale): s.p for s in wave.contrast("obstacle_budget").specifications}
    assert found == told(BUDGET, TEN)


NOTHING = {
    "nobody": ([0, 0, 0, 0, 0], [0, 0, 0, 0, 0]),
    "an empty group": ([0, 0, 0, 0, 0], [1, 2, 3, 0, 1]),
    "the other empty": ([1, 2, 3, 0, 1], [0, 0, 0, 0, 0]),
    "all equal": ([0, 0, 5, 0, 0], [0, 0, 3, 0, 0]),
    "one respondent": ([0, 0, 0, 1, 0], [0, 0, 0, 0, 0]),
}


@pytest.mark.parametrize("case", NOTHING)
def test_nothing_to_compare_is_said_so_by_every_specification(case):
    pair = tuple(pd.Series(counts, range(1, 6)) for counts in NOTHING[case])
    found = told(pair, FIVE)
    assert [*found] == EVERY
    assert all(math.isnan(p) for p in found.values())
    assert not any(s.significant for s in specifications(*pair, *FIVE))


LITTLE = {
    "one respondent each": ([0, 0, 0, 1, 0], [1, 0, 0, 0, 0]),
    "one against several": ([0, 0, 0, 1, 0], [3, 1, 0, 2, 1]),
    "one group of a single score": ([0, 0, 0, 0, 9], [3, 1, 0, 2, 1]),
    "each group on a score of its own": ([0, 0, 0, 0, 9], [7, 0, 0, 0, 0]),
    "groups that do not overlap": ([0, 0, 0, 3, 4], [5, 2, 0, 0, 0]),
    "groups on the same side": ([0, 0, 0, 3, 4], [0, 0, 0, 5, 2]),
    "nobody in the middle": ([3, 2, 0, 3, 4], [1, 4, 0, 5, 2]),
    "everybody in the middle but one": ([0, 0, 8, 0, 0], [0, 0, 4, 1, 0]),
    "two each": ([1, 1, 0, 0, 0], [1, 0, 1, 0, 0]),
}


@pytest.mark.parametrize("case", LITTLE)
def test_little_to_compare_leaves_out_what_is_not_possible(case):
    found = told(tuple(pd.Series(counts, range(1, 6)) for counts in LITTLE[case]), FIVE)
    assert [*found] == EVERY
    assert all(math.isnan(p) or 0 < p <= 1 for p in found.values())
    assert not math.isnan(found["chi_square", "scores"])


def test_one_side_without_answers_leaves_its_cut_out():
    found = told((pd.Series([0, 0, 4, 3, 4], range(1, 6)), pd.Series([0, 0, 1, 5, 2], range(1, 6))), FIVE)
    assert all(math.isnan(found[test, "disagree"]) for test in ("chi_square", "yates", "fisher"))
    # fisher.test(matrix(c(7, 7, 4, 1), 2))
    assert found["fisher", "agree"] == pytest.approx(0.33780529755762, abs=1e-9)


def test_groups_that_do_not_overlap_leave_brunner_and_munzel_without_spread():
    found = told((pd.Series([0, 0, 0, 3, 4], range(1, 6)), pd.Series([5, 2, 0, 0, 0], range(1, 6))), FIVE)
    assert math.isnan(found["brunner_munzel", "scores"])
    # t.test(rep(4:5, c(3, 4)), rep(1:2, c(5, 2)))
    assert found["welch", "scores"] == pytest.approx(5.20784498387522e-08, rel=1e-9)
