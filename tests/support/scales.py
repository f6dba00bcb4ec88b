"""Waves of twenty communes that rate two items, each on its own scale: right results can be counted by hand."""

__all__ = ["CASES", "POLARITIES", "rated"]

import yaml

from support.respondents import ABOUT, table
from utils.paths import DATA
from utils.reading import waves

SIDES = ("desaccord", "neutre", "accord")


def scale(least, middle, most, low, high, *, sides=SIDES):
    """Describe a scale by its first score, where its middle begins, where its last side begins, and its last score."""
    bounds = ((least, middle[0]), middle, (middle[1], most + 1))
    groups = [
        {"id": f"g{i}", "libelle": f"{start}–{end - 1}", "scores": list(range(start, end)), "sens": side}
        for i, ((start, end), side) in enumerate(zip(bounds, sides, strict=True))
    ]
    return {"minimum": least, "maximum": most, "bas": low, "haut": high, "groupes": groups}


SCALES = {
    "cinq": scale(1, (3, 4), 5, "pas du tout", "tout à fait"),
    "strict": scale(1, (3, 5), 5, "jamais", "toujours"),
    "inverse": scale(1, (3, 4), 5, "tout à fait", "pas du tout", sides=SIDES[::-1]),
    "dix": scale(1, (5, 7), 10, "pas du tout d’accord", "tout à fait d’accord"),
}
# The scale of each item, and what twelve active communes, then eight others, say to the two: four answers in turn.
CASES = {
    "own": (("cinq", "strict"), ((3, 4), (4, 4), (4, 4), (2, 5))),
    "reversed": (("cinq", "inverse"), ((3, 1), (4, 1), (4, 2), (2, 1))),
    "lengths": (("dix", "cinq"), ((4, 5), (5, 5), (5, 4), (6, 5))),
}
POLARITIES = ("defavorable", "defavorable")
ITEMS = ("budget", "temps")


def rated(data, case, polarities=POLARITIES, answers=None):
    """Write `data/` with a wave of one case, and load it; other `answers` are twenty pairs of scores."""
    scales, turns = CASES[case]
    answers = answers or [turns[i % 4] for i in range(20)]
    asked = yaml.safe_load((DATA / "questionnaire.yml").read_text(encoding="utf-8"))
    items = [
        {"id": item, "chapitre": "27_obstacles", "type": "likert", "echelle": on, "libelle": f"Manque de {item}"}
        | {"enonce": f"Il manque {item}.", "constat": f"manquer de {item}", "polarite": polarity, "base": "communes"}
        for item, on, polarity in zip(ITEMS, scales, polarities, strict=True)
    ]
    active = [question for question in asked["questions"] if question["id"] == "active"]
    asked.pop("message", None)  # it stands on questions that are gone
    asked |= {"echelles": {name: SCALES[name] for name in scales}, "questions": active + items}
    folder = data / "2026"
    folder.mkdir(parents=True)
    names = [f"Commune{letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
    frame = [(91001 + i, name, "Namur", 7000 + 4000 * i) for i, name in enumerate(names)]
    rows = [(i, name, "oui" if i < 12 else "non", *answers[i]) for i, name in enumerate(names)]
    files = {
        data / "questionnaire.yml": yaml.safe_dump(asked, allow_unicode=True),
        folder / "vague.yml": yaml.safe_dump(ABOUT, allow_unicode=True),
        folder / "cadre.csv": table([("ins", "commune", "province", "population"), *frame]),
        folder / "reponses.csv": table([("id", "commune", "active", *ITEMS), *rows]),
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return waves.load("2026", data)
