"""What the respondents of one commune answered: what its own reader knows, and nobody else is shown."""

__all__ = ["Own", "Respondent"]

from collections.abc import Mapping
from dataclasses import dataclass

from utils.survey.codebook import Codebook, Question


@dataclass(frozen=True)
class Respondent:
    """One respondent's row.

    Attributes
    ----------
    kept : bool
        Whether it speaks for its commune, as one row of several does.
    answers : mapping of tuple of str
        By question, the answers that its cell holds: a score as text, ids of options, the class of a number, what
        a ranking puts first. A question without answer is left out.
    """

    kept: bool
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Own:
    """A commune's respondents, and what it is asked as a commune."""

    respondents: tuple[Respondent, ...] = ()

    def speaking(self, question: Question) -> tuple[Respondent, ...]:
        """Return whose answers to a question count: of what is asked of communes, those of the row that is kept."""
        everybody = question.base == "repondants"
        return tuple(one for one in self.respondents if one.kept or everybody)

    def given(self, question: Question) -> list[tuple[str, ...]]:
        """Return the answers to a question that count, a tuple a respondent who gave any."""
        told = (one.answers.get(question.id, ()) for one in self.speaking(question))
        return [answers for answers in told if answers]

    def base(self, question: Question, codebook: Codebook) -> str:
        """Return of which base of a question the commune is; empty where it is of none, or does not say."""
        for base in question.bases:
            pair = codebook.split(base)
            if pair is None:
                return base
            said = self.given(codebook[pair.question])
            if said and set(said[0]) & set(pair.side(base).modalites):
                return base
        return ""

    def disagreements(self, codebook: Codebook) -> list[Question]:
        """Return the questions on the commune that its respondents answer differently; a blank is no answer."""
        asked = [q for q in codebook.questions if q.base != "repondants" and q.type != "texte"]
        said = {q.id: {frozenset(one.answers.get(q.id, ())) for one in self.respondents} - {frozenset()} for q in asked}
        return [question for question in asked if len(said[question.id]) > 1]
