"""Sentences about differences between provinces or between sizes of communes, and about any test.

A difference is told with its test, its effect and its uncertainty, and what they allow to say.
"""

__all__ = [
    "EFFECTS",
    "HOW",
    "NOTHING",
    "SPARSE",
    "UNTESTED",
    "WITHHELD",
    "apart",
    "around",
    "association",
    "both",
    "larger",
    "majorities",
    "outlying",
    "participation",
    "share_within",
    "spread",
    "strata_basis",
    "strata_headline",
    "strata_test",
    "tested",
    "verdict",
]

import math
from collections.abc import Sequence

import pandas as pd

from utils.french import capitalise, listing, typeset
from utils.statistics.compare import ALPHA, Association
from utils.statistics.intervals import LEVEL, Interval
from utils.statistics.ranks import Shift
from utils.survey import levels
from utils.survey.results import ASKED, HIDDEN
from utils.survey.strata import Strata
from utils.telling.figures import count, named, number, p_value, percent, sentence, span

# Cohen (1988): lower bound of w = V·√(k − 1), k being the smaller side of the table.
EFFECTS = ((0.5, "fort"), (0.3, "moyen"), (0.1, "faible"), (0.0, "négligeable"))

_METHODS = {
    "chi_square": "test du khi-deux",
    "fisher": "test exact de Fisher, les effectifs étant petits",
    "monte_carlo": "test du khi-deux simulé, certains effectifs étant petits",
    "rao_scott": "test du khi-deux corrigé pour les poids",
}
HOW = {"monte_carlo": " simulé, certains groupes étant petits", "rao_scott": " corrigé pour les poids"}
UNTESTED = "Non testé\u00a0: une partie des effectifs n’est pas publiée."
WITHHELD = "Ventilation non publiée\u00a0: elle en dirait trop sur quelques communes."
SPARSE = "Non testé\u00a0: trop peu de réponses pour des poids aussi inégaux."
NOTHING = "Un seul groupe ou une seule réponse\u00a0: il n’y a rien à comparer."
_LEVEL = percent(LEVEL, of=None)
_WHOLE, _ORDER = "part de l’ensemble", "valeur p de Mann-Whitney"  # names of statistics


@sentence
def association(test: Association, corrected: float, what: str = "cet écart") -> str:
    """Tell in plain French what a test allows to say; never that there is no difference.

    Parameters
    ----------
    corrected : float
        The test's p-value, corrected for all the claims of the book: it alone decides.
    what : str
        What is tested, as a masculine subject: « cet écart ».
    """
    if not test.tested:
        return typeset(NOTHING if test.method == "none" else SPARSE)
    strength = test.corrected_v * math.sqrt(min(test.sides) - 1)
    effect = next(word for bound, word in EFFECTS if strength >= bound)
    freedom = count(test.df, "degré", "degrés", of=None) + " de liberté"
    statistic = f"χ² = {number(test.statistic, 1, fixed=True, of='χ²')}, {freedom}"
    return typeset(
        f"{verdict(test.p, corrected, what)} ({_METHODS[test.method]} : {statistic}, "
        f"{both(test.p, corrected, 'valeur p du khi-deux')} ; "
        f"V de Cramér = {number(test.corrected_v, 2, fixed=True, of='V de Cramér corrigé du biais')} "
        f"{around(test.v_interval)}, effet {effect})."
    )


def apart(corrected: float) -> bool:
    """Whether a difference may be claimed: its p-value, corrected for all the claims of the book, is small."""
    return corrected < ALPHA


def both(p: float, corrected: float, of: str) -> str:
    """Write a p-value as the test gives it and as it is once corrected for the whole book: never one alone."""
    return f"{p_value(p, of=of)} et, une fois corrigée, {p_value(corrected, of=f'{of}, corrigée')}"


@sentence
def tested(p: float, corrected: float, what: str, of: str) -> str:
    """Tell what a test allows to say of a difference, with its p-value and the corrected one."""
    return typeset(f"{verdict(p, corrected, what)} ({both(p, corrected, of)}).")


def verdict(p: float, corrected: float, what: str) -> str:
    """Return what a test allows to say of a difference, the beginning of a sentence that gives its numbers."""
    if apart(corrected):
        return f"{capitalise(what)} dépasse ce que le hasard explique d’ordinaire"
    # The interval beside it is that of one difference alone, and may leave no room for none.
    if p < ALPHA:
        return (
            f"Pris seul, {what} dépasserait ce que le hasard explique d’ordinaire ; compte tenu de tous les tests du "
            "livre, il peut être dû au hasard"
        )
    return f"{capitalise(what)} peut tenir au hasard : les données ne permettent pas de trancher"


