"""What a wave's tables must hold: each check notes every row that fails it.

A check gets a table of text as it was read, with the line of each row, and adds
to the problems; nothing is dropped, guessed or mended.
"""

__all__ = [
    "check_cells",
    "check_complete",
    "check_published",
    "check_strata",
    "flag",
    "flag_repeated",
]

from collections.abc import Iterator

import pandas as pd

from utils.french import listing
from utils.reading.files import LINE
from utils.reading.problems import Problem
from utils.survey.codebook import ALL, BASES, CELL, SPLIT, Codebook, Question, activity_of

MEASURES = ("pourcentage", "mediane", "taux")
RATES = ("habitants", ALL)  # what a rate of participation is taken of, in `publie.csv`


def flag(table, column, wrong, file, expected, problems) -> None:
    """Note every row of `wrong`, with the value of its column."""
    for _, row in table[wrong.astype(bool)].iterrows():
        problems.append(Problem(file, expected, row[LINE], column, row[column]))


def flag_repeated(table: pd.DataFrame, key: list[str], file: str, problems: list[Problem]) -> None:
    """Note every row that repeats the key of an earlier one."""
    for _, row in table[table.duplicated(key)].iterrows():
        problems.append(Problem(file, f"une seule ligne par {listing(key)}", row[LINE], value=", ".join(row[key])))


def check_cells(table: pd.DataFrame, file: str, codebook: Codebook, problems: list[Problem]) -> None:
    """Note every row whose question, answer, activity or stratum cannot be."""
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
            fits |= (rows["mesure"] == "taux") & (name == SPLIT) & rows["modalite"].isin(RATES)
        flag(rows, "modalite", ~fits, file, expected, problems)
        allowed = list(map(activity_of, question.bases))
        known = rows["active"].isin(["oui", "non", ALL])
        reason = f"{listing(allowed)} : « {name} » se pose aux {BASES[question.base].plural}"
        flag(rows, "active", known & ~rows["active"].isin(allowed), file, reason, problems)
        if question.base == "repondants":
            # How many answered in a province or a size is known of communes alone.
            expected = f"{ALL} : un tableau d’effectifs ne dit pas combien de répondants compte chaque groupe"
            for by in ("province", "taille"):
                flag(rows, by, rows[by].isin(codebook.strata(by)), file, expected, problems)


def _answers_in_words(codebook: Codebook, question: Question) -> str:
    if question.type == "likert":
        scale = codebook.scale(question.id)
        score = f"un score entier de {scale.minimum} à {scale.maximum}"
        return ", ou ".join([score, *question.options])
    if question.type == "nombre":
        told = (f"{name} ({label})" for name, label in question.options.items())
        return f"une classe de la question, en {question.unite} : {', '.join(told)}"
    if question.type == "classement":
        return "une modalité et son rang : " + ", ".join(codebook.answers(question.id))
    return "une modalité de la question : " + ", ".join(question.options)


def check_strata(table: pd.DataFrame, file: str, codebook: Codebook, problems: list[Problem]) -> None:
    """Note every province and every size that the codebook does not know."""
    for by in ("province", "taille"):
        allowed = [*codebook.strata(by), ALL]
        flag(table, by, ~table[by].isin(allowed), file, ", ".join(allowed), problems)


def check_published(table: pd.DataFrame, file: str, problems: list[Problem]) -> None:
    """Note every measure that is unknown and every value that is no number, or no percentage."""
    flag(table, "mesure", ~table["mesure"].isin(MEASURES), file, listing(MEASURES), problems)
    numeric = table["valeur"].str.fullmatch(r"[0-9]+(\.[0-9]+)?").astype(bool)
    flag(table, "valeur", ~numeric, file, "un nombre, avec un point décimal", problems)
    shares = table[numeric & table["mesure"].isin(["pourcentage", "taux"])]
    flag(shares, "valeur", shares["valeur"].astype(float) > 100, file, "un pourcentage de 0 à 100", problems)


def check_complete(table: pd.DataFrame, file: str, codebook: Codebook, problems: list[Problem]) -> None:
    """Note every cell that a chapter needs and that is not there: a zero is written, not left out."""
    present = set(table[list(CELL)].itertuples(index=False, name=None))
    for cell in _needed(table, codebook):
        if cell not in present:
            problems.append(Problem(file, f"une ligne pour {', '.join(cell)} (un effectif nul s’écrit 0)"))


def _needed(table: pd.DataFrame, codebook: Codebook) -> Iterator[tuple[str, ...]]:
    for question in codebook.questions:
        if question.type == "texte":
            continue
        for activity in map(activity_of, question.bases):
            yield from ((question.id, answer, activity, ALL, ALL) for answer in codebook.answers(question.id))
    for answer in codebook.answers(SPLIT):
        yield from ((SPLIT, answer, ALL, province, ALL) for province in codebook.strata("province"))
        yield from ((SPLIT, answer, ALL, ALL, taille) for taille in codebook.strata("taille"))
    # By size, the study counts who communicates without the last option: what one size counts, all count.
    counted = table.loc[(table["question"] == "communicateurs") & (table["taille"] != ALL), "modalite"].unique()
    for answer in counted if len(counted) else codebook.answers("communicateurs"):
        yield from (("communicateurs", answer, "oui", ALL, taille) for taille in codebook.strata("taille"))
