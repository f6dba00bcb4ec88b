"""Majorities and leads: exact tests, held against counting."""

from fractions import Fraction
from itertools import product
from math import comb, factorial

import pytest

from utils.statistics.design import Design
from utils.statistics.intervals import population_interval
from utils.statistics.levels import ahead, majority, most_discordant, one_half


def at_least(part, n, population=None):
    """Count the samples with `part` or more from a population of which no more than half say yes."""
    if population is None:
        return Fraction(sum(comb(n, k) for k in range(part, n + 1)), 2**n)
    yes, ways = population // 2, range(part, n + 1)
    return Fraction(sum(comb(yes, k) * comb(population - yes, n - k) for k in ways), comb(population, n))


# R: binom.test(59, 92, alternative = "greater")$p.value; phyper(91, 131, 131, 138, lower.tail = FALSE)
@pytest.mark.parametrize(("part", "n", "population"), [(59, 92, None), (8, 8, None), (92, 138, 262), (8, 8, 23)])
def test_a_majority_is_tested_exactly(part, n, population):
    assert majority(part, n, Design(population)) == pytest.approx(float(at_least(part, n, population)), rel=1e-9)
    both = min(1, 2 * at_least(part, n, population))
    assert one_half(part, n, Design(population)) == pytest.approx(float(both), rel=1e-9)
    assert one_half(n - part, n, Design(population)) == pytest.approx(float(both), rel=1e-9)


def test_what_those_who_are_missing_cannot_change_is_certain():
    assert majority(5, 6, Design(9)) == 0  # of nine, five said yes
    assert majority(5, 6, Design(10)) > 0
    assert one_half(1, 9, Design(9)) == 0
    assert one_half(4, 8, Design(8)) == 1
    assert majority(0, 0) != majority(0, 0)


@pytest.mark.parametrize("population", [9, 14, 31])
def test_a_majority_is_sure_where_the_interval_leaves_one_half(population):
    """Half of 5 % on each side: the same test, inverted."""
    for n in range(1, population + 1):
        for part in range(n + 1):
            low = population_interval(part, n, population).low
            assert (majority(part, n, Design(population)) <= 0.025) == (low > 0.5), (part, n)


# R: binom.test(24, 26)$p.value, mcnemar's exact form: 2 * sum(dbinom(24:26, 26, .5))
@pytest.mark.parametrize(("first", "second"), [(24, 2), (2, 24), (5, 4), (7, 7), (0, 0)])
def test_a_lead_is_tested_by_those_who_differ(first, second):
    more, both = max(first, second), first + second
    expected = min(1, Fraction(2 * sum(comb(both, k) for k in range(more, both + 1)), 2**both))
    assert ahead(first, second) == pytest.approx(float(expected), rel=1e-9)


@pytest.mark.parametrize("options", [2, 3, 4])
def test_the_first_of_equal_options_is_named_no_more_often_than_the_level_says(options):
    """Every way in which 20 answers fall on equal options, counted."""
    n, wrong = 20, Fraction(0)
    for some in product(range(n + 1), repeat=options - 1):
        if sum(some) <= n:
            counts = sorted([*some, n - sum(some)])
            if ahead(counts[-1], counts[-2]) <= 0.05:
                ways = factorial(n)
                for count in counts:
                    ways //= factorial(count)
                wrong += Fraction(ways, options**n)
    assert 0 < wrong <= Fraction(5, 100)


def test_an_overlap_that_is_not_known_is_the_least_favourable():
    n = 9
    for first, second in product(range(n + 1), repeat=2):
        if first > second:
            overlaps = range(max(0, first + second - n), second + 1)
            worst = max(ahead(first - both, second - both) for both in overlaps)
            assert ahead(*most_discordant((first, n), (second, n))) == worst


def test_those_who_answered_one_of_two_questions_count_against_the_first():
    assert most_discordant((6, 12), (5, 10)) == (4, 5)  # two of the twelve left the second blank: both agree
    assert most_discordant((6, 10), (5, 12)) == (5, 4)  # two of the twelve left the first blank: both disagree
    assert most_discordant((1, 12), (0, 10)) == (0, 0)
