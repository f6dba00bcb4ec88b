"""Sentences chosen by the data: results in, French out.

Every word that depends on a number is chosen here, so that another wave's numbers
bring other words. Thresholds are constants, printed in the method chapter.
"""

__all__ = [
    "AGREE",
    "ANSWERS",
    "OWN",
    "SIDES",
    "basis",
    "counted_as",
    "headline",
    "key_figure",
    "message",
    "ranked",
    "share_of",
    "shown",
    "sides_headline",
    "stands_for",
    "told_by",
]

from collections.abc import Sequence
from itertools import groupby

from utils.french import MISSING, capitalise, decapitalise, listing, typeset
from utils.statistics.intervals import Interval
from utils.survey import levels
from utils.survey.numbers import NumberResult
from utils.survey.rankings import RankResult
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.wave import Wave
from utils.telling import numbers, orders
from utils.telling.figures import count, named, number, percent, sentence
from utils.telling.leads import lead
from utils.telling.shares import portion
from utils.telling.untold import left_out, untold
from utils.telling.weights import weighted

OWN = {NumberResult: numbers, RankResult: orders}  # results that have sentences of their own
SIDES = ("une minorité", "une majorité")  # less, and more than one half, where the answers show it
AGREE, ANSWERS = "part d’accord", "nombre de réponses"  # names of statistics


@sentence
def basis(result: LikertResult | ChoiceResult) -> str:
    """Say of whom the answers are, how many gave one, and how many none.

    Examples
    --------
    « Communes actives, n = 92 » ; « Communes actives : 84 réponses, 5 sans réponse »
    """
    if result.withheld:
        return typeset(f"{capitalise(result.noun.plural)}, réponses non publiées")
    who, n = capitalise(result.noun.plural), result.answers.n
    apart = f", {number(result.answered - n, of='réponses sans avis')} sans avis" if len(result.no_opinion) else ""
    if result.blank:
        one, many = ("réponse pondérée", "réponses pondérées") if result.weighted else ("réponse", "réponses")
        given = count(n, one, many, of=ANSWERS)
        return typeset(f"{who} : {given}{apart}, {number(result.blank, of='réponses manquantes')} sans réponse")
    said = f"{who}, n = {number(n, of=ANSWERS)}{weighted(result)}{apart}"
    if result.answered != result.expected:
        size = number(result.expected, of="taille de la base")
        said += f" (le tableau ne totalise pas sa base, {size})"
    return typeset(said)


def _answering(result: LikertResult | ChoiceResult, *, counted: bool = True) -> str:
    """Name those that a share is of, by their number, and no one else: « 92 communes actives ».

    Where some gave no answer, or none that is an opinion, it is said. Of weighted answers no share is one of a number.
    """
    plural, n = result.noun.plural, result.answers.n
    many = f"{number(n, of=ANSWERS)} {plural}" if counted and n <= result.expected and not result.weighted else plural
    if result.answered > n:
        return f"{many} ayant donné un avis"
    return many if n == result.expected and not result.weighted else f"{many} ayant répondu"


@sentence
def headline(result: LikertResult | ChoiceResult) -> str:
    """Tell the one finding of a question, as the title of its chart.

    A question with a `constat` is told by how many agree with it (a choice: by its
    first option), any other by the options that lead. A majority, a minority and a lead
    are told where they are sure; else the sentence is of those who answered.
    """
    if own := OWN.get(type(result)):
        return own.headline(result)
    if not result.answers.n:
        return untold([result]) or ("Aucun avis donné" if result.answered else "Aucune réponse à cette question")
    if not result.question.constat:
        return lead(result)
    share = result.agree if isinstance(result, LikertResult) else result.answers.shares.iloc[0]
    if share == 0:
        return typeset(f"Parmi les {result.noun.plural}, aucune réponse ne dit {result.question.constat}")
    told = percent(share, of=share_of(result))
    if share == 1:
        n = number(result.answers.n, of=ANSWERS)
        every = "Toutes" if result.noun.plural.startswith("communes") else "Tous"
        quantity = f"{every} les {_answering(result, counted=False)} ({n} sur {n})"
    elif result.proof.holds(levels.told_share(result)):
        side = f"{SIDES[int(share > 0.5)]} des {result.noun.plural}"
        quantity = f"{capitalise(portion(share, result.noun.plural) or side)} ({told})"
    else:
        quantity = f"{told} des {_answering(result)}"
    return typeset(f"{quantity} disent {result.question.constat}")


def share_of(result: LikertResult | ChoiceResult, option: str | None = None) -> str:
    """Name a share: the one in agreement, or that of an option (the first where none is named)."""
    if isinstance(result, LikertResult):
        return AGREE
    return f"part de « {result.label(option or result.answers.shares.index[0])} »"


