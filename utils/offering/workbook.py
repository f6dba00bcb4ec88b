"""The edition as a workbook that a screen reader reads as well as an eye: cover, contents, notes, one table a sheet.

Laid out as official statisticians ask it (Analysis Function, "Making spreadsheets
accessible"): titles in A1, tables marked up as such, nothing merged, no blank row or
column, a shorthand in brackets where there is no number, nothing told by colour alone.
Headers stay in view: not every spreadsheet shows those of a table when it is scrolled.
"""

__all__ = ["MISSING", "workbook"]

import io
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, time

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from utils.french import capitalise, typeset
from utils.offering.archive import in_french
from utils.offering.fields import TABLES
from utils.offering.layouts import Field
from utils.offering.publication import LICENCE, Publication
from utils.showing.listings import KINDS
from utils.showing.tables import SIDES
from utils.survey.codebook import Codebook
from utils.survey.pair import ACTIVE
from utils.survey.results import HIDDEN
from utils.survey.territory import Division
from utils.telling.figures import count

MISSING = "[x]"  # in place of what was not computed
CONTENTS = "Sommaire"
_KINDS = {"option": "Réponse proposée", "classe": "Classe de nombres", "score": "Score", "cote": "Côté de l’échelle"}
_KINDS |= {"sans_avis": "Sans avis", "rang": "Réponse à un rang"}
# Told by the cover, by the warning of every sheet, by the shorthand; a chapter's is the name of its page.
_LEFT_OUT = ("edition", "fictif", "statut", "chapitre")
_LONG = ("libelle", "enonce", "question", "reponse", "strate", "base")  # columns of words
_WIDE, _NARROW = 44, 16
_WORDS = {
    HIDDEN: "Nombre non publié, pour ne pas dévoiler la réponse de quelques communes. D’autres nombres du même tableau "
    "sont cachés avec lui s’ils permettaient de le retrouver.",
    MISSING: "Nombre non calculé : personne n’a répondu, ou trop peu de réponses pour un intervalle.",
    "Base": "De qui sont les réponses : tous les répondants, ou les communes participantes{kinds}.",
    "Groupe": "Les communes dont sont les réponses : celles du même endroit, ou de la même taille.",
    "Sorte de réponse": "Réponse proposée, classe de nombres, réponse à un rang, score d’une échelle, côté de "
    "l’échelle (désaccord, milieu, accord) ou sans avis. Les côtés réunissent les scores ; ne pas additionner les uns "
    "et les autres.",
    "Sans avis": "Réponse comme « ne sait pas » ou « sans objet » : hors de l’échelle, et de la base des autres parts. "
    "Sa propre part est celle de toutes les réponses.",
    "Effectif": "Nombre de réponses.",
    "n": "Nombre de réponses dont la part est prise. À une question à plusieurs réponses, les parts ne font pas 100 %, "
    "et n compte qui en choisit au moins une.",
    "Sans réponse": "Attendues moins n, moins les réponses sans avis : qui n’a pas répondu. À une question à plusieurs "
    "réponses, qui n’en choisit aucune.",
    "Part": "Effectif divisé par n.",
    "Borne basse, borne haute": "Intervalle à 95 %, exact là où l’on sait combien de communes il y a en tout ; "
    "le chapitre « Les calculs » dit comment.",
    "Attendues": "Taille de la base. Diffère de n si des réponses manquent, ou si la source se contredit.",
    "Solde": "Part en accord moins part en désaccord.",
    "Premier, troisième quartile": "Scores qui séparent le quart des réponses le plus bas et le quart le plus haut.",
    "Participation": "Communes participantes divisées par communes interrogées.",
}
_POLARITIES = {"favorable": "L’accord est favorable", "defavorable": "L’accord est défavorable : un obstacle"}
_POLARITIES |= {"neutre": "L’accord n’est ni l’un ni l’autre"}
_STYLE = "Table Style Light 15"  # rules, no fill: it prints, and keeps its contrast in any theme


