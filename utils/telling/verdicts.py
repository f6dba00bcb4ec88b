"""Sentences about differences between provinces or between sizes of communes, and about any test.

A difference is told with its test, its effect and its uncertainty, and what they allow to say.
"""

__all__ = [
    "EFFECTS",
    "NOTHING",
    "UNTESTED",
    "WITHHELD",
    "around",
    "association",
    "breakdown",
    "larger",
    "majorities",
    "options_apart",
    "outlying",
    "participation",
    "strata_basis",
    "strata_headline",
    "strata_test",
    "too_few",
]

import math
from collections.abc import Sequence

from utils.french import capitalise, listing, typeset
from utils.statistics.compare import ALPHA, STANDS_OUT, Association
from utils.statistics.intervals import LEVEL, Interval
from utils.statistics.ranks import KruskalWallis
from utils.survey.contrasts import ChoiceContrast
from utils.survey.strata import Breakdown, OptionsByStratum, Strata
from utils.telling.figures import count, named, number, p_value, percent, sentence, span

# Cohen (1988): lower bound of w = V·√(k − 1), k being the smaller side of the table.
EFFECTS = ((0.5, "fort"), (0.3, "moyen"), (0.1, "faible"), (0.0, "négligeable"))
MIN_STRATUM = 10  # a stratum of fewer answers is described, not tested on its own

_METHODS = {
    "chi_square": "test du khi-deux",
    "fisher": "test exact de Fisher, les effectifs étant petits",
    "monte_carlo": "test du khi-deux simulé, certains effectifs étant petits",
}
UNTESTED = "Non testé\u00a0: une partie des effectifs n’est pas publiée."
WITHHELD = "Ventilation non publiée\u00a0: trop peu de communes répondent dans certains groupes."
NOTHING = "Un seul groupe ou une seule réponse\u00a0: il n’y a rien à comparer."
_LEVEL = percent(LEVEL, of=None)
_WHOLE, _ORDER = "part de l’ensemble", "valeur p de Mann-Whitney"  # names of statistics
_BY = {"province": "la province", "taille": "la taille", "activite": "l’activité de la commune"}


@sentence
def association(test: Association, what: str = "cet écart") -> str:
    """Tell in plain French what a test allows to say; never that there is no difference.

    Parameters
    ----------
    what : str
        What is tested, as a masculine subject: « cet écart ».
    """
    if test.method == "none":
        return typeset(NOTHING)
    verdict = _verdict(test.significant, what)
    strength = test.cramers_v * math.sqrt(min(test.sides) - 1)
    effect = next(word for bound, word in EFFECTS if strength >= bound)
    freedom = count(test.df, "degré", "degrés", of=None) + " de liberté"
    statistic = f"χ² = {number(test.statistic, 1, fixed=True, of='χ²')}, {freedom}"
    return typeset(
        f"{verdict} ({_METHODS[test.method]} : {statistic}, {p_value(test.p, of='valeur p du khi-deux')} ; "
        f"V de Cramér = {number(test.cramers_v, 2, fixed=True, of='V de Cramér')} "
        f"{around(test.v_interval)}, effet {effect})."
    )


def _verdict(significant: bool, what: str) -> str:
    if significant:
        return f"{capitalise(what)} dépasse ce que le hasard explique d’ordinaire"
    return f"{capitalise(what)} peut tenir au hasard : les données ne permettent pas de trancher"


@sentence
def strata_test(strata: Strata) -> str:
    """Tell whether strata differ; that it is not tested where the split of some is not published."""
    return association(strata.test) if strata.test else UNTESTED


def around(interval: Interval | None, decimals: int = 2) -> str:
    """Return an interval in square brackets, or that it was not computed."""
    return f"[{span(interval.low, interval.high, '', decimals)}]" if interval else "[intervalle non calculé]"


