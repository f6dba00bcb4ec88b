"""One edition of the survey: its counts, asked for results.

Whatever a wave's files look like, everything above sees only this.
"""

__all__ = ["Wave"]

from dataclasses import replace
from functools import cached_property, partial
from typing import Literal

import pandas as pd

from utils.statistics.choices import choices
from utils.statistics.design import WEIGHTED
from utils.statistics.disclosure import Protected
from utils.statistics.families import Claims
from utils.statistics.likert import distribution
from utils.statistics.rounding import rounded
from utils.statistics.weighed import Weighed
from utils.statistics.weighting import Estimate
from utils.survey.brought import active_everywhere
from utils.survey.codebook import ALL, SPLIT, activity_of
from utils.survey.contrasts import ChoiceContrast, Contrast
from utils.survey.counted import Counted
from utils.survey.family import MADE
from utils.survey.inhabitants import Coverage, covered
from utils.survey.items import Family, family
from utils.survey.levels import claims
from utils.survey.numbers import NumberContrast, NumberResult
from utils.survey.once import once
from utils.survey.proof import NOTHING, Proof
from utils.survey.protected import protected, sides_of
from utils.survey.rankings import RankContrast, RankResult
from utils.survey.results import ASKED, ChoiceResult, LikertResult
from utils.survey.sizes import OptionsByStratum, opposed, untold
from utils.survey.strata import Breakdown, Strata, between


