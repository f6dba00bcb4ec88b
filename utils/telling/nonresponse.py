"""Sentences about the communes that answered and those that did not: what these could change, what weighting does."""

__all__ = ["coverage", "ends", "missing", "represented", "weighted"]

from utils import french
from utils.french import listing, typeset
from utils.statistics.intervals import LEVEL, Interval, bounds
from utils.statistics.weighting import Estimate
from utils.survey.inhabitants import Coverage
from utils.survey.strata import Strata
from utils.telling.figures import count, difference, figure, number, percent, sentence, span
from utils.telling.verdicts import strata_test

# Names of statistics.
_AWAY, _ASKED = "communes sans réponse", "communes interrogées"
_LEAST, _MOST = "part si aucune absente n’est active", "part si toutes les absentes sont actives"


@sentence
def missing(active: Strata, asked: int) -> str:
    """Tell between which ends the share of active communes lies, whatever the communes that did not answer are.

    Parameters
    ----------
    active : Strata
        Any split of active against non-active communes; told by its whole.
    asked : int
        Communes asked.
    """
    away = asked - active.total
    if active.withheld:
        return "Combien de communes seraient actives n’est pas publié : trop peu ont répondu."
    if not asked:
        return "Aucune commune n’a été interrogée."
    if not away:
        return "Toutes les communes interrogées ont répondu : la part observée est celle de toutes."
    between = ends(active, asked)
    return typeset(
        f"{count(away, 'commune n’a pas répondu', 'communes n’ont pas répondu', of=_AWAY)}. Si aucune d’elles n’est "
        f"active, {percent(between.low, of=_LEAST)} des {number(asked, of=_ASKED)} communes le sont ; si toutes le "
        f"sont, {percent(between.high, of=_MOST)}."
    )


def ends(active: Strata, asked: int) -> Interval | None:
    """Return the least and the greatest share (0..1) of active communes, whatever the absent are; None if none is."""
    known = asked and not active.withheld and active.total < asked
    return bounds(active.told, active.total, asked) if known else None


@sentence
def coverage(found: Coverage) -> str:
    """Tell the share of inhabitants covered: as it is known, or as the study prints it beside what is possible.

    Examples
    --------
    « Ces communes réunissent 71 % des habitants de toutes les communes interrogées. »
    """
    whole = "des habitants de toutes les communes interrogées"
    if found.printed is None and found.low is None:
        return "La part des habitants que représentent ces communes n’est pas connue."
    if found.printed is None and found.share is not None:
        # Noted as it is printed: more decimals could tell which communes add up to it.
        lived = figure(french.percent(found.share), round(found.share, 2), "part des habitants")
        return f"Ces communes réunissent {lived} {whole}."
    ends = ""
    if found.low is not None:
        least = percent(found.low, of="plus petite part possible des habitants")
        ends = f"au moins {least} et au plus {percent(found.high, of='plus grande part possible des habitants')}"
    if found.printed is None:
        return f"Ces communes réunissent {ends} {whole}."
    said = f"Selon l’étude, ces communes réunissent {percent(found.printed, of='part des habitants, imprimée')} {whole}"
    return typeset(f"{said} ; d’après ses tableaux et la population de chaque commune, {ends}." if ends else f"{said}.")


@sentence
def represented(participation: Strata) -> str:
    """Tell whether communes that took part are spread as those that were asked."""
    return strata_test(participation, f"l’écart de participation selon {participation.kind}")


@sentence
def weighted(raw: Strata, estimates: dict[str, Estimate | None]) -> str:
    """Tell in one sentence or two what weighting changes of the share of active communes."""
    found = {by: estimate for by, estimate in estimates.items() if estimate}
    if raw.weighed is not None:
        return "Le redressement n’est pas calculé : les réponses portent déjà les poids de cette édition."
    if not found and raw.hidden:
        return "Le redressement n’est pas publié : il en dirait trop sur quelques communes."
    if not found or not raw.total:
        return (
            "Le redressement n’est pas calculé : dans un groupe au moins, trop peu de communes ont répondu "
            "pour parler au nom des autres."
        )
    province = raw.division.le
    margins = {"taille": "selon la taille", "province": f"selon {province}", "calage": f"sur la taille et {province}"}
    told = listing(
        f"{percent(estimate.share, of=f'part redressée {margins[by]}')} {margins[by]}" for by, estimate in found.items()
    )
    most = max((estimate.share for estimate in found.values()), key=lambda share: abs(share - raw.overall))
    around = raw.overall_interval
    within = all(estimate.share in around for estimate in found.values())
    verdict = (
        "reste dans l’intervalle de la part brute"
        if within
        else "sort de l’intervalle de la part brute : celle-ci ne vaut que pour les participantes"
    )
    missing_margins = [by for by, estimate in estimates.items() if not estimate]
    rest = (
        f" Pas de redressement {listing(margins[by] for by in missing_margins)} : un groupe a trop peu de réponses, "
        "ou le sien n’est pas publié."
        if missing_margins
        else ""
    )
    return typeset(
        f"Redressée, la part de communes actives vaut {told}, contre {percent(raw.overall)} sans redressement "
        f"(intervalle à {percent(LEVEL, of=None)} : {span(around.low, around.high)}). Le plus grand écart, de "
        f"{difference(most, raw.overall, signed=True, of='part redressée moins part brute')}, {verdict}.{rest}"
    )
