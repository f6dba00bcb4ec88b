"""Write the demonstration wave, and the same answers as a form tool would export them.

Run it as `.venv/bin/python data/demo/fabriquer.py`: it writes `cadre.csv`, `reponses.csv` and
`vague.yml` beside it, and `communes.csv` and `export-google-forms.csv` in `docs/tutoriel/`; given
a folder, it writes them there as in the project's root.

All is invented. The communes bear codes that no commune has, and names put together from
syllables and held once against lists of communes and villages of Belgium and France; no
sentence tells of anybody. Every column draws from a stream of its own, seeded by its name:
two runs write the same bytes, and a new question leaves the other columns as they were.
"""

import csv
import math
import random
import sys
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from utils.paths import DATA, ROOT
from utils.reading.files import read_document
from utils.reading.problems import DataError
from utils.survey.codebook import ALL, Codebook, Question, activity_of

ABOUT = """\
titre: "Les communes et les médias sociaux : données de démonstration"
organisateur: Données fictives
periode:
  debut: 2026-02
  fin: 2026-04
fictif: true
source: reponses
carte:
  participation: true
  source: limites inventées, comme les communes
notes:
  - L’enquête de cette édition est inventée, des communes à leurs réponses. Elle ne décrit aucune commune réelle et aucune personne, et ses résultats n’apprennent rien sur la Wallonie.
  - Le nom et le tracé des provinces sont réels ; les communes, leurs codes INS, leurs limites et leurs nombres d’habitants n’existent pas.
  - Les réponses sont tirées au hasard par data/demo/fabriquer.py. Elles montrent ce que le livre fait d’une enquête dont il reçoit les réponses une à une.
  - Comme dans une vraie enquête, des réponses manquent, des noms de communes sont écrits de plusieurs façons et quelques communes ont répondu deux fois.
"""  # noqa: E501
# By province: the first two digits of its codes, its communes, those that answer, the active ones among them.
PROVINCES = {
    "brabant_wallon": (95, 27, 21, 13),
    "hainaut": (96, 69, 35, 22),
    "liege": (97, 84, 38, 25),
    "luxembourg": (98, 44, 25, 15),
    "namur": (99, 38, 23, 14),
}
SIZES = ((58, 1_100, 5_000), (165, 5_000, 20_000), (30, 20_000, 50_000), (9, 50_000, 170_000))
TWICE = 6  # communes with two respondents
SILENT = 0.05  # answers that are missing
FIRST_DAY, DAYS = datetime(2026, 2, 16), 55

HEADS = "Orv Brandr Drav Elvr Fluv Gorn Houdr Jalv Lurm Norqu Ostr Plév Quarm Rondr Sulvr Trév Ulv Vaudr Wézr Xhalv"
TAILS = "anche ombre ence usse ivaux èche ondes aule inche ivelle ignies ôle euvre issart onnelle ançon"
RIVERS = ("Drelle", "Ouvresse", "Thérolle", "Mirvaine", "Sauvrine", "Drisonne")
SAINTS = ("Ovrande", "Orquille", "Quelvin", "Trévald", "Ermelot", "Galvaud", "Ostrevin", "Bœldran")

