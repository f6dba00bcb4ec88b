"""Sentences about active and non-active communes: their gap, its tests, how firmly they hold."""

__all__ = [
    "compared",
    "counted",
    "detectable",
    "differ",
    "headline",
    "robust",
    "robustness",
    "shifted",
    "sides_apart",
    "telling_answers",
    "verdict",
]

import math

from utils.french import listing, typeset
from utils.statistics.compare import ALPHA
from utils.statistics.intervals import LEVEL
from utils.survey.contrasts import Contrast
from utils.survey.items import Family
from utils.survey.results import LikertResult
from utils.telling import phrases
from utils.telling.figures import count, difference, named, number, percent, points, sentence, span
from utils.telling.kinds import between, others
from utils.telling.phrases import agreed
from utils.telling.untold import untold
from utils.telling.verdicts import NOTHING, SPARSE, apart, around, association, both

_LEVEL = percent(LEVEL, of=None)
_GAP, _MANY, _CUTS = "écart des parts d’accord", "nombre de tests", "nombre de spécifications"
_SIDES = {"desaccord": "en désaccord", "neutre": "au milieu de l’échelle", "accord": "d’accord"}


@sentence
def shifted(pair: Contrast) -> str:
    """Tell whether the first group agrees more than the second (Mann-Whitney, probability of superiority)."""
    test, corrected = pair.order, pair.corrected("order")
    if math.isnan(test.p):
        return typeset("Un groupe sans réponse, ou des réponses toutes égales : il n’y a pas d’ordre à comparer.")
    figures = (
        f"(test de Mann-Whitney : {both(test.p, corrected, 'valeur p de Mann-Whitney')} ; delta de Cliff = "
        f"{number(test.delta, 2, fixed=True, of='delta de Cliff')} "
        f"{around(test.delta_interval)})"
    )
    odds = f"{number(test.superiority * 100, of='probabilité de supériorité, en %')} fois sur cent"
    if test.interval:
        odds += f" (intervalle à {_LEVEL} : {span(test.interval.low * 100, test.interval.high * 100, '')})"
    if apart(corrected):
        more, less = pair.kinds.groupes if test.delta > 0 else reversed(pair.kinds.groupes)
        said = f"Les {more.noun.plural} se disent plus d’accord que les {less.noun.plural} {figures}."
    elif test.p < ALPHA:  # the intervals beside it are those of this comparison alone
        said = (
            "Pris seul, le test sur les scores départagerait les deux groupes ; compte tenu de tous les tests du "
            f"livre, non {figures}."
        )
    else:
        said = f"L’ordre des scores ne permet pas de départager les deux groupes {figures}."
    return typeset(
        f"{said} Pour {pair.active.named}, prenez au hasard une {pair.active.noun.singular} et une "
        f"{pair.other.noun.singular} : la première est plus d’accord que la seconde {odds}, une égalité comptant pour "
        "moitié."
    )


@sentence
def compared(pair: Contrast) -> str:
    """Tell the agreement of the two groups side by side, with the gap in points and its interval."""
    active, other = pair.active, pair.other
    if pair.withheld:
        return f"{untold([active, other])}. Il n’y a pas d’écart à publier."
    empty = [side.noun.plural for side in (active, other) if not side.answers.n]
    if empty:
        return typeset(f"Aucune réponse des {listing(empty)} : il n’y a pas d’écart à calculer.")
    around, scale = pair.gap_interval, active.scale
    # Where low scores agree, which way to read one is said.
    reading = f", {scale.told}" if scale.descending else ""
    return typeset(
        f"{agreed(active)} des {active.noun.plural} et {agreed(other)} des {other.noun.plural} "
        f"disent {active.question.constat}, soit un écart de "
        f"{difference(active.agree, other.agree, signed=True, of=_GAP)} "
        f"(intervalle à {_LEVEL} : {span(around.low, around.high, 'points')}) ; la médiane vaut "
        f"{_median(active)} pour les premières et {_median(other)} pour les secondes{reading}."
    )


@sentence
def headline(pair: Contrast) -> str:
    """Tell how many agree in each group, as the title of their chart."""
    active, other = pair.active, pair.other
    if active.withheld and other.withheld:
        return untold([active, other])
    told = [side for side in (active, other) if side.answers.n]
    if len(told) < 2:
        return phrases.headline(told[0]) if told else "Aucune réponse à cette question"
    who = f"{agreed(active)} des {active.noun.plural} disent {active.question.constat}"
    return typeset(f"{who}, contre {agreed(other)} des {others(pair.kinds)}")


def differ(pair: Contrast) -> bool:
    """Whether anything of a pair surely differs, once corrected for all the claims of the book."""
    return apart(pair.corrected("sides")) or apart(pair.corrected("order"))


