"""Two waves side by side: what can be compared, by how much it moved, and whether more than chance."""

__all__ = ["Change", "Evolution", "Incomparable", "Panel", "evolution", "incomparable", "panel"]

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import stats

from utils.statistics.compare import ALPHA
from utils.statistics.families import corrected
from utils.statistics.intervals import MIN_ANSWERS, Interval
from utils.statistics.overlap import APART, Overlap, Sample
from utils.statistics.rounding import rounded
from utils.survey import promoters
from utils.survey.codebook import SPLIT, Question, Source, activity_of
from utils.survey.communes import successors
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.shifts import WaveShift, shifted
from utils.survey.wave import Wave

_WAVES = ("_before", "_now")  # what the answers of a commune that took part twice are told apart by


@dataclass(frozen=True)
class Change:
    """One share in two waves.

    Attributes
    ----------
    question : Question
    option : str
        The option chosen, or empty where the share is that in agreement.
    before, now : float
        Shares (0..1) of the same base.
    n : tuple of int
        Answers of the two waves.
    interval : Interval
        Of the difference (-1..1): Newcombe's, see `Overlap`.
    p, corrected : float
        Of no difference; `corrected` for all that is compared.
    index : bool
        Whether what moved is a net promoter score (-1..1), and no share.
    """

    question: Question
    option: str
    before: float
    now: float
    n: tuple[int, int]
    interval: Interval
    p: float
    corrected: float
    index: bool = False

    @property
    def source(self) -> Source:
        """What the numbers of this edition are of."""
        return Source(self.question.id, self.question.base, self.n[1])

    @property
    def gap(self) -> float:
        """How much the share moved (-1..1)."""
        return self.now - self.before

    @property
    def significant(self) -> bool:
        """Whether the change is more than chance once all comparisons are counted."""
        return self.corrected < ALPHA


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
        else:
            found += _options_apart(before.codebook[name], question)
    return found


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


def _options(old: LikertResult | ChoiceResult, new: LikertResult | ChoiceResult) -> list[str]:
    """Return the options to compare; empty text for the share of a rated item in agreement."""
    apart = [option for option in new.question.no_opinion if option in old.no_opinion.index]
    if isinstance(new, LikertResult):
        return ["", *apart]
    options = [option for option in new.answers.counts.index if option in old.answers.counts.index]
    return [*(options[:1] if new.question.constat else options), *apart]


def _sizes(old: LikertResult | ChoiceResult, new: LikertResult | ChoiceResult, option: str = "") -> tuple[int, int]:
    """Return of how many the shares of two waves are: of those who answered, an option of no opinion; else with one.

    Where one of them prints counts alone, nobody knows who left a multiple choice blank: both count all of the base.
    """
    if new.question.type == "choix_multiple" and old.from_rows != new.from_rows:
        return tuple(found.expected - (found.answered - _of(found, option)) for found in (old, new))
    return _of(old, option), _of(new, option)


def _of(result: LikertResult | ChoiceResult, option: str) -> int:
    return result.answered if option in result.no_opinion.index else result.answers.n


def _sample(result: LikertResult | ChoiceResult, option: str, n: int) -> Sample:
    counted = result.answers.counts if option in result.answers.counts.index else result.no_opinion
    counted = counted[option] if option else result.sides["accord"]
    return Sample(int(counted), int(n))


def _twice(before: Wave, now: Wave, mergers: pd.DataFrame) -> pd.DataFrame:
    """Return what the communes that took part in both waves answered, by question and wave; nothing without rows."""
    if before.answers is None or now.answers is None:
        return pd.DataFrame()
    became = successors(mergers, now.about.periode.debut)
    first = before.answers.assign(ins=before.answers["ins"].map(lambda ins: became.get(ins, ins)))
    # A commune made of two that both answered has no single past.
    first = first[~first["ins"].duplicated(keep=False)]
    both = first.merge(now.answers, on="ins", suffixes=_WAVES)
    return both[np.logical_and.reduce([both[f"{SPLIT}{wave}"].isin(["oui", "non"]) for wave in _WAVES])]


