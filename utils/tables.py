"""Results as tables: the figures behind a chart, readable by a screen reader and by a spreadsheet."""

__all__ = [
    "Table",
    "as_csv",
    "as_html",
    "courses",
    "differences",
    "options",
    "options_by_size",
    "pairs",
    "questionnaire",
    "scores",
    "sides",
    "strata",
    "strata_codes",
]

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from utils.codebook import BASES, Codebook
from utils.french import MISSING, capitalise, number, p_value, percent, points, typeset
from utils.results import ChoiceResult, Contrast, LikertResult, Strata

_KINDS = {
    "likert": "échelle",
    "choix_unique": "une réponse",
    "choix_multiple": "plusieurs réponses",
    "texte": "texte libre",
}


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
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...] = ()
    numeric: bool = True
    sortable: bool = False


def as_html(table: Table, identifier: str) -> str:
    """Write a table with a caption and the scope of every header; all text is escaped."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    links = table.links or [""] * len(table.rows)
    body = []
    for row, link in zip(table.rows, links, strict=True):
        first = escape(row[0])
        if link:
            first = f'<a href="{escape(link)}" rel="external">{first}</a>'
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        body.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    kind = ("chiffres" if table.numeric else "textes") + (" triable" if table.sortable else "")
    return (
        f'<div class="tableau" role="region" tabindex="0" aria-labelledby="{identifier}-titre">'
        f'<table class="{kind}" id="{identifier}"><caption id="{identifier}-titre">{escape(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def as_csv(table: Table) -> str:
    """Write a table as comma-separated text, as it is printed on the page."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows(table.rows)
    return buffer.getvalue()


def _share(value: float) -> str:
    return MISSING if pd.isna(value) else percent(value)


def _of(result: ChoiceResult | LikertResult) -> str:
    return typeset(f"{result.question.libelle} ({result.noun.plural}, n = {number(result.answers.n)})")


def options(result: ChoiceResult) -> Table:
    """Return count and share of every option, ranked unless the options have an order."""
    answers = result.answers
    order = answers.shares.index if result.question.ordonnee else answers.ranked.index
    return Table(
        _of(result),
        ("Réponse", capitalise(result.noun.plural), "Part"),
        tuple(
            (capitalise(typeset(result.label(o))), number(answers.counts[o]), _share(answers.shares[o])) for o in order
        ),
    )


def scores(result: LikertResult) -> Table:
    """Return count, share and cumulative share of every score of the scale."""
    answers, scale = result.answers, result.scale
    ends = {scale.minimum: f" ({scale.bas})", scale.maximum: f" ({scale.haut})"}
    return Table(
        _of(result),
        ("Score", capitalise(result.noun.plural), "Part", "Part cumulée"),
        tuple(
            (
                f"{score}{ends.get(score, '')}",
                number(answers.counts[score]),
                _share(answers.shares[score]),
                _share(answers.cumulative[score]),
            )
            for score in scale.points
        ),
    )


def _centre(value: float) -> str:
    return MISSING if pd.isna(value) else number(value, 1)


def _statistic(value: float, decimals: int) -> str:
    return MISSING if pd.isna(value) else number(value, decimals, fixed=True)


def _summary(result: LikertResult) -> tuple[str, ...]:
    answers = result.answers
    side = [_share(share) for share in (result.disagree, result.neutral, result.agree)]
    net = MISSING if not answers.n else number(result.net * 100)
    centre = (_centre(answers.median), _centre(answers.q1), _centre(answers.q3))
    return (number(answers.n), *side, net, *centre, _statistic(answers.mean, 1), _statistic(answers.sd, 1))


_SUMMARY = ("n", "Désaccord", "Milieu", "Accord", "Solde (points)", "Médiane", "Q1", "Q3", "Moyenne", "Écart type")


def sides(results: Sequence[LikertResult]) -> Table:
    """Return the summary of several rated items, one a row."""
    return Table(
        typeset(f"Accord, désaccord et centre des réponses ({results[0].noun.plural})"),
        ("Affirmation", *_SUMMARY),
        tuple((r.question.libelle, *_summary(r)) for r in results),
    )


def pairs(contrasts: Sequence[Contrast]) -> Table:
    """Return the summary of rated items for two groups, a row each."""
    return Table(
        "Accord, désaccord et centre des réponses, par groupe de communes",
        ("Affirmation et groupe", *_SUMMARY),
        tuple(
            (f"{r.question.libelle}, {r.noun.plural}", *_summary(r))
            for pair in contrasts
            for r in (pair.active, pair.other)
        ),
    )


