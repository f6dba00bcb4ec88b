"""Sentences about numbers and ranks that moved between two waves; one that chance explains is not said to."""

__all__ = ["level", "moved", "named"]

import math
from collections.abc import Sequence

from utils.french import MISSING, decapitalise, typeset
from utils.survey.numbers import NumberResult
from utils.survey.rankings import RankResult
from utils.survey.shifts import WaveShift
from utils.telling import figures, verdicts
from utils.telling.figures import number, sentence
from utils.telling.numbers import middle_class, within
from utils.telling.orders import DECIMALS

_U = "valeur p de Mann-Whitney"
# What is said where this edition's lie higher, and where they lie lower: a rank is better the lower it is.
_NUMBERS = ("les nombres sont plus grands qu’avant", "les nombres sont plus petits qu’avant")
_RANKS = ("le rang est moins bon qu’avant", "le rang est meilleur qu’avant")


def named(found: WaveShift) -> str:
    """Name what is compared: a question, its option if it is a ranking, and its base."""
    option = f" : {found.now.label(found.option)}" if found.option else ""
    return typeset(f"{found.now.question.libelle}{option} ({found.now.noun.plural})")


def level(found: WaveShift, result: NumberResult | RankResult) -> str:
    """Say where one wave stands: the class of its median, or the mean rank of the option."""
    if isinstance(result, NumberResult):
        return typeset(middle_class(result))
    standing = result.standings.get(found.option)
    return (
        number(standing.mean, DECIMALS, fixed=True, of=figures.named(result.source, "rang moyen"))
        if standing
        else MISSING
    )


@sentence
def moved(found: Sequence[WaveShift]) -> list[str]:
    """Tell of every number and every ranked option that two waves asked whether it moved."""
    return list(map(_moved, found))


def _moved(found: WaveShift) -> str:
    test, now = found.test, found.now
    with figures.about(found.source):
        told = verdicts.NOTHING
        if not math.isnan(test.p):
            ways = _RANKS if found.option else _NUMBERS
            said = ways[int(test.delta < 0)] if found.significant else "l’écart peut tenir au hasard"
            n = number(now.answers.n, of="nombre de réponses")
            by = "sur les rangs" if found.option else "sur les classes"
            both = verdicts.both(test.p, found.corrected, _U)
            told = f"{said} (test de Mann-Whitney {by} : {both} ; n = {n})."
        here = f"rang moyen de {level(found, now)}" if found.option else f"médiane {within(now)}"
        before = f"contre {level(found, found.before)} dans l’édition précédente"
        return typeset(f"{named(found)} : {here}, {before} ; {decapitalise(told)}")
