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
    "questions",
    "ranked",
    "scales",
    "sides_headline",
    "vocabulary",
]

from collections.abc import Sequence
from itertools import groupby

from utils.codebook import Codebook
from utils.french import MISSING, capitalise, count, listing, number, percent, points, span, typeset
from utils.intervals import LEVEL, Interval
from utils.results import ChoiceResult, LikertResult
from utils.verdicts import EFFECTS

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
DISPERSED = 0.5  # answers are dispersed when their middle half spans this part of the scale


def basis(result: LikertResult | ChoiceResult) -> str:
    """Say of whom the answers are and how many gave one.

    Examples
    --------
    « Communes actives, n = 92 »
    """
    said = f"{capitalise(result.noun.plural)}, n = {number(result.answers.n)}"
    if result.answers.n != result.expected:
        said += f" (les effectifs ne donnent pas {number(result.expected)}, la taille de cette base)"
    return typeset(said)


def _quantified(share: float, plural: str) -> str:
    if share == 1:
        return f"l’ensemble des {plural}"
    if share == 0.5:
        return f"la moitié des {plural}"
    words = next(words for bound, words in QUANTIFIERS if share < bound)
    feminine = plural.startswith("communes")
    return f"{words.replace('tous', 'toutes') if feminine else words} {plural}"


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
    return typeset(f"{quantity} ({percent(share)}) disent {result.question.constat}")


def _leading(result: ChoiceResult) -> str:
    if not result.answers.counts.any():
        return "Aucune des réponses proposées n’a été choisie"
    if result.question.ordonnee:
        top, share = next(result.answers.ranked.items())
        return typeset(f"Réponse la plus fréquente : « {result.label(top)} » ({percent(share)})")
    (first, high), (second, low) = list(result.answers.ranked.items())[:2]
    gap = high - low
    behind = "à égalité avec" if gap == 0 else "loin devant" if gap >= FAR else "devant"
    return typeset(
        f"En tête : {result.label(first)} ({percent(high)}), {behind} {result.label(second)} ({percent(low)})"
    )


def key_figure(result: LikertResult | ChoiceResult) -> tuple[str, str]:
    """Return the one number of a question and what it says, for a card.

    The number is the share that agrees with the question's `constat` where it has one,
    of the option most chosen elsewhere.
    """
    if not result.answers.n:
        return MISSING, typeset(f"{result.topic} : aucune réponse des {result.noun.plural}")
    share, interval, top = _told(result)
    of = f"des {result.noun.plural} (n = {number(result.answers.n)} ; intervalle à {percent(LEVEL)} : "
    of += f"{span(interval.low, interval.high)})"
    if top is None:
        return percent(share), typeset(f"{of} disent {result.question.constat}")
    return percent(share), typeset(f"{result.label(top)} : réponse la plus fréquente {of}")


def _told(result: LikertResult | ChoiceResult) -> tuple[float, Interval, str | None]:
    """Return the share that a question is told by, its interval, and the option where it is the most chosen one."""
    if isinstance(result, LikertResult):
        return result.agree, result.agree_interval, None
    if result.question.constat:
        first = result.answers.shares.index[0]
        return result.answers.shares[first], result.interval(first), None
    top, share = next(result.answers.ranked.items())
    return share, result.interval(top), top


def certainty(result: LikertResult | ChoiceResult) -> str:
    """Tell the intervals of the numbers that a question is told by; empty text without answers."""
    if not result.answers.n:
        return ""
    _, interval, top = _told(result)
    ends = span(interval.low, interval.high)
    if isinstance(result, ChoiceResult):
        option = top or result.answers.shares.index[0]
        return typeset(f"Intervalle à {percent(LEVEL)} pour « {result.label(option)} » : {ends}.")
    said = [f"{ends} pour la part d’accord"]
    for what, around in (("la médiane", result.median_interval), ("la moyenne", result.mean_interval)):
        if around:
            decimals = 0 if around.low % 1 == around.high % 1 == 0 else 1
            said.append(f"{span(around.low, around.high, '', decimals)} pour {what}")
        else:
            said.append(f"{what}, {MISSING} (trop peu de réponses, ou toutes égales)")
    return typeset(f"Intervalles à {percent(LEVEL)} : {', '.join(said)}.")


def coverage(share: float | None) -> str:
    """Tell the share of inhabitants covered, if the study prints it."""
    if share is None:
        return "La part des habitants que représentent ces communes n’est pas connue."
    return typeset(f"Selon l’étude, ces communes réunissent {percent(share)} des habitants de la Wallonie.")


def leaders(result: ChoiceResult) -> str:
    """List the options most chosen, with share and count; all of them if they are few."""
    answers = result.answers
    if not answers.n:
        return "Personne n’a répondu à cette question."
    cited = [
        f"{result.label(option)} ({percent(share)}, soit {number(answers.counts[option])} sur {number(answers.n)})"
        for option, share in answers.ranked.head(LEADERS).items()
        if share > 0
    ]
    if not cited:
        return "Aucune des réponses proposées n’a été choisie."
    which = "Les réponses les plus fréquentes" if len(answers.counts) > LEADERS else "Les réponses données"
    return typeset(f"{which} : {listing(cited)}.")


