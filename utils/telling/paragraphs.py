"""What is told of one question beside its headline: what whoever reads it needs, and what statisticians ask.

A headline names a finding (`phrases.headline`); nothing of it is said again here.
"""

__all__ = [
    "DISPERSED",
    "MANY",
    "MANY_AT_END",
    "agreement",
    "certainty",
    "detail",
    "extreme",
    "plain",
    "rest",
    "told",
    "unchosen",
]

from utils.french import MISSING, capitalise, typeset
from utils.statistics.intervals import LEVEL
from utils.survey.results import ChoiceResult, LikertResult
from utils.telling.figures import number, percent, sentence, span
from utils.telling.leads import excluding, first_named, quoted
from utils.telling.no_opinion import no_opinion
from utils.telling.phrases import OWN, share_of, told_by
from utils.telling.promoters import net_score
from utils.telling.untold import nothing

MANY = 5  # more options than this that nobody chose are counted, not named
MANY_AT_END = 0.25  # from this share on, it is told how many stand at an end of a scale
DISPERSED = 0.5  # answers are dispersed when their middle half spans this part of the scale
_LEVEL = percent(LEVEL, of=None)


@sentence
def told(result: LikertResult | ChoiceResult) -> str:
    """Return all that is told of one question beside its headline: what whoever reads it needs, then the detail."""
    return " ".join(filter(None, (plain(result), detail(result))))


@sentence
def plain(result: LikertResult | ChoiceResult) -> str:
    """Return what the headline of a question leaves to say, in the sentences that a person would say it in."""
    if own := OWN.get(type(result)):
        return own.plain(result)
    if not result.answers.n:
        return "" if result.withheld or not result.answered else nothing(result)
    if isinstance(result, LikertResult):
        return " ".join(filter(None, (rest(result), extreme(result), net_score(result))))
    return unchosen(result)


@sentence
def detail(result: LikertResult | ChoiceResult) -> str:
    """Return what statisticians ask of one question: how sure its numbers are, and what summaries leave out."""
    if own := OWN.get(type(result)):
        return own.detail(result)
    centre = agreement(result) if isinstance(result, LikertResult) else ""
    return " ".join(filter(None, (centre, certainty(result), excluding(result), no_opinion(result))))


@sentence
def certainty(result: LikertResult | ChoiceResult) -> str:
    """Tell the intervals of the numbers that a question is told by; empty text without answers."""
    if not result.answers.n:
        return ""
    _, interval, top = told_by(result)
    ends = span(interval.low, interval.high, of=f"intervalle à {_LEVEL} de la {share_of(result, top)}")
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
def unchosen(result: ChoiceResult) -> str:
    """Name the options that nobody chose, which have no bar to be seen; empty text where there are none.

    How many chose the others stands at their bars, and is not told again.
    """
    if not result.answers.n or not result.answers.counts.any():
        return ""
    shares = result.ranked.drop([option for option in first_named(result) if option in result.ranked])
    none = [quoted(result, option) for option, share in shares.items() if share == 0]
    if not none:
        return ""
    one = result.noun.singular
    who = f"{'aucune' if one.startswith('commune') else 'aucun'} {one}"
    if len(none) > MANY:
        return typeset(f"{number(len(none), of='nombre de réponses proposées')} réponses ne sont citées par {who}.")
    return typeset(f"{capitalise(who)} n’a cité {' ni '.join(none)}.")


@sentence
def rest(result: LikertResult) -> str:
    """Tell the sides of the scale that the headline leaves out: disagreement and the middle."""
    if result.agree == 1:
        return ""
    against = percent(result.disagree, of="part de désaccord")
    if not result.scale.side("neutre"):
        return typeset(f"{capitalise(against)} donnent un score de désaccord.")
    between = percent(result.neutral, of="part du milieu")
    return typeset(f"{capitalise(against)} donnent un score de désaccord, {between} un score du milieu.")


@sentence
def extreme(result: LikertResult) -> str:
    """Tell how many stand at an end of the scale, where many do; empty text where few do."""
    ends = {"bas": result.scale.minimum, "haut": result.scale.maximum}
    told = [
        f"{percent(share, of=f'part du score {score}')} donnent le score le plus {end}, {result.scale.named[score]}"
        for end, score in ends.items()
        if MANY_AT_END <= (share := result.answers.share([score])) < 1
    ]
    return typeset(f"{capitalise(' ; '.join(told))}.") if told else ""


@sentence
def agreement(result: LikertResult) -> str:
    """Tell centre and spread of one rated item; empty text without answers."""
    answers, scale = result.answers, result.scale
    if not answers.n:
        return ""
    wide = answers.q3 - answers.q1 >= DISPERSED * (scale.maximum - scale.minimum)
    spread = " : les réponses sont dispersées" if wide else ""
    ends = [number(answers.q1, 1, of="premier quartile"), number(answers.q3, 1, of="troisième quartile")]
    held = f"s’étend de {ends[0]} à {ends[1]}{spread}" if answers.q1 < answers.q3 else f"tient tout entière à {ends[0]}"
    return typeset(
        f"La médiane vaut {number(answers.median, 1, of='médiane')} sur une échelle {scale.told}, et la moitié "
        f"centrale {held}."
    )