# Mean scores among active communes and, where they answer too, among the others; else the middle of the scale.
MEANS = {
    "sujets_connus": (6.3,),
    "mentions_connues": (5.0,),
    "communication_adaptee": (6.8,),
    "reponse_questions": (7.6,),
    "discussion_residents": (4.4,),
    "strategie_communication": (6.9,),
    "annonces_payantes": (3.1,),
    "utilisation_optimale": (5.2,),
    "obstacle_budget": (5.6, 6.6),
    "obstacle_personnel": (6.2, 7.3),
    "obstacle_dirigeants": (3.0, 4.9),
    "obstacle_lignes_directrices": (5.2, 6.4),
    "obstacle_innovation": (3.4, 4.6),
}
# One weight an option, in the order of the questionnaire; for several choices, how often each is ticked.
WEIGHTS = {
    "role": (40, 22, 16, 8, 6, 8),
    "implication_citoyens": (8, 46, 22, 24),
    "communiquer_davantage": (68, 10, 22),
    "medias": (0.97, 0.2, 0.34, 0.38, 0.66, 0.31, 0.27, 0.06, 0.24),
    "circonstances": (0.95, 0.93, 0.8, 0.72, 0.7, 0.38, 0.17, 0.03),
    "communicateurs": (0.22, 0.62, 0.3, 0.24, 0.28, 0.1),
    "demandes": (0.4, 0.35, 0.18, 0.3, 0.12, 0.2, 0.24, 0.15, *[0.07] * 11),
}
SENTENCES = (
    "Une journée d’échange par an entre communes de même taille.",
    "Savoir quoi répondre quand un commentaire dérape, et qui doit le faire.",
    "Un modèle de charte à adapter, court et sans jargon.",
    "Nous manquons surtout de temps : une demi-journée par semaine changerait tout.",
    "Apprendre à filmer avec un téléphone, puis à sous-titrer.",
    "Un calendrier de publication partagé entre les services.",
    "Des exemples de bonnes réponses en situation de crise (inondation, coupure d’eau…).",
    "Pouvoir publier une seule fois pour le site, le bulletin et les réseaux.",
    "Convaincre le collège que cela fait partie du service au public.",
    "Des photos libres de droits ; les nôtres datent.",
    "Comprendre les statistiques des pages : que regarder, à quoi cela sert ?",
    "Former aussi les collègues de l’accueil, de la bibliothèque et des travaux.",
    "Un « kit de départ » pour une commune qui n’a encore aucune page.",
    "Savoir atteindre les jeunes sans délaisser ceux qui n’ont pas internet.",
    "Rien de plus pour l’instant.",
)
# What the form asks in other words than the questionnaire, or beside it.
WORDING = {
    "date": "Horodateur",
    "email": "Adresse e-mail",
    "commune": "Nom de votre commune",
    "ins": "Code INS de votre commune (si vous le connaissez)",
    "role": "Quelle fonction exercez-vous dans votre commune ?",
    "active": "Votre commune est-elle active sur au moins un média social ?",
    "medias": "Sur quels médias sociaux votre commune est-elle présente ?",
    "demandes": "Quels outils, solutions ou formations aideraient votre commune ?",
    "demandes_texte": "Décrivez votre besoin en quelques mots.",
}


def _stream(name: str) -> random.Random:
    return random.Random(f"démonstration 2026, {name}")


def _names(number: int) -> list[str]:
    """Return names that no commune bears, simple and compound."""
    rng = _stream("noms")
    stems = [head + tail for head in HEADS.split() for tail in TAILS.split()]
    rng.shuffle(stems)
    names = [f"Saint-{saint}" for saint in SAINTS]
    names += [f"{stems.pop()}-sur-{rng.choice(RIVERS)}" for _ in range(44)]
    names += [f"{stems.pop()}-lez-{rng.choice(stems[:60])}" for _ in range(16)]
    names += stems[: number - len(names)]
    rng.shuffle(names)
    return names


def frame() -> list[dict]:
    """Return the communes asked: `ins`, `commune`, `province`, `population`."""
    rng, names = _stream("cadre"), _names(sum(number for number, *_ in SIZES))
    people = [int(low + (high - low) * rng.random() ** 1.6) for number, low, high in SIZES for _ in range(number)]
    rng.shuffle(people)
    places = [
        (str(digits * 1000 + 1 + i), province)
        for province, (digits, number, *_) in PROVINCES.items()
        for i in range(number)
    ]
    return [
        {"ins": ins, "commune": name, "province": province, "population": population}
        for (ins, province), name, population in zip(places, names, people, strict=True)
    ]


def respondents(communes: list[dict]) -> list[dict]:
    """Return who answers, in order of time: its commune, how at ease that is, whether it is active."""
    rng, chosen = _stream("répondants"), []
    for province, (_, _, answering, active) in PROVINCES.items():
        # The larger a commune, the likelier it is to answer, to be at ease and to be active.
        places = [c for c in communes if c["province"] == province]
        places.sort(key=lambda c: -(c["population"] ** 0.12) * (0.5 + rng.random()))
        places = [{**c, "ease": 0.6 * math.log(c["population"] / 8000) + rng.gauss(0, 0.8)} for c in places[:answering]]
        places.sort(key=lambda c: rng.gauss(0, 0.9) - c["ease"])
        chosen += [{**c, "active": i < active} for i, c in enumerate(places)]
    for person in chosen:
        person["date"] = FIRST_DAY + timedelta(days=rng.randrange(DAYS), seconds=rng.randrange(8 * 3600, 18 * 3600))
    again = rng.sample(chosen, TWICE)
    chosen += [{**first, "date": first["date"] + timedelta(days=rng.randrange(2, 18), minutes=7)} for first in again]
    chosen.sort(key=lambda person: person["date"])
    for number, person in enumerate(chosen, 1):
        person |= {"id": f"r{number:03}", "email": f"repondant{number:03}@example.com", "answers": {}}
        person["commune"] = _typed(person["commune"], rng) if rng.random() < 0.4 else person["commune"]
        person["ins"] = person["ins"] if rng.random() < 0.85 else ""
    return chosen


