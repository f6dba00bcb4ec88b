"""A wave's folder, read and checked: the only reader of `data/`.

`load("2017")` gives the counts, the frame and the metadata of one edition, or a
`DataError` that lists everything that is wrong. Counts that do not add up are
shown, not mended: they become the wave's warnings.
"""

__all__ = ["available", "interval_coverage", "load", "training_catalogue"]

from dataclasses import replace
from pathlib import Path

import pandas as pd

from utils.checks import (
    ALL,
    CELL,
    activity_of,
    check_cells,
    check_complete,
    check_published,
    check_strata,
    flag,
    flag_repeated,
)
from utils.codebook import BASES, Codebook, Question
from utils.editions import Wave
from utils.files import LINE, display_path, read_document, read_table
from utils.french import listing, number
from utils.metadata import Claims, Comments, Metadata
from utils.paths import DATA
from utils.problems import DataError, Problem

COVERAGE = ("intervalle", "population", "n", "tirages", "couverture")
COURSE = ("organisme", "titre", "public", "duree", "dates", "prix", "themes", "lien")


def available(data: Path = DATA) -> list[str]:
    """Return the ids of the waves that have a folder, oldest first."""
    return sorted(path.parent.name for path in data.glob("*/vague.yml"))


def load(wave: str, data: Path = DATA) -> Wave:
    """Read a wave's folder and check everything in it.

    Raises
    ------
    DataError
        The wave does not exist, or its files hold anything the data contract calls
        fatal. All problems are in it.
    """
    problems: list[Problem] = []
    if wave not in available(data):
        known = listing(available(data)) or "aucune"
        raise DataError([Problem(f"{display_path(data)}/", f"une vague qui existe : {known}", value=wave)])
    folder = data / wave
    codebook = read_document(data / "questionnaire.yml", Codebook, problems)
    about = read_document(folder / "vague.yml", Metadata, problems)
    comments, claims = (
        read_document(folder / name, model, problems) if (folder / name).exists() else model()
        for name, model in (("commentaires.yml", Comments), ("affirmations.yml", Claims))
    )
    counts = read_table(folder / "effectifs.csv", [*CELL, "effectif"], problems)
    published = read_table(folder / "publie.csv", [*CELL, "mesure", "valeur"], problems)
    frame = read_table(folder / "cadre.csv", ["province", "taille", "communes"], problems)
    if codebook is None:
        raise DataError(problems)
    files = {name: display_path(folder / f"{name}.csv") for name in ("effectifs", "publie", "cadre")}
    for name, table in (("effectifs", counts), ("publie", published)):
        check_cells(table, files[name], codebook, problems)
    for name, table, column in (("effectifs", counts, "effectif"), ("cadre", frame, "communes")):
        flag(table, column, ~table[column].str.fullmatch(r"[0-9]+"), files[name], "un entier positif ou nul", problems)
    check_published(published, files["publie"], problems)
    check_strata(frame, files["cadre"], codebook, problems)
    flag_repeated(counts, list(CELL), files["effectifs"], problems)
    flag_repeated(published, [*CELL, "mesure"], files["publie"], problems)
    flag_repeated(frame, ["province", "taille"], files["cadre"], problems)
    check_complete(counts, files["effectifs"], codebook, problems)
    if problems or about is None or comments is None or claims is None:
        raise DataError(problems)
    loaded = Wave(
        id=wave,
        about=about,
        codebook=codebook,
        counts=counts.drop(columns=LINE).astype({"effectif": int}),
        frame=frame.drop(columns=LINE).astype({"communes": int}),
        published=published.drop(columns=LINE).astype({"valeur": float}),
        comments=comments.chapitres,
        claims=claims.affirmations,
        warnings=(),
    )
    if totals := _check_totals(loaded, folder):
        raise DataError(totals)
    return replace(loaded, warnings=tuple(_warnings(loaded)))


