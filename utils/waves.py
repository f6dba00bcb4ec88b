"""A wave's folder, read and checked: the only reader of `data/`.

`load("2017")` gives the counts, the frame and the metadata of one edition, or a
`DataError` that lists everything that is wrong. Counts that do not add up are
shown, not mended: they become the wave's warnings.
"""

__all__ = ["Wave", "available", "load", "training_catalogue"]

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

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
from utils.choices import choices
from utils.codebook import BASES, Codebook, Question
from utils.compare import association
from utils.files import LINE, display_path, read_document, read_table
from utils.french import listing, number
from utils.likert import distribution
from utils.metadata import Comment, Comments, Metadata
from utils.paths import DATA
from utils.problems import DataError, Problem
from utils.results import ChoiceResult, Contrast, LikertResult, Strata, contrast

COURSE = ("organisme", "titre", "public", "duree", "dates", "prix", "themes", "lien")


@dataclass(frozen=True)
class Wave:
    """One edition of the survey, ready to be asked for results.

    Attributes
    ----------
    id : str
        Name of the wave's folder.
    about : Metadata
    codebook : Codebook
    counts : DataFrame
        `question, modalite, active, province, taille, effectif`, as in the data contract.
    frame : DataFrame
        `province, taille, communes`: the communes asked.
    published : DataFrame
        `question, modalite, active, province, taille, mesure, valeur`: what the study
        prints beside its counts. Compared with, never computed from.
    comments : dict
        Comments of this edition by chapter.
    warnings : tuple of str
        What does not add up, in French; shown in the book.
    """

    id: str
    about: Metadata
    codebook: Codebook
    counts: pd.DataFrame
    frame: pd.DataFrame
    published: pd.DataFrame
    comments: dict[str, tuple[Comment, ...]]
    warnings: tuple[str, ...]

    def size(self, base: str, *, province: str = ALL, taille: str = ALL) -> int:
        """Return how many respondents or communes a base holds, in a stratum if one is named."""
        if base == "repondants":
            return self.about.repondants
        active = self._cells("active", ALL, province, taille)
        return int({"communes": active.sum(), "actives": active["oui"], "non_actives": active["non"]}[base])

    def likert(self, question: str, base: str | None = None) -> LikertResult:
        """Return the answers to a rated item, among `base` (by default, all whom it was put to)."""
        asked, scale = self.codebook[question], self.codebook.scale(question)
        base = base or asked.base
        cells = self._cells(question, activity_of(base))
        return LikertResult(
            question=asked,
            base=base,
            expected=self.size(base),
            scale=scale,
            answers=distribution(cells.rename(int), scale.points),
        )

    def choice(self, question: str, *, taille: str = ALL) -> ChoiceResult:
        """Return the answers to a question with options, in one size of communes if it is named.

        An option that the wave does not count there is left out.
        """
        asked = self.codebook[question]
        expected = self.size(asked.base, taille=taille)
        answers = choices(
            self._cells(question, activity_of(asked.base), taille=taille),
            n=expected if asked.type == "choix_multiple" else None,
        )
        return ChoiceResult(question=asked, base=asked.base, expected=expected, answers=answers)

    def contrast(self, question: str) -> Contrast:
        """Return a rated item as active and as non-active communes answer it."""
        return contrast(self.likert(question, "actives"), self.likert(question, "non_actives"))

    def activity(self, by: Literal["province", "taille"]) -> Strata:
        """Return active against non-active communes, by province or by size."""
        return self._strata(by, self._active(by))

    def participation(self, by: Literal["province", "taille"]) -> Strata:
        """Return communes that took part against those that did not, by province or by size."""
        return self._strata(by, self._present(by))

    def users(self, question: str, option: str) -> Strata:
        """Return active communes that chose an option against those that did not, by size."""
        answers = {taille: self.choice(question, taille=taille).answers for taille in self.codebook.strata("taille")}
        chose = pd.Series({taille: given.counts[option] for taille, given in answers.items()})
        asked = pd.Series({taille: given.n for taille, given in answers.items()})
        return self._strata("taille", pd.DataFrame({"oui": chose, "non": asked - chose}))

    def coverage(self) -> float | None:
        """Return the share (0..1) of inhabitants that live in a participating commune, as the study prints it.

        None where it prints none; it cannot be computed from counts of communes.
        """
        rows = self.published
        printed = rows[(rows["modalite"] == "habitants") & (rows["mesure"] == "taux")]
        return None if printed.empty else float(printed["valeur"].iloc[0]) / 100

    def _active(self, by: str) -> pd.DataFrame:
        strata = self.codebook.strata(by)
        return pd.DataFrame({s: self._cells("active", ALL, **{by: s})[["oui", "non"]] for s in strata}).T

    def _present(self, by: str) -> pd.DataFrame:
        present = self._active(by).sum(axis=1)
        asked = self.frame.groupby(by)["communes"].sum().reindex(present.index, fill_value=0)
        return pd.DataFrame({"participante": present, "non_participante": asked - present})

    def _strata(self, by: str, counts: pd.DataFrame) -> Strata:
        totals = counts.sum(axis=1)
        return Strata(
            by=by,
            labels=self.codebook.strata(by),
            counts=counts,
            shares=counts.iloc[:, 0] / totals.where(totals > 0),
            overall=float(counts.iloc[:, 0].sum() / totals.sum()),
            test=association(counts),
        )

    @cached_property
    def _tables(self) -> dict[tuple[str, ...], pd.Series]:
        """Counts by answer, for every table that the wave holds."""
        grouped = self.counts.groupby(["question", "active", "province", "taille"], sort=False)
        return {key: rows.set_index("modalite")["effectif"] for key, rows in grouped}

    def _cells(self, question: str, active: str, province: str = ALL, taille: str = ALL) -> pd.Series:
        cells = self._tables[question, active, province, taille]
        return cells.reindex([answer for answer in self.codebook.answers(question) if answer in cells.index])


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
    comments = Comments()
    if (folder / "commentaires.yml").exists():
        comments = read_document(folder / "commentaires.yml", Comments, problems)
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
    if problems or about is None or comments is None:
        raise DataError(problems)
    loaded = Wave(
        id=wave,
        about=about,
        codebook=codebook,
        counts=counts.drop(columns=LINE).astype({"effectif": int}),
        frame=frame.drop(columns=LINE).astype({"communes": int}),
        published=published.drop(columns=LINE).astype({"valeur": float}),
        comments=comments.chapitres,
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
        split = wave._active(by)
        for option, total in wave._cells("active", ALL).items():
            if split[option].sum() != total:
                expected = f"{total} pour « active, {option} » en sommant par {by}"
                problems.append(
                    Problem(display_path(folder / "effectifs.csv"), expected, value=str(split[option].sum()))
                )
        for stratum, row in wave._present(by).iterrows():
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
            total, expected = int(wave._cells(question.id, activity_of(base)).sum()), wave.size(base)
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
