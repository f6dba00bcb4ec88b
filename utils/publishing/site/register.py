"""The register of the book's numbers: each one in the prose leads to what it is, and `chiffres.json` lists them all.

Texts come with the figures that they tell (`site.outputs.Figure`). Here these become links
on the page, the rows of the page that holds `{chiffres}`, and one file for whoever wants
to check the book by machine.
"""

__all__ = ["FILE", "Entry", "connect"]

import json
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from utils.french import capitalise, typeset
from utils.publishing.site.edition import written
from utils.publishing.site.outputs import Figure
from utils.survey.wave import Wave
from utils.telling.figures import number
from utils.telling.kinds import of_base

FILE = "chiffres.json"
_SYMBOLS = ("χ", "ε", "ρ", "δ")


class Entry(NamedTuple):
    """A figure of the book and where it stands.

    Attributes
    ----------
    id : str
        Of its row in the register.
    placed : bool
        Whether it stands in a text; else on a card, which is a link already.
    figure : dict
        `imprime, valeur, statistique, question, base, n`.
    """

    id: str
    placed: bool
    figure: dict[str, Any]


class _Link(nodes.reference):
    """A number that leads to its row; `says` names it where the link stands alone, as in a screen reader's list."""


class _Register(nodes.General, nodes.Element):
    """Where the list of all figures goes, once every page is read."""


class _RegisterDirective(SphinxDirective):
    """`{chiffres}`: the register, chapter by chapter."""

    def run(self) -> list[nodes.Node]:
        self.env.register_page = self.env.docname
        return [_Register()]


