"""Sentences chosen by the data: results in, French out.

Every word that depends on a number is chosen here, so that another wave's numbers
bring other words. Thresholds are constants, printed in the method chapter.
"""

__all__ = [
    "DISPERSED",
    "LEADERS",
    "MANY",
    "SIDES",
    "SMALL",
    "agreement",
    "balance",
    "basis",
    "bullets",
    "certainty",
    "fewest",
    "headline",
    "key_figure",
    "leaders",
    "portrait",
    "ranked",
    "sides_headline",
    "told",
]

from collections.abc import Sequence
from itertools import groupby

from utils.french import MISSING, capitalise, decapitalise, listing, typeset
from utils.statistics.intervals import LEVEL, Interval
from utils.survey import levels
from utils.survey.numbers import NumberResult
from utils.survey.rankings import RankResult
from utils.survey.results import ChoiceResult, LikertResult
from utils.telling import numbers, orders
from utils.telling.figures import count, difference, named, number, percent, sentence, span
from utils.telling.leads import excluding, lead
from utils.telling.no_opinion import no_opinion
from utils.telling.promoters import net_score
from utils.telling.untold import left_out, nothing, untold
from utils.telling.weights import counted, weighted

_OWN = {NumberResult: numbers, RankResult: orders}  # results that have sentences of their own
SIDES = ("une minorité", "une majorité")  # less, and more than one half, where the answers show it
LEADERS = 3  # how many options a paragraph names first
MANY = 5  # more options than this are counted, not named
SMALL = 0.10  # below this share, an option is told among the least chosen
AGREE, ANSWERS = "part d’accord", "nombre de réponses"  # names of statistics
_LEVEL, _SMALL = percent(LEVEL, of=None), percent(SMALL, of=None)
DISPERSED = 0.5  # answers are dispersed when their middle half spans this part of the scale


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
        said += f" (les effectifs ne donnent pas {size}, la taille de cette base)"
    return typeset(said)


def _answering(result: LikertResult | ChoiceResult) -> str:
    """Name those who answered, and no one else."""
    plural = result.noun.plural
    return f"{plural} qui ont répondu" if result.place is not None else plural


@sentence
def headline(result: LikertResult | ChoiceResult) -> str:
    """Tell the one finding of a question, as the title of its chart.

    A question with a `constat` is told by how many agree with it (a choice: by its
    first option), any other by the options that lead. A majority, a minority and a lead
    are told where they are sure; else the sentence is of those who answered.
    """
    if own := _OWN.get(type(result)):
        return own.headline(result)
    if not result.answers.n:
        return untold([result]) or ("Aucun avis donné" if result.answered else "Aucune réponse à cette question")
    if not result.question.constat:
        return lead(result)
    share = result.agree if isinstance(result, LikertResult) else result.answers.shares.iloc[0]
    if share == 0:
        return typeset(f"Parmi les {result.noun.plural}, aucune réponse ne dit {result.question.constat}")
    told = percent(share, of=_share_of(result))
    if share == 1:
        n = number(result.answers.n, of=ANSWERS)
        every = "Toutes" if result.noun.plural.startswith("communes") else "Tous"
        quantity = f"{every} les {_answering(result)} ({n} sur {n})"
    elif result.proof.holds(levels.told_share(result)):
        quantity = f"{capitalise(SIDES[int(share > 0.5)])} des {result.noun.plural} ({told})"
    else:
        quantity = f"{told} des {_answering(result)}"
    return typeset(f"{quantity} disent {result.question.constat}")


def _share_of(result: LikertResult | ChoiceResult, option: str | None = None) -> str:
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
    if own := _OWN.get(type(result)):
        return own.key_figure(result)
    if result.withheld:
        return "non publié", typeset(f"{result.topic} : trop peu de {result.noun.plural} ont répondu")
    if not result.answers.n:
        what = "aucun avis" if result.answered else "aucune réponse"
        return MISSING, typeset(f"{result.topic} : {what} des {result.noun.plural}")
    share, interval, top = _told(result)
    of = f"des {result.noun.plural} (n = {number(result.answers.n, of=ANSWERS)} ; intervalle à {_LEVEL} : "
    of += f"{span(interval.low, interval.high)})"
    share = percent(share, of=_share_of(result, top))
    if top is None:
        return share, typeset(f"{of} disent {result.question.constat}")
    beside = f"{_beside(result)}," if result.exclusive else ""
    unsure = "" if result.proof.holds(levels.leader(result)) else ", sans avance sûre"
    return share, typeset(f"{result.label(top)} : réponse la plus fréquente{beside} {of}{unsure}")


