"""How often the book's 95 % intervals hold the truth, at the sizes of its samples.

Run it with `make coverage`: it draws samples from populations that are known, counts
the intervals that hold the true value, and writes `data/couverture.csv`, which the
method chapter prints. Seeded: two runs write the same bytes.
"""

import csv
from collections.abc import Callable

import numpy as np
import pandas as pd

from utils.paths import DATA
from utils.reading import waves
from utils.statistics.compare import association
from utils.statistics.intervals import Interval, gap_interval, mean_interval, median_interval, share_interval
from utils.statistics.ranks import shift

SEED = 2017
MANY, SOME = 20_000, 2_000  # draws: for a formula, and for what is itself a resampling
SHARES = (0.1, 0.2, 0.33, 0.5, 0.67)
COLUMNS = ["intervalle", "population", "n", "tirages", "couverture"]


def covered(interval: Interval | None, truth: float) -> bool:
    """Return whether an interval was found and holds the true value."""
    return interval is not None and interval.low - 1e-12 <= truth <= interval.high + 1e-12


def rate(draws: int, once: Callable[[], bool]) -> float:
    """Return the share (0..1) of the draws that were covered."""
    return sum(once() for _ in range(draws)) / draws


def shares(rng: np.random.Generator):
    """Yield Wilson's interval for samples drawn without replacement from the communes asked, corrected or not."""
    for n, population in ((138, 262), (92, 175), (46, 87)):
        for wanted in SHARES:
            members = round(wanted * population)
            truth, drawn = members / population, rng.hypergeometric(members, population - members, n, MANY)
            for name, fraction in (("part", n / population), ("part_sans_correction", 0.0)):
                found = {k: covered(share_interval(int(k), n, fraction), truth) for k in np.unique(drawn)}
                yield name, f"part de {wanted:.0%}", n, MANY, float(np.mean([found[k] for k in drawn]))


# Active and non-active communes are taken to be sampled as all are: 92 of 175, 46 of 87.
def gaps(rng: np.random.Generator):
    """Yield Newcombe's interval for the difference of two shares, each of its own finite population."""
    for first, second in ((0.49, 0.17), (0.46, 0.67), (0.20, 0.17)):
        here, there = round(first * 175), round(second * 87)
        truth = here / 175 - there / 87
        drawn = rng.hypergeometric(here, 175 - here, 92, MANY), rng.hypergeometric(there, 87 - there, 46, MANY)
        hits = 0
        for k, m in zip(*drawn, strict=True):
            around = (share_interval(int(k), 92, 92 / 175), share_interval(int(m), 46, 46 / 87))
            hits += covered(gap_interval(k / 92, m / 46, around), truth)
        yield "ecart", f"parts de {first:.0%} et {second:.0%}", "92 et 46", MANY, hits / MANY


def ratings(rng: np.random.Generator, laws: dict[str, tuple[pd.Series, pd.Series]]):
    """Yield the intervals of rated items, for samples drawn from the distributions observed in 2017."""
    for name, (first, second) in laws.items():
        points = first.index.to_numpy()
        for n, law in ((92, first), (46, second)):
            median = float(points[(law.cumsum() >= 0.5).to_numpy().argmax()])
            mean = float(law.to_numpy() @ points)

            def draw(n=n, law=law) -> pd.Series:
                return pd.Series(rng.multinomial(n, law), law.index)

            yield "mediane", name, n, SOME, rate(SOME, lambda m=median, d=draw: covered(median_interval(d()), m))
            yield "moyenne", name, n, SOME, rate(SOME, lambda m=mean, d=draw: covered(mean_interval(d()), m))
        truth = float(first.to_numpy() @ (second.cumsum() - second / 2).to_numpy())
        once = _superiority(rng, first, second, truth)
        yield "superiorite", name, "92 et 46", SOME, rate(SOME, once)
        yield "v_de_cramer", name, "92 et 46", SOME, rate(SOME, _association(rng, first, second))


def _superiority(rng, first, second, truth) -> Callable[[], bool]:
    def once() -> bool:
        drawn = (pd.Series(rng.multinomial(n, law), law.index) for n, law in ((92, first), (46, second)))
        return covered(shift(*drawn).interval, truth)

    return once


def _association(rng, first, second) -> Callable[[], bool]:
    """Draw tables of disagreement, middle and agreement (scores 1 to 4, 5 and 6, 7 to 10)."""
    laws = np.array([[law.loc[1:4].sum(), law.loc[5:6].sum(), law.loc[7:10].sum()] for law in (first, second)])
    sizes = np.array([[92], [46]])
    joint = laws * sizes / sizes.sum()
    expected = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    truth = float(np.sqrt(((joint - expected) ** 2 / expected).sum()))

    def once() -> bool:
        table = pd.DataFrame([rng.multinomial(n, law) for n, law in zip((92, 46), laws, strict=True)])
        return covered(association(table).v_interval, truth)

    return once


def main() -> None:
    """Write the table and print it."""
    rng = np.random.default_rng(SEED)
    wave = waves.load("2017")
    laws = {}
    for name in wave.codebook.chapter("27_obstacles"):
        pair = wave.contrast(name)
        laws[name] = tuple(side.answers.shares.rename(int) for side in (pair.active, pair.other))
    rows = [*shares(rng), *gaps(rng), *ratings(rng, laws)]
    with (DATA / "couverture.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*row[:-1], f"{row[-1]:.4f}") for row in rows)
    print(pd.DataFrame(rows, columns=COLUMNS).to_string(index=False))


if __name__ == "__main__":
    main()
