"""What a book could claim of levels and of leads, each with its test: a majority, a first answer, a first item.

All these claims are one kind (`families`): a word that makes one is written only where its
p-value holds once corrected for all of them. Where it does not, words speak of the
answers alone. Of nobody, and of what is hidden, there is no claim.
"""

__all__ = ["COLUMNS", "claims", "dominant", "leader", "more", "places", "told_share"]

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

import pandas as pd

from utils.statistics import levels
from utils.statistics.compare import ALPHA
from utils.statistics.design import Sample
from utils.statistics.families import corrected
from utils.survey.proof import Answered
from utils.survey.rankings import RankResult
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.strata import Strata

COLUMNS = ["question", "base", "claim", "of", "p", "corrected", "made"]


def told_share(result: LikertResult | ChoiceResult) -> float:
    """Test against one half the share that a question with a `constat` is told by; NaN without answers.

    It is that of the scores in agreement, or of the first option.
    """
    return levels.one_half(*_sample(result), result.design)


def leader(result: ChoiceResult) -> float:
    """Test whether the option most chosen is so in truth: against every other one, the least sure decides.

    NaN where there is no other option, or where nothing was chosen.
    """
    first, *others = result.ranked.index
    if not others or not result.answers.counts[[first, *others]].any():
        return math.nan
    if result.weighted:
        return max(_apart_by_weight(result, _chose(result, first), _chose(result, other)) for other in others)
    if result.question.single:
        return levels.ahead(int(result.answers.counts[first]), int(result.answers.counts[others[0]]))
    return max(_apart(result, _chose(result, first), _chose(result, other)) for other in others)


def places(results: Sequence[LikertResult]) -> pd.Series:
    """Test of rated items whether each surely has its place in the order of agreement.

    Returns
    -------
    Series
        By question id, the test against every other item, of which the least sure decides.
        NaN without answers, without another item, or where the items are not put to the same.
    """
    found = pd.Series(math.nan, index=[result.question.id for result in results])
    told = sorted((result for result in results if result.answers.n), key=lambda result: -result.agree)
    if len({result.base for result in told}) > 1:
        return found
    for i, result in enumerate(told):
        before = [_apart(other, _agreed(other), _agreed(result)) for other in told[:i]]
        after = [_apart(result, _agreed(result), _agreed(other)) for other in told[i + 1 :]]
        found[result.question.id] = max(before + after, default=math.nan)
    return found


def more(first: LikertResult | ChoiceResult, second: LikertResult | ChoiceResult) -> float:
    """Test whether the answer that one question is told by is more frequent than that of another; NaN without answers.

    Both are put to the same.
    """
    if not (first.answers.n and second.answers.n):
        return math.nan
    return _apart(first, _standing_for(first), _standing_for(second))


def dominant(strata: Strata) -> pd.Series:
    """Test of each stratum whether the told side is a majority in truth; NaN where it is empty or hidden."""
    found = {}
    for stratum, split in strata.counts.iterrows():
        n = 0 if stratum in strata.hidden else int(split.sum())
        part = strata.part(stratum)
        found[stratum] = levels.majority(*part.sample, part.design) if n else math.nan
    return pd.Series(found, dtype=float)


def _told(result: LikertResult | ChoiceResult) -> int:
    return int(result.sides["accord"] if isinstance(result, LikertResult) else result.answers.counts.iloc[0])


def _sample(result: LikertResult | ChoiceResult) -> Sample:
    """Return what the share that a question is told by is worth."""
    if isinstance(result, LikertResult):
        return result.answers.sample(result.scale.side("accord"))
    return result.answers.sample(result.answers.counts.index[0])


def _chose(result: ChoiceResult, option: str) -> Answered:
    return _answered(result, (option,), int(result.answers.counts[option]))


def _agreed(result: LikertResult) -> Answered:
    return _answered(result, tuple(map(str, result.scale.side("accord"))), _told(result))


def _standing_for(result: LikertResult | ChoiceResult) -> Answered:
    return _agreed(result) if isinstance(result, LikertResult) else _chose(result, result.ranked.index[0])


def _answered(result: LikertResult | ChoiceResult, answers: tuple[str, ...], part: int) -> Answered:
    return Answered(result.question.id, result.base, answers, part, result.answers.n, result.question.no_opinion)


