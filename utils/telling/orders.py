"""Sentences about options that respondents put in order: which stands before which, where that is sure."""

__all__ = ["apart", "detail", "headline", "key_figure", "plain"]

import math
from itertools import pairwise

from utils.french import MISSING, capitalise, listing, typeset
from utils.statistics.intervals import LEVEL
from utils.survey.rankings import RankContrast, RankResult
from utils.telling import verdicts
from utils.telling.figures import count, named, number, percent, sentence, span
from utils.telling.kinds import both, others
from utils.telling.leads import lead
from utils.telling.untold import nothing, untold

_LEVEL = percent(LEVEL, of=None)
_ANSWERS, _MEAN = "nombre de réponses", "rang moyen"
DECIMALS = 1  # of a mean rank


def _mean(result: RankResult, option: str) -> str:
    value = result.standings[option].mean
    return number(value, DECIMALS, fixed=True, of=named(result.source, f"{_MEAN} de « {result.label(option)} »"))


def _sure(result: RankResult) -> list[str]:
    """Return the options that surely stand before the next one."""
    return [option for option, p in result.steps.items() if result.proof.holds(p)]


@sentence
def headline(result: RankResult) -> str:
    """Tell which option stands first by mean rank, where it surely stands before the next; else of the answers."""
    if not result.answers.n:
        return untold([result]) or "Aucune réponse à cette question"
    if not result.standings:
        return lead(result)
    first, *others = result.best
    told = f"{result.label(first)} (rang moyen {_mean(result, first)})"
    if not others:
        return typeset(f"Seule réponse proposée : {told}")
    second = f"{result.label(others[0])} ({_mean(result, others[0])})"
    if first in _sure(result):
        return typeset(f"Classé en tête : {told}, devant {second}")
    return typeset(f"Meilleur rang moyen : {told}, puis {second}, à confirmer")


@sentence
def key_figure(result: RankResult) -> tuple[str, str]:
    """Return the best mean rank of a question and what it says, for a card."""
    if result.withheld:
        return "non publié", typeset(f"{result.topic} : trop peu de {result.noun.plural} ont répondu")
    if not result.standings:
        return MISSING, typeset(f"{result.topic} : rang moyen des {result.noun.plural}")
    first = result.best[0]
    unsure = "" if first in _sure(result) else ", une avance à confirmer"
    n = number(result.answers.n, of=_ANSWERS)
    return _mean(result, first), typeset(
        f"{result.label(first)} : meilleur rang moyen selon les {result.noun.plural} (n = {n}{_around(result, first)})"
        f"{unsure}"
    )


def _around(result: RankResult, option: str) -> str:
    interval = result.standings[option].interval
    if interval is None:
        return ""
    of = f"intervalle à {_LEVEL} du rang moyen de « {result.label(option)} »"
    return f" ; intervalle à {_LEVEL} : {span(interval.low, interval.high, '', DECIMALS, of=of)}"


@sentence
def plain(result: RankResult) -> str:
    """Tell which options of a question were put first most often: their mean ranks stand at their bars."""
    if not result.answers.n:
        return nothing(result)
    firsts = f"Le plus souvent au premier rang : {listing(_firsts(result))}."
    if not result.standings:
        why = "tous n’ont pas classé autant de réponses, et les effectifs ne disent pas qui a laissé quoi"
        return typeset(f"{firsts} Le rang moyen n’est pas calculé : {why}.")
    return typeset(firsts)


@sentence
def detail(result: RankResult) -> str:
    """Tell whether the ranks of a question's options differ, and which order is sure; empty text without mean ranks."""
    return typeset(f"{_tested(result)} {_order(result)}".strip()) if result.answers.n and result.standings else ""


def _firsts(result: RankResult) -> list[str]:
    ranked = result.answers.ranked.head(3)
    return [
        f"{result.label(option)} ({percent(share, of=f'premières places de « {result.label(option)} »')})"
        for option, share in ranked.items()
        if share > 0
    ]


def _tested(result: RankResult) -> str:
    test = result.test
    if math.isnan(test.p):
        return verdicts.NOTHING
    levels = result.proof.claims()
    mine = levels[(levels["question"] == result.question.id) & (levels["base"] == result.base)]
    found = mine.loc[mine["claim"] == "order", "corrected"]
    corrected = float(found.iloc[0]) if len(found) else 1.0
    verdict = "Les rangs diffèrent" if verdicts.apart(corrected) else "Les écarts entre rangs peuvent tenir au hasard"
    simulated = " simulé, les réponses étant peu nombreuses" if test.method == "monte_carlo" else ""
    freedom = count(test.df, "degré", "degrés", of=None)
    return (
        f"{verdict} (test de Friedman{simulated} : χ² = {number(test.statistic, 1, fixed=True, of='χ² de Friedman')}, "
        f"{freedom} de liberté, {verdicts.both(test.p, corrected, 'valeur p de Friedman')} ; "
        f"W de Kendall = {number(test.w, 2, fixed=True, of='W de Kendall')})."
    )


def _order(result: RankResult) -> str:
    if result.orders is None:
        return "Les effectifs ne disent pas combien de répondants ont mis une réponse devant une autre."
    sure = set(_sure(result))
    best = result.best
    pairs = [f"entre {result.label(one)} et {result.label(other)}" for one, other in pairwise(best) if one in sure]
    if not pairs:
        return "Aucune réponse n’est sûrement devant celle qui la suit." if len(best) > 1 else ""
    return f"L’ordre est assuré {listing(pairs)}."


@sentence
def apart(pair: RankContrast) -> str:
    """Tell whether the two kinds of communes put other options first, and which options they rank differently."""
    if pair.withheld:
        return verdicts.UNTESTED
    said = verdicts.association(pair.association, pair.corrected("association"), "l’écart entre les premières places")
    if not pair.shifts:
        return said
    different = [
        f"{pair.active.label(option)} ({_mean(pair.active, option)} contre {_mean(pair.other, option)})"
        for option in pair.shifts
        if verdicts.apart(pair.corrected(option))
    ]
    if different:
        ranks = f"{capitalise(both(pair.kinds))} classent autrement (rangs moyens) : {listing(different)}."
    else:
        ranks = (
            f"Aucune réponse n’est classée autrement par les {pair.kinds.first.noun.plural} que par les "
            f"{others(pair.kinds)}, au-delà de ce que le hasard explique d’ordinaire."
        )
    many = count(len(pair.family), "test", "tests", of="nombre de tests")
    return typeset(f"{said} {ranks} Un test de Mann-Whitney par réponse, corrigé avec tous ceux du livre ({many}).")
