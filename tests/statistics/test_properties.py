"""What holds for any counts: bounds, symmetries, invariances. Hypothesis draws them, always the same ones."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy import stats

from utils.statistics import compare, ranks, specifications
from utils.statistics.compare import association, holm
from utils.statistics.design import ANALYTIC, Design
from utils.statistics.intervals import (
    MIN_ANSWERS,
    bounds,
    gap_interval,
    mean_interval,
    median_interval,
    share_interval,
)
from utils.statistics.likert import distribution
from utils.statistics.power import detectable_gap
from utils.statistics.ranking import CRITERIA, rank_items
from utils.statistics.ranks import kruskal_wallis, shift
from utils.statistics.specifications import specifications as every_way
from utils.statistics.weighting import poststratified, rake, raked

HAIR = 1e-9
DRAWS = 199
SCALES = (range(1, 11), range(1, 6), range(5), range(-2, 3))


@pytest.fixture(scope="module", autouse=True)
def few_draws():
    """Draw fewer tables at random: here their p-values need not be precise."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (compare, ranks, specifications):
            patch.setattr(module, "RESAMPLES", DRAWS)
        yield


def always(examples: int):
    return settings(derandomize=True, deadline=None, database=None, max_examples=examples)


@st.composite
def answers(draw, groups=1, most=12):
    """One or more groups' answers on one scale; scores without answers are frequent."""
    points = draw(st.sampled_from(SCALES))
    one = st.lists(st.one_of(st.just(0), st.integers(0, most)), min_size=len(points), max_size=len(points))
    found = [pd.Series(draw(one), points) for _ in range(groups)]
    return found[0] if groups == 1 else found


@st.composite
def tables(draw, most=60):
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 5))
    cells = st.lists(st.one_of(st.integers(1, most), st.integers(0, 2)), min_size=columns, max_size=columns)
    return pd.DataFrame(draw(st.lists(cells, min_size=rows, max_size=rows)))


@st.composite
def shares(draw):
    """Answers counted and answers in all."""
    n = draw(st.integers(1, 300))
    return draw(st.integers(0, n)), n


@st.composite
def samples(draw, columns=(1, 3)):
    """Draw those who said yes, those who answered and those who were asked, by two strata."""
    shape = draw(st.integers(2, 4)), draw(st.integers(*columns))
    members = st.one_of(st.integers(1, 40), st.integers(0, 3))
    flat = draw(st.lists(members, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    parts = draw(st.lists(st.tuples(st.floats(0.4, 1), st.floats(0, 1)), min_size=len(flat), max_size=len(flat)))
    n = [round(asked * answered) for asked, (answered, _) in zip(flat, parts, strict=True)]
    part = [round(answered * agreed) for answered, (_, agreed) in zip(n, parts, strict=True)]
    return tuple(pd.DataFrame(np.reshape(cells, shape)) for cells in (part, n, flat))


def designs(population):
    return {stratum: Design(members) for stratum, members in population.items()}


def same(first, second):
    """Tell whether two intervals are the same but for rounding, or both are missing."""
    if first is None or second is None:
        return first is second
    return (first.low, first.high) == pytest.approx((second.low, second.high), abs=HAIR)


@always(60)
@given(answers())
def test_shares_sum_to_one_and_the_cumulative_ends_there(counts):
    found = distribution(counts, counts.index)
    assume(found.n)
    assert found.shares.sum() == pytest.approx(1)
    assert found.cumulative.iloc[-1] == 1
    assert found.cumulative.is_monotonic_increasing
    assert counts.index[0] <= found.q1 <= found.median <= found.q3 <= counts.index[-1]
    assert counts.index[0] <= found.mean <= counts.index[-1]
    assert found.n == 1 or 0 <= found.sd <= len(counts)


@always(40)
@given(answers(), st.randoms(use_true_random=False))
def test_the_order_in_which_counts_are_given_does_not_matter(counts, random):
    given_ = list(counts.items())
    random.shuffle(given_)
    found, shuffled = distribution(counts, counts.index), distribution(dict(given_), counts.index)
    pd.testing.assert_series_equal(found.shares, shuffled.shares)
    assert (found.median, found.mean, found.sd) == pytest.approx(
        (shuffled.median, shuffled.mean, shuffled.sd), nan_ok=True
    )


@always(100)
@given(shares(), st.integers(0, 40), st.integers(0, 40))
def test_a_share_lies_in_its_interval_which_widens_with_those_who_are_not_seen(share, away, more):
    part, n = share
    near, far, kind = (design.share(part, n) for design in (Design(n + away), Design(n + away + more), ANALYTIC))
    for found in (near, far, kind):
        assert 0 <= found.low <= found.high <= 1
    # A share of the answers may lie between two numbers of members; of a kind it is one of all that are possible.
    assert near.low - 1 / (n + away) <= part / n <= near.high + 1 / (n + away)
    assert part / n in kind
    assert near.high * (n + away) <= far.high * (n + away + more)  # of members
    # Never outside what those who did not answer could make.
    assert bounds(part, n, n + away).low - HAIR <= near.low
    assert near.high <= bounds(part, n, n + away).high + HAIR


@always(60)
@given(shares(), st.integers(0, 40))
def test_the_interval_of_the_others_is_the_mirror(share, away):
    part, n = share
    for design in (ANALYTIC, Design(n + away)):
        found, others = design.share(part, n), design.share(n - part, n)
        assert (found.low, found.high) == pytest.approx((1 - others.high, 1 - others.low), abs=HAIR)


@always(100)
@given(shares(), shares())
def test_a_gap_lies_in_its_interval_and_turns_round_with_its_groups(one, other):
    first, second = one[0] / one[1], other[0] / other[1]
    around = share_interval(*one), share_interval(*other)
    found, turned = gap_interval(first, second, around), gap_interval(second, first, around[::-1])
    assert -1 - HAIR <= found.low <= first - second <= found.high <= 1 + HAIR
    assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low), abs=HAIR)


