"""What the study says in words, held against what its tables say.

Every statement carries an expression: figures that `lookup` finds in the wave's counts,
judged by the words of `vocabulary`.
"""

__all__ = ["VERDICTS", "Judgement", "check_claims", "judge"]

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from utils.auditing.expressions import Degree, ExpressionError, decide, evaluate, fill
from utils.auditing.lookup import Figures, figures
from utils.auditing.naming import called
from utils.auditing.statements import Claim
from utils.auditing.vocabulary import WORDS, Points, Share
from utils.french import typeset
from utils.reading.problems import Problem
from utils.survey.wave import Wave
from utils.telling.figures import Named, number, percent, points, sentence

VERDICTS = ("confirmee", "imprecise", "contredite", "contredite_ailleurs", "compatible", "non_verifiable")


@dataclass(frozen=True)
class Judgement:
    """A statement of the study and what its tables make of it.

    Attributes
    ----------
    claim : Claim
    verdict : str
        One of `VERDICTS`. "contredite_ailleurs": the tables contradict the statement,
        and so does another statement of the study. "compatible": they do not decide it, and allow it.
    computed : str
        What the tables say, in French; empty where they say nothing.
    explanation : str
        What differs and why, in French; empty for most of what is confirmed.
    """

    claim: Claim
    verdict: str
    computed: str
    explanation: str


def judge(wave: Wave, claims: Sequence[Claim]) -> tuple[Judgement, ...]:
    """Hold statements against the counts of a wave.

    Parameters
    ----------
    wave : Wave
    claims : sequence of Claim
        Of the wave's own study: see `statements`.

    Raises
    ------
    ExpressionError
        An expression or a placeholder has no value; `check_claims` lists them all.
    """
    reader = _reader(wave)
    degrees = {c.id: reader.truth_of(c.verifie or c.compatible) if not c.motif else None for c in claims}
    # What is only possible contradicts nothing.
    decided = {c.id for c in claims if c.verifie and degrees[c.id]}
    return tuple(
        Judgement(
            claim=claim,
            verdict=_verdict(claim, degrees[claim.id], decided),
            computed=_filled(claim.calcul, reader),
            explanation=_filled(claim.explication or claim.motif, reader),
        )
        for claim in claims
    )


def check_claims(wave: Wave, claims: Sequence[Claim], file: str) -> list[Problem]:
    """Return every expression and every placeholder of statements that has no value."""
    reader = _reader(wave)
    return [
        Problem(file, fault, column=f"{claim.id}.{key}", value=text)
        for claim in claims
        for key in ("verifie", "compatible", "calcul", "explication", "motif")
        if (text := getattr(claim, key))
        for fault in (_faults_of_truth if key in ("verifie", "compatible") else _faults_of_text)(text, reader)
    ]


@sentence
def _filled(template: str, reader: "_Reader") -> str:
    return typeset(fill(template, reader.written))


def _verdict(claim: Claim, degree: Degree | None, decided: set[str]) -> str:
    if degree is None:
        return "non_verifiable"
    if degree == 0 and claim.contredit_par in decided:
        return "contredite_ailleurs"
    return {1: "compatible" if claim.compatible else "confirmee", 0.5: "imprecise", 0: "contredite"}[degree]


class _Reader(NamedTuple):
    """How the expressions of one wave are read: as a truth, or as a figure to write."""

    truth_of: Callable[[str], Degree]
    written: Callable[[str], str]


def _reader(wave: Wave) -> _Reader:
    codebook = wave.codebook
    names = {
        *codebook.bases,
        "pourcentage",
        "mediane",
        "taux",
        *codebook.strata("province"),
        *codebook.strata("taille"),
    }
    for question in codebook.questions:
        names |= {question.id, *question.options}
    functions = figures(wave)
    functions |= WORDS | _words_of_counts(functions)
    return _Reader(
        truth_of=lambda text: decide(text, functions, names),
        written=lambda text: _written(evaluate(text, functions, names), lambda: called(text, functions, codebook)),
    )


def _faults_of_truth(text: str, reader: _Reader) -> Iterable[str]:
    try:
        reader.truth_of(text)
    except ExpressionError as error:
        yield str(error)


def _faults_of_text(text: str, reader: _Reader) -> Iterable[str]:
    found = {}  # by placeholder: one that stands there twice is told once

    def noted(expression: str) -> str:
        try:
            return reader.written(expression)
        except ExpressionError as error:
            found[expression] = str(error)
            return ""

    try:
        fill(text, noted)
    except ExpressionError as error:
        yield str(error)
    yield from found.values()


def _written(value: float | str, name: Callable[[], Named]) -> str:
    if isinstance(value, str):
        raise ExpressionError(f"une valeur à écrire, non le nom « {value} »")
    if isinstance(value, Degree):
        raise ExpressionError("une valeur à écrire, non une expression vraie ou fausse")
    try:
        if isinstance(value, Share):
            return percent(value, of=name())
        return points(value, of=name()) if isinstance(value, Points) else number(value, 2, of=name())
    except (ValueError, ArithmeticError) as error:
        raise ExpressionError(f"une valeur qui puisse s’écrire, non {value}") from error


def _words_of_counts(found: Figures) -> dict[str, Callable[..., Degree]]:
    """Return the word that needs the counts: the most frequent answer is not yet a majority."""

    def la_majorite(question, modalite, base=None):
        most = found["rang"](question, modalite, base) == 1
        return Degree(max(WORDS["majorite"](found["part"](question, modalite, base)), most / 2))

    return {"la_majorite": la_majorite}
