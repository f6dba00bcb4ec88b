"""Questions with several options as communes of each size answer them, and what the study supposes of sizes."""

__all__ = ["OptionsByStratum", "opposed", "untold"]

from dataclasses import dataclass, replace

import pandas as pd

from utils.statistics.choices import choices
from utils.statistics.design import ANALYTIC
from utils.statistics.families import Claims
from utils.survey.codebook import Source
from utils.survey.entries import Opposed
from utils.survey.results import ChoiceResult
from utils.survey.strata import Strata
from utils.survey.territory import PROVINCE, Division


@dataclass(frozen=True)
class OptionsByStratum:
    """A question with several options, split by province or by size: one yes/no split per option.

    Attributes
    ----------
    whole : ChoiceResult
        All strata together.
    results : dict
        Result by stratum id.
    splits : dict of Strata
        By option id, those that every stratum counts; what is not published is hidden in them.
    withheld : bool
        Whether nothing of it is published, not even how many answered in each stratum.
    hypothesis : Strata or None
        The split that the study supposes, of small and large communes; None where it supposes
        none, or the wave does not count that option.
    """

    whole: ChoiceResult
    results: dict[str, ChoiceResult]
    splits: dict[str, Strata]
    withheld: bool = False
    hypothesis: Strata | None = None

    @property
    def source(self) -> Source:
        """What the numbers of all strata together are of."""
        return self.whole.source

    @property
    def division(self) -> Division:
        """What a stratum by province is called, beside which these are compared."""
        return next((split.division for split in self.splits.values()), PROVINCE)

    @property
    def family(self) -> Claims:
        """Every claim that is corrected together with these; none where there is no option."""
        return next((split.family for split in self.splits.values()), Claims(dict))

    @property
    def tests(self) -> pd.DataFrame:
        """The p-values of the options, and `corrected` for the book; by option id, NaN where counts are hidden."""
        told = {option: {"p": split.claim.p, "corrected": split.corrected} for option, split in self.splits.items()}
        return pd.DataFrame.from_dict(told, orient="index", columns=["p", "corrected"])


def opposed(split: Strata, cut: Opposed) -> Strata:
    """Return a split by size as the study supposes it: its small communes beside its large ones."""
    sizes = list(split.counts.index)
    large = sizes.index(cut.des)
    sides = {"petites": slice(0, large), "grandes": slice(large, None)}

    def together(layer: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame({side: layer.iloc[run].sum() for side, run in sides.items()}).T

    return replace(
        split,
        by="seuil",
        labels=dict(zip(sides, cut.libelles, strict=True)),
        counts=together(split.counts),
        weighed=split.weighed and split.weighed.each(together),
        designs=dict.fromkeys(sides, ANALYTIC),
        hidden=tuple(sides) if split.hidden else (),
    )


def untold(result: ChoiceResult) -> ChoiceResult:
    """Return a result of which nothing is told."""
    nothing = choices(0 * result.answers.counts, n=0)
    return replace(result, expected=0, withheld=True, answers=nothing, no_opinion=0 * result.no_opinion)
