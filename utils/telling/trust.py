"""What a reader may know before believing a number: how sure it is, in an example from the edition itself."""

__all__ = ["uncertain"]

from utils.french import decapitalise, typeset
from utils.statistics.intervals import LEVEL
from utils.survey.codebook import SPLIT
from utils.survey.wave import Wave
from utils.telling.figures import about, percent, sentence, span
from utils.telling.phrases import share_of, stands_for, told_by

_TOLD = ("likert", "choix_unique", "choix_multiple")  # what is told by a share


@sentence
def uncertain(wave: Wave) -> str | None:
    """Tell that each share has an interval, by that of the first question; None where nothing is published."""
    asked = sorted((q for q in wave.codebook.questions if q.type in _TOLD), key=lambda q: q.id != SPLIT)
    found = (wave.result(question.id, question.bases[0]) for question in asked)
    result = next((one for one in found if one.answers.n and not one.withheld), None)
    if result is None:
        return None
    share, around, top = told_by(result)
    level = percent(LEVEL, of=None)
    with about(result.source):
        told = percent(share, of=share_of(result, top))
        ends = span(around.low, around.high, of=f"intervalle à {level} de la {share_of(result, top)}")
    said = f"disent {decapitalise(stands_for(result))}" if top is None else f"répondent « {stands_for(result)} »"
    return typeset(
        f"Chaque part a son intervalle à {level}. Par exemple, {told} des {result.noun.plural} {said} ; "
        f"l’intervalle va de {ends}."
    )