def _told(result: LikertResult | ChoiceResult) -> tuple[float, Interval, str | None]:
    """Return the share that a question is told by, its interval, and the option where it is the most chosen one."""
    if isinstance(result, LikertResult):
        return result.agree, result.agree_interval, None
    if result.question.constat:
        first = result.answers.shares.index[0]
        return result.answers.shares[first], result.interval(first), None
    top, share = next(result.ranked.items())
    return share, result.interval(top), top


@sentence
def told(result: LikertResult | ChoiceResult) -> str:
    """Return the paragraph of one question: its answers, and how sure they are."""
    if own := _OWN.get(type(result)):
        return own.told(result)
    if isinstance(result, LikertResult):
        said = f"{agreement(result)} {net_score(result)}".strip()
    else:
        said = portrait(result) if result.question.ordonnee else f"{leaders(result)} {fewest(result)}".strip()
    more = (certainty(result), excluding(result), no_opinion(result))
    return " ".join(filter(None, (said, *more)))


@sentence
def certainty(result: LikertResult | ChoiceResult) -> str:
    """Tell the intervals of the numbers that a question is told by; empty text without answers."""
    if not result.answers.n:
        return ""
    _, interval, top = _told(result)
    ends = span(interval.low, interval.high, of=f"intervalle à {_LEVEL} de la {_share_of(result, top)}")
    if isinstance(result, ChoiceResult):
        option = top or result.answers.shares.index[0]
        return typeset(f"Intervalle à {_LEVEL} pour « {result.label(option)} » : {ends}.")
    said = [f"{ends} pour la part d’accord"]
    for what, around in (("la médiane", result.median_interval), ("la moyenne", result.mean_interval)):
        if around:
            decimals = 0 if around.low % 1 == around.high % 1 == 0 else 1
            ends = span(around.low, around.high, "", decimals, of=f"intervalle à {_LEVEL} de {what}")
            said.append(f"{ends} pour {what}")
        else:
            said.append(f"{what}, {MISSING} (trop peu de réponses, ou toutes égales)")
    return typeset(f"Intervalles à {_LEVEL} : {', '.join(said)}.")


@sentence
def leaders(result: ChoiceResult) -> str:
    """List the options most chosen, with share and count; all of them if they are few."""
    answers = result.answers
    if not answers.n:
        return nothing(result)
    cited = [
        f"{result.label(option)} ({percent(share, of=_share_of(result, option))}{counted(result, option)})"
        for option, share in result.ranked.head(LEADERS).items()
        if share > 0
    ]
    if not cited:
        return "Aucune des réponses proposées n’a été choisie."
    which = "Les réponses les plus fréquentes" if len(answers.counts) > LEADERS else "Les réponses données"
    return typeset(f"{which}{_beside(result)} : {listing(cited)}.")


def _beside(result: ChoiceResult) -> str:
    """Say which options, that rule out every other, an order leaves out; empty text where there is none."""
    return f", hors {listing(f'« {result.label(option)} »' for option in result.exclusive)}" if result.exclusive else ""


@sentence
def fewest(result: ChoiceResult) -> str:
    """List the options that few or none chose, beside the leaders; empty text where there are none."""
    if not result.answers.n or not result.answers.counts.any():
        return ""
    shares = result.ranked
    rest = shares.iloc[LEADERS:]
    few = [f"{result.label(o)} ({percent(s, of=_share_of(result, o))})" for o, s in rest.items() if 0 < s < SMALL]
    # Among the leaders too: they tell none that nobody chose.
    none = [result.label(o) for o, s in shares.items() if s == 0]
    said = []
    if len(few) > MANY:
        said.append(f"{number(len(few), of='nombre de réponses proposées')} autres réponses restent sous les {_SMALL}.")
    elif few:
        said.append(f"Sous les {_SMALL} : {listing(few)}.")
    if none:
        said.append(f"Jamais cité : {listing(none)}.")
    return typeset(" ".join(said))


