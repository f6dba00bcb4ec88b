"""Invented respondents of invented communes whose counts are those that the 2017 study prints.

The study publishes counts, not answers. Here communes and respondents are made up, drawn by
a fixed seed, so that counting them gives the printed tables again: what the book says of
rows can then be held against what it says of counts. Nothing of it is data; it is made
where a test needs it and never published.

Every margin of the study can be met at once but one, see `LEFT_OUT`.
"""

__all__ = ["LEFT_OUT", "Invented", "invent", "write"]

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import copy

import pandas as pd
import yaml

from utils.paths import DATA
from utils.survey.codebook import ALL, Question, activity_of
from utils.survey.wave import Wave

SEED = 2017
TWICE = 2  # communes with two respondents, says the study
LARGEST = 210_000  # inhabitants; the largest size has no upper bound
ANSWER, LATER = "2017-04-03", "2017-05-22"
REMARK = 'Un « guide » ; "simple", svp\nMerci d’avance'  # free text holds whatever separates

# Printed answers that nobody can have given: the table counts 94 of 92 active communes.
LEFT_OUT = {"communication_adaptee": ("7", "8")}


@dataclass(frozen=True)
class Invented:
    """Communes and respondents in the contract's form.

    Attributes
    ----------
    communes : DataFrame of str
        `ins, commune, province, population`: those asked.
    rows : DataFrame of str
        `id, date, commune, ins`, then a column per question; a row a respondent, in no order.
    taille, active : dict
        Size of every commune, and the activity of those that took part, by INS code.
    """

    communes: pd.DataFrame
    rows: pd.DataFrame
    taille: dict[str, str]
    active: dict[str, str]


def invent(printed: Wave, seed: int = SEED) -> Invented:
    """Make communes and respondents whose counts are the printed ones."""
    random = Random(seed)
    places = _places(printed, random)
    communes = pd.DataFrame(
        {"ins": ins, "commune": _name(number), "province": province, "population": _population(printed, taille, random)}
        for number, (ins, (province, taille, _)) in enumerate(places.items(), 1)
    )
    taille = {ins: size for ins, (_, size, _) in places.items()}
    active = {ins: activity for ins, (_, _, activity) in places.items() if activity}
    told = _commune_answers(printed, taille, active, random)
    others = {activity: [ins for ins in active if active[ins] == activity] for activity in ("oui", "non")}
    rows = [{"ins": ins, "date": LATER if random.random() < 0.5 else ANSWER, **told[ins]} for ins in active]
    # Who answers first for a commune that answers twice says what another one says, of the other activity once.
    for first, says in zip(random.sample(sorted(active), TWICE), ("oui", "non"), strict=True):
        rows.append({"ins": first, "date": "2017-02-28", **told[random.choice(others[says])]})
    _respondent_answers(printed, rows, random)
    random.shuffle(rows)
    names = dict(zip(communes["ins"], communes["commune"], strict=True))
    for number, row in enumerate(rows, 1):
        row |= {"id": f"R{number:03}", "commune": _written(names[row["ins"]], random)}
        if row["commune"] and random.random() < 0.5:
            row["ins"] = ""
    table = pd.DataFrame(rows, columns=["id", "date", "commune", "ins", *(q.id for q in printed.codebook.questions)])
    return Invented(communes, table.fillna(""), taille, active)


def write(invented: Invented, data: Path, wave: str) -> Path:
    """Write a wave's folder, and the questionnaire beside it; return the folder."""
    folder = data / wave
    folder.mkdir(parents=True)
    copy(DATA / "questionnaire.yml", data)
    copy(DATA / "2017" / "commentaires.yml", folder)
    claims = yaml.safe_load((DATA / "2017" / "affirmations.yml").read_text(encoding="utf-8"))["affirmations"]
    # Rows have nothing printed beside them, and invented inhabitants.
    claims = [claim for claim in claims if "publie(" not in str(claim) and "habitants_au" not in str(claim)]
    (folder / "affirmations.yml").write_text(yaml.safe_dump({"affirmations": claims}), encoding="utf-8")
    about = (DATA / "2017" / "vague.yml").read_text(encoding="utf-8")
    about = about.replace("source: effectifs\n", "source: reponses\nseuil_diffusion: 1\n")
    about = re.sub(r"habitants:\n(  .*\n)+", "", about)  # the frame is named, and has them
    (folder / "vague.yml").write_text(about, encoding="utf-8")
    invented.communes.to_csv(folder / "cadre.csv", index=False)
    invented.rows.to_csv(folder / "reponses.csv", index=False)
    return folder