def _apart(result: LikertResult | ChoiceResult, first: Answered, second: Answered) -> float:
    """Test whether the first of two answers of the same respondents is the more frequent one."""
    if result.weighted:
        return _apart_by_weight(result, first, second)
    alone = result.proof.discordant(first, second) or levels.most_discordant(
        *((of.part, of.n) for of in (first, second))
    )
    # Those who left one of the two blank may have made the difference.
    return levels.ahead(*alone) if alone[0] > alone[1] else 1.0


def _apart_by_weight(result: LikertResult | ChoiceResult, first: Answered, second: Answered) -> float:
    """Test as `_apart` where answers do not weigh alike; 1 where it is not known who gave which answers together."""
    if result.question.type == "choix_unique":
        alone = result.answers.weighed.each(lambda layer: layer.loc[[*first.answers, *second.answers]])
    else:
        alone = result.proof.weighed_alone(first, second)
    if alone is None or alone.sums.iloc[0] <= alone.sums.iloc[1]:
        return 1.0
    return levels.ahead_by_weight(alone)


def claims(
    results: Sequence[LikertResult | ChoiceResult],
    strata: Strata | None,
    shown: Sequence[str] = (),
) -> pd.DataFrame:
    """Return every claim on levels and leads that a book could make.

    Parameters
    ----------
    results : sequence of results
        Of every question and base of a wave.
    strata : Strata or None
        Active communes by province; None where it is not asked who is active.
    shown : sequence of str
        Ids of the questions that the survey's message stands on, where it has one: see `entries.Message`.

    Returns
    -------
    DataFrame
        `question`, `base`; `claim`: "majority", "minority", "first" of the options, "most" or
        "least" in agreement of a chapter's items, "order" of a ranking, an option "before" the
        next, the first answer of the message "more" than the last; `of`: the option, the stratum or
        the other question, if any; `p`; `corrected` for all of them; whether it is `made`.
    """
    split = _of_strata(strata) if strata else ()
    told = {result.question.id: result for result in reversed(results)}
    message = [_of_message(told[shown[0]], told[shown[-1]])] if shown else ()
    found = pd.DataFrame([*_of_questions(results), *_of_chapters(results), *split, *message], columns=COLUMNS[:-2])
    found["corrected"] = corrected(found["p"].astype(float))
    return found.assign(made=found["corrected"] < ALPHA)


def _of_questions(results: Sequence[LikertResult | ChoiceResult]) -> Iterator[tuple]:
    # Which class of numbers is the fullest depends on where the questionnaire cuts: nothing is claimed of it.
    for result in (result for result in results if result.answers.n and result.question.type != "nombre"):
        if result.question.constat:
            part, n = _sample(result)
            side = "majority" if part > n / 2 else "minority"
            yield result.question.id, result.base, side, "", told_share(result)
        else:
            yield result.question.id, result.base, "first", result.ranked.index[0], leader(result)
        if isinstance(result, RankResult) and result.test is not None:
            yield result.question.id, result.base, "order", "", result.test.p
            for option, p in result.steps.items():
                yield result.question.id, result.base, "before", option, p


def _of_chapters(results: Sequence[LikertResult | ChoiceResult]) -> Iterator[tuple]:
    """Yield the ends of the order of the rated items that a chapter sets beside each other."""

    def together(result: LikertResult) -> tuple[str, str]:
        return result.question.chapitre, result.base

    rated = [result for result in results if isinstance(result, LikertResult) and result.answers.n]
    for (_, base), group in groupby(sorted(rated, key=together), together):
        items = sorted(group, key=lambda result: -result.agree)
        found = places(items)
        # Of two items, that the one comes first and the other last is one claim.
        ends = {"most": 0, "least": -1} if len(items) > 2 else {"most": 0}
        yield from ((found.index[i], base, claim, "", found.iloc[i]) for claim, i in ends.items())


def _of_message(first: LikertResult | ChoiceResult, last: LikertResult | ChoiceResult) -> tuple:
    return first.question.id, first.base, "more", last.question.id, more(first, last)


def _of_strata(strata: Strata) -> Iterator[tuple]:
    for stratum, p in dominant(strata).items():
        yield strata.question, strata.base, "majority", stratum, p
