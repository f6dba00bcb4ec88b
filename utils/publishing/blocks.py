"""A question's block: what a chapter says and shows of it, the same for every question of its type and base."""

__all__ = ["Detail", "Result", "Summary", "Text", "block", "heading", "not_asked"]

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from utils.french import capitalise, decapitalise, listing
from utils.showing import facing, numbers, rankings, results, tables
from utils.showing.canvas import Chart
from utils.survey.codebook import Question
from utils.survey.contrasts import ChoiceContrast, Contrast
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.wave import Wave
from utils.telling import contrasts, figures, options, paragraphs
from utils.telling.markup import Markup, markup
from utils.telling.no_opinion import no_opinion
from utils.telling.promoters import net_score, scores_apart

# What stands before a text: of another paragraph than the first, or after others of its own.
_BETWEEN = {(False, False): Markup(""), (True, False): Markup("\n\n")} | dict.fromkeys(
    ((False, True), (True, True)), Markup(" ")
)


class Text(NamedTuple):
    """A text in pieces: Markdown that is the same for every question, and named texts with their figures."""

    pieces: list[tuple[str, str]]

    def __str__(self) -> str:
        return "".join(text for _, text in self.pieces)

    @classmethod
    def of(cls, *paragraphs: Sequence[tuple[str, str]]) -> "Text":
        """Return named texts as paragraphs, those that are empty left out."""
        kept = [told for paragraph in paragraphs if (told := [text for text in paragraph if text[1]])]
        return cls(
            [
                piece
                for i, texts in enumerate(kept)
                for j, text in enumerate(texts)
                for piece in (("", _BETWEEN[bool(i), bool(j)]), text)
                if any(piece)
            ]
        )


class Detail(Text):
    """Text that only statisticians ask for: closed until it is opened."""


class Result(NamedTuple):
    """What is drawn of a question, of one base or of two that face each other, with its text and its table.

    Attributes
    ----------
    results : tuple of LikertResult or ChoiceResult
        What is drawn.
    chart : Chart
    said : Text
        What the chart's title leaves to say; it may be empty.
    table : Table
    name : str
        The drawing's address on the page.
    caption : str
    file : str
        The table's name, on the page and as a file.
    """

    results: tuple[LikertResult | ChoiceResult, ...]
    chart: Chart
    said: Text
    table: tables.Table
    name: str
    caption: str
    file: str


class Summary(NamedTuple):
    """What sums up all results of a question in one table; `file` is its name, on the page and as a file."""

    table: tables.Table
    file: str


def block(wave: Wave, name: str) -> Iterator[Text | Result | Summary | Detail]:
    """Yield the parts of a question's block, in reading order: what it found, drawn and said; then the detail.

    Parameters
    ----------
    wave : Wave
    name : str
        The question's id; it has counts.
    """
    question = wave.codebook[name]
    found = {f"{name}_non" if i else name: wave.result(name, base) for i, base in enumerate(question.bases)}
    yield Text([("", markup("## {title}", title=heading(question)))])
    pair = wave.contrast(name) if len(found) > 1 else None
    if pair and question.type == "likert":
        yield _facing(pair)
    else:
        for key, result in found.items():
            yield _drawn(key, result)
        if pair:
            yield Text([(f"{name}_ecart", options.chosen(pair))])
    for result in found.values() if question.type == "classement" else ():
        who = f"-{result.base.replace('_', '-')}" if len(found) > 1 else ""
        yield Summary(rankings.ranks(result), f"{name}-rangs{who}")
    if question.type == "nombre":
        yield Summary(numbers.summary(list(found.values())), f"{name}-milieu")
    if pieces := Text.of(*_detailed(found, pair)).pieces:
        yield Detail(pieces)


def _drawn(key: str, result: LikertResult | ChoiceResult) -> Result:
    question, apart = result.question, len(result.question.bases) > 1
    who = result.base.replace("_", "-") if apart else ""
    return Result(
        results=(result,),
        chart=results.chart(result),
        said=Text.of([(f"{key}_texte", paragraphs.plain(result))]),
        table=results.table(result),
        name="-".join(filter(None, ("fig", _address(question), who))),
        caption=caption(result),
        file="-".join(filter(None, (question.id, who))),
    )


def _facing(pair: Contrast) -> Result:
    question = pair.active.question
    return Result(
        results=(pair.active, pair.other),
        chart=facing.chart(pair),
        said=Text.of([(f"{question.id}_verdict", contrasts.verdict(pair))]),
        table=facing.table(pair),
        name=f"fig-{_address(question)}",
        caption=question.legende or f"{question.libelle} : les deux groupes sur un même axe.",
        file=question.id,
    )


def heading(question: Question) -> str:
    """Return the heading of a question's block."""
    return question.titre or question.libelle


def _address(question: Question) -> str:
    return question.ancre or question.id.replace("_", "-")


def _detailed(
    found: Mapping[str, LikertResult | ChoiceResult], pair: Contrast | ChoiceContrast | None
) -> Iterator[list[tuple[str, str]]]:
    """Yield the paragraphs that statisticians ask for: how sure, and how firmly two groups differ."""
    if not isinstance(pair, Contrast):
        for key, result in found.items():
            yield [(f"{key}_detail", paragraphs.detail(result))]
        return
    if pair.withheld:
        return
    name = pair.active.question.id
    with figures.about(pair.source):
        yield [(f"{name}_ecart", contrasts.compared(pair)), (f"{name}_groupes", contrasts.sides_apart(pair))]
        yield [(f"{name}_rangs", contrasts.shifted(pair))]
        yield [(f"{name}_solide", contrasts.robustness(pair))]
    yield [
        *((f"{key}_nps", net_score(result)) for key, result in found.items()),
        (f"{name}_nps_ecart", scores_apart(pair)),
        *((f"{key}_sans_avis", no_opinion(result)) for key, result in found.items()),
    ]


def caption(result: LikertResult | ChoiceResult) -> str:
    """Return the caption of a result's drawing: the questionnaire's own, or what is drawn and of whom."""
    question, whom = result.question, result.noun.plural
    if question.legende:
        return question.legende
    if isinstance(result, LikertResult):
        return f"Scores donnés par les {whom} : {decapitalise(question.libelle)}."
    return f"{capitalise(question.libelle)}, selon les {whom}."


def not_asked(labels: Sequence[str]) -> Markup:
    """Name the questions that a wave left out."""
    return markup("*Non demandé dans cette édition : {labels}.*", labels=listing(labels))
