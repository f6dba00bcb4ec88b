"""Sentences about active and non-active communes: their gap, its tests, how firmly they hold."""

__all__ = [
    "compared",
    "counted",
    "detectable",
    "differ",
    "headline",
    "quoted",
    "robust",
    "robustness",
    "shifted",
    "sides_apart",
    "telling_answers",
    "verdict",
]

import math
from fractions import Fraction

from utils.french import capitalise, listing, rounded, typeset
from utils.statistics.compare import ALPHA
from utils.statistics.intervals import LEVEL
from utils.survey.contrasts import Contrast
from utils.survey.items import Family
from utils.survey.results import LikertResult
from utils.telling import phrases
from utils.telling.figures import count, difference, gap, named, number, percent, points, sentence, span
from utils.telling.kinds import between, others
from utils.telling.phrases import agreed
from utils.telling.untold import untold
from utils.telling.verdicts import NOTHING, SPARSE, apart, around, association, both

_LEVEL = percent(LEVEL, of=None)
_GAP, _MANY, _CUTS = "écart des parts d’accord", "nombre de tests", "nombre de spécifications"
_SIDES = {"desaccord": "en désaccord", "neutre": "au milieu de l’échelle", "accord": "d’accord"}


@sentence
def shifted(pair: Contrast) -> str:
    """Tell whose scores lie nearer to agreement (Mann-Whitney, probability of superiority).

    Nearer, and no more: most of either group may well disagree.
    """
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
        said = f"{_closer(pair, more.noun.plural, less.noun.plural)} {figures}."
    elif test.p < ALPHA:  # the intervals beside it are those of this comparison alone
        said = (
            "Pris seul, le test sur les scores départagerait les deux groupes ; compte tenu de tous les tests du "
            f"livre, non {figures}."
        )
    else:
        said = f"L’ordre des scores ne permet pas de départager les deux groupes {figures}."
    return typeset(
        f"{said} Pour {pair.active.named}, prenez au hasard une {pair.active.noun.singular} et une "
        f"{pair.other.noun.singular} : la première donne le score le plus proche de l’accord {odds}, une égalité "
        "comptant pour moitié."
    )


def _closer(pair: Contrast, more: str, less: str) -> str:
    end = pair.active.scale.ends[1]
    return f"Les scores des {more} sont, dans l’ensemble, plus proches de « {end} » que ceux des {less}"


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
    """Tell how many agree in each group and whether that gap is sure, as the title of their chart."""
    active, other = pair.active, pair.other
    if active.withheld and other.withheld:
        return untold([active, other])
    told = [side for side in (active, other) if side.answers.n]
    if len(told) < 2:
        return phrases.headline(told[0]) if told else "Aucune réponse à cette question"
    who = f"{agreed(active)} des {active.noun.plural} disent {active.question.constat}"
    return typeset(f"{who}, contre {agreed(other)} des {others(pair.kinds)}{_reserve(pair)}")


def _reserve(pair: Contrast) -> str:
    """Say how sure the gap in agreement is that a title quotes; empty text where it is sure, or nothing tests it."""
    if not pair.sides.tested or rounded(pair.gap) == 0 or _sure_sides(pair)[:1] == ["accord"]:
        return ""
    if differ(pair):
        return " ; sur l’ensemble des réponses, les deux groupes diffèrent"
    return " : un écart à confirmer" if _alone(pair) else " : un écart qui peut tenir au hasard"


def _alone(pair: Contrast) -> bool:
    """Whether the gap in agreement would be told apart from none, were it the only one of the book."""
    around = pair.gap_interval
    return around is not None and (around.low > 0 or around.high < 0)


def _sure_sides(pair: Contrast) -> list[str]:
    """Return the sides of the scale that one group surely gives more often, what says most first."""
    if not apart(pair.corrected("sides")):
        return []
    return [side for side in ("accord", "desaccord", "neutre") if apart(pair.corrected_side(side))]


@sentence
def quoted(pair: Contrast) -> str:
    """Quote of a pair that surely differs the two numbers that the deciding test is of, after its name."""
    for side in _sure_sides(pair)[:1]:
        first, second = (
            percent(of.answers.share(of.scale.side(side)), of=named(of.source, f"part {_SIDES[side]}"))
            for of in (pair.active, pair.other)
        )
        return f"{first} {_SIDES[side]} contre {second}"
    if apart(pair.corrected("order")):
        return _medians(pair) or "ensemble des scores"
    return "répartition des réponses"


def _medians(pair: Contrast, *, reverse: bool = False) -> str:
    """Quote the two medians where they lie as the whole of the scores does; empty text elsewhere."""
    sides = (pair.active, pair.other)
    first, second = (side.scale.position(side.answers.median) for side in sides)
    if (first - second) * pair.order.delta <= 0:
        return ""
    one, other = map(_median, sides[::-1] if reverse else sides)
    return f"score médian : {one} contre {other}"


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
        less_first = pair.order.delta < 0
        more, less = reversed(pair.kinds.groupes) if less_first else pair.kinds.groupes
        medians = _medians(pair, reverse=less_first)
        return typeset(
            f"{_closer(pair, more.noun.plural, less.noun.plural)}{f' ({medians})' if medians else ''}, au-delà de ce "
            "que le hasard explique d’ordinaire."
        )
    if rounded(pair.gap) == 0:
        return typeset("Moins d’un point d’écart : ces réponses ne disent pas si les deux groupes diffèrent.")
    why = "ces réponses ne permettent pas de trancher"
    if _alone(pair):  # alone it would pass; the book makes many such comparisons
        why = "avec autant de comparaisons, le hasard peut en donner un aussi grand"
    return typeset(f"{capitalise(gap(pair.active.agree, pair.other.agree, of=_GAP))} : {why}.")


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
    """Name the items whose gap every defensible specification sees, each on its own; else the one that most do.

    The title of their drawing.
    """
    told = [pair for pair in family.pairs if not pair.withheld and pair.specifications]
    if not told:
        return "La solidité des écarts n’est pas calculée"
    below = [(Fraction(pair.below, len(pair.specifications)), pair) for pair in told]
    most = max(share for share, _ in below)
    on, limit = [pair for share, pair in below if share == most], percent(ALPHA, of=None)
    if most == 0:
        return typeset(f"Aucune manière de calculer ne fait passer un écart sous le seuil de {limit}")
    if most == 1:
        where = listing(f"sur {pair.active.named}" for pair in on)
        return typeset(f"De toutes les manières de calculer, l’écart passe sous le seuil de {limit} {where}")
    counted = listing(
        f"sur {pair.active.named}, de {number(pair.below, of=named(pair.source, _CUTS))} sur "
        f"{number(len(pair.specifications), of=named(pair.source, _CUTS))}"
        for pair in on
    )
    return typeset(f"Aucun écart ne passe sous le seuil ({limit}) de toutes les manières de calculer ; {counted}")


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
