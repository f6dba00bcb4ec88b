"""Waves of invented communes that are asked a few questions of a test's own; right results can be counted by hand."""

__all__ = ["asking", "communes"]

import yaml

from support.respondents import ABOUT, table
from utils.paths import DATA
from utils.reading import waves

PROVINCES = ("Namur", "Liège", "Hainaut", "Luxembourg", "Brabant wallon")
SIZES = (3000, 9000, 30000, 80000)


def communes(n):
    """Name communes, each with a code, a province and inhabitants."""
    letters = [first + second for first in "ABCDEFGHIJKLMNOPQRST" for second in "abcdefghijklmnopqrst"][:n]
    return [(91001 + i, f"Commune{name}", PROVINCES[i % 5], SIZES[i % 4] + i) for i, name in enumerate(letters)]


def asking(data, questions, answers, *, active=None, wave="2026", load=True, **about):
    """Write `data/` with a wave that asks `active` and `questions`, and load it.

    `answers` has a row of cells a commune; `active` tells how many of the first communes are.
    """
    asked = yaml.safe_load((DATA / "questionnaire.yml").read_text(encoding="utf-8"))
    told = [
        {"chapitre": "26_opinion", "libelle": question["id"].capitalize(), "enonce": "Un énoncé.", "base": "actives"}
        | question
        for question in questions
    ]
    asked.pop("message", None)  # it stands on questions that may be gone
    asked["questions"] = [question for question in asked["questions"] if question["id"] == "active"] + told
    active = len(answers) if active is None else active
    folder = data / wave
    folder.mkdir(parents=True)
    frame = communes(len(answers))
    rows = [
        (i, name, "oui" if i < active else "non", *cells)
        for i, ((_, name, *_), cells) in enumerate(zip(frame, answers, strict=True))
    ]
    files = {
        data / "questionnaire.yml": yaml.safe_dump(asked, allow_unicode=True),
        folder / "vague.yml": yaml.safe_dump(ABOUT | about, allow_unicode=True),
        folder / "cadre.csv": table([("ins", "commune", "province", "population"), *frame]),
        folder / "reponses.csv": table([("id", "commune", "active", *(q["id"] for q in questions)), *rows]),
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return waves.load(wave, data) if load else data