_TESTS = ("Affirmation", "Écart d’accord", "χ²", "Degrés de liberté", "p (χ²)", "V de Cramér", "p (rangs)", "Delta")


def differences(contrasts: Sequence[Contrast]) -> Table:
    """Return, for each rated item, the gap between two groups and its tests."""
    return Table(
        "Écart entre communes actives et non actives, et tests",
        _TESTS,
        tuple(
            (
                pair.active.question.libelle,
                points(pair.gap, signed=True),
                _statistic(pair.sides.statistic, 1),
                number(pair.sides.df),
                _p(pair.sides.p),
                _statistic(pair.sides.cramers_v, 2),
                _p(pair.order.p),
                _statistic(pair.order.delta, 2),
            )
            for pair in contrasts
        ),
    )


def _p(value: float) -> str:
    return MISSING if pd.isna(value) else p_value(value)


def strata(results: Strata, caption: str, told: str, other: str) -> Table:
    """Return a split by province or by size: both counts, the share, the adjusted residual.

    Parameters
    ----------
    told, other : str
        Headers of the two sides of the split.
    """
    residuals = results.test.residuals.iloc[:, 0]
    rows = [
        (capitalise(typeset(label)), *_split_cells(results.counts.loc[s]), _statistic(residuals[s], 1))
        for s, label in results.labels.items()
    ]
    rows.append(("Ensemble", *_split_cells(results.counts.sum()), "–"))
    first = "Province" if results.by == "province" else "Taille"
    return Table(caption, (first, told, other, "Total", "Part", "Résidu ajusté"), tuple(rows))


def _split_cells(split: pd.Series) -> tuple[str, ...]:
    total = split.sum()
    share = split.iloc[0] / total if total else float("nan")
    return (number(split.iloc[0]), number(split.iloc[1]), number(total), _share(share))


def options_by_size(results: dict[str, ChoiceResult]) -> Table:
    """Return share and count of every option in each size of communes.

    Parameters
    ----------
    results : dict
        Result by label of the size.
    """
    every = list(results.values())
    header = [typeset(f"{capitalise(size)} (n = {number(r.answers.n)})") for size, r in results.items()]
    return Table(
        typeset(f"{every[0].question.libelle}, selon la taille de la commune"),
        ("Réponse", *header),
        tuple(
            (capitalise(typeset(every[0].label(option))), *(_cell(r, option) for r in every))
            for option in every[0].answers.shares.index
        ),
    )


def _cell(result: ChoiceResult, option: str) -> str:
    return f"{_share(result.answers.shares[option])} ({number(result.answers.counts[option])})"


def courses(catalogue: pd.DataFrame) -> Table:
    """Return the training catalogue, titles leading to their organiser."""
    shown = ["titre", "organisme", "themes", "public", "duree", "dates", "prix"]
    return Table(
        typeset("Catalogue des formations de l’annexe, telles qu’elles étaient annoncées"),
        ("Formation", "Organisme", "Thèmes", "Public", "Durée", "Dates", "Prix"),
        tuple(tuple(cell or "–" for cell in row) for row in catalogue[shown].map(typeset).itertuples(index=False)),
        links=tuple(catalogue["lien"]),
        numeric=False,
        sortable=True,
    )


def questionnaire(codebook: Codebook) -> Table:
    """Return the codebook, a question a row: statement, base, answers, identifier."""
    rows = []
    for question in codebook.questions:
        if question.type == "likert":
            scale = codebook.scale(question.id)
            answers = f" de {scale.minimum} ({scale.bas}) à {scale.maximum} ({scale.haut})"
        else:
            answers = f" : {' ; '.join(question.options.values())}" if question.options else ""
        answers = typeset(capitalise(_KINDS[question.type]) + answers)
        base = BASES[question.base].plural
        rows.append((question.libelle, typeset(question.enonce), base, answers, question.id))
    header = ("Question", "Énoncé paraphrasé", "Base", "Réponses proposées", "Identifiant")
    return Table("Les questions, dans l’ordre du livre", header, tuple(rows), numeric=False, sortable=True)


def strata_codes(codebook: Codebook) -> Table:
    """Return the provinces and the sizes of communes with their identifiers."""
    kinds = (("province", codebook.provinces), ("taille", codebook.tailles))
    rows = [(capitalise(typeset(s.libelle)), kind, s.id) for kind, strata in kinds for s in strata]
    return Table("Provinces et tailles de communes", ("Groupe", "Sorte", "Identifiant"), tuple(rows), numeric=False)
