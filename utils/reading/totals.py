"""What a wave's files say of the same thing, held against each other."""

__all__ = ["check_totals", "uneven"]

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from utils.reading.checks import check_listed
from utils.reading.files import display_path
from utils.reading.problems import Problem
from utils.survey.codebook import ALL, SPLIT, activity_of
from utils.survey.oddities import Oddity
from utils.survey.wave import Wave


def check_totals(wave: Wave, folder: Path) -> list[Problem]:
    """Hold `vague.yml` and the margins against the counts: what everything else stands on."""
    about, file = wave.about, display_path(folder / "vague.yml")
    problems = []

    def hold(key: str, stated: int, counted: int, what: str) -> None:
        if stated != counted:
            problems.append(Problem(file, f"{counted}, {what}", column=key, value=str(stated)))

    hold("communes", about.communes, wave.size("communes"), "la somme de `active` dans effectifs.csv")
    for by in ("province", "taille") if wave.codebook.tailles else ("province",):
        inside = wave.frame[wave.frame[by] != ALL]
        hold("invites", about.invites, int(inside["communes"].sum()), f"la somme de cadre.csv par {by}")
        if SPLIT not in wave.codebook:
            hold("communes", about.communes, int(wave.present(by).sum()), f"la somme de `participantes` par {by}")
        for option, total in wave.cells(SPLIT, ALL).items() if SPLIT in wave.codebook else ():
            split = wave.split(by)
            if split[option].sum() != total:
                expected = f"{total} pour « active, {option} » en sommant par {by}"
                problems.append(
                    Problem(display_path(folder / "effectifs.csv"), expected, value=str(split[option].sum()))
                )
        for stratum, row in wave.participation(by).counts.iterrows():
            if row["non_participante"] < 0:
                expected = f"au moins {row['participante']} communes dans le cadre pour « {stratum} »"
                problems.append(Problem(display_path(folder / "cadre.csv"), expected, column=by))
    if about.habitants:
        problems.extend(check_listed(folder / about.habitants.fichier, wave.communes, wave.frame))
    size = cache(wave.size)
    for cell in wave.counts.itertuples():
        question = wave.codebook[cell.question]
        if question.type == "choix_multiple":
            base = {activity_of(b): b for b in question.bases}[cell.active]
            most, of = size(base, province=cell.province, taille=cell.taille), "la taille de la base"
            if question.no_opinion and cell.modalite not in question.no_opinion:
                most -= int(wave.no_opinion(question.id, cell.active, cell.province, cell.taille).sum())
                of += " moins les réponses sans avis"
            if cell.effectif > most:
                what = f"au plus {most}, {of}, pour {question.id}, {cell.modalite}"
                place = display_path(folder / "effectifs.csv")
                problems.append(Problem(place, what, column="effectif", value=str(cell.effectif)))
    return problems


def uneven(wave: Wave) -> Iterator[Oddity]:
    """Find the questions whose answers do not add up to their base."""
    for question in wave.codebook.questions:
        for base in question.bases if question.type != "texte" else ():
            if (pair := wave.codebook.split(base)) and wave.withheld(pair.question):
                continue  # not even how many they are is published
            total, expected = wave.answering(question.id, base), wave.size(base)
            if total < expected and wave.about.source == "reponses":
                yield Oddity("manquante", expected - total, question.libelle, base, expected)
            elif total != expected:
                yield Oddity("somme", total, question.libelle, base, expected)
