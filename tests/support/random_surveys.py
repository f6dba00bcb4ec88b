"""Surveys drawn at random: other questions, scales and bases, in both kinds of wave, with few or many answers."""

__all__ = ["written"]

import csv
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import yaml

from support.respondents import table
from utils.paths import DATA
from utils.reading.questionnaires import read_questionnaire
from utils.survey.codebook import ALL, CELL, SPLIT, Codebook, Question, activity_of
from utils.survey.places import at_rank, ranks_of

SLUGS = ("21_profil", "22_presence", "23_connaissance", "24_pratiques", "25_acteurs", "26_opinion", "27_obstacles")
SLUGS += ("28_attentes",)
WORDS = ("budget", "l’accueil", "« Twitter »", "temps (ETP)", "X & Y", "100 %", "œuvre", "rôle", "site", "a")


def written(seed: int, data: Path) -> tuple[str, str]:
    """Write `data/` with a random questionnaire and two random waves; return the names of the first and the second."""
    draw = np.random.default_rng(seed)
    for shared in ("contexte.csv", "formations.csv", "fusions.csv", "couverture.csv", "fausses_alertes.csv"):
        shutil.copy(DATA / shared, data / shared)
    for shared in ("frontieres", "territoires"):
        shutil.copytree(DATA / shared, data / shared)
    asked = _questionnaire(draw)
    text = yaml.safe_dump(asked, allow_unicode=True, sort_keys=False)
    (data / "questionnaire.yml").write_text(text, encoding="utf-8")
    codebook = read_questionnaire(problems := [], data)
    assert codebook, problems
    for wave in ("2031", "2032"):
        (data / wave).mkdir()
        (_counts if draw.random() < 0.3 else _rows)(draw, codebook.at(f"{wave}-01"), wave, data / wave)
    return "2031", "2032"


def _questionnaire(draw: np.random.Generator) -> dict:
    asked = yaml.safe_load((DATA / "questionnaire.yml").read_text(encoding="utf-8"))
    for number in range(draw.integers(0, 3)):
        asked["echelles"][f"echelle_{number}"] = _scale(draw)
    kept = [q for q in asked["questions"] if q["id"] == SPLIT or draw.random() > draw.choice([0, 0.2, 0.9])]
    for question in kept:
        question.pop("selon_taille", None)  # it wants its counts by size, of a wave of counts too
        if question["id"] != SPLIT and draw.random() < 0.2:
            question["base"] = str(draw.choice(["repondants", "communes", "actives", "non_actives"]))
        if question["type"] == "likert" and draw.random() < 0.2:
            question["echelle"] = str(draw.choice(list(asked["echelles"])))
    new = [_question(draw, number, list(asked["echelles"])) for number in range(draw.integers(0, 8))]
    asked.pop("message", None)  # it stands on questions that may be gone
    asked["questions"] = kept + new
    if draw.random() < 0.2:
        _ask_nobody_whether_active(asked["questions"])
    if draw.random() < 0.3:
        asked |= _compared(draw, asked["questions"])
    return asked


def _ask_nobody_whether_active(questions: list[dict]) -> None:
    for question in list(questions):
        if question["id"] == SPLIT:
            questions.remove(question)
        elif question["base"] in ("actives", "non_actives"):
            question["base"] = "communes"


def _compared(draw: np.random.Generator, questions: list[dict]) -> dict:
    """Return two kinds of communes to compare, where some question tells them apart; nothing where none does."""
    able = [q for q in questions if q["type"] == "choix_unique" and q["base"] == "communes" and q["id"] != SPLIT]
    able = [q for q in able if len(q["modalites"]) > 1]
    if not able:
        return {}
    question = able[int(draw.integers(len(able)))]
    first, *others = (option["id"] for option in question["modalites"])
    others = others[: int(draw.integers(1, len(others) + 1))]
    sides = (("premieres", [first], "qui ont un plan"), ("secondes", others, "sans plan"))
    told = [{"id": name, "modalites": of, "singulier": said, "pluriel": said} for name, of, said in sides]
    return {"comparer": {"question": question["id"], "groupes": told}}


