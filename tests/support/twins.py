"""What a reader of an edition knows of each question; and an edition's twin: other answers behind the same counts.

What a reader is shown of the two must be the same, to the last byte: words, verdicts, orders,
colours, lengths, files. Whatever differs tells of a count that is hidden, of a number that a respondent
gave, or of an order. Of a ranking, first places are attacked as a single choice, by the names of their counts.
"""

__all__ = ["Reader", "counted", "twin"]

from dataclasses import replace
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd

from support.attacker import Published, another, ranges
from support.unpublished import other_numbers, other_orders
from utils.offering.tidy import tidy
from utils.survey.codebook import ALL, SPLIT, Question, activity_of
from utils.survey.places import at_rank
from utils.survey.results import SIDES
from utils.survey.wave import Wave

STRATA = ("province", "taille")


def counted(wave: Wave) -> list[tuple[Question, str]]:
    """Return each question that is counted with each of its bases, first the one that splits the communes."""
    told = sorted((q for q in wave.codebook.questions if q.type != "texte"), key=lambda question: question.id != SPLIT)
    return [(question, base) for question in told for base in question.bases]


class Reader:
    """Whoever reads an edition's files, and knows by name who took part."""

    def __init__(self, wave: Wave) -> None:
        self.wave = wave
        self.places = list(product(*(wave.codebook.strata(by) for by in STRATA)))

    @cached_property
    def results(self) -> pd.DataFrame:
        """The counts that the files give."""
        return tidy(self.wave)["resultats"]

    def crossed(self, question: str, active: str) -> pd.DataFrame:
        """Return the true answers where the breakdowns cross."""
        tables = (self.wave.cells, self.wave.no_opinion)
        found = [pd.DataFrame({(p, t): of(question, active, p, t) for p, t in self.places}) for of in tables]
        return pd.concat(found).rename(index=_firsts(self.wave.codebook[question]))

    def present(self) -> pd.Series:
        """Return how many communes took part there."""
        return pd.Series({(p, t): self.wave.size("communes", province=p, taille=t) for p, t in self.places})

    def answering(self, question: str, base: str) -> pd.Series:
        """Return how many of a base truly answered there."""
        return pd.Series({(p, t): self.wave.answering(question, base, province=p, taille=t) for p, t in self.places})

    @cached_property
    def activity(self) -> Published | None:
        """What is told of who is active."""
        return self.published(self.wave.codebook[SPLIT], "communes")

    @cached_property
    def groups(self) -> dict[str, dict[str, pd.DataFrame]]:
        """At least and at most how many are active, or are not, in each stratum."""
        found = ranges(self.activity)
        return {
            side: {
                by: pd.DataFrame(
                    [found.get((by, side, s), (k, k)) for s, k in table.loc[side].items()],
                    table.columns,
                    ["least", "most"],
                )
                for by, table in self.activity.breakdowns.items()
            }
            for side in ("oui", "non")
        }

    def published(self, question: Question, base: str) -> Published | None:
        """Return all that is told of a question; None where none of its answers are."""
        rows = self.results.query("question == @question.id and base == @base and sorte != 'score'")
        whole = rows[rows["ventilation"] == "ensemble"]
        if (whole["statut"] == "[c]").any():
            return None
        overall, shown, totals = whole.set_index("reponse")["effectif"].astype(int), {}, {}
        if question.type == "classement":
            overall = overall[list(_firsts(question).values())]
        for by in STRATA:
            split, strata = rows[rows["ventilation"] == by], list(self.wave.codebook.strata(by))
            counts = split.set_index(["strate", "reponse"])["effectif"]
            shown[by] = pd.DataFrame({stratum: counts[stratum] for stratum in strata}).loc[overall.index]
            # Of whom an answer is that is no opinion, all who answered are.
            totals[by] = split.groupby("strate")["n"].max()[strata]
        several = question.type == "choix_multiple"
        told = Published(overall, int(whole["n"].max()), shown, totals, several, alone=question.alone)
        if base in ("actives", "non_actives") and list(self.activity.hidden):
            # Who left it blank is not told.
            groups = {by: ends.assign(least=0) for by, ends in self.groups[activity_of(base)].items()}
            return replace(told, most=self.present(), groups=groups)
        # Else other questions can tell how many answered where the breakdowns cross: in the worst case, of each.
        return replace(told, crossing=self.answering(question.id, base))


