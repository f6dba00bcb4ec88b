"""What every page may say of an edition: who asked, when, which communes, and how many answered."""

__all__ = ["told"]

from types import SimpleNamespace

from utils.french import period, typeset
from utils.survey.codebook import BASES, Source
from utils.survey.results import ASKED
from utils.survey.wave import Wave
from utils.telling import figures, places
from utils.telling.figures import count, number, percent


def told(wave: Wave) -> SimpleNamespace:
    """Return what is known about an edition, in words that stand in sentences.

    Returns
    -------
    SimpleNamespace of str
        `organisateur`, `periode`, `repondants`, `communes`, `communes_nombre`, `invites`, `participation`,
        `actives_nombre`, `actives`, `non_actives`, `communes_visees`; `provinces_absentes` is None where no
        province is left out.
    """
    about = wave.about
    with figures.about(Source(base="repondants", n=about.repondants)):
        said = {"repondants": count(about.repondants, "réponse", "réponses", of="réponses reçues")}
    with figures.about(Source(base=ASKED, n=about.invites)):
        said |= {
            "communes": count(about.communes, "commune", "communes", of="communes participantes"),
            "communes_nombre": number(about.communes, of="communes participantes"),
            "invites": number(about.invites, of="communes interrogées"),
            "participation": percent(about.communes / about.invites, of="taux de participation"),
        }
    if wave.withheld():  # of the two sides, not even how many they are
        said |= {"actives_nombre": "un nombre non publié"}
        said |= {base: f"un nombre non publié de {BASES[base].plural}" for base in ("actives", "non_actives")}
    else:
        with figures.about(wave.choice("active").source):
            said |= {
                "actives_nombre": number(wave.size("actives"), of="communes actives"),
                "actives": count(wave.size("actives"), *BASES["actives"], of="communes actives"),
                "non_actives": count(wave.size("non_actives"), *BASES["non_actives"], of="communes non actives"),
            }
    when = period(about.periode.debut, about.periode.fin)
    said |= {"communes_visees": places.addressed(wave), "provinces_absentes": places.unasked(wave)}
    return SimpleNamespace(organisateur=typeset(about.organisateur), periode=when, **said)
