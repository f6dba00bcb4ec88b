"""A commune beside its peers: what it answered, and what others of its size, of its province and of all answered.

A sheet knows of others what the book publishes, held in `Peers`, and nothing else: whoever holds its own rows and
the book could write it. Of this it tells less, as its reader takes her own commune off: see `statistics.others`.
"""

__all__ = ["ALL_PEERS", "Peers", "Place", "Published", "Share", "peers", "places"]

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from utils.statistics.others import Counted, crossed, middle, rest_told, told
from utils.survey.about import Metadata
from utils.survey.codebook import SPLIT, Codebook, Question
from utils.survey.own import Own
from utils.survey.parts import Part
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.wave import Wave

ALL_PEERS = ""  # the group of all communes, beside `taille` and `province`
AGREE = "accord"  # the answer that a rated item is told by

Parts = dict[str, Part | None]  # by answer


@dataclass(frozen=True)
class Published:
    """What the book publishes of a question, of one base.

    Attributes
    ----------
    whole : dict of Part
        By answer: the options or, of a rated item, agreement alone.
    strata : dict
        The same by what splits the communes, and by stratum; None where a count or its base is not published.
    scores : Series of int or None
        Of a rated item, how often each score was given in all.
    """

    question: Question
    base: str
    whole: Parts
    strata: dict[str, dict[str, Parts]]
    scores: pd.Series | None = None


@dataclass(frozen=True)
class Peers:
    """All that sheets know of others.

    Attributes
    ----------
    wave : str
    about : Metadata
    codebook : Codebook
    communes : DataFrame
        Those asked, by `ins`: `commune, province, population, taille`.
    present : frozenset of str
        INS codes of those that took part: no secret, as a map shows them.
    published : tuple of Published
        In the order of the questionnaire.
    apart : bool
        Whether a commune can be taken off what is published: not off rounded counts, nor off weighted shares.
    """

    wave: str
    about: Metadata
    codebook: Codebook
    communes: pd.DataFrame
    present: frozenset[str]
    published: tuple[Published, ...]
    apart: bool

    def others(self, ins: str, by: str = ALL_PEERS) -> int:
        """Return how many other communes took part: in all, or of a commune's own size or province."""
        there = self.communes.loc[self.communes.index.isin(self.present - {ins})]
        return len(there) if by == ALL_PEERS else int((there[by] == self.communes.loc[ins, by]).sum())


@dataclass(frozen=True)
class Share:
    """How many others gave an answer, and the share that they make (0..1).

    Where a commune cannot be taken off, `share` and `n` are the published ones, with it.
    """

    share: float
    n: int


@dataclass(frozen=True)
class Place:
    """One answer, as a commune gave it or did not, beside others.

    Attributes
    ----------
    question, base, answer
        `answer` is an option's id, or `accord`.
    own : bool or None
        Whether the commune gave it; None where it left the question blank, is not asked it, or its respondents differ.
    asked : bool
        Whether the commune is of those that are asked.
    scores : tuple of int
        Of a rated item, the scores that it gave.
    groups : dict of Share
        By group (`taille`, `province`, `ALL_PEERS`); None where not told.
    middle : tuple of float or None
        Quartiles of the scores of all others.
    n : int
        Of how many others these are.
    """

    question: Question
    base: str
    answer: str
    own: bool | None
    asked: bool
    scores: tuple[int, ...]
    groups: Mapping[str, Share | None]
    middle: tuple[float, float, float] | None = None
    n: int = 0

    @property
    def nearest(self) -> tuple[str, Share] | None:
        """The first group of which something is told, its own size before its province and all."""
        return next(((by, share) for by, share in self.groups.items() if share), None)


@dataclass(frozen=True)
class _Around:
    """Of which strata a commune is, and how many others took part in both, in one alone, and in neither."""

    strata: dict[str, str]
    both: int
    alone: dict[str, int]
    neither: int


def _around(known: Peers, ins: str) -> _Around:
    there, row = known.communes[known.communes.index.isin(known.present - {ins})], known.communes.loc[ins]
    same = {by: (there[by] == row[by]).to_numpy() for by in known.codebook.kinds}
    both = int(np.logical_and.reduce(list(same.values())).sum())
    alone = {by: int(found.sum()) - both for by, found in same.items()}
    return _Around({by: row[by] for by in same}, both, alone, len(there) - both - sum(alone.values()))


def peers(wave: Wave) -> Peers:
    """Gather what the book publishes of a wave.

    Examples
    --------
    >>> peers(load("demo")).published[0].question.id  # doctest: +SKIP
    'role'
    """
    asked = [(q, base) for q in wave.codebook.questions if q.type != "texte" for base in q.bases]
    return Peers(
        wave.id,
        wave.about,
        wave.codebook,
        wave.communes.set_index("ins"),
        wave.participants(),
        tuple(_published(wave, question, base) for question, base in asked),
        wave.weights is None and wave.exact is None,
    )


def _published(wave: Wave, question: Question, base: str) -> Published:
    result = wave.result(question.id, base)
    rated = isinstance(result, LikertResult)
    answers = [AGREE] if rated else list(result.answers.counts.index)
    if result.withheld or not result.answers.n:
        nothing = dict.fromkeys(answers)
        return Published(question, base, nothing, {by: {} for by in wave.codebook.kinds})
    whole = {answer: _told(_part(result, answer)) for answer in answers}
    strata = {by: dict(_strata(wave, question, base, by, answers)) for by in wave.codebook.kinds}
    # A weighted median is not that of the counts, which alone a commune can be taken off.
    scores = result.answers.counts if rated and not (result.uncounted or result.weighted) else None
    return Published(question, base, whole, strata, scores)


