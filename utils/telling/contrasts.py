"""Sentences about active and non-active communes: their gap, its tests, how firmly they hold, their rankings."""

__all__ = [
    "chosen",
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
    "solidity",
    "telling_answers",
]

import math
from collections.abc import Sequence

import pandas as pd

from utils.french import listing, typeset
from utils.statistics.compare import ALPHA, STANDS_OUT
from utils.statistics.intervals import LEVEL
from utils.statistics.ranking import CRITERIA
from utils.statistics.ranks import Shift
from utils.survey.codebook import Scale
from utils.survey.contrasts import ChoiceContrast, Contrast, Family
from utils.survey.results import LikertResult
from utils.telling.figures import count, named, number, p_value, percent, points, sentence, span
from utils.telling.verdicts import NOTHING, around, association, options_apart

_LEVEL = percent(LEVEL, of=None)
_GAP, _MANY, _CUTS = "écart des parts d’accord", "nombre de comparaisons", "nombre de spécifications"
_CRITERIA = dict(zip(CRITERIA, ("la moyenne", "la médiane", "la part d’accord"), strict=True))


@sentence
def shifted(test: Shift) -> str:
    """Tell whether active communes agree more than the others (Mann-Whitney, probability of superiority)."""
    if math.isnan(test.p):
        return typeset("Un groupe sans réponse, ou des réponses toutes égales : il n’y a pas d’ordre à comparer.")
    figures = (
        f"(test de Mann-Whitney : {p_value(test.p, of='valeur p de Mann-Whitney')} ; delta de Cliff = "
        f"{number(test.delta, 2, fixed=True, of='delta de Cliff')} "
        f"{around(test.delta_interval)})"
    )
    odds = f"{number(test.superiority * 100, of='probabilité de supériorité, en %')} fois sur cent"
    if test.interval:
        odds += f" (intervalle à {_LEVEL} : {span(test.interval.low * 100, test.interval.high * 100, '')})"
    if test.significant:
        more, less = ("actives", "non actives") if test.delta > 0 else ("non actives", "actives")
        said = f"Les communes {more} se disent plus d’accord que les communes {less} {figures}."
    else:
        said = f"L’ordre des scores ne permet pas de départager les deux groupes {figures}."
    return typeset(
        f"{said} Prenez au hasard une commune active et une commune non active : la première est plus d’accord que "
        f"la seconde {odds}, une égalité comptant pour moitié."
    )


@sentence
def compared(pair: Contrast) -> str:
    """Tell the agreement of active and non-active communes side by side, with the gap in points and its interval."""
    active, other = pair.active, pair.other
    empty = [side.noun.plural for side in (active, other) if not side.answers.n]
    if empty:
        return typeset(f"Aucune réponse des {listing(empty)} : il n’y a pas d’écart à calculer.")
    around = pair.gap_interval
    return typeset(
        f"{_agree(active)} des {active.noun.plural} et {_agree(other)} des {other.noun.plural} "
        f"disent {active.question.constat}, soit un écart de {points(pair.gap, signed=True, of=_GAP)} (intervalle à "
        f"{_LEVEL} : {span(around.low, around.high, 'points')}). La médiane vaut "
        f"{_median(active)} pour les premières et {_median(other)} pour les secondes{_reading(active.scale)}."
    )


def _reading(scale: Scale) -> str:
    """Say which way to read a score where low scores agree."""
    return f", de {scale.minimum} ({scale.bas}) à {scale.maximum} ({scale.haut})" if scale.descending else ""


def _agree(result: LikertResult) -> str:
    return percent(result.agree, of=named(result.source, "part d’accord"))


def _median(result: LikertResult) -> str:
    return number(result.answers.median, 1, of=named(result.source, "médiane"))


