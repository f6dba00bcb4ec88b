"""What a study prints beside its counts, computed again from them: percentages, medians, rates.

The sum of each table is held against its base as well, printed or not. Nothing is mended:
a value agrees, differs, or cannot be checked, and what differs is told with the bases and
the counts that would explain it.
"""

__all__ = ["BaseUse", "Check", "audit", "bases_used"]

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import ceil, floor
from typing import Literal

import pandas as pd

from utils.auditing.vocabulary import printed_as, printed_between
from utils.survey.codebook import ALL, SPLIT, Question, Source, activity_of
from utils.survey.wave import Wave


@dataclass(frozen=True)
class Check:
    """One printed value and what the counts give; or, for a total, a base and what a table's counts add up to.

    Attributes
    ----------
    question : Question
    answer : str
        An option, a score, or empty where the value is one of the whole question.
    group : str
        Of whom: one of `Codebook.bases`.
    stratum : str
        A province or a size, or empty.
    measure : {"pourcentage", "mediane", "taux", "total"}
    printed : float
        As printed: percentages as 0..100. For a total, which is not printed, the base of its table.
    computed : float or None
        In the same unit, not rounded; None where counts cannot give it.
    part, base : int or None
        The count and the base that `computed` stands on, for percentages and rates.
    total : int
        Sum of the table's counts.
    middle : tuple of float
        The two middle answers, for a median.
    counts_that_fit : tuple of int
        Counts that would give the printed percentage on the same base, in order; empty for other measures.
    bases_that_fit : tuple of str
        Other bases on which the count would give the printed percentage: of `Codebook.bases`, or "total".
    possible : tuple of float
        The least and the greatest value that the counts allow, where they give none; else empty.
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
    possible: tuple[float, ...] = ()

    @property
    def source(self) -> Source:
        """What the numbers of this check are of."""
        return Source(self.question.id, self.group, self.total if self.base is None else self.base)

    @property
    def verdict(self) -> Literal["concordant", "compatible", "different", "non_verifiable"]:
        """Whether the printed value is the computed one, rounded as it was printed, or else a possible one."""
        if self.possible:
            return "compatible" if printed_between(*self.possible, self.printed) else "different"
        if self.computed is None:
            return "non_verifiable"
        rounded = self.measure in ("pourcentage", "taux")
        agree = printed_as(self.computed, self.printed) if rounded else self.computed == self.printed
        return "concordant" if agree else "different"


@dataclass(frozen=True)
class BaseUse:
    """Which base the percentages of one table fit.

    Attributes
    ----------
    question : Question
    group : str
        Of whom: one of `Codebook.bases`.
    stated, total : int
        The base of the table, and the sum of its counts.
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
    """Return every printed value of a wave with its check, in the order printed, then the totals.

    Respondents' rows are no published study: answers that miss there are its oddities.
    """
    if wave.about.source == "reponses":
        return ()
    return (*_printed(wave), *_totals(wave))


def bases_used(wave: Wave) -> tuple[BaseUse, ...]:
    """Return, for each table of one answer a commune, how many of its percentages fit its base and its total."""
    printed = [check for check in _printed(wave) if check.measure == "pourcentage" and not check.stratum]
    found = []
    for question, group, total in _tables(wave):
        cells = [check for check in printed if (check.question, check.group) == (question, group)]
        if cells:
            stated = wave.size(group)
            fits = [sum(_fits(check.part, base, check.printed) for check in cells) for base in (stated, total)]
            found.append(BaseUse(question, group, stated, total, len(cells), *fits))
    return tuple(found)


def _fits(part: int, base: int, printed: float) -> bool:
    return base > 0 and printed_as(100 * part / base, printed)


def _counts_that_fit(base: int, printed: float) -> tuple[int, ...]:
    # One point around what is printed holds them all.
    near = range(max(0, floor(base * (printed - 1) / 100)), min(base, ceil(base * (printed + 1) / 100)) + 1)
    return tuple(k for k in near if _fits(k, base, printed))


def _printed(wave: Wave) -> list[Check]:
    # A table's percentages all ask for the same counts and bases.
    cells, size = cache(wave.cells), cache(wave.size)
    return [_check(wave, row, cells, size) for row in wave.published.itertuples()]


def _check(wave: Wave, row, cells_of: Callable[..., pd.Series], size: Callable[..., int]) -> Check:
    question = wave.codebook[row.question]
    group = next((base for base in question.bases if activity_of(base) == row.active), question.base)
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
            lived = wave.coverage()
            possible = () if lived.low is None else (100 * lived.low, 100 * lived.high)
            return Check(**where, answer=row.modalite, computed=None, possible=possible)
        part, base = size("communes", **strata), wave.asked(**strata)
        return Check(**where, answer="", computed=100 * part / base if base else None, part=part, base=base)
    cells = cells_of(question.id, row.active, **strata)
    part, base, total = int(cells[row.modalite]), size(group, **strata), int(cells.sum())
    others = {name: size(name) for name in wave.codebook.bases} | {"total": total}
    return Check(
        **where,
        answer=row.modalite,
        computed=100 * part / base if base else None,
        part=part,
        base=base,
        total=total,
        counts_that_fit=_counts_that_fit(base, row.valeur),
        bases_that_fit=tuple(name for name, size in others.items() if size != base and _fits(part, size, row.valeur)),
    )


def _tables(wave: Wave) -> Iterator[tuple[Question, str, int]]:
    """Yield every table of one answer a person: its question, of whom, and the sum of its counts."""
    for question in wave.codebook.questions:
        if question.type not in ("likert", "choix_unique"):
            continue
        for base in question.bases:
            yield question, base, int(wave.cells(question.id, activity_of(base)).sum())


def _totals(wave: Wave) -> Iterator[Check]:
    """Hold the sum of every table against its base, save of the one that gives the bases themselves."""
    for question, group, total in _tables(wave):
        if question.id != SPLIT and not wave.withheld(question.id, group):
            yield Check(question, "", group, "", "total", wave.size(group), total, total=total)
