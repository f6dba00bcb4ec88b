"""A question's block: what a chapter says and shows of it, the same for every question of its type and base."""

__all__ = ["Result", "Summary", "Text", "block", "not_asked"]

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from utils.french import capitalise, decapitalise, listing, typeset
from utils.showing import numbers, rankings, results, tables
from utils.showing.canvas import Chart
from utils.survey.codebook import Question
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.wave import Wave
from utils.telling import contrasts, figures, options, phrases
from utils.telling.no_opinion import no_opinion
from utils.telling.promoters import net_score, scores_apart


class Text(NamedTuple):
    """Markdown in pieces: what is the same for every question, and named texts with the figures that they tell."""

    pieces: list[tuple[str, str]]


class Result(NamedTuple):
    """One result, drawn and tabulated.

    Attributes
    ----------
    result : LikertResult or ChoiceResult
    base : str or None
        Of whom, where the bases of a question are told apart.
    chart, table : Chart, Table
    name : str
        The drawing's address on the page.
    caption : str
    file : str
        The table's name, on the page and as a file.
    """

    result: LikertResult | ChoiceResult
    base: str | None
    chart: Chart
    table: tables.Table
    name: str
    caption: str
    file: str


class Summary(NamedTuple):
    """What sums up all results of a question in one table; `file` is its name, on the page and as a file."""

    table: tables.Table
    file: str


def block(wave: Wave, name: str) -> Iterator[Text | Result | Summary]:
    """Yield the parts of a question's block, in reading order.

    Parameters
    ----------
    wave : Wave
    name : str
        The question's id; it has counts.
    """
    question = wave.codebook[name]
    found = {f"{name}_non" if i else name: wave.result(name, base) for i, base in enumerate(question.bases)}
    bases = [(f"{key}_base", phrases.basis(result)) for key, result in found.items()]
    yield Text(
        [
            ("", f"## {question.titre or question.libelle}\n\n"),
            (f"{name}_question", typeset(question.enonce)),
            ("", " *"),
            *[piece for i, base in enumerate(bases) for piece in ([("", "\u202f; ")] * bool(i) + [base])],
            ("", ".*"),
        ]
    )
    untold = any(result.withheld for result in found.values())
    if len(found) > 1 and question.type == "likert" and not untold:
        yield Text(_compared(wave, question))
        apart = [(f"{key}_nps", net_score(result)) for key, result in found.items()]
        apart.append((f"{name}_nps_ecart", scores_apart(wave.contrast(name))))
        apart += [(f"{key}_sans_avis", no_opinion(result)) for key, result in found.items()]
        if told := [piece for piece in apart if piece[1]]:
            yield Text([piece for i, text in enumerate(told) for piece in ([("", " ")] * bool(i) + [text])])
    else:
        told = [(f"{key}_texte", phrases.told(result)) for key, result in found.items()]
        yield Text([piece for i, text in enumerate(told) for piece in ([("", "\n\n")] * bool(i) + [text])])
    if len(found) > 1 and question.type != "likert":
        yield Text([(f"{name}_ecart", options.chosen(wave.contrast(name)))])
    for result in found.values():
        yield _drawn(result)
    for result in found.values() if question.type == "classement" else ():
        who = f"-{result.base.replace('_', '-')}" if len(found) > 1 else ""
        yield Summary(rankings.ranks(result), f"{name}-rangs{who}")
    if question.type == "nombre":
        yield Summary(numbers.summary(list(found.values())), f"{name}-milieu")


def _drawn(result: LikertResult | ChoiceResult) -> Result:
    question, apart = result.question, len(result.question.bases) > 1
    who = result.base.replace("_", "-") if apart else ""
    address = question.ancre or question.id.replace("_", "-")
    return Result(
        result=result,
        base=result.base if apart else None,
        chart=results.chart(result),
        table=results.table(result),
        name="-".join(filter(None, ("fig", address, who))),
        caption=caption(result),
        file="-".join(filter(None, (question.id, who))),
    )


def caption(result: LikertResult | ChoiceResult) -> str:
    """Return the caption of a result's drawing: the questionnaire's own, or what is drawn and of whom."""
    question, whom = result.question, result.noun.plural
    if question.legende:
        return question.legende
    if isinstance(result, LikertResult):
        return f"Scores donnés par les {whom} : {decapitalise(question.libelle)}."
    return f"{capitalise(question.libelle)}, selon les {whom}."


def _compared(wave: Wave, question: Question) -> list[tuple[str, str]]:
    """Say how two kinds of communes differ, and how firmly."""
    pair = wave.contrast(question.id)
    with figures.about(pair.source):
        said = {
            "ecart": contrasts.compared(pair),
            "groupes": contrasts.sides_apart(pair),
            "reponses": contrasts.telling_answers(pair),
            "rangs": contrasts.shifted(pair),
            "corrige": contrasts.corrected(pair),
            "solide": contrasts.solidity(pair),
        }
    pieces = {key: (f"{question.id}_{key}", text) for key, text in said.items()}
    space, paragraph = ("", " "), ("", "\n\n")
    return [
        *(pieces["ecart"], space, pieces["groupes"], space, pieces["reponses"], paragraph),
        *(pieces["rangs"], paragraph),
        *(("", "*Solidité.* "), pieces["corrige"], space, pieces["solide"]),
    ]


def not_asked(labels: Sequence[str]) -> str:
    """Name the questions that a wave left out."""
    return typeset(f"*Non demandé dans cette édition : {listing(labels)}.*")
