"""Two waves side by side: what can be compared, by how much it moved, and whether more than chance."""

__all__ = ["Change", "Evolution", "evolution", "panel"]

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import scipy

from utils.statistics.compare import ALPHA
from utils.statistics.design import Sample
from utils.statistics.families import corrected
from utils.statistics.intervals import MIN_ANSWERS, Interval
from utils.statistics.overlap import APART, Overlap, moved_by_weight
from utils.statistics.rounding import rounded
from utils.statistics.weighed import Weighed
from utils.survey import promoters
from utils.survey.codebook import SPLIT, Question, Source
from utils.survey.communes import successors
from utils.survey.comparable import Incomparable, common, incomparable
from utils.survey.panel import Panel
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
    blank : bool
        Whether this edition's share counts those too who chose nothing, unlike the one that its chapter tells.
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
    blank: bool = False

    @property
    def source(self) -> Source:
        """What the numbers of this edition are of."""
        return Source(self.question.id, self.question.base, self.n[1])

    @property
    def source_before(self) -> Source:
        """What the numbers of the edition before are of."""
        return Source(self.question.id, self.question.base, self.n[0])

    @property
    def gap(self) -> float:
        """How much the share moved (-1..1)."""
        return self.now - self.before

    @property
    def significant(self) -> bool:
        """Whether the change is more than chance once all comparisons are counted."""
        return self.corrected < ALPHA


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


def _apart(old: LikertResult | ChoiceResult, new: LikertResult | ChoiceResult) -> bool:
    """Whether shares of two waves have no base in common: who left a question blank has no weight in counts alone."""
    several = new.question.type == "choix_multiple" and old.from_rows != new.from_rows
    return several and (old.weighted or new.weighted)


def _sample(result: LikertResult | ChoiceResult, option: str, n: int) -> Sample:
    counted = result.answers.counts if option in result.answers.counts.index else result.no_opinion
    counted = counted[option] if option else result.sides["accord"]
    return Sample(int(counted), int(n))


def _cells(result: LikertResult | ChoiceResult, option: str, counted: Sample) -> Weighed:
    """Return those who gave an answer and those who did not, with what they weigh; of one weight, as they count."""
    if not result.weighted:
        return Weighed.of(pd.Series({"chosen": counted.part, "not": counted.n - counted.part}))
    if option in result.no_opinion.index:
        return result.no_opinion_part(option).apart
    if option:
        return result.answers.apart(option)
    agreed = list(result.scale.side("accord"))
    return result.answers.weighed.each(
        lambda layer: pd.Series({"chosen": layer.loc[agreed].sum(), "not": layer.drop(agreed).sum()})
    )


def _twice(before: Wave, now: Wave, mergers: pd.DataFrame) -> pd.DataFrame:
    """Return what the communes that took part in both waves answered, by question and wave; nothing without rows."""
    if before.answers is None or now.answers is None:
        return pd.DataFrame()
    became = successors(mergers, now.about.periode.debut)
    first = before.answers.assign(ins=before.answers["ins"].map(lambda ins: became.get(ins, ins)))
    # A commune made of two that both answered has no single past.
    first = first[~first["ins"].duplicated(keep=False)]
    # Columns bear the wave, also those that only one of them has.
    first, second = (
        rows.set_index("ins").add_suffix(wave) for rows, wave in zip((first, now.answers), _WAVES, strict=True)
    )
    both = first.join(second, how="inner").reset_index()
    for wave in _WAVES:
        if (column := f"{SPLIT}{wave}") in both:
            both = both[both[column].isin(["oui", "non"])]
    return both


def _overlap(twice: pd.DataFrame, results: tuple, option: str) -> Overlap:
    """Return what communes of one base in both waves, that answered a question both times, said of an option."""
    question, base = results[1].question.id, results[1].base
    # Two respondents of one commune are not one person seen twice; of what is not published, nothing is counted.
    if twice.empty or base == "repondants" or any(result.withheld for result in results):
        return APART
    there, counted = [], []
    for wave, result in zip(_WAVES, results, strict=True):
        given = twice[f"{question}{wave}"]
        counted.append(_any_of(given, [option] if option else result.scale.side("accord")))
        apart = result.no_opinion.index if option in result.no_opinion.index else ()
        there.append(_any_of(given, [*result.answers.counts.index, *apart]))
        if pair := result.question.pair(base):
            there.append(twice[f"{pair.question}{wave}"].isin(pair.side(base).modalites))
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
    base = max(edition.about.arrondi for edition in (before, now))
    if not all(SPLIT in edition.codebook for edition in (before, now)):
        return Panel(rounded(len(both), base), 0, 0, 0, 0, math.nan, asked=False)
    was, is_ = (both[f"{SPLIT}{wave}"] == "oui" for wave in _WAVES)
    gained, lost, here = (rounded(int(n), base) for n in ((~was & is_).sum(), (was & ~is_).sum(), len(both)))
    p = float(scipy.stats.binomtest(gained, gained + lost).pvalue) if gained + lost else math.nan
    if before.weights or now.weights:  # the exact test of pairs knows no weights
        p = math.nan
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
            for base in common(before.codebook[question.id], question):
                yield before.result(question.id, base), now.result(question.id, base)


def _too_few(before: Wave, now: Wave, apart: Collection[str]) -> Iterator[Incomparable]:
    for old, new in _bases(before, now, apart):
        if _apart(old, new):
            yield Incomparable(new.question, "pondérée dans une édition, sans base commune dans l’autre")
        elif min(_sizes(old, new)) < MIN_ANSWERS:
            yield Incomparable(new.question, f"trop peu de réponses ({new.noun.plural})")


def _compared(before: Wave, now: Wave, apart: Collection[str], mergers: pd.DataFrame) -> Iterator[dict]:
    # Rows to the unit would tell of what is rounded.
    twice = pd.DataFrame() if before.exact or now.exact else _twice(before, now, mergers)
    threshold = max(before.about.threshold, now.about.threshold)
    for old, new in _bases(before, now, apart):
        told = {"question": new.question.model_copy(update={"base": new.base})}
        # How numbers moved is told by their order: see `shifts`.
        for option in _options(old, new) if new.question.type != "nombre" and not _apart(old, new) else ():
            was, is_ = map(_sample, (old, new), (option, option), _sizes(old, new, option))
            if old.weighted or new.weighted:
                sides = tuple(map(_cells, (old, new), (option, option), (was, is_)))
                moved, ends = moved_by_weight(*sides), [float(side.shares.iloc[0]) for side in sides]
            else:
                both = _overlap(twice, (old, new), option)
                moved = (both if _may_be_told(both, was, is_, threshold) else APART).moved(was, is_)
                ends = [side.part / side.n if side.n else math.nan for side in (was, is_)]
            if moved:
                shares = {"option": option, "before": ends[0], "now": ends[1], "n": (was.n, is_.n)}
                shares["blank"] = is_.n > _of(new, option)
                yield told | shares | {"interval": moved.interval, "p": moved.p}
        rated = isinstance(new, LikertResult)
        followed = pd.DataFrame() if old.weighted or new.weighted else twice
        if rated and (moved := promoters.moved(old, new, _WAVES, followed, threshold)):
            scores = {"option": "", "before": old.net, "now": new.net, "n": (old.answers.n, new.answers.n)}
            yield told | scores | {"interval": moved.interval, "p": moved.p, "index": True}