def _overlap(twice: pd.DataFrame, results: tuple, option: str) -> Overlap:
    """Return what communes of one base in both waves, that answered a question both times, said of an option."""
    question, base = results[1].question.id, results[1].base
    # Two respondents of one commune are not one person seen twice.
    if twice.empty or base == "repondants":
        return APART
    there, counted = [], []
    for wave, result in zip(_WAVES, results, strict=True):
        given = twice[f"{question}{wave}"]
        counted.append(_any_of(given, [option] if option else result.scale.side("accord")))
        apart = result.no_opinion.index if option in result.no_opinion.index else ()
        there.append(_any_of(given, [*result.answers.counts.index, *apart]))
        if base != "communes":
            there.append(twice[f"{SPLIT}{wave}"] == activity_of(base))
    was, is_ = (side[np.logical_and.reduce(there)] for side in counted)
    return Overlap(int((was & is_).sum()), int((was != is_).sum()), int((~was & ~is_).sum()))


def _any_of(cells: pd.Series, answers: Iterable) -> pd.Series:
    """Return which cells hold one of some answers: one that is left blank holds none."""
    wanted = set(map(str, answers))
    return cells.map(lambda cell: not wanted.isdisjoint(part.strip() for part in cell.split(";")))


def _may_be_told(both: Overlap, was: Sample, is_: Sample, threshold: int) -> bool:
    """Whether no count that an overlap rests on is small: interval and test, which are told, could give it away."""
    alone = both.alone(was, is_)
    counts = (both.yes, both.changed, both.no, alone.part, alone.n - alone.part)
    return all(count == 0 or count >= threshold for count in counts)


@dataclass(frozen=True)
class Panel:
    """Communes that answered in both waves: whether each became active or ceased to be.

    Attributes
    ----------
    communes : int
    gained, lost : int
        Communes active now only, and before only.
    before, now : int
        Communes active then and now.
    p, corrected : float
        McNemar's exact test; NaN where nothing changed. `corrected` for all that is compared, and for itself.
    others : tuple of int
        Active and other communes that answered once, then and now: what totals less those that are followed tell.
    threshold : int
        Smallest count that is no secret.
    """

    communes: int
    gained: int
    lost: int
    before: int
    now: int
    p: float
    others: tuple[int, ...] = ()
    threshold: int = 1
    corrected: float = math.nan

    @property
    def significant(self) -> bool:
        """Whether more communes changed one way than the other, once all comparisons are counted."""
        return self.corrected < ALPHA

    @property
    def sides_told(self) -> bool:
        """Whether it may be told how many were and are active: not of a few, and not so that few moves are left."""
        parts = (self.before, self.communes - self.before, self.now, self.communes - self.now, *self.others)
        room = min(self.now, self.communes - self.before) - max(0, self.now - self.before)
        return not any(0 < part < self.threshold for part in parts) and (room >= self.threshold or self.moves_told)

    @property
    def moves_told(self) -> bool:
        """Whether it may be told how many became active and how many ceased: of no kind there are a few."""
        kept = (self.before - self.lost, self.communes - self.before - self.gained)
        parts = (self.gained, self.lost, *kept, *self.others)
        return not any(0 < part < self.threshold for part in parts)


def panel(before: Wave, now: Wave, mergers: pd.DataFrame) -> Panel | None:
    """Follow the communes that answered in both waves, by INS code and through mergers.

    Returns
    -------
    Panel or None
        None where a wave knows counts only, and so no commune.
    """
    if before.answers is None or now.answers is None:
        return None
    both = _twice(before, now, mergers)
    was, is_ = (both[f"{SPLIT}{wave}"] == "oui" for wave in _WAVES)
    base = max(edition.about.arrondi for edition in (before, now))
    gained, lost, here = (rounded(int(n), base) for n in ((~was & is_).sum(), (was & ~is_).sum(), len(both)))
    p = float(stats.binomtest(gained, gained + lost).pvalue) if gained + lost else math.nan
    sides = [rounded(int(side.sum()), base) for side in (was, is_)]
    others = [
        rounded(int((edition.answers[SPLIT] == answer).sum() - (side == (answer == "oui")).sum()), base)
        for edition, side in ((before, was), (now, is_))
        for answer in ("oui", "non")
    ]
    threshold = max(edition.about.threshold for edition in (before, now))
    return Panel(here, gained, lost, *sides, p, tuple(others), threshold)


