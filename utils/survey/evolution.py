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
                yield _share(option, new, (k, m), _sizes(old, new))


def _counts(old: LikertResult | ChoiceResult, new: LikertResult | ChoiceResult) -> Iterator[tuple[str, int, int]]:
    if isinstance(new, LikertResult):
        yield "", int(old.sides["accord"]), int(new.sides["accord"])
        return
    options = [option for option in new.question.options if option in old.answers.counts.index]
    for option in options[:1] if new.question.constat else options:
        yield option, int(old.answers.counts[option]), int(new.answers.counts[option])


def _sizes(old: LikertResult | ChoiceResult, new: LikertResult | ChoiceResult) -> tuple[int, int]:
    """Return of how many the shares of two waves are: of those who answered.

    Where one of them prints counts alone, nobody knows who left a multiple choice blank: both count all of the base.
    """
    if new.question.type == "choix_multiple" and old.from_rows != new.from_rows:
        return old.expected, new.expected
    return old.answers.n, new.answers.n


def _share(option: str, new: LikertResult | ChoiceResult, counts: tuple[int, int], sizes: tuple[int, int]) -> dict:
    (k, m), (first, second) = counts, sizes
    before, now = k / first, m / second
    around = (ANALYTIC.share(m, second), ANALYTIC.share(k, first))
    table = pd.DataFrame([[k, first - k], [m, second - m]])
    return {
        "question": new.question.model_copy(update={"base": new.base}),
        "option": option,
        "before": before,
        "now": now,
        "n": sizes,
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
    """

    communes: int
    gained: int
    lost: int
    before: int
    now: int
    p: float


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
    gained, lost = int((~was & is_).sum()), int((was & ~is_).sum())
    p = float(stats.binomtest(gained, gained + lost).pvalue) if gained + lost else math.nan
    return Panel(len(both), gained, lost, int(was.sum()), int(is_.sum()), p)
