"""Results as tables: the figures behind a chart, readable by a screen reader and by a spreadsheet."""

__all__ = [
    "INTERVAL",
    "LEGEND",
    "SUMMARIES",
    "SUMMARY",
    "Table",
    "as_csv",
    "as_html",
    "breakdown",
    "interval",
    "item_names",
    "options",
    "options_by_size",
    "scores",
    "share",
    "shares_of",
    "sides",
    "statistic",
    "strata",
    "summary",
]

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from utils.french import MISSING, capitalise, typeset
from utils.showing.spreadsheet import csv_text
from utils.statistics.design import Design
from utils.statistics.intervals import LEVEL, Interval
from utils.survey.codebook import Source
from utils.survey.results import ASKED, HIDDEN, ChoiceResult, LikertResult
from utils.survey.strata import Breakdown, OptionsByStratum, Strata
from utils.telling.figures import NOTHING, number, percent, span

LEGEND = "([c] : non publié, pour ne pas dévoiler la réponse de quelques communes)"
INTERVAL = f"Intervalle à {percent(LEVEL)}"  # header of a column

_SIDES = {"desaccord": "désaccord", "neutre": "milieu", "accord": "accord"}


@dataclass(frozen=True)
class Table:
    """A table ready to print: text only, the first column naming its row.

    Attributes
    ----------
    caption : str
    header : tuple of str
    rows : tuple of tuple of str
    links : tuple of str
        One address per row for its first cell, or empty.
    numeric : bool
        Whether all columns but the first hold figures, and are set to the right.
    sortable : bool
        Whether the page lets the reader sort and search the rows.
    source : Source
        Of what its figures are.
    method : str
        Which statistics it holds, in French.
    kept : bool
        Whether the links lead to files that the browser keeps rather than shows.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...] = ()
    numeric: bool = True
    sortable: bool = False
    source: Source = NOTHING
    method: str = ""
    kept: bool = False


def as_html(table: Table, identifier: str) -> str:
    """Write a table with a caption and the scope of every header; all text is escaped."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    links = table.links or [""] * len(table.rows)
    body = []
    for row, link in zip(table.rows, links, strict=True):
        first = escape(row[0])
        if link:
            kind = "download" if table.kept else 'rel="external"'
            first = f'<a href="{escape(link)}" {kind}>{first}</a>'
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        body.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    classes = ("chiffres" if table.numeric else "textes") + (" triable" if table.sortable else "")
    return (
        f'<div class="tableau" role="region" tabindex="0" aria-labelledby="{identifier}-titre">'
        f'<table class="{classes}" id="{identifier}"><caption id="{identifier}-titre">{escape(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def as_csv(table: Table) -> str:
    """Write a table as comma-separated text, as it is printed on the page; no cell can run as a formula."""
    return csv_text(table.header, table.rows)


def share(value: float) -> str:
    """Write a share (0..1), or that it was not computed."""
    return MISSING if pd.isna(value) else percent(value)


def _of(result: ChoiceResult | LikertResult) -> str:
    return typeset(f"{result.question.libelle} ({result.noun.plural}, n = {number(result.answers.n)})")


def _blank(result: ChoiceResult | LikertResult, empty: int) -> list[tuple[str, ...]]:
    """Return the line of those who gave no answer, whose shares are `empty`: they are no part of n."""
    return [("Sans réponse", number(result.blank), *("–",) * empty)] if result.blank else []


def options(result: ChoiceResult) -> Table:
    """Return count and share of every option, ranked unless the options have an order."""
    answers = result.answers
    order = answers.shares.index if result.question.ordonnee else answers.ranked.index
    rows = [
        (
            capitalise(typeset(result.label(o))),
            number(answers.counts[o]),
            share(answers.shares[o]),
            interval(result.interval(o)),
        )
        for o in order
    ]
    rows += _blank(result, 2)
    header = ("Réponse", capitalise(result.noun.plural), "Part", INTERVAL)
    return Table(_of(result), header, tuple(rows), source=result.source, method=shares_of(result.design))


def scores(result: LikertResult) -> Table:
    """Return count, share and cumulative share of every score of the scale."""
    answers, scale = result.answers, result.scale
    ends = {scale.minimum: f" ({scale.bas})", scale.maximum: f" ({scale.haut})"}
    return Table(
        _of(result),
        ("Score", capitalise(result.noun.plural), "Part", INTERVAL, "Part cumulée"),
        (
            *(
                (
                    f"{score}{ends.get(score, '')}",
                    number(answers.counts[score]),
                    share(answers.shares[score]),
                    interval(result.interval((score,))),
                    share(answers.cumulative[score]),
                )
                for score in scale.points
            ),
            *_blank(result, 3),
        ),
        source=result.source,
        method=shares_of(result.design),
    )


def _centre(value: float) -> str:
    return MISSING if pd.isna(value) else number(value, 1)


def statistic(value: float, decimals: int) -> str:
    """Write a statistic with all its decimals, or that it was not computed."""
    return MISSING if pd.isna(value) else number(value, decimals, fixed=True)


def interval(found: Interval | None, unit: str = "%", decimals: int = 0) -> str:
    """Write an interval, or that it was not computed."""
    return MISSING if found is None else span(found.low, found.high, unit, decimals)


def shares_of(design: Design) -> str:
    """Say how the shares of a table and their intervals were made."""
    exact = "intervalles exacts dans une population finie (loi hypergéométrique)"
    return f"effectifs, parts, et {exact if design.descriptive else 'intervalles de Wilson'}"


SUMMARIES = "parts de chaque côté de l’échelle ; médiane, quartiles, moyenne et écart type, avec leurs intervalles"
SUMMARY = (
    *("n", "Désaccord", "Milieu", "Accord", f"Accord, {INTERVAL.lower()}", "Solde (points)"),
    *("Médiane", f"Médiane, {INTERVAL.lower()}", "Q1", "Q3", "Moyenne", f"Moyenne, {INTERVAL.lower()}", "Écart type"),
)


def summary(result: LikertResult) -> tuple[str, ...]:
    """Return the cells that sum up a rated item, under `SUMMARY`."""
    answers = result.answers
    return (
        number(answers.n),
        *(share(part) for part in (result.disagree, result.neutral, result.agree)),
        interval(result.agree_interval),
        number(result.net * 100) if answers.n else MISSING,
        _centre(answers.median),
        interval(result.median_interval, "", 1),
        _centre(answers.q1),
        _centre(answers.q3),
        statistic(answers.mean, 1),
        interval(result.mean_interval, "", 1),
        statistic(answers.sd, 1),
    )


def item_names(results: Sequence[LikertResult]) -> dict[str, str]:
    """Return what rated items are called side by side, by question id.

    Medians and means are read on the scale: it is told where items have several, or where low scores agree.
    """
    scales = {result.scale for result in results}
    plain = len(scales) == 1 and not next(iter(scales)).descending
    names = {}
    for result in results:
        question, scale = result.question, result.scale
        told = f" ({scale.minimum} : {scale.bas}, {scale.maximum} : {scale.haut})"
        names[question.id] = question.libelle if plain else typeset(question.libelle + told)
    return names


def sides(results: Sequence[LikertResult]) -> Table:
    """Return the summary of several rated items, one a row."""
    names = item_names(results)
    return Table(
        typeset(f"Accord, désaccord et centre des réponses ({results[0].noun.plural})"),
        ("Affirmation", *SUMMARY),
        tuple((names[r.question.id], *summary(r)) for r in results),
        source=Source(base=results[0].base),
        method=SUMMARIES,
    )


def strata(results: Strata, caption: str, told: str, other: str) -> Table:
    """Return a split by province or by size: both counts, the share, and how sure it is or how far from the others.

    A share that is estimated has its interval, which speaks of the communes asked; one that is
    known, as that of participation, has the residual of the test, which does not. Never both.

    Parameters
    ----------
    told, other : str
        Headers of the two sides of the split.
    """
    known = results.base == ASKED
    residuals = results.test.residuals.iloc[:, 0] if known else None
    rows = []
    for s, label in results.labels.items():
        split = results.counts.loc[s]
        if s in results.hidden:
            cells = (HIDDEN, HIDDEN, number(split.sum()), HIDDEN, HIDDEN)
        else:
            cells = (*_split_cells(split), statistic(residuals[s], 1) if known else interval(results.interval(s)))
        rows.append((capitalise(typeset(label)), *cells))
    rows.append(("Ensemble", *_split_cells(results.counts.sum()), "–" if known else interval(results.overall_interval)))
    first = "Province" if results.by == "province" else "Taille"
    caption += f" {LEGEND}" if results.hidden else ""
    header = (first, told, other, "Total", "Part", "Résidu ajusté" if known else INTERVAL)
    method = "effectifs, parts, et résidus ajustés du khi-deux" if known else shares_of(results.design)
    return Table(caption, header, tuple(rows), source=results.source, method=method)


def _split_cells(split: pd.Series) -> tuple[str, ...]:
    total = split.sum()
    part = split.iloc[0] / total if total else float("nan")
    return (number(split.iloc[0]), number(split.iloc[1]), number(total), share(part))


def breakdown(found: Breakdown) -> Table:
    """Return a question by province or by size: share and count of every answer, or `HIDDEN`."""
    whole, by = found.whole, {"province": "la province", "taille": "la taille"}[found.by]
    names = _SIDES if isinstance(whole, LikertResult) else whole.question.options
    header = [capitalise(typeset(label)) for label in found.labels.values()]
    if not found.withheld:
        header = [typeset(f"{title} (n = {number(n)})") for title, n in zip(header, found.n, strict=True)]
    rows = [
        (
            capitalise(typeset(names[answer])),
            *(
                HIDDEN if pd.isna(k) else f"{share(k / n if n else float('nan'))} ({number(k)})"
                for k, n in zip(row, found.n, strict=True)
            ),
        )
        for answer, row in zip(found.counts.index, found.counts.itertuples(index=False), strict=True)
    ]
    legend = f" {LEGEND}" if found.counts.isna().to_numpy().any() else ""
    who = f"{whole.noun.plural} selon {by}"
    caption = typeset(f"{whole.question.libelle}, {who}{legend}")
    return Table(caption, ("Réponse", *header), tuple(rows), source=found.source, method="effectifs et parts")


def options_by_size(split: OptionsByStratum) -> Table:
    """Return share, count and interval of every option in each size of communes."""
    labels = next(iter(split.splits.values())).labels
    header = [capitalise(typeset(labels[size])) for size in split.results]
    if not split.withheld:
        asked = [result.answers.n for result in split.results.values()]
        header = [typeset(f"{title} (n = {number(n)})") for title, n in zip(header, asked, strict=True)]
    rows = [
        (
            capitalise(typeset(split.whole.label(option))),
            *(HIDDEN if size in strata.hidden else _cell(result, option) for size, result in split.results.items()),
        )
        for option, strata in split.splits.items()
    ]
    legend = f" {LEGEND}" if any(strata.hidden for strata in split.splits.values()) else ""
    return Table(
        typeset(f"{split.whole.question.libelle}, selon la taille : part (effectif) [{INTERVAL.lower()}]{legend}"),
        ("Réponse", *header),
        tuple(rows),
        source=split.source,
        method=shares_of(split.whole.design),
    )


def _cell(result: ChoiceResult, option: str) -> str:
    around = interval(result.interval(option))
    return f"{share(result.answers.shares[option])} ({number(result.answers.counts[option])}) [{around}]"
