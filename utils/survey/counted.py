"""One edition of the survey as it is counted: what results are made from, and whether they may be told."""

__all__ = ["Counted"]

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from utils.statistics.design import ANALYTIC, Design
from utils.statistics.rounding import rounded
from utils.statistics.weighed import Weighed
from utils.survey.about import Comment, Metadata
from utils.survey.codebook import ALL, SPLIT, Codebook, activity_of
from utils.survey.oddities import Oddity
from utils.survey.once import once
from utils.survey.places import at_rank, ranks_of
from utils.survey.weights import Weights


@dataclass(frozen=True, repr=False)
class Counted:
    """One edition of the survey: who was asked, who answered, how often each answer was given.

    Attributes
    ----------
    id : str
        Name of the wave's folder.
    about : Metadata
    codebook : Codebook
    counts : DataFrame
        `question, modalite, active, province, taille, effectif`, as in the data contract.
    frame : DataFrame
        `province, taille, communes`: the communes asked; where counts alone are known, and do not tell who is
        active, also `participantes`: those that took part.
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
    weights : Weights or None
        What the answers weigh, where respondents' rows carry weights of which some are heavier than others.
    numbers : DataFrame or None
        `question, active, valeur, n`: how many gave each number, where respondents' rows are known. Never published.
    orders : DataFrame or None
        `question, active, ordre, n`: how many put options in each order. As `numbers`.
    rejected : int
        Respondents' rows that were set aside as unusable, on request.
    exact : Counted or None
        The same with the counts as they are, where those of this one are rounded.
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
    weights: Weights | None = None
    numbers: pd.DataFrame | None = None
    orders: pd.DataFrame | None = None
    rejected: int = 0
    exact: "Counted | None" = None

    @property
    def true(self) -> "Counted":
        """The edition with its counts as they are: what may be told is decided on them, and who took part is known."""
        return self.exact or self

    def rounded(self) -> "Counted":
        """Return the edition with counts rounded as its `vague.yml` wants; itself where it does not."""
        if self.about.arrondi == 1:
            return self
        base, answered = self.about.arrondi, self.answered
        return replace(
            self,
            counts=self.counts.assign(effectif=rounded(self.counts["effectif"], base)),
            answered=None if answered is None else rounded(answered, base),
            numbers=None,  # what stands on answers to the unit would tell of what is rounded
            orders=None,
            exact=self,
        )

    @property
    def everywhere(self) -> bool:
        """Whether every commune of the territory was asked; not where it is unknown how many it has.

        Invented communes may be as many as it had at any time.
        """
        place, begun = self.codebook.territory, self.about.periode.debut
        numbers = [one.nombre for one in place.communes] if self.about.fictif else [place.members(begun)]
        return self.about.invites in numbers and not self.codebook.unasked

    def size(self, base: str, *, province: str = ALL, taille: str = ALL) -> int:
        """Return how many respondents or communes a base holds, in a stratum if one is named."""
        if base == "repondants":
            if province == taille == ALL:
                return self._rounded(self.about.repondants)
            rows = self.respondents.reset_index()
            for by, stratum in (("province", province), ("taille", taille)):
                rows = rows if stratum == ALL else rows[rows[by] == stratum]
            return self._rounded(int(rows["n"].sum()))
        if base == "communes":
            return self._taking_part(province, taille)
        pair = self.codebook.split(base)
        told = self._cells(pair.question, ALL, province, taille)
        return int(told.reindex(list(pair.side(base).modalites), fill_value=0).sum())

    def _taking_part(self, province: str, taille: str) -> int:
        """Return how many communes took part: where it is asked who is active, those that say it."""
        if SPLIT in self.codebook:
            return int(self.cells(SPLIT, ALL, province, taille).sum())
        if province == taille == ALL:
            return self.about.communes
        if self.answers is None:
            rows = self.frame[(self.frame["province"] == province) & (self.frame["taille"] == taille)]
            return int(rows["participantes"].sum())
        there = self.communes[self.communes["ins"].isin(self.answers["ins"])]
        for by, stratum in (("province", province), ("taille", taille)):
            there = there if stratum == ALL else there[there[by] == stratum]
        return len(there)

    def by_size(self, question: str) -> bool:
        """Whether a question is counted in communes of each size."""
        rows = self.counts[(self.counts["question"] == question) & (self.counts["province"] == ALL)]
        sizes = self.codebook.strata("taille")
        return bool(sizes) and set(sizes) <= set(rows["taille"])

    def tells_by_size(self, question: str) -> bool:
        """Whether the options of a question are told by size: as a study prints them, or supposes that sizes differ.

        Those, and no others, are among the claims that a book corrects for.
        """
        told = self.codebook[question]
        if told.type in ("likert", "texte") or question == SPLIT or not self.by_size(question):
            return False
        return self.about.source != "reponses" or told.selon_taille is not None

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
        if base != "communes":
            return ANALYTIC
        # Each of two sides rounded up, more can seem to have answered than were asked.
        spare = self.about.arrondi if self.exact else 0
        return Design(self.asked(province=province, taille=taille) + spare)

    def weighed(self, question: str, base: str, *, province: str = ALL, taille: str = ALL) -> Weighed | None:
        """Return the counts of one table with what the answers weigh; None where none weighs more than another."""
        return self._weighed(self.cells, question, activity_of(base), province, taille)

    def weighed_apart(self, question: str, base: str, *, province: str = ALL, taille: str = ALL) -> Weighed | None:
        """Return the answers of one table that are no opinion with what they weigh; None as in `weighed`."""
        return self._weighed(self.no_opinion, question, activity_of(base), province, taille)

    def _weighed(self, counted: Callable[..., pd.Series], *table: str) -> Weighed | None:
        if self.weights is None:
            return None
        cells, rows = counted(*table), self._tables[table]
        sums = self.weights.cells.iloc[rows].set_index(self.counts["modalite"].iloc[rows]).loc[cells.index]
        return Weighed(cells, sums["sums"], sums["squares"])

    def weighed_by(self, question: str, base: str, by: str) -> Weighed | None:
        """Return what the answers of each stratum weigh, strata by answers; None as in `weighed`."""
        if self.weights is None:
            return None
        return Weighed.beside({s: self.weighed(question, base, **{by: s}) for s in self.codebook.strata(by)})

    def weighed_base(self, question: str, base: str, *, province: str = ALL, taille: str = ALL) -> Weighed | None:
        """Return what those weigh whose answers to a question of several options make shares; None as in `weighed`.

        In one cell.
        """
        if self.weights is None or self.answered is None or self.codebook[question].type != "choix_multiple":
            return None
        table = (question, activity_of(base), province, taille)
        sums, apart = (
            self.weights.answered.loc[table],
            self.weighed_apart(question, base, province=province, taille=taille),
        )
        every = (self.answered[table], sums["sums"], sums["squares"])
        return Weighed(*(pd.Series([max(0, of - part)]) for of, part in zip(every, apart.total, strict=True)))

    @once
    def answering(self, question: str, base: str, *, province: str = ALL, taille: str = ALL) -> int:
        """Return how many of a base answered a question: of several options, all where nothing tells who chose none.

        Those whose answer is no opinion count; see `with_opinion`.
        """
        activity = activity_of(base)
        if self.codebook[question].type != "choix_multiple":
            return sum(int(part(question, activity, province, taille).sum()) for part in (self.cells, self.no_opinion))
        if self.answered is None:
            return self.size(base, province=province, taille=taille)
        tables = [(question, side, province, taille) for side in self._tables_of(question, activity)]
        return int(sum(self.answered[table] for table in tables))

    @once
    def with_opinion(self, question: str, base: str, *, province: str = ALL, taille: str = ALL) -> int:
        """Return how many of a base answered a question otherwise than by no opinion: what shares are of."""
        true, where = self.true, {"province": province, "taille": taille}
        apart = true.no_opinion(question, activity_of(base), **where)
        return self._rounded(true.answering(question, base, **where) - int(apart.sum()))

    def withheld(self, question: str = SPLIT, base: str | None = None, *, taille: str = ALL) -> bool:
        """Tell whether so few answered that nothing of their answers may be told.

        Where it is not told which of two kinds a commune is, neither is how many of each there are.
        """
        base = base or self.codebook[question].bases[0]
        pair = self.codebook.split(base)
        if pair and taille == ALL and self.withheld(pair.question):
            return True
        bases = self.codebook[question].bases
        if base not in bases and base == "communes":  # the whole beside one side would tell the other
            return any(self.withheld(question, side, taille=taille) for side in bases)
        told = (of(question, base, taille=taille) for of in (self.true.answering, self.true.with_opinion))
        return any(0 < n < self.about.threshold for n in told)

    def _rounded(self, n: int) -> int:
        return rounded(n, self.about.arrondi) if self.exact else n

    def split(self, by: str) -> pd.DataFrame:
        """Return active (`oui`) and non-active (`non`) communes by province or by size: strata by activity."""
        strata = self.codebook.strata(by)
        return pd.DataFrame({s: self.cells(SPLIT, ALL, **{by: s}) for s in strata}, index=["oui", "non"], dtype=int).T

    def present(self, by: str) -> pd.Series:
        """Return how many communes took part, by province or by size."""
        return pd.Series({s: self.size("communes", **{by: s}) for s in self.codebook.strata(by)})

    def _designs(self, by: str, base: str = "communes") -> dict[str, Design]:
        return {stratum: self.design(base, **{by: stratum}) for stratum in self.codebook.strata(by)}

    def _asked(self, by: str) -> pd.Series:
        return pd.Series({s: self.asked(**{by: s}) for s in self.codebook.strata(by)}, dtype=int)

    def _present(self, by: str) -> pd.DataFrame:
        present = self.true.present(by)
        return pd.DataFrame({"participante": present, "non_participante": self._asked(by) - present})

    @cached_property
    def _tables(self) -> dict[tuple[str, ...], np.ndarray]:
        """Rows of `counts` by table that the wave holds."""
        return self.counts.groupby(["question", "active", "province", "taille"], sort=False).indices

    @once
    def cells(self, question: str, active: str, province: str = ALL, taille: str = ALL) -> pd.Series:
        """Return the counts of one table as they stand, in the questionnaire's order; KeyError if there is none.

        Answers that are no opinion are no part of it: see `no_opinion`.
        """
        cells, apart = self._cells(question, active, province, taille), self.codebook[question].no_opinion
        if self.codebook[question].type == "classement":  # a single choice: of what comes first
            firsts = {at_rank(option, 1): option for option in self.codebook[question].options}
            return cells[[answer for answer in firsts if answer in cells.index]].rename(index=firsts)
        return cells.drop([answer for answer in apart if answer in cells.index])

    def ranks(self, question: str, active: str) -> pd.DataFrame:
        """Return the counts of a ranking: options by ranks."""
        asked, cells = self.codebook[question], self._cells(question, active, ALL, ALL)
        table = [[int(cells[at_rank(option, rank)]) for rank in ranks_of(asked)] for option in asked.options]
        return pd.DataFrame(table, index=list(asked.options), columns=list(ranks_of(asked)))

    @once
    def no_opinion(self, question: str, active: str, province: str = ALL, taille: str = ALL) -> pd.Series:
        """Return the counts of one table's answers that are no opinion; KeyError if there is no such table."""
        cells, apart = self._cells(question, active, province, taille), self.codebook[question].no_opinion
        return cells[[answer for answer in apart if answer in cells.index]]

    @once
    def _cells(self, question: str, active: str, province: str, taille: str) -> pd.Series:
        cells = sum(self._table(question, side, province, taille) for side in self._tables_of(question, active))
        return cells.reindex([answer for answer in self.codebook.answers(question) if answer in cells.index])

    def _table(self, *table: str) -> pd.Series:
        rows = self._tables[table]
        counts, answers = self.counts["effectif"].to_numpy()[rows], self.counts["modalite"].iloc[rows]
        return pd.Series(counts, index=answers, name="effectif")

    def _tables_of(self, question: str, active: str) -> tuple[str, ...]:
        """Return the tables that together hold what is asked for: every commune is active or not, and none is both."""
        bases = self.codebook[question].bases
        pair = self.codebook.split(bases[0])
        if active == ALL and len(bases) > 1 and pair.question == SPLIT:
            return tuple(map(activity_of, bases))
        return (active,)
