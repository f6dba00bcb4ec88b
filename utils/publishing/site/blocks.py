"""What stands below each result: its table, its files, its address, how to cite it, where it comes from.

A chapter shows a drawing and its table (`chapter.figure`, `chapter.table`); everything
here is made of these two, so that page, picture and file say the same.
"""

__all__ = ["FOLDER", "connect"]

import base64
import json
import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

import vl_convert
from docutils import nodes
from matplotlib import get_data_path
from sphinx import addnodes
from sphinx.application import Sphinx

from utils.french import NBSP, capitalise, typeset
from utils.publishing.site.addresses import canonical
from utils.publishing.site.edition import written
from utils.showing.svg import as_file
from utils.survey.results import ASKED, BASE_NAMES
from utils.survey.wave import Wave
from utils.telling.figures import number

FOLDER = "_downloads"
EXPLORER = "60_explorer"
SCALE = 2  # pixels of the picture for one of the drawing
_BLOCK = re.compile(
    r'<div class="preuves" data-nom="(?P<name>[^"]*)" data-source="(?P<source>[^"]*)">(?P<table>.*)'
    r'<p class="liens"><a class="csv" download="(?P<file>[^"]*)" href="data:[^,]*,(?P<csv>[^"]*)">CSV</a></p></div>',
    re.DOTALL,
)
_DRAWING = re.compile(r'<svg class="large".*?</svg>', re.DOTALL)


@dataclass(frozen=True)
class _Drawing:
    """A figure of the page: where it stands, what it shows, its drawing as it is on the page."""

    anchor: str
    caption: str
    svg: str


def connect(app: Sphinx) -> None:
    """Complete every result's block once its page is read."""
    vl_convert.register_font_directory(str(Path(get_data_path()) / "fonts" / "ttf"))
    app.connect("doctree-resolved", _complete)