def _typed(name: str, rng: random.Random) -> str:
    """Write a name as somebody in a hurry would."""
    unmarked = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    short = name.replace("Saint-", "St ").replace("-sur-", " s/ ").replace("-lez-", " lès ")
    of = "d’" if unmarked[0] in "AEIOU" else "de "
    ways = [name.upper(), unmarked.lower(), unmarked, name.replace("-", " "), f"Commune {of}{name}", short]
    return rng.choice([way for way in ways if way != name])


def answer(question: Question, codebook: Codebook, person: dict, rng: random.Random) -> list[str]:
    """Draw what a respondent answers to one question: options, a score or a text; nothing if not asked or silent."""
    active = "oui" if person["active"] else "non"
    if question.id == "active":
        return [active]
    if activity_of(question.base) not in (ALL, active) or rng.random() < SILENT:
        return []
    if question.type == "texte":
        return [rng.choice(SENTENCES)] if rng.random() < 0.3 else []
    if question.type == "likert":
        scale = codebook.scale(question.id)
        means = MEANS.get(question.id, ((scale.minimum + scale.maximum) / 2,))
        eased = -0.5 if question.id.startswith("obstacle") else 0.7
        score = round(rng.gauss(means[0 if person["active"] else -1] + eased * person["ease"], 2.1))
        return [str(min(max(score, scale.minimum), scale.maximum))]
    options = list(question.options)
    if question.type == "choix_unique":
        return rng.choices(options, WEIGHTS.get(question.id))
    shares = zip(options, WEIGHTS.get(question.id, [0.2] * len(options)), strict=True)
    return [option for option, share in shares if rng.random() < share * (1 + 0.15 * person["ease"])]


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable], end: str = "\n") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator=end).writerows([header, *rows])


def main(root: Path) -> None:
    """Write every file below `root`."""
    problems = []
    questionnaire = read_document(DATA / "questionnaire.yml", Codebook, problems)
    if questionnaire is None:
        raise DataError(problems)
    codebook, communes = questionnaire.at(f"{FIRST_DAY:%Y-%m}"), frame()
    people, questions = respondents(communes), codebook.questions
    for question in questions:
        rng = _stream(question.id)
        for person in people:
            person["answers"][question.id] = answer(question, codebook, person, rng)

    def columns(of: Callable[[Question, list[str]], str], *facts: str) -> list[list[str]]:
        return [[*(p[fact] for fact in facts), *(of(q, p["answers"][q.id]) for q in questions)] for p in people]

    def labels(question: Question, given: list[str]) -> str:
        # A form asks whether one is active, and offers yes and no.
        told = given if question.id == "active" else [question.options.get(option, option) for option in given]
        return ", ".join(label[0].upper() + label[1:] for label in told)

    demo, tutorial = root / "data" / "demo", root / "docs" / "tutoriel"
    for folder in (demo, tutorial):
        folder.mkdir(parents=True, exist_ok=True)
    (demo / "vague.yml").write_text(ABOUT, encoding="utf-8", newline="\n")
    for path in (demo / "cadre.csv", tutorial / "communes.csv"):
        _write(path, communes[0], [commune.values() for commune in communes])
    rows = columns(lambda _, given: ";".join(given), "id", "date", "commune", "ins")
    rows = [[row[0], f"{row[1]:%Y-%m-%d}", *row[2:]] for row in rows]
    _write(demo / "reponses.csv", ["id", "date", "commune", "ins", *(q.id for q in questions)], rows)
    exported = columns(labels, "date", "email", "commune", "ins")
    exported = [[f"{row[0]:%d/%m/%Y %H:%M:%S}", *row[1:]] for row in exported]
    titles = [WORDING[fact] for fact in ("date", "email", "commune", "ins")]
    titles += [WORDING.get(question.id, question.enonce) for question in questions]
    _write(tutorial / "export-google-forms.csv", titles, exported, end="\r\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