@sentence
def portrait(result: ChoiceResult) -> str:
    """List every option in the order of the questionnaire, with its share."""
    if not result.answers.n:
        return nothing(result)
    cited = [
        f"« {result.label(option)} », {percent(share, of=_share_of(result, option))}"
        for option, share in result.answers.shares.items()
    ]
    return typeset(f"Dans l’ordre des réponses proposées : {' ; '.join(cited)}.")


@sentence
def agreement(result: LikertResult) -> str:
    """Tell level, centre and spread of one rated item."""
    answers, scale = result.answers, result.scale
    if not answers.n:
        return nothing(result)
    wide = answers.q3 - answers.q1 >= DISPERSED * (scale.maximum - scale.minimum)
    spread = "Les réponses sont dispersées" if wide else "Les réponses sont assez resserrées"
    sides = [
        f"{percent(result.agree, of=AGREE)} des réponses vont dans le sens de l’accord",
        f"{percent(result.disagree, of='part de désaccord')} dans celui du désaccord",
    ]
    if scale.side("neutre"):
        sides.append(f"{percent(result.neutral, of='part du milieu')} restent au milieu")
    return typeset(
        f"{listing(sides)}. "
        f"La médiane vaut {number(answers.median, 1, of='médiane')} "
        f"sur une échelle {scale.told}. {spread} : la moitié "
        f"centrale s’étend de {number(answers.q1, 1, of='premier quartile')} à "
        f"{number(answers.q3, 1, of='troisième quartile')}."
    )


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
    """Tell the most and the least shared of several rated items, and which of the two is not sure to be so."""
    ordered = sorted((r for r in results if r.answers.n), key=lambda r: -r.agree)
    if not ordered:
        return untold(results) or "Aucune réponse à ces questions"
    most, least, rest = ordered[0], ordered[-1], left_out(results)
    if most is least:
        return typeset(f"{capitalise(most.topic)} : {agreed(most)} d’accord{rest}")
    if most.agree == least.agree:
        return typeset(f"Autant d’accord dans les réponses à chacune de ces affirmations ({agreed(most)}){rest}")
    found = levels.places(ordered)
    high, low = (most.proof.holds(found[end.question.id]) for end in (most, least))
    if not (high or low):
        ends = f"de {agreed(least)} ({_topics(ordered, least)}) à {agreed(most)} ({_topics(ordered, most)})"
        sure = "ni la première ni la dernière place n’est sûre" if len(ordered) > 2 else "l’ordre n’est pas sûr"
        return typeset(f"Accord {ends} ; {sure}{rest}")
    unsure, upper, lower = ", sans certitude", *(f"{_topics(ordered, end)} ({agreed(end)})" for end in (most, least))
    ends = f"Le plus d’accord{'' if high else unsure} : {upper} ; le moins{'' if low else unsure} : {lower}"
    return typeset(ends + rest)


def _topics(results: Sequence[LikertResult], end: LikertResult) -> str:
    """Name the items that have the same agreement as one of them."""
    return listing(result.topic for result in results if result.agree == end.agree)


def agreed(result: LikertResult) -> str:
    """Write the share in agreement with one of several items, which knows of which item it is."""
    return percent(result.agree, of=named(result.source, AGREE))


@sentence
def balance(result: LikertResult) -> str:
    """Tell how many points part agreement from disagreement among the answers."""
    net = result.net
    if not result.answers.n:
        return nothing(result)
    sides = f"{agreed(result)} d’accord, {percent(result.disagree, of='part de désaccord')} de désaccord"
    if net == 0:
        return typeset(f"Dans les réponses, {sides} : autant de l’un que de l’autre.")
    high, low = sorted((result.agree, result.disagree), reverse=True)
    return typeset(f"Dans les réponses, {sides} : un écart de {difference(high, low, of='accord moins désaccord')}.")


@sentence
def bullets(items: Sequence[str]) -> str:
    """Return a Markdown list; empty text for no items."""
    return typeset("\n".join(f"- {item}" for item in items))
