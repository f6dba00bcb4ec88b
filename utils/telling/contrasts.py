"""Sentences about active and non-active communes: their gap, its tests, how firmly they hold, their rankings."""

__all__ = [
    "compared",
    "corrected",
    "detectable",
    "differences",
    "leading",
    "obstacles_headline",
    "ranking",
    "rankings",
    "robustness",
    "shifted",
    "sides_apart",
    "solidity",
    "telling_answers",
]

import math
from collections.abc import Sequence

import pandas as pd

from utils.french import decapitalise, listing, typeset
from utils.statistics.compare import ALPHA
from utils.statistics.intervals import LEVEL
from utils.statistics.ranking import CRITERIA
from utils.survey import levels
from utils.survey.contrasts import Contrast
from utils.survey.items import Family
from utils.survey.results import LikertResult
from utils.telling.figures import count, difference, named, number, percent, points, sentence, span
from utils.telling.kinds import between, others
from utils.telling.untold import untold
from utils.telling.verdicts import NOTHING, SPARSE, apart, around, association, both

_LEVEL = percent(LEVEL, of=None)
_GAP, _MANY, _CUTS = "écart des parts d’accord", "nombre de tests", "nombre de spécifications"
_SIDES = {"desaccord": "en désaccord", "neutre": "au milieu de l’échelle", "accord": "d’accord"}
_UNSURE = "sans avance sûre"
_CRITERIA = dict(zip(CRITERIA, ("la moyenne", "la médiane", "la part d’accord"), strict=True))


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
            "Prise seule, la comparaison des scores départagerait les deux groupes ; parmi toutes celles du livre, son "
            f"écart peut tenir au hasard {figures}."
        )
    else:
        said = f"L’ordre des scores ne permet pas de départager les deux groupes {figures}."
    return typeset(
        f"{said} Prenez au hasard une {pair.active.noun.singular} et une {pair.other.noun.singular} : la première est "
        f"plus d’accord que la seconde {odds}, une égalité comptant pour moitié."
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
        f"{_agree(active)} des {active.noun.plural} et {_agree(other)} des {other.noun.plural} "
        f"disent {active.question.constat}, soit un écart de "
        f"{difference(active.agree, other.agree, signed=True, of=_GAP)} "
        f"(intervalle à {_LEVEL} : {span(around.low, around.high, 'points')}). La médiane vaut "
        f"{_median(active)} pour les premières et {_median(other)} pour les secondes{reading}."
    )


def _agree(result: LikertResult) -> str:
    return percent(result.agree, of=named(result.source, "part d’accord"))


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
def corrected(pair: Contrast) -> str:
    """Tell what is left of a pair's tests once they are corrected for all the comparisons of the book."""
    spread, order = pair.corrected("sides"), pair.corrected("order")
    if math.isnan(spread) or math.isnan(order):
        return "La correction pour comparaisons multiples n’est pas calculée : un test manque."
    level = f"sous le seuil de {percent(ALPHA, of=None)}"
    verdict = {
        (True, True): f"celui de la répartition et celui de l’ordre restent {level}",
        (True, False): f"celui de la répartition reste {level}, et non celui de l’ordre",
        (False, True): f"celui de l’ordre reste {level}, et non celui de la répartition",
        (False, False): f"ni celui de la répartition ni celui de l’ordre ne reste {level}",
    }[apart(spread), apart(order)]
    among = f"{count(len(pair.family), 'test', 'tests', of=_MANY)} {between(pair.kinds)}"
    return typeset(f"Le livre fait {among} : une fois corrigés pour ce nombre, {verdict}.")


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
        f"Prises chacune à part et sans correction, {some} des {number(every, of=_CUTS)} spécifications {passing} "
        f"sous le seuil de {percent(ALPHA, of=None)}."
    )


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


@sentence
def solidity(pair: Contrast) -> str:
    """Tell how firmly a verdict holds, and how small a gap the groups could have shown."""
    return " ".join(filter(None, (robustness(pair), detectable(pair))))


@sentence
def differences(family: Family) -> str | None:
    """Name the items on which the two groups differ, once corrected for all that the book compares."""
    if not family.pairs:
        return None
    firm, open_ = [], []
    silent = [pair for pair in family.pairs if pair.withheld]
    if len(silent) == len(family.pairs):
        return f"Les deux groupes ne sont pas comparés. {untold([r for p in silent for r in (p.active, p.other)])}."
    for pair in family.pairs:
        if pair.withheld:
            continue
        if apart(pair.corrected("sides")) or apart(pair.corrected("order")):
            firm.append(f"{pair.active.topic} ({_agree(pair.active)} contre {_agree(pair.other)})")
        else:
            open_.append(pair.active.topic)
    said = [
        f"Les {family.kinds.first.noun.plural} et les {others(family.kinds)} répondent autrement, même une fois les "
        f"tests corrigés pour leur nombre, sur ces points : {listing(firm)}."
        if firm
        else "Aucune affirmation ne distingue les deux groupes une fois les tests corrigés pour leur nombre."
    ]
    if open_:
        said.append(f"Les données ne permettent pas de trancher : {listing(open_)}.")
    if silent:
        topics = listing(pair.active.topic for pair in silent)
        said.append(f"Non comparés, car les réponses, trop peu nombreuses, ne sont pas publiées : {topics}.")
    return typeset(" ".join(said))


