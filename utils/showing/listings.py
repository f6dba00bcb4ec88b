"""Tables of what was asked and offered: the questionnaire, what nobody answered in it, groups, training."""

__all__ = ["KINDS", "courses", "missing", "questionnaire", "strata_codes"]

from collections.abc import Sequence

import pandas as pd

from utils.french import capitalise, number, typeset
from utils.showing.origins import Origin
from utils.showing.tables import Table
from utils.survey.codebook import Codebook
from utils.survey.oddities import Oddity
from utils.telling import figures
from utils.telling.figures import NOTHING

_CODEBOOK = "aucune : le dictionnaire des données, repris"
KINDS = {
    "likert": "échelle",
    "choix_unique": "une réponse",
    "choix_multiple": "plusieurs réponses",
    "nombre": "un nombre",
    "classement": "classement",
    "texte": "texte libre",
}


def courses(catalogue: pd.DataFrame) -> Table:
    """Return the training catalogue, organisers leading to their sites."""
    shown = ["organisme", "titre", "themes", "public", "duree", "dates", "prix"]
    return Table(
        typeset("Catalogue des formations de l’annexe, telles qu’elles étaient annoncées"),
        ("Organisme", "Formation", "Thèmes", "Public", "Durée", "Dates", "Prix"),
        tuple(tuple(cell or "–" for cell in row) for row in catalogue[shown].map(typeset).itertuples(index=False)),
        links=tuple(catalogue["lien"]),
        source=NOTHING,
        files=(Origin.COURSES,),
        method="aucune : le catalogue de l’annexe de l’étude, repris",
        numeric=False,
        sortable=True,
    )


def questionnaire(codebook: Codebook) -> Table:
    """Return the codebook, a question a row: statement, base, answers, identifier."""
    rows = []
    for question in codebook.questions:
        if question.type == "likert":
            scale = codebook.scale(question.id)
            answers = f" {scale.told}"
        elif question.type == "nombre":
            answers = f" de {number(question.minimum, 9)} à {number(question.maximum, 9)}, en {question.unite}"
        else:
            answers = f" : {' ; '.join(question.options.values())}" if question.options else ""
        answers = typeset(capitalise(KINDS[question.type]) + answers)
        base = codebook.noun(question.base).plural
        rows.append((question.libelle, typeset(question.enonce), base, answers, question.id))
    header = ("Question", "Énoncé paraphrasé", "Base", "Réponses proposées", "Identifiant")
    return Table(
        "Les questions, dans l’ordre du livre",
        header,
        tuple(rows),
        numeric=False,
        sortable=True,
        source=NOTHING,
        files=(Origin.QUESTIONNAIRE,),
        method=_CODEBOOK,
    )


def missing(absent: Sequence[Oddity], codebook: Codebook) -> Table:
    """Return the questions to which answers are missing, of whom and how many, most first."""
    rows = [
        (
            odd.question,
            codebook.noun(odd.base).plural,
            figures.number(odd.n, of="réponses manquantes"),
            figures.number(odd.expected, of="taille de la base"),
            figures.percent(odd.n / odd.expected, of="part des réponses qui manquent"),
        )
        for odd in sorted(absent, key=lambda odd: -odd.n / odd.expected)
    ]
    return Table(
        "Réponses manquantes, question par question",
        ("Question", "Base", "Manquantes", "Sur", "Part"),
        tuple(rows),
        source=NOTHING,
        files=(Origin.ANSWERS,),
        method="effectifs : la base, moins les réponses reçues",
    )


def strata_codes(codebook: Codebook) -> Table:
    """Return the provinces and the sizes of communes with their identifiers."""
    noun = codebook.territory.strate
    kinds = ((noun.singulier, codebook.provinces), ("taille", codebook.tailles))
    rows = [(capitalise(typeset(s.libelle)), kind, s.id) for kind, strata in kinds for s in strata]
    return Table(
        capitalise(f"{noun.pluriel} et tailles de communes" if codebook.tailles else noun.pluriel),
        ("Groupe", "Sorte", "Identifiant"),
        tuple(rows),
        numeric=False,
        source=NOTHING,
        files=(Origin.TERRITORY,),
        method=_CODEBOOK,
    )