@dataclass(frozen=True)
class Evolution:
    """What two waves tell of each other: one family of claims, corrected together.

    Attributes
    ----------
    changes : tuple of Change
    apart : tuple of Incomparable
    panel : Panel, or None where a wave knows counts only, and so no commune
    shifts : tuple of WaveShift, of numbers and of ranks
    """

    changes: tuple[Change, ...]
    apart: tuple[Incomparable, ...]
    panel: Panel | None
    shifts: tuple[WaveShift, ...] = ()


def evolution(before: Wave, now: Wave, mergers: pd.DataFrame) -> Evolution:
    """Compare every share that both waves give of the same question, the same options and the same base.

    Whether communes answer otherwise, not only those that were asked: no finite population is
    taken into account, in any row. Communes known to have answered both times are followed by
    INS code and through mergers, so that interval and test know how far the waves overlap.
    Shares of too few answers are not compared (see `Overlap.moved`).
    """
    apart, followed = incomparable(before, now), panel(before, now, mergers)
    found = list(_compared(before, now, {item.question.id for item in apart if not item.option}, mergers))
    # The test of moves that are not told would tell of them through what it corrects.
    moved = followed.p if followed and followed.moves_told else math.nan
    shifts = shifted(_bases(before, now, {item.question.id for item in apart if not item.option}))
    p = corrected([*(change["p"] for change in found), *(one.test.p for one in shifts), moved]).tolist()
    return Evolution(
        tuple(Change(**change, corrected=value) for change, value in zip(found, p, strict=False)),
        (*apart, *_too_few(before, now, {item.question.id for item in apart})),
        replace(followed, corrected=p[-1]) if followed else None,
        tuple(replace(one, corrected=value) for one, value in zip(shifts, p[len(found) :], strict=False)),
    )


def _bases(before: Wave, now: Wave, apart: Collection[str]) -> Iterator[tuple]:
    """Yield the results of either wave for every base of the questions that can be compared."""
    for question in now.codebook.questions:
        if question.type != "texte" and question.id not in apart:
            yield from ((before.result(question.id, base), now.result(question.id, base)) for base in question.bases)


def _too_few(before: Wave, now: Wave, apart: Collection[str]) -> Iterator[Incomparable]:
    for old, new in _bases(before, now, apart):
        if min(_sizes(old, new)) < MIN_ANSWERS:
            yield Incomparable(new.question, f"trop peu de réponses ({new.noun.plural})")


def _compared(before: Wave, now: Wave, apart: Collection[str], mergers: pd.DataFrame) -> Iterator[dict]:
    # Rows to the unit would tell of what is rounded.
    twice = pd.DataFrame() if before.exact or now.exact else _twice(before, now, mergers)
    threshold = max(before.about.threshold, now.about.threshold)
    for old, new in _bases(before, now, apart):
        told = {"question": new.question.model_copy(update={"base": new.base})}
        for option in _options(old, new) if new.question.type != "nombre" else ():  # see `shifts`
            was, is_ = map(_sample, (old, new), (option, option), _sizes(old, new, option))
            both = _overlap(twice, (old, new), option)
            if moved := (both if _may_be_told(both, was, is_, threshold) else APART).moved(was, is_):
                shares = {"option": option, "before": was.part / was.n, "now": is_.part / is_.n, "n": (was.n, is_.n)}
                yield told | shares | {"interval": moved.interval, "p": moved.p}
        rated = isinstance(new, LikertResult)
        if rated and (moved := promoters.moved(old, new, _WAVES, twice, threshold)):
            scores = {"option": "", "before": old.net, "now": new.net, "n": (old.answers.n, new.answers.n)}
            yield told | scores | {"interval": moved.interval, "p": moved.p, "index": True}
