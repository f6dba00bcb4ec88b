"""Two waves side by side: what can be compared, by how much it moved, and whether more than chance."""

__all__ = ["Change", "Incomparable", "Panel", "changes", "incomparable", "panel"]

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from scipy import stats

from utils.statistics.compare import ALPHA, adjusted, association
from utils.statistics.design import ANALYTIC
from utils.statistics.intervals import Interval, gap_interval
from utils.statistics.rounding import rounded
from utils.survey.codebook import SPLIT, Question, Source
from utils.survey.communes import successors
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.wave import Wave


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
        Of the difference (-1..1): Newcombe's, without correction, as its test.
    p, holm : float
        Of the difference; `holm` corrected for all that is compared.
    """

    question: Question
    option: str
    before: float
    now: float
    n: tuple[int, int]
    interval: Interval
    p: float
    holm: float

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
        return self.holm < ALPHA


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


def changes(before: Wave, now: Wave) -> list[Change]:
    """Compare every share that both waves give of the same question, the same options and the same base.

    Whether communes changed, not only those that were asked: no finite population is taken
    into account, neither in the test (`association`) nor in the interval.
    """
    found = list(_compared(before, now))
    corrected = adjusted([change["p"] for change in found])["holm"]
    return [Change(**change, holm=float(holm)) for change, holm in zip(found, corrected, strict=True)]


def _compared(before: Wave, now: Wave) -> Iterator[dict]:
    apart = {item.question.id for item in incomparable(before, now) if not item.option}
    for question in now.codebook.questions:
        if question.type == "texte" or question.id in apart:
            continue
        for base in question.bases:
            old, new = (wave.result(question.id, base) for wave in (before, now))
            if not (old.answers.n and new.answers.n):
                continue
            for option, k, m in _counts(old, new):
                yield _share(option, old, new, k, m)


def _counts(old: LikertResult | ChoiceResult, new: LikertResult | ChoiceResult) -> Iterator[tuple[str, int, int]]:
    if isinstance(new, LikertResult):
        yield "", int(old.sides["accord"]), int(new.sides["accord"])
        return
    options = [option for option in new.question.options if option in old.answers.counts.index]
    for option in options[:1] if new.question.constat else options:
        yield option, int(old.answers.counts[option]), int(new.answers.counts[option])


def _share(option: str, old, new, k: int, m: int) -> dict:
    before, now = k / old.answers.n, m / new.answers.n
    around = (ANALYTIC.share(m, new.answers.n), ANALYTIC.share(k, old.answers.n))
    table = pd.DataFrame([[k, old.answers.n - k], [m, new.answers.n - m]])
    return {
        "question": new.question.model_copy(update={"base": new.base}),
        "option": option,
        "before": before,
        "now": now,
        "n": (old.answers.n, new.answers.n),
        "interval": gap_interval(now, before, around),
        "p": association(table).p,
    }


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
    p : float
        McNemar's exact test; NaN where nothing changed.
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
    became = successors(mergers, now.about.periode.debut)
    first = before.answers[["ins", SPLIT]].assign(ins=before.answers["ins"].map(lambda ins: became.get(ins, ins)))
    # A commune made of two that both answered has no single past.
    first = first[~first["ins"].duplicated(keep=False)]
    both = first.merge(now.answers[["ins", SPLIT]], on="ins", suffixes=("_before", "_now"))
    was, is_ = both[f"{SPLIT}_before"] == "oui", both[f"{SPLIT}_now"] == "oui"
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
