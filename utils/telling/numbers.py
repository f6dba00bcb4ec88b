"""Sentences about numbers that respondents gave: their median, their middle half, whose are higher."""

__all__ = ["apart", "detail", "headline", "key_figure", "middle_class", "places", "plain", "untold_numbers", "within"]

import math

from utils.french import MISSING, capitalise, listing, typeset
from utils.statistics.compare import ALPHA
from utils.statistics.intervals import LEVEL
from utils.survey.numbers import NumberContrast, NumberResult
from utils.telling import verdicts
from utils.telling.figures import named, number, percent, sentence, span
from utils.telling.kinds import both
from utils.telling.untold import nothing, untold

_LEVEL = percent(LEVEL, of=None)
_ANSWERS, _MEDIAN = "nombre de réponses", "médiane"
_U = "valeur p de Mann-Whitney"
DECIMALS = 2  # of a number, at most


def _unit(result: NumberResult) -> str:
    return f"en {result.question.unite}"


def middle_class(result: NumberResult) -> str:
    """Name the class of the median, or the two that it falls between."""
    return " et ".join(f"« {result.label(name)} »" for name in result.middle)


def places(*values: float) -> int:
    """Return how many decimals numbers need that are written side by side, `DECIMALS` at most.

    Examples
    --------
    >>> places(1.0, 2.5), places(3.0, 12.0)
    (1, 0)
    """
    return next((k for k in range(DECIMALS) if all(round(value, k) == value for value in values)), DECIMALS)


def _counted(value: float, of: str, result: NumberResult) -> str:
    """Write a number with its unit, which is in the plural."""
    unit = result.question.unite if abs(value) >= 2 else f"({_unit(result)})"
    return f"{_written(value, of, result)} {unit}"


def _median(result: NumberResult) -> float:
    return result.quartiles.median if result.quartiles else math.nan


def _written(value: float, of: str, result: NumberResult) -> str:
    return number(value, DECIMALS, of=named(result.source, of))


@sentence
def headline(result: NumberResult) -> str:
    """Tell the median of a question, or the class that it falls into, as the title of its chart."""
    if not result.answers.n:
        return untold([result]) or "Aucune réponse à cette question"
    if not math.isnan(_median(result)):
        return typeset(
            f"{capitalise(result.question.libelle)} : médiane de {_counted(_median(result), _MEDIAN, result)}"
        )
    return typeset(f"{capitalise(result.question.libelle)} : médiane {within(result)} ({_unit(result)})")


def within(result: NumberResult) -> str:
    """Say within or between which classes the median lies."""
    if len(result.middle) == 1:
        return f"dans la classe {middle_class(result)}"
    return f"entre les classes {middle_class(result)}"


@sentence
def key_figure(result: NumberResult) -> tuple[str, str]:
    """Return the median of a question and what it says, for a card."""
    if result.withheld:
        return "non publié", typeset(f"{result.topic} : trop peu de {result.noun.plural} ont répondu")
    if not result.answers.n:
        return MISSING, typeset(f"{result.topic} : aucune réponse des {result.noun.plural}")
    of = f"{result.topic} ({_unit(result)}) : médiane des {result.noun.plural} "
    of += f"(n = {number(result.answers.n, of=_ANSWERS)}{_interval(result, ' ; intervalle à {} : {}')})"
    if math.isnan(_median(result)):
        return listing(result.label(name) for name in result.middle), typeset(of)
    return _written(_median(result), _MEDIAN, result), typeset(of)


def _interval(result: NumberResult, form: str) -> str:
    around = result.quartiles.interval if result.quartiles else None
    if around is None:
        return ""
    decimals = places(around.low, around.high)
    return form.format(_LEVEL, span(around.low, around.high, "", decimals, of=f"intervalle à {_LEVEL} de la médiane"))


@sentence
def plain(result: NumberResult) -> str:
    """Tell what the median of a question means, and its middle half."""
    if not result.answers.n:
        return nothing(result)
    found = result.quartiles
    if math.isnan(_median(result)):
        return typeset(f"{capitalise(_unit(result))}, la médiane tombe {within(result)}.")
    said = (
        f"La médiane est de {_counted(found.median, _MEDIAN, result)} : la moitié des {result.noun.plural} qui ont "
        "répondu donnent ce nombre ou moins."
    )
    if not (math.isnan(found.q1) or math.isnan(found.q3)):
        low, high = _written(found.q1, "premier quartile", result), _written(found.q3, "troisième quartile", result)
        said += f" La moitié centrale va de {low} à {high}."
    return typeset(said)


@sentence
def detail(result: NumberResult) -> str:
    """Tell how sure the median of a question is, and which numbers are not told; empty text without answers."""
    if not result.answers.n:
        return ""
    return typeset(f"{_interval(result, 'Intervalle à {} de la médiane : {}.')} {untold_numbers(result)}".strip())


@sentence
def untold_numbers(result: NumberResult) -> str:
    """Say which numbers are not told, and why; empty text where they all are."""
    found = result.quartiles
    if found is None:
        why = (
            "les effectifs sont arrondis"
            if result.from_rows
            else "cette édition ne connaît que des effectifs par classe"
        )
        return typeset(f"Sa valeur n’est pas donnée : {why}.")
    names = {"median": "la médiane", "q1": "un quartile", "q3": "un quartile", "interval": "l’intervalle"}
    hidden = list(dict.fromkeys(name for key, name in names.items() if key in found.hidden))
    if not hidden:
        return ""
    verb = (
        "ne sont pas publiés"
        if len(hidden) > 1
        else "n’est pas publiée"
        if hidden == ["la médiane"]
        else "n’est pas publié"
    )
    return typeset(f"{capitalise(listing(hidden))} {verb} : trop peu de réponses se trouvent d’un côté.")


@sentence
def apart(pair: NumberContrast) -> str:
    """Tell whether one of the two kinds of communes gives higher numbers."""
    if pair.withheld:
        return verdicts.UNTESTED
    test, corrected = pair.order, pair.corrected("order")
    if math.isnan(test.p):
        return verdicts.NOTHING
    if verdicts.apart(corrected):
        more, less = pair.kinds.groupes if test.delta > 0 else reversed(pair.kinds.groupes)
        said = f"Les {more.noun.plural} donnent des nombres plus grands que les {less.noun.plural}"
    elif test.p < ALPHA:
        said = (
            "Prise seule, la comparaison départagerait les deux groupes ; parmi toutes celles du livre, l’écart peut "
            "tenir au hasard"
        )
    else:
        said = f"L’ordre des nombres ne permet pas de départager {both(pair.kinds)}"
    return typeset(
        f"{said} (test de Mann-Whitney sur les classes : {verdicts.both(test.p, corrected, _U)} ; delta de Cliff = "
        f"{number(test.delta, 2, fixed=True, of='delta de Cliff')} {verdicts.around(test.delta_interval)}). "
        f"{_odds(pair)}"
    )


def _odds(pair: NumberContrast) -> str:
    odds = number(pair.order.superiority * 100, of="probabilité de supériorité, en %")
    return (
        "Prenez au hasard une commune active et une commune non active : la première donne un nombre d’une classe "
        f"plus haute {odds} fois sur cent, une égalité comptant pour moitié."
    )
