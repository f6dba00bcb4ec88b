"""What the book says of its own questionnaire, scales and words: bounds that are chosen, not measured."""

__all__ = ["questions", "scales", "vocabulary"]

from utils.french import listing, typeset
from utils.survey.codebook import Codebook
from utils.telling.figures import count, number, percent, points, sentence
from utils.telling.phrases import FAR, QUANTIFIERS, SMALL
from utils.telling.verdicts import EFFECTS

_QUESTIONS = "nombre de questions"
_SIDES = {"desaccord": "le désaccord", "neutre": "le milieu", "accord": "l’accord"}


@sentence
def questions(codebook: Codebook) -> str:
    """Tell how many questions of each type the codebook holds."""
    kinds = [question.type for question in codebook.questions]
    told = [
        count(kinds.count("likert"), "note d’accord", "notes d’accord", of=_QUESTIONS),
        count(kinds.count("choix_unique"), "choix unique", "choix uniques", of=_QUESTIONS),
        count(kinds.count("choix_multiple"), "choix multiple", "choix multiples", of=_QUESTIONS),
        count(kinds.count("texte"), "réponse libre", "réponses libres", of=_QUESTIONS),
    ]
    return typeset(f"{count(len(kinds), 'question', 'questions', of=_QUESTIONS)} : {listing(told)}.")


@sentence
def scales(codebook: Codebook) -> str:
    """Tell every scale: its ends, and which scores are disagreement, middle and agreement."""
    told = []
    for scale in codebook.echelles.values():
        sides = [(scale.side(sens), name) for sens, name in _SIDES.items() if scale.side(sens)]
        formed = ", ".join(f"{_scores(scores, first=not i)} {name}" for i, (scores, name) in enumerate(sides))
        told.append(f"L’échelle va de {scale.minimum} ({scale.bas}) à {scale.maximum} ({scale.haut}) ; {formed}.")
    return typeset(" ".join(told))


def _scores(scores: tuple[int, ...], *, first: bool) -> str:
    """Name neighbouring scores, with the verb where they come first."""
    if len(scores) == 1:
        return f"le score {scores[0]}{' forme' if first else ''}"
    return f"{'les scores' if first else 'ceux'} de {scores[0]} à {scores[-1]}{' forment' if first else ''}"


@sentence
def vocabulary() -> list[str]:
    """Tell the bounds of every word that is chosen by a number."""
    lows = [0.0, *(bound for bound, _ in QUANTIFIERS)]
    said = [
        f"« {words} » : {f'à partir de {percent(low, of=None)} et ' if low else ''}sous {percent(bound, of=None)}."
        for low, (bound, words) in zip(lows, QUANTIFIERS, strict=False)
    ]
    *named, (_, least) = EFFECTS
    efforts = ", ".join(f"« {word} » à partir de {number(bound, 1, of=None)}" for bound, word in named)
    return [
        *said,
        f"Force d’un lien : {efforts}, « {least} » au-dessous.",
        f"« loin devant » : au moins {points(FAR, of=None)} d’écart entre la première et la deuxième réponse.",
        f"Réponses peu citées : sous {percent(SMALL, of=None)}.",
    ]