@sentence
def breakdown(found: Breakdown) -> str:
    """Tell what the test of a question by province or by size allows to say; empty text where there is none."""
    if found.withheld:
        return WITHHELD
    if found.test is None:
        # Several choices are tested one by one, if at all.
        several = found.whole.question.type == "choix_multiple"
        return UNTESTED if found.counts.isna().to_numpy().any() and not several else ""
    what = f"l’écart selon {_BY[found.by]}"
    if not isinstance(found.test, KruskalWallis):
        return association(found.test, what)
    test = found.test
    if test.method == "none":
        return typeset(NOTHING)
    verdict = _verdict(test.significant, what)
    simulated = " simulé, certains groupes étant petits" if test.method == "monte_carlo" else ""
    return typeset(
        f"{verdict} (test de Kruskal-Wallis{simulated} : H = {number(test.statistic, 1, fixed=True, of='H')}, "
        f"{p_value(test.p, of='valeur p de Kruskal-Wallis')} ; "
        f"ε² = {number(test.effect, 2, fixed=True, of='ε²')})."
    )


@sentence
def strata_headline(strata: Strata, what: str, p: float | None = None) -> str:
    """Tell how far a share varies between strata, and only if the test says so that it varies.

    Parameters
    ----------
    what : str
        The share, as the subject of a sentence: « la part de communes actives ».
    p : float, optional
        The test's p-value corrected for its family; without it the test stands alone.
    """
    shares = strata.shares.dropna()
    if not len(shares) and strata.hidden:
        return typeset(f"{capitalise(what)} n’est pas publiée par groupe : trop peu de communes y répondent")
    if not len(shares):
        return typeset(f"{capitalise(what)} n’est pas calculée : aucune commune à compter")
    low, high = (
        f"{_share_within(strata, shares.index[shares == end])} "
        f"({listing(strata.labels[s] for s in shares.index[shares == end])})"
        for end in (shares.min(), shares.max())
    )
    span = f"de {low} à {high}"
    if not strata.test:
        return typeset(f"{capitalise(what)} va {span}, parmi les groupes dont elle est publiée")
    if strata.test.significant if p is None else p < ALPHA:
        return typeset(f"{capitalise(what)} varie selon {_BY[strata.by]} : {span}")
    return typeset(f"{capitalise(what)} va {span} : l’écart peut tenir au hasard")


@sentence
def majorities(strata: Strata, whose: str, do: str) -> str:
    """Tell in how many provinces more than half of the communes do something, and in which.

    Parameters
    ----------
    whose, do : str
        The two halves of « plus de la moitié des communes participantes sont actives ».
    """
    shares = strata.shares.dropna()
    if shares.empty:
        why = "trop peu de communes y répondent" if strata.hidden else "aucune commune à compter"
        return typeset(f"Rien à montrer par province : {why}")
    over, known = shares.index[shares > 0.5], number(len(shares), of=None)
    of = known + (" provinces dont la part est publiée" if len(shares) < len(strata.labels) else " provinces")
    if not len(over):
        return typeset(f"La moitié au plus {whose} {do}, dans chacune des {of}")
    if len(over) == len(shares):
        return typeset(f"Plus de la moitié {whose} {do}, dans chacune des {of}")
    where = f"dans {number(len(over), of='provinces au-dessus de la moitié')} des {of}"
    return typeset(f"Plus de la moitié {whose} {do} {where} : {listing(strata.labels[s] for s in over)}")


def _share_within(strata: Strata, equal: Sequence[str]) -> str:
    """Write the share of strata that have the same, which knows of which it is."""
    of = f"part, {listing(strata.labels[s] for s in equal)}"
    return percent(strata.shares[equal[0]], of=named(strata.within(equal[0]), of))


@sentence
def outlying(strata: Strata) -> str:
    """Name the strata that stand out from the whole; says so where none does or the test is silent."""
    if not strata.total:
        return "Aucune commune à compter."
    whole = f"L’ensemble se situe à {percent(strata.overall, of=_WHOLE)}"
    if around := strata.overall_interval:  # a share that describes everybody asked has no margin
        whole += f" (intervalle à {_LEVEL} : {span(around.low, around.high)})"
    if not strata.test or not strata.test.significant:
        return typeset(f"{whole}.")
    residuals = strata.test.residuals.iloc[:, 0]
    sides = (("au-dessus", residuals > STANDS_OUT), ("au-dessous", residuals < -STANDS_OUT))
    said = []
    for side, hit in sides:
        shown = [s for s in residuals.index[hit] if s not in strata.hidden]
        named = [f"{strata.labels[s]} ({_share_within(strata, [s])})" for s in shown]
        if named:
            said.append(f"nettement {side} : {listing(named)}")
    # Another sentence: the interval speaks of the communes asked, the test of kinds of communes.
    details = " ; ".join(said) or "aucun groupe ne se détache à lui seul"
    return typeset(f"{whole}. {capitalise(details)}.")


