"""Sentences about the rated items of a chapter together: which come first, on which the two groups differ."""

__all__ = ["almost", "differences", "ends", "firm", "headline", "leading", "ranking", "rankings"]

from collections.abc import Sequence

import pandas as pd

from utils.french import capitalise, decapitalise, listing, rounded, typeset
from utils.statistics.ranking import CRITERIA
from utils.survey import levels
from utils.survey.items import Family
from utils.survey.results import LikertResult
from utils.telling.contrasts import differ, quoted
from utils.telling.figures import sentence
from utils.telling.kinds import others
from utils.telling.phrases import agreed
from utils.telling.untold import untold

_CRITERIA = dict(zip(CRITERIA, ("la moyenne", "la médiane", "la part d’accord"), strict=True))
_UNSURE = (", une première place à confirmer", ". Ces premières places restent à confirmer")  # of one group, of two


@sentence
def headline(family: Family) -> str | None:
    """Tell the most shared obstacle of each group: as the first one only where that is sure; those that tie, all.

    Where no item is an obstacle, tells the most shared item; where nobody is compared, that of all
    communes; None where there is no item.
    """
    groups = family.ordered.groups
    if not groups:
        return None
    names = ["communes"]
    if family.pairs:
        names = [family.kinds.first.noun.plural, others(family.kinds)]
    nouns = [group[0].noun.plural for group in groups]
    silent = [_silent(group, noun) for group, noun in zip(groups, nouns, strict=True)]
    if any(silent):
        told = [lost or _shared(group, noun) for group, noun, lost in zip(groups, nouns, silent, strict=True)]
        return typeset(capitalise(" ; ".join(told)))
    is_obstacle = bool(family.obstacles.groups)
    sure = [is_obstacle and "premier" in ends(group).values() for group in groups]
    tops = [_top(group, sure=firm) for group, firm in zip(groups, sure, strict=True)]
    if len(groups) == 1:
        said = f"{_called(len(tops[0]), is_obstacle=is_obstacle, sure=sure[0])} {_told(tops[0])}"
        return typeset(f"{said}{'' if sure[0] or not is_obstacle else _UNSURE[0]}")
    if sure[0] == sure[1]:
        said = _both(tops, names, is_obstacle=is_obstacle, sure=sure[0])
        return typeset(f"{said}{'' if sure[0] or not is_obstacle else _UNSURE[1]}")
    firm = sure.index(True)
    first, second = f"des {names[firm]} est {_told(tops[firm])}", f"parmi les {names[1 - firm]}"
    most = "le plus partagé est" if len(tops[1 - firm]) == 1 else "les plus partagés sont"
    return typeset(f"Le premier obstacle {first} ; {second}, {most} {_told(tops[1 - firm])}{_UNSURE[0]}")


def _called(many: int, *, is_obstacle: bool, sure: bool) -> str:
    """Begin the sentence on what comes first: one item, or several that tie."""
    if not is_obstacle:
        return "L’affirmation la plus partagée est" if many == 1 else "Les affirmations les plus partagées sont"
    if sure:
        return "Le premier obstacle est"
    return "L’obstacle le plus partagé est" if many == 1 else "Les obstacles les plus partagés sont"


def _both(tops: Sequence[Sequence[LikertResult]], names: Sequence[str], *, is_obstacle: bool, sure: bool) -> str:
    """Tell the most shared items of two groups, the one that they have in common once."""
    first, second = tops
    common = [result for result in second if len(first) == 1 and result.question.id == first[0].question.id]
    if not common:
        said = [f"{_told(top)} parmi les {name}" for top, name in zip(tops, names, strict=True)]
        return f"{_called(max(map(len, tops)), is_obstacle=is_obstacle, sure=sure)} {said[0]}, {said[1]}"
    beside = listing(result.named for result in second if result not in common)
    end = f", {almost(second)}à égalité avec {beside}" if beside else ""
    shares = f"{agreed(first[0])} des {names[0]} et {agreed(common[0])} des {names[1]}"
    return f"{_called(1, is_obstacle=is_obstacle, sure=sure)} {first[0].named} : {shares}{end}"


