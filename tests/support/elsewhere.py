"""Surveys of other territories, to stand beside 2017: a Flemish one as it was brought, an invented Corsican one."""

import random
from pathlib import Path
from shutil import copytree

import yaml

from support.respondents import ABOUT, table
from utils.reading import waves
from utils.reading.questionnaires import read_questionnaire

__all__ = ["CORSICAN", "FLEMISH", "corsican", "flemish"]

FLEMISH, CORSICAN = "2026-flandre", "2026-corse"
BROUGHT = Path(__file__).parent / "flandre"
# Codes of departments hold a letter; how many communes there are is not said.
CORSICA = {
    "nom": "Corse",
    "de": "de Corse",
    "entier": "toute la Corse",
    "adjectif": "corses",
    "pays": {"nom": "France", "lieu": "en France", "code": "FR"},
    "strate": {"singulier": "département", "pluriel": "départements", "genre": "masculin"},
    "code": {"nom": "code INSEE", "forme": "(?:[0-9]{2}|2[AB])[0-9]{3}", "dit": "de cinq signes"},
    "provinces": [
        {"id": "corse_du_sud", "libelle": "Corse-du-Sud"},
        {"id": "haute_corse", "libelle": "Haute-Corse"},
    ],
}
DEPARTMENTS = (("2A", "Corse-du-Sud"), ("2B", "Haute-Corse"))


def flemish(data):
    """Add the Flemish survey to `data/`, with its territory."""
    return copytree(BROUGHT, data, dirs_exist_ok=True)


def corsican(data, departments=DEPARTMENTS, seed=2026):
    """Add to `data/` a survey of twenty communes a department, listed without inhabitants; three in four answer."""
    draw, folder = random.Random(seed), data / CORSICAN
    folder.mkdir(parents=True)
    (data / "territoires").mkdir(exist_ok=True)
    (data / "territoires" / "corse.yml").write_text(yaml.safe_dump(CORSICA, allow_unicode=True), encoding="utf-8")
    about = ABOUT | {"territoire": "corse", "seuil_diffusion": 1, "titre": "Les communes corses et les médias sociaux"}
    (folder / "vague.yml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    frame = [(f"{code}{i:03}", f"Piève {code} {i}", name) for code, name in departments for i in range(4, 24)]
    (folder / "cadre.csv").write_text(table([("ins", "commune", "province"), *frame]), encoding="utf-8")
    asked = read_questionnaire([], data).at("2026-03")
    rows = []
    for number, (code, name, _) in enumerate(frame, 1):
        active = draw.choice(["oui", "oui", "non"])
        row = {"id": f"R{number}", "date": "2026-03-10", "commune": name, "ins": code}
        for question in asked.questions:
            answers = asked.answers(question.id)
            several = question.type == "choix_multiple"
            row[question.id] = ";".join(draw.sample(answers, 2)) if several else draw.choice(answers or ["Un guide."])
            if question.base == "actives" and active == "non":
                row[question.id] = ""
        rows.append(row | {"active": active})
    rows = [row for i, row in enumerate(rows) if i % 4]
    responses = table([list(rows[0]), *(row.values() for row in rows)])
    (folder / "reponses.csv").write_text(responses, encoding="utf-8")
    return waves.load(CORSICAN, data)