def _places(printed: Wave, random: Random) -> dict[str, tuple[str, str, str]]:
    """Return province, size and activity (empty: did not answer) of every commune asked, by INS code.

    Any two margins of one total have a table: whoever stands in both is drawn.
    """
    found = []
    splits = {by: printed.split(by) for by in ("province", "taille")}
    absent = {by: {s: printed.asked(**{by: s}) - splits[by].loc[s].sum() for s in splits[by].index} for by in splits}
    for activity in ("oui", "non", ""):
        margins = [splits[by][activity].to_dict() if activity else absent[by] for by in ("province", "taille")]
        provinces, sizes = (_repeated(margin.items()) for margin in margins)
        random.shuffle(sizes)
        found += [(province, size, activity) for province, size in zip(provinces, sizes, strict=True)]
    random.shuffle(found)
    return {f"{11_000 + number}": place for number, place in enumerate(found, 1)}


def _name(number: int) -> str:
    kind = ("Sart-l’Évêque", "Œuvrée sur Meuse", "Saint-Éloi lez Prés", "La Fontaine aux Hêtres")[number % 4]
    return f"{kind} {number}"


def _written(name: str, random: Random) -> str:
    """Return a name as one of many people writes it, or nothing."""
    ways = (name, name.upper(), f"Commune de {name}", name.replace("’", "'").replace("Saint-", "St "), "")
    return random.choice(ways)


def _population(printed: Wave, taille: str, random: Random) -> str:
    size = next(size for size in printed.codebook.tailles if size.id == taille)
    return str(random.choice((size.minimum or 1, random.randrange(size.minimum or 1, size.maximum or LARGEST))))


def _repeated(counts: Iterable[tuple[str, int]]) -> list[str]:
    return [value for value, count in counts for _ in range(count)]


def _commune_answers(printed: Wave, taille: dict, active: dict, random: Random) -> dict[str, dict[str, str]]:
    told = {ins: {"active": activity} for ins, activity in active.items()}
    for question in printed.codebook.questions:
        if question.base == "repondants" or question.id == "active":
            continue
        wanted = activity_of(question.base)
        for activity in ("oui", "non") if wanted == ALL else (wanted,):
            group = [ins for ins in active if active[ins] == activity]
            sizes = [taille[ins] for ins in group]
            for ins, answer in zip(group, _answers(printed, question, activity, sizes, random), strict=True):
                told[ins][question.id] = answer
    return told


def _respondent_answers(printed: Wave, rows: list[dict[str, str]], random: Random) -> None:
    for question in printed.codebook.questions:
        if question.base == "repondants":
            answers = _answers(printed, question, ALL, [ALL] * len(rows), random)
            for row, answer in zip(rows, answers, strict=True):
                row[question.id] = answer


def _answers(printed: Wave, question: Question, activity: str, sizes: list[str], random: Random) -> Iterator[str]:
    """Return an answer for each who was asked, given the size of the commune of each."""
    if question.type == "texte":
        return iter([REMARK if random.random() < 0.1 else "" for _ in sizes])
    if question.type == "choix_multiple":
        return _several(printed, question, activity, sizes, random)
    counts = printed.cells(question.id, activity).to_dict()
    for answer in LEFT_OUT.get(question.id, ()):
        counts[answer] -= 1
    given = _repeated(counts.items())
    given += [""] * (len(sizes) - len(given))
    random.shuffle(given)
    return iter(given)


def _several(printed: Wave, question: Question, activity: str, sizes: list[str], random: Random) -> Iterator[str]:
    """Draw who chose each option: in each size where the study tells it so, among all elsewhere.

    Nobody is left without any while there are enough: counts do not tell who is.
    """
    rows = printed.counts[(printed.counts["question"] == question.id) & (printed.counts["active"] == activity)]
    counts = rows.set_index(["modalite", "taille"])["effectif"]
    chosen: list[list[str]] = [[] for _ in sizes]
    for option in question.options:
        told = counts[option]
        for size, count in (told.drop(ALL) if len(told) > 1 else told).items():
            places = [place for place, own in enumerate(sizes) if size in (ALL, own)]
            random.shuffle(places)
            for place in sorted(places, key=lambda place: bool(chosen[place]))[:count]:
                chosen[place].append(option)
    for options in chosen:
        random.shuffle(options)
        yield ";".join(options)
