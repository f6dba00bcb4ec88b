"""How often the book's 95 % intervals hold the truth, over small and large groups, rare and common answers.

Run it with `make coverage`: it takes populations that are known, counts the intervals
that hold the true value, and writes `data/couverture.csv`, which the method chapter
prints with its worst cells. Shares, gaps of shares and net promoter scores are computed over every
possible sample, and have no draws; the others are simulated, seeded: two runs write the same bytes.
Tests are measured alike, by how often they stay silent where nothing differs.
"""

import csv
from collections.abc import Callable, Iterator
from itertools import permutations, product
from multiprocessing import Pool

import numpy as np
import pandas as pd
from scipy import stats

from utils.french import percent
from utils.paths import DATA
from utils.reading import waves
from utils.statistics.compare import ALPHA, association
from utils.statistics.design import ANALYTIC, Design, Sample
from utils.statistics.intervals import Interval, gap_interval, mean_interval, median_interval
from utils.statistics.overlap import Overlap
from utils.statistics.promoters import Rated, net_gap, net_interval
from utils.statistics.rankings import SMALL, before, compared, friedman, positions, standing
from utils.statistics.ranks import shift
from utils.statistics.weighting import poststratified, raked
from utils.survey.codebook import ALL, SPLIT
from utils.survey.wave import Wave

SEED = 2017
PROCESSES = 2
SOME = 2_000  # draws of what is simulated
SHARES = (0.01, *np.round(np.arange(0.05, 1, 0.05), 2), 0.99)
# Communes of a small province, of the study's own strata, of the region, of a country; and how many answer.
POPULATIONS = {9: (6, 8), 27: (10, 21), 58: (28, 50), 84: (30, 60), 262: (80, 138, 250), 565: (300,), 35_000: (300,)}
KINDS = (6, 10, 15, 20, 46, 92, 138, 300)  # answers of communes of a kind, of which there is no list
PAIRS = ((10, 10), (10, 92), (46, 92), (138, 142))
WAVES = ((20, 20), (46, 30), (138, 89), (20, 140))  # answers of a kind in two waves
SHARED = (0.25, 0.5, 1)  # of the smaller wave, those that answered both
ALIKE = {"peu liées": 0.3, "très liées": 0.8}  # correlation of a member's two answers
NETS = ((0.5, 0.2), (0.1, 0.6), (0.3, 0.3), (0.05, 0.05), (0.9, 0.02))  # shares of promoters and of detractors
OPTIONS = "abcde"
# How often each option is taken of those that are left; without a number, all alike.
TASTES = {"tous les ordres aussi fréquents": [1] * 5, "une réponse souvent en tête": [8, 4, 2, 1, 1]}
COLUMNS = ["intervalle", "population", "n", "tirages", "couverture"]
Row = tuple[str, str, str, int, float]


def covered(interval: Interval | None, truth: float) -> bool:
    """Return whether an interval was found and holds the true value."""
    return interval is not None and interval.low - 1e-12 <= truth <= interval.high + 1e-12


def rate(draws: int, once: Callable[[], bool]) -> float:
    """Return the share (0..1) of the draws that were covered."""
    return sum(once() for _ in range(draws)) / draws


def exact_share(design: Design, n: int, law, truth: float) -> float:
    """Return the share (0..1) of all samples of `n`, by a law of their counts, whose interval holds the truth."""
    return float(sum(law.pmf(k) for k in range(n + 1) if law.pmf(k) and covered(design.share(k, n), truth)))


def shares(_: np.random.Generator) -> Iterator[Row]:
    """Yield the intervals of a share: of a population, blank answers and absent members alike; and of a kind."""
    for population, sizes in POPULATIONS.items():
        for n, wanted in product(sizes, SHARES):
            members = round(wanted * population)
            law = stats.hypergeom(population, members, n)
            yield (
                *("part_population", f"part de {percent(wanted)}", f"{n} sur {population}", 0),
                exact_share(Design(population), n, law, members / population),
            )
    for n, wanted in product(KINDS, SHARES):
        yield "part", f"part de {percent(wanted)}", str(n), 0, exact_share(ANALYTIC, n, stats.binom(n, wanted), wanted)


