"""Where the files are that tables stand on, in one edition of the book."""

__all__ = ["paths"]

from collections.abc import Iterable

from utils.offering.datapackage import file_name
from utils.offering.publication import publication
from utils.reading.files import display_path
from utils.reading.questionnaires import questionnaire_path
from utils.showing.origins import Origin
from utils.survey.wave import Wave


def paths(origins: Iterable[Origin], wave: Wave, before: Wave | None = None) -> tuple[str, ...]:
    """Return the files that origins stand for, each once: from the project's root, or one that readers download.

    An edition lacks some: no study has printed anything beside respondents' rows.

    Raises
    ------
    ValueError
        Nothing is left: figures come from somewhere.
    """
    found = dict.fromkeys(path for origin in origins for path in _of(Origin(origin), wave, before))
    if not found:
        raise ValueError(f"a table whose figures come from no file of {wave.id}")
    return tuple(found)


def _of(origin: Origin, wave: Wave, before: Wave | None) -> Iterable[str]:
    about, own = wave.about, f"data/{wave.id}"
    merged = wave.codebook.territory.fusions
    counted = about.source == "effectifs"  # by a study, which gives numbers where respondents' rows are counted
    frame, answers = f"{own}/{about.cadre.fichier}", f"{own}/{about.answers_file}"
    return {
        Origin.ANSWERS: (answers,),
        Origin.BEFORE: (f"data/{before.id}/{before.about.answers_file}",) if before else (),
        Origin.RESPONDENTS: (f"{own}/vague.yml" if counted else answers,),
        Origin.FRAME: (frame,),
        Origin.STRATA: () if counted else (frame,),
        Origin.PRINTED: (f"{own}/publie.csv",) if counted else (),
        Origin.INHABITANTS: (f"{own}/{about.habitants.fichier}",) if about.habitants else (),
        Origin.STATEMENTS: (f"{own}/affirmations.yml",) if counted else (),
        Origin.QUESTIONNAIRE: (display_path(questionnaire_path(wave.id)),),
        Origin.TERRITORY: (f"data/territoires/{about.territoire}.yml",),
        Origin.MERGERS: (f"data/{merged}",) if merged else (),
        Origin.COURSES: ("data/formations.csv",),
        Origin.CONTEXT: ("data/contexte.csv",),
        Origin.MEASURED: ("data/couverture.csv",),
        Origin.CLAIMED: ("data/fausses_alertes.csv",),
        Origin.COLUMNS: (file_name("colonnes", publication(wave)),),
    }[origin]