@sentence
def telling_answers(pair: Contrast) -> str:
    """Name the groups of scores that one kind of commune gives more often, where a test allows it."""
    if pair.groups.method == "none":
        return typeset(NOTHING)
    if not (pair.groups.significant or pair.sides.significant):
        return "Aucune réponse n’est mise à part : les tests d’ensemble ne sont pas concluants."
    residuals = pair.groups.residuals.loc[pair.active.base]
    labels = {group.id: group.libelle for group in pair.active.scale.groupes}
    more = [labels[g] for g in residuals.index[residuals > STANDS_OUT]]
    less = [labels[g] for g in residuals.index[residuals < -STANDS_OUT]]
    if not more + less:
        return "Aucun groupe de scores ne se détache à lui seul."
    said = [f"{how} souvent {listing(scores)}" for how, scores in (("plus", more), ("moins", less)) if scores]
    return typeset(f"Les communes actives donnent {' et '.join(said)} (résidus ajustés).")


@sentence
def corrected(family: Family, pair: Contrast) -> str:
    """Tell what is left of a pair's tests once they are corrected for the number of comparisons."""
    name = pair.active.question.id
    spread, order = family.sides.holm[name], family.order.holm[name]
    if math.isnan(spread) or math.isnan(order):
        return "La correction pour comparaisons multiples n’est pas calculée : un test manque."
    verdict = {
        (True, True): "les deux restent sous le seuil",
        (True, False): "seule la première reste sous le seuil",
        (False, True): "seule la seconde reste sous le seuil",
        (False, False): "aucune ne passe sous le seuil",
    }[spread < ALPHA, order < ALPHA]
    return typeset(
        f"Corrigées pour {number(len(family.pairs), of=_MANY)} comparaisons (Holm), les valeurs deviennent "
        f"{p_value(spread, of='valeur p du khi-deux, Holm')} pour la répartition et "
        f"{p_value(order, of='valeur p de Mann-Whitney, Holm')} pour l’ordre : {verdict} de {percent(ALPHA, of=None)}."
    )


@sentence
def robustness(pair: Contrast) -> str:
    """Tell in how many defensible specifications the verdict is the same."""
    every = len(pair.specifications)
    if not every or pair.sides.method == "none":
        return "La solidité du verdict n’est pas calculée : il n’y a rien à comparer."
    verdict = "un écart au-delà du hasard" if pair.sides.significant else "pas de preuve d’un écart"
    return typeset(
        f"Verdict du khi-deux ({verdict}) : stable dans "
        f"{count(pair.agreeing, 'spécification', 'spécifications', of=_CUTS)} sur {number(every, of=_CUTS)}."
    )


@sentence
def detectable(pair: Contrast) -> str:
    """Tell the smallest gap in agreement that groups of these sizes would show four times in five."""
    gap = pair.detectable_gap
    if gap is None:
        return "Avec si peu de réponses, ou des réponses si unanimes, aucun écart d’accord ne serait décelé à coup sûr."
    return typeset(
        f"Avec ces effectifs, il faut un écart d’au moins {points(gap, of='écart décelable')} pour être décelé "
        "quatre fois sur cinq."
    )


@sentence
def solidity(pair: Contrast) -> str:
    """Tell how firmly a verdict holds, and how small a gap the groups could have shown."""
    return f"{robustness(pair)} {detectable(pair)}"


@sentence
def differences(family: Family) -> str:
    """Name the items on which active and non-active communes differ, and how firmly."""
    firm, fragile, open_ = [], [], []
    for pair in family.pairs:
        name = pair.active.question.id
        if family.sides.holm[name] < ALPHA or family.order.holm[name] < ALPHA:
            firm.append(f"{pair.active.topic} ({_agree(pair.active)} contre {_agree(pair.other)})")
        elif pair.sides.significant or pair.order.significant:
            fragile.append(pair.active.topic)
        else:
            open_.append(pair.active.topic)
    said = [
        f"Les communes actives et les autres répondent autrement, même après correction pour "
        f"{number(len(family.pairs), of=_MANY)} comparaisons, sur ces points : {listing(firm)}."
        if firm
        else "Aucune affirmation ne distingue les deux groupes une fois les comparaisons corrigées pour leur nombre."
    ]
    if fragile:
        said.append(f"Un écart apparaît sans résister à cette correction : {listing(fragile)}.")
    if open_:
        said.append(f"Les données ne permettent pas de trancher : {listing(open_)}.")
    return typeset(" ".join(said))


