"""What an edition's authors say of it alone: `commentaires.yml`, in which no number is typed.

`{part(medias, facebook)}` has a number computed and written. A placeholder is one call of
one of `WORDS`; ids of questions and options stand without quotes, and `base`, `province`
or `taille` may be named: `{accord(obstacle_budget, base=non_actives)}`. It is no language
to compute in: what a sentence needs beyond this belongs into a chapter.
"""

__all__ = ["WORDS", "CommentError", "comments", "faults"]

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from utils.french import listing
from utils.survey.codebook import SPLIT
from utils.survey.parts import Part
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.wave import Wave
from utils.telling.figures import about, difference, number, percent, sentence
from utils.telling.markup import Markup
from utils.telling.naming import of_answer

# A role of MyST, such as {cite:p}`key`, is no placeholder.
_PLACE = re.compile(r"\{([^{}]*)\}(?!`)")
_STRATA = ("province", "taille")


class Word(NamedTuple):
    """A word of the placeholders: what writes its value, and how it is used."""

    write: Callable[..., str]
    usage: str


class CommentError(ValueError):
    """A placeholder has no value; the message says what was expected, in French."""


def comments(wave: Wave, chapter: str) -> list[tuple[str, Markup]]:
    """Return what the authors say about this edition in one chapter: titles and texts, their placeholders filled.

    Texts are Markdown, of which they may use little: see `publishing.commented`.

    Raises
    ------
    CommentError
        A placeholder has no value; `faults` lists them all.
    """
    return [(_filled(said.titre, wave), _filled(Markup(said.texte), wave)) for said in wave.comments.get(chapter, ())]


def faults(wave: Wave) -> Iterator[tuple[str, str, str]]:
    """Yield each placeholder of a wave's comments that has no value: where it stands, itself, what was expected."""
    for chapter, said in wave.comments.items():
        for place, comment in enumerate(said):
            for key in ("titre", "texte"):
                text = getattr(comment, key)
                for call in dict.fromkeys(_PLACE.findall(text)):
                    try:
                        _written(call, wave)
                    except CommentError as error:
                        yield f"{chapter}.{place}.{key}", f"{{{call}}}", str(error)
                if set("{}") & set(re.sub(r"\{[a-z:]+\}(?=`)", "", _PLACE.sub("", text))):
                    yield (
                        f"{chapter}.{place}.{key}",
                        text,
                        "des accolades ouvertes puis fermées, une seule paire à la fois",
                    )


@sentence
def _filled(text: str, wave: Wave) -> str:
    return type(text)(_PLACE.sub(lambda found: _written(found[1], wave), text))


def _written(call: str, wave: Wave) -> str:
    """Write what one placeholder stands for."""
    try:
        node = ast.parse(call.strip(), mode="eval").body
        name, given = node.func.id, [_argument(part) for part in node.args]
        named = {part.arg: _argument(part.value) for part in node.keywords}
    except (SyntaxError, AttributeError, ValueError, RecursionError, MemoryError) as error:
        raise CommentError(f"un appel, comme part(medias, facebook) : {_known()}") from error
    if name not in WORDS:
        raise CommentError(_known())
    try:
        bound = inspect.signature(WORDS[name].write).bind(wave, *given, **named)
    except TypeError as error:
        raise CommentError(WORDS[name].usage) from error
    return WORDS[name].write(*bound.args, **bound.kwargs)


def _known() -> str:
    return "l’une de ces valeurs : " + ", ".join(WORDS)


def _argument(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant) and isinstance(node.value, int | str):
        return str(node.value)
    raise ValueError(ast.dump(node))


def _result(wave: Wave, question: str, base: str | None) -> LikertResult | ChoiceResult:
    if question not in wave.codebook or wave.codebook[question].type == "texte":
        raise CommentError(f"une question de cette vague, non « {question} »")
    bases = wave.codebook[question].bases
    if (base is not None and base not in bases) or (base is None and len(bases) > 1):
        raise CommentError(f"pour {question} : {' ou '.join(f'base={name}' for name in bases)}")
    return wave.result(question, base)


def _published(wave: Wave, question: str, base: str | None) -> LikertResult | ChoiceResult:
    result = _result(wave, question, base)
    if result.withheld:
        raise CommentError(f"des réponses publiées, ce que celles à {question} ne sont pas : trop peu en ont donné")
    return result


def _counted(wave: Wave, question: str, answer: str, base: str | None, strata: dict[str, str]) -> tuple[Any, Part]:
    """Return a result, and those who gave an answer; in one stratum if it is named."""
    result = _published(wave, question, base)
    known = [str(known) for known in (*result.answers.counts.index, *result.no_opinion.index)]
    if answer not in known:
        raise CommentError(f"une réponse à {question} ({', '.join(known)}), non « {answer} »")
    if not strata:
        if answer in result.no_opinion.index:
            return result, result.no_opinion_part(answer)
        scores = {str(score): score for score in result.answers.counts.index}
        return result, result.part((scores[answer],) if isinstance(result, LikertResult) else answer)
    by, stratum = next(iter(strata.items()))
    if len(strata) > 1 or by not in _STRATA or stratum not in wave.codebook.strata(by):
        raise CommentError(f"une province ou une taille du questionnaire, non {by}={stratum}")
    return result, _within(wave, result, answer, by, stratum)


