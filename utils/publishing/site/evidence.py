"""What stands below each result: its table, its files, its address, how to cite it, where it comes from.

A chapter shows a drawing and its table (`Chapter.figure`, `Chapter.table`); everything
here is made of these two, so that page, picture and file say the same.
"""

__all__ = ["connect"]

import json
import shutil
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from utils.french import NBSP, capitalise, decapitalise, typeset
from utils.offering.publication import publication, signature, source_line
from utils.offering.references import bibtex, dated, reference, ris
from utils.offering.result_files import as_csv, as_xlsx
from utils.publishing import inputs, kept
from utils.publishing.outputs import FORM, known
from utils.publishing.paper.links import FOLDER
from utils.publishing.pictures import picture
from utils.publishing.site.addresses import published
from utils.publishing.site.edition import written
from utils.publishing.site.outputs import Drawing, Evidence
from utils.showing import svg, tables
from utils.showing.style import FORMS
from utils.survey.codebook import Source
from utils.survey.wave import Wave
from utils.telling.figures import number
from utils.telling.kinds import of_base

EXPLORER = "60_explorer"


@dataclass(frozen=True)
class _Drawn:
    """A figure of the page: where it stands, what it shows, its drawing alone."""

    anchor: str
    caption: str
    svg: str


def connect(app: Sphinx) -> None:
    """Complete every result's block once its page is read."""
    app.connect("doctree-resolved", _complete)