def _check_totals(wave: Wave, folder: Path) -> list[Problem]:
    """Hold `vague.yml` and the margins against the counts: what everything else stands on."""
    about, file = wave.about, display_path(folder / "vague.yml")
    problems = []

    def hold(key: str, stated: int, counted: int, what: str) -> None:
        if stated != counted:
            problems.append(Problem(file, f"{counted}, {what}", column=key, value=str(stated)))

    hold("communes", about.communes, wave.size("communes"), "la somme de `active` dans effectifs.csv")
    for by in ("province", "taille"):
        inside = wave.frame[wave.frame[by] != ALL]
        hold("invites", about.invites, int(inside["communes"].sum()), f"la somme de cadre.csv par {by}")
        split = wave.split(by)
        for option, total in wave.cells("active", ALL).items():
            if split[option].sum() != total:
                expected = f"{total} pour « active, {option} » en sommant par {by}"
                problems.append(
                    Problem(display_path(folder / "effectifs.csv"), expected, value=str(split[option].sum()))
                )
        for stratum, row in wave.participation(by).counts.iterrows():
            if row["non_participante"] < 0:
                expected = f"au moins {row['participante']} communes dans le cadre pour « {stratum} »"
                problems.append(Problem(display_path(folder / "cadre.csv"), expected, column=by))
    for cell in wave.counts.itertuples():
        question = wave.codebook[cell.question]
        if question.type == "choix_multiple":
            most = wave.size(question.base, province=cell.province, taille=cell.taille)
            if cell.effectif > most:
                what = f"au plus {most}, la taille de la base, pour {question.id}, {cell.modalite}"
                place = display_path(folder / "effectifs.csv")
                problems.append(Problem(place, what, column="effectif", value=str(cell.effectif)))
    return problems


def _warnings(wave: Wave) -> list[str]:
    """Say which single answers do not add up to their base."""
    said = []
    for question in wave.codebook.questions:
        if question.type not in ("likert", "choix_unique"):
            continue
        for base in ["actives", "non_actives"] if _split(question) else [question.base]:
            total, expected = int(wave.cells(question.id, activity_of(base)).sum()), wave.size(base)
            if total != expected:
                said.append(
                    f"« {question.libelle} » : les effectifs donnent {number(total)} réponses"
                    f" pour {number(expected)} {BASES[base].plural}."
                )
    return said


def _split(question: Question) -> bool:
    """Whether active and non-active communes were counted apart."""
    return question.base == "communes" and question.id != "active"


def training_catalogue(data: Path = DATA) -> pd.DataFrame:
    """Return the annex's courses, one row each, all text; empty text where the study says nothing.

    Raises
    ------
    DataError
        The file is missing or damaged, or a course lacks its title or organiser.
    """
    problems: list[Problem] = []
    path = data / "formations.csv"
    table = read_table(path, list(COURSE), problems)
    for column in ("organisme", "titre", "themes"):
        flag(table, column, table[column] == "", display_path(path), "un texte", problems)
    wrong = ~table["lien"].str.fullmatch(r"https?://\S+")
    flag(table, "lien", wrong, display_path(path), "une adresse web", problems)
    if problems:
        raise DataError(problems)
    return table.drop(columns=LINE)


def interval_coverage(data: Path = DATA) -> pd.DataFrame:
    """Return how often each kind of interval holds the truth, as `make coverage` measured it.

    Returns
    -------
    DataFrame
        `intervalle, population, n` as text, `tirages` (int) and `couverture` (0..1); a row a simulation.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    problems: list[Problem] = []
    path = data / "couverture.csv"
    table = read_table(path, list(COVERAGE), problems)
    share, whole = table["couverture"].str.fullmatch(r"[01]\.[0-9]+"), table["tirages"].str.fullmatch(r"[0-9]+")
    flag(table, "couverture", ~share, display_path(path), "une part de 0 à 1", problems)
    flag(table, "tirages", ~whole, display_path(path), "un entier", problems)
    if problems:
        raise DataError(problems)
    return table.drop(columns=LINE).astype({"tirages": int, "couverture": float})
