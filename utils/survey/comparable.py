"""What of two waves can be compared: the questions that both ask, alike, and of whom both tell them."""

__all__ = ["Incomparable", "common", "incomparable"]

from dataclasses import dataclass

from utils.french import listing
from utils.survey.codebook import SPLIT, Question
from utils.survey.wave import Wave


@dataclass(frozen=True)
class Incomparable:
    """A question, or one of its options, by which two waves cannot be compared, and why, in French."""

    question: Question
    reason: str
    option: str = ""


def incomparable(before: Wave, now: Wave) -> list[Incomparable]:
    """Return the questions and options that only one wave knows, and the questions that changed between the two."""
    found = []
    names = dict.fromkeys(q.id for wave in (now, before) for q in wave.codebook.questions if q.type != "texte")
    for name in names:
        asked = [wave for wave in (before, now) if name in wave.codebook]
        question = asked[-1].codebook[name]
        if len(asked) == 1:
            which = "l’édition précédente" if asked[0] is before else "cette édition"
            found.append(Incomparable(question, f"posée dans {which} seulement"))
        elif changed := _changed(question, before, now):
            found.append(Incomparable(question, f"a changé : {changed}"))
        elif not common(before.codebook[name], question):
            found.append(Incomparable(question, _whose(before.codebook[name], question)))
        else:
            found += _options_apart(before.codebook[name], question)
    return found


def common(old: Question, new: Question) -> tuple[str, ...]:
    """Return of whom two waves tell a question: of all communes, where only one of them sets active ones apart.

    Examples
    --------
    >>> asked = {"id": "budget", "chapitre": "27", "type": "texte", "libelle": "x", "enonce": "x", "base": "communes"}
    >>> common(Question(**asked), Question(**asked))
    ('actives', 'non_actives')
    """
    same = tuple(base for base in new.bases if base in old.bases and _members(old, base) == _members(new, base))
    whole = old.base == new.base == "communes" and all(_covered(question) for question in (old, new))
    return same or (("communes",) if whole else ())


def _members(question: Question, base: str) -> tuple[str, tuple[str, ...]] | None:
    """Return what tells who belongs to a base: a question, and the answers to it; None of all communes."""
    pair = question.pair(base)
    return (pair.question, pair.side(base).modalites) if pair else None


def _covered(question: Question) -> bool:
    """Whether the bases of a question put to all communes leave none of them out."""
    pair = question.pair(question.bases[0])
    return pair is None or pair.question == SPLIT


def _whose(old: Question, new: Question) -> str:
    told = [listing(question.noun(base).plural for base in question.bases) for question in (old, new)]
    return f"comptée pour d’autres : {told[1]} ; avant, {told[0]}"


def _options_apart(old: Question, new: Question) -> list[Incomparable]:
    added = [option for option in new.options if option not in old.options]
    dropped = [option for option in old.options if option not in new.options]
    return [
        *(Incomparable(new, f"réponse nouvelle, {new.options[option]}", option) for option in added),
        *(Incomparable(new, f"réponse abandonnée, {old.options[option]}", option) for option in dropped),
    ]


def _changed(question: Question, before: Wave, now: Wave) -> str:
    moments = before.about.periode.debut, now.about.periode.debut
    since = [c.quoi for c in question.changements if moments[0][: len(c.depuis)] < c.depuis <= moments[1]]
    return " ; ".join(since)