@sentence
def strata_test(strata: Strata, what: str = "") -> str | None:
    """Tell whether strata differ, sizes by their order; that it is not tested where the split of some is not published.

    None where there are no strata: the inhabitants of communes are not known.

    Parameters
    ----------
    what : str
        What is tested, as a masculine subject; by default, the gap between the strata.
    """
    if not strata.labels:
        return None
    if strata.hidden:
        return UNTESTED
    what = what or f"l’écart entre {'tailles' if strata.by == 'taille' else strata.division.pluriel}"
    if strata.ordered:
        return _ordered(strata.order, strata.corrected, what)
    return association(strata.test, strata.corrected, what)


def _ordered(test: Shift, corrected: float, what: str) -> str:
    if math.isnan(test.p):
        return typeset(SPARSE if test.sparse else NOTHING)
    return typeset(
        f"{verdict(test.p, corrected, what)} (test de Mann-Whitney sur l’ordre des tailles : "
        f"{both(test.p, corrected, _ORDER)} ; "
        f"delta de Cliff = {number(test.delta, 2, fixed=True, of='delta de Cliff')} {around(test.delta_interval)})."
    )


def around(interval: Interval | None, decimals: int = 2) -> str:
    """Return an interval in square brackets, or that it was not computed."""
    return f"[{span(interval.low, interval.high, '', decimals)}]" if interval else "[intervalle non calculé]"


@sentence
def strata_headline(strata: Strata, what: str) -> str | None:
    """Tell how far a share varies between strata, and only if the test says so that it varies; None without strata.

    Parameters
    ----------
    what : str
        The share, as the subject of a sentence: « la part de communes actives ».
    """
    return spread(strata, what) if strata.labels else None


def spread(strata: Strata, what: str, otherwise: str = "") -> str:
    """Return how far a share varies between strata; `otherwise` ends it where no test says that it does."""
    shares = strata.shares.dropna()
    if not len(shares) and strata.hidden:
        return typeset(f"{capitalise(what)} n’est pas publiée par groupe : elle en dirait trop sur quelques communes")
    if not len(shares):
        return typeset(f"{capitalise(what)} n’est pas calculée : aucune commune à compter")
    if strata.hidden and shares.min() == shares.max():
        where = listing(strata.labels[s] for s in shares.index)
        only = "seul groupe dont elle est publiée" if len(shares) == 1 else "seuls groupes dont elle est publiée"
        return typeset(f"{capitalise(what)} est de {share_within(strata, shares.index)} ({where}, {only})")
    low, high = (
        f"{share_within(strata, shares.index[shares == end])} "
        f"({listing(strata.labels[s] for s in shares.index[shares == end])})"
        for end in (shares.min(), shares.max())
    )
    span = f"de {low} à {high}"
    if not strata.test:
        return typeset(f"{capitalise(what)} va {span} là où elle est publiée{_untold(strata)}")
    if apart(strata.corrected):
        return typeset(f"{capitalise(what)} varie selon {strata.kind} : {span}")
    return typeset(f"{capitalise(what)} va {span}{f' : {otherwise}' if otherwise else _unproven(strata, shares)}")


def _unproven(strata: Strata, shares: pd.Series) -> str:
    """End how far a share varies where no test says that it does; one that is known of all varies all the same."""
    if strata.base != ASKED:
        return " : l’écart peut tenir au hasard"
    if strata.ordered and not (shares.is_monotonic_increasing or shares.is_monotonic_decreasing):
        return ", sans suivre l’ordre des tailles"
    return f" ; rien n’assure que l’écart tienne à {strata.kind}"


def _untold(strata: Strata) -> str:
    return f" (non publiée : {listing(strata.labels[s] for s in strata.hidden)})"


@sentence
def majorities(strata: Strata, whose: str, do: str) -> str:
    """Tell in which provinces more than half of those who answered do something, and where it is sure of all communes.

    What those who answered do is known; of the others, the test alone speaks.

    Parameters
    ----------
    whose, do : str
        The two halves of « plus de la moitié des communes participantes sont actives ».
    """
    shares = strata.shares.dropna()
    if shares.empty:
        why = "les parts en diraient trop sur quelques communes" if strata.hidden else "aucune commune à compter"
        return typeset(f"Rien à montrer par {strata.division.singulier} : {why}")
    over, noun = shares.index[shares > 0.5], strata.division.pluriel
    e = "e" if strata.division.feminine else ""
    of = f"des {number(len(shares), of=None)} {noun}"
    if len(shares) < len(strata.labels):
        of += " dont la part est publiée"
    weighted = "une fois les réponses pondérées, " if strata.weighed is not None else ""
    if over.empty:
        return typeset(capitalise(f"{weighted}la moitié au plus {whose} {do}, dans chacun{e} {of}"))
    where = f", dans chacun{e} {of}"
    if len(over) < len(shares):
        many = number(len(over), of=f"{noun} au-dessus de la moitié")
        where = f" dans {many} {of} ({listing(strata.labels[s] for s in over)})"
    said = f"{weighted}plus de la moitié {whose} {do}{where}"
    return typeset(capitalise(f"{said} ; {_majority_of_all(strata, list(over))}"))


