"""Which answer to a question with options comes first, and whether that is sure."""

__all__ = ["NAMED", "excluding", "first_named", "lead", "quoted"]

from collections.abc import Sequence

import pandas as pd

from utils import french
from utils.french import begun, capitalise, listing, typeset
from utils.statistics.intervals import LEVEL
from utils.survey import levels
from utils.survey.results import ChoiceResult, LikertResult
from utils.telling.figures import number, percent, sentence, span

_LEVEL = percent(LEVEL, of=None)
NAMED = 3  # more options than this that tie are not named


@sentence
def lead(result: ChoiceResult) -> str:
    """Tell the option most chosen before the next one: as a lead only where it is sure, else of the answers.

    An option that rules out every other comes first where more chose it than any of them, else last.
    """
    apart = [_count(result, option) for option in result.exclusive if result.answers.counts[option]]
    # Of weighted answers it is the shares that have an order.
    counts = result.ranked if result.weighted else result.answers.counts[result.ranked.index]
    if not counts.any():
        return typeset(capitalise(" ; ".join(apart)) or "Aucune des réponses proposées n’a été choisie")
    first = max(result.answers.counts[list(result.exclusive)], default=0) > counts.iloc[0]
    told = [*apart, f"parmi les autres réponses, {_lead(result, counts)}"] if first else [_lead(result, counts), *apart]
    return typeset(begun(" ; ".join(told)))


def _lead(result: ChoiceResult, counts: pd.Series) -> str:
    first, others = list(counts.index[counts == counts.iloc[0]]), counts[counts < counts.iloc[0]]
    if len(first) > 1:
        return _level(result, first, "à égalité")
    if others.empty:
        return f"la seule réponse proposée est {_labels(result, first)} ({_share(result, first[0])})"
    second = list(others.index[others == others.iloc[0]])
    sure = result.proof.holds(levels.leader(result))
    alike = [o for o, share in result.ranked.items() if french.percent(share) == french.percent(result.ranked.iloc[0])]
    if not sure and len(alike) > 1:
        return _level(result, alike, "presque à égalité")
    # Of two shares that are printed alike, none is said to lie before the other.
    high, low = (result.answers.shares[options[0]] for options in (first, second))
    decimals = int(sure and french.percent(high) == french.percent(low))
    told, share = _labels(result, first), _share(result, first[0], decimals)
    behind = _labels(result, second) if len(second) <= NAMED else "les suivantes"
    behind += f" ({_share(result, second[0], decimals)})"
    named = "«" not in told  # a name of its own begins the sentence, what is quoted does not
    if sure:
        return f"{f'{told} vient en tête' if named else f'en tête vient {told}'} ({share}), devant {behind}"
    first = f"{told} est la réponse la plus fréquente" if named else f"la réponse la plus fréquente est {told}"
    return f"{first} ({share}), puis {behind}, à confirmer"


def _level(result: ChoiceResult, options: Sequence[str], how: str) -> str:
    """Name the options that are most chosen together, and how near their shares are; of many, say how many."""
    if len(options) > NAMED:
        many = number(len(options), of="nombre de réponses proposées")
        return f"aucune réponse ne se détache : {many} sont {how} ({_share(result, options[0])})"
    return f"les réponses les plus fréquentes, {how}, sont {_labels(result, options)} ({_share(result, options[0])})"


def first_named(result: ChoiceResult) -> tuple[str, ...]:
    """Return the options that `lead` names, or counts among those that tie: what is left to tell are the others."""
    counts = result.ranked if result.weighted else result.answers.counts[result.ranked.index]
    if not counts.any():
        return tuple(counts.index)
    first, others = list(counts.index[counts == counts.iloc[0]]), counts[counts < counts.iloc[0]]
    second = [] if len(first) > 1 or others.empty else list(others.index[others == others.iloc[0]])
    return (*first, *(second if len(second) <= NAMED else ()))


def _count(result: ChoiceResult, option: str) -> str:
    """Write how many chose an option that rules out every other, of how many."""
    k = number(result.answers.counts[option], of=f"effectif de « {result.label(option)} »")
    return f"{result.label(option)} : {k} sur {number(result.answers.n, of='nombre de réponses')}"


@sentence
def excluding(result: ChoiceResult | LikertResult) -> str:
    """Tell how many chose an option that rules out every other, and how sure that is; empty text without one."""
    if isinstance(result, LikertResult) or not result.answers.n:
        return ""
    told = []
    for option in result.exclusive:
        around, label = result.interval(option), f"« {result.label(option)} »"
        ends = span(around.low, around.high, of=f"intervalle à {_LEVEL} de la part de {label}")
        told.append(f"{_count(result, option)} ({_share(result, option)}, intervalle à {_LEVEL} : {ends})")
    said = f"{capitalise(listing(told))} ; {'ces réponses excluent' if len(told) > 1 else 'cette réponse exclut'}"
    return typeset(f"{said} toutes les autres.") if told else ""


def quoted(result: ChoiceResult, option: str) -> str:
    """Name an option in a sentence: in quotation marks, unless it is a name of its own, as that of a medium."""
    label = result.label(option)
    return f"« {label} »" if result.question.ordonnee or label[:1].islower() else label


def _labels(result: ChoiceResult, options: Sequence[str]) -> str:
    return listing(quoted(result, option) for option in options)


def _share(result: ChoiceResult, option: str, decimals: int = 0) -> str:
    return percent(result.answers.shares[option], decimals, of=f"part de « {result.label(option)} »")