def _within(wave: Wave, result: LikertResult | ChoiceResult, answer: str, by: str, stratum: str) -> Part:
    """Return those who gave an answer in a stratum, if that is published."""
    question = result.question.id
    if question == SPLIT:
        split = wave.activity(by)
        if stratum in split.hidden:
            raise CommentError(f"un effectif publié, ce que {question} n’est pas pour {stratum}")
        return split.part(stratum, answer)
    if found := wave.breakdown(question, by, result.base):
        part = found.part(answer, stratum)
        if part is None or part.n is None:
            raise CommentError(f"un effectif publié, ce que {question}, {answer} n’est pas pour {stratum}")
        return part
    try:
        within = wave.options_by_size(question).results[stratum]
        return within.no_opinion_part(answer) if answer in within.no_opinion.index else within.part(answer)
    except KeyError as error:
        raise CommentError(f"une répartition que cette vague compte, ce que {question} par {by} n’est pas") from error


def _part(wave: Wave, question: str, answer: str, base: str | None = None, **strata: str) -> str:
    """Write the share that an answer has."""
    result, part = _counted(wave, question, answer, base, strata)
    if not part.n:
        raise CommentError("une part de quelqu’un : personne n’a répondu")
    with about(replace(result.source, n=part.n)):
        return percent(part.share, of=of_answer("part", wave.codebook, question, answer, *strata.values()))


def _effectif(wave: Wave, question: str, answer: str, base: str | None = None, **strata: str) -> str:
    """Write how many gave an answer."""
    result, part = _counted(wave, question, answer, base, strata)
    if part.count is None:
        raise CommentError(f"un effectif publié : de {question}, cette vague ne publie que les parts, pondérées")
    with about(replace(result.source, n=part.n)):
        return number(part.count, of=of_answer("effectif", wave.codebook, question, answer, *strata.values()))


def _rated(wave: Wave, question: str, base: str | None) -> LikertResult:
    result = _published(wave, question, base)
    if not isinstance(result, LikertResult) or not result.answers.n:
        raise CommentError(f"une affirmation notée qui a des réponses, ce que {question} n’est pas")
    return result


def _accord(wave: Wave, question: str, base: str | None = None) -> str:
    """Write the share in agreement with a rated item."""
    result = _rated(wave, question, base)
    with about(result.source):
        return percent(result.agree, of="part d’accord")


def _desaccord(wave: Wave, question: str, base: str | None = None) -> str:
    """Write the share in disagreement with a rated item."""
    result = _rated(wave, question, base)
    with about(result.source):
        return percent(result.disagree, of="part de désaccord")


def _mediane(wave: Wave, question: str, base: str | None = None) -> str:
    """Write the median of a rated item."""
    result = _rated(wave, question, base)
    with about(result.source):
        return number(result.answers.median, 1, of="médiane")


def _ecart(wave: Wave, question: str) -> str:
    """Write the gap in agreement between the two kinds of communes that are compared."""
    if question not in wave.codebook or len(wave.codebook[question].bases) < 2:
        raise CommentError(f"une question à laquelle deux groupes de communes répondent à part, non « {question} »")
    for base in wave.codebook[question].bases:
        _rated(wave, question, base)
    pair = wave.contrast(question)
    with about(pair.source):
        return difference(pair.active.agree, pair.other.agree, of="écart des parts d’accord")


def _base(wave: Wave, base: str) -> str:
    """Write how many a base holds."""
    codebook = wave.codebook
    if base not in codebook.bases:
        raise CommentError(f"une base : {', '.join(codebook.bases)}")
    pair = codebook.split(base)
    if pair and wave.withheld(pair.question):
        groups = listing(f"des {side.noun.plural}" for side in pair.groupes)
        raise CommentError(f"un nombre publié, ce que ceux {groups} ne sont pas")
    return number(wave.size(base), of=f"nombre de {codebook.noun(base).plural}")


def _invites(wave: Wave) -> str:
    """Write how many communes were asked."""
    return number(wave.asked(), of="communes interrogées")


WORDS = {
    "part": Word(_part, "part(question, réponse) ; au besoin base=…, province=… ou taille=…"),
    "effectif": Word(_effectif, "effectif(question, réponse) ; au besoin base=…, province=… ou taille=…"),
    "accord": Word(_accord, "accord(question) ; au besoin base=…"),
    "desaccord": Word(_desaccord, "desaccord(question) ; au besoin base=…"),
    "mediane": Word(_mediane, "mediane(question) ; au besoin base=…"),
    "ecart": Word(_ecart, "ecart(question)"),
    "base": Word(_base, "base(actives)"),
    "invites": Word(_invites, "invites()"),
}
