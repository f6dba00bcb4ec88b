"""Sentences about the rated items of a chapter together: which come first, on which the two groups differ."""

__all__ = ["differences", "headline", "leading", "ranking", "rankings"]

from collections.abc import Sequence

import pandas as pd

from utils.french import capitalise, decapitalise, listing, typeset
from utils.statistics.ranking import CRITERIA
from utils.survey import levels
from utils.survey.items import Family
from utils.survey.results import LikertResult
from utils.telling.contrasts import differ
from utils.telling.figures import sentence
from utils.telling.kinds import others
from utils.telling.phrases import agreed
from utils.telling.untold import untold

_CRITERIA = dict(zip(CRITERIA, ("la moyenne", "la médiane", "la part d’accord"), strict=True))
_UNSURE = ", une première place à confirmer"


@sentence
def headline(family: Family) -> str | None:
    """Tell the most shared obstacle of each group: as the first one only where that is sure; those that tie, all.

    Where no item is an obstacle, tells the most shared item; where nobody is compared, that of all
    communes; None where there is no item.
    """
    groups = family.ordered.groups
    if not groups:
        return None
    names = ["les communes"]
    if family.pairs:
        names = [f"les {side.noun.plural}" for side in family.kinds.groupes]
    silent = [_silent(group, name) for group, name in zip(groups, names, strict=True)]
    if any(silent):
        told = [lost or _shared(group, name) for group, name, lost in zip(groups, names, silent, strict=True)]
        return typeset(capitalise(" ; ".join(told)))
    firsts = [_first(group) for group in groups]
    among = [f"{first} parmi {name}" for first, name in zip(firsts, names, strict=True)]
    if not family.obstacles.groups:
        return typeset(f"L’affirmation la plus partagée est {', et '.join(among)}")
    sure = tuple("premier" in _ends(group).values() for group in groups)
    if len(groups) == 1:
        first = "Le premier obstacle est" if all(sure) else "L’obstacle le plus partagé est"
        return typeset(f"{first} {firsts[0]}{'' if all(sure) else _UNSURE}")
    whom = [f"Le premier obstacle des {side.noun.plural} est" for side in family.kinds.groupes]
    said = {
        (True, True): f"Le premier obstacle est {firsts[0]} parmi {names[0]} ; parmi {names[1]}, {firsts[1]}",
        (True, False): f"{whom[0]} {firsts[0]} ; parmi {names[1]}, le plus partagé est {firsts[1]}{_UNSURE}",
        (False, True): f"{whom[1]} {firsts[1]} ; parmi {names[0]}, le plus partagé est {firsts[0]}{_UNSURE}",
        (
            False,
            False,
        ): f"L’obstacle le plus partagé est, parmi {names[0]}, {firsts[0]} et, parmi {names[1]}, {firsts[1]} ; "
        "dans aucun des deux groupes cette première place n’est assurée",
    }
    return typeset(said[sure])


def _silent(results: Sequence[LikertResult], name: str) -> str:
    """Say of a group that gave no answer, or too few to be told; empty text where it did."""
    if any(result.answers.n for result in results):
        return ""
    of = f"des {name.removeprefix('les ')}"
    return f"les réponses {of} ne sont pas publiées" if untold(results) else f"aucune réponse {of}"


def _shared(results: Sequence[LikertResult], name: str) -> str:
    some = " dont les réponses sont publiées" if untold(results) else ""
    return f"l’obstacle{some} le plus partagé parmi {name} est {_first(results)}"


def _first(results: Sequence[LikertResult]) -> str:
    """Name the most shared item, or those that tie, and its agreement."""
    answered = [result for result in results if result.answers.n]
    most = max(result.agree for result in answered)
    tied = [result for result in answered if result.agree == most]
    return f"{'à égalité ' if len(tied) > 1 else ''}{listing(r.named for r in tied)} ({agreed(tied[0])})"


@sentence
def differences(family: Family) -> str | None:
    """Name the items on which the two groups differ, once corrected for all that the book compares."""
    if not family.pairs:
        return None
    silent = [pair for pair in family.pairs if pair.withheld]
    if len(silent) == len(family.pairs):
        return f"Les deux groupes ne sont pas comparés. {untold([r for p in silent for r in (p.active, p.other)])}."
    told = [pair for pair in family.pairs if not pair.withheld]
    firm = [f"{p.active.named} ({agreed(p.active)} contre {agreed(p.other)})" for p in told if differ(p)]
    whom = f"Les {family.kinds.first.noun.plural} et les {others(family.kinds)}"
    if firm:
        said = [f"{whom} diffèrent sur {listing(firm)}, au-delà de ce que le hasard explique d’ordinaire."]
        if len(firm) < len(told):
            said.append("Pour le reste, les données ne permettent pas de trancher.")
    else:
        said = [f"{whom} ne diffèrent sur aucune affirmation au-delà de ce que le hasard explique d’ordinaire."]
    if silent:
        topics = listing(pair.active.named for pair in silent)
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
    some = ", parmi ceux dont les réponses sont publiées" if untold(_of(family, base)) else ""
    if len(set(leading.values())) == 1:
        return typeset(f"En premier dans les réponses selon les trois critères{some} : {leading[CRITERIA[0]]}.")
    told = []
    for first in dict.fromkeys(leading.values()):
        by = [_CRITERIA[criterion] for criterion in CRITERIA if leading[criterion] == first]
        told.append(f"selon {listing(by)}, {first}")
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
        "L’ordre est le même selon les trois critères"
        if len(orders) == 1
        else "L’ordre change selon qu’on classe par la moyenne, la médiane ou la part d’accord"
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
