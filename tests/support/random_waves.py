"""Waves drawn at random: few or many communes, most or few of them active, blanks, communes that answer twice."""

__all__ = ["drawn", "within"]

import csv
from pathlib import Path

import numpy as np
import yaml

from support.respondents import ABOUT, CODEBOOK, Folder
from utils.paths import DATA
from utils.survey.codebook import Codebook, Question
from utils.survey.places import ranks_of
from utils.survey.wave import Wave


def drawn(seed: int, data: Path, threshold: int = 5, questionnaire: str | None = None) -> Wave:
    """Write a random wave into a folder and load it; of another questionnaire where its text is given."""
    codebook = CODEBOOK
    if questionnaire:
        codebook = Codebook(**yaml.safe_load(questionnaire)).at("2026-03")
    draw = np.random.default_rng(seed)
    with (DATA / "demo" / "cadre.csv").open(encoding="utf-8") as file:
        frame = list(csv.DictReader(file))
    few = draw.random() < 0.2
    size = int(draw.integers(1, 25)) if few else int(len(frame) * draw.uniform(0.15, 0.9))
    asked = draw.permutation(len(frame))[:size]
    active = {province: draw.beta(4, 1 + 4 * draw.random()) for province in sorted({row["province"] for row in frame})}
    blank = draw.choice([0, 0.05, 0.3])
    counted = [question for question in codebook.questions if question.type != "texte"]
    likes = {question.id: draw.dirichlet(np.full(len(_choices(codebook, question)), 0.8)) for question in counted}
    rows = []
    for commune in (frame[place] for place in asked):
        for _ in range(2 if draw.random() < 0.03 else 1):
            told = "oui" if draw.random() < active[commune["province"]] else "non"
            rows.append(_row(draw, codebook, len(rows), commune, told, likes, blank))
    folder = Folder(rows, frame, ABOUT | {"seuil_diffusion": threshold})
    if questionnaire:
        folder.files["../questionnaire.yml"] = questionnaire.encode()
    return folder.load(data)


def _row(
    draw: np.random.Generator,
    codebook: Codebook,
    number: int,
    commune: dict,
    active: str,
    likes: dict,
    blank: float,
) -> dict:
    row = {"id": f"R{number}", "date": f"2026-03-{1 + number % 28:02}", "commune": commune["commune"]}
    row["ins"] = commune["ins"]
    for question in codebook.questions:
        answers = _choices(codebook, question)
        if question.id == "active":
            row[question.id] = active
        elif question.type == "texte" or (active == "non" and question.base == "actives") or draw.random() < blank:
            row[question.id] = ""
        elif question.type == "choix_multiple":
            given = [a for a, p in zip(answers, likes[question.id], strict=True) if draw.random() < 3 * p]
            row[question.id] = ";".join([a for a in given if a in question.alone][:1] or given)
        elif question.type == "nombre":
            row[question.id] = str(within(draw, question, draw.choice(answers, p=likes[question.id])))
        elif question.type == "classement":
            # Those that are liked stand first, mostly; not all rank as many.
            last = int(draw.integers(1, len(ranks_of(question)), endpoint=True))
            row[question.id] = ";".join(draw.choice(answers, last, replace=False, p=likes[question.id]))
        else:
            row[question.id] = str(draw.choice(answers, p=likes[question.id]))
    return row


def _choices(codebook: Codebook, question: Question) -> tuple[str, ...]:
    """Return what may be chosen: of a number its classes, of a ranking its options."""
    return tuple(question.options) if question.single else codebook.answers(question.id)


def within(draw: np.random.Generator, question: Question, name: str) -> int:
    """Draw a whole number of a class."""
    measure = question.measure
    ends = (*measure.bounds, measure.maximum + 1)
    place = list(measure.classes).index(name)
    return int(draw.integers(ends[place], ends[place + 1]))