@sentence
def larger(strata: Strata) -> str:
    """Tell whether communes on the side that is told are larger ones than the rest: sizes have an order."""
    test = strata.order
    if test is None:
        return "Leur ordre de taille n’est pas comparé : une partie des effectifs n’est pas publiée."
    if math.isnan(test.p):
        return "Leur ordre de taille n’est pas comparé : il n’y a qu’un groupe, ou qu’une taille."
    figures = f"test de Mann-Whitney sur l’ordre des tailles : {p_value(test.p, of=_ORDER)}"
    if test.significant:
        size = "grandes" if test.delta > 0 else "petites"
        return typeset(f"Ces communes sont en général plus {size} que les autres ({figures}).")
    return typeset(f"Les données ne disent pas si ces communes sont plus grandes ou plus petites ({figures}).")


@sentence
def options_apart(split: OptionsByStratum | ChoiceContrast, by: str = "taille") -> str:
    """Name the options whose share differs between groups, after correction for their number.

    Parameters
    ----------
    by : {"taille", "province", "activite"}
        What the groups are.
    """
    label = (split.whole if isinstance(split, OptionsByStratum) else split.active).label
    possible = split.tests.dropna()
    silent = [name for name, one in split.splits.items() if one.hidden] if isinstance(split, OptionsByStratum) else []
    if possible.empty:
        return UNTESTED if silent else "Aucun test n’est possible : il n’y a rien à comparer."
    apart = [f"« {label(option)} »" for option in possible.index[possible["holm"] < ALPHA]]
    fragile = [
        f"« {label(option)} »" for option in possible.index[(possible["p"] < ALPHA) & (possible["holm"] >= ALPHA)]
    ]
    many = f"Un test par réponse, corrigé pour leur nombre ({number(len(possible), of='nombre de tests')}, Holm)"
    said = (
        f"{many} : la part varie selon {_BY[by]} pour {listing(apart)}."
        if apart
        else (
            f"{many} : aucune part ne varie au-delà de ce que le hasard explique d’ordinaire, "
            "ce qui ne prouve pas qu’elles soient égales."
        )
    )
    if fragile:
        said += f" Un écart apparaît sans résister à la correction : {listing(fragile)}."
    if silent:
        untold = listing(f"« {label(option)} »" for option in silent)
        said += f" Non testé, car une partie des effectifs n’est pas publiée : {untold}."
    return typeset(said)


@sentence
def too_few(split: OptionsByStratum) -> str:
    """Name the strata that are described only, as too few of their communes answered; empty text if there is none."""
    if split.withheld:
        return WITHHELD
    small = [
        f"{next(iter(split.splits.values())).labels[stratum]} "
        f"(n = {number(result.answers.n, of=named(result.source, 'nombre de réponses'))})"
        for stratum, result in split.results.items()
        if result.answers.n < MIN_STRATUM
    ]
    if not small:
        return ""
    return typeset(
        f"Trop peu de communes pour tester {'ces groupes' if len(small) > 1 else 'ce groupe'} à part, "
        f"{'leurs' if len(small) > 1 else 'ses'} parts sont seulement décrites : {listing(small)}."
    )


@sentence
def participation(strata: Strata) -> tuple[str, str]:
    """Return the share of communes that took part and what it says, for a card."""
    whole = percent(strata.overall, of="taux de participation")
    return whole, typeset(f"des {number(strata.total, of='communes interrogées')} communes interrogées ont répondu")


@sentence
def strata_basis(strata: Strata, what: str) -> str:
    """Return the subtitle of a split: what is shown, of how many."""
    return typeset(
        f"{what}, en % (n = {number(strata.total, of='nombre de réponses')}). Entre parenthèses, les effectifs."
        f"{f' Trait : intervalle à {_LEVEL}.' if strata.overall_interval else ''}"
    )
