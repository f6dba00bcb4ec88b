"""One rule for every claim of a book: what it lets through, and that it holds whatever is true."""

import math

import numpy as np
import pandas as pd
import pytest

from utils.statistics.compare import ALPHA, association, standing_out
from utils.statistics.families import KINDS, Claim, Claims, corrected, strictest


def test_claims_are_corrected_as_by_holm_in_a_quarter_of_the_book():
    # R: 4 * p.adjust(c(.001, .03, .004, NA, .2), "holm"), at most 1
    found = corrected(pd.Series([0.001, 0.03, 0.004, math.nan, 0.2], index=list("abcde")))
    assert found.tolist() == pytest.approx([0.016, 0.24, 0.048, math.nan, 0.8], nan_ok=True)
    assert list(found.index) == list("abcde")
    assert len(KINDS) == 4


def test_the_strictest_level_is_that_of_the_first_claim():
    # Twelve claims of one kind: the smallest p must lie below .05 / 4 / 12.
    assert strictest(12) == pytest.approx(0.05 / 48)
    assert corrected([strictest(12), *[0.9] * 11]).iloc[0] == pytest.approx(ALPHA)


def claims(**made):
    return Claims(lambda: made)


def test_a_claim_counts_with_all_others():
    told = claims(a=Claim(0.001), b=Claim(0.004), c=Claim(math.nan), d=Claim(0.2))
    assert len(told) == 3
    assert [told.p(key) for key in "abcd"] == pytest.approx([0.012, 0.032, math.nan, 0.8], nan_ok=True)


def test_a_claim_makes_room_only_once_all_its_parts_are_told():
    parts = {"x": 0.0002, "y": 0.3}
    told = claims(a=Claim(0.001, lambda: parts), b=Claim(0.004))
    assert told.p("b") == pytest.approx(0.004 * 2 * 4)  # y may still be wrong: both are corrected for two
    assert claims(a=Claim(0.001, lambda: {"x": 0.0002, "y": 0.0015}), b=Claim(0.004)).p("b") == pytest.approx(0.016)


def test_a_part_is_never_surer_than_its_whole():
    told = claims(a=Claim(0.001, lambda: {"x": 0.0002, "y": 0.003, "z": 0.9}), b=Claim(0.5))
    assert told.part("a", "x") == told.p("a") == pytest.approx(0.008)
    assert told.part("a", "y") == pytest.approx(0.024)
    assert told.part("a", "z") == 1


def test_parts_are_not_looked_for_where_the_whole_cannot_be_claimed():
    told = claims(a=Claim(0.02, lambda: pytest.fail("looked for")), b=Claim(0.5))
    assert told.part("a", "x") == 1
    assert told.p("a") == pytest.approx(0.16)


def test_a_claim_is_made_when_it_is_looked_up_and_once():
    made = []
    told = Claims(lambda: made.append(1) or {"a": Claim(0.01)})
    assert not made
    assert (told.p("a"), told.p("a"), len(told)) == (0.04, 0.04, 1)
    assert made == [1]


def test_of_three_rows_each_is_held_against_the_other_two():
    # 2 x 2 tables by hand, n * (ad - bc)^2 / (row and column sums): 60 * 600^2 / (20 * 40 * 30 * 30) is 30, its
    # probability 4.3e-8; the middle row is as the other two together.
    table = pd.DataFrame([[20, 0], [10, 10], [0, 20]], index=["low", "middle", "high"])
    assert standing_out(table).tolist() == pytest.approx([4.32e-8, 1, 4.32e-8], rel=0.01)


def test_one_row_of_three_stands_out_as_surely_as_against_the_others_together():
    # The other two are left over: that they are alike as well is no guess, as one row alone cannot differ.
    # 72 * (18 * 30 - 6 * 18)^2 / (24 * 48 * 36 * 36) is 9, its probability .0027; of all three it is .0111
    found = standing_out(pd.DataFrame([[18, 6], [9, 15], [9, 15]]))
    assert found[0] == pytest.approx(0.0026998, abs=1e-6)


def test_a_row_stands_out_only_if_no_guess_may_hold_it():
    """Of five rows one to three may be alike: the least of all these tests decides."""
    table = pd.DataFrame([[4, 10], [27, 12], [35, 5], [10, 14], [16, 5]], index=list("bhlxn"))  # active in 2017
    found = standing_out(table)
    # R: chisq.test(rbind(c(35, 5), c(57, 41)), correct = FALSE)$p.value is .00092; with hainaut alike as well, against
    # the three others, .0011, which is the largest of Liège's eleven.
    assert found["l"] == pytest.approx(0.0011, abs=5e-5)
    assert found["l"] >= association(pd.DataFrame([[35, 5], [57, 41]])).p
    assert found["h"] > 0.05


def test_empty_rows_are_no_part_of_it():
    table = pd.DataFrame([[20, 0], [10, 10], [0, 20], [0, 0]])
    found = standing_out(table)
    assert math.isnan(found[3])
    assert found[:3].tolist() == pytest.approx(standing_out(table.loc[:2]).tolist())


def test_rows_that_are_alike_are_rarely_named_where_another_differs():
    """Three rows of one half beside two that differ: a wrong one is named in at most 5 % of books."""
    rng, wrong, books = np.random.default_rng(2017), 0, 120
    for _ in range(books):
        # The pooled share is one half, so that the first three differ from no other.
        yes = rng.binomial(60, [0.5, 0.5, 0.5, 0.9, 0.1])
        wrong += (standing_out(pd.DataFrame({"yes": yes, "no": 60 - yes}))[:3] < ALPHA).any()
    assert wrong / books < ALPHA + 2 * math.sqrt(ALPHA * (1 - ALPHA) / books)