def _majority_of_all(strata: Strata, over: Sequence[str]) -> str:
    """Say of which provinces, among those where more than half of the answers say so, this is sure of all communes."""
    proven = levels.dominant(strata)
    sure = [stratum for stratum in over if strata.proof.holds(proven[stratum])]
    if len(sure) == len(over):
        return "c’est assuré pour l’ensemble de leurs communes"
    if sure:
        return f"pour l’ensemble de leurs communes, ce n’est assuré que là : {listing(strata.labels[s] for s in sure)}"
    return "pour l’ensemble des communes, ce n’est assuré nulle part"


def share_within(strata: Strata, equal: Sequence[str]) -> str:
    """Write the share of strata that have the same, which knows of which it is."""
    of = f"part, {listing(strata.labels[s] for s in equal)}"
    return percent(strata.shares[equal[0]], of=named(strata.within(equal[0]), of))


@sentence
def outlying(strata: Strata) -> str | None:
    """Name the strata that stand out from the whole; says so where none does or the test is silent; None without."""
    if not strata.labels:
        return None
    if strata.withheld:
        return "Part non publiée : trop peu de communes ont répondu."
    if not strata.total:
        return "Aucune commune à compter."
    e = "e" if (by_size := strata.by == "taille") or strata.division.feminine else ""
    every = f"tou{'te' if e else ''}s {'tailles' if by_size else strata.division.pluriel} réuni{e}s"
    whole = f"{capitalise(every)}, la part est de {percent(strata.overall, of=_WHOLE)}"
    if around := strata.overall_interval:  # a share that describes everybody asked has no margin
        whole += f" (intervalle à {_LEVEL} : {span(around.low, around.high)})"
    if not apart(strata.corrected):
        return typeset(f"{whole}.")
    hit = [s for s in strata.labels if apart(strata.corrected_stratum(s))]
    sides = (("au-dessus", strata.shares > strata.overall), ("au-dessous", strata.shares < strata.overall))
    said = []
    for side, here in sides:
        if named := [f"{strata.labels[s]} ({share_within(strata, [s])})" for s in hit if here[s]]:
            said.append(f"nettement {side} : {listing(named)}")
    # Another sentence: the interval speaks of the communes asked, the test of kinds of communes.
    details = " ; ".join(said) or "aucun groupe ne se détache à lui seul"
    return typeset(f"{whole}. {capitalise(details)}.")


@sentence
def larger(strata: Strata) -> str | None:
    """Tell whether communes on the side that is told are larger ones than the rest: sizes have an order.

    None where sizes are not known.
    """
    if not strata.labels:
        return None
    test = strata.order
    if test is None:
        return "Leur ordre de taille n’est pas comparé : une partie des effectifs n’est pas publiée."
    if math.isnan(test.p):
        return "Leur ordre de taille n’est pas comparé : il n’y a qu’un groupe, ou qu’une taille."
    figures = f"test de Mann-Whitney sur l’ordre des tailles : {both(test.p, strata.corrected, _ORDER)}"
    if apart(strata.corrected):
        return typeset(f"La part {'augmente' if test.delta > 0 else 'diminue'} avec la taille ({figures}).")
    return typeset(f"Les données ne disent pas si la part augmente ou diminue avec la taille ({figures}).")


@sentence
def participation(strata: Strata) -> tuple[str, str]:
    """Return the share of communes that took part and what it says, for a card."""
    whole = percent(strata.overall, of="taux de participation")
    return whole, typeset(f"des {number(strata.total, of='communes interrogées')} communes interrogées ont répondu")


@sentence
def strata_basis(strata: Strata, what: str) -> str:
    """Return the subtitle of a split: what is shown, of how many."""
    if strata.withheld:
        return typeset(f"{what} : non publié, trop peu de communes ont répondu.")
    return typeset(
        f"{what}, en % (n = {number(strata.total, of='nombre de réponses')}). Entre parenthèses, les effectifs."
        f"{f' Trait : intervalle à {_LEVEL}.' if strata.overall_interval else ''}"
        f"{f' {HIDDEN} : non publié.' if strata.hidden else ''}"
    )
