"""What one commune answers otherwise than in an earlier wave."""

__all__ = ["Move", "moves"]

from collections.abc import Collection
from dataclasses import dataclass

from utils.survey.codebook import Codebook, Question
from utils.survey.own import Own


@dataclass(frozen=True)
class Move:
    """One question that a commune answered in both waves.

    Attributes
    ----------
    question : Question
        As the later wave asks it.
    before, after : tuple of str
        Its answers then and now.
    size : float
        Of a rated item, how far it moved towards agreement, in scores; else how many answers came or went.
    """

    question: Question
    before: tuple[str, ...]
    after: tuple[str, ...]
    size: float

    @property
    def gained(self) -> tuple[str, ...]:
        """Answers given now only."""
        return tuple(answer for answer in self.after if answer not in self.before)

    @property
    def lost(self) -> tuple[str, ...]:
        """Answers given then only."""
        return tuple(answer for answer in self.before if answer not in self.after)


def moves(before: tuple[Codebook, Own], now: tuple[Codebook, Own], apart: Collection[tuple[str, str]]) -> list[Move]:
    """Return every question on the commune that it answered twice, in the questionnaire's order, moved or not.

    Parameters
    ----------
    before, now : tuple
        What was asked, and what the commune answered.
    apart : collection of tuple of str
        What cannot be compared: questions, and options of questions (else empty text).
    """
    found, (old, own_before), (new, own_now) = [], before, now
    for question in new.questions:
        if question.base == "repondants" or question.type == "texte" or question.id not in old:
            continue
        if (question.id, "") in apart or old[question.id].base == "repondants":
            continue
        then, current = (
            tuple(answer for answer in (own.given(of) or [()])[0] if (question.id, answer) not in apart)
            for own, of in ((own_before, old[question.id]), (own_now, question))
        )
        if then and current:
            found.append(Move(question, then, current, _size(new, question, then, current)))
    return found


def _size(codebook: Codebook, question: Question, before: tuple[str, ...], after: tuple[str, ...]) -> float:
    rated = question.type == "likert" and not {*before, *after} & set(question.no_opinion)
    if not rated:
        return float(len(set(before) ^ set(after)))
    scale = codebook.scale(question.id)
    return (-1 if scale.descending else 1) * float(int(after[0]) - int(before[0]))