def gaps(_: np.random.Generator) -> Iterator[Row]:
    """Yield Newcombe's interval for two shares, and the test of two shares where they are one."""
    for (n, m), first, second in product(PAIRS, SHARES[1:-1:3], SHARES[1:-1:3]):
        laws = stats.binom(n, first).pmf(np.arange(n + 1)), stats.binom(m, second).pmf(np.arange(m + 1))
        held = sum(
            laws[0][k] * laws[1][j]
            for k, j in product(range(n + 1), range(m + 1))
            if laws[0][k] * laws[1][j] > 1e-9
            and covered(gap_interval(k / n, j / m, (ANALYTIC.share(k, n), ANALYTIC.share(j, m))), first - second)
        )
        yield "ecart", f"parts de {percent(first)} et {percent(second)}", f"{n} et {m}", 0, float(held)
    for (n, m), wanted in product(PAIRS[:3], SHARES[::2]):
        laws = stats.binom(n, wanted).pmf(np.arange(n + 1)), stats.binom(m, wanted).pmf(np.arange(m + 1))
        silent = sum(
            laws[0][k] * laws[1][j]
            for k, j in product(range(n + 1), range(m + 1))
            if laws[0][k] * laws[1][j] > 1e-6 and not association(pd.DataFrame([[k, n - k], [j, m - j]])).p < ALPHA
        )
        yield "test_parts", f"part de {percent(wanted)}", f"{n} et {m}", 0, min(1.0, float(silent))


def ratings(rng: np.random.Generator, laws: dict[str, tuple[pd.Series, pd.Series]]) -> Iterator[Row]:
    """Yield the intervals of rated items, for samples drawn from the distributions observed in 2017."""
    for name, (first, second) in laws.items():
        points = first.index.to_numpy()
        for n, law in ((92, first), (46, second), (10, first)):
            median = float(points[(law.cumsum() >= 0.5).to_numpy().argmax()])
            mean = float(law.to_numpy() @ points)

            def draw(n=n, law=law) -> pd.Series:
                return pd.Series(rng.multinomial(n, law), law.index)

            yield "mediane", name, str(n), SOME, rate(SOME, lambda m=median, d=draw: covered(median_interval(d()), m))
            yield "moyenne", name, str(n), SOME, rate(SOME, lambda m=mean, d=draw: covered(mean_interval(d()), m))
        truth = float(first.to_numpy() @ (second.cumsum() - second / 2).to_numpy())
        for sizes in ((92, 46), (92, 10)):
            said = f"{sizes[0]} et {sizes[1]}"
            once = _superiority(rng, (first, second), sizes, truth)
            yield "superiorite", name, said, SOME, rate(SOME, once)
        yield "v_de_cramer", name, "92 et 46", SOME, rate(SOME, _association(rng, first, second))
        for sizes in ((92, 46), (92, 9), (92, 2), (7, 1)):
            once = _silent(rng, first, sizes)
            yield "test_ordre", name, f"{sizes[0]} et {sizes[1]}", SOME, rate(SOME, once)


def _superiority(rng, laws, sizes, truth) -> Callable[[], bool]:
    def once() -> bool:
        drawn = (pd.Series(rng.multinomial(n, law), law.index) for n, law in zip(sizes, laws, strict=True))
        found = shift(*drawn)
        # Groups that do not overlap have no interval, and are told without: they are no interval that fails.
        return found.interval is None or covered(found.interval, truth)

    return once


def _silent(rng, law, sizes) -> Callable[[], bool]:
    def once() -> bool:
        drawn = (pd.Series(rng.multinomial(n, law), law.index) for n in sizes)
        return not shift(*drawn).p < ALPHA

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


def weighted(rng: np.random.Generator, asked: pd.Series, n: pd.Series) -> Iterator[Row]:
    """Yield the post-stratified share of communes, in strata like those of 2017, alike and apart."""
    designs = {stratum: Design(members) for stratum, members in asked.items()}
    for name, wanted in {
        "1 % partout": [0.01] * len(n),
        "50 % partout": [0.5] * len(n),
        "95 % partout": [0.95] * len(n),
        "de 50 à 100 % selon la taille": np.linspace(0.5, 1, len(n)),
    }.items():
        members = (asked * wanted).round().astype(int)
        truth = members.sum() / asked.sum()

        def once(members=members, truth=truth) -> bool:
            part = pd.Series(rng.hypergeometric(members, asked - members, n), n.index)
            return covered(poststratified(part, n, designs).interval, truth)

        yield "redressee", name, str(n.sum()), SOME, rate(SOME, once)


