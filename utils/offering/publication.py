"""An edition as others name it: its title, the files' name, the licence, how to cite it."""

__all__ = ["LICENCE", "Publication", "makers", "publication", "signature", "source_line"]

import datetime
import re
from dataclasses import dataclass
from functools import cache

import yaml

from utils import paths
from utils.french import capitalise, period, typeset
from utils.survey.about import Metadata
from utils.survey.territory import Territory
from utils.survey.wave import Wave

LICENCE = (
    "CC-BY-4.0",
    "Creative Commons Attribution 4.0 International",
    "https://creativecommons.org/licenses/by/4.0/",
)


@dataclass(frozen=True)
class Publication:
    """What every downloaded file says of itself, whatever its format.

    Attributes
    ----------
    edition : str
        The wave's name.
    name : str
        What the names of all files begin with; it says of invented data that it is.
    title : str
    warning : str
        That the data is invented; empty where it is not.
    asked_by, asked_when : str
        Who asked, and when, in French.
    version : str
        Of the book that computes the files.
    date : date
        When this version was released: no file carries the moment of its writing.
    authors : str
        Who shaped the data.
    source : str
        What the counts were taken from.
    citation : str
        How to cite the data.
    territory : Territory
        Whose communes were asked.
    """

    edition: str
    name: str
    title: str
    warning: str
    asked_by: str
    asked_when: str
    version: str
    date: datetime.date
    authors: str
    source: str
    citation: str
    territory: Territory

    @property
    def keywords(self) -> tuple[str, ...]:
        """What the data is of, in words that catalogues search by."""
        return ("communes", "médias sociaux", self.territory.nom, "enquête")


def makers(about: Metadata) -> tuple[str, ...]:
    """Return who made what an edition shows: who asked, and who wrote the book that computes it.

    Each is named with what it made. Of invented data, the book's authors alone.
    """
    if about.fictif:
        return ("les auteurs du livre (texte, code et données inventées)",)
    asked = f"{about.etude.auteurs} (étude)" if about.etude else f"{about.organisateur} (enquête)"
    return typeset(asked), "les auteurs du livre (texte et code)"


def signature(about: Metadata) -> str:
    """Return the one formula by which an edition is signed and cited, on its pages and in its files."""
    return ", ".join(makers(about))


def source_line(wave: Wave, *, asked: bool = True) -> str:
    """Return what stands under a drawing that leaves its page: who asked, which edition; `asked`, or only repeated."""
    about, edition = wave.about, f"édition {wave.id}"
    if not asked:
        return typeset(f"Repris dans « {about.titre} », {edition}")
    if about.fictif:
        return typeset(f"Données fictives, {edition}")
    return typeset(f"Source : {makers(about)[0]}, {edition} ; calculs : les auteurs du livre")


@cache
def _cited() -> dict:
    return yaml.safe_load(paths.CITATION.read_text(encoding="utf-8"))


def publication(wave: Wave) -> Publication:
    """Return how an edition is published, by its metadata and by `CITATION.cff`."""
    cited = _cited()
    about, fictional = wave.about, wave.about.fictif
    edition = re.sub(r"[^a-z0-9]+", "-", wave.id.lower()).strip("-")
    warning = "Données fictives : cette édition est inventée et ne décrit aucune commune réelle." if fictional else ""
    if fictional:
        source = "Réponses inventées, tirées au hasard."
    elif about.source == "effectifs":
        source = about.etude.citation if about.etude else f"{about.organisateur}, effectifs publiés."
    else:
        source = f"{about.organisateur}, réponses recueillies {period(about.periode.debut, about.periode.fin)}."
    day = cited["date-released"].isoformat()
    released = period(day, day).removeprefix("le ")
    marked = "Données fictives, à ne citer que comme telles. " if fictional else ""
    return Publication(
        edition=wave.id,
        name=f"{'donnees-fictives' if fictional else 'communes-medias-sociaux'}-{edition}",
        title=typeset(f"{about.titre} : données de l’édition {wave.id}"),
        warning=typeset(warning),
        asked_by=typeset(about.organisateur),
        asked_when=period(about.periode.debut, about.periode.fin),
        version=str(cited["version"]),
        date=cited["date-released"],
        authors=typeset(f"Les auteurs du livre « {about.titre} »"),
        source=typeset(source),
        citation=typeset(
            f"{marked}{capitalise(signature(about))}, « {about.titre} », données de l’édition {wave.id}, version "
            f"{cited['version']} du {released}, licence CC BY 4.0. {'' if fictional else 'D’après : '}{source}"
        ),
        territory=wave.codebook.territory,
    )
