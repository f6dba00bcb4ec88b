"""The register of the book's numbers: each one in the prose leads to what it is, and `chiffres.json` lists them all.

Executed chapters carry, beside each text, the figures that it tells (`report.FIGURES`).
Here they become links on the page, the rows of the page that holds `{chiffres}`, and
one file for whoever wants to check the book by machine.
"""

__all__ = ["FILE", "Entry", "connect", "read"]

import json
from collections import defaultdict
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from utils.french import capitalise, typeset
from utils.publishing.chapter import FIGURES
from utils.publishing.site.edition import written
from utils.survey.results import BASE_NAMES
from utils.survey.wave import Wave
from utils.telling.figures import number

FILE = "chiffres.json"
_GLUED = "application/papermill.record/"


class Entry(NamedTuple):
    """A figure of the book and where it stands.

    Attributes
    ----------
    id : str
        Of its row in the register.
    page : str
        The chapter.
    text : str
        The glued text that tells it; empty where the code wrote the text into the page itself.
    start, end : int or None
        Its place in the text; None where it stands on a card, which is a link already.
    figure : dict
        `imprime, valeur, statistique, question, base, n`.
    """

    id: str
    page: str
    text: str
    start: int | None
    end: int | None
    figure: dict


def read(chapters: Path) -> list[Entry]:
    """Return every figure that executed chapters tell, in the order of the book.

    Parameters
    ----------
    chapters : Path
        Folder of notebooks with outputs.
    """
    entries = []
    for path in sorted(chapters.glob("*.ipynb")):
        notebook, shown = json.loads(path.read_text(encoding="utf-8")), 0
        for output in (o for cell in notebook["cells"] for o in cell.get("outputs", ())):
            data = output.get("data", {})
            if f"{_GLUED}{FIGURES}" not in data:
                continue
            text = "".join(data.get(f"{_GLUED}text/plain", ""))
            shown += not text
            name = output["metadata"]["scrapbook"]["name"].replace("_", "-") if text else f"page-{shown}"
            for i, noted in enumerate(data[f"{_GLUED}{FIGURES}"], 1):
                figure = dict(noted)
                place = (figure.pop("debut"), figure.pop("fin"))
                entries.append(Entry(f"n-{path.stem[:2]}-{name}-{i}", path.stem, text, *place, figure))
    return entries


class _Register(nodes.General, nodes.Element):
    """Where the list of all figures goes, once every page is read."""


class _RegisterDirective(SphinxDirective):
    """`{chiffres}`: the register, chapter by chapter."""

    def run(self) -> list[nodes.Node]:
        return [_Register()]


def connect(app: Sphinx) -> None:
    """Link the figures of every page, fill the register and write its file."""
    app.add_node(_Register)
    app.add_directive("chiffres", _RegisterDirective)
    app.connect("env-updated", _collect)
    app.connect("doctree-resolved", _link)
    app.connect("build-finished", _write)


def _collect(app: Sphinx, env: BuildEnvironment) -> None:
    """Keep the figures that pages show; a chapter may glue texts that it does not paste."""
    pasted = {}
    for name in env.found_docs:
        inlines = env.get_doctree(name).findall(nodes.inline)
        pasted[name.rpartition("/")[2]] = {node.astext() for node in inlines if "pasted-text" in node["classes"]}
    told, kept = {}, []
    for entry in read(Path(app.srcdir) / "chapters"):
        name = entry.id.rpartition("-")[0]
        # Two names may have the same text: the first stands for both.
        shown = entry.page in pasted and (not entry.text or entry.text in pasted[entry.page])
        if shown and (not entry.text or told.setdefault((entry.page, entry.text), name) == name):
            kept.append(entry)
    app.register_entries = kept
    app.register_page = next((name for name in env.found_docs if name.endswith("_chiffres")), "")


def _link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for page, part in _pages(doctree, docname):
        _link_page(app, part, page.rpartition("/")[2], docname)
    for place in list(doctree.findall(_Register)):
        place.replace_self(_listed(app, docname))


def _pages(doctree: nodes.document, docname: str) -> Iterator[tuple[str, nodes.Element]]:
    """Return the pages of a tree: one, or all where the book is written as a single page."""
    for part in doctree.findall(addnodes.start_of_file):
        yield part["docname"], part
    yield docname, doctree  # last: what is left is its own


