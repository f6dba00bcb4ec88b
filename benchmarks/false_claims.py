"""How many books claim a difference where there is none: one rule for every claim, held against invented books.

Run it with `make claims`: it invents books in which nothing differs (who takes part, who is
active, what is answered: all drawn at random, each option as often as the next, each share
one half), lets each make every claim that it could, and counts the books that make any.
Two kinds of book: the first edition's counts, and those of respondents of which nothing is
hidden, so that everything is tested, who are asked questions of every type; each beside an
earlier book of its kind. `data/fausses_alertes.csv`, which the method chapter prints, says how
many would make one without the correction as well. Seeded: two runs write the same bytes, in
seven minutes on two cores.
"""

import csv
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # whose questions of every type these books ask

from support.apart import TYPES

from utils.paths import DATA
from utils.reading import waves
from utils.reading.forms.counting import answered, contract_cells, numbers_given, orders_given
from utils.reading.questionnaires import read_questionnaire
from utils.statistics import compare, ranks
from utils.statistics.compare import ALPHA
from utils.statistics.families import corrected
from utils.survey.codebook import CELL, SPLIT, Codebook, Question
from utils.survey.evolution import evolution
from utils.survey.places import ranks_of
from utils.survey.wave import Wave

SEED = 2017
BOOKS = {"2017": 300, "demo": 300}
PROCESSES = 2
# A simulated test is as sound with fewer draws, if a little less able: its p counts the table itself.
DRAWS = 4_999
COLUMNS = ["livre", "genre", "tests", "livres", "sans_correction", "fausses"]
# The p-values of every claim of a kind, uncorrected, of a book and of the one before it.
KINDS: dict[str, Callable[[Wave, Wave], pd.Series]] = {
    "levels": lambda wave, _: untrue(wave),
    "contrasts": lambda wave, _: wave.claims("contrasts").raw,
    "strata": lambda wave, _: wave.claims("strata").raw,
    "waves": lambda wave, before: moved(before, wave),
}
NO_MERGERS = pd.DataFrame({"ins_ancien": [], "ins_nouveau": [], "date": []}, dtype=str)


@cache
def like(name: str) -> Wave:
    """Return the wave that invented books resemble; that of respondents asks questions of every type."""
    wave = waves.load(name)
    return wave if wave.about.source == "effectifs" else replace(wave, codebook=every_type(wave.about.periode.debut))


