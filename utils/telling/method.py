"""What the book says of its own questionnaire, scales and words: bounds that are chosen, not measured."""

__all__ = [
    "counted",
    "genuine",
    "groups",
    "of_respondents",
    "origin",
    "preferences",
    "published",
    "quartiles",
    "questions",
    "rounding",
    "scales",
    "subjects",
    "used",
    "verification",
    "vocabulary",
    "weighting",
]

import math

import pandas as pd

from utils.french import capitalise, listing, typeset
from utils.statistics.quantiles import DIGITS
from utils.survey.about import Metadata
from utils.survey.codebook import SPLIT, Codebook
from utils.survey.wave import Wave
from utils.telling.figures import count, number, sentence
from utils.telling.markup import Markup, markup
from utils.telling.phrases import SIDES
from utils.telling.verdicts import EFFECTS

_OF_RESPONDENTS = {"role": "leur fonction", "demandes": "les aides qu’ils souhaitent"}
_QUESTIONS = "nombre de questions"
_SIDES = {"desaccord": "le désaccord", "neutre": "le milieu", "accord": "l’accord"}
# What is measured of rules that not every edition has use for: of numbers in `data/couverture.csv`.
_OF_CHANGES = ("ecart_evolution", "test_evolution")
_OF_PROMOTERS = ("nps", "ecart_nps", "test_nps")
_OF_RANKINGS = ("rang_moyen", "test_friedman", "test_devant")
# What an edition asks about, by the chapter that tells it.
_SUBJECTS = {
    "22_presence": "ce qu’il en est de leur présence sur les médias sociaux",
    "24_pratiques": "comment elles s’y prennent",
    "27_obstacles": "ce qui leur fait obstacle",
    "28_attentes": "ce qui les aiderait",
}


def subjects(codebook: Codebook) -> str:
    """Tell what an edition asks the communes, as the end of a sentence; what it leaves out is not told."""
    asked = _SUBJECTS | (
        {codebook[SPLIT].chapitre: "si elles sont actives sur les médias sociaux"} if SPLIT in codebook else {}
    )
    told = listing(said for chapter, said in asked.items() if codebook.chapter(chapter))
    many = count(len(codebook.questions), "question", "questions", of=None)
    return typeset(told or f"de répondre à {many}")


def origin(about: Metadata) -> Markup:
    """Tell what every number of an edition is computed from, after « à partir »."""
    if about.source != "effectifs":
        return Markup("des réponses reçues")
    if about.etude and about.etude.reference:
        return markup("des effectifs que l’étude publie {{cite:p}}`{key}`", key=about.etude.reference)
    return Markup("des effectifs que l’étude publie")


def verification() -> Markup:
    """Return the section that tells how a published study is verified, for the books that do."""
    return markup(
        "## Vérification de l’étude\n\n"
        "Quand une édition reprend une étude publiée, chaque affirmation chiffrée de l’étude est traduite en une "
        "expression que les tableaux décident : vraie, vraie à peu près, ou fausse. "
        "[L’étude vérifiée](92_verification.ipynb) donne les mots et leurs seuils."
    )


def groups(codebook: Codebook) -> Markup:
    """Return the section that tells by what the communes are told apart."""
    noun = codebook.territory.strate.pluriel
    if not codebook.tailles:
        return markup("## {titre}\n\nLes {noun} servent à ventiler les résultats.", titre=capitalise(noun), noun=noun)
    return markup(
        "## {titre} et tailles\n\nLes {noun} et les tailles de communes servent à ventiler les résultats. "
        "Une tranche comprend sa borne inférieure, non sa borne supérieure.",
        titre=capitalise(noun),
        noun=noun,
    )


def of_respondents(codebook: Codebook) -> str:
    """Tell what is asked of respondents about themselves, after a sentence; empty text where nothing is."""
    asked = [question for question in codebook.questions if question.base == "repondants" and question.type != "texte"]
    told = dict.fromkeys(_OF_RESPONDENTS.get(question.id, f"« {question.libelle} »") for question in asked)
    return typeset(f" On leur demande {listing(told)}.") if told else ""


