"""What is said in place of answers that are not published, as too few gave one."""

__all__ = ["left_out", "nothing", "untold"]

from collections.abc import Sequence

from utils.french import listing, typeset
from utils.survey.results import ChoiceResult, LikertResult


def untold(results: Sequence[LikertResult | ChoiceResult]) -> str:
    """Say of whom the answers to some questions are not published; empty text where they all are.

    Examples
    --------
    « Réponses non publiées, car trop peu de communes non actives en ont donné »
    """
    whose = dict.fromkeys(result.noun.plural for result in results if result.withheld)
    return typeset(f"Réponses non publiées, car trop peu de {listing(whose)} en ont donné") if whose else ""


def nothing(result: LikertResult | ChoiceResult) -> str:
    """Say why a question has no answer to tell: nobody gave one, too few did, or none that is an opinion."""
    if result.withheld:
        return f"{untold([result])}."
    return "Personne n’a donné d’avis." if result.answered else "Personne n’a répondu à cette question."


def left_out(results: Sequence[LikertResult]) -> str:
    """Name the items among several whose answers are not published, after what is told of the others."""
    topics = listing(result.topic for result in results if result.withheld)
    return f" ; réponses non publiées, trop peu nombreuses : {topics}" if topics else ""