@sentence
def ranking(family: Family, base: str) -> str:
    """Tell which item comes first in one group, by each criterion, and how surely."""
    ranked = family.rankings[base]
    if ranked.empty:
        return "Aucun classement : personne n’a répondu."
    topics = {pair.active.question.id: pair.active.topic for pair in family.pairs}
    leading = {criterion: _leading(ranked, criterion, topics) for criterion in CRITERIA}
    told = []
    for first in dict.fromkeys(leading.values()):
        by = [_CRITERIA[criterion] for criterion in CRITERIA if leading[criterion] == first]
        told.append(f"selon {listing(by)}, {first}")
    return typeset(f"En tête : {' ; '.join(told)}.")


def _leading(ranked: pd.DataFrame, criterion: str, topics: dict[str, str]) -> str:
    rows = ranked[(ranked["criterion"] == criterion) & (ranked["rank"] == 1)]
    names = listing(topics[item] for item in rows["item"])
    return f"{names}{', à égalité' if len(rows) > 1 else ''}"


@sentence
def rankings(family: Family, base: str) -> str:
    """Tell whether the order of the items holds: from one criterion to another, and against chance."""
    ranked = family.rankings[base]
    if ranked.empty:
        return "L’ordre n’est pas calculé : personne n’a répondu."
    topics = {pair.active.question.id: pair.active.topic for pair in family.pairs}
    orders = {tuple(rows["rank"]) for _, rows in ranked.groupby("criterion")}
    same = (
        "L’ordre est le même selon les trois critères" if len(orders) == 1 else "L’ordre change d’un critère à l’autre"
    )
    ends = ranked.groupby("item", sort=False).agg(low=("low", "min"), high=("high", "max"))
    if (ranked["rank"] == 1).all():
        return typeset("Aucun ordre à tirer de là : tous sont à égalité, quel que soit le critère.")
    sure = [topics[item] for item, row in ends.iterrows() if row["low"] == row["high"]]
    firm = f"seul rang assuré : {listing(sure)}" if len(sure) == 1 else f"rangs assurés : {listing(sure)}"
    if not sure:
        firm = "aucun rang n’est assuré, les intervalles se recouvrent"
    return typeset(f"{same} ; {firm}.")


def leading(family: Family) -> list[LikertResult]:
    """Return the most shared obstacle of each group, where it answered; the most shared item where none is one."""
    pairs = family.ordered.pairs
    groups = ([pair.active for pair in pairs], [pair.other for pair in pairs])
    answered = ([result for result in group if result.answers.n] for group in groups)
    return [max(group, key=lambda result: result.agree) for group in answered if group]


def _first(results: Sequence[LikertResult]) -> str:
    answered = [result for result in results if result.answers.n]
    if not answered:
        return "aucune réponse"
    most = max(result.agree for result in answered)
    tied = listing(result.topic for result in answered if result.agree == most)
    return f"{tied} ({_agree(next(result for result in answered if result.agree == most))})"


@sentence
def chosen(pair: ChoiceContrast) -> str:
    """Tell whether active and other communes choose differently: over all options, or option by option."""
    if pair.active.question.type == "choix_unique":
        return association(pair.association, "l’écart entre les deux répartitions")
    return options_apart(pair, "activite")


@sentence
def obstacles_headline(family: Family) -> str:
    """Tell the most shared obstacle of each group, all that tie; where no item is an obstacle, the most shared item."""
    pairs = family.ordered.pairs
    here, there = _first([pair.active for pair in pairs]), _first([pair.other for pair in pairs])
    first = "Premier obstacle" if family.obstacles.pairs else "Affirmation la plus partagée"
    return typeset(f"{first} des communes actives : {here} ; des autres : {there}")
