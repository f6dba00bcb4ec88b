"""How many books claim a difference where there is none: one rule for every claim, held against invented books.

Run it with `make claims`: it invents books in which nothing differs (who takes part, who is
active, what is answered: all drawn at random, each option as often as the next, each share
one half), lets each make every claim that it could, and counts the books that make any.
Two kinds of book: the first edition's counts, and those of respondents of which nothing is
hidden, so that everything is tested; each beside an earlier book of its kind.
`data/fausses_alertes.csv`, which the method chapter prints, says how many would make one
without the correction as well. Seeded: two runs write the same bytes, in eight minutes on
two cores.
"""

import csv
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from multiprocessing import Pool

import numpy as np
import pandas as pd

from utils.paths import DATA
from utils.reading import waves
from utils.reading.forms.counting import answered, contract_cells
from utils.statistics import compare, ranks
from utils.statistics.compare import ALPHA
from utils.statistics.families import corrected
from utils.survey.codebook import CELL, SPLIT, Codebook, Question
from utils.survey.evolution import evolution
from utils.survey.wave import Wave

SEED = 2017
BOOKS = {"2017": 600, "demo": 300}
PROCESSES = 2
# A simulated test is as sound with fewer draws, if a little less able: its p counts the table itself.
DRAWS = 4_999
COLUMNS = ["livre", "genre", "tests", "livres", "sans_correction", "fausses"]
# The p-values of every claim of a kind, uncorrected, of a book and of the one before it.
KINDS: dict[str, Callable[[Wave, Wave], pd.Series]] = {
    "levels": lambda wave, _: wave.levels()["p"].astype(float),
    "contrasts": lambda wave, _: wave.claims("contrasts").raw,
    "strata": lambda wave, _: wave.claims("strata").raw,
    "waves": lambda wave, before: pd.Series([change.p for change in evolution(before, wave, NO_MERGERS).changes]),
}
NO_MERGERS = pd.DataFrame({"ins_ancien": [], "ins_nouveau": [], "date": []}, dtype=str)


@cache
def like(name: str) -> Wave:
    """Return the wave that invented books resemble."""
    return waves.load(name)


def answers(question: Question, codebook: Codebook, n: int, rng: np.random.Generator) -> list[str]:
    """Return `n` answers as cells hold them: half of them in agreement, options alike."""
    if question.type == "likert":
        scale = codebook.scale(question.id)
        agree = np.isin(scale.points, scale.side("accord"))
        law = np.where(agree, 0.5 / agree.sum(), 0.5 / (~agree).sum())
        return list(rng.choice(codebook.answers(question.id), n, p=law))
    options = np.array(codebook.answers(question.id))
    if question.type == "choix_unique":
        return list(rng.choice(options, n))
    return [";".join(options[row]) for row in rng.random((n, len(options))) < 0.5]


def book(name: str, seed: np.random.SeedSequence) -> Wave:
    """Invent a book of the sizes of a wave: who takes part, who is active and who answers what is all chance."""
    rng, printed, listed = np.random.default_rng(seed), like(name), like("demo")
    n = printed.size("communes")
    rows = listed.communes.iloc[rng.choice(len(listed.communes), n, replace=False)][["province", "taille"]]
    rows = rows.assign(active=np.where(rng.random(n) < 0.5, "oui", "non"), kept=True, n=1)
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
        frame=listed.frame,
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
