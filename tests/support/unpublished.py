"""Other numbers and other orders behind all that is told of them: what respondents gave, and no page repeats."""

__all__ = ["other_numbers", "other_orders"]

from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd

from support.random_waves import within
from utils.statistics.quantiles import quartiles
from utils.statistics.rankings import before, compared
from utils.survey.codebook import ALL, CELL, Question, activity_of
from utils.survey.wave import Wave

TRIES = 100  # pairs of respondents of whom each might have given part of the other's order


def other_numbers(wave: Wave, draw: np.random.Generator, counts: pd.DataFrame) -> pd.DataFrame | None:
    """Return other numbers of the same classes, with the same quartiles as far as these are told.

    Parameters
    ----------
    wave : Wave
    draw : Generator
    counts : DataFrame
        The other wave's counts, in which a base that is withheld has other classes.
    """
    if wave.numbers is None:
        return None
    found = []
    for question, base in _asked(wave, "nombre"):
        active = activity_of(base)
        given = wave.numbers[wave.numbers[["question", "active"]].eq([question.id, active]).all(axis=1)]
        values = np.repeat(given["valeur"].to_numpy(), given["n"].to_numpy(dtype=int))
        if wave.withheld(question.id, base):
            values = _of_classes(draw, question, counts, active)
        else:
            values = _moved(draw, question, values, wave.about.threshold)
        found.append(pd.DataFrame({"question": question.id, "active": active, "valeur": values, "n": 1}))
    return _together(found) if found else wave.numbers


def _of_classes(draw: np.random.Generator, question: Question, counts: pd.DataFrame, active: str) -> list[float]:
    whole = counts.set_index(list(CELL))["effectif"]
    told = {name: whole[question.id, name, active, ALL, ALL] for name in question.options}
    return [float(within(draw, question, name)) for name, n in told.items() for _ in range(n)]


def _moved(draw: np.random.Generator, question: Question, values: np.ndarray, threshold: int) -> np.ndarray:
    values, told = values.copy(), _told(values, threshold)
    for i in draw.permutation(len(values)):
        was, values[i] = values[i], within(draw, question, question.measure.named(values[i]))
        if _told(values, threshold) != told:
            values[i] = was
    return values


def _told(values: np.ndarray, threshold: int) -> str:
    return repr(quartiles(pd.Series(values).value_counts(), threshold))


def other_orders(wave: Wave, draw: np.random.Generator) -> pd.DataFrame | None:
    """Return other orders with every option as often at each place, and every verdict on two options the same."""
    if wave.orders is None:
        return None
    found = []
    for question, base in _asked(wave, "classement"):
        active, options = activity_of(base), list(question.options)
        given = wave.orders[wave.orders[["question", "active"]].eq([question.id, active]).all(axis=1)]
        orders = [tuple(order.split(";")) for order in np.repeat(given["ordre"], given["n"].astype(int))]
        told = compared(before(Counter(orders), options), wave.about.threshold)
        for _ in range(TRIES if len(orders) > 1 else 0):
            i, j = draw.choice(len(orders), 2, replace=False)
            if (pair := _exchanged(draw, orders[i], orders[j])) is None:
                continue
            were = orders[i], orders[j]
            orders[i], orders[j] = pair
            if not compared(before(Counter(orders), options), wave.about.threshold).equals(told):
                orders[i], orders[j] = were
        written = [";".join(order) for order in orders]
        found.append(pd.DataFrame({"question": question.id, "active": active, "ordre": written, "n": 1}))
    return _together(found) if found else wave.orders


def _exchanged(draw: np.random.Generator, first: tuple, second: tuple) -> tuple[tuple, tuple] | None:
    """Exchange two places that hold the same two options in both, or what follows the same options; None where none."""
    swaps = [
        places
        for places in combinations(range(min(len(first), len(second))), 2)
        if {first[p] for p in places} == {second[p] for p in places} and first[places[0]] != second[places[0]]
    ]
    cuts = [k for k in range(1, len(first)) if set(first[:k]) == set(second[:k]) and first != second]
    if not swaps and not cuts:
        return None
    pick = int(draw.integers(len(swaps) + len(cuts)))
    if pick < len(swaps):
        one, other = list(first), list(second)
        for place in swaps[pick]:
            one[place], other[place] = other[place], one[place]
        return tuple(one), tuple(other)
    cut = cuts[pick - len(swaps)]
    return first[:cut] + second[cut:], second[:cut] + first[cut:]


def _together(found: list[pd.DataFrame]) -> pd.DataFrame:
    """Count answers that are alike."""
    every = pd.concat(found)
    return every.groupby([name for name in every.columns if name != "n"])["n"].sum().reset_index()


def _asked(wave: Wave, kind: str) -> list[tuple[Question, str]]:
    return [(q, base) for q in wave.codebook.questions if q.type == kind for base in q.bases]