def _link_page(app: Sphinx, part: nodes.Element, page: str, docname: str) -> None:
    by_text, in_order = defaultdict(list), []
    for entry in app.register_entries:
        if entry.page == page and entry.start is not None:
            (by_text[entry.text] if entry.text else in_order).append(entry)
    target = _address(app, docname)
    seen = set()
    for pasted in list(part.findall(lambda node: isinstance(node, nodes.inline) and "pasted-text" in node["classes"])):
        text = pasted.astext()
        found = by_text.get(text)
        if found and not isinstance(pasted.parent, nodes.title | nodes.reference):
            pasted.children = list(_pieces(text, found, target, seen))
            for child in pasted.children:
                child.parent = pasted
    spans = [n for n in part.findall(nodes.inline) if "chiffre" in n["classes"] and "pasted-text" not in n["classes"]]
    if len(spans) != len(in_order):
        raise ValueError(f"{page}: {len(spans)} figures marked in texts, {len(in_order)} noted")
    for span, entry in zip(spans, in_order, strict=True):
        span.replace_self(_reference(entry, target, seen))


def _pieces(text: str, entries: list[Entry], target: str, seen: set[str]) -> Iterator[nodes.Node]:
    end = 0
    for entry in entries:
        if text[end : entry.start]:
            yield nodes.Text(text[end : entry.start])
        yield _reference(entry, target, seen)
        end = entry.end
    if text[end:]:
        yield nodes.Text(text[end:])


def _reference(entry: Entry, target: str, seen: set[str]) -> nodes.reference:
    """Return a figure as a link to its row; the first of several on a page is where the row leads back."""
    printed = entry.figure["imprime"]
    link = nodes.reference("", printed, refuri=f"{target}#{entry.id}", internal=True, classes=["chiffre"])
    if entry.id not in seen:
        link["ids"] = [_place(entry)]
        seen.add(entry.id)
    return link


def _place(entry: Entry) -> str:
    return entry.id.replace("n-", "ici-", 1)


def _address(app: Sphinx, docname: str) -> str:
    if app.builder.name == "singlehtml" or not app.register_page:
        return ""
    return app.builder.get_relative_uri(docname, app.register_page)


def _listed(app: Sphinx, docname: str) -> list[nodes.Node]:
    """Return the register: a section and a table for each chapter."""
    wave, by_page = written(app), defaultdict(list)
    link = nodes.reference("", FILE, refuri=f"{'../' * docname.count('/')}{FILE}", internal=True)
    found = [nodes.paragraph("", "Les mêmes données, pour les vérifier par programme\u00a0: ", link, nodes.Text("."))]
    for entry in app.register_entries:
        by_page[entry.page].append(entry)
    for page, entries in by_page.items():
        name = f"chapters/{page}"
        title = app.env.titles[name].astext() if name in app.env.titles else page
        section = nodes.section(ids=[f"registre-{page[:2]}"])
        section += nodes.title(text=title)
        single = app.builder.name == "singlehtml"
        back = "" if single else app.builder.get_relative_uri(docname, name)
        section += nodes.raw("", _table(entries, title, back, wave), format="html")
        found.append(section)
    return found


def _table(entries: list[Entry], title: str, back: str, wave: Wave) -> str:
    rows = []
    for entry in entries:
        figure = entry.figure
        asked = figure["question"]
        question = wave.codebook[asked].libelle if asked in wave.codebook else "–"
        place = f"{back}#{_place(entry)}" if entry.start is not None else back
        exact = " à ".join(number(value, 4) for value in figure["valeur"])
        cells = (
            figure["statistique"],
            exact,
            question,
            BASE_NAMES.get(figure["base"], "–"),
            "–" if figure["n"] is None else number(figure["n"]),
        )
        first = f'<th scope="row"><a href="{escape(place)}">{escape(figure["imprime"])}</a></th>'
        told = "".join(f"<td>{escape(capitalise(typeset(cell)))}</td>" for cell in cells)
        rows.append(f'<tr id="{entry.id}">{first}{told}</tr>')
    header = ("Chiffre", "Statistique", "Valeur", "Question", "Base", "n")
    head = "".join(f'<th scope="col">{name}</th>' for name in header)
    caption = escape(typeset(f"Les chiffres de la page « {title} »"))
    name = f"registre-{entries[0].page[:2]}-titre"
    return (
        f'<div class="tableau" role="region" tabindex="0" aria-labelledby="{name}"><table class="textes registre">'
        f'<caption id="{name}">{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    wave = written(app)
    listed = [{"id": entry.id, "page": f"chapters/{entry.page}.html", **entry.figure} for entry in app.register_entries]
    told = {"edition": wave.id, "fictif": wave.about.fictif, "chiffres": listed}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (Path(app.outdir) / FILE).write_text(text + "\n", encoding="utf-8")
