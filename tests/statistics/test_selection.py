"""What a sum over chosen units can be, against every choice there is."""

from itertools import combinations
from random import Random

import pytest

from utils.statistics.selection import bounds_of_sum


def every_sum(values, margins):
    """Return the sum of every choice of units that has the numbers of each grouping."""
    units = range(len(values))
    for size in range(len(values) + 1):
        for chosen in combinations(units, size):
            if all(sum(labels[i] == g for i in chosen) == n for labels, counts in margins for g, n in counts.items()):
                yield sum(values[i] for i in chosen)


@pytest.mark.parametrize("seed", range(20))
def test_the_ends_are_those_of_all_choices(seed):
    random = Random(seed)
    values = [random.randint(1, 1000) for _ in range(10)]
    groupings = [[random.choice("abc") for _ in values], [random.choice("xy") for _ in values]]
    drawn = random.sample(range(10), random.randint(0, 10))
    margins = [
        (labels, {group: sum(labels[i] == group for i in drawn) for group in sorted(set(labels))})
        for labels in groupings
    ]
    sums = list(every_sum(values, margins))
    assert bounds_of_sum(values, margins) == (min(sums), max(sums))


def test_numbers_that_no_choice_has():
    assert bounds_of_sum([1, 2], [("ab", {"a": 1, "b": 1}), ("xx", {"x": 1})]) is None


def test_one_grouping_is_its_smallest_and_its_greatest_units():
    assert bounds_of_sum([5, 1, 3, 9], [("aaab", {"a": 2, "b": 0})]) == (4, 8)