@dataclass(frozen=True)
class _Sheet:
    """One sheet with one table: its name, what its title says, its columns and their values."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: list[tuple[object, ...]]


def workbook(tables: dict[str, pd.DataFrame], about: Publication, codebook: Codebook) -> bytes:
    """Return the workbook of an edition's tidy tables; the same tables always give the same bytes.

    Parameters
    ----------
    tables : dict of DataFrame
        As `tidy.tidy` gives them.
    about : Publication
    codebook : Codebook
        Of the edition: what its bases are called.
    """
    sheets = [sheet for sheet in _sheets(tables, about.territory.strate, codebook) if sheet.rows]
    words = _notes(codebook)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        style = {"font_name": "Arial", "font_size": 12, "valign": "top"}
        formats = {
            "plain": book.add_format(style),
            "text": book.add_format({**style, "text_wrap": True}),
            "integer": book.add_format({**style, "num_format": "#,##0"}),
            "number": book.add_format({**style, "num_format": "0.0"}),
            "share": book.add_format({**style, "num_format": "0.0%"}),
            "right": book.add_format({**style, "align": "right"}),
            "title": book.add_format({**style, "font_size": 16, "bold": True}),
            "bold": book.add_format({**style, "bold": True, "text_wrap": True}),
            "link": book.add_format({**style, "font_color": "#01665E", "underline": 1}),
        }
        book.formats[0].set_font_name(style["font_name"])
        book.formats[0].set_font_size(style["font_size"])
        book.set_properties(
            {
                "title": about.title,
                "subject": about.warning or about.source,
                "author": about.authors,
                "company": about.asked_by,
                "keywords": ", ".join(about.keywords),
                "comments": f"{about.citation} {LICENCE[2]}",
                "created": datetime.combine(about.date, time()),
            }
        )
        _cover(book.add_worksheet("Couverture"), about, formats)
        contents = (_field("Feuille", wide=True), _field("Contenu", wide=True), _field("Lignes", "integer"))
        listed = [(sheet.name, sheet.title, len(sheet.rows)) for sheet in sheets]
        listed.insert(0, ("Notes", "Ce que veulent dire les mots et les signes", len(words)))
        _write(book, _Sheet(CONTENTS, "Sommaire", contents, listed), about, formats, linked=True)
        notes = (_field("Mot ou signe", wide=True), _field("Ce qu’il veut dire", wide=True))
        _write(book, _Sheet("Notes", "Ce que veulent dire les mots et les signes", notes, words), about, formats)
        for sheet in sheets:
            _write(book, sheet, about, formats)
    return in_french(buffer.getvalue(), about.date)


def _field(title: str, kind: str = "string", *, wide: bool = False) -> Field:
    return Field("libelle" if wide else "", kind, title, "")


def _cover(sheet: Worksheet, about: Publication, formats: dict) -> None:
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, about.title, formats["title"])
    lines = [
        *([about.warning] if about.warning else []),
        f"Enquête : {about.asked_by}, {about.asked_when}.",
        f"Source : {about.source}",
        f"Mise en forme : {about.authors}, version {about.version}.",
        "Licence : CC BY 4.0, Attribution 4.0 International.",
        f"Pour citer : {about.citation}",
        f"{HIDDEN} remplace un nombre qui n’est pas publié, pour ne pas dévoiler la réponse de quelques communes. "
        f"{MISSING} remplace un nombre qui n’a pas pu être calculé. La feuille « Notes » explique les autres mots.",
        "Chaque feuille de données contient un seul tableau ; son titre est dans la première cellule.",
    ]
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 0, typeset(line), formats["bold" if line == about.warning else "text"])
    sheet.write_url(len(lines) + 1, 0, f"internal:'{CONTENTS}'!A1", formats["link"], "Aller au sommaire")
    sheet.write_url(len(lines) + 2, 0, LICENCE[2], formats["link"], "Lire la licence CC BY 4.0")


def _notes(codebook: Codebook) -> list[tuple[str, str]]:
    sides = [pair.side(base).pluriel for base in codebook.bases if (pair := codebook.split(base))]
    kinds = f", {', '.join(sides[:-1])} ou {sides[-1]}" if sides else ""
    kinds += " sur les médias sociaux" if sides == [side.pluriel for side in ACTIVE.groupes] else ""
    return [(word, typeset(says.replace("{kinds}", kinds))) for word, says in _WORDS.items()]


def _sheets(tables: dict[str, pd.DataFrame], strate: Division, codebook: Codebook) -> list[_Sheet]:
    """Return the sheets of data: what people read in place of identifiers, and the questionnaire."""
    names = {
        "base": {base: capitalise(codebook.noun(base).plural) for base in codebook.bases},
        "question": tables["questions"].set_index("question")["libelle"],
        "strate": tables["strates"].set_index("strate")["libelle"],
        "sorte": _KINDS,
        "ventilation": {"ensemble": "Ensemble", "province": capitalise(strate.singulier), "taille": "Taille"},
        "type": {kind: capitalise(told) for kind, told in KINDS.items()},
        "polarite": _POLARITIES,
        "cote": {side: capitalise(told) for side, told in SIDES.items()},
        "echelle": {name: capitalise(scale.told) for name, scale in codebook.echelles.items()},
        "groupe": {g.id: g.libelle for scale in codebook.echelles.values() for g in scale.groupes},
    }
    answers = tables["modalites"].set_index(["question", "sorte", "reponse"])["libelle"]
    results = tables["resultats"]
    labels = [answers[key] for key in results[["question", "sorte", "reponse"]].itertuples(index=False, name=None)]
    results = results.assign(reponse=labels)
    parts = {
        "ensemble": ("Ensemble", "Résultats de toutes les réponses, question par question"),
        "province": (_tab(f"Par {strate.singulier}"), f"Résultats selon {strate.le} de la commune"),
        "taille": ("Par taille", "Résultats selon la taille de la commune"),
    }
    sheets = []
    for by, (name, title) in parts.items():
        dropped = ("ventilation", "strate") if by == "ensemble" else ("ventilation",)
        sheets.append(_sheet(name, title, "resultats", results[results["ventilation"] == by], names, dropped))
    for table, title in (
        ("resumes", "Affirmations notées : accord et centre des réponses"),
        ("nombres", "Nombres : milieu des réponses"),
        ("classements", "Classements : places des réponses"),
        ("bases", "Réponses reçues et réponses manquantes"),
        ("participation", "Communes interrogées et participantes"),
        ("questions", "Questions posées"),
        ("modalites", "Réponses que l’on pouvait donner"),
        ("echelles", "Scores des échelles et côté où ils se rangent"),
        ("strates", "Groupes de communes"),
    ):
        if table not in tables:
            continue
        # The codebook's sheets keep the identifiers, by which its other forms are joined, beside what they stand for.
        if table in ("resumes", "nombres", "classements", "bases", "participation"):
            sheets.append(_sheet(TABLES[table].title, title, table, tables[table], names))
        else:
            sheets.append(_explained(_sheet(TABLES[table].title, title, table, tables[table], {}), names))
    return sheets


def _explained(sheet: _Sheet, names: dict) -> _Sheet:
    """Return a sheet of identifiers with what each stands for beside it, unless the sheet says so of its own."""
    own = {"Questions": "question", "Groupes de communes": "strate"}.get(sheet.name)
    fields, columns = [], []
    for field, values in zip(sheet.fields, zip(*sheet.rows, strict=True), strict=True):
        fields.append(field)
        columns.append(values)
        if field.name in names and field.name != own:
            fields.append(replace(field, name="libelle", title=f"{field.title}, en clair"))
            columns.append(tuple(names[field.name].get(value, "") for value in values))
    return replace(sheet, fields=tuple(fields), rows=list(zip(*columns, strict=True)))


def _sheet(name: str, title: str, table: str, rows: pd.DataFrame, names: dict, dropped: tuple[str, ...] = ()) -> _Sheet:
    fields = tuple(field for field in TABLES[table].fields if field.name not in (*_LEFT_OUT, *dropped))
    hidden = rows["statut"] == HIDDEN if "statut" in rows else pd.Series(False, rows.index)
    columns = []
    for field in fields:
        values = rows[field.name]
        if field.name in names:
            values = values.map(names[field.name])
        absent = "" if field.type == "string" or table == "strates" else MISSING
        blank = hidden.map({True: HIDDEN, False: absent})
        columns.append(values.astype(object).where(values.notna(), blank))
    return _Sheet(name, typeset(title), fields, list(zip(*columns, strict=True)))


def _tab(name: str) -> str:
    """Return what a sheet may be called: 31 signs at most, none of those that spreadsheets keep for addresses."""
    return " ".join(re.sub(r"[\[\]:*?/\\]", " ", name).replace("'", "’").split())[:31].rstrip()


def _write(book: xlsxwriter.Workbook, sheet: _Sheet, about: Publication, formats: dict, linked: bool = False) -> None:
    page = book.add_worksheet(sheet.name)
    says = f"Cette feuille contient un tableau de {count(len(sheet.rows), 'ligne', 'lignes')}."
    if any(HIDDEN in row or MISSING in row for row in sheet.rows):
        says += f" {HIDDEN} : nombre non publié ; {MISSING} : nombre non calculé ; voir la feuille « Notes »."
    page.write_string(0, 0, sheet.title, formats["title"])
    lines = [about.title, *([about.warning] if about.warning else []), typeset(says)]
    for row, line in enumerate(lines, 1):
        page.write_string(row, 0, line, formats["plain"])
    top = len(lines) + 1
    if not linked:
        page.write_url(top, 0, f"internal:'{CONTENTS}'!A1", formats["link"], CONTENTS)
        top += 1
    page.freeze_panes(top + 1, 0)
    page.add_table(
        *(top, 0, top + len(sheet.rows), len(sheet.fields) - 1),
        {
            "name": "T_" + re.sub(r"\W+", "_", _unaccented(sheet.name)),
            "style": _STYLE,
            "columns": [{"header": field.title, "header_format": formats["bold"]} for field in sheet.fields],
        },
    )
    for column, field in enumerate(sheet.fields):
        page.set_column(column, column, _WIDE if field.name in _LONG else _NARROW)
        for row, cells in enumerate(sheet.rows, top + 1):
            value = cells[column]
            if linked and column == 0:
                page.write_url(row, 0, f"internal:'{value}'!A1", formats["link"], value)
            elif isinstance(value, str):
                # Never `write`, which would take some texts for formulas or links.
                page.write_string(row, column, value, formats["text" if field.type == "string" else "right"])
            else:
                page.write_number(row, column, value, formats["share" if field.share else field.type])


def _unaccented(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