@sentence
def verdict(pair: Contrast) -> str:
    """Say in a sentence whether the two groups differ, and in what; empty text where they cannot be compared."""
    if pair.withheld or not (pair.active.answers.n and pair.other.answers.n):
        return ""
    if not pair.sides.tested:
        return typeset(NOTHING if pair.sides.method == "none" else SPARSE)
    if apart(pair.corrected("sides")):
        said = "Les deux groupes ne répondent pas de la même façon, au-delà de ce que le hasard explique d’ordinaire."
        return typeset(f"{said} {telling_answers(pair)}")
    if apart(pair.corrected("order")):
        more, less = pair.kinds.groupes if pair.order.delta > 0 else reversed(pair.kinds.groupes)
        return typeset(
            f"Les {more.noun.plural} disent davantage {pair.active.question.constat} que les {less.noun.plural}, "
            "au-delà de ce que le hasard explique d’ordinaire."
        )
    gap = difference(pair.active.agree, pair.other.agree, of=_GAP)
    if min(pair.sides.p, pair.order.p) < ALPHA:  # alone it would pass; the book makes many such comparisons
        return typeset(
            f"Un écart de {gap}, à confirmer : avec autant de comparaisons, le hasard peut en donner un aussi grand."
        )
    return typeset(f"Un écart de {gap}, qui peut tenir au hasard.")


def _median(result: LikertResult) -> str:
    return number(result.answers.median, 1, of=named(result.source, "médiane"))


@sentence
def sides_apart(pair: Contrast) -> str:
    """Tell whether the two groups are spread otherwise over disagreement, middle and agreement."""
    return association(pair.sides, pair.corrected("sides"), "l’écart entre les deux répartitions")


@sentence
def telling_answers(pair: Contrast) -> str:
    """Name the sides of the scale that one kind of commune gives more often, where their tests allow it."""
    if not pair.sides.tested:
        return typeset(NOTHING if pair.sides.method == "none" else SPARSE)
    if not apart(pair.corrected("sides")):
        return "Aucune réponse n’est mise à part : le test d’ensemble n’est pas concluant."
    residuals = pair.sides.residuals.loc[pair.active.base]
    named = [side for side in _SIDES if apart(pair.corrected_side(side))]
    more = [_SIDES[side] for side in named if residuals[side] > 0]
    less = [_SIDES[side] for side in named if residuals[side] < 0]
    if not named:
        return "Ni l’accord, ni le milieu, ni le désaccord ne se détache à lui seul."
    said = [f"{how} souvent {listing(sides)}" for how, sides in (("plus", more), ("moins", less)) if sides]
    return typeset(f"Les {pair.active.noun.plural} sont {' et '.join(said)} que les {others(pair.kinds)}.")


@sentence
def counted(pair: Contrast) -> str:
    """Tell among how many tests of its kind those of an item are corrected."""
    among = f"{count(len(pair.family), 'test', 'tests', of=_MANY)} {between(pair.kinds)}"
    return typeset(f"Le livre fait {among} : chaque valeur p corrigée tient compte de tous.")


@sentence
def robustness(pair: Contrast) -> str:
    """Tell how many of the defensible specifications, each on its own, would see a gap."""
    if pair.active.weighted or pair.other.weighted:
        return "La solidité du verdict n’est pas calculée : réponses pondérées."
    every = len(pair.specifications)
    if not every or pair.sides.method == "none":
        return "La solidité du verdict n’est pas calculée : il n’y a rien à comparer."
    some = number(pair.below, of=_CUTS) if pair.below else "aucune"
    passing = "passent" if pair.below > 1 else "passe" if pair.below else "ne passe"
    return typeset(
        f"Pour {pair.active.named}, {some} des {number(every, of=_CUTS)} manières de calculer {passing} "
        f"sous le seuil de {percent(ALPHA, of=None)}, à part et sans correction."
    )


@sentence
def robust(family: Family) -> str:
    """Name the items whose gap every defensible specification sees, each on its own: the title of their drawing."""
    told = [pair for pair in family.pairs if not pair.withheld and pair.specifications]
    if not told:
        return "La solidité des écarts n’est pas calculée"
    firm = [pair.active.named for pair in told if pair.below == len(pair.specifications)]
    limit = percent(ALPHA, of=None)
    if not firm:
        return typeset(f"Aucun écart ne passe sous le seuil de {limit}, de quelque manière qu’on le calcule")
    return typeset(f"Sous le seuil de {limit}, de quelque manière qu’on calcule : {listing(firm)}")


@sentence
def detectable(pair: Contrast) -> str:
    """Tell from which gap in agreement on groups of these sizes would show it four times in five; else empty text."""
    gap = pair.detectable_gap
    if gap is None:
        return ""
    return typeset(
        f"Avec ces effectifs et cette correction, le test de la répartition verrait au moins quatre fois sur cinq un "
        f"écart d’accord de {points(math.ceil(gap * 100) / 100, of='écart décelable')} ou plus ; "
        "un écart moindre peut lui échapper."
    )
