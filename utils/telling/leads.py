"""Which answer to a question with options comes first, and whether that is sure."""

__all__ = ["NAMED", "lead"]

from collections.abc import Sequence

from utils import french
from utils.french import listing, typeset
from utils.survey import levels
from utils.survey.results import ChoiceResult
from utils.telling.figures import number, percent, sentence

NAMED = 3  # more options than this that tie are not named


@sentence
def lead(result: ChoiceResult) -> str:
    """Tell the option most chosen before the next one: as a lead only where it is sure, else of the answers."""
    # Of weighted answers it is the shares that have an order.
    counts = result.answers.ranked if result.weighted else result.answers.counts[result.answers.ranked.index]
    if not counts.any():
        return "Aucune des réponses proposées n’a été choisie"
    first, others = list(counts.index[counts == counts.iloc[0]]), counts[counts < counts.iloc[0]]
    told = f"{_labels(result, first)} ({_share(result, first[0])})"
    if len(first) > NAMED:
        many = number(len(first), of="nombre de réponses proposées")
        return typeset(f"Aucune réponse ne se détache : {many} sont à égalité ({_share(result, first[0])})")
    if len(first) > 1:
        return typeset(f"Réponses les plus fréquentes, à égalité : {told}")
    if others.empty:
        return typeset(f"Seule réponse proposée : {told}")
    second = list(others.index[others == others.iloc[0]])
    sure = result.proof.holds(levels.leader(result))
    # Of two shares that are printed alike, none is said to lie before the other.
    high, low = (result.answers.shares[options[0]] for options in (first, second))
    decimals = int(sure and french.percent(high) == french.percent(low))
    told = f"{_labels(result, first)} ({_share(result, first[0], decimals)})"
    behind = _labels(result, second) if len(second) <= NAMED else "les suivantes"
    behind += f" ({_share(result, second[0], decimals)})"
    if sure:
        return typeset(f"En tête : {told}, devant {behind}")
    return typeset(f"Réponse la plus fréquente : {told}, sans avance sûre sur {behind}")


def _labels(result: ChoiceResult, options: Sequence[str]) -> str:
    """Name options; those of a scale of answers, which are sentences of their own, in quotation marks."""
    return listing(f"« {result.label(o)} »" if result.question.ordonnee else result.label(o) for o in options)


def _share(result: ChoiceResult, option: str, decimals: int = 0) -> str:
    return percent(result.answers.shares[option], decimals, of=f"part de « {result.label(option)} »")