def genuine(about: Metadata, pages: Markup | None) -> list[Markup]:
    """Tell which pages of an invented edition are not; nothing of a real one, nor where all is invented.

    Parameters
    ----------
    pages : Markup or None
        Links to them.
    """
    if not about.fictif or not pages:
        return []
    taken = "Ce que cette édition ne tient pas de l’enquête, elle le reprend de sources réelles : {pages}."
    return [markup(taken, pages=pages)]


def counted(about: Metadata) -> str:
    """Tell where an edition's counts come from, and what is done where they do not add up."""
    printed = "Les effectifs sont repris tels que l’étude les publie."
    made = printed if about.source == "effectifs" else "Les effectifs sont comptés sur les réponses reçues."
    return f"{made} Là où leur somme diffère de la base, le livre calcule sur la somme et le signale."


@sentence
def questions(codebook: Codebook) -> str:
    """Tell how many questions of each type the codebook holds."""
    kinds = [question.type for question in codebook.questions]
    told = [
        count(kinds.count("likert"), "score d’accord", "scores d’accord", of=_QUESTIONS),
        count(kinds.count("choix_unique"), "choix unique", "choix uniques", of=_QUESTIONS),
        count(kinds.count("choix_multiple"), "choix multiple", "choix multiples", of=_QUESTIONS),
        *([count(kinds.count("nombre"), "nombre", "nombres", of=_QUESTIONS)] if "nombre" in kinds else []),
        *(
            [count(kinds.count("classement"), "classement", "classements", of=_QUESTIONS)]
            if "classement" in kinds
            else []
        ),
        count(kinds.count("texte"), "réponse libre", "réponses libres", of=_QUESTIONS),
    ]
    return typeset(f"{count(len(kinds), 'question', 'questions', of=_QUESTIONS)} : {listing(told)}.")


def published(about: Metadata) -> str:
    """Tell why a study's form had more questions than the book, after their number; empty where it has all of them."""
    if about.source != "effectifs" or not about.etude:
        return ""
    return " Ce sont celles dont l’étude publie les réponses ; le formulaire en posait davantage."


@sentence
def scales(codebook: Codebook) -> str:
    """Tell every scale: its ends, and which scores are disagreement, middle and agreement."""
    told = []
    for scale in codebook.echelles.values():
        sides = [(scale.side(sens), name) for sens, name in _SIDES.items() if scale.side(sens)]
        formed = ", ".join(f"{_scores(scores, first=not i)} {name}" for i, (scores, name) in enumerate(sides))
        told.append(f"L’échelle va {scale.told} ; {formed}.")
    return typeset(" ".join(told))


def _scores(scores: tuple[int, ...], *, first: bool) -> str:
    """Name neighbouring scores, with the verb where they come first."""
    if len(scores) == 1:
        return f"le score {number(scores[0], of=None)}{' forme' if first else ''}"
    low, high = (number(score, of=None) for score in (scores[0], scores[-1]))
    return f"{'les scores' if first else 'ceux'} de {low} à {high}{' forment' if first else ''}"


def used(measured: pd.DataFrame, codebook: Codebook, *, compared: bool) -> pd.DataFrame:
    """Return what simulations measured of the intervals and tests that an edition has use for.

    Parameters
    ----------
    measured : DataFrame
        See `reading.measured.interval_coverage`.
    codebook : Codebook
    compared : bool
        Whether the edition is compared with another.
    """
    promoted = any(question.echelle and codebook.scale(question.id).indice for question in codebook.questions)
    ranked = any(question.type == "classement" for question in codebook.questions)
    of = ((compared, _OF_CHANGES), (promoted, _OF_PROMOTERS), (ranked, _OF_RANKINGS))
    unused = [kind for has, kinds in of if not has for kind in kinds]
    return measured[~measured["intervalle"].isin(unused)]