def fewest(result: ChoiceResult) -> str:
    """List the options that few or none chose, beside the leaders; empty text where there are none."""
    if not result.answers.n:
        return ""
    shares = result.answers.ranked
    rest = shares.iloc[LEADERS:]
    few = [f"{result.label(o)} ({percent(s)})" for o, s in rest.items() if 0 < s < SMALL]
    none = [result.label(o) for o, s in rest.items() if s == 0]
    said = []
    if len(few) > MANY:
        said.append(f"{number(len(few))} autres réponses restent sous les {percent(SMALL)}.")
    elif few:
        said.append(f"Sous les {percent(SMALL)} : {listing(few)}.")
    if none:
        said.append(f"Jamais cité : {listing(none)}.")
    return typeset(" ".join(said))


def portrait(result: ChoiceResult) -> str:
    """List every option in the order of the questionnaire, with its share."""
    if not result.answers.n:
        return "Personne n’a répondu à cette question."
    cited = [f"« {result.label(option)} », {percent(share)}" for option, share in result.answers.shares.items()]
    return typeset(f"Dans l’ordre des réponses proposées : {' ; '.join(cited)}.")


def agreement(result: LikertResult) -> str:
    """Tell level, centre and spread of one rated item."""
    answers, scale = result.answers, result.scale
    if not answers.n:
        return "Personne n’a répondu à cette question."
    wide = answers.q3 - answers.q1 >= DISPERSED * (scale.maximum - scale.minimum)
    spread = "Les réponses sont dispersées" if wide else "Les réponses sont assez resserrées"
    return typeset(
        f"{percent(result.agree)} des réponses vont dans le sens de l’accord, {percent(result.disagree)} dans celui "
        f"du désaccord et {percent(result.neutral)} restent au milieu. La médiane vaut {number(answers.median, 1)} "
        f"sur une échelle de {scale.minimum} ({scale.bas}) à {scale.maximum} ({scale.haut}). {spread} : la moitié "
        f"centrale s’étend de {number(answers.q1, 1)} à {number(answers.q3, 1)}."
    )


def ranked(results: Sequence[LikertResult]) -> str:
    """List rated items from the most to the least shared; those that tie stand together."""
    told = []
    answered = sorted((r for r in results if r.answers.n), key=lambda r: -r.agree)
    if not answered:
        return "personne n’a répondu."
    for share, tied in groupby(answered, key=lambda r: r.agree):
        topics = [result.topic for result in tied]
        told.append(f"{listing(topics)}{', à égalité' if len(topics) > 1 else ''} ({percent(share)})")
    return typeset(f"{' ; '.join(told)}.")


def sides_headline(results: Sequence[LikertResult]) -> str:
    """Tell the most and the least shared of several rated items."""
    ordered = sorted((r for r in results if r.answers.n), key=lambda r: -r.agree)
    if not ordered:
        return "Aucune réponse à ces questions"
    most, least = ordered[0], ordered[-1]
    if most.agree == least.agree and most is not least:
        return typeset(f"Autant d’accord pour chacune de ces affirmations ({percent(most.agree)})")
    return typeset(
        f"Le plus d’accord : {most.topic} ({percent(most.agree)}) ; le moins : {least.topic} ({percent(least.agree)})"
    )


def balance(result: LikertResult) -> str:
    """Tell which side of the scale outweighs the other, and by how many points."""
    net = result.net
    if not result.answers.n:
        return "Personne n’a répondu à cette question."
    if net == 0:
        return "Accord et désaccord s’équilibrent."
    first, second = ("L’accord", "le désaccord") if net > 0 else ("Le désaccord", "l’accord")
    return typeset(f"{first} l’emporte sur {second} de {points(net)}.")


def bullets(items: Sequence[str]) -> str:
    """Return a Markdown list; empty text for no items."""
    return "\n".join(f"- {typeset(item)}" for item in items)


def questions(codebook: Codebook) -> str:
    """Tell how many questions of each type the codebook holds."""
    kinds = [question.type for question in codebook.questions]
    told = [
        count(kinds.count("likert"), "note d’accord", "notes d’accord"),
        count(kinds.count("choix_unique"), "choix unique", "choix uniques"),
        count(kinds.count("choix_multiple"), "choix multiple", "choix multiples"),
        count(kinds.count("texte"), "réponse libre", "réponses libres"),
    ]
    return typeset(f"{count(len(kinds), 'question', 'questions')} : {listing(told)}.")


def scales(codebook: Codebook) -> str:
    """Tell every scale: its ends, and which scores are disagreement, middle and agreement."""
    told = []
    for scale in codebook.echelles.values():
        sides = [scale.side(sens) for sens in ("desaccord", "neutre", "accord")]
        no, middle, yes = (f"{side[0]} à {side[-1]}" if len(side) > 1 else str(side[0]) for side in sides)
        told.append(
            f"L’échelle va de {scale.minimum} ({scale.bas}) à {scale.maximum} ({scale.haut}) ; les scores de {no} "
            f"forment le désaccord, ceux de {middle} le milieu, ceux de {yes} l’accord."
        )
    return typeset(" ".join(told))


def vocabulary() -> list[str]:
    """Tell the bounds of every word that is chosen by a number."""
    lows = [0.0, *(bound for bound, _ in QUANTIFIERS)]
    said = [
        f"« {words} » : {f'à partir de {percent(low)} et ' if low else ''}sous {percent(bound)}."
        for low, (bound, words) in zip(lows, QUANTIFIERS, strict=False)
    ]
    *named, (_, least) = EFFECTS
    efforts = ", ".join(f"« {word} » à partir de {number(bound, 1)}" for bound, word in named)
    return [
        *said,
        f"Force d’un lien : {efforts}, « {least} » au-dessous.",
        f"« loin devant » : au moins {points(FAR)} d’écart entre la première et la deuxième réponse.",
        f"Réponses peu citées : sous {percent(SMALL)}.",
    ]