class Wave(Counted):
    """One edition of the survey, ready to be asked for results."""

    def __repr__(self) -> str:
        asked = f"{self.about.communes} of {self.about.invites} communes, {self.about.repondants} respondents"
        return f"Wave({self.id!r}: {asked})"

    @cached_property
    def proof(self) -> Proof:
        """What it takes to make a claim on levels, as the book could make many."""
        # Rows to the unit would tell of what is rounded.
        rows = None if self.exact else self.answers
        return Proof(self.levels, rows, self.about.threshold, self.codebook.split)

    @once
    def levels(self) -> pd.DataFrame:
        """Return every claim on levels and leads that the book could make, and which it makes; see `levels.claims`."""
        told = [question for question in self.codebook.questions if question.type != "texte"]
        results = [self.result(question.id, base) for question in told for base in question.bases]
        return claims(results, self.activity("province") if SPLIT in self.codebook else None, self.codebook.shown)

    @once
    def likert(self, question: str, base: str | None = None) -> LikertResult:
        """Return the answers to a rated item, among `base` (by default, the first of its bases)."""
        asked, scale = self.codebook[question], self.codebook.scale(question)
        base = base or asked.bases[0]
        withheld = self.withheld(question, base)
        cells = self.cells(question, activity_of(base)) * (not withheld)
        weighed = None if withheld else self.weighed(question, base)
        weighed = weighed and weighed.each(lambda layer: layer.rename(int))
        answers = distribution(cells.rename(int), scale.points, weighed)
        return LikertResult(
            question=asked,
            base=base,
            expected=self._expected(question, base, answers.n, withheld),
            design=WEIGHTED if answers.weighted else self.design(base),
            from_rows=self.answers is not None,
            withheld=withheld,
            uncounted=answers.weighted and self._hides_by_weights(question, base),
            no_opinion=self.no_opinion(question, activity_of(base)) * (not withheld),
            weighed_apart=self.weighed_apart(question, base),
            proof=self.proof,
            scale=scale,
            answers=answers,
        )

    @once
    def choice(self, question: str, base: str | None = None, *, taille: str = ALL) -> ChoiceResult:
        """Return the answers to a question with options, among `base`, in one size of communes if it is named.

        An option that the wave does not count there is left out.
        """
        asked = self.codebook[question]
        base = base or asked.bases[0]
        withheld = self.withheld(question, base, taille=taille)
        cells = self.cells(question, activity_of(base), taille=taille) * (not withheld)
        several = asked.type == "choix_multiple"
        n = self.with_opinion(question, base, taille=taille) * (not withheld) if several else None
        known = (weigh(question, base, taille=taille) for weigh in (self.weighed, self.weighed_base))
        answers = choices(cells, n, *known)
        return ChoiceResult(
            question=asked,
            base=base,
            expected=self._expected(question, base, answers.n, withheld, taille),
            design=WEIGHTED if answers.weighted else self.design(base, taille=taille),
            from_rows=self.answers is not None,
            withheld=withheld,
            uncounted=answers.weighted and self._hides_by_weights(question, base),
            no_opinion=self.no_opinion(question, activity_of(base), taille=taille) * (not withheld),
            weighed_apart=self.weighed_apart(question, base, taille=taille),
            proof=self.proof if taille == ALL else NOTHING,
            answers=answers,
        )

    def _expected(self, question: str, base: str, n: int, withheld: bool, taille: str = ALL) -> int:
        """Return the size of a base; how many answered, where it is withheld or rounded."""
        if withheld or not self.exact:
            return n if withheld else self.size(base, taille=taille)
        return n + int(self.no_opinion(question, activity_of(base), taille=taille).sum())

    @once
    def result(self, question: str, base: str | None = None) -> LikertResult | ChoiceResult:
        """Return the answers to a question of any type, among `base`; of the first of two kinds that answer apart."""
        kind = self.codebook[question].type
        if kind == "likert":
            return self.likert(question, base)
        more = {"nombre": NumberResult, "classement": RankResult}.get(kind)
        return more.of(self.choice(question, base), self) if more else self.choice(question, base)

    def results(self, chapter: str) -> list[LikertResult | ChoiceResult]:
        """Return every result of a chapter that has counts, in the order of the questionnaire."""
        told = [self.codebook[name] for name in self.codebook.chapter(chapter)]
        told = [question for question in told if question.type != "texte"]
        first = [self.result(question.id) for question in told]
        return first + [self.result(question.id, base) for question in told for base in question.bases[1:]]

    def ratings(self, chapter: str) -> list[LikertResult]:
        """Return the rated items of a chapter, the most shared first; of the first of two kinds that answer apart."""
        told = [result for result in self.results(chapter) if isinstance(result, LikertResult)]
        told = [result for result in told if result.place != 1]
        return sorted(told, key=lambda result: -result.agree if result.answers.n else 0)

    @once
    def contrast(self, question: str) -> Contrast | ChoiceContrast:
        """Return a question put to all communes as the two kinds that are compared answer it."""
        kinds = {"likert": Contrast, "nombre": NumberContrast, "classement": RankContrast}
        kind = kinds.get(self.codebook[question].type, ChoiceContrast)
        sides = (self.result(question, base) for base in self.codebook[question].bases)
        return kind(*sides, book=self.claims("contrasts"))

    @once
    def claims(self, kind: Literal["contrasts", "strata"]) -> Claims:
        """Return every claim of one kind that the wave's book could make, computed when one of them is looked up."""
        return Claims(partial(MADE[kind], self))

    @once
    def contrasts(self, chapter: str) -> Family:
        """Return the rated items of a chapter as one family of comparisons; see `items.family`."""
        asked = [self.codebook[name] for name in self.codebook.chapter(chapter)]
        pairs = [self.contrast(q.id) for q in asked if q.type == "likert" and len(q.bases) > 1]
        return family(pairs, self.ratings(chapter))

    @once
    def activity(self, by: Literal["province", "taille"]) -> Strata:
        """Return active against non-active communes, by province or by size."""
        split, hidden = self.split(by), self._secret(SPLIT)[by]
        if self.withheld():
            return replace(self._strata(by, 0 * split, "communes", hidden), question=SPLIT, withheld=True)
        whole = tuple(map(int, self.cells(SPLIT, ALL)[["oui", "non"]])) if self.exact else None
        weighed = self.weighed_by(SPLIT, "communes", by)
        weighed = weighed and weighed.each(lambda layer: layer[["oui", "non"]])
        return replace(self._strata(by, split, "communes", hidden), question=SPLIT, whole=whole, weighed=weighed)

    @once
    def participation(self, by: Literal["province", "taille"]) -> Strata:
        """Return communes that took part against those that did not, by province or by size."""
        return self._strata(by, self._present(by), ASKED)

    def participants(self) -> frozenset[str]:
        """Return the INS codes of the communes that took part; empty where they are not known by name."""
        if self.answers is None:
            return frozenset()
        took = self.answers[SPLIT].isin(["oui", "non"]) if SPLIT in self.codebook else slice(None)
        return frozenset(self.answers.loc[took, "ins"])

    @once
    def options_by_size(self, question: str) -> OptionsByStratum:
        """Return a question with several options as communes of each size answer it."""
        labels, whole = self.codebook.strata("taille"), self.choice(question)
        found, splits = self.breakdown(question, "taille"), {}
        closed = pd.Series(False, labels) if found is None else found.n.isna()
        results = {s: self.choice(question, taille=s) for s in labels}
        results = {s: untold(result) if closed[s] else result for s, result in results.items()}
        asked = pd.Series({taille: self.with_opinion(question, whole.base, taille=taille) for taille in labels})
        cells = {taille: self.cells(question, activity_of(whole.base), taille=taille) for taille in labels}
        for option in cells[next(iter(labels))].index:
            chose = pd.Series({taille: counts[option] for taille, counts in cells.items()})
            hidden = () if found is None else tuple(closed.index[closed | found.counts.loc[option].isna()])
            split = self._strata("taille", pd.DataFrame({"oui": chose, "non": asked - chose}), whole.base, hidden)
            weighed = None
            if self.weights is not None:
                apart = {size: self.choice(question, taille=size).answers.apart(option) for size in labels}
                weighed = Weighed.beside(apart).each(lambda layer: layer.set_axis(["oui", "non"], axis=1))
            splits[option] = replace(split, question=question, option=option, weighed=weighed)
        cut = self.codebook[question].selon_taille
        hypothesis = opposed(splits[cut.modalite], cut) if cut and cut.modalite in splits else None
        withheld = found is not None and found.withheld
        return OptionsByStratum(whole, results, splits, withheld=withheld, hypothesis=hypothesis)

    @once
    def _hides_by_weights(self, question: str, base: str) -> bool:
        """Whether shares could tell of what a question hides: weighted, they are a second equation beside the counts.

        Then none of its counts by answer is published, and no stratum. How many are active is told all the same.
        """
        if self.weights is None or self.about.threshold == 1:
            return False
        kept = self._protected(question, base).values()
        return any(side.withheld or side.hidden.to_numpy().any() for side in kept)

    @once
    def breakdown(self, question: str, by: Literal["province", "taille"], base: str | None = None) -> Breakdown | None:
        """Return a question by province or by size, with the counts that may be published.

        Returns
        -------
        Breakdown or None
            None where the wave does not count the question so, or does not know the size of communes.
        """
        labels = self.codebook.strata(by)
        if self.about.source != "reponses" or question == SPLIT or not labels:
            return None
        whole = self.result(question, base)
        kept, closed = self._protected(question, whole.base)[by], self._closed(whole.base)[by]
        apart = self._hides_by_weights(question, whole.base)
        withheld = kept.withheld or whole.withheld or len(closed) == len(labels) or apart
        counts = kept.counts.mask(kept.counts.notna()) if withheld else kept.counts
        counts = counts if self.exact is None else rounded(counts, self.about.arrondi)
        hidden, apart = counts.isna().to_numpy().any(), counts.index.isin(whole.question.no_opinion)
        counts, no_opinion = counts[~apart], counts[apart]
        n = pd.Series({s: self.with_opinion(question, whole.base, **{by: s}) for s in labels}, dtype="Int64")
        # Of how many the shares are would tell how many have no opinion.
        n = n.mask(n.index.isin(closed) | withheld | no_opinion.isna().any())
        rated = isinstance(whole, LikertResult)
        test, weighed = None, None if withheld else self.weighed_by(question, whole.base, by)
        if not (self.codebook[question].type == "choix_multiple" or hidden):
            scores = pd.DataFrame({s: self.cells(question, activity_of(whole.base), **{by: s}) for s in labels})
            compared = scores.rename(index=int) if rated else counts.astype(int)
            test = between(compared, by, ordered=rated or whole.question.ordonnee, weighed=weighed)
        told = (counts, n, withheld, test, no_opinion, self.codebook.territory.strate)
        known = {"designs": self._designs(by, whole.base)}
        if weighed is not None:
            known["bases"] = {s: self.weighed_base(question, whole.base, **{by: s}) for s in labels}
            known["weighed"] = weighed.each(
                lambda layer: sides_of(self.codebook.scale(question), layer.T) if rated else layer.T
            )
            known["weighed_apart"] = {s: self.weighed_apart(question, whole.base, **{by: s}) for s in labels}
        return Breakdown(whole, by, labels, *told, **known, book=self.claims("strata"))

    def told(self, question: str, base: str, *, province: str = ALL, taille: str = ALL) -> pd.Series:
        """Return the counts of one table as they may be published, NA where not; KeyError if there is none."""
        cells = self.cells(question, activity_of(base), province, taille).astype("Int64")
        nothing = cells.mask(cells.notna())
        if self.withheld(question, base) or (question != SPLIT and self._hides_by_weights(question, base)):
            return nothing
        if self.about.threshold == 1 or province == taille == ALL:
            return cells
        if ALL not in (province, taille):
            return nothing
        by, stratum = ("province", province) if taille == ALL else ("taille", taille)
        if question == SPLIT:
            return nothing if stratum in self.activity(by).hidden else cells
        return self.breakdown(question, by, base).counts[stratum].reindex(cells.index)

    def _closed(self, base: str) -> dict[str, tuple[str, ...]]:
        """Return the strata of which it is not told how many a base holds: nor is anything that they answered."""
        pair = self.codebook.split(base)
        return self._secret(pair.question) if pair else {"province": (), "taille": ()}

    @once
    def _secret(self, question: str) -> dict[str, tuple[str, ...]]:
        """Return the strata of which some answer to a question put to all communes is not told, by what splits them."""
        if (secret := self.withheld(question)) or self.about.threshold == 1:
            return {by: tuple(self.codebook.strata(by)) * secret for by in ("province", "taille")}
        kept, apart = self._protected(question, "communes"), self._hides_by_weights(question, "communes")
        return {by: tuple(found.counts.columns[found.hidden.any() | apart]) for by, found in kept.items()}

    @once
    def _protected(self, question: str, base: str) -> dict[str, Protected]:
        """Return a question by province and by size as both may be published; a rated item by its sides."""
        return protected(self, question, base, self._closed(base))

    @once
    def active_everywhere(self) -> dict[str, Estimate | None]:
        """Estimate the share of active communes among all that were asked, by each weighting.

        Returns
        -------
        dict
            By margin used: `taille` where sizes are known, `province`, and `calage` (both) where the wave counts
            active communes by province and size together. None where a stratum of the
            communes asked has too few answers.
        """
        return active_everywhere(self)

    @once
    def coverage(self) -> Coverage:
        """Return the share of inhabitants that live in a participating commune, as far as it is known."""
        rows = self.published
        printed = rows.loc[(rows["modalite"] == "habitants") & (rows["mesure"] == "taux"), "valeur"]
        told = None if printed.empty else float(printed.iloc[0]) / 100
        present = {by: self.present(by) for by in self.codebook.kinds}
        ends = None if self.communes is None else covered(self.communes, self.participants(), present)
        return Coverage(told, *(ends or ()))

    def _strata(self, by: str, counts: pd.DataFrame, base: str, hidden: tuple[str, ...] = ()) -> Strata:
        # Who took part is known of every commune asked, and no secret.
        of = "communes" if base == ASKED else base
        return Strata(
            by=by,
            labels=self.codebook.strata(by),
            counts=counts,
            designs=self._designs(by, of),
            design=self.design(of),
            hidden=hidden,
            base=base,
            proof=self.proof,
            division=self.codebook.territory.strate,
            book=self.claims("strata"),
        )
