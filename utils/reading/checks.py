"""What a wave's tables must hold: each check notes every row that fails it.

A check gets a table of text as it was read, with the line of each row, and adds
to the problems; nothing is dropped, guessed or mended.
"""

__all__ = [
    "WHOLE",
    "check_cells",
    "check_complete",
    "check_left_out",
    "check_listed",
    "check_published",
    "check_strata",
    "flag",
    "flag_repeated",
]

from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from utils.french import listing
from utils.reading.files import LINE, display_path
from utils.reading.problems import Problem
from utils.survey.codebook import ALL, CELL, SPLIT, Codebook, Question, activity_of

WHOLE = r"[0-9]{1,9}"  # a count; more digits are of no survey, and of no number that a table can hold
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
    sides = [*(activity_of(base) for base in codebook.bases if codebook.split(base)), ALL]
    expected = " ou ".join(filter(None, [", ".join(sides[:-1]), ALL]))
    flag(table, "active", ~table["active"].isin(sides), file, expected, problems)
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
        known = rows["active"].isin(sides)
        reason = f"{listing(allowed)} : « {name} » se pose aux {codebook.noun(question.base).plural}"
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
    numeric = table["valeur"].str.fullmatch(rf"{WHOLE}(\.[0-9]{{1,12}})?").astype(bool)
    flag(table, "valeur", ~numeric, file, "un nombre, avec un point décimal", problems)
    shares = table[numeric & table["mesure"].isin(["pourcentage", "taux"])]
    flag(shares, "valeur", shares["valeur"].astype(float) > 100, file, "un pourcentage de 0 à 100", problems)


def check_complete(table: pd.DataFrame, file: str, codebook: Codebook, problems: list[Problem]) -> None:
    """Note every cell that a chapter needs and that is not there: a zero is written, not left out."""
    present = set(table[list(CELL)].itertuples(index=False, name=None))
    for cell in _needed(table, codebook):
        if cell not in present:
            problems.append(Problem(file, f"une ligne pour {', '.join(cell)} (un effectif nul s’écrit 0)"))


def check_left_out(
    omitted: Collection[str], codebook: Codebook, questionnaire: Codebook, folder: Path, problems: list[Problem]
) -> None:
    """Note what is left out of a wave and does not exist, and what nothing tells whom it is put to any more.

    What is to be done of all the latter is told at once.

    Parameters
    ----------
    omitted : collection of str
        The questions that the wave says it left out.
    codebook, questionnaire : Codebook
        What this wave asks, and all that any wave does.
    folder : Path
        The wave's.
    problems : list of Problem
    """
    file = display_path(folder / "vague.yml")
    for name in omitted:
        if name not in questionnaire:
            problems.append(Problem(file, "une question de questionnaire.yml", column="non_posees", value=name))
    stranded: dict[str, list[str]] = {}
    for question in codebook.questions:
        if (pair := codebook.split(question.base)) and pair.question not in codebook:
            stranded.setdefault(pair.question, []).append(question.id)
    for split, names in stranded.items():
        asked = listing(f"`{name}`" for name in names)
        whole = f"la base {' ou '.join(codebook.bases)} dans questionnaire.yml"
        told = f"puisque seul `{split}` dit à quelles communes se pose {asked}"
        if split in questionnaire:
            expected = f"{', '.join((split, *names))} ensemble, {told} ; ou, pour elles, {whole}"
            problems.append(Problem(file, expected, column="non_posees"))
        else:
            expected = f"une question `{split}`, {told} ; ou, pour elles, {whole}"
            problems.append(Problem(display_path(folder.parent / "questionnaire.yml"), expected))


def _needed(table: pd.DataFrame, codebook: Codebook) -> Iterator[tuple[str, ...]]:
    for question in codebook.questions:
        if question.type == "texte":
            continue
        for activity in map(activity_of, question.bases):
            yield from ((question.id, answer, activity, ALL, ALL) for answer in codebook.answers(question.id))
    for answer in codebook.answers(SPLIT) if SPLIT in codebook else ():
        yield from ((SPLIT, answer, ALL, province, ALL) for province in codebook.strata("province"))
        yield from ((SPLIT, answer, ALL, ALL, taille) for taille in codebook.strata("taille"))
    # By size, the study counts who communicates without the last option: what one size counts, all count.
    for question in (question for question in codebook.questions if question.selon_taille):
        by_size = table[(table["question"] == question.id) & (table["taille"] != ALL)]
        side, counted = activity_of(question.bases[0]), by_size["modalite"].unique()
        for answer in counted if len(counted) else codebook.answers(question.id):
            yield from ((question.id, answer, side, ALL, taille) for taille in codebook.strata("taille"))


def check_listed(path: Path, communes: pd.DataFrame | None, margins: pd.DataFrame) -> Iterator[Problem]:
    """Yield what keeps a list of communes from being those of a study's frame, which prints margins.

    Parameters
    ----------
    path : Path
        The list's.
    communes, margins : DataFrame
        As in `frames.Frame`.
    """
    file = display_path(path)
    if communes is None:
        yield Problem(file, "une ligne par commune (ins, commune, province, population)")
        return
    for by in ("province", "taille"):
        for stratum, asked in margins[margins[by] != ALL].set_index(by)["communes"].items():
            listed = int((communes[by] == stratum).sum())
            if listed != asked:
                yield Problem(file, f"{asked} communes pour « {stratum} », comme dans le cadre", None, by, str(listed))
