"""What a study prints beside its counts, computed again from them: percentages, medians, rates, totals.

Nothing is mended: a printed value agrees, differs, or cannot be checked, and what
differs is told with the bases and the counts that would explain it.
"""

__all__ = ["BaseUse", "Check", "audit", "bases_used"]

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from utils.checks import ALL
from utils.codebook import BASES, Question
from utils.editions import Wave

_GROUPS = {"oui": "actives", "non": "non_actives"}


@dataclass(frozen=True)
class Check:
    """One printed value and what the counts give.

    Attributes
    ----------
    question : Question
    answer : str
        An option, a score, or empty where the value is one of the whole question.
    group : str
        Of whom: a key of `BASES`.
    stratum : str
        A province or a size, or empty.
    measure : {"pourcentage", "mediane", "taux", "total"}
    printed : float
        As printed: percentages as 0..100. For a total, the base that the table states.
    computed : float or None
        In the same unit, not rounded; None where counts cannot give it.
    part, base : int or None
        The count and the base that `computed` stands on, for percentages and rates.
    total : int
        Sum of the table's counts.
    middle : tuple of float
        The two middle answers, for a median.
    counts_that_fit : tuple of int
        Counts that would give the printed percentage on the same base; empty for other measures.
    bases_that_fit : tuple of str
        Other bases on which the count would give the printed percentage: keys of `BASES`, or "total".
    """

    question: Question
    answer: str
    group: str
    stratum: str
    measure: Literal["pourcentage", "mediane", "taux", "total"]
    printed: float
    computed: float | None
    part: int | None = None
    base: int | None = None
    total: int = 0
    middle: tuple[float, ...] = ()
    counts_that_fit: tuple[int, ...] = ()
    bases_that_fit: tuple[str, ...] = ()

    @property
    def verdict(self) -> Literal["concordant", "different", "non_verifiable"]:
        """Whether the printed value is the computed one, rounded as it was printed."""
        if self.computed is None:
            return "non_verifiable"
        rounded = _rounded(self.computed) if self.measure in ("pourcentage", "taux") else self.computed
        return "concordant" if rounded == self.printed else "different"


@dataclass(frozen=True)
class BaseUse:
    """Which base the percentages of one table fit.

    Attributes
    ----------
    question : Question
    group : str
        Of whom: a key of `BASES`.
    stated, total : int
        The base that the table states, and the sum of its counts.
    cells : int
        Percentages printed.
    on_stated, on_total : int
        How many of them follow from each.
    """

    question: Question
    group: str
    stated: int
    total: int
    cells: int
    on_stated: int
    on_total: int


def audit(wave: Wave) -> tuple[Check, ...]:
    """Return every printed value of a wave with its check, in the order printed, then the totals."""
    return (*(_check(wave, row) for row in wave.published.itertuples()), *_totals(wave))


def bases_used(wave: Wave) -> tuple[BaseUse, ...]:
    """Return, for each table of one answer a commune, how many of its percentages fit the stated base and its total."""
    found = []
    for total in _totals(wave):
        printed = [c for c in audit(wave) if c.measure == "pourcentage" and not c.stratum]
        cells = [c for c in printed if (c.question, c.group) == (total.question, total.group)]
        stated, counted = int(total.printed), int(total.computed)
        fits = {base: sum(_fits(c.part, base, c.printed) for c in cells) for base in (stated, counted)}
        if cells:
            found.append(BaseUse(total.question, total.group, stated, counted, len(cells), fits[stated], fits[counted]))
    return tuple(found)


def _rounded(percentage: float) -> int:
    return int(Decimal(str(round(percentage, 9))).quantize(Decimal(1), ROUND_HALF_UP))


def _fits(part: int, base: int, printed: float) -> bool:
    return base > 0 and _rounded(100 * part / base) == printed


def _check(wave: Wave, row) -> Check:
    question = wave.codebook[row.question]
    group = _GROUPS.get(row.active, question.base)
    strata = {by: getattr(row, by) for by in ("province", "taille")}
    stratum = next((value for value in strata.values() if value != ALL), "")
    where = {"question": question, "group": group, "stratum": stratum, "measure": row.mesure, "printed": row.valeur}
    if row.mesure == "mediane":
        answers = wave.likert(question.id, group).answers
        given = [score for score, n in answers.counts.items() for _ in range(n)]
        middle = tuple(given[(len(given) - 1) // 2 : len(given) // 2 + 1])
        return Check(**where, answer="", computed=answers.median if given else None, middle=middle, total=answers.n)
    if row.mesure == "taux":
        if row.modalite != ALL:
            return Check(**where, answer=row.modalite, computed=None)
        part, base = wave.size("communes", **strata), wave.asked(**strata)
        return Check(**where, answer="", computed=100 * part / base if base else None, part=part, base=base)
    cells = wave.cells(question.id, row.active, **strata)
    part, base, total = int(cells[row.modalite]), wave.size(group, **strata), int(cells.sum())
    sizes = {name: wave.size(name) for name in BASES} | {"total": total}
    return Check(
        **where,
        answer=row.modalite,
        computed=100 * part / base if base else None,
        part=part,
        base=base,
        total=total,
        counts_that_fit=tuple(k for k in range(base + 1) if _fits(k, base, row.valeur)),
        bases_that_fit=tuple(name for name, size in sizes.items() if size != base and _fits(part, size, row.valeur)),
    )


def _totals(wave: Wave) -> Iterator[Check]:
    """Hold the sum of every table of one answer a person against the base that it states."""
    for question in wave.codebook.questions:
        if question.type not in ("likert", "choix_unique"):
            continue
        split = question.base == "communes" and question.id != "active"
        for group in _GROUPS.values() if split else (question.base,):
            activity = {"actives": "oui", "non_actives": "non"}.get(group, ALL)
            total = int(wave.cells(question.id, activity).sum())
            yield Check(question, "", group, "", "total", wave.size(group), total, total=total)