def _complete(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    drawn, page = [], docname
    if app.builder.name == "html":  # results that the page no longer shows leave no file behind
        shutil.rmtree(_folder(app, page), ignore_errors=True)
    for node in list(doctree.findall(lambda node: isinstance(node, Drawing | Evidence | addnodes.start_of_file))):
        if isinstance(node, addnodes.start_of_file):
            page = node["docname"]
        elif isinstance(node, Drawing):
            forms = {form: "\n".join(node[form]) for form in FORMS}
            anchor = node.parent.parent["ids"][0]
            drawn.append(_Drawn(anchor, node["legende"].removesuffix("."), forms[FORM]))
            node.replace_self(nodes.raw("", svg.in_page(forms), format="html"))
        else:
            node.replace_self(nodes.raw("", _Block(app, page, node["told"], drawn).html(), format="html"))
            drawn = []  # the tables that follow are of no drawing


class _Block:
    """One result: the table as the chapter shows it, and its drawings; the last stands for the result."""

    def __init__(self, app: Sphinx, page: str, told: dict[str, Any], drawn: list[_Drawn]) -> None:
        self.app, self.page = app, page
        self.others, self.drawing = drawn[:-1], drawn[-1] if drawn else None
        self.wave: Wave = written(app)
        self.told, self.name, self.file = told, told["nom"], told["fichier"]
        self.content = known(told, Source(**told["contenu"]["source"]))

    @property
    def anchor(self) -> str:
        return self.drawing.anchor if self.drawing else f"tableau-{self.name}"

    @property
    def title(self) -> str:
        return self.drawing.caption if self.drawing else self.content.caption

    def html(self) -> str:
        about = publication(self.wave)
        book = self._workbook(f"{self.source}. {about.citation}", about.date)
        links = [
            self._file(as_csv(self.content).encode("utf-8"), f"{self.file}.csv", "CSV", "les données"),
            self._file(book, f"{self.file}.xlsx", "Excel", "les données"),
        ]
        if self.drawing:
            links += self._pictures(self.drawing, self.file, "")
        for other in self.others:
            # `fig-carte-presence` is the map of presence.
            kind = other.anchor.split("-")[1]
            links += self._pictures(other, f"{self.file.removesuffix('.csv')}-{kind}", f" ({kind})")
        if self.content.source.question and not self.page.endswith(EXPLORER):
            # Addresses of the explorer: see utils.offering.explorer.
            state = f"{EXPLORER}.html#question={self.content.source.question}"
            links.append(f'<a href="{state}">Explorer{_for(self.title)}</a>')
        links.append(f'<a class="permanent" href="#{self.anchor}">Lien{_for(self.title)}</a>')
        return (
            f'<div class="preuves" id="preuves-{self.name}" data-source="{escape(self.source)}">'
            f'{self._table()}<p class="liens">{" · ".join(links)}</p>'
            f'<details class="citation"><summary>Citer{_for(self.title)}</summary>{self._citation()}</details>'
            '<details class="provenance"><summary>D’où vient ce chiffre'
            f"{NBSP}?{_for(self.title)}</summary>{self._provenance()}</details></div>"
        )

    def _workbook(self, source: str, day: date) -> bytes:
        told = json.dumps(self.told, ensure_ascii=False, sort_keys=True)
        made_of = inputs.digest(told, source, day.isoformat(), inputs.code(as_xlsx.__module__), inputs.versions())
        where = kept.path("resultat.xlsx", made_of)
        return kept.made(where, lambda: as_xlsx(self.content, source, day)).read_bytes()

    def _table(self) -> str:
        grid = tables.as_html(self.content, f"tableau-{self.name}")
        grid += f"<p>{escape(self.told['note'])}</p>" if self.told["note"] else ""
        if self.told["ouvert"]:
            return grid
        of_what = f"{NBSP}: {escape(decapitalise(self.content.caption))}"
        if self.drawing:
            # The drawing's caption has just said of what: only a screen reader needs it again.
            of_what = f'<span class="lecteur">{of_what}</span>'
        return f'<details class="donnees"><summary>Tableau{of_what}</summary>{grid}</details>'

    @property
    def source(self) -> str:
        return source_line(self.wave, asked=self.told["enquete"])

    def _pictures(self, drawing: _Drawn, stem: str, which: str) -> list[str]:
        alone = svg.as_file(drawing.svg, self.source)
        small = picture(alone)
        return [
            self._file(alone.encode(), f"{stem}.svg", f"SVG{which}", "le graphique"),
            self._file(small, f"{stem}.png", f"PNG{which}", "le graphique"),
        ]

    def _file(self, content: bytes, name: str, kind: str, what: str) -> str:
        folder = _folder(self.app, self.page)
        if self.app.builder.name == "html":
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        path = (folder / name).relative_to(self.app.outdir).as_posix()
        up = "../" * self.page.count("/")
        mark = ' class="csv"' if kind == "CSV" else ""
        return f'<a{mark} download="{name}" href="{up}{path}">{kind}{_for(f"{what}, {self.title}")}</a>'

    def _citation(self) -> str:
        where = published(self.app, self.page)
        cited = reference(self.wave, self.title, self.file, where and f"{where}#{self.anchor}")
        who = "[Données fictives]" if self.wave.about.fictif else f"{capitalise(signature(self.wave.about))},"
        told = typeset(f"{who} « {self.title} », ")
        when = typeset(f", édition {self.wave.id}, {dated(cited)}")
        address = f', <a href="#{self.anchor}">{escape(cited.address)}</a>' if where else "."
        files = (("bib", "BibTeX", bibtex(cited)), ("ris", "RIS", ris(cited)))
        links = [
            self._file(text.encode("utf-8"), f"{self.file}.{end}", kind, "la référence") for end, kind, text in files
        ]
        return (
            f"<p>{escape(told)}<cite>{escape(cited.book)}</cite>{escape(when)}{address}</p>"
            f'<p class="references">Référence à importer{NBSP}: {" · ".join(links)}</p>'
        )

    def _provenance(self) -> str:
        source = self.content.source
        asked = next((question for question in self.wave.codebook.questions if question.id == source.question), None)
        base = capitalise(of_base(self.wave.codebook, source.base))
        size = f"n = {number(source.n)}" if source.n is not None else ""
        facts = {
            "Question": asked and asked.enonce,
            "Identifiant": asked and f"{asked.id} (colonne « question » des fichiers)",
            "Base": ", ".join(part for part in (base, size) if part),
            "Fichiers" if len(self.content.files) > 1 else "Fichier": ", ".join(self.content.files),
            "Statistique": capitalise(self.content.method),
        }
        rows = "".join(f"<dt>{name}</dt><dd>{escape(typeset(said))}</dd>" for name, said in facts.items() if said)
        return f"<dl>{rows}</dl>"


def _folder(app: Sphinx, page: str) -> Path:
    """Return where the files of a page's results stand."""
    return Path(app.outdir) / FOLDER / page.rpartition("/")[2]


def _for(title: str) -> str:
    """Say to a screen reader, where links of the same name follow each other, of what each is."""
    return f'<span class="lecteur">{NBSP}: {escape(title)}</span>'