@sentence
def key_figure(result: LikertResult | ChoiceResult) -> tuple[str, str]:
    """Return the one number of a question and what it says, for a card.

    The number is the share that agrees with the question's `constat` where it has one,
    of the option most chosen elsewhere.
    """
    if own := OWN.get(type(result)):
        return own.key_figure(result)
    if result.withheld:
        return "non publié", typeset(f"{result.topic} : trop peu de {result.noun.plural} ont répondu")
    if not result.answers.n:
        what = "aucun avis" if result.answered else "aucune réponse"
        return MISSING, typeset(f"{result.topic} : {what} des {result.noun.plural}")
    share, _, top = told_by(result)
    share = percent(share, of=share_of(result, top))
    if top is None:
        return share, typeset(f"des {result.noun.plural} disent {result.question.constat}")
    beside = f"{_beside(result)}," if result.exclusive else ""
    unsure = "" if result.proof.holds(levels.leader(result)) else ", une avance à confirmer"
    return share, typeset(
        f"{capitalise(result.label(top))}{beside} : réponse la plus fréquente des {result.noun.plural}{unsure}"
    )


def told_by(result: LikertResult | ChoiceResult) -> tuple[float, Interval, str | None]:
    """Return the share that a question is told by, its interval, and the option where it is the most chosen one."""
    if isinstance(result, LikertResult):
        return result.agree, result.agree_interval, None
    if result.question.constat:
        first = result.answers.shares.index[0]
        return result.answers.shares[first], result.interval(first), None
    top, share = next(result.ranked.items())
    return share, result.interval(top), top


def _beside(result: ChoiceResult) -> str:
    """Say which options, that rule out every other, an order leaves out; empty text where there is none."""
    return f", hors {listing(f'« {result.label(option)} »' for option in result.exclusive)}" if result.exclusive else ""


@sentence
def message(wave: Wave) -> str | None:
    """Tell what the survey has to say, where the answers that it stands on bear it out; else only what is shown.

    None where the wave has no message.
    """
    if not wave.codebook.shown:
        return None
    shown = [wave.result(name) for name in wave.codebook.shown]
    whom = shown[0].noun.plural
    if wave.proof.holds(levels.more(shown[0], shown[-1])):
        return typeset(f"Les {whom} {wave.codebook.message.dit}")
    return typeset(f"Ce que répondent les {whom}")


def stands_for(result: LikertResult | ChoiceResult) -> str:
    """Name what a question is told by, as a label: what those say who agree, or the option most chosen."""
    top = told_by(result)[2]
    return capitalise(result.label(top) if top else result.question.constat)


@sentence
def counted_as(results: Sequence[LikertResult | ChoiceResult]) -> str:
    """Tell what the shares of several questions count, where they do not count the same; empty text where they do.

    Examples
    --------
    « Annonces d’événements : réponse cochée. Les autres : score de 7 à 10, sur une échelle de 1 à 10. »
    """
    kinds: dict[str, list[str]] = {}
    for result in results:
        kinds.setdefault(_counts(result), []).append(stands_for(result))
    if len(kinds) < 2:
        return ""
    *told, (last, rest) = [(kind, listing(map(decapitalise, names))) for kind, names in kinds.items()]
    others = "l’autre" if len(kinds[last]) == 1 else "les autres"
    told.append((last, others if len(told) == 1 else rest))
    return typeset(" ".join(f"{capitalise(names)} : {kind}." for kind, names in told))


def _counts(result: LikertResult | ChoiceResult) -> str:
    """Say what the share that stands for a question counts."""
    if not isinstance(result, LikertResult):
        return {"choix_multiple": "réponse cochée", "classement": "premier choix"}.get(
            result.question.type, "réponse choisie"
        )
    scale, scores = result.scale, result.scale.side("accord")
    low, high = (number(score, of=None) for score in (scores[0], scores[-1]))
    agreeing = f"score de {low} à {high}" if low != high else f"score de {low}"
    ends = f"de {number(scale.minimum, of=None)} à {number(scale.maximum, of=None)}"
    return f"{agreeing}, sur une échelle {ends}"


@sentence
def shown(wave: Wave) -> str:
    """Name what the survey's message is shown by, as the caption of its drawing; the wave has a message."""
    results = [wave.result(name) for name in wave.codebook.shown]
    return typeset(f"{capitalise(listing(r.topic for r in results))} : part des {results[0].noun.plural}.")


@sentence
def ranked(results: Sequence[LikertResult]) -> str:
    """List rated items from the most to the least shared; those that tie stand together."""
    told = []
    answered = sorted((r for r in results if r.answers.n), key=lambda r: -r.agree)
    if not answered:
        return decapitalise(f"{untold(results) or 'personne n’a répondu'}.")
    for tied in (list(group) for _, group in groupby(answered, key=lambda r: r.agree)):
        topics = [result.topic for result in tied]
        told.append(f"{listing(topics)}{', à égalité' if len(topics) > 1 else ''} ({agreed(tied[0])})")
    return typeset(f"{' ; '.join(told)}{left_out(results)}.")


@sentence
def sides_headline(results: Sequence[LikertResult]) -> str:
    """Tell the most and the least shared of several rated items."""
    ordered = sorted((r for r in results if r.answers.n), key=lambda r: -r.agree)
    if not ordered:
        return untold(results) or "Aucune réponse à ces questions"
    most, least, rest = ordered[0], ordered[-1], left_out(results)
    if most is least:
        return typeset(f"{headline(most)}{rest}")
    return typeset(f"{headline(most)} ; {agreed(least)} disent {least.question.constat}{rest}")


def agreed(result: LikertResult) -> str:
    """Write the share in agreement with one of several items, which knows of which item it is."""
    return percent(result.agree, of=named(result.source, AGREE))