def crossed(wave: Wave) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the communes asked and those that answered, provinces by sizes, of a wave that knows them by name."""
    provinces, sizes = wave.codebook.strata("province"), wave.codebook.strata("taille")
    asked = pd.crosstab(wave.communes["province"], wave.communes["taille"])
    n = {t: {p: int(wave.cells(SPLIT, ALL, p, t).sum()) for p in provinces} for t in sizes}
    return asked.reindex(index=provinces, columns=sizes, fill_value=0), pd.DataFrame(n)


def calibrated(rng: np.random.Generator) -> Iterator[Row]:
    """Yield the raked share of communes, provinces by sizes, some of which answer more than others."""
    asked, n = crossed(waves.load("demo"))
    margins = [{s: Design(int(members)) for s, members in asked.sum(axis=axis).items()} for axis in (1, 0)]
    members, answered = asked.to_numpy(), n.to_numpy()
    slope = np.linspace(0.3, 0.95, members.shape[1])
    for name, wanted in {
        "1 % partout": 0.01,
        "50 % partout": 0.5,
        "95 % partout": 0.95,
        "selon la taille": slope,
    }.items():
        yes = np.round(members * wanted).astype(int)
        truth = yes.sum() / members.sum()

        def once(yes=yes, truth=truth) -> bool:
            part = pd.DataFrame(rng.hypergeometric(yes, members - yes, answered), n.index, n.columns)
            found = raked(part, n, *margins)
            return covered(found.interval, truth)

        yield "calee", name, str(answered.sum()), SOME, rate(SOME, once)


def moves(rng: np.random.Generator) -> Iterator[Row]:
    """Yield the interval and the test of a change between two waves, some members of which are in both."""
    for (n, m), part, (how, alike) in product(WAVES, SHARED, ALIKE.items()):
        shared = round(part * min(n, m))
        said = f"{n} et {m}, dont {shared} en commun"
        for first, second in ((0.05, 0.05), (0.2, 0.2), (0.5, 0.5), (0.3, 0.4), (0.8, 0.9)):
            both = first * second + alike * np.sqrt(first * (1 - first) * second * (1 - second))
            both = min(both, first)  # as alike as two shares can be
            laws = [both, first - both, second - both, 1 - first - second + both]
            held, silent = 0, 0
            for _ in range(SOME):
                yes, lost, gained, no = (int(count) for count in rng.multinomial(shared, laws))
                was = Sample(yes + lost + int(rng.binomial(n - shared, first)), n)
                is_ = Sample(yes + gained + int(rng.binomial(m - shared, second)), m)
                found = Overlap(yes, lost + gained, no).moved(was, is_)
                held += covered(found.interval, second - first)
                silent += not found.p < ALPHA
            name = f"de {percent(first)} à {percent(second)}, réponses {how}"
            yield "ecart_evolution", name, said, SOME, held / SOME
            if first == second:
                yield "test_evolution", name, said, SOME, silent / SOME


def numbers(rng: np.random.Generator) -> Iterator[Row]:
    """Yield the interval of the median of numbers, most of them small, and the test of two groups on their classes."""
    values = np.arange(201)
    law = stats.lognorm(1).cdf((values + 0.5) / 5) - stats.lognorm(1).cdf((values - 0.5) / 5)
    law = pd.Series(law / law.sum(), values)
    median = float(values[(law.cumsum() >= 0.5).to_numpy().argmax()])
    for n in (6, *KINDS[1::2]):
        held = sum(covered(median_interval(pd.Series(rng.multinomial(n, law), values)), median) for _ in range(SOME))
        yield "mediane", "nombres étalés", str(n), SOME, held / SOME
    classes = law.groupby(np.digitize(values, [1, 2, 3, 5, 10])).sum()
    for sizes in PAIRS[:3]:
        said, silent = f"{sizes[0]} et {sizes[1]}", rate(SOME, _silent(rng, classes, sizes))
        yield "test_ordre", "nombres par classe", said, SOME, silent


def nets(_: np.random.Generator) -> Iterator[Row]:
    """Yield the interval of a net promoter score, and that of two of them with its test where they do not differ."""

    def every(n: int, law: tuple[float, float]) -> list[tuple[Rated, float]]:
        chances = stats.multinomial(n, [law[0], 1 - sum(law), law[1]])
        found = [Rated(up, n - up - down, down) for up in range(n + 1) for down in range(n + 1 - up)]
        return [(rated, p) for rated in found if (p := float(chances.pmf(rated))) > 1e-8]

    for n, (up, down) in product((10, 20, 50), NETS):
        held = sum(p for rated, p in every(n, (up, down)) if covered(net_interval(rated), up - down))
        yield "nps", f"{percent(up)} de promoteurs, {percent(down)} de détracteurs", str(n), 0, float(held)
    for (n, m), (first, second) in product(((10, 10), (10, 20)), ((NETS[0], NETS[0]), (NETS[2], NETS[3]), NETS[:2])):
        gap, held, silent = first[0] - first[1] - second[0] + second[1], 0.0, 0.0
        for (one, p), (other, q) in product(every(n, first), every(m, second)):
            if p * q > 1e-8:
                found = net_gap(one, other)
                held += p * q * covered(found.interval, gap)
                silent += p * q * (not found.p < ALPHA)
        said = " contre ".join(f"{percent(up)} moins {percent(down)}" for up, down in (first, second))
        yield "ecart_nps", said, f"{n} et {m}", 0, held
        if not round(gap, 9):
            yield "test_nps", said, f"{n} et {m}", 0, silent


def orders(rng: np.random.Generator) -> Iterator[Row]:
    """Yield the interval of a mean rank, and the tests of rankings where no option stands before another."""
    every = list(permutations(OPTIONS))

    def ranked(law: np.ndarray, n: int) -> tuple[dict, pd.DataFrame]:
        told = {order: int(k) for order, k in zip(every, rng.multinomial(n, law), strict=True) if k}
        return told, positions(told, list(OPTIONS))

    for name, taste in TASTES.items():
        left = np.array([[sum(taste[OPTIONS.index(o)] for o in order[i:]) for i in range(5)] for order in every])
        taken = np.array([[taste[OPTIONS.index(o)] for o in order] for order in every])
        law = (taken / left).prod(axis=1)
        mean = float(law @ [order.index("a") + 1 for order in every])
        for n in KINDS[1:-2:2]:
            held = sum(covered(standing(ranked(law, n)[1].loc["a"], 5).interval, mean) for _ in range(SOME))
            yield "rang_moyen", name, str(n), SOME, held / SOME
    alike = np.full(len(every), 1 / len(every))
    for n in (10, SMALL - 1, SMALL, 46, 138):
        draws = SOME // 4 if n < SMALL else SOME  # of few rankings, each test is itself simulated
        found = [ranked(alike, n) for _ in range(draws)]
        silent = sum(not friedman(places, {5: n}).p < ALPHA for _, places in found) / draws
        yield "test_friedman", "cinq réponses", str(n), draws, silent
        apart = sum(not (compared(before(told, OPTIONS)) < ALPHA).to_numpy().any() for told, _ in found) / draws
        yield "test_devant", "cinq réponses", str(n), draws, apart


def like_2017(rng: np.random.Generator) -> Iterator[Row]:
    """Yield what is drawn from the answers and the strata of 2017."""
    wave = waves.load("2017")
    pairs = {name: wave.contrast(name) for name in wave.codebook.chapter("27_obstacles")}
    sides = {name: (pair.active, pair.other) for name, pair in pairs.items()}
    laws = {name: tuple(side.answers.shares.rename(int) for side in both) for name, both in sides.items()}
    yield from ratings(rng, laws)
    sizes = pd.Series({size: wave.asked(taille=size) for size in wave.codebook.strata("taille")})
    yield from weighted(rng, sizes, wave.split("taille").sum(axis=1))


# Each has draws of its own: what one of them measures does not move the others.
PARTS = (shares, gaps, like_2017, calibrated, moves, numbers, nets, orders)


def measured(part: Callable[[np.random.Generator], Iterator[Row]]) -> list[Row]:
    """Return the rows of one part, in a process of its own."""
    return list(part(np.random.default_rng(SEED)))


def main() -> None:
    """Write the table and print it."""
    with Pool(PROCESSES) as pool:
        rows = [row for part in pool.map(measured, PARTS, chunksize=1) for row in part]
    with (DATA / "couverture.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*row[:-1], f"{row[-1]:.4f}") for row in rows)
    found = pd.DataFrame(rows, columns=COLUMNS)
    print(found.groupby(["intervalle", "n"], sort=False)["couverture"].agg(["size", "min", "mean", "max"]).to_string())


if __name__ == "__main__":
    main()