@always(60)
@given(shares(), st.integers(0, 300), st.integers(0, 300))
def test_bounds_hold_whatever_the_missing_would_say(share, yes, no):
    part, n = share
    assert (part + yes) / (n + yes + no) in bounds(part, n, n + yes + no)


@always(60)
@given(answers())
def test_a_median_lies_in_its_interval_on_the_scale(counts):
    found = median_interval(counts)
    assert (found is None) == (counts.sum() < 6)
    if found:
        assert distribution(counts, counts.index).median in found
        assert {found.low, found.high} <= set(counts[counts > 0].index)


@always(25)
@given(answers())
def test_a_mean_lies_in_its_interval_within_the_answers(counts):
    found = mean_interval(counts)
    assert (found is None) == ((counts > 0).sum() < 2 or counts.sum() < MIN_ANSWERS)
    if found:
        given_ = counts[counts > 0].index
        assert given_[0] <= found.low <= distribution(counts, counts.index).mean <= found.high <= given_[-1]


@always(60)
@given(answers(groups=2))
def test_the_order_of_two_groups_turns_round_with_them(pair):
    found, turned = shift(*pair), shift(*pair[::-1])
    possible = all(side.sum() for side in pair) and sum((pair[0] + pair[1]) > 0) > 1
    assert math.isnan(found.p) == (not possible)
    if not possible:
        return
    assert found.p == pytest.approx(turned.p, abs=HAIR)
    assert 0 <= found.p <= 1
    assert 0 <= found.superiority <= 1
    assert found.superiority == pytest.approx(1 - turned.superiority)
    assert found.delta == pytest.approx(-turned.delta)
    assert found.u + turned.u == math.prod(found.n)
    if found.interval:
        assert 0 <= found.interval.low <= found.superiority <= found.interval.high <= 1
        assert found.delta in found.delta_interval
        assert (found.interval.low, found.interval.high) == pytest.approx(
            (1 - turned.interval.high, 1 - turned.interval.low), abs=HAIR
        )
    else:
        assert found.superiority in (0, 1) or min(found.n) < MIN_ANSWERS


