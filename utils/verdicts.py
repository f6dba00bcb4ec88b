"""Sentences about differences: between strata, between active and non-active communes.

A difference is told with its test, its effect and what they allow to say.
"""

__all__ = [
    "EFFECTS",
    "STANDS_OUT",
    "association",
    "compared",
    "differences",
    "obstacles_headline",
    "outlying",
    "participation",
    "shifted",
    "strata_basis",
    "strata_headline",
]

import math
from collections.abc import Sequence

from utils.compare import Association, Shift
from utils.french import capitalise, count, listing, number, p_value, percent, points, typeset
from utils.results import Contrast, LikertResult, Strata

# Cohen (1988): lower bound of w = V·√(k − 1), k being the smaller side of the table.
EFFECTS = ((0.5, "fort"), (0.3, "moyen"), (0.1, "faible"), (0.0, "négligeable"))
STANDS_OUT = 1.96  # adjusted residual beyond which a group stands out, at the 5 % level

_METHODS = {
    "chi_square": "test du khi-deux",
    "fisher": "test exact de Fisher, les effectifs étant petits",
    "monte_carlo": "test du khi-deux simulé, certains effectifs étant petits",
}
_BY = {"province": "la province", "taille": "la taille"}


def association(test: Association, what: str = "cet écart") -> str:
    """Tell in plain French what a test allows to say; never that there is no difference.

    Parameters
    ----------
    what : str
        What is tested, as a masculine subject: « cet écart ».
    """
    if test.method == "none":
        return "Un seul groupe ou une seule réponse : il n’y a rien à comparer."
    if test.significant:
        verdict = f"{capitalise(what)} dépasse ce que le hasard explique d’ordinaire"
    else:
        verdict = f"{capitalise(what)} peut tenir au hasard : les données ne permettent pas de trancher"
    strength = test.cramers_v * math.sqrt(min(test.expected.dropna(how="all").shape) - 1)
    effect = next(word for bound, word in EFFECTS if strength >= bound)
    freedom = count(test.df, "degré", "degrés") + " de liberté"
    statistic = f"χ² = {number(test.statistic, 1, fixed=True)}, {freedom}"
    return typeset(
        f"{verdict} ({_METHODS[test.method]} : {statistic}, {p_value(test.p)} ; "
        f"V de Cramér = {number(test.cramers_v, 2, fixed=True)}, effet {effect})."
    )


def shifted(test: Shift) -> str:
    """Tell whether active communes give higher scores than the others (Mann-Whitney, Cliff's delta)."""
    if math.isnan(test.p):
        return "L’un des deux groupes n’a pas répondu : il n’y a rien à comparer."
    higher, lower = ("actives", "non actives") if test.delta > 0 else ("non actives", "actives")
    figures = f"(test de Mann-Whitney : {p_value(test.p)} ; delta de Cliff = {number(test.delta, 2, fixed=True)})"
    if test.significant:
        return typeset(f"Les communes {higher} donnent des scores plus élevés que les communes {lower} {figures}.")
    return typeset(f"L’ordre des scores ne permet pas de départager les deux groupes {figures}.")


def strata_headline(strata: Strata, what: str) -> str:
    """Tell how far a share varies between strata, and only if the test says so that it varies.

    Parameters
    ----------
    what : str
        The share, as the subject of a sentence: « la part de communes actives ».
    """
    shares = strata.shares.dropna()
    low, high = (
        f"{percent(end)} ({listing(strata.labels[s] for s in shares.index[shares == end])})"
        for end in (shares.min(), shares.max())
    )
    span = f"de {low} à {high}"
    if strata.test.significant:
        return typeset(f"{capitalise(what)} varie selon {_BY[strata.by]} : {span}")
    return typeset(f"{capitalise(what)} va {span} : l’écart peut tenir au hasard")


def outlying(strata: Strata) -> str:
    """Name the strata that stand out from the whole; says so where none does or the test is silent."""
    if not strata.test.significant:
        return typeset(f"L’ensemble se situe à {percent(strata.overall)}.")
    residuals = strata.test.residuals.iloc[:, 0]
    sides = (("au-dessus", residuals > STANDS_OUT), ("au-dessous", residuals < -STANDS_OUT))
    said = []
    for side, hit in sides:
        named = [f"{strata.labels[s]} ({percent(strata.shares[s])})" for s in residuals.index[hit]]
        if named:
            said.append(f"nettement {side} : {listing(named)}")
    details = " ; ".join(said) or "aucun groupe ne se détache à lui seul"
    return typeset(f"L’ensemble se situe à {percent(strata.overall)} ; {details}.")


def compared(pair: Contrast) -> str:
    """Tell the agreement of active and non-active communes side by side, with the gap in points."""
    active, other = pair.active, pair.other
    return typeset(
        f"{percent(active.agree)} des {active.noun.plural} et {percent(other.agree)} des {other.noun.plural} "
        f"disent {active.question.constat}, soit un écart de {points(pair.gap)}. La médiane vaut "
        f"{number(active.answers.median, 1)} pour les premières et {number(other.answers.median, 1)} pour les secondes."
    )


def differences(pairs: Sequence[Contrast]) -> str:
    """Name the items on which the test tells active and non-active communes apart."""
    apart = [pair for pair in pairs if pair.sides.significant]
    if not apart:
        return "Aucun obstacle ne distingue les deux groupes au-delà de ce que le hasard explique d’ordinaire."
    told = listing(
        f"{pair.active.topic} ({percent(pair.active.agree)} contre {percent(pair.other.agree)})" for pair in apart
    )
    rest = "" if len(apart) == len(pairs) else " Pour les autres obstacles, les données ne permettent pas de trancher."
    return typeset(f"Les communes actives et les autres ne répondent pas de même sur ces points : {told}.{rest}")


def _first(results: Sequence[LikertResult]) -> str:
    most = max(result.agree for result in results)
    tied = listing(result.topic for result in results if result.agree == most)
    return f"{tied} ({percent(most)})"


def obstacles_headline(pairs: Sequence[Contrast]) -> str:
    """Tell the most shared obstacle of each group; obstacles that tie are all told."""
    here, there = _first([pair.active for pair in pairs]), _first([pair.other for pair in pairs])
    return typeset(f"Premier obstacle des communes actives : {here} ; des autres : {there}")


def participation(strata: Strata) -> tuple[str, str]:
    """Return the share of communes that took part and what it says, for a card."""
    asked = int(strata.counts.to_numpy().sum())
    return percent(strata.overall), typeset(f"des {number(asked)} communes interrogées ont répondu")


def strata_basis(strata: Strata, what: str) -> str:
    """Return the subtitle of a split: what is shown, of how many."""
    total = number(int(strata.counts.to_numpy().sum()))
    return typeset(f"{what}, en % (n = {total}). Entre parenthèses, les effectifs.")