def _scale(draw: np.random.Generator) -> dict:
    """Return a scale of two to eleven scores, of either direction, with or without a middle."""
    first, length = int(draw.choice([0, 1, -2])), int(draw.integers(2, 12))
    scores = list(range(first, first + length))
    middle = scores[length // 2] if length % 2 and draw.random() < 0.8 else None
    half = scores[length // 2] if middle is None else middle
    below, above = [s for s in scores if s < half], [s for s in scores if s >= half and s != middle]
    ways = ["desaccord", "accord"] if draw.random() < 0.7 else ["accord", "desaccord"]
    groups = [{"id": "bas", "libelle": "bas", "scores": below, "sens": ways[0]}]
    groups += (
        [{"id": "milieu", "libelle": "milieu", "scores": [middle], "sens": "neutre"}] if middle is not None else []
    )
    groups += [{"id": "haut", "libelle": "haut", "scores": above, "sens": ways[1]}]
    ends = {"bas": "tout en bas", "haut": "tout en haut"}
    return {"minimum": scores[0], "maximum": scores[-1], **ends, "groupes": groups}


def _question(draw: np.random.Generator, number: int, scales: list[str]) -> dict:
    kinds = ["likert", "choix_unique", "choix_multiple", "nombre", "classement", "texte"]
    kind = str(draw.choice(kinds, p=[0.3, 0.2, 0.25, 0.1, 0.1, 0.05]))
    words = " ".join(draw.choice(WORDS, int(draw.integers(1, 6))))
    question = {
        "id": f"nouvelle_{number}",
        "chapitre": str(draw.choice(SLUGS)),
        "type": kind,
        "libelle": f"Question {number} {words}",
        "enonce": f"On demande {words} ?",
        "base": str(draw.choice(["repondants", "communes", "actives", "non_actives"])),
    }
    if kind == "likert":
        question |= {"echelle": str(draw.choice(scales)), "constat": f"essayer {words}"}
        question |= {"polarite": str(draw.choice(["favorable", "defavorable", "neutre"]))}
        if draw.random() < 0.3:
            question["modalites"] = [{"id": "nsp", "libelle": "ne sait pas"}]
    if kind == "nombre":
        low = int(draw.choice([0, -5, 100]))
        question |= {"unite": "équivalents temps plein", "minimum": low, "maximum": low + int(draw.choice([1, 7, 900]))}
        question["entier"] = bool(draw.random() < 0.5)
    if kind == "classement":
        question["modalites"] = [{"id": f"m{i}", "libelle": f"but {i}"} for i in range(int(draw.integers(1, 7)))]
        question |= {"rangs": 2} if draw.random() < 0.3 else {}
    if kind.startswith("choix"):
        options = range(int(draw.integers(1, 15)))
        question["modalites"] = [{"id": f"m{i}", "libelle": f"{draw.choice(WORDS)} {i}"} for i in options]
        question["ordonnee"] = bool(kind == "choix_unique" and draw.random() < 0.3)
        apart = draw.random()
        if kind == "choix_multiple" and len(options) > 1 and apart < 0.3:
            question["modalites"][-1]["exclusive"] = True
        elif len(options) > 1 and apart < 0.5:
            question["sans_avis"] = [question["modalites"][-1]["id"]]
    return question


def _about(wave: str, **more) -> dict:
    period = {"debut": f"{wave}-01", "fin": f"{wave}-03"}
    return {"titre": f"Une enquête {wave}", "organisateur": "Personne", "periode": period, "fictif": True, **more}


def _save(folder: Path, about: dict, **tables: list[list]) -> None:
    (folder / "vague.yml").write_text(yaml.safe_dump(about, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(table(rows), encoding="utf-8")


def _rows(draw: np.random.Generator, codebook: Codebook, wave: str, folder: Path) -> None:
    """Write a wave of respondents' rows: of one commune or of most of them, all active, none, or some."""
    with (DATA / "demo" / "cadre.csv").open(encoding="utf-8") as file:
        frame = list(csv.DictReader(file))
    frame = [frame[i] for i in sorted(draw.permutation(len(frame))[: int(draw.choice([12, 60, len(frame)]))])]
    size = max(1, int(len(frame) * draw.choice([0.02, 0.1, 0.5, 1], p=[0.1, 0.2, 0.4, 0.3])))
    active, blank = draw.choice([0, 1, 0.5, 0.8]), draw.choice([0, 0.1, 0.6])
    questions = list(codebook.questions)
    likes = {q.id: draw.dirichlet(np.full(len(codebook.answers(q.id)), 0.7)) for q in questions if q.type != "texte"}
    rows = []
    for place in draw.permutation(len(frame))[:size]:
        told = "oui" if draw.random() < active else "non"
        answers = [_answer(draw, codebook, q, told, likes, blank) for q in questions]
        rows.append([f"R{len(rows)}", f"{wave}-02-{1 + len(rows) % 28:02}", frame[place]["ins"], *answers])
    about = _about(wave, source="reponses", seuil_diffusion=int(draw.choice([1, 5, 10])))
    header = ["id", "date", "ins", *(question.id for question in questions)]
    kind = draw.random()
    if kind < 0.2:
        about["arrondi"] = 5
    elif kind < 0.4 and not {"nombre", "classement"} & {question.type for question in questions}:
        about["poids"], header = "calage", [*header, "calage"]
        rows = [[*row, f"{draw.choice([0.5, 1, 3.25])}"] for row in rows]
    listed = [list(frame[0]), *(list(row.values()) for row in frame)]
    _save(folder, about, reponses=[header, *rows], cadre=listed)


def _answer(
    draw: np.random.Generator, codebook: Codebook, question: Question, active: str, likes: dict, blank: float
) -> str:
    if question.id == SPLIT:
        return active
    if activity_of(question.base) not in (ALL, active) or draw.random() < blank:
        return ""
    if question.type == "texte":
        return "Un guide ; une charte"
    answers, shares = codebook.answers(question.id), likes[question.id]
    if question.type == "nombre":
        given = draw.integers(int(question.minimum), int(question.maximum) + 1)
        return f"{given}" if question.entier or draw.random() < 0.5 else f"{min(given + 0.5, question.maximum):g}"
    if question.type == "classement":
        ranked = draw.permutation(list(question.options))[: len(ranks_of(question))]
        return ";".join(ranked[: int(draw.integers(1, len(ranked) + 1))])
    if question.type == "choix_multiple":
        chosen = [a for a, p in zip(answers, shares, strict=True) if draw.random() < 3 * p]
        alone = [a for a in chosen if a in question.alone]
        return ";".join(alone[:1] or chosen)
    return str(draw.choice(answers, p=shares))


def _counts(draw: np.random.Generator, codebook: Codebook, wave: str, folder: Path) -> None:
    """Write a wave of counts, whose frame is that of margins alone."""
    sizes = {by: list(codebook.strata(by)) for by in ("province", "taille")}
    invited = int(draw.choice([20, 262]))
    asked = {by: draw.multinomial(invited, np.full(len(of), 1 / len(of))) for by, of in sizes.items()}
    sides = {"oui": int(draw.integers(0, invited // 2)), "non": int(draw.integers(0, invited // 2))}
    communes, told_apart = sum(sides.values()), SPLIT in codebook
    bases = {"repondants": communes, "communes": communes, "actives": sides["oui"], "non_actives": sides["non"]}
    counts, present = [[SPLIT, side, ALL, ALL, ALL, n] for side, n in sides.items()] * told_apart, {}
    for by, of in sizes.items():
        left = asked[by].copy()
        for side, n in sides.items():
            part = draw.multivariate_hypergeometric(left, n)
            left -= part
            rows = [[SPLIT, side, ALL, *_cell(by, s), int(k)] for s, k in zip(of, part, strict=True)]
            counts += rows * told_apart
        present[by] = asked[by] - left
    pair = codebook.pair
    # The answers that tell two kinds of communes apart come first: they are what the others are of.
    for question in sorted(codebook.questions, key=lambda q: pair is None or q.id != pair.question):
        if question.id == SPLIT or question.type == "texte":
            continue
        answers = codebook.answers(question.id)
        for base in question.bases:
            n = bases[base]
            told = _told(draw, question, answers, n)
            counts += [
                [question.id, a, activity_of(base), ALL, ALL, int(k)] for a, k in zip(answers, told, strict=True)
            ]
            if pair and pair.question == question.id:
                gave = dict(zip(answers, map(int, told), strict=True))
                bases |= {side.id: sum(gave[option] for option in side.modalites) for side in pair.groupes}
    frame = [
        [*_cell(by, s), int(k), int(n)]
        for by, of in sizes.items()
        for s, k, n in zip(of, asked[by], present[by], strict=True)
    ]
    margins = ["province", "taille", "communes", "participantes"]
    if told_apart:
        frame, margins = [row[:-1] for row in frame], margins[:-1]
    about = _about(wave, source="effectifs", invites=invited, repondants=communes, communes=communes)
    _save(
        folder,
        about,
        effectifs=[[*CELL, "effectif"], *counts],
        cadre=[margins, *frame],
        publie=[[*CELL, "mesure", "valeur"]],
    )


def _told(draw: np.random.Generator, question: Question, answers: tuple[str, ...], n: int) -> np.ndarray:
    """Return how often each answer was given by `n`: of a ranking, which all of them filled in, at every rank."""
    if question.type == "classement":
        orders = [draw.permutation(list(question.options))[: len(ranks_of(question))] for _ in range(n)]
        given = Counter(at_rank(option, rank) for order in orders for rank, option in enumerate(order, 1))
        return np.array([given[answer] for answer in answers])
    if question.type == "choix_multiple":
        alone = np.array([answer in question.alone for answer in answers])
        return np.where(alone, 0, draw.binomial(n, draw.random(len(answers))))
    return draw.multinomial(n, draw.dirichlet(np.full(len(answers), 0.7)))


def _cell(by: str, stratum: str) -> tuple[str, str]:
    return (stratum, ALL) if by == "province" else (ALL, stratum)