def _complete(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    drawings, page = [], docname
    for node in doctree.findall(lambda node: isinstance(node, nodes.raw | addnodes.start_of_file)):
        if isinstance(node, addnodes.start_of_file):
            page = node["docname"]
            continue
        html = node.astext()
        if found := _DRAWING.search(html):
            drawings += _drawn(node, found.group())
        elif block := _BLOCK.match(html):
            completed = _Block(app, page, block, drawings).html()
            node.replace_self(nodes.raw("", completed, format="html"))
            drawings = []  # the tables that follow are of no drawing


def _drawn(node: nodes.raw, svg: str) -> list[_Drawing]:
    figure = node.parent
    while figure is not None and not isinstance(figure, nodes.figure):
        figure = figure.parent
    if figure is None:
        return []
    caption = next((child.astext() for child in figure.children if isinstance(child, nodes.caption)), "")
    return [_Drawing(figure["ids"][0], caption.removesuffix("."), svg)]


class _Block:
    """One result: the table as the chapter shows it, and its drawings; the last stands for the result."""

    def __init__(self, app: Sphinx, page: str, block: re.Match[str], drawings: list[_Drawing]) -> None:
        self.app, self.page = app, page
        self.others, self.drawing = drawings[:-1], drawings[-1] if drawings else None
        self.wave: Wave = written(app)
        self.table, self.name, self.file = block["table"], block["name"], block["file"]
        self.told = json.loads(unescape(block["source"]))
        self.csv = base64.b64decode(block["csv"])

    @property
    def anchor(self) -> str:
        return self.drawing.anchor if self.drawing else f"tableau-{self.name}"

    @property
    def title(self) -> str:
        return self.drawing.caption if self.drawing else self.told["titre"]

    def html(self) -> str:
        table = self.table
        if self.drawing:
            # The drawing's caption has just said of what: only a screen reader needs it again.
            table = re.sub(r"<summary>Tableau(.*?)</summary>", _short, table, count=1)
        links = [self._file(self.csv, self.file, "CSV", "les données")]
        if self.drawing:
            links += self._pictures(self.drawing, self.file.removesuffix(".csv"), "")
        for other in self.others:
            # `fig-carte-presence` is the map of presence.
            kind = other.anchor.split("-")[1]
            links += self._pictures(other, f"{self.file.removesuffix('.csv')}-{kind}", f" ({kind})")
        if self.told["question"] and not self.page.endswith(EXPLORER):
            # Addresses of the explorer: see utils.offering.explorer.
            state = f"{EXPLORER}.html#question={self.told['question']}"
            links.append(f'<a href="{state}">Explorer{_for(self.title)}</a>')
        links.append(f'<a class="permanent" href="#{self.anchor}">Lien{_for(self.title)}</a>')
        return (
            f'<div class="preuves" id="preuves-{self.name}">{table}<p class="liens">{" · ".join(links)}</p>'
            f'<details class="citation"><summary>Citer{_for(self.title)}</summary>{self._citation()}</details>'
            '<details class="provenance"><summary>D’où vient ce chiffre'
            f"{NBSP}?{_for(self.title)}</summary>{self._provenance()}</details></div>"
        )

    @property
    def source(self) -> str:
        fiction = "Données fictives. " if self.wave.about.fictif else ""
        return typeset(f"{fiction}Source : {self.wave.about.organisateur}, édition {self.wave.id}")

    def _pictures(self, drawing: _Drawing, stem: str, which: str) -> list[str]:
        svg = as_file(drawing.svg, self.source)
        picture = vl_convert.svg_to_png(svg, scale=SCALE)
        return [
            self._file(svg.encode(), f"{stem}.svg", f"SVG{which}", "le graphique"),
            self._file(picture, f"{stem}.png", f"PNG{which}", "le graphique"),
        ]

    def _file(self, content: bytes, name: str, kind: str, what: str) -> str:
        path = f"{FOLDER}/{self.page.rpartition('/')[2]}/{name}"
        if self.app.builder.name == "html":
            target = Path(self.app.outdir) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        up = "../" * self.page.count("/")
        mark = ' class="csv"' if kind == "CSV" else ""
        return f'<a{mark} download="{name}" href="{up}{path}">{kind}{_for(f"{what}, {self.title}")}</a>'

    def _citation(self) -> str:
        about, address = self.wave.about, f"{canonical(self.app, self.page)}#{self.anchor}"
        fiction = "[Données fictives] " if about.fictif else ""
        told = f"{fiction}{about.organisateur}, « {self.title} », "
        where = f", édition {self.wave.id}, "
        return (
            f"<p>{escape(typeset(told))}<cite>{escape(about.titre)}</cite>{escape(where)}"
            f'<a href="#{self.anchor}">{escape(address)}</a></p>'
        )

    def _provenance(self) -> str:
        told, codebook = self.told, self.wave.codebook
        asked = next((question for question in codebook.questions if question.id == told["question"]), None)
        base = capitalise(BASE_NAMES[told["base"]]) if told["base"] else ""
        size = f"n = {number(told['n'])}" if told["n"] is not None else ""
        facts = {
            "Question": asked and f"{asked.enonce} ({asked.id})",
            "Base": ", ".join(part for part in (base, size) if part),
            "Fichier": self._data(),
            "Statistique": capitalise(told["statistique"]),
        }
        rows = "".join(f"<dt>{name}</dt><dd>{escape(typeset(said))}</dd>" for name, said in facts.items() if said)
        return f"<dl>{rows}</dl>"

    def _data(self) -> str:
        if self.told["base"] == ASKED:
            return f"data/{self.wave.id}/{self.wave.about.cadre.fichier}"
        return f"data/{self.wave.id}/{self.wave.about.answers_file}"


def _short(summary: re.Match[str]) -> str:
    return f'<summary>Tableau<span class="lecteur">{summary.group(1)}</span></summary>'


def _for(title: str) -> str:
    """Say to a screen reader, where links of the same name follow each other, of what each is."""
    return f'<span class="lecteur">{NBSP}: {escape(title)}</span>'
