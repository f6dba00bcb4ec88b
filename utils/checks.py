"""What a wave's tables must hold: each check notes every row that fails it.

A check gets a table of text as it was read, with the line of each row, and adds
to the problems; nothing is dropped, guessed or mended.
"""

__all__ = [
    "ALL",
    "CELL",
    "activity_of",
    "check_cells",
    "check_complete",
    "check_published",
    "check_strata",
    "flag",
    "flag_repeated",
]

import pandas as pd

from utils.codebook import BASES, Codebook, Question
from utils.files import LINE
from utils.french import listing
from utils.problems import Problem

ALL = "toutes"  # a margin: whatever the activity, the province or the size
CELL = ("question", "modalite", "active", "province", "taille")
MEASURES = ("pourcentage", "mediane", "taux")
RATES = ("habitants", ALL)  # what a rate of participation is taken of, in `publie.csv`


def activity_of(base: str) -> str:
    return {"actives": "oui", "non_actives": "non"}.get(base, ALL)


def flag(table, column, wrong, file, expected, problems) -> None:
    for _, row in table[wrong.astype(bool)].iterrows():
        problems.append(Problem(file, expected, row[LINE], column, row[column]))


def flag_repeated(table: pd.DataFrame, key: list[str], file: str, problems: list[Problem]) -> None:
    for _, row in table[table.duplicated(key)].iterrows():
        problems.append(Problem(file, f"une seule ligne par {listing(key)}", row[LINE], value=", ".join(row[key])))


def check_cells(table: pd.DataFrame, file: str, codebook: Codebook, problems: list[Problem]) -> None:
    flag(table, "active", ~table["active"].isin(["oui", "non", ALL]), file, f"oui, non ou {ALL}", problems)
    check_strata(table, file, codebook, problems)
    unknown = ~table["question"].map(codebook.__contains__).astype(bool)
    flag(table, "question", unknown, file, "une question de questionnaire.yml", problems)
    for name, rows in table[~unknown].groupby("question", sort=False):
        question = codebook[name]
        expected = _answers_in_words(codebook, question)
        fits = rows["modalite"].isin(codebook.answers(name))
        if "mesure" in rows:
            fits |= (rows["mesure"] == "mediane") & (rows["modalite"] == "")
            fits |= (rows["mesure"] == "taux") & (name == "active") & rows["modalite"].isin(RATES)
        flag(rows, "modalite", ~fits, file, expected, problems)
        allowed = {"communes": ["oui", "non"]}.get(question.base, [activity_of(question.base)])
        allowed = [ALL] if name == "active" else allowed
        known = rows["active"].isin(["oui", "non", ALL])
        reason = f"{listing(allowed)} : « {name} » se pose aux {BASES[question.base].plural}"
        flag(rows, "active", known & ~rows["active"].isin(allowed), file, reason, problems)


def _answers_in_words(codebook: Codebook, question: Question) -> str:
    if question.type == "likert":
        scale = codebook.scale(question.id)
        return f"un score entier de {scale.minimum} à {scale.maximum}"
    return "une modalité de la question : " + ", ".join(question.options)


def check_strata(table: pd.DataFrame, file: str, codebook: Codebook, problems: list[Problem]) -> None:
    for by in ("province", "taille"):
        allowed = [*codebook.strata(by), ALL]
        flag(table, by, ~table[by].isin(allowed), file, ", ".join(allowed), problems)


def check_published(table: pd.DataFrame, file: str, problems: list[Problem]) -> None:
    flag(table, "mesure", ~table["mesure"].isin(MEASURES), file, listing(MEASURES), problems)
    numeric = table["valeur"].str.fullmatch(r"[0-9]+(\.[0-9]+)?").astype(bool)
    flag(table, "valeur", ~numeric, file, "un nombre, avec un point décimal", problems)
    shares = table[numeric & table["mesure"].isin(["pourcentage", "taux"])]
    flag(shares, "valeur", shares["valeur"].astype(float) > 100, file, "un pourcentage de 0 à 100", problems)


def check_complete(table: pd.DataFrame, file: str, codebook: Codebook, problems: list[Problem]) -> None:
    # A cell that is missing is not a zero: a zero is written.
    present = {tuple(row) for row in table[list(CELL)].itertuples(index=False)}
    needed = [(q, ALL, p, t) for q in ["active"] for p, t in _margins(codebook)]
    needed += [
        (q.id, active, ALL, ALL)
        for q in codebook.questions
        if q.type != "texte" and q.id != "active"
        for active in (["oui", "non"] if q.base == "communes" else [activity_of(q.base)])
    ]
    for name, active, province, taille in needed:
        for answer in codebook.answers(name):
            if (name, answer, active, province, taille) not in present:
                cell = f"{name}, {answer}, {active}, {province}, {taille}"
                problems.append(Problem(file, f"une ligne pour {cell} (un effectif nul s’écrit 0)"))


def _margins(codebook: Codebook) -> list[tuple[str, str]]:
    provinces = [(p, ALL) for p in codebook.strata("province")]
    return [(ALL, ALL), *provinces, *((ALL, t) for t in codebook.strata("taille"))]
