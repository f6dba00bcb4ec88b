"""Sentences about a question by province and by size, all its answers together."""

__all__ = ["headline", "tested"]

from collections.abc import Sequence

import pandas as pd

from utils.french import capitalise, listing, typeset
from utils.statistics.compare import Association
from utils.statistics.ranks import Trend
from utils.survey.strata import Breakdown
from utils.telling.figures import number, sentence
from utils.telling.verdicts import HOW, NOTHING, SPARSE, UNTESTED, WITHHELD, apart, association, both, verdict


@sentence
def headline(found: Sequence[Breakdown]) -> str:
    """Return the title of a question's breakdowns: where its answers differ, and only if tests say so.

    Parameters
    ----------
    found : sequence of Breakdown
        Of one question, for each group that was asked.
    """
    groups = {one.whole.base: one.whole.noun.plural for one in found}
    differ = {base: [one.kind for one in found if one.whole.base == base and _differs(one)] for base in groups}
    said = [
        f"les réponses{f' des {groups[base]}' if len(groups) > 1 else ''} diffèrent selon {listing(kinds)}"
        for base, kinds in differ.items()
        if kinds
    ]
    if said:
        return typeset(capitalise(" ; ".join(said)))
    kinds = list(dict.fromkeys(one.kind for one in found))
    if all(one.test is not None and one.test.method not in ("none", "sparse") for one in found):
        return typeset(f"Aucun écart établi selon {' ni selon '.join(kinds)}")
    whom, topic = listing(f"les {noun}" for noun in groups.values()), found[0].whole.topic
    return typeset(f"Ce que disent {whom} selon {listing(kinds)} : {topic}")


def _differs(found: Breakdown) -> bool:
    return found.test is not None and apart(found.corrected)


@sentence
def tested(found: Breakdown) -> str:
    """Tell what the test of a question by province or by size allows to say; empty text where there is none.

    Before it, of which groups nothing is published.
    """
    if found.withheld:
        return WITHHELD
    if found.test is None:
        # Several choices are tested one by one, if at all.
        several = found.whole.question.type == "choix_multiple"
        untested = UNTESTED if found.hides and not several else ""
        return f"{_closed(found)} {untested}".strip()
    test, what = found.test, f"l’écart selon {found.kind}"
    if isinstance(test, Association):
        return association(test, found.corrected, what)
    if test.method in ("none", "sparse"):
        return typeset(NOTHING if test.method == "none" else SPARSE)
    name = "Spearman" if isinstance(test, Trend) else "Kruskal-Wallis"
    simulated = HOW.get(test.method, "")
    size = (
        f"ρ = {number(test.rho, 2, fixed=True, of='ρ')}"
        if isinstance(test, Trend)
        else f"H = {number(test.statistic, 1, fixed=True, of='H')}, ε² = {number(test.effect, 2, fixed=True, of='ε²')}"
    )
    return typeset(
        f"{verdict(test.p, found.corrected, what)} (test de {name}{simulated} : {size} ; "
        f"{both(test.p, found.corrected, f'valeur p de {name}')})."
    )


def _closed(found: Breakdown) -> str:
    untold = [stratum for stratum in found.labels if pd.isna(found.n[stratum])]
    shut = [found.labels[stratum] for stratum in untold if found.counts[stratum].isna().all()]
    said, pair = "", found.whole.question.pair(found.whole.base)
    if shut:
        whole = f", ni combien de communes y sont {pair.first.pluriel}" if pair else ""
        said = f"Rien n’est publié de ces groupes{whole} : {listing(shut)}."
    if len(shut) < len(untold):
        part = listing(found.labels[stratum] for stratum in untold if found.labels[stratum] not in shut)
        said += f" Sans part, car combien sont sans avis n’est pas publié : {part}."
    return typeset(said.strip())