@sentence
def rounding(wave: Wave) -> str | None:
    """Say to what the counts of an edition are rounded; None where they are not."""
    if wave.exact is None:
        return None
    base = number(wave.about.arrondi, of=None)
    return typeset(
        f"Les effectifs de cette édition sont arrondis au multiple de {base} le plus proche avant tout "
        "calcul : parts, intervalles et tests reposent sur eux. Une réponse de plus ou de moins se voit donc "
        "rarement en comparant deux versions du livre, et jamais à l’unité. Des totaux peuvent différer de la somme "
        "de leurs parties ; les communes interrogées et les participantes sont comptées à l’unité."
    )


@sentence
def quartiles(wave: Wave) -> str | None:
    """Say which quartiles of numbers are told; None where all of them are."""
    if wave.about.threshold == 1:
        return None
    few, digits = number(wave.about.threshold, of=None), number(DIGITS, of=None)
    return typeset(
        f"Une médiane, un quartile ou une borne n’est donné que si au moins {few} réponses n’en "
        "dépassent pas la valeur et qu’autant ne lui sont pas inférieures : nul n’est alors parmi quelques-uns qui "
        f"auraient pu la donner. La valeur est arrondie à {digits} chiffres significatifs, les bornes vers l’extérieur."
    )


@sentence
def preferences(wave: Wave) -> str | None:
    """Say how few may put one option before another without a verdict that tells it; None where any may."""
    if wave.about.threshold == 1:
        return None
    few = number(wave.about.threshold, of=None)
    return typeset(
        f"Si moins de {few} mettent la seconde avant la première, le test compte comme s’ils étaient "
        "le plus grand nombre au-dessous de ce seuil : aucun verdict ne dit combien ils sont. Les ordres mêmes ne sont "
        "jamais publiés."
    )


@sentence
def weighting(wave: Wave) -> str | None:
    """Say that the answers of an edition are weighted, and what they are worth; None where they are not."""
    if wave.about.poids is None:
        return None
    column = f"lu dans la colonne « {wave.about.poids} » de ses données"
    said = f"Chaque réponse de cette édition porte un poids, {column}"
    if wave.weights is None:
        return typeset(f"{said}. Tous sont égaux : ils ne changent aucun chiffre.")
    rows = wave.weights.rows
    n, worth = rows.total[0], rows.size
    worthy = number(math.floor(worth), of="effectif efficace")
    effect = number(n / worth, 1, fixed=True, of="effet de plan")
    return typeset(
        f"{said}. Les parts, médianes, moyennes et tests en tiennent compte ; les effectifs et les bases sont ceux des "
        f"réponses, sans poids. Des poids inégaux rendent une estimation moins sûre : les "
        f"{number(n, of='nombre de répondants')} réponses en valent {worthy} de poids égaux, soit un effet de plan de "
        f"{effect} (Kish 1965). Chaque part a son propre effectif efficace, le plus petit de celui de Kish et de celui "
        "que donne la variance linéarisée (Korn et Graubard 1998) ; son intervalle est celui de Wilson à cet effectif, "
        "avec le quantile de Student. La médiane a l’intervalle de Woodruff, la moyenne celui de la variance "
        "linéarisée. Les tests sont corrigés des poids au second ordre (Rao et Scott 1984 ; sur les rangs, Lumley et "
        "Scott 2013). Là où les réponses valent trop peu pour eux, rien n’est testé : aucun test exact ne connaît les "
        "poids. Des poids ne corrigent que ce dont ils tiennent compte."
    )


@sentence
def vocabulary() -> list[str]:
    """Tell what it takes to write each word that is chosen by a number."""
    few, many = SIDES
    *named, (_, least) = EFFECTS
    efforts = ", ".join(f"« {word} » à partir de {number(bound, 1, of=None)}" for bound, word in named)
    return [
        f"« {many} », « {few} » : plus, ou moins, de la moitié à coup sûr ; sinon la part est dite de celles qui ont "
        "répondu, dont le nombre est donné.",
        "« en tête », « devant », « premier », « le plus », « le moins » : l’ordre est sûr ; sinon le texte ajoute "
        "« à confirmer », ou dit que rien n’est assuré.",
        f"Force d’un lien : {efforts}, « {least} » au-dessous.",
    ]
