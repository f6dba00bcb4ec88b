"""How often intervals of weighted shares and means hold, and how often tests of weighted tables find what is not there.

`python benchmarks/weights.py` takes three minutes on one core; seeded. It prints a line for each
kind of sample, then the worst of them. `statistics/weighed.py` and `statistics/scored.py` state
what the like of it found in more draws.
"""

import sys
from itertools import product

import numpy as np
import pandas as pd

from utils.statistics.compare import association
from utils.statistics.design import WEIGHTED
from utils.statistics.ranks import kruskal_wallis, shift, trend
from utils.statistics.weighed import Weighed, majority, mean_interval, median_interval

DRAWS = 500
LEVELS = (0.05, 0.00125)
SCALE = np.arange(1, 11)
GROUPS = ((60, 30), (20, 20, 20, 20, 20), (40, 30, 20, 10, 10))
SPREAD = {"three answers": np.array([0.3, 0.2, 0.5]), "ten scores": np.full(10, 0.1)}


def strata(rng, answers, _groups):
    """Weights of three strata."""
    return rng.choice([0.4, 1, 2.5], p=[0.5, 0.3, 0.2], size=len(answers))


def lognormal(rng, answers, _groups):
    """Weights as calibration makes them."""
    return np.exp(rng.normal(0, 0.8, len(answers)))


def informative(rng, answers, _groups):
    """Weights that go along with the answer: the highest score weighs about three times the lowest."""
    place = answers / max(1, answers.max())
    return np.exp(rng.normal(0, 0.5, len(answers)) + 1.1 * place)


def by_group(rng, answers, groups):
    """Weights four times as large in the first group, and as unequal in all."""
    return lognormal(rng, answers, groups) * np.where(groups == 0, 4, 1)


def one_group(rng, answers, groups):
    """Unequal weights in the first group only."""
    return np.where(groups == 0, np.exp(rng.normal(0, 1, len(answers))), 1.0)


def table(answers, groups, weights, width):
    """Return a weighted table, groups by answers."""
    cell, height = groups * width + answers, groups.max() + 1
    layers = (np.bincount(cell, each, height * width) for each in (np.ones(len(cell)), weights, weights**2))
    n, sums, squares = (pd.DataFrame(layer.reshape(height, width)) for layer in layers)
    return Weighed(n.astype(int), sums, squares)


def coverage(rng):
    """Print how often intervals hold a share, a mean and a median."""
    worst = {"share": 1.0, "share, five of each kind expected": 1.0, "mean": 1.0, "median": 1.0}

    def note(what, found):
        worst[what] = min(worst[what], float(found))

    for weigh, n, share in product((strata, lognormal, informative), (20, 50, 150, 500), (0.05, 0.2, 0.5, 0.9)):
        held, above = 0, 0
        lift = np.exp(1.1) if weigh is informative else 1.0
        true = share * lift / (share * lift + 1 - share)
        for _ in range(DRAWS):
            answers = (rng.random(n) < share).astype(int)
            if weigh is informative and not answers.any():
                answers[0] = 0
            weights = np.exp(rng.normal(0, 0.5, n) + 1.1 * answers) if weigh is informative else weigh(rng, answers, 0)
            told = table(answers, np.zeros(n, int), weights, 2).each(lambda layer: layer.iloc[0])
            sample = told.sample([1])
            held += true in WEIGHTED.share(*sample)
            above += majority(*sample) <= 0.05
        note("share", held / DRAWS)
        if min(share, 1 - share) * n >= 5:
            note("share, five of each kind expected", held / DRAWS)
        print(
            f"share {weigh.__name__} n={n} share={true:.3f}: {held / DRAWS:.3f}; called a majority: {above / DRAWS:.3f}"
        )
    chances = np.array([0.02, 0.05, 0.08, 0.1, 0.1, 0.1, 0.15, 0.15, 0.15, 0.1])
    for weigh, n in product((strata, lognormal), (20, 50, 150, 500)):
        means, medians = [], []
        for _ in range(DRAWS):
            answers = rng.choice(10, p=chances, size=n)
            layers = table(answers, np.zeros(n, int), weigh(rng, answers, 0), 10)
            told = layers.each(lambda layer: layer.iloc[0].set_axis(SCALE))
            if found := mean_interval(told):
                means.append(SCALE @ chances in found)
            if found := median_interval(told):
                medians.append(7 in found)  # 0.45 lie below 7, 0.60 up to it
        note("mean", np.mean(means))
        note("median", np.mean(medians))
        print(f"{weigh.__name__} n={n}: mean {np.mean(means):.3f}, median {np.mean(medians):.3f}")
    print("; ".join(f"{what}: {held:.3f} at worst" for what, held in worst.items()))


def false_finds(rng):
    """Print how often each test finds a difference between groups that answer alike."""
    every = {}
    for sizes, (name, chances), weigh in product(
        GROUPS, SPREAD.items(), (strata, lognormal, informative, by_group, one_group)
    ):
        groups = np.repeat(np.arange(len(sizes)), sizes)
        found = {"association": [], "kruskal_wallis": [], "trend": [], "shift": []}
        for _ in range(DRAWS):
            answers = rng.choice(len(chances), p=chances, size=len(groups))
            told = table(answers, groups, weigh(rng, answers, groups), len(chances))
            found["association"].append(association(told.n, told).p)
            found["kruskal_wallis"].append(kruskal_wallis(told.n, told).p)
            found["trend"].append(trend(told.n, told).p)
            if len(sizes) == 2:
                found["shift"].append(shift(told.n.iloc[0], told.n.iloc[1], told).p)
        for test, p in found.items():
            tested = np.array(p)[~np.isnan(p)]
            if len(tested):
                every.setdefault(test, []).append([[(tested < level).mean() for level in LEVELS], len(tested)])
                rates = ", ".join(f"{(tested < level).mean():.4f} below {level}" for level in LEVELS)
                print(f"{test} {sizes} {name} {weigh.__name__}: {rates} ({len(tested)} tested)")
    for test, found in every.items():
        rates, draws = (np.array(part) for part in zip(*found, strict=True))
        pooled = draws @ rates / draws.sum()
        told = (
            f"{p:.4f} below {x} ({w:.4f} at worst)" for p, x, w in zip(pooled, LEVELS, rates.max(axis=0), strict=True)
        )
        print(f"{test}: {', '.join(told)}, {draws.sum()} tested")


if __name__ == "__main__":
    rng = np.random.default_rng(2017)
    for part in sys.argv[1:] or ("coverage", "false_finds"):
        {"coverage": coverage, "false_finds": false_finds}[part](rng)
