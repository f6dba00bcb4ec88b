"""Sentences on answers that are no opinion, such as « ne sait pas »: how many gave one, of what it is no part."""

__all__ = ["no_opinion", "outside"]

from utils.french import capitalise, listing, typeset
from utils.statistics.intervals import LEVEL
from utils.survey.results import ChoiceResult, LikertResult
from utils.telling.figures import count, number, percent, sentence, span

_LEVEL = percent(LEVEL, of=None)
_ANSWERED = "nombre de réponses, sans avis compris"


@sentence
def no_opinion(result: LikertResult | ChoiceResult) -> str:
    """Tell how many gave each answer that is no opinion; empty text where the question has none, or nobody answered.

    Examples
    --------
    « 6 communes actives sur 52 (12 %, intervalle à 95 % : 5 à 23 %) répondent « ne sait pas » ; cette réponse n’entre
    ni dans les parts, ni dans la médiane, ni dans la moyenne. »
    """
    if not result.answered or result.no_opinion.empty:
        return ""
    given = [option for option, n in result.no_opinion.items() if n]
    if not given:
        none = "Aucune" if result.noun.plural.startswith("communes") else "Aucun"
        listed = " ni ".join(f"« {result.label(option)} »" for option in result.no_opinion.index)
        who = count(result.answered, *result.noun, of=_ANSWERED)
        return typeset(f"{none} des {who} ne répond {listed}.")
    said = listing(_gave(result, option) for option in given)
    several = len(given) > 1
    those = "ces réponses n’entrent" if several else "cette réponse n’entre"
    rated = "ni dans les parts, ni dans la médiane, ni dans la moyenne"
    return typeset(f"{said} ; {those} {rated if isinstance(result, LikertResult) else 'pas dans la base des parts'}.")


def _gave(result: LikertResult | ChoiceResult, option: str) -> str:
    part, label = result.no_opinion_part(option), result.label(option)
    n, around = part.count, part.interval
    of = f"« {label} »"
    ends = span(around.low, around.high, of=f"intervalle à {_LEVEL} de la part de {of}")
    share = percent(part.share, of=f"part de {of}")
    if part.weighted:
        least = f"{share} des {_answered(result)} réponses, pondérées (intervalle à {_LEVEL} : {ends})"
        return f"{least}, disent « {label} »"
    return (
        f"{count(n, *result.noun, of=f'effectif de {of}')} sur {_answered(result)} "
        f"({share}, intervalle à {_LEVEL} : {ends}) {'répond' if n == 1 else 'répondent'} « {label} »"
    )


def _answered(result: LikertResult | ChoiceResult) -> str:
    return number(result.answered, of=_ANSWERED)


def outside(result: LikertResult | ChoiceResult, option: str) -> str:
    """Name an answer that is no opinion beside those that shares are of: its share is of all who answered.

    Examples
    --------
    « Ne sait pas (hors de l’échelle, part des 52 réponses) »
    """
    where = "hors de l’échelle" if isinstance(result, LikertResult) else "hors de la base"
    of = "" if result.withheld else f", part des {number(result.answered)} réponses"
    return typeset(f"{capitalise(result.label(option))} ({where}{of})")