@sentence
def ranking(family: Family, base: str) -> str:
    """Tell which item comes first among the answers of one group, by each criterion."""
    ranked = family.rankings[base]
    if ranked.empty:
        return f"Aucun classement : {decapitalise(untold(_of(family, base)) or 'personne n’a répondu')}."
    topics = {result.question.id: result.topic for result in _of(family, base)}
    leading = {criterion: _leading(ranked, criterion, topics) for criterion in CRITERIA}
    told = []
    for first in dict.fromkeys(leading.values()):
        by = [_CRITERIA[criterion] for criterion in CRITERIA if leading[criterion] == first]
        told.append(f"selon {listing(by)}, {first}")
    some = ", parmi ceux dont les réponses sont publiées" if untold(_of(family, base)) else ""
    return typeset(f"En premier dans les réponses{some} : {' ; '.join(told)}.")


def _of(family: Family, base: str) -> list[LikertResult]:
    return [result for group in family.groups for result in group if result.base == base]


def _leading(ranked: pd.DataFrame, criterion: str, topics: dict[str, str]) -> str:
    rows = ranked[(ranked["criterion"] == criterion) & (ranked["rank"] == 1)]
    names = listing(topics[item] for item in rows["item"])
    return f"{names}{', à égalité' if len(rows) > 1 else ''}"


@sentence
def rankings(family: Family, base: str) -> str:
    """Tell whether the order of the items holds: from one criterion to another, and against chance.

    Sure of its rank is the first or the last item whose place holds as the book's other claims
    do, and whose rank no draw of communes changes, by any criterion.
    """
    ranked = family.rankings[base]
    if ranked.empty:
        return "" if untold(_of(family, base)) else "L’ordre n’est pas calculé : personne n’a répondu."
    topics = {result.question.id: result.topic for result in _of(family, base)}
    orders = {tuple(rows["rank"]) for _, rows in ranked.groupby("criterion")}
    same = (
        "L’ordre est le même selon les trois critères" if len(orders) == 1 else "L’ordre change d’un critère à l’autre"
    )
    ends = ranked.groupby("item", sort=False).agg(low=("low", "min"), high=("high", "max"))
    if (ranked["rank"] == 1).all():
        return typeset("Aucun ordre à tirer de là : tous sont à égalité, quel que soit le critère.")
    placed = _ends(_of(family, base))
    firm = [
        f"{place} rang assuré : {topics[item]}"
        for item, place in placed.items()
        if ends.loc[item, "low"] == ends.loc[item, "high"]
    ]
    return typeset(f"{same} ; {' ; '.join(firm) or 'ni le premier ni le dernier rang n’est assuré'}.")


def leading(family: Family) -> list[LikertResult]:
    """Return the most shared obstacle of each group, where it answered; the most shared item where none is one."""
    answered = ([result for result in group if result.answers.n] for group in family.ordered.groups)
    return [max(group, key=lambda result: result.agree) for group in answered if group]


def _ends(results: Sequence[LikertResult]) -> dict[str, str]:
    """Return the items that surely come first and last in the order of agreement, by id."""
    ordered = sorted((result for result in results if result.answers.n), key=lambda result: -result.agree)
    found = levels.places(ordered)
    ends = [("premier", ordered[0]), ("dernier", ordered[-1])] if len(ordered) > 1 else []
    return {end.question.id: place for place, end in ends if end.proof.holds(found[end.question.id])}


def _first(results: Sequence[LikertResult]) -> str:
    """Name the most shared item, or those that tie, and its agreement."""
    answered = [result for result in results if result.answers.n]
    if not answered:
        return "réponses non publiées" if untold(results) else "aucune réponse"
    most = max(result.agree for result in answered)
    tied = [result for result in answered if result.agree == most]
    some = ", parmi ceux dont les réponses sont publiées" if untold(results) else ""
    return f"{listing(r.topic for r in tied)}{', à égalité' if len(tied) > 1 else ''} ({_agree(tied[0])}{some})"


@sentence
def obstacles_headline(family: Family) -> str | None:
    """Tell the most shared obstacle of each group: as the first one only where that is sure; those that tie, all.

    Where no item is an obstacle, tells the most shared item; where nobody is compared, that of all
    communes; None where there is no item.
    """
    groups = family.ordered.groups
    if not groups:
        return None
    if not family.pairs:
        return typeset(_first_of_all(family, groups[0]))
    here, there = map(_first, groups)
    whose, (first, second) = family.kinds.first.noun.plural, family.kinds.groupes
    rest = others(family.kinds)
    if not family.obstacles.pairs:
        return typeset(f"Affirmation la plus partagée : {here} pour les {whose} ; {there} pour les {rest}")
    sure = tuple("premier" in _ends(group).values() for group in groups)
    said = {
        (True, True): f"Premier obstacle des {whose} : {here} ; des {rest} : {there}",
        (True, False): f"Premier obstacle des {whose} : {here} ; des {rest}, {_UNSURE} : {there}",
        (False, True): f"Premier obstacle des {second.noun.plural} : {there} ; des {first.short}, {_UNSURE} : {here}",
        (False, False): f"Obstacle le plus partagé, {_UNSURE} : {here} pour les {whose} ; {there} pour les {rest}",
    }
    return typeset(said[sure])


def _first_of_all(family: Family, results: Sequence[LikertResult]) -> str:
    if not family.obstacles.groups:
        return f"Affirmation la plus partagée : {_first(results)}"
    if "premier" in _ends(results).values():
        return f"Premier obstacle : {_first(results)}"
    return f"Obstacle le plus partagé, {_UNSURE} : {_first(results)}"
