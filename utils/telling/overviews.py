"""The titles of drawings that show several rated items at once: which comes first, and whether that is sure."""

__all__ = ["groups", "items", "places"]

from collections.abc import Sequence

from utils.french import capitalise, listing, rounded, typeset
from utils.survey import levels
from utils.survey.items import Family
from utils.survey.results import LikertResult
from utils.telling.figures import sentence
from utils.telling.kinds import others
from utils.telling.obstacles import almost, ends, firm
from utils.telling.untold import untold


@sentence
def items(results: Sequence[LikertResult]) -> str:
    """Tell of rated items what most and what fewest say, and how surely; no order where not the same were asked.

    Examples
    --------
    « Les communes actives disent le plus souvent répondre aux questions, le moins souvent payer des annonces »
    """
    told = sorted((result for result in results if result.answers.n), key=lambda result: -result.agree)
    if not told:
        return untold(results) or "Aucune réponse à ces questions"
    if len({result.base for result in told}) > 1:
        return "Accord et désaccord de ceux à qui chaque affirmation s’adresse"
    whom = f"Les {told[0].noun.plural}"
    if len(told) == 1:
        return typeset(f"Accord et désaccord des {told[0].noun.plural} : {told[0].topic}")
    placed = ends(told)
    first, last = (_together(told, sure=place in placed.values(), way=way) for place, way in _WAYS)
    if len(first) == len(told):
        return typeset(f"{whom} disent {almost(first)}à égalité {_said(first)}")
    if len(told) == 2:  # of two, that the one comes first is that the other comes last
        sure = told[0].proof.holds(levels.places(told).iloc[0])
        reserve = "" if sure else " ; cet écart reste à confirmer"
        return typeset(f"{whom} disent plus souvent {_said(first)} que {_said(last)}{reserve}")
    said = f"{whom} disent le plus souvent {_said(first)}, le moins souvent {_said(last)}"
    return typeset(f"{said}{_RESERVES['premier' in placed.values(), 'dernier' in placed.values()]}")


_WAYS = (("premier", 1), ("dernier", -1))
_RESERVES = {  # by whether the first and the last place are sure
    (True, True): "",
    (True, False): ", la dernière place à confirmer",
    (False, True): ", la première place à confirmer",
    (False, False): ", deux places à confirmer",
}


def _together(told: Sequence[LikertResult], *, sure: bool, way: int) -> list[LikertResult]:
    """Return what stands at one end of the order: alone where it is surely there, with what is printed alike else."""
    first, *rest = told[::way]
    return [first, *(one for one in rest if not sure and rounded(one.agree) == rounded(first.agree))]


def _said(tied: Sequence[LikertResult]) -> str:
    return listing(result.question.constat for result in tied)


@sentence
def groups(family: Family) -> str:
    """Tell which item comes last in each group of communes, and whether that is sure: what comes first, a text tells.

    Of items that are all level, or of one alone, none does.
    """
    answered = [[r for r in group if r.answers.n] for group in family.ordered.groups]
    shown = [group for group in answered if group]
    if not shown:
        return untold([r for group in family.ordered.groups for r in group]) or "Aucune réponse à ces questions"
    sure = ["dernier" in ends(group).values() for group in shown]
    lasts = [
        _together(sorted(group, key=lambda r: -r.agree), sure=firm, way=-1)
        for group, firm in zip(shown, sure, strict=True)
    ]
    names = [group[0].noun.plural for group in shown]
    if all(len(last) == len(group) for last, group in zip(lasts, shown, strict=True)):
        return f"Accord et désaccord des {' et des '.join(names)}"
    if len(shown) == 1:
        among = f" parmi les {names[0]}" if family.pairs else ""
        return typeset(f"{_last(lasts[0])}{among}{'' if sure[0] else ', sans certitude'}")
    names[1] = others(family.kinds)
    reserve = "" if all(sure) else ", sans certitude"
    if any(sure) and not all(sure):
        reserve = f" ; ce n’est sûr que parmi les {names[sure.index(True)]}"
    common = [r for r in lasts[0] if r.question.id in {other.question.id for other in lasts[1]}]
    if len(common) == 1:
        return typeset(f"{_last(common)} dans les deux groupes{reserve}")
    told = (f"{_named(tied)} parmi les {name}" for tied, name in zip(lasts, names, strict=True))
    return typeset(f"Viennent en dernier {', '.join(told)}{reserve}")


def _named(tied: Sequence[LikertResult]) -> str:
    return listing(result.named for result in tied)


def _last(tied: Sequence[LikertResult]) -> str:
    return capitalise(f"{_named(tied)} {'vient' if len(tied) == 1 else 'viennent'} en dernier")


@sentence
def places(family: Family) -> str:
    """Tell which ranks of a family's items are sure, in each group of communes."""
    shown = [group for group in family.groups if any(result.answers.n for result in group)]
    if not shown:
        return "Aucun rang à montrer"
    said = []
    for group in shown:
        held = firm(family, group[0].base)
        named = {result.question.id: result.named for result in group}
        sure = [f"le {place} rang est assuré ({named[item]})" for item, place in held.items()]
        among = f"parmi les {group[0].noun.plural}, " if len(shown) > 1 else ""
        if sure:
            said.append(f"{among}{listing(sure)}")
    return typeset(capitalise(" ; ".join(said)) or "Ni le premier ni le dernier rang n’est assuré")
