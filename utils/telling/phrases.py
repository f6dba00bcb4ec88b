"""Sentences chosen by the data: results in, French out.

Every word that depends on a number is chosen here, so that another wave's numbers
bring other words. Thresholds are constants, printed in the method chapter.
"""

__all__ = [
    "DISPERSED",
    "FAR",
    "LEADERS",
    "MANY",
    "QUANTIFIERS",
    "SMALL",
    "agreement",
    "balance",
    "basis",
    "bullets",
    "certainty",
    "coverage",
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

from utils.french import MISSING, capitalise, listing, typeset
from utils.statistics.intervals import LEVEL, Interval
from utils.survey.results import ChoiceResult, LikertResult
from utils.telling.figures import count, named, number, percent, points, sentence, span

# Upper bound of the share (excluded), and how many of the base that is called.
QUANTIFIERS = (
    (0.10, "très peu de"),
    (1 / 3, "une minorité des"),
    (0.50, "moins de la moitié des"),
    (0.55, "un peu plus de la moitié des"),
    (0.70, "une majorité des"),
    (0.90, "une large majorité des"),
    (1.00, "presque tous les"),
)
FAR = 0.20  # from this gap on, the first is "loin devant" the second
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
    who, n = capitalise(result.noun.plural), result.answers.n
    if result.blank:
        given = count(n, "réponse", "réponses", of=ANSWERS)
        return typeset(f"{who} : {given}, {number(result.blank, of='réponses manquantes')} sans réponse")
    said = f"{who}, n = {number(n, of=ANSWERS)}"
    if result.answers.n != result.expected:
        size = number(result.expected, of="taille de la base")
        said += f" (les effectifs ne donnent pas {size}, la taille de cette base)"
    return typeset(said)


def _quantified(share: float, plural: str) -> str:
    if share == 1:
        return f"l’ensemble des {plural}"
    if share == 0.5:
        return f"la moitié des {plural}"
    words = next(words for bound, words in QUANTIFIERS if share < bound)
    feminine = plural.startswith("communes")
    return f"{words.replace('tous', 'toutes') if feminine else words} {plural}"


@sentence
def headline(result: LikertResult | ChoiceResult) -> str:
    """Tell the one finding of a question, as the title of its chart.

    A question with a `constat` is told by how many agree with it (a choice: by its
    first option), any other by the options that lead.
    """
    if not result.answers.n:
        return "Aucune réponse à cette question"
    if not result.question.constat:
        return _leading(result)
    share = result.agree if isinstance(result, LikertResult) else result.answers.shares.iloc[0]
    if share == 0:
        return typeset(f"Parmi les {result.noun.plural}, aucune réponse ne dit {result.question.constat}")
    quantity = capitalise(_quantified(share, result.noun.plural))
    return typeset(f"{quantity} ({percent(share, of=_share_of(result))}) disent {result.question.constat}")


def _leading(result: ChoiceResult) -> str:
    if not result.answers.counts.any():
        return "Aucune des réponses proposées n’a été choisie"
    if result.question.ordonnee:
        top, share = next(result.answers.ranked.items())
        return typeset(
            f"Réponse la plus fréquente : « {result.label(top)} » ({percent(share, of=_share_of(result, top))})"
        )
    (first, high), (second, low) = list(result.answers.ranked.items())[:2]
    gap = high - low
    behind = "à égalité avec" if gap == 0 else "loin devant" if gap >= FAR else "devant"
    high, low = percent(high, of=_share_of(result, first)), percent(low, of=_share_of(result, second))
    return typeset(f"En tête : {result.label(first)} ({high}), {behind} {result.label(second)} ({low})")


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
    if not result.answers.n:
        return MISSING, typeset(f"{result.topic} : aucune réponse des {result.noun.plural}")
    share, interval, top = _told(result)
    of = f"des {result.noun.plural} (n = {number(result.answers.n, of=ANSWERS)} ; intervalle à {_LEVEL} : "
    of += f"{span(interval.low, interval.high)})"
    share = percent(share, of=_share_of(result, top))
    if top is None:
        return share, typeset(f"{of} disent {result.question.constat}")
    return share, typeset(f"{result.label(top)} : réponse la plus fréquente {of}")


def _told(result: LikertResult | ChoiceResult) -> tuple[float, Interval, str | None]:
    """Return the share that a question is told by, its interval, and the option where it is the most chosen one."""
    if isinstance(result, LikertResult):
        return result.agree, result.agree_interval, None
    if result.question.constat:
        first = result.answers.shares.index[0]
        return result.answers.shares[first], result.interval(first), None
    top, share = next(result.answers.ranked.items())
    return share, result.interval(top), top


@sentence
def told(result: LikertResult | ChoiceResult) -> str:
    """Return the paragraph of one question: its answers, and how sure they are."""
    if isinstance(result, LikertResult):
        said = agreement(result)
    else:
        said = portrait(result) if result.question.ordonnee else f"{leaders(result)} {fewest(result)}".strip()
    return f"{said} {certainty(result)}".strip()


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
def coverage(share: float | None) -> str:
    """Tell the share of inhabitants covered, if the study prints it."""
    if share is None:
        return "La part des habitants que représentent ces communes n’est pas connue."
    covered = percent(share, of="part des habitants, imprimée")
    return typeset(f"Selon l’étude, ces communes réunissent {covered} des habitants de la Wallonie.")


@sentence
def leaders(result: ChoiceResult) -> str:
    """List the options most chosen, with share and count; all of them if they are few."""
    answers = result.answers
    if not answers.n:
        return "Personne n’a répondu à cette question."
    cited = [
        f"{result.label(option)} ({percent(share, of=_share_of(result, option))}, soit "
        f"{number(answers.counts[option], of=_count_of(result, option))} sur {number(answers.n, of=ANSWERS)})"
        for option, share in answers.ranked.head(LEADERS).items()
        if share > 0
    ]
    if not cited:
        return "Aucune des réponses proposées n’a été choisie."
    which = "Les réponses les plus fréquentes" if len(answers.counts) > LEADERS else "Les réponses données"
    return typeset(f"{which} : {listing(cited)}.")


def _count_of(result: ChoiceResult, option: str) -> str:
    return f"effectif de « {result.label(option)} »"


@sentence
def fewest(result: ChoiceResult) -> str:
    """List the options that few or none chose, beside the leaders; empty text where there are none."""
    if not result.answers.n:
        return ""
    shares = result.answers.ranked
    rest = shares.iloc[LEADERS:]
    few = [f"{result.label(o)} ({percent(s, of=_share_of(result, o))})" for o, s in rest.items() if 0 < s < SMALL]
    none = [result.label(o) for o, s in rest.items() if s == 0]
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
        return "Personne n’a répondu à cette question."
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
        return "Personne n’a répondu à cette question."
    wide = answers.q3 - answers.q1 >= DISPERSED * (scale.maximum - scale.minimum)
    spread = "Les réponses sont dispersées" if wide else "Les réponses sont assez resserrées"
    return typeset(
        f"{percent(result.agree, of=AGREE)} des réponses vont dans le sens de l’accord, "
        f"{percent(result.disagree, of='part de désaccord')} dans celui du désaccord et "
        f"{percent(result.neutral, of='part du milieu')} restent au milieu. "
        f"La médiane vaut {number(answers.median, 1, of='médiane')} "
        f"sur une échelle de {scale.minimum} ({scale.bas}) à {scale.maximum} ({scale.haut}). {spread} : la moitié "
        f"centrale s’étend de {number(answers.q1, 1, of='premier quartile')} à "
        f"{number(answers.q3, 1, of='troisième quartile')}."
    )


@sentence
def ranked(results: Sequence[LikertResult]) -> str:
    """List rated items from the most to the least shared; those that tie stand together."""
    told = []
    answered = sorted((r for r in results if r.answers.n), key=lambda r: -r.agree)
    if not answered:
        return "personne n’a répondu."
    for tied in (list(group) for _, group in groupby(answered, key=lambda r: r.agree)):
        topics = [result.topic for result in tied]
        told.append(f"{listing(topics)}{', à égalité' if len(topics) > 1 else ''} ({agreed(tied[0])})")
    return typeset(f"{' ; '.join(told)}.")


@sentence
def sides_headline(results: Sequence[LikertResult]) -> str:
    """Tell the most and the least shared of several rated items."""
    ordered = sorted((r for r in results if r.answers.n), key=lambda r: -r.agree)
    if not ordered:
        return "Aucune réponse à ces questions"
    most, least = ordered[0], ordered[-1]
    if most.agree == least.agree and most is not least:
        return typeset(f"Autant d’accord pour chacune de ces affirmations ({agreed(most)})")
    return typeset(f"Le plus d’accord : {most.topic} ({agreed(most)}) ; le moins : {least.topic} ({agreed(least)})")


def agreed(result: LikertResult) -> str:
    """Write the share in agreement with one of several items, which knows of which item it is."""
    return percent(result.agree, of=named(result.source, AGREE))


@sentence
def balance(result: LikertResult) -> str:
    """Tell which side of the scale outweighs the other, and by how many points."""
    net = result.net
    if not result.answers.n:
        return "Personne n’a répondu à cette question."
    if net == 0:
        return "Accord et désaccord s’équilibrent."
    first, second = ("L’accord", "le désaccord") if net > 0 else ("Le désaccord", "l’accord")
    return typeset(f"{first} l’emporte sur {second} de {points(net, of='accord moins désaccord')}.")


@sentence
def bullets(items: Sequence[str]) -> str:
    """Return a Markdown list; empty text for no items."""
    return typeset("\n".join(f"- {item}" for item in items))