class _Figures(EnvironmentCollector):
    """Keep the figures of each page as it is read, under the addresses that they get there."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        _kept(app.env)[app.env.docname] = list(_entries(app.env.docname.rpartition("/")[2], doctree))

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:  # noqa: ARG002
        _kept(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:  # noqa: ARG002
        _kept(env).update({name: entries for name, entries in _kept(other).items() if name in docnames})


def _kept(env: BuildEnvironment) -> dict[str, list[Entry]]:
    if not hasattr(env, "register_entries"):
        env.register_entries = {}
    return env.register_entries


def _entries(page: str, doctree: nodes.document) -> Iterator[Entry]:
    """Yield the figures of a page, once each, and write their addresses into the page."""
    unnamed, last, seen = 0, None, set()
    for node in doctree.findall(Figure):
        figure = dict(node["told"])
        name, rank = figure.pop("nom").replace("_", "-"), figure.pop("rang")
        if not name:
            # A text that the code wrote whole has no name: it is told by its place on the page.
            unnamed += node["place"] != last
            last = node["place"]
            name = f"page-{unnamed}"
        node["entry"] = f"n-{page[:2]}-{name}-{rank}"
        if node["entry"] not in seen:
            seen.add(node["entry"])
            yield Entry(node["entry"], bool(node.children), figure)


def connect(app: Sphinx) -> None:
    """Link the figures of every page, fill the register and write its file."""
    app.add_node(_Register)
    app.add_node(_Link, html=(_open_link, lambda writer, _: writer.body.append("</a>")))
    app.add_directive("chiffres", _RegisterDirective)
    app.add_env_collector(_Figures)
    app.connect("doctree-resolved", _link)
    app.connect("build-finished", _write)


def _link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    target, wave, seen = _address(app, docname), written(app), set()
    for node in list(doctree.findall(Figure)):
        node.replace_self(_reference(node, target, wave, seen))
    for place in list(doctree.findall(_Register)):
        place.replace_self(_listed(app, docname))


def _reference(node: Figure, target: str, wave: Wave, seen: set[str]) -> list[nodes.Node]:
    """Return a figure as a link to its row; the first of several on a page is where the row leads back."""
    if not node.children:
        return []
    if isinstance(node.parent, nodes.title | nodes.reference):
        return [nodes.Text(node.astext())]
    name = node["entry"]
    about = _about(node["told"], wave)
    link = _Link("", node.astext(), refuri=f"{target}#{name}", says=about, classes=["chiffre"])
    if name not in seen:
        link["ids"] = [_place(name)]
        seen.add(name)
    return [link]


def _open_link(writer: HTML5Translator, node: _Link) -> None:
    told = {"href": node["refuri"], "aria-label": _name(node.astext(), node["says"])}
    writer.body.append(writer.starttag(node, "a", "", **told))


def _name(printed: str, about: Iterable[str]) -> str:
    """Name a link where it stands alone: what is seen of it, then what that is."""
    return typeset(f"{printed} : {', '.join(about)}")


def _about(figure: dict[str, Any], wave: Wave) -> list[str]:
    """Return what a figure is: its statistic, and where they are known its question and of whom it tells."""
    asked = figure["question"]
    question = wave.codebook[asked].libelle if asked in wave.codebook else ""
    told = (figure["statistique"], question, of_base(wave.codebook, figure["base"]))
    return [part for part in told if part]


def _place(name: str) -> str:
    return name.replace("n-", "ici-", 1)


def _address(app: Sphinx, docname: str) -> str:
    page = getattr(app.env, "register_page", "")
    return "" if app.builder.name == "singlehtml" or not page else app.builder.get_relative_uri(docname, page)


def _listed(app: Sphinx, docname: str) -> list[nodes.Node]:
    """Return the register: a section and a table for each chapter."""
    wave = written(app)
    link = nodes.reference("", FILE, refuri=f"{'../' * docname.count('/')}{FILE}", internal=True)
    found = [nodes.paragraph("", "Les mêmes données, pour les vérifier par programme\u00a0: ", link, nodes.Text("."))]
    for name, entries in _by_page(app.env):
        title = app.env.titles[name].astext()
        section = nodes.section(ids=[f"registre-{name.rpartition('/')[2][:2]}"])
        section += nodes.title(text=title)
        back = "" if app.builder.name == "singlehtml" else app.builder.get_relative_uri(docname, name)
        section += nodes.raw("", _table(entries, title, back, wave), format="html")
        found.append(section)
    return found


def _by_page(env: BuildEnvironment) -> list[tuple[str, list[Entry]]]:
    """Return the figures of each page that tells some, in the order of the book."""
    return [(name, entries) for name, entries in sorted(_kept(env).items()) if entries]


def _table(entries: list[Entry], title: str, back: str, wave: Wave) -> str:
    rows = "".join(_row(entry, back, wave) for entry in entries)
    header = ("Chiffre", "Ce qu’il mesure", "Valeur")
    head = "".join(f'<th scope="col">{name}</th>' for name in header)
    caption = escape(typeset(f"Les chiffres de la page « {title} »"))
    name = f"registre-{entries[0].id[2:4]}-titre"
    return (
        f'<div class="tableau" role="region" tabindex="0" aria-labelledby="{name}"><table class="registre">'
        f'<caption id="{name}">{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(entry: Entry, back: str, wave: Wave) -> str:
    """Write a figure, what it is and its value: three columns, which a phone shows whole."""
    figure = entry.figure
    place = f"{back}#{_place(entry.id)}" if entry.placed else back
    statistic, *more = _about(figure, wave)
    name = _name(figure["imprime"], (statistic, *more))
    if figure["n"] is not None:
        more.append(f"n = {number(figure['n'])}")
    said = f'<br><span class="discret">{escape(capitalise(typeset(", ".join(more))))}</span>' if more else ""
    exact = " à ".join(number(value, 4) for value in figure["valeur"])
    return (
        f'<tr id="{entry.id}"><th scope="row"><a href="{escape(place)}" aria-label="{escape(name)}">'
        f"{escape(figure['imprime'])}</a></th>"
        f"<td>{escape(_headed(statistic))}{said}</td><td>{escape(typeset(exact))}</td></tr>"
    )


def _headed(cell: str) -> str:
    """Begin a cell with a capital, but for the symbols of statistics: χ² is no Χ²."""
    return typeset(cell) if cell[:1] in _SYMBOLS else capitalise(typeset(cell))


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    wave = written(app)
    listed = [
        {"id": entry.id, "page": f"{name}.html", **entry.figure}
        for name, entries in _by_page(app.env)
        for entry in entries
    ]
    told = {"edition": wave.id, "fictif": wave.about.fictif, "chiffres": listed}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (Path(app.outdir) / FILE).write_text(text + "\n", encoding="utf-8")