def twin(reader: Reader, seed: int) -> Wave:
    """Return a wave that differs from another in what is hidden, as far as it can."""
    every = counted(reader.wave)
    try:
        return _twin(reader, seed, every)
    except ValueError:  # who is active can be otherwise, and so can what the active answer, but not just so at once
        return _twin(reader, seed, [(question, base) for question, base in every if question.id != SPLIT])


def _twin(reader: Reader, seed: int, changed: list[tuple[Question, str]]) -> Wave:
    wave, draw, cubes = reader.wave, np.random.default_rng(seed), {}
    answered = wave.answered.copy()
    for question, base in counted(wave):
        cube = reader.crossed(question.id, activity_of(base))
        told = reader.published(question, base) if (question, base) in changed else None
        if wave.withheld(question.id, base):
            # So that as few of them have an opinion.
            opinion = ~cube.index.isin(question.no_opinion)
            cube.loc[opinion] = np.roll(cube[opinion].to_numpy(), 1, axis=0)
        elif told is not None and list(told.hidden):
            if told.crossing is None:
                side = cubes[SPLIT, "communes"].loc[activity_of(base)]
                told = replace(told, groups={}, most=side)
            found = another(told, draw.normal(size=len(list(told.hidden))))
            cube = _filled(wave, question, found, cube)
            if told.multiple:
                everybody = pd.DataFrame({place: {"n": found[None, *place]} for place in cube})
                answered.update(_cells(question.id, base, everybody).set_index(answered.index.names)["effectif"])
        cubes[question.id, base] = cube
    for (question, base), cube in list(cubes.items()):
        if wave.codebook[question].type == "classement":
            cubes[question, base] = pd.concat([cube, _later_ranks(reader, draw, question, base)])
    counts = pd.concat([_cells(question, base, cube) for (question, base), cube in cubes.items()])
    given = {"numbers": other_numbers(wave, draw, counts), "orders": other_orders(wave, draw)}
    other = replace(wave, counts=counts, answered=answered, **given)
    # Which counts are hidden follows from the counts themselves; here only what is told of them is looked at.
    other.__dict__["_kept"] = {key: kept for key, kept in wave.__dict__["_kept"].items() if key[0] == "_protected"}
    return other


def _firsts(question: Question) -> dict[str, str]:
    """Return what the first places of a ranking are counted as, by option; nothing of any other question."""
    return {option: at_rank(option, 1) for option in question.options} if question.type == "classement" else {}


def _later_ranks(reader: Reader, draw: np.random.Generator, question: str, base: str) -> pd.DataFrame:
    """Return the other ranks as elsewhere: they are told of all together alone."""
    first = set(_firsts(reader.wave.codebook[question]).values())
    names = [name for name in reader.wave.codebook.answers(question) if name not in first]
    counts = reader.wave.counts
    of = counts[counts[["question", "active"]].eq([question, activity_of(base)]).all(axis=1)]
    cube = of.pivot_table("effectif", "modalite", list(STRATA)).astype(int).loc[names, reader.places]
    return cube.iloc[:, draw.permutation(cube.shape[1])].set_axis(cube.columns, axis=1)


def _filled(wave: Wave, question: Question, found: dict, cube: pd.DataFrame) -> pd.DataFrame:
    """Return answers where the breakdowns cross; of a rated item, scores that come to the sides found."""
    if question.type != "likert":
        return pd.DataFrame({place: [found[answer, *place] for answer in cube.index] for place in cube}, cube.index)
    scale, other = wave.codebook.scale(question.id), 0 * cube
    for option in question.no_opinion:
        other.loc[option] = [found[option, *place] for place in cube]
    for side in SIDES.values():
        scores = [str(score) for score in scale.side(side)]
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