def every_type(moment: str) -> Codebook:
    """Return the shared questionnaire, and questions of the types that it lacks."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "questionnaire.yml")
        path.write_text(TYPES, encoding="utf-8")
        return read_questionnaire([], path=path).at(moment)


def answers(question: Question, codebook: Codebook, n: int, rng: np.random.Generator) -> list[str]:
    """Return `n` answers as cells hold them: half of them in agreement, or the first option; else options alike.

    Numbers are of one law for all; orders of all options are as likely.
    """
    if question.type == "likert":
        scale = codebook.scale(question.id)
        agree = np.isin(scale.points, scale.side("accord"))
        law = np.where(agree, 0.5 / agree.sum(), 0.5 / (~agree).sum())
        return list(rng.choice(codebook.answers(question.id), n, p=law))
    if question.type == "nombre":
        measure = question.measure
        drawn = np.exp(rng.normal(np.log(measure.bounds[-2]), 1, n)).round()  # a few great ones, and most of them small
        return [str(int(value)) for value in drawn.clip(measure.minimum, measure.maximum)]
    options = np.array(list(question.options))
    if question.type == "classement":
        several = rng.integers(1, len(ranks_of(question)), n, endpoint=True)  # not all rank as many
        return [";".join(rng.permutation(options)[:ranked]) for ranked in several]
    if question.type == "choix_unique":
        # What a question is told by is a majority or a minority in no book.
        others = len(options) - 1
        law = [0.5, *[0.5 / others] * others] if question.constat and others else None
        return list(rng.choice(options, n, p=law))
    return [";".join(options[row]) for row in rng.random((n, len(options))) < 0.5]


def untrue(wave: Wave) -> pd.Series:
    """Return the p-values of the claims on levels that are not true: of all communes, some happen to be.

    Who is active is told of the communes asked, of which more than half can be active by chance.
    """
    every = wave.communes["active"] == "oui"
    share = {"": every.mean(), **every.groupby(wave.communes["province"]).mean()}
    told = wave.levels()
    of_all = told["base"].eq("communes") & told["question"].eq(SPLIT)
    above = told["of"].map(share).gt(0.5) == told["claim"].eq("majority")
    return told["p"].astype(float).mask(of_all & above)


def moved(before: Wave, wave: Wave) -> pd.Series:
    """Return the p-values of all that two waves tell of each other: of shares and scores, of numbers and of ranks."""
    found = evolution(before, wave, NO_MERGERS)
    return pd.Series([*(change.p for change in found.changes), *(one.test.p for one in found.shifts)])


def book(name: str, seed: np.random.SeedSequence) -> Wave:
    """Invent a book of the sizes of a wave: who takes part, who is active and who answers what is all chance."""
    rng, printed, listed = np.random.default_rng(seed), like(name), like("demo")
    n, asked = printed.size("communes"), len(listed.communes)
    every = listed.communes.assign(active=np.where(rng.random(asked) < 0.5, "oui", "non"))
    rows = every.iloc[rng.choice(asked, n, replace=False)][["province", "taille", "active"]].assign(kept=True, n=1)
    told = []
    for question in printed.codebook.questions:
        if question.type == "texte":
            continue
        asked = rows if question.base != "actives" else rows[rows["active"] == "oui"]
        given = asked["active"] if question.id == SPLIT else answers(question, printed.codebook, len(asked), rng)
        told.append(asked.assign(question=question.id, value=given))
    given = pd.concat(told, ignore_index=True)
    counts = contract_cells(given, printed.codebook)
    if printed.about.source == "effectifs":
        counts = printed.counts[list(CELL)].merge(counts, how="left")
    totals = {"communes": n, "repondants": n, "invites": len(listed.communes), "seuil_diffusion": 1}
    return replace(
        printed,
        about=printed.about.model_copy(update=totals),
        counts=counts,
        answered=None if printed.answered is None else answered(given, printed.codebook),
        answers=None,  # which communes answered before is not known
        numbers=None if printed.numbers is None else numbers_given(given, printed.codebook),
        orders=None if printed.orders is None else orders_given(given, printed.codebook),
        frame=listed.frame,
        communes=every,
        respondents=rows.groupby(["province", "taille"])["n"].sum(),
    )


def judged(task: tuple[str, np.random.SeedSequence]) -> dict[str, tuple[int, bool, bool]]:
    """Return of each kind how many claims are tested, and whether any is made: uncorrected, and corrected."""
    compare.RESAMPLES = ranks.RESAMPLES = DRAWS
    name, seed = task
    wave, before = (book(name, each) for each in seed.spawn(2))
    told = {kind: claims(wave, before).dropna() for kind, claims in KINDS.items()}
    return {kind: (len(p), (p < ALPHA).any(), (corrected(p) < ALPHA).any()) for kind, p in told.items()}


def main() -> None:
    """Write the table and print it."""
    rows = []
    for name, several in BOOKS.items():
        seeds = np.random.SeedSequence(SEED).spawn(several)
        with Pool(PROCESSES) as pool:
            found = pool.map(judged, [(name, seed) for seed in seeds], chunksize=10)
        for kind in KINDS:
            tests, alone, claimed = np.mean([each[kind] for each in found], axis=0)
            rows.append((name, kind, round(tests), several, f"{alone:.4f}", f"{claimed:.4f}"))
        any_alone, any_claimed = (np.mean([any(k[i] for k in each.values()) for each in found]) for i in (1, 2))
        rows.append(
            (
                name,
                "ensemble",
                sum(row[2] for row in rows if row[0] == name),
                several,
                f"{any_alone:.4f}",
                f"{any_claimed:.4f}",
            )
        )
    with (DATA / "fausses_alertes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(pd.DataFrame(rows, columns=COLUMNS).to_string(index=False))


if __name__ == "__main__":
    main()
