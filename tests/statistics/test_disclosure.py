"""Breakdowns keep small counts hidden from an attacker who has all that is published, see `support.attacker`."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.attacker import Published, exposed, ranges

from utils.statistics.disclosure import protect, protect_both

FEW = 5


def always(examples: int):
    return settings(derandomize=True, deadline=None, database=None, max_examples=examples)


def frame(*rows: list[int]) -> pd.DataFrame:
    return pd.DataFrame(rows, [f"answer {i}" for i in range(len(rows))], list("ABCDE")[: len(rows[0])])


def page(
    tables: list[pd.DataFrame],
    shown: list[pd.DataFrame],
    totals: list[pd.Series] | None = None,
    crossing: pd.Series | None = None,
) -> Published:
    """Return what a wave publishes: `tables` are the truth, `shown` what is left of it."""
    sizes = totals or [table.sum() for table in tables]
    names = ["province", "taille"][: len(tables)]
    breakdowns, by = dict(zip(names, shown, strict=True)), dict(zip(names, sizes, strict=True))
    return Published(tables[0].sum(axis=1), int(sizes[0].sum()), breakdowns, by, totals is not None, crossing)


def primary(table: pd.DataFrame, threshold: int, totals: pd.Series | None = None) -> pd.DataFrame:
    """Hide the small counts alone."""
    small = (table > 0) & (table < threshold)
    if totals is not None:
        small |= (totals - table > 0) & (totals - table < threshold)
    return table.astype("Int64").mask(small)


def hidden(table: pd.DataFrame, threshold: int = FEW, totals: pd.Series | None = None) -> list[str]:
    """Return rows of the table, hidden counts as x."""
    mask = protect(table, threshold, totals).hidden
    return ["".join("x" if cell else "." for cell in row) for row in mask.to_numpy()]


def crossed(cube: np.ndarray) -> pd.DataFrame:
    """Turn answers by provinces by sizes into a frame of answers by both."""
    cross = pd.MultiIndex.from_product(
        [[f"p{p}" for p in range(cube.shape[1])], [f"s{s}" for s in range(cube.shape[2])]]
    )
    return pd.DataFrame(cube.reshape(len(cube), -1), columns=cross)


def margins(counts):
    """Return answers by province and by size."""
    return [counts.T.groupby(level=level, sort=False).sum().T for level in (0, 1)]


def survey(seed: int, answers: int) -> np.ndarray:
    """Draw a survey of communes: answers by province by size, everybody giving one."""
    draw = np.random.default_rng(seed)
    frame = [[7, 17, 3, 0], [12, 44, 9, 4], [30, 46, 6, 3], [25, 18, 1, 0], [15, 20, 2, 1]]
    took_part = draw.binomial(frame, draw.uniform(0.3, 0.8))
    liking = draw.dirichlet(np.full(answers, 1.5))
    chosen = [[draw.multinomial(n, draw.dirichlet(30 * liking + 0.01)) for n in row] for row in took_part]
    return np.moveaxis(np.array(chosen), 2, 0)


# What stays hidden, by hand.


def test_a_single_small_count_takes_a_rectangle():
    table = frame([9, 3, 20], [16, 22, 20])
    alone = page([table], [primary(table, FEW)])
    assert exposed(alone, FEW) == {("province", "answer 0", "B"): (3, 3)}
    assert hidden(table) == ["xx.", "xx."]
    assert ranges(page([table], [protect(table, FEW).counts])) == {
        ("province", "answer 0", "A"): (0, 12),
        ("province", "answer 0", "B"): (0, 12),
        ("province", "answer 1", "A"): (13, 25),
        ("province", "answer 1", "B"): (13, 25),
    }


def test_two_small_counts_of_a_row_are_not_enough():
    table = frame([1, 1, 20, 20], [20, 20, 20, 20], [20, 20, 20, 20])
    assert len(exposed(page([table], [primary(table, FEW)]), FEW)) == 2
    result = protect(table, FEW)
    assert result.hidden.sum().sum() > 4
    assert not exposed(page([table], [result.counts]), FEW)


def test_a_zero_is_shown_unless_it_has_to_cover():
    assert hidden(frame([0, 10, 20], [16, 22, 20])) == ["...", "..."]
    rare = frame([3, 0, 0], [20, 30, 40])
    zeros_shown = rare.astype("Int64").mask(rare == 3)
    assert exposed(page([rare], [zeros_shown]), FEW) == {("province", "answer 0", "A"): (3, 3)}
    assert hidden(rare) == ["xx.", "xx."]
    # Three in all: the totals tell 0 to 3, and so does the breakdown.
    assert ranges(page([rare], [protect(rare, FEW).counts]))["province", "answer 0", "A"] == (0, 3)


def test_an_option_hides_those_who_left_it_as_well():
    totals = pd.Series([20, 20, 20], list("ABC"))
    assert hidden(frame([19, 10, 9]), FEW, totals) == ["x.x"]
    assert hidden(frame([20, 10, 0]), FEW, totals) == ["..."]
    assert hidden(frame([15, 10, 5]), FEW, totals) == ["..."]
    alone = page([frame([19, 10, 9])], [primary(frame([19, 10, 9]), FEW, totals)], [totals])
    assert exposed(alone, FEW) == {("province", "answer 0", "A"): (19, 19)}


def test_options_are_protected_one_by_one():
    totals = pd.Series([20, 20, 20], list("ABC"))
    assert hidden(frame([3, 10, 9], [6, 7, 8]), FEW, totals) == ["x.x", "..."]


def test_of_how_many_have_an_opinion_is_a_total_of_what_they_chose():
    # Of 21 and of 31 who answered, 15 and 23 do not know: told, so that all 14 who do chose "every" gives nobody away.
    n = pd.Series([21, 31], list("AB"))
    table = frame([15, 23], [6, 8], [3, 8]).set_axis(["nsp", "every", "some"])
    told = replace(page([table], [table.astype("Int64").drop("every").reindex(table.index)], [n]))
    told = replace(told, alone=("nsp",))
    assert ranges(told)["province", "every", "A"] == (6, 6)
    assert not exposed(told, FEW)
    # But what an option's own breakdown tells does.
    shown = table.astype("Int64")
    shown.loc["some", "A"] = pd.NA
    assert exposed(replace(told, breakdowns={"province": shown}), FEW) == {("province", "some", "A"): (3, 3)}


def test_what_would_cover_too_little_is_not_taken():
    # The cheapest partner, B, has 10 answers of which 10: it can give none to A beyond 1.
    totals = pd.Series([30, 10, 30], list("ABC"))
    assert hidden(frame([29, 10, 25]), FEW, totals) == ["x.x"]


def test_a_small_stratum_is_hidden_whole():
    table = frame([20, 30, 4, 40], [20, 30, 0, 40], [20, 30, 0, 40])
    result = protect(table, FEW)
    assert result.hidden["C"].all()
    assert result.hidden.sum().sum() == 9
    assert not exposed(page([table], [result.counts]), FEW)
    totals = pd.Series([30, 40, 3], list("ABC"))
    assert protect(frame([20, 30, 3], [10, 20, 0]), FEW, totals).hidden["C"].all()


def test_an_empty_stratum_has_nothing_to_hide():
    assert hidden(frame([20, 30, 0], [20, 30, 0])) == ["...", "..."]


@pytest.mark.parametrize("totals", [None, pd.Series([12, 0, 0], list("ABC"))])
def test_a_single_stratum_with_answers_is_withheld_if_small(totals):
    result = protect(frame([8, 0, 0], [4, 0, 0]), FEW, totals)
    assert result.withheld
    assert result.hidden.all(axis=None)
    assert not protect(frame([7, 0, 0], [5, 0, 0]), FEW, totals).hidden.any(axis=None)


def test_a_breakdown_that_cannot_show_a_thing_is_withheld():
    table = frame([2, 8], [9, 3])
    result = protect(table, FEW)
    assert result.withheld
    assert result.counts.isna().all(axis=None)
    assert not exposed(page([table], [result.counts]), FEW)


@pytest.mark.parametrize("threshold", [0, 1])
@pytest.mark.parametrize("totals", [None, pd.Series([3, 4, 5], list("ABC"))])
def test_a_threshold_of_one_hides_nothing(threshold, totals):
    table = frame([1, 2, 0], [2, 2, 5])
    result = protect(table, threshold, totals)
    assert not result.withheld
    pd.testing.assert_frame_equal(result.counts, table.astype("Int64"))


@pytest.mark.parametrize("totals", [None, pd.Series([10, 20, 30], list("ABC"))])
def test_large_counts_are_left_alone(totals):
    table = frame([5, 7, 5], [5, 13, 25])
    result = protect(table, FEW, totals)
    assert not result.withheld
    pd.testing.assert_frame_equal(result.counts, table.astype("Int64"))


@pytest.mark.parametrize(
    ("table", "totals", "message"),
    [
        (frame([1, -1]), None, "whole and not negative"),
        (frame([1, 1.5]), None, "whole and not negative"),
        (frame([1, np.nan]), None, "whole and not negative"),
        (frame([3, 4]), pd.Series([5, -4], list("AB")), "whole and not negative"),
        (frame([3, 4]), pd.Series([5, 3], list("AB")), "more than the answers"),
        (frame([3, 4]), pd.Series([5, 5], list("BA")), "strata"),
    ],
)
def test_impossible_counts_are_refused(table, totals, message):
    with pytest.raises(ValueError, match=message):
        protect(table, FEW, totals)


def test_no_answers_and_no_strata():
    empty = pd.DataFrame(index=["oui"], columns=[], dtype=int)
    assert protect(empty, FEW).counts.shape == (1, 0)
    assert not protect(frame([0, 0], [0, 0]), FEW).hidden.any(axis=None)


# Two breakdowns side by side.


def test_options_can_betray_each_other_across_breakdowns():
    """All of province p0 is of size s1: the options tell it, then a count by size tells one by province."""
    totals = crossed(np.array([[[0, 12], [20, 6], [20, 20]]])).loc[0]
    options = [[[0, 12], [0, 2], [0, 0]], [[0, 12], [0, 0], [20, 20]], [[0, 12], [9, 0], [20, 20]]]
    counts = crossed(np.array(options))
    tables, sizes = margins(counts), margins(totals.to_frame().T)
    sizes = [size.loc[0] for size in sizes]
    apart = [protect(table, FEW, size).counts for table, size in zip(tables, sizes, strict=True)]
    assert exposed(page(tables, apart, sizes), FEW)
    together = [side.counts for side in protect_both(counts, FEW, totals)]
    assert not exposed(page(tables, together, sizes), FEW)


def test_the_attacker_is_not_misled_by_its_solver():
    """Presolved, HiGHS says that answer 1 was given by two at most of size s1, and by two at least of s2."""
    options = [[[3, 0, 0], [0, 0, 6]], [[3, 0, 0], [6, 0, 4]], [[3, 0, 0], [2, 12, 5]]]
    totals = crossed(np.array([[[3, 0, 0], [6, 12, 6]]])).loc[0]
    tables, sizes = margins(crossed(np.array(options))), [size.loc[0] for size in margins(totals.to_frame().T)]
    shown = [table.astype("Int64") for table in tables]
    shown[1] = shown[1].mask(np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1]], dtype=bool))
    found = ranges(page(tables, shown, sizes))
    assert found["taille", 1, "s1"] == found["taille", 1, "s2"] == (0, 4)


@pytest.mark.parametrize(("seed", "answers"), [(28, 2), (28, 3), (32, 6)])
def test_single_choices_betray_each_other_where_the_crossing_is_known(seed, answers):
    """A list of who took part, or a multiple choice put to the same, tells how many answered where both cross."""
    counts = crossed(survey(seed, answers))
    tables = margins(counts)
    apart = [protect(table, FEW).counts for table in tables]
    assert not exposed(page(tables, apart), FEW)
    assert exposed(page(tables, apart, crossing=counts.sum()), FEW)
    together = [side.counts for side in protect_both(counts, FEW)]
    assert not exposed(page(tables, together, crossing=counts.sum()), FEW)


# Whatever the counts.


@st.composite
def cubes(draw, answers=3, strata=3):
    """Draw answers by provinces by sizes, empty and crowded cells both frequent, and a threshold."""
    shape = draw(st.integers(1, answers)), draw(st.integers(1, strata)), draw(st.integers(1, strata))
    cell = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 20))
    size = int(np.prod(shape))
    return np.array(draw(st.lists(cell, min_size=size, max_size=size))).reshape(shape), draw(st.integers(2, 6))


def holds(tables, sides, totals, threshold, crossing=None):
    """Check what holds for any protected breakdowns."""
    assert not exposed(page(tables, [side.counts for side in sides], totals, crossing), threshold)
    for number, (table, side) in enumerate(zip(tables, sides, strict=True)):
        shown = side.counts.to_numpy(dtype=float, na_value=np.nan)
        assert ((shown == table.to_numpy()) | np.isnan(shown)).all()
        must = primary(table, threshold, totals[number] if totals else None).isna()
        assert side.hidden[must].sum().sum() == must.sum().sum()
        assert must.any(axis=None) == side.hidden.any(axis=None) or (table.sum() < threshold).any()
        assert not side.withheld or side.hidden.all(axis=None)


@always(20)
@given(cubes())
def test_no_single_choice_is_given_away(drawn):
    cube, threshold = drawn
    counts = crossed(cube)
    holds(margins(counts), protect_both(counts, threshold), None, threshold, counts.sum())


@always(20)
@given(cubes(), st.data())
def test_no_multiple_choice_is_given_away(drawn, data):
    taken, threshold = drawn
    spare = st.one_of(st.just(0), st.integers(0, 20))
    more = data.draw(st.lists(spare, min_size=taken[0].size, max_size=taken[0].size))
    totals = crossed(taken.max(axis=0)[None] + np.reshape(more, taken[0].shape)).loc[0]
    counts = crossed(taken)
    sizes = [size.loc[0] for size in margins(totals.to_frame().T)]
    holds(margins(counts), protect_both(counts, threshold, totals), sizes, threshold, totals)
    for table, size in zip(margins(counts), sizes, strict=True):
        holds([table], [protect(table, threshold, size)], [size], threshold)


# No more than it takes.

SURVEYS = [(seed, answers) for seed, answers in product(range(6), (2, 3, 6))]


def share(masks: list[pd.DataFrame]) -> float:
    return float(np.mean([mask.to_numpy().mean() for mask in masks]))


def test_small_counts_alone_give_themselves_away_in_most_surveys():
    tables = [table for seed, answers in SURVEYS[:3] for table in margins(crossed(survey(seed, answers)))]
    assert sum(bool(exposed(page([table], [primary(table, FEW)]), FEW)) for table in tables) > len(tables) / 2


def test_a_single_choice_hides_little_more_than_its_small_counts():
    tables = [table for seed, answers in SURVEYS for table in margins(crossed(survey(seed, answers)))]
    small, all_hidden = (
        share([primary(table, FEW).isna() for table in tables]),
        share([protect(table, FEW).hidden for table in tables]),
    )
    assert small < all_hidden < 0.62
    assert all_hidden - small < 0.25


def test_options_hide_little_more_than_their_small_counts():
    small, apart, together = [], [], []
    for seed in range(6):
        cube = survey(seed, 6)
        counts, totals = crossed(cube[:5]), crossed(cube.sum(axis=0)[None]).loc[0]
        together += [side.hidden for side in protect_both(counts, FEW, totals)]
        for table, size in zip(margins(counts), margins(totals.to_frame().T), strict=True):
            small.append(primary(table, FEW, size.loc[0]).isna())
            apart.append(protect(table, FEW, size.loc[0]).hidden)
    assert share(small) < share(apart) <= share(together) < share(small) + 0.15


@pytest.mark.parametrize("multiple", [False, True])
def test_no_secondary_count_could_be_shown_again(multiple):
    for seed in range(2):
        cube = survey(seed, 3)
        table = margins(crossed(cube))[1]
        totals = [table.sum()] if multiple else None
        counts = protect(table, FEW, totals[0] if multiple else None).counts
        first = primary(table, FEW, totals[0] if multiple else None).isna() | (table.sum() < FEW)
        for answer, stratum in product(table.index, table.columns):
            if pd.isna(counts.loc[answer, stratum]) and not first.loc[answer, stratum]:
                again = counts.copy()
                again.loc[answer, stratum] = table.loc[answer, stratum]
                assert exposed(page([table], [again], totals), FEW), (answer, stratum)


def test_the_same_table_always_hides_the_same_counts():
    table = margins(crossed(survey(4, 6)))[0]
    pd.testing.assert_frame_equal(protect(table, FEW).counts, protect(table.copy(), FEW).counts)
