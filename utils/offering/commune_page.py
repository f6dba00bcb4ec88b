"""The page of one's own commune as it stands without a script: a field, a table for each size and province, a list."""

__all__ = ["PAGE", "Section", "listing", "sections", "shell"]

from collections.abc import Iterator
from typing import NamedTuple

from utils.french import MISSING, capitalise, typeset
from utils.offering import commune
from utils.offering.commune import Cell, Group, Row
from utils.showing.origins import Origin, of_design
from utils.showing.tables import INTERVAL, Table
from utils.survey.codebook import Source
from utils.survey.results import HIDDEN
from utils.survey.wave import Wave
from utils.telling import alike
from utils.telling.figures import number
from utils.telling.markup import Markup, markup

PAGE = "61_ma_commune"
_LABEL = "Nom ou code postal de votre commune"
_SCRIPTLESS = typeset(
    'Ce champ demande JavaScript. Sans lui, <a href="#les-communes-interrogees">la liste</a>, au bas de la page, '
    "dit de quelle taille et d’où est chaque commune, et chaque groupe a sa page :"
)


class Section(NamedTuple):
    """A heading; what is said below it, and the table with its name, where it has one."""

    heading: Markup
    said: str = ""
    table: Table | None = None
    name: str = ""


def shell(wave: Wave) -> str | None:
    """Return the field that the script takes over; None where no commune is known by name."""
    if wave.communes is None:
        return None
    return (
        '<div class="ma-commune" id="trouver-ma-commune">'
        '<form role="search" aria-label="Trouver une commune" method="get">'
        f'<label for="commune">{_LABEL}</label><div class="champ">'
        '<input id="commune" name="commune" type="text" role="combobox" aria-autocomplete="list" '
        'aria-expanded="false" aria-controls="communes-proposees" autocomplete="off" autocapitalize="off" '
        'spellcheck="false"><ul id="communes-proposees" role="listbox" aria-label="Communes proposées" hidden></ul>'
        '</div><button type="submit">Voir</button></form>'
        f"<noscript><p>{_SCRIPTLESS}</p></noscript>"
        '<p class="etat" role="status"></p><div class="trouvee"></div></div>'
    )


def sections(wave: Wave) -> Iterator[Section]:
    """Yield the tables of each size and of each province, with their headings; then what is given of neither."""
    groups = commune.groups(wave)
    for by in reversed(wave.codebook.kinds):
        noun = "la taille" if by == "taille" else wave.codebook.territory.strate.le
        yield Section(markup("## Selon {noun}", noun=noun))
        for stratum in wave.codebook.strata(by):
            heading = markup("### {told}", told=alike.heading(wave, by, stratum))
            rows = {name: row for name, row in _rows(groups) if by in row.strata}
            said = _said(wave, groups, by, stratum)
            yield Section(heading, said, _stratum(wave, by, stratum, rows), f"commune-{by}-{stratum}")
    if rest := {name: row for name, row in _rows(groups) if not row.strata}:
        yield Section(markup("## {told}", told=alike.nowhere(wave)), "", _everyone(rest), "commune-ensemble")


def _said(wave: Wave, groups: list[Group], by: str, stratum: str) -> str:
    """Tell the first share of a stratum that is published, of those that come first."""
    for group in groups:
        for row in group.rows if group.first else ():
            cell = row.strata.get(by, {}).get(stratum)
            if cell and cell.n:
                return alike.first(row.result, wave.codebook.strata(by)[stratum], cell.share, cell.drawn[0])
    return ""


def _rows(groups: list[Group]) -> Iterator[tuple[str, Row]]:
    """Yield every answer with a name that tells it from all others."""
    for group in groups:
        for row in group.rows:
            asked, several = row.result.question, len(row.result.question.bases) > 1
            who = f", {row.result.noun.plural}" if several else ""
            yield typeset(f"{asked.libelle}{who} : {row.name}"), row


def _stratum(wave: Wave, by: str, stratum: str, rows: dict[str, Row]) -> Table:
    cells = {name: (row.strata[by][stratum], row.whole) for name, row in rows.items()}
    return Table(
        f"{alike.heading(wave, by, stratum)}, à côté de l’ensemble",
        ("Réponse", "Part", INTERVAL, "n", alike.TOGETHER),
        tuple((name, *_printed(cell), _printed(whole)[0]) for name, (cell, whole) in cells.items()),
        source=Source(),
        files=_files(rows, Origin.STRATA),
        method="parts, intervalles et nombres de réponses",
    )


def _everyone(rows: dict[str, Row]) -> Table:
    return Table(
        alike.TOGETHER,
        ("Réponse", "Part", INTERVAL, "n"),
        tuple((name, *_printed(row.whole)) for name, row in rows.items()),
        source=Source(),
        files=_files(rows),
        method="parts, intervalles et nombres de réponses",
    )


def _printed(cell: Cell) -> tuple[str, str, str]:
    if cell.n:
        return cell.share, cell.around, cell.n
    return ((HIDDEN if cell.share == alike.UNTOLD else MISSING),) * 3


def _files(rows: dict[str, Row], *more: Origin) -> tuple[Origin, ...]:
    designs = (origin for row in rows.values() for origin in of_design(row.result.design))
    return tuple(dict.fromkeys([Origin.ANSWERS, *designs, *more]))


def listing(wave: Wave) -> Table | None:
    """Return every commune asked, with its size and its province; None where none is known by name."""
    found = commune.listed(wave)
    if found is None:
        return None
    by_size, by_province = (wave.codebook.strata(by) for by in ("taille", "province"))
    shown = {
        "Commune": lambda one: one.commune,
        "Code postal": lambda one: ", ".join(one.postal),
        "Habitants": lambda one: "" if one.population is None else number(one.population, of=None),
        "Taille": lambda one: by_size.get(one.taille, ""),
        capitalise(wave.codebook.territory.strate.singulier): lambda one: by_province[one.province],
        "Autres noms": lambda one: ", ".join((*one.others, *one.former, *one.later)),
    }
    rows = [tuple(tell(one) for tell in shown.values()) for one in found.itertuples()]
    kept = [place for place, _ in enumerate(shown) if any(row[place] for row in rows)]
    return Table(
        "Communes interrogées",
        tuple(list(shown)[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        numeric=False,
        sortable=True,
        source=Source(),
        files=(Origin.INHABITANTS, Origin.STRATA, Origin.TERRITORY, Origin.MERGERS),
        method="liste des communes interrogées",
    )
