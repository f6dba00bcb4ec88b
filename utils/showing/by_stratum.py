"""Answers by province or by size as tables, with a mark in place of what is not published."""

__all__ = ["beside", "breakdown", "options_by_size", "strata"]

import pandas as pd

from utils.french import capitalise, typeset
from utils.showing.origins import Origin, of_design
from utils.showing.tables import INTERVAL, SIDES, Table, count_of, interval, share, shares_of, statistic
from utils.survey.parts import Part
from utils.survey.results import ASKED, HIDDEN, ChoiceResult, LikertResult
from utils.survey.sizes import OptionsByStratum
from utils.survey.strata import Breakdown, Strata
from utils.telling.figures import number, sentence


def strata(results: Strata, caption: str, told: str, other: str) -> Table:
    """Return a split by province or by size: both counts, the share, and how sure it is or how far from the others.

    A share that is estimated has its interval, which speaks of the communes asked; one that is
    known, as that of participation, has the residual of the test, which does not. Never both.

    Parameters
    ----------
    told, other : str
        Headers of the two sides of the split.
    """
    known, total = results.base == ASKED, (HIDDEN,) * 4
    if not results.withheld:
        total = _split_cells(results.whole_part)
    residuals = results.test.residuals.iloc[:, 0] if known else None
    rows = []
    for s, label in results.labels.items():
        split = results.counts.loc[s]
        if s in results.hidden:
            cells = (HIDDEN, HIDDEN, HIDDEN if results.withheld else number(split.sum()), HIDDEN, HIDDEN)
        else:
            cells = (
                *_split_cells(results.part(s)),
                statistic(residuals[s], 1) if known else interval(results.interval(s)),
            )
        rows.append((capitalise(typeset(label)), *cells))
    around = HIDDEN if results.withheld else "–" if known else interval(results.overall_interval)
    rows.append(("Ensemble", *total, around))
    first = capitalise(results.division.singulier) if results.by == "province" else "Taille"
    header = (first, told, other, "Total", "Part", "Résidu ajusté" if known else INTERVAL)
    method = "effectifs, parts, et résidus ajustés du khi-deux" if known else shares_of(results.design)
    files = (*dict.fromkeys((Origin.ANSWERS, Origin.FRAME if known else Origin.STRATA, *of_design(results.design))),)
    return Table(caption, header, tuple(rows), source=results.source, files=files, method=method)


def _split_cells(part: Part) -> tuple[str, ...]:
    return (number(part.count), number(part.n - part.count), number(part.n), share(part.share))


def breakdown(found: Breakdown) -> Table:
    """Return a question by province or by size: share and count of every answer, or `HIDDEN`."""
    whole = found.whole
    names = SIDES if isinstance(whole, LikertResult) else whole.question.options
    header = [capitalise(typeset(label)) for label in found.labels.values()]
    if not found.withheld:
        header = [
            title if pd.isna(n) else typeset(f"{title} (n = {number(n)})")
            for title, n in zip(header, found.n, strict=True)
        ]
    rows = [
        (
            beside(whole, answer) if answer in found.no_opinion.index else capitalise(typeset(names[answer])),
            *(_told(found.part(answer, stratum)) for stratum in found.labels),
        )
        for answer in (*found.counts.index, *found.no_opinion.index)
    ]
    who = f"{whole.noun.plural} selon {found.kind}"
    caption = typeset(f"{whole.question.libelle}, {who}")
    files = (Origin.ANSWERS, Origin.STRATA)
    return Table(
        caption,
        ("Réponse", *header),
        tuple(rows),
        source=found.source,
        files=files,
        method="effectifs sans poids et parts pondérées" if whole.weighted else "effectifs et parts",
    )


def beside(whole: LikertResult | ChoiceResult, option: str) -> str:
    """Name an answer that is no opinion in each stratum: its share is of all who answered there."""
    return typeset(f"{capitalise(whole.label(option))} (part de toutes les réponses)")


@sentence
def _told(part: Part | None) -> str:
    if part is None:
        return HIDDEN
    return f"{HIDDEN if part.n is None else share(part.share)} ({number(part.count, of='effectif')})"


def options_by_size(split: OptionsByStratum) -> Table:
    """Return share, count and interval of every option in each size of communes."""
    labels = next(iter(split.splits.values())).labels
    header = [capitalise(typeset(labels[size])) for size in split.results]
    if not split.withheld:
        header = [
            title if result.withheld else typeset(f"{title} (n = {number(result.answers.n)})")
            for title, result in zip(header, split.results.values(), strict=True)
        ]
    rows = [
        (
            capitalise(typeset(split.whole.label(option))),
            *(HIDDEN if size in strata.hidden else _cell(result, option) for size, result in split.results.items()),
        )
        for option, strata in split.splits.items()
    ]
    return Table(
        typeset(f"{split.whole.question.libelle}, selon la taille : part (effectif) [{INTERVAL.lower()}]"),
        ("Réponse", *header),
        tuple(rows),
        source=split.source,
        files=(*of_design(split.whole.design), Origin.STRATA),
        method=shares_of(split.whole.design),
    )


@sentence
def _cell(result: ChoiceResult, option: str) -> str:
    around = interval(result.interval(option))
    return f"{share(result.answers.shares[option])} ({count_of(result.part(option))}) [{around}]"