def _part(result: LikertResult | ChoiceResult, answer: str) -> Part:
    return result.part(tuple(result.scale.side(answer)) if isinstance(result, LikertResult) else answer)


def _strata(wave: Wave, question: Question, base: str, by: str, answers: list[str]) -> Iterator[tuple[str, Parts]]:
    if question.id == SPLIT:
        split = wave.activity(by)
        for stratum in split.labels:
            closed = split.withheld or stratum in split.hidden
            yield stratum, {answer: None if closed else _told(split.part(stratum, answer)) for answer in answers}
    elif found := wave.breakdown(question.id, by, base):
        for stratum in found.labels:
            yield stratum, {answer: _told(found.part(answer, stratum)) for answer in answers}


def _told(part: Part | None) -> Part | None:
    """Return a part of which count and base are published; None of any other."""
    return part if part and part.count is not None and part.n else None


def places(known: Peers, ins: str, own: Own) -> list[Place]:
    """Return every answer that may be set beside a commune's own, in the order of the questionnaire.

    Of a question that two kinds of communes answer apart, those of its own kind.

    Parameters
    ----------
    known : Peers
    ins : str
        Its code, one of `known.communes`.
    own : Own
        What its respondents answered.
    """
    found, around = [], _around(known, ins)
    for told_of in known.published:
        question, base = told_of.question, own.base(told_of.question, known.codebook)
        if len(question.bases) == 1 or base == told_of.base:
            found += _of_question(known, around, own, told_of, inside=base == told_of.base)
    return found


def _of_question(known: Peers, around: _Around, own: Own, of: Published, *, inside: bool) -> Iterator[Place]:
    question = of.question
    given = own.given(question) if inside else []
    rated = question.type == "likert"
    # Those whose answer is no opinion are no part of what shares are of.
    given = [answers for answers in given if not set(answers) & set(question.no_opinion)]
    scores = tuple(int(answer) for answers in given for answer in answers) if rated else ()
    side = {str(score) for score in known.codebook.scale(question.id).side(AGREE)} if rated else set()
    for answer in _answers(of, given):
        gave = [bool(set(answers) & (side or {answer})) for answers in given]
        groups = _groups(known, around, of, answer, Counted(sum(gave), len(given)))
        said = gave[0] if gave and len(set(gave)) == 1 else None
        place = Place(question, of.base, answer, said, inside, scores, groups)
        yield _with_middle(known, of, place) if rated and of.scores is not None else place


def _answers(of: Published, given: list[tuple[str, ...]]) -> list[str]:
    """Return the answers that are told: where one is given, one alone, as several would tell how many are left."""
    if not of.question.single:
        return list(of.whole)
    if of.question.id == SPLIT:
        return list(of.whole)[:1]
    same = given[0] if given and len(set(given)) == 1 else ()
    return [answer for answer in of.whole if answer in same]


def _with_middle(known: Peers, of: Published, place: Place) -> Place:
    counts = of.scores
    if known.apart:
        counts = counts.copy()
        for score in place.scores:
            counts[score] -= 1
    return replace(place, middle=middle(counts, known.about.threshold), n=int(counts.sum()))


def _groups(known: Peers, around: _Around, of: Published, answer: str, own: Counted) -> dict[str, Share | None]:
    """Return what may be told of others in each group, the commune's own size first."""
    threshold = known.about.threshold
    parts = {by: of.strata[by].get(around.strata[by], {}).get(answer) for by in reversed(known.codebook.kinds)}
    parts |= {ALL_PEERS: of.whole[answer]}
    others = {by: _less(part, own) for by, part in parts.items() if part}
    whole = others.get(ALL_PEERS)
    shown = {by for by, count in others.items() if told(count, threshold)}
    if not known.apart:  # what is shown holds the commune: neither with it nor without it may there be a few
        shown = {by for by in shown if told(Counted(parts[by].count, parts[by].n), threshold)}
    for by in shown - {ALL_PEERS}:
        if whole is None or not rest_told(others[by], whole, threshold):
            shown = shown - {by}
    # What is told of both is tried first; then of the commune's size alone, of its province alone.
    kinds = [by for by in parts if by in shown and by != ALL_PEERS]
    for tried in (kinds, kinds[:1], kinds[1:], []):
        if not tried or threshold == 1 or _crossed(known, around, of.base, whole, {by: others[by] for by in tried}):
            shown = {*tried, *(shown & {ALL_PEERS})}
            break
    return {by: _share(known, parts[by], others[by]) if by in shown else None for by in parts}


def _crossed(known: Peers, around: _Around, base: str, whole: Counted, told_of: dict[str, Counted]) -> bool:
    """Whether what is told of a commune's size, or of its province, tells nothing of where the two cross."""
    if len(known.codebook.kinds) < 2:
        return True
    # More respondents than communes: it is not told which of them answered twice.
    more = max(0, known.about.repondants - known.about.communes) if base == "repondants" else 0
    most = min([around.both + more, *(count.n for count in told_of.values())])
    least = max([0, *(count.n - around.alone[by] - more for by, count in told_of.items())])
    both = range(least, most + 1)
    if len(told_of) == 2:
        return crossed(whole, *told_of.values(), both, (), known.about.threshold)
    (count,), (other,) = told_of.values(), (one for one in around.alone if one not in told_of)
    left = whole.n - count.n
    rest = range(max(0, left - around.neither - more), min(around.alone[other] + more, left) + 1)
    return crossed(whole, count, None, both, rest, known.about.threshold)


def _less(part: Part, own: Counted) -> Counted:
    return Counted(part.count - own.k, part.n - own.n)


def _share(known: Peers, part: Part, others: Counted) -> Share | None:
    if not known.apart:
        return None if math.isnan(part.share) else Share(part.share, part.n)
    return Share(others.k / others.n, others.n)
