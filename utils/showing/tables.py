"""Results as tables: the figures behind a chart, readable by a screen reader and by a spreadsheet."""

__all__ = [
    "INTERVAL",
    "LEGEND",
    "SIDES",
    "SUMMARIES",
    "SUMMARY",
    "Table",
    "as_html",
    "interval",
    "item_names",
    "net_scores",
    "options",
    "scores",
    "share",
    "shares_of",
    "sides",
    "statistic",
    "summary",
]

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, replace
from html import escape

import pandas as pd

from utils.french import MISSING, capitalise, typeset
from utils.showing.origins import Origin, of_design
from utils.statistics.design import Design
from utils.statistics.intervals import LEVEL, Interval
from utils.statistics.promoters import net_interval
from utils.survey.codebook import Source
from utils.survey.parts import Part
from utils.survey.results import HIDDEN, ChoiceResult, LikertResult
from utils.telling.figures import number, percent, span
from utils.telling.no_opinion import outside
from utils.telling.promoters import signed
from utils.telling.weights import weighted

LEGEND = "([c] : non publié, pour ne pas dévoiler la réponse de quelques communes)"
INTERVAL = f"Intervalle à {percent(LEVEL)}"  # header of a column

SIDES = {"desaccord": "désaccord", "neutre": "milieu", "accord": "accord"}


@dataclass(frozen=True)
class Table:
    """A table ready to print: text only, typeset, the first column naming its row.

    Its cells know their figures, as sentences do (`Told`): files tell these, unrounded.

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
    kept : bool
        Whether the links lead to files that the browser keeps rather than shows.
    source : Source
        Of what its figures are; `NOTHING` where they are of no question in particular.
    files : tuple of Origin
        Which files its figures stand on; a page tells their paths.
    method : str
        Which statistics it holds, in French.
    mark : str
        That what it tells is invented; see `marked`.

    Raises
    ------
    ValueError
        It does not say what it stands on, or how it was made.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...] = ()
    numeric: bool = True
    sortable: bool = False
    kept: bool = False
    _: KW_ONLY
    source: Source
    files: tuple[str, ...]
    method: str
    mark: str = ""

    def __post_init__(self) -> None:
        if not (self.files and self.method):
            raise ValueError(f"a table without its files or its method: {self.caption}")
        typed = {"caption": typeset(self.caption), "header": tuple(map(typeset, self.header))}
        typed["rows"] = tuple(tuple(map(_typed, row)) for row in self.rows)
        for name, value in typed.items():
            object.__setattr__(self, name, value)

    @property
    def heading(self) -> str:
        """What stands above it: its caption, what a mark in place of a number means, that it is invented."""
        hides = any(HIDDEN in cell for row in self.rows for cell in row)
        said = f"{self.caption} {typeset(LEGEND)}" if hides else self.caption
        return f"{said}. {self.mark}" if self.mark else said

    def marked(self, mark: str) -> "Table":
        """Return the table of invented data, which says so above it and in its first header, that files keep."""
        return replace(self, mark=mark, header=(f"{self.header[0]} ({mark.lower()})", *self.header[1:]))


def _typed(cell: str) -> str:
    """Typeset a cell; one that knows its figures is so already, and keeps them."""
    typed = typeset(cell)
    return cell if typed == cell else typed


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
        told = zip(table.header[1:], row[1:], strict=True)
        cells = "".join(f"<td{_titled(table, title)}>{escape(cell)}</td>" for title, cell in told)
        body.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    classes = ("chiffres" if table.numeric else "textes") + (" triable" if table.sortable else "")
    return (
        f'<div class="tableau" role="region" tabindex="0" aria-labelledby="{identifier}-titre">'
        f'<table class="{classes}" id="{identifier}"><caption id="{identifier}-titre">{escape(table.heading)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _titled(table: Table, title: str) -> str:
    """Give a cell its column's title where a phone shows rows of text one cell under the other."""
    return "" if table.numeric else f' data-titre="{escape(title)}"'


def share(value: float) -> str:
    """Write a share (0..1), or that it was not computed."""
    return MISSING if pd.isna(value) else percent(value)


def _of(result: ChoiceResult | LikertResult) -> str:
    if result.withheld:
        return typeset(f"{result.question.libelle} ({result.noun.plural})")
    n = number(result.answers.n) + weighted(result)
    return typeset(f"{result.question.libelle} ({result.noun.plural}, n = {n})")


def options(result: ChoiceResult) -> Table:
    """Return count and share of every option, ranked unless the options have an order, then who gave no answer."""
    answers = result.answers
    rows = [
        (
            capitalise(typeset(result.label(o))),
            *_told(result, count_of(result.part(o)), share(answers.shares[o]), interval(result.interval(o))),
        )
        for o in result.order
    ]
    rows += [row[:4] for row in _outside(result)]
    if result.blank:
        rows.append(("Sans réponse", number(result.blank), "–", "–"))
    header = ("Réponse", capitalise(result.noun.plural), part_of(result), INTERVAL)
    files = of_design(result.design)
    if result.base == "repondants" and result.question.type == "choix_multiple":
        files += (Origin.RESPONDENTS,)  # all who answered are its base, whatever they chose
    return Table(_of(result), header, tuple(rows), source=result.source, files=files, method=shares_of(result.design))


