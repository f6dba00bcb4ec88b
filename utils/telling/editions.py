"""What every page may say of an edition: who asked, when, which communes, and how many answered."""

__all__ = ["led", "set_aside", "sides", "told"]

from types import SimpleNamespace

from utils.french import capitalise, period, typeset
from utils.survey.about import Metadata
from utils.survey.codebook import SPLIT, Source
from utils.survey.pair import ACTIVE, Pair
from utils.survey.results import ASKED
from utils.survey.wave import Wave
from utils.telling import figures, places
from utils.telling.figures import count, number, percent, sentence

INVENTED = "Données fictives"  # what stands for who asked, of data that nobody gave


def told(wave: Wave) -> SimpleNamespace:
    """Return what is known about an edition, in words that stand in sentences.

    Returns
    -------
    SimpleNamespace of str
        `periode`, `menee` (see `led`), `repondants`, `communes`, `communes_nombre`, `invites`, `participation`,
        `communes_visees`; `actives`, `non_actives`, None where it is not asked who is active;
        `actives_nombre`, which ends a sentence on those that took part, empty then; `provinces_absentes`,
        None where no province is left out.
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
    said |= dict.fromkeys(ACTIVE.bases) | {"actives_nombre": _among(wave)}
    if SPLIT in wave.codebook:
        said |= _sizes(wave, ACTIVE)
    said |= {"communes_visees": places.addressed(wave), "provinces_absentes": places.unasked(wave)}
    when = period(about.periode.debut, about.periode.fin)
    return SimpleNamespace(periode=when, menee=led(about), **said)


def led(about: Metadata) -> str:
    """Say when an edition was led and by whom, to begin a sentence on the survey.

    An invented one that names nobody says that its data are invented; where nobody is named, nobody is.

    Examples
    --------
    >>> led(about)  # doctest: +SKIP
    'Menée de mars à mai 2026 par FuturoCité'
    """
    when, who = period(about.periode.debut, about.periode.fin), " ".join(about.organisateur.split())
    invented = who.casefold() == INVENTED.casefold()
    by = f" ({INVENTED.lower()})" if invented else f" par {who}" if who else ""
    return typeset(f"Menée {when}{by}")


def sides(wave: Wave) -> SimpleNamespace:
    """Return how many communes are of each of the two kinds that are compared; None where nobody is.

    They stand under `actives` and `non_actives`, whatever tells them apart: figures keep their addresses.
    """
    pair = wave.codebook.pair
    said = _sizes(wave, pair).values() if pair else (None, None)
    return SimpleNamespace(**dict(zip(ACTIVE.bases, said, strict=True)))


def _sizes(wave: Wave, pair: Pair) -> dict[str, str]:
    """Tell how many communes each of two kinds has, by its base; of kinds that are not told, not even that."""
    if wave.withheld(pair.question):
        return {side.id: f"un nombre non publié de {side.noun.plural}" for side in pair.groupes}
    with figures.about(wave.choice(pair.question).source):
        return {s.id: count(wave.size(s.id), *s.noun, of=s.noun.plural) for s in pair.groupes}


@figures.sentence
def _among(wave: Wave) -> str:
    """Tell how many of the communes that took part are active, as the end of a sentence; empty where nobody asked."""
    if SPLIT not in wave.codebook:
        return ""
    with figures.about(wave.choice(SPLIT).source):
        some = "un nombre non publié" if wave.withheld() else number(wave.size("actives"), of="communes actives")
        return f"\u202f; {some} d’entre elles sont actives"


@sentence
def set_aside(rejected: int) -> str:
    """Tell how many respondents' rows count nowhere."""
    rows = count(rejected, "réponse a été écartée", "réponses ont été écartées", of="réponses écartées")
    return typeset(f"{capitalise(rows)}, parce qu’inutilisables : elles ne comptent nulle part dans ce livre.")
