"""One edition of the survey: its counts, asked for results.

Whatever a wave's files look like, everything above sees only this.
"""

__all__ = ["Wave"]

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd

from utils.statistics.choices import choices
from utils.statistics.compare import association
from utils.statistics.design import ANALYTIC, Design
from utils.statistics.disclosure import Protected, protect, protect_both
from utils.statistics.likert import distribution
from utils.statistics.ranks import kruskal_wallis
from utils.statistics.weighting import Estimate, poststratified, raked
from utils.survey.about import Comment, Metadata
from utils.survey.codebook import ALL, SPLIT, Codebook, activity_of
from utils.survey.contrasts import ChoiceContrast, Contrast, Family
from utils.survey.kept import once
from utils.survey.oddities import Oddity
from utils.survey.results import ASKED, SIDES, ChoiceResult, LikertResult
from utils.survey.strata import Breakdown, OptionsByStratum, Strata


@dataclass(frozen=True, repr=False)
class Wave:
    """One edition of the survey, ready to be asked for results.

    Attributes
    ----------
    id : str
        Name of the wave's folder.
    about : Metadata
    codebook : Codebook
    counts : DataFrame
        `question, modalite, active, province, taille, effectif`, as in the data contract.
    frame : DataFrame
        `province, taille, communes`: the communes asked.
    communes : DataFrame or None
        `ins, commune, province, population, taille`: the communes asked, where they are known by name.
    published : DataFrame
        `question, modalite, active, province, taille, mesure, valeur`: what the study
        prints beside its counts. Compared with, never computed from.
    comments : dict
        Comments of this edition by chapter.
    answers : DataFrame or None
        What each commune answered, by `ins`, where respondents' rows are known. Never published.
    respondents : Series or None
        How many respondents by province and size, where their rows are known.
    oddities : tuple of Oddity
        What does not add up.
    answered : Series or None
        How many answered each question of several options, by `question, active, province, taille`;
        None where counts alone are known, which do not tell who chose nothing.
    rejected : int
        Respondents' rows that were set aside as unusable, on request.
    """

    id: str
    about: Metadata
    codebook: Codebook
    counts: pd.DataFrame
    frame: pd.DataFrame
    communes: pd.DataFrame | None
    published: pd.DataFrame
    comments: dict[str, tuple[Comment, ...]]
    answers: pd.DataFrame | None
    respondents: pd.Series | None
    oddities: tuple[Oddity, ...]
    answered: pd.Series | None = None
    rejected: int = 0

    def __repr__(self) -> str:
        asked = f"{self.about.communes} of {self.about.invites} communes, {self.about.repondants} respondents"
        return f"Wave({self.id!r}: {asked})"

    def size(self, base: str, *, province: str = ALL, taille: str = ALL) -> int:
        """Return how many respondents or communes a base holds, in a stratum if one is named."""
        if base == "repondants":
            if province == taille == ALL:
                return self.about.repondants
            rows = self.respondents.reset_index()
            for by, stratum in (("province", province), ("taille", taille)):
                rows = rows if stratum == ALL else rows[rows[by] == stratum]
            return int(rows["n"].sum())
        active = self.cells(SPLIT, ALL, province, taille)
        return int({"communes": active.sum(), "actives": active["oui"], "non_actives": active["non"]}[base])

    def answering(self, question: str, base: str, *, province: str = ALL, taille: str = ALL) -> int:
        """Return how many of a base answered a question: of several options, all where nothing tells who chose none."""
        activity = activity_of(base)
        if self.codebook[question].type != "choix_multiple":
            return int(self.cells(question, activity, province, taille).sum())
        if self.answered is None:
            return self.size(base, province=province, taille=taille)
        return int(self.answered[question, activity, province, taille])

    def asked(self, *, province: str = ALL, taille: str = ALL) -> int:
        """Return how many communes were asked, in one province or in one size if it is named."""
        if province == taille == ALL:
            return self.about.invites
        by, stratum = ("province", province) if taille == ALL else ("taille", taille)
        return int(self.frame.loc[self.frame[by] == stratum, "communes"].sum())

    def design(self, base: str = "communes", *, province: str = ALL, taille: str = ALL) -> Design:
        """Return the population that the answers of a base are of: the communes asked, or none whose size is known.

        Of active and of non-active communes there is no list, nor did they answer equally often.
        """
        return Design(self.asked(province=province, taille=taille)) if base == "communes" else ANALYTIC

    @once
    def likert(self, question: str, base: str | None = None) -> LikertResult:
        """Return the answers to a rated item, among `base` (by default, the first of its bases)."""
        asked, scale = self.codebook[question], self.codebook.scale(question)
        base = base or asked.bases[0]
        cells = self.cells(question, activity_of(base))
        return LikertResult(
            question=asked,
            base=base,
            expected=self.size(base),
            design=self.design(base),
            from_rows=self.answers is not None,
            scale=scale,
            answers=distribution(cells.rename(int), scale.points),
        )

    @once
    def choice(self, question: str, base: str | None = None, *, taille: str = ALL) -> ChoiceResult:
        """Return the answers to a question with options, among `base`, in one size of communes if it is named.

        An option that the wave does not count there is left out.
        """
        asked = self.codebook[question]
        base = base or asked.bases[0]
        n = self.answering(question, base, taille=taille) if asked.type == "choix_multiple" else None
        return ChoiceResult(
            question=asked,
            base=base,
            expected=self.size(base, taille=taille),
            design=self.design(base, taille=taille),
            from_rows=self.answers is not None,
            answers=choices(self.cells(question, activity_of(base), taille=taille), n=n),
        )

    def result(self, question: str, base: str | None = None) -> LikertResult | ChoiceResult:
        """Return the answers to a question of any type, among `base`; of active communes where others answer apart."""
        rated = self.codebook[question].type == "likert"
        return self.likert(question, base) if rated else self.choice(question, base)

    def results(self, chapter: str) -> list[LikertResult | ChoiceResult]:
        """Return every result of a chapter that has counts, in the order of the questionnaire."""
        told = [self.codebook[name] for name in self.codebook.chapter(chapter)]
        told = [question for question in told if question.type != "texte"]
        first = [self.result(question.id) for question in told]
        return first + [self.result(question.id, base) for question in told for base in question.bases[1:]]

    def ratings(self, chapter: str) -> list[LikertResult]:
        """Return the rated items of a chapter, the most shared first; of active communes where others answer apart."""
        told = [result for result in self.results(chapter) if isinstance(result, LikertResult)]
        told = [result for result in told if result.base != "non_actives"]
        return sorted(told, key=lambda result: -result.agree if result.answers.n else 0)

    @once
    def contrast(self, question: str) -> Contrast | ChoiceContrast:
        """Return a question put to all communes as active and as non-active ones answer it."""
        kind = Contrast if self.codebook[question].type == "likert" else ChoiceContrast
        return kind(*(self.result(question, base) for base in self.codebook[question].bases))

    @once
    def contrasts(self, chapter: str) -> Family:
        """Return the rated items of a chapter as one family of comparisons, the most shared among active ones first."""
        asked = [self.codebook[name] for name in self.codebook.chapter(chapter)]
        pairs = [self.contrast(q.id) for q in asked if q.type == "likert" and len(q.bases) > 1]
        return Family(tuple(sorted(pairs, key=lambda pair: -pair.active.agree if pair.active.answers.n else 0)))

    @once
    def activity(self, by: Literal["province", "taille"]) -> Strata:
        """Return active against non-active communes, by province or by size."""
        return replace(self._strata(by, self.split(by), "communes"), question=SPLIT)

    @once
    def participation(self, by: Literal["province", "taille"]) -> Strata:
        """Return communes that took part against those that did not, by province or by size."""
        return self._strata(by, self._present(by), ASKED)

    def participants(self) -> frozenset[str]:
        """Return the INS codes of the communes that took part; empty where they are not known by name."""
        if self.answers is None:
            return frozenset()
        return frozenset(self.answers.loc[self.answers[SPLIT].isin(["oui", "non"]), "ins"])

    @once
    def options_by_size(self, question: str) -> OptionsByStratum:
        """Return a question with several options as communes of each size answer it."""
        labels, whole = self.codebook.strata("taille"), self.choice(question)
        results = {taille: self.choice(question, taille=taille) for taille in labels}
        asked = pd.Series({taille: result.answers.n for taille, result in results.items()})
        found, splits = self.breakdown(question, "taille"), {}
        for option in next(iter(results.values())).answers.counts.index:
            chose = pd.Series({taille: result.answers.counts[option] for taille, result in results.items()})
            split = self._strata("taille", pd.DataFrame({"oui": chose, "non": asked - chose}), whole.base)
            hidden = () if found is None else tuple(found.counts.columns[found.counts.loc[option].isna()])
            splits[option] = replace(split, hidden=hidden, question=question)
        return OptionsByStratum(whole, results, splits, withheld=found is not None and found.withheld)

    @once
    def breakdown(self, question: str, by: Literal["province", "taille"], base: str | None = None) -> Breakdown | None:
        """Return a question by province or by size, with the counts that may be published.

        Returns
        -------
        Breakdown or None
            None where the wave does not count the question so, or the answers are already told apart by size.
        """
        asked, labels = self.codebook[question], self.codebook.strata(by)
        if self.about.source != "reponses" or question == SPLIT:
            return None
        whole = self.result(question, base)
        activity = activity_of(whole.base)
        counts = pd.DataFrame({s: self.cells(question, activity, **{by: s}) for s in labels})
        if isinstance(whole, LikertResult):
            scores = counts.rename(index=int)
            counts = pd.DataFrame({k: scores.loc[list(whole.scale.side(k))].sum() for k in SIDES.values()}).T
        several = asked.type == "choix_multiple"
        n = pd.Series({s: self.answering(question, whole.base, **{by: s}) for s in labels})
        # Who is active is not told for some strata: nor is anything of the active ones there.
        secret = whole.base in ("actives", "non_actives") and bool(self.activity(by).hidden)
        kept = self._options_kept(question, whole.base)[by] if several else protect(counts, self.about.threshold)
        withheld = kept.withheld or secret
        shown = kept.counts.mask(kept.counts.notna()) if withheld else kept.counts
        test = None
        if not (several or shown.isna().to_numpy().any()):
            test = kruskal_wallis(scores.T) if isinstance(whole, LikertResult) else association(counts.T)
        return Breakdown(whole, by, labels, shown, n, withheld, test)

    def _options_kept(self, question: str, base: str) -> dict[str, Protected]:
        """Protect a question with several options by province and by size, as both are published."""
        provinces, tailles = self.codebook.strata("province"), self.codebook.strata("taille")
        crossed = list(product(provinces, tailles))
        cells = {(p, t): self.cells(question, activity_of(base), p, t) for p, t in crossed}
        totals = pd.Series({(p, t): self.answering(question, base, province=p, taille=t) for p, t in crossed})
        kept = protect_both(pd.DataFrame(cells), self.about.threshold, totals)
        return dict(zip(("province", "taille"), kept, strict=True))

    @once
    def active_everywhere(self) -> dict[str, Estimate | None]:
        """Estimate the share of active communes among all that were asked, by each weighting.

        Returns
        -------
        dict
            By margin used: `taille`, `province`, and `calage` (both) where the wave counts
            active communes by province and size together. None where a stratum of the
            communes asked has too few answers.
        """
        estimates = {}
        for by in ("taille", "province"):
            split = self.split(by)
            # A weighted sum of counts that are not published would tell of them.
            secret = bool(self.activity(by).hidden)
            estimates[by] = None if secret else poststratified(split["oui"], split.sum(axis=1), self._designs(by))
        provinces, tailles = self.codebook.strata("province"), self.codebook.strata("taille")
        if all((SPLIT, ALL, p, t) in self._tables for p in provinces for t in tailles):
            cells = {t: pd.DataFrame({p: self.cells(SPLIT, ALL, p, t) for p in provinces}).T for t in tailles}
            part = pd.DataFrame({t: split["oui"] for t, split in cells.items()})
            n = pd.DataFrame({t: split.sum(axis=1) for t, split in cells.items()})
            margins = (self._designs("province"), self._designs("taille"))
            secret = any(self.activity(by).hidden for by in ("province", "taille"))
            estimates["calage"] = None if secret else raked(part, n, *margins)
        return estimates

    def coverage(self) -> float | None:
        """Return the share (0..1) of inhabitants that live in a participating commune, as the study prints it.

        None where it prints none; it cannot be computed from counts of communes.
        """
        rows = self.published
        printed = rows[(rows["modalite"] == "habitants") & (rows["mesure"] == "taux")]
        return None if printed.empty else float(printed["valeur"].iloc[0]) / 100

    def split(self, by: str) -> pd.DataFrame:
        """Return active (`oui`) and non-active (`non`) communes by province or by size: strata by activity."""
        strata = self.codebook.strata(by)
        return pd.DataFrame({s: self.cells(SPLIT, ALL, **{by: s})[["oui", "non"]] for s in strata}).T

    def _designs(self, by: str, base: str = "communes") -> dict[str, Design]:
        return {stratum: self.design(base, **{by: stratum}) for stratum in self.codebook.strata(by)}

    def _asked(self, by: str) -> pd.Series:
        return pd.Series({s: self.asked(**{by: s}) for s in self.codebook.strata(by)})

    def _present(self, by: str) -> pd.DataFrame:
        present = self.split(by).sum(axis=1)
        return pd.DataFrame({"participante": present, "non_participante": self._asked(by) - present})

    def _strata(self, by: str, counts: pd.DataFrame, base: str) -> Strata:
        # Who took part is known of every commune asked, and no secret.
        of = "communes" if base == ASKED else base
        return Strata(
            by=by,
            labels=self.codebook.strata(by),
            counts=counts,
            designs=self._designs(by, of),
            design=self.design(of),
            hidden=() if base == ASKED else self._hidden(counts),
            base=base,
        )

    def _hidden(self, split: pd.DataFrame) -> tuple[str, ...]:
        """Return the strata whose split must not be published; who took part is no secret."""
        kept = protect(split.T, self.about.threshold)
        return tuple(split.index[kept.hidden.any()])

    @cached_property
    def _tables(self) -> dict[tuple[str, ...], np.ndarray]:
        """Rows of `counts` by table that the wave holds."""
        return self.counts.groupby(["question", "active", "province", "taille"], sort=False).indices

    def cells(self, question: str, active: str, province: str = ALL, taille: str = ALL) -> pd.Series:
        """Return the counts of one table as they stand, in the questionnaire's order; KeyError if there is none."""
        rows = self._tables[question, active, province, taille]
        counts, answers = self.counts["effectif"].to_numpy()[rows], self.counts["modalite"].iloc[rows]
        cells = pd.Series(counts, index=answers, name="effectif")
        return cells.reindex([answer for answer in self.codebook.answers(question) if answer in cells.index])