def scores(result: LikertResult) -> Table:
    """Return count, share and cumulative share of every score of the scale."""
    answers, scale = result.answers, result.scale
    return Table(
        _of(result),
        ("Score", capitalise(result.noun.plural), part_of(result), INTERVAL, "Part cumulée"),
        tuple(
            (
                scale.named[score],
                *_told(
                    result,
                    count_of(result.part((score,))),
                    share(answers.shares[score]),
                    interval(result.interval((score,))),
                    share(answers.cumulative[score]),
                ),
            )
            for score in scale.points
        )
        + tuple(_outside(result)),
        source=result.source,
        files=of_design(result.design),
        method=shares_of(result.design),
    )


def _outside(result: ChoiceResult | LikertResult) -> list[tuple[str, ...]]:
    """Return a row for each answer that is no opinion: its share is of all who answered, and adds up to none."""
    return [
        (
            outside(result, option),
            *_told(
                result,
                count_of(part),
                share(part.share),
                interval(part.interval),
                "–",
            ),
        )
        for option, part in ((option, result.no_opinion_part(option)) for option in result.no_opinion.index)
    ]


def _told(result: ChoiceResult | LikertResult, *cells: str) -> tuple[str, ...]:
    """Return cells that tell of answers, or as many that say that these are not published."""
    return (HIDDEN,) * len(cells) if result.withheld else cells


def _centre(value: float) -> str:
    return MISSING if pd.isna(value) else number(value, 1)


def statistic(value: float, decimals: int) -> str:
    """Write a statistic with all its decimals, or that it was not computed."""
    return MISSING if pd.isna(value) else number(value, decimals, fixed=True)


def interval(found: Interval | None, unit: str = "%", decimals: int = 0) -> str:
    """Write an interval, or that it was not computed."""
    return MISSING if found is None else span(found.low, found.high, unit, decimals)


def count_of(part: Part) -> str:
    """Write how many gave an answer, or that only their share is published."""
    return HIDDEN if part.count is None else number(part.count)


def part_of(result: ChoiceResult | LikertResult) -> str:
    """Return the heading of shares: whether they are weighted, beside counts that never are."""
    return "Part pondérée" if result.weighted else "Part"


def shares_of(design: Design) -> str:
    """Say how the shares of a table and their intervals were made."""
    if design.weighted:
        return "effectifs sans poids, parts pondérées, et intervalles de Wilson sur l’effectif efficace"
    exact = "intervalles exacts dans une population finie (loi hypergéométrique)"
    return f"effectifs, parts, et {exact if design.descriptive else 'intervalles de Wilson'}"


SUMMARIES = "parts de chaque côté de l’échelle ; médiane, quartiles, moyenne et écart type, avec leurs intervalles"
SUMMARY = (
    *("n", "Désaccord", "Milieu", "Accord", f"Accord, {INTERVAL.lower()}", "Solde (points, avant arrondi)"),
    *("Médiane", f"Médiane, {INTERVAL.lower()}", "Q1", "Q3", "Moyenne", f"Moyenne, {INTERVAL.lower()}", "Écart type"),
)


def summary(result: LikertResult) -> tuple[str, ...]:
    """Return the cells that sum up a rated item, under `SUMMARY`."""
    answers = result.answers
    return _told(
        result,
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


def net_scores(results: Sequence[LikertResult]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return what follows `SUMMARY` where a scale makes a net promoter score: headers, and cells by item."""
    if not any(result.scale.indice for result in results):
        return (), [()] * len(results)
    cells = []
    for result in results:
        around = net_interval(result.rated) if result.rated else None
        told = "–" if not result.scale.indice else signed(result.net) if result.answers.n else MISSING
        ends = interval(around and Interval(around.low * 100, around.high * 100, around.method), "")
        cells.append(_told(result, told, ends if result.scale.indice else "–"))
    return ("NPS", f"NPS, {INTERVAL.lower()}"), cells


def item_names(results: Sequence[LikertResult]) -> dict[str, str]:
    """Return what rated items are called side by side, by question id.

    Medians and means are read on the scale: it is told where items have several, or where low scores agree.
    """
    scales = {result.scale for result in results}
    plain = len(scales) == 1 and not next(iter(scales)).descending
    names = {}
    for result in results:
        question, scale = result.question, result.scale
        told = f" ({number(scale.minimum)} : {scale.bas}, {number(scale.maximum)} : {scale.haut})"
        names[question.id] = question.libelle if plain else typeset(question.libelle + told)
    return names


def sides(results: Sequence[LikertResult]) -> Table:
    """Return the summary of several rated items, one a row."""
    names, (more, net) = item_names(results), net_scores(results)
    return Table(
        typeset(f"Accord, désaccord et centre des réponses ({results[0].noun.plural})"),
        ("Affirmation", *SUMMARY, *more),
        tuple((names[r.question.id], *summary(r), *own) for r, own in zip(results, net, strict=True)),
        source=Source(base=results[0].base),
        files=of_design(results[0].design),
        method=SUMMARIES,
    )
