"""What a chapter opens with: its result in one sentence, which no drawing of the page says in the same words."""

__all__ = ["opening"]

from collections.abc import Sequence

from utils.french import decapitalise, listing, typeset
from utils.survey import levels
from utils.survey.results import ChoiceResult, LikertResult
from utils.telling.figures import named, number, percent, sentence
from utils.telling.leads import NAMED
from utils.telling.phrases import headline, share_of, told_by

_TOLD = ("likert", "choix_unique", "choix_multiple")  # what is told by a share
_BEGUN = {
    "Une",
    "Un",
    "Le",
    "La",
    "Les",
    "Toutes",
    "Tous",
    "Parmi",
    "Aucune",
    "Aucun",
    "Plus",
    "Moins",
    "Seule",
    "Seul",
}


@sentence
def opening(results: Sequence[LikertResult | ChoiceResult]) -> str | None:
    """Tell the findings of the first two questions, or of the only one how many answers were chosen, and which.

    Parameters
    ----------
    results : sequence
        Of a chapter, in the order of the questionnaire.

    Returns
    -------
    str or None
        None where nobody answered, and where the only drawing says all that there is.
    """
    first = {result.question.id: result for result in reversed(results)}
    told = [result for result in results if result is first[result.question.id]]
    told = [result for result in told if result.answers.n and not result.withheld]
    if len(told) > 1:
        return typeset(f"{headline(told[0])} ; {_continued(*told[:2])}")
    if not told or told[0].question.type != "choix_multiple":
        return None
    return _chosen(told[0])


def _continued(first: LikertResult | ChoiceResult, second: LikertResult | ChoiceResult) -> str:
    """Go on with a second finding: of the same communes, without naming them again."""
    share, _, top = told_by(second) if second.question.type in _TOLD else (0, None, None)
    if share and top is None and first.base == second.base and first.question.constat:
        told = percent(share, of=named(second.source, share_of(second, top)))
        return f"{told} disent {second.question.constat}"
    said = headline(second)
    return decapitalise(said) if said.split()[0] in _BEGUN else said


def _chosen(result: ChoiceResult) -> str | None:
    """Tell how many answers each chose, and which first: as most chosen only where that is sure.

    An answer that rules out every other is none, and no mean is told that is one. None where none was chosen.
    """
    shares = result.answers.shares.drop(list(result.exclusive))
    if not shares.any():
        return None
    mean, first = shares.sum(), list(shares.index[shares == shares.max()])[:NAMED]
    what = "réponse" if round(mean, 1) < 2 else "réponses"
    share = percent(shares.max(), of=named(result.source, share_of(result, first[0])))
    which = f"{listing(f'« {result.label(option)} »' for option in first)} ({share})"
    # Where it is known who chose nothing, they are no part of the base.
    who = f"{result.noun.plural}{' qui en citent' if result.answers.n < result.expected else ''}"
    reserve = "" if result.proof.holds(levels.leader(result)) else ", sans certitude"
    if round(mean, 1) == 1:  # that each gives one answer is nothing to tell
        return typeset(f"Les {who} citent le plus souvent {which}{reserve}")
    told = number(mean, 1, of=named(result.source, "nombre moyen de réponses choisies"))
    return typeset(f"Les {who} donnent en moyenne {told} {what}, le plus souvent {which}{reserve}")
