"""One edition of the survey: its counts, asked for results.

Whatever a wave's files look like, everything above sees only this.
"""

__all__ = ["Wave"]

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd

from utils.checks import ALL, activity_of
from utils.choices import choices
from utils.codebook import Codebook
from utils.comparisons import Contrast, Family
from utils.likert import distribution
from utils.metadata import Claim, Comment, Metadata
from utils.results import ChoiceResult, LikertResult, OptionsByStratum, Strata
from utils.weighting import Estimate, poststratified, raked


@dataclass(frozen=True)
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
    published : DataFrame
        `question, modalite, active, province, taille, mesure, valeur`: what the study
        prints beside its counts. Compared with, never computed from.
    comments : dict
        Comments of this edition by chapter.
    claims : tuple of Claim
        What the published study states in words, with the expressions that decide it.
    warnings : tuple of str
        What does not add up, in French; shown in the book.
    """

    id: str
    about: Metadata
    codebook: Codebook
    counts: pd.DataFrame
    frame: pd.DataFrame
    published: pd.DataFrame
    comments: dict[str, tuple[Comment, ...]]
    claims: tuple[Claim, ...]
    warnings: tuple[str, ...]

    def size(self, base: str, *, province: str = ALL, taille: str = ALL) -> int:
        """Return how many respondents or communes a base holds, in a stratum if one is named."""
        if base == "repondants":
            return self.about.repondants
        active = self.cells("active", ALL, province, taille)
        return int({"communes": active.sum(), "actives": active["oui"], "non_actives": active["non"]}[base])

    def asked(self, *, province: str = ALL, taille: str = ALL) -> int:
        """Return how many communes were asked, in one province or in one size if it is named."""
        if province == taille == ALL:
            return self.about.invites
        by, stratum = ("province", province) if taille == ALL else ("taille", taille)
        return int(self.frame.loc[self.frame[by] == stratum, "communes"].sum())

    def fraction(self, base: str = "communes", *, province: str = ALL, taille: str = ALL) -> float:
        """Return the share (0..1) of the communes asked that took part; 0 for a base that is not one of communes.

        Active and non-active communes are taken to be sampled as all communes are: how
        many there are of either in the whole region is not known.
        """
        asked = self.asked(province=province, taille=taille)
        if base == "repondants" or not asked:
            return 0.0
        return self.size("communes", province=province, taille=taille) / asked

    def likert(self, question: str, base: str | None = None) -> LikertResult:
        """Return the answers to a rated item, among `base` (by default, all whom it was put to)."""
        asked, scale = self.codebook[question], self.codebook.scale(question)
        base = base or asked.base
        cells = self.cells(question, activity_of(base))
        return LikertResult(
            question=asked,
            base=base,
            expected=self.size(base),
            fraction=self.fraction(base),
            scale=scale,
            answers=distribution(cells.rename(int), scale.points),
        )

    def choice(self, question: str, *, taille: str = ALL) -> ChoiceResult:
        """Return the answers to a question with options, in one size of communes if it is named.

        An option that the wave does not count there is left out.
        """
        asked = self.codebook[question]
        expected = self.size(asked.base, taille=taille)
        answers = choices(
            self.cells(question, activity_of(asked.base), taille=taille),
            n=expected if asked.type == "choix_multiple" else None,
        )
        fraction = self.fraction(asked.base, taille=taille)
        return ChoiceResult(question=asked, base=asked.base, expected=expected, fraction=fraction, answers=answers)

    def contrast(self, question: str) -> Contrast:
        """Return a rated item as active and as non-active communes answer it."""
        return Contrast(self.likert(question, "actives"), self.likert(question, "non_actives"))

    def contrasts(self, chapter: str) -> Family:
        """Return the rated items of a chapter as one family of comparisons, the most shared among active ones first."""
        pairs = [self.contrast(name) for name in self.codebook.chapter(chapter)]
        return Family(tuple(sorted(pairs, key=lambda pair: -pair.active.agree if pair.active.answers.n else 0)))

    def activity(self, by: Literal["province", "taille"]) -> Strata:
        """Return active against non-active communes, by province or by size."""
        return self._strata(by, self.split(by), {s: self.fraction(**{by: s}) for s in self.codebook.strata(by)})

    def participation(self, by: Literal["province", "taille"]) -> Strata:
        """Return communes that took part against those that did not, by province or by size."""
        return self._strata(by, self._present(by))

    def options_by_size(self, question: str) -> OptionsByStratum:
        """Return a question with several options as communes of each size answer it."""
        labels = self.codebook.strata("taille")
        results = {taille: self.choice(question, taille=taille) for taille in labels}
        fractions = {taille: result.fraction for taille, result in results.items()}
        asked = pd.Series({taille: result.answers.n for taille, result in results.items()})
        splits = {}
        for option in next(iter(results.values())).answers.counts.index:
            chose = pd.Series({taille: result.answers.counts[option] for taille, result in results.items()})
            splits[option] = self._strata("taille", pd.DataFrame({"oui": chose, "non": asked - chose}), fractions)
        return OptionsByStratum(self.choice(question), results, splits)

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
            split, asked = self.split(by), self._asked(by)
            estimates[by] = poststratified(split["oui"], split.sum(axis=1), asked)
        provinces, tailles = self.codebook.strata("province"), self.codebook.strata("taille")
        if all(("active", ALL, p, t) in self._tables for p in provinces for t in tailles):
            cells = {t: pd.DataFrame({p: self.cells("active", ALL, p, t) for p in provinces}).T for t in tailles}
            part = pd.DataFrame({t: split["oui"] for t, split in cells.items()})
            n = pd.DataFrame({t: split.sum(axis=1) for t, split in cells.items()})
            estimates["calage"] = raked(part, n, self._asked("province"), self._asked("taille"))
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
        return pd.DataFrame({s: self.cells("active", ALL, **{by: s})[["oui", "non"]] for s in strata}).T

    def _asked(self, by: str) -> pd.Series:
        return pd.Series({s: self.asked(**{by: s}) for s in self.codebook.strata(by)})

    def _present(self, by: str) -> pd.DataFrame:
        present = self.split(by).sum(axis=1)
        return pd.DataFrame({"participante": present, "non_participante": self._asked(by) - present})

    def _strata(self, by: str, counts: pd.DataFrame, fractions: Mapping[str, float] | None = None) -> Strata:
        # A rate of participation is not drawn from a finite population: it describes all of it.
        known = fractions is not None
        return Strata(
            by=by,
            labels=self.codebook.strata(by),
            counts=counts,
            fractions=pd.Series(fractions if known else dict.fromkeys(counts.index, 0.0)),
            overall_fraction=self.fraction() if known else 0.0,
        )

    @cached_property
    def _tables(self) -> dict[tuple[str, ...], pd.Series]:
        """Counts by answer, for every table that the wave holds."""
        grouped = self.counts.groupby(["question", "active", "province", "taille"], sort=False)
        return {key: rows.set_index("modalite")["effectif"] for key, rows in grouped}

    def cells(self, question: str, active: str, province: str = ALL, taille: str = ALL) -> pd.Series:
        """Return the counts of one table as they stand, in the questionnaire's order; KeyError if there is none."""
        cells = self._tables[question, active, province, taille]
        return cells.reindex([answer for answer in self.codebook.answers(question) if answer in cells.index])