@always(100)
@given(tables())
@example(pd.DataFrame([[0, 0], [0, 0]]))
@example(pd.DataFrame([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
@example(pd.DataFrame([[2500, 0], [0, 2500]]))
def test_effects_lie_within_their_bounds(table):
    found = association(table)
    possible = min((table.sum(axis=1) > 0).sum(), (table.sum() > 0).sum()) > 1
    assert (found.method != "none") == possible
    assert found.n == table.to_numpy().sum()
    if not possible:
        return
    assert found.sides == ((table.sum(axis=1) > 0).sum(), (table.sum() > 0).sum())
    assert found.statistic >= 0
    assert 0 <= found.p <= 1
    assert 0 <= found.corrected_v <= found.cramers_v + HAIR
    assert found.cramers_v <= 1 + HAIR
    interval = found.v_interval
    assert 0 <= interval.low <= interval.high <= 1
    # The interval is built around the statistic less what chance alone brings, its degrees of freedom: V itself,
    # which keeps that part, lies above it where there is less association than chance brings; never below.
    beyond_chance = max(0, found.statistic - found.df) / (found.n * (min(found.sides) - 1))
    assert interval.low - HAIR <= math.sqrt(beyond_chance) <= interval.high + HAIR
    assert interval.low <= found.cramers_v + HAIR
    assert interval.low - HAIR <= found.corrected_v <= interval.high + HAIR  # which is what the book prints
    assert found.statistic < found.df or found.cramers_v <= interval.high + HAIR


@always(40)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter(table, random):
    rows, columns = list(table.index), list(table.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    found = association(table)
    for other in (association(table.loc[rows, columns]), association(table.T)):
        assert (other.method, other.df, other.n) == (found.method, found.df, found.n)
        got, wanted = ((a.statistic, a.cramers_v, a.corrected_v) for a in (other, found))
        assert got == pytest.approx(wanted, abs=1e-7, nan_ok=True)
        assert same(other.v_interval, found.v_interval)
        # Drawn at random, the tables are others.
        chance = 6 * math.sqrt(2 * 0.25 / DRAWS) if found.method == "monte_carlo" else HAIR
        assert other.p == pytest.approx(found.p, abs=chance, nan_ok=True)
    shuffled = association(table.loc[rows, columns]).residuals.loc[table.index, table.columns]
    pd.testing.assert_frame_equal(shuffled, found.residuals)


@always(60)
@given(tables(), st.integers(0, 4), st.integers(0, 5))
def test_empty_rows_and_columns_change_nothing(table, row, column):
    rows = [*range(min(row, len(table))), -1, *range(min(row, len(table)), len(table))]
    columns = [*range(min(column, table.shape[1])), -1, *range(min(column, table.shape[1]), table.shape[1])]
    padded = table.reindex(index=rows, columns=columns, fill_value=0)
    found, other = association(table), association(padded)
    assert (other.method, other.df, other.n) == (found.method, found.df, found.n)
    assert (other.p, other.corrected_v) == pytest.approx((found.p, found.corrected_v), nan_ok=True)
    assert other.residuals.shape == padded.shape
    assert repr(kruskal_wallis(padded)) == repr(kruskal_wallis(table))


@always(60)
@given(tables())
def test_the_level_of_several_groups_differs_by_no_less_than_nothing(table):
    found = kruskal_wallis(table)
    assert (found.method == "none") == (association(table).method == "none")
    if found.method != "none":
        assert found.statistic >= -HAIR
        assert 0 < found.p <= 1
        assert -HAIR <= found.effect <= 1 + HAIR
        # Whichever end of the scale is called high.
        turned = kruskal_wallis(table[table.columns[::-1]])
        assert turned.statistic == pytest.approx(found.statistic, abs=1e-7)


@always(60)
@given(answers(groups=2))
def test_two_groups_differ_in_level_as_they_do_in_order(pair):
    # Kruskal and Wallis's test of two groups is Mann and Whitney's without continuity correction.
    level = kruskal_wallis(pd.DataFrame(pair))
    assume(level.method == "chi_square")
    first, second = (np.repeat(side.index, side) for side in pair)
    plain = stats.mannwhitneyu(first, second, method="asymptotic", use_continuity=False)
    assert level.p == pytest.approx(plain.pvalue, abs=HAIR)


@always(60)
@given(st.lists(st.one_of(st.floats(0, 1), st.just(math.nan)), max_size=8))
def test_corrected_p_values_are_no_smaller_and_keep_their_order(p):
    found = pd.DataFrame({"p": p, "holm": holm(p)}, dtype=float)
    assert (found.isna().sum(axis=1) % 2 == 0).all()
    told = found.dropna().sort_values("p")
    assert (told.holm >= told.p - HAIR).all()
    assert (told.holm <= 1).all()
    assert told.holm.is_monotonic_increasing


@always(40)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_corrected_p_values_do_not_depend_on_the_order_of_the_tests(p, random):
    order = list(range(len(p)))
    random.shuffle(order)
    found, shuffled = holm(p), holm([p[i] for i in order])
    assert shuffled.to_numpy() == pytest.approx(found.iloc[order].to_numpy())


@always(20)
@given(answers(groups=2))
@example([pd.Series([0, 0, 0, 3, 4], range(1, 6)), pd.Series([5, 2, 0, 0, 0], range(1, 6))])
@example([pd.Series([0, 0, 0, 0, 9], range(5)), pd.Series([3, 1, 0, 2, 1], range(5))])
def test_every_specification_is_there_and_turns_round_with_the_groups(pair):
    points = list(pair[0].index)
    half = len(points) // 2
    sides = {"disagree": points[: half - 1], "middle": points[half - 1 : half + 1], "agree": points[half + 1 :]}
    groups = [points[:1], points[1:half], points[half:]]
    found, turned = (every_way(*order, groups, sides) for order in (pair, pair[::-1]))
    assert [(s.test, s.scale) for s in found] == [(s.test, s.scale) for s in turned]
    for one, other in zip(found, turned, strict=True):
        assert math.isnan(one.p) or 0 <= one.p <= 1
        drawn = one.test == "permutation" or (one.test == "chi_square" and one.scale in ("scores", "groups", "sides"))
        chance = 6 * math.sqrt(2 * 0.25 / DRAWS) if drawn else HAIR
        assert one.p == pytest.approx(other.p, abs=chance, nan_ok=True)


@always(25)
@given(answers(groups=3))
def test_ranks_lie_between_the_first_and_the_last(counts):
    items = dict(zip("abc", counts, strict=True))
    found = rank_items(items, dict.fromkeys(items, counts[0].index[3:]))
    answered = [name for name, k in items.items() if k.sum()]
    assert list(found.item) == answered * len(CRITERIA)
    for _, rows in found.groupby("criterion"):
        assert rows["rank"].min() == 1
        assert (rows["low"] <= rows["high"]).all()
        assert rows[["rank", "low", "high"]].isin(range(1, len(answered) + 1)).all(axis=None)
        assert rows["first"].between(0, 1).all()
        assert rows["first"].sum() >= 1 - HAIR  # somebody always comes first
        assert list(rows["rank"]) == list(rows["value"].round(9).rank(ascending=False, method="min"))


@always(60)
@given(st.floats(0.0001, 0.05), st.integers(0, 400), st.integers(0, 400))
def test_larger_groups_show_smaller_differences(level, first, second):
    gap, finer = detectable_gap(first, second, level), detectable_gap(first + 1, second + 1, level)
    if gap is not None:
        assert 0 < finer < gap <= 1
        assert gap == pytest.approx(detectable_gap(second, first, level), abs=1e-9)
        assert detectable_gap(first, second, level / 2) is None or detectable_gap(first, second, level / 2) > gap


@always(100)
@given(samples(columns=(1, 1)))
def test_a_post_stratified_share_lies_in_its_interval(sample):
    part, n, population = (cells[0] for cells in sample)
    found = poststratified(part, n, designs(population))
    if found:
        raw = (part / n)[n > 0]
        assert raw.min() - HAIR <= found.share <= raw.max() + HAIR
        assert 0 <= found.interval.low <= found.share + HAIR
        assert found.share - HAIR <= found.interval.high <= 1


@always(100)
@given(samples())
def test_raked_margins_are_met(sample):
    part, n, population = sample
    assume(population.to_numpy().any())
    rows, columns = population.sum(axis=1), population.sum()
    found = raked(part, n, designs(rows), designs(columns))
    if found:
        weights = rake(n, rows, columns)
        weighted = (weights * n).fillna(0)
        assert list(weighted.sum(axis=1)) == pytest.approx(list(rows), abs=1e-6)
        assert list(weighted.sum()) == pytest.approx(list(columns), abs=1e-6)
        assert (weights.isna() == (n == 0)).all(axis=None)
        seen, unseen = part.to_numpy().sum(), (population - n).to_numpy().sum()
        possible = (seen / population.to_numpy().sum(), (seen + unseen) / population.to_numpy().sum())
        assert possible[0] - HAIR <= found.interval.low
        assert found.interval.high <= possible[1] + HAIR
        assert 0 <= found.interval.low <= found.share + HAIR
        assert found.share - HAIR <= found.interval.high <= 1


@always(40)
@given(samples())
def test_a_sample_that_is_its_population_needs_no_weights(sample):
    part, _, population = sample
    assume(population.to_numpy().any())
    weights = rake(population, population.sum(axis=1), population.sum())
    assert weights.where(population > 0, 1).to_numpy() == pytest.approx(1)
    found = raked(part, population, designs(population.sum(axis=1)), designs(population.sum()))
    assert found.share == pytest.approx(part.to_numpy().sum() / population.to_numpy().sum())
    assert found.interval.low == found.interval.high