def _silent(results: Sequence[LikertResult], noun: str) -> str:
    """Say of a group that gave no answer, or too few to be told; empty text where it did."""
    if any(result.answers.n for result in results):
        return ""
    return f"les réponses des {noun} ne sont pas publiées" if untold(results) else f"aucune réponse des {noun}"


def _shared(results: Sequence[LikertResult], noun: str) -> str:
    some, first = " dont les réponses sont publiées" if untold(results) else "", _top(results)
    if len(first) > 1:
        return f"les obstacles{some} les plus partagés parmi les {noun} sont {_told(first)}"
    return f"l’obstacle{some} le plus partagé parmi les {noun} est {_told(first)}"


def _top(results: Sequence[LikertResult], *, sure: bool = False) -> list[LikertResult]:
    """Return the most shared item, with those whose agreement is printed as its own unless it is surely the first."""
    ranked = sorted((result for result in results if result.answers.n), key=lambda result: -result.agree)
    return ranked[:1] if sure else [r for r in ranked if rounded(r.agree) == rounded(ranked[0].agree)]


def _told(top: Sequence[LikertResult]) -> str:
    """Name the most shared items with their agreement: of several, it is printed alike."""
    if len(top) == 1:
        return f"{top[0].named} ({agreed(top[0])})"
    return f"{listing(result.named for result in top)}, {almost(top)}à égalité ({agreed(top[0])})"


def almost(top: Sequence[LikertResult]) -> str:
    """Say of items whose agreement is printed alike that it is not quite the same; empty text where it is."""
    return "" if len({result.agree for result in top}) == 1 else "presque "


@sentence
def differences(family: Family) -> str | None:
    """Name the items on which the two groups differ, once corrected for all that the book compares."""
    if not family.pairs:
        return None
    silent = [pair for pair in family.pairs if pair.withheld]
    if len(silent) == len(family.pairs):
        return f"Les deux groupes ne sont pas comparés. {untold([r for p in silent for r in (p.active, p.other)])}."
    told = [pair for pair in family.pairs if not pair.withheld]
    surely = [f"{pair.active.named} ({quoted(pair)})" for pair in told if differ(pair)]
    whom = f"Les {family.kinds.first.noun.plural} et les {others(family.kinds)}"
    if surely:
        said = [f"{whom} diffèrent sur {listing(surely)}, au-delà de ce que le hasard explique d’ordinaire."]
        if len(surely) < len(told):
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
    if (ranked["rank"] == 1).all():
        return typeset("Aucun ordre à tirer de là : tous sont à égalité, quel que soit le critère.")
    sure = [f"{place} rang assuré : {topics[item]}" for item, place in firm(family, base).items()]
    return typeset(f"{same} ; {' ; '.join(sure) or 'ni le premier ni le dernier rang n’est assuré'}.")


def firm(family: Family, base: str) -> dict[str, str]:
    """Return the items of a group that are sure of the first or of the last rank, by id: see `rankings`."""
    ranked = family.rankings[base]
    if ranked.empty or (ranked["rank"] == 1).all():
        return {}
    drawn = ranked.groupby("item", sort=False).agg(low=("low", "min"), high=("high", "max"))
    placed = ends(_of(family, base)).items()
    return {item: place for item, place in placed if drawn.loc[item, "low"] == drawn.loc[item, "high"]}


def leading(family: Family) -> list[LikertResult]:
    """Return the most shared obstacle of each group, where it answered; the most shared item where none is one."""
    answered = ([result for result in group if result.answers.n] for group in family.ordered.groups)
    return [max(group, key=lambda result: result.agree) for group in answered if group]


def ends(results: Sequence[LikertResult]) -> dict[str, str]:
    """Return the items that surely come first and last in the order of agreement, by id."""
    ordered = sorted((result for result in results if result.answers.n), key=lambda result: -result.agree)
    found = levels.places(ordered)
    ends = [("premier", ordered[0]), ("dernier", ordered[-1])] if len(ordered) > 1 else []
    return {end.question.id: place for place, end in ends if end.proof.holds(found[end.question.id])}
