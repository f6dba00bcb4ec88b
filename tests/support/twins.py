"""A wave and its twin: other answers behind the same published counts.

What a reader is shown of the two must be the same, to the last byte: words, verdicts, orders,
colours, lengths, files. Whatever differs tells of a count that is hidden.
"""

__all__ = ["published", "twin"]

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from support.attacker import Published, another, ranges
from utils.survey.codebook import ALL, SPLIT, Question, activity_of
from utils.survey.results import SIDES
from utils.survey.wave import Wave

STRATA = ("province", "taille")


def _counted(wave: Wave) -> list[tuple[Question, str]]:
    told = [question for question in wave.codebook.questions if question.type != "texte"]
    first = [question for question in told if question.id == SPLIT]
    return [(q, base) for q in [*first, *(q for q in told if q.id != SPLIT)] for base in q.bases]


def _crossed(wave: Wave, question: str, active: str) -> pd.DataFrame:
    provinces, sizes = (wave.codebook.strata(by) for by in STRATA)
    return pd.DataFrame({(p, t): wave.cells(question, active, p, t) for p, t in product(provinces, sizes)})


def _sides(wave: Wave, question: Question) -> dict[str, list[str]]:
    """Return the answers that are told together in a breakdown."""
    if question.type != "likert":
        return {answer: [answer] for answer in wave.codebook.answers(question.id)}
    scale = wave.codebook.scale(question.id)
    return {side: [str(score) for score in scale.side(side)] for side in SIDES.values()}


def published(wave: Wave, tables: dict[str, pd.DataFrame], question: Question, base: str) -> Published | None:
    """Return all that the files of an edition tell of a question; None where they tell nothing of its breakdowns.

    Parameters
    ----------
    tables : dict of DataFrame
        As `tidy.tidy` makes them.
    """
    rows = tables["resultats"].query("question == @question.id and base == @base and sorte != 'score'")
    whole = rows[rows["ventilation"] == "ensemble"]
    if (whole["statut"] == "[c]").any():
        return None
    multiple = question.type == "choix_multiple"
    overall = whole.set_index("reponse")["effectif"].astype(int)
    n = int(whole["n"].iloc[0])
    shown, totals = {}, {}
    for by in STRATA:
        split = rows[rows["ventilation"] == by]
        strata = list(wave.codebook.strata(by))
        counts = split.set_index(["strate", "reponse"])["effectif"]
        shown[by] = pd.DataFrame({stratum: counts[stratum] for stratum in strata}).loc[overall.index]
        totals[by] = split.groupby("strate")["n"].first()[strata]
    # Who took part is known by name, and so is how many took part where the breakdowns cross.
    present = _crossed(wave, SPLIT, ALL).sum()
    if question.id == SPLIT or base == "communes":
        return Published(overall, n, shown, totals, multiple, crossing=present)
    if base == "repondants":
        several = _asked_crossed(wave, base)
        if multiple:
            return Published(overall, n, shown, totals, multiple, crossing=several)
        return Published(overall, n, shown, totals, multiple, **_known(wave, question, base, several))
    split = published(wave, tables, wave.codebook[SPLIT], "communes")
    if split is None:
        return None
    side = "oui" if base == "actives" else "non"
    if not list(split.hidden):  # then the options of `medias` can tell where they cross, in the worst case
        return Published(
            overall, n, shown, totals, multiple, **_known(wave, question, base, _asked_crossed(wave, base))
        )
    found, groups = ranges(split), {}
    for by in STRATA:
        table = split.breakdowns[by].loc[side]
        ends = {s: found.get((by, side, s), (table[s], table[s])) for s in table.index}
        groups[by] = pd.DataFrame(ends, index=["least", "most"]).T
        if not multiple:
            groups[by]["least"] = 0
    return Published(overall, n, shown, totals, multiple, most=present, groups=groups)


def _asked_crossed(wave: Wave, base: str) -> pd.Series:
    provinces, sizes = (wave.codebook.strata(by) for by in STRATA)
    return pd.Series({(p, t): wave.size(base, province=p, taille=t) for p, t in product(provinces, sizes)})


def _known(wave: Wave, question: Question, base: str, asked: pd.Series) -> dict[str, pd.Series]:
    """Return what the reader knows of the crossing, in the worst case: how many answered there."""
    if question.type == "choix_multiple":
        return {"crossing": asked}
    return {"crossing": _crossed(wave, question.id, activity_of(base)).sum()}


def twin(wave: Wave, tables: dict[str, pd.DataFrame], seed: int) -> Wave:
    """Return a wave that differs from another in what is hidden, as far as it can."""
    try:
        return _twin(wave, tables, seed, _counted(wave))
    except ValueError:  # who is active can be otherwise, and so can what the active answer, but not just so at once
        return _twin(wave, tables, seed, [(q, base) for q, base in _counted(wave) if q.id != SPLIT])


def _twin(wave: Wave, tables: dict[str, pd.DataFrame], seed: int, changed: list[tuple[Question, str]]) -> Wave:
    draw, cubes = np.random.default_rng(seed), {}
    secret = wave.withheld()
    for question, base in _counted(wave):
        cube = _crossed(wave, question.id, activity_of(base))
        if (question, base) not in changed:
            pass
        elif wave.withheld(question.id, base):
            cube = pd.DataFrame(np.roll(cube.to_numpy(), 1, axis=0), cube.index, cube.columns)
        elif question.id == SPLIT or base == "repondants" or not secret:
            told = published(wave, tables, question, base)
            if told is not None and list(told.hidden):
                if base in ("actives", "non_actives") and told.crossing is None:
                    side = cubes[SPLIT, "communes"].loc["oui" if base == "actives" else "non"]
                    limit = {"crossing": side} if question.type == "choix_multiple" else {"most": side}
                    told = replace(told, **({"most": None, "groups": {}} | limit))
                cube = _another(wave, question, told, cube, draw)
        cubes[question.id, base] = cube
    for question, base in _counted(wave):
        if question.id != SPLIT:
            wave.breakdown(question.id, "taille", base)
    counts = pd.concat([_cells(question, base, cube) for (question, base), cube in cubes.items()])
    other = replace(wave, counts=counts)
    # Which counts are hidden follows from the counts themselves; here only what is told of them is looked at.
    other.__dict__["_kept"] = {key: kept for key, kept in wave.__dict__["_kept"].items() if key[0] == "_protected"}
    return other


def _another(wave, question, told, cube, draw) -> pd.DataFrame:
    found = another(told, draw.normal(size=len(list(told.hidden))))
    if question.type != "likert":
        return pd.DataFrame({place: [found[answer, *place] for answer in cube.index] for place in cube}, cube.index)
    other = 0 * cube
    for side, scores in _sides(wave, question).items():
        left = cube.loc[scores].sum(axis=1).to_dict()
        for place in cube:
            missing = found[side, *place]
            for score in scores:
                taken = min(missing, left[score])
                other.loc[score, place] = taken
                left[score] -= taken
                missing -= taken
    return other


def _cells(question: str, base: str, cube: pd.DataFrame) -> pd.DataFrame:
    """Return answers by both breakdowns as the wave's counts hold them: overall, by each and by both."""
    crossed = cube.T.rename_axis(list(STRATA)).reset_index()
    crossed = crossed.melt(id_vars=STRATA, var_name="modalite", value_name="effectif")
    every = pd.concat([crossed.assign(**dict.fromkeys(over, ALL)) for over in ([], *([by] for by in STRATA), STRATA)])
    counts = every.groupby([*STRATA, "modalite"])["effectif"].sum().reset_index()
    return counts.assign(question=question, active=activity_of(base))
