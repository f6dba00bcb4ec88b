"""What the book says of its own questionnaire, scales and words: bounds that are chosen, not measured."""

__all__ = ["questions", "rounding", "scales", "vocabulary"]

from utils.french import listing, typeset
from utils.survey.codebook import Codebook
from utils.survey.wave import Wave
from utils.telling.figures import count, number, percent, points, sentence
from utils.telling.phrases import FAR, QUANTIFIERS, SMALL
from utils.telling.verdicts import EFFECTS

_QUESTIONS = "nombre de questions"


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
        sides = [scale.side(sens) for sens in ("desaccord", "neutre", "accord")]
        no, middle, yes = (f"{side[0]} à {side[-1]}" if len(side) > 1 else str(side[0]) for side in sides)
        told.append(
            f"L’échelle va de {scale.minimum} ({scale.bas}) à {scale.maximum} ({scale.haut}) ; les scores de {no} "
            f"forment le désaccord, ceux de {middle} le milieu, ceux de {yes} l’accord."
        )
    return typeset(" ".join(told))


@sentence
def rounding(wave: Wave) -> str | None:
    """Say to what the counts of an edition are rounded; None where they are not."""
    if wave.exact is None:
        return None
    base = number(wave.about.arrondi, of=None)
    return typeset(
        f"**Arrondi.** Les effectifs de cette édition sont arrondis au multiple de {base} le plus proche avant tout "
        "calcul : parts, intervalles et tests reposent sur eux. Une réponse de plus ou de moins se voit donc "
        "rarement en comparant deux versions du livre, et jamais à l’unité. Des totaux peuvent différer de la somme "
        "de leurs parties ; les communes interrogées et les participantes sont comptées à l’unité."
    )


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
