"""Every claim that the book of a wave could make, kind by kind: what one p-value is corrected for."""

__all__ = ["MADE"]

from collections.abc import Callable, Hashable, Iterator
from typing import Any

from utils.statistics.families import Claim
from utils.survey.codebook import SPLIT, Question
from utils.survey.strata import Breakdown, Strata

Wave = Any  # a wave uses this module, which therefore cannot import it


def contrasts(wave: Wave) -> dict[Hashable, Claim]:
    """Return what could be told of every question that two kinds of communes answer apart."""
    apart = [question.id for question in wave.codebook.questions if _counted(question) and len(question.bases) > 1]
    return {key: claim for name in apart for key, claim in wave.contrast(name).claims.items()}


def strata(wave: Wave) -> dict[Hashable, Claim]:
    """Return what could be told of provinces and of sizes: who took part, who is active, who answers what."""
    return {split.key: split.claim for split in _splits(wave)}


MADE: dict[str, Callable[[Wave], dict[Hashable, Claim]]] = {"contrasts": contrasts, "strata": strata}


def _counted(question: Question) -> bool:
    return question.type != "texte"


def _splits(wave: Wave) -> Iterator[Strata | Breakdown]:
    for by in wave.codebook.kinds:
        yield wave.participation(by)
        if SPLIT in wave.codebook:
            yield wave.activity(by)
    for question in filter(_counted, wave.codebook.questions):
        # Several choices are told option by option, if at all.
        for base in question.bases if question.type != "choix_multiple" else ():
            yield from (found for by in wave.codebook.kinds if (found := wave.breakdown(question.id, by, base)))
        if wave.tells_by_size(question.id):
            told = wave.options_by_size(question.id)
            yield from told.splits.values()
            if told.hypothesis:
                yield told.hypothesis
