"""What chapters show, as parts of the page: texts, drawings and tables that crossed the notebook as data.

MyST-NB asks `Rendered` for the nodes of each of our types; `Assembled` then puts them where
an author would have written them: in the page's own sections, not in the box of a cell.
"""

__all__ = ["Assembled", "Drawing", "Evidence", "Figure", "Rendered", "connect"]

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx_design.shared import is_component

from utils.publishing.outputs import DRAWING, FORM, OURS, TABLE, TEXT


class Figure(nodes.Inline, nodes.TextElement):
    """A number in a text; `told` says what it is, `place` in which of the page's texts it stands."""


class Drawing(nodes.General, nodes.Element):
    """A chart: its drawings as SVG, by form."""


class Evidence(nodes.General, nodes.Element):
    """The table of a result, and what is told of it."""


class Rendered(MimeRenderPlugin):
    """The nodes of each type of output that is ours; what else such an output holds is for notebooks alone."""

    mime_priority_overrides = tuple(("*", kind, 1) for kind in (TEXT, DRAWING, TABLE))

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:  # noqa: ARG004
        """Return the nodes of one content; None for one that is not ours."""
        if OURS not in data.output_metadata:
            return None
        if data.mime_type == TEXT:
            markdown = replace(data, mime_type="text/markdown", content="\n".join(data.content["texte"]))
            return _text(
                renderer.render_markdown(markdown), data.content["chiffres"], f"{data.cell_index}.{data.output_index}"
            )
        if data.mime_type == DRAWING:
            return [Drawing(**data.content)]
        if data.mime_type == "image/svg+xml":
            return [Drawing(**{FORM: data.content.split("\n")})]
        if data.mime_type == TABLE:
            return [Evidence(told=data.content)]
        return []


def _text(rendered: list[nodes.Element], told: list[dict[str, Any]], place: str) -> list[nodes.Element]:
    """Say of each number that is marked in a text what it is; those that stand in links are kept beside it."""
    holder = nodes.Element("", *rendered)
    marked = [node for node in holder.findall(nodes.inline) if "chiffre" in node["classes"]]
    if len(marked) not in (0, len(told)):
        raise ValueError(f"{len(marked)} figures marked in a text, {len(told)} noted: {holder.astext()[:80]}")
    for node, figure in zip(marked, told, strict=False):
        node.replace_self(Figure("", node.astext(), told=figure, place=place))
    if not marked:
        holder += [Figure("", told=figure, place=place) for figure in told]
    return holder.children


class Assembled(SphinxTransform):
    """Outputs in the page's own order and sections."""

    default_priority = 200

    def apply(self) -> None:
        """Unwrap the cells whose outputs are ours, put details away, begin a section at each heading."""
        for cell in list(self.document.findall(_is("cell_code"))):
            if list(cell.findall(_ours)):
                cell.replace_self([shown for part in cell.children for shown in self._parts(part, cell["classes"])])
        for section in list(self.document.findall(nodes.section)):
            _put_away(section)
        if list(self.document.findall(_heading)):
            _regroup(self.document)
        self.document.myst_slugs = _slugs(self.document)
        if env := getattr(self.document.settings, "env", None):
            env.metadata[env.docname]["myst_slugs"] = self.document.myst_slugs

    def _parts(self, part: nodes.Element, classes: list[str]) -> Iterator[nodes.Element]:
        if not _is("cell_code_output")(part):
            yield nodes.container("", part, classes=list(classes))  # the code, where a cell shows it
            return
        for bundle in part.children:
            known = _is("mime_bundle")(bundle)
            kinds = {kind["mime_type"]: kind.children for kind in bundle.children} if known else {}
            if DRAWING in kinds:
                yield _boxed(self._figure(kinds[DRAWING] + kinds["image/svg+xml"]), classes)
            elif TABLE in kinds:
                yield _boxed(*kinds[TABLE], classes)
            elif TEXT in kinds:
                yield from kinds[TEXT]
            else:
                yield _boxed(bundle, classes)

    def _figure(self, drawings: list[Drawing]) -> nodes.figure:
        """Make one numbered figure of the drawings of a chart."""
        whole = Drawing()
        for drawing in drawings:
            whole.attributes |= {key: value for key, value in drawing.attributes.items() if value}
        figure = nodes.figure("", nodes.container("", whole, classes=["output", "text_html"]), align="default")
        figure += nodes.caption("", whole["legende"])
        figure["names"].append(whole["nom"])
        self.document.note_explicit_target(figure, figure)
        return figure


def _is(element: str):
    return lambda node: isinstance(node, nodes.container) and node.get("nb_element") == element


def _ours(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("mime_type") in (TEXT, DRAWING, TABLE)


def _boxed(part: nodes.Element, classes: list[str]) -> nodes.container:
    return nodes.container("", nodes.container("", part, classes=["cell_output"]), classes=list(classes))


def _put_away(section: nodes.section) -> None:
    """Put each table that is a detail into the closed text above it, if one stands under the same heading."""
    closed = None
    for part in list(section.children):
        if isinstance(part, nodes.rubric | nodes.section):
            closed = None
        elif is_component(part, "dropdown"):
            closed = part
        elif closed and any(table["told"]["detail"] for table in part.findall(Evidence)):
            section.remove(part)
            closed.append(part)


def _heading(node: nodes.Node) -> bool:
    return isinstance(node, nodes.rubric) and "level" in node and isinstance(node.parent, nodes.section)


def _regroup(document: nodes.document) -> None:
    """Begin a section at each heading that stands among the parts of one."""
    first = next(document.findall(nodes.section))
    place, open_ = first.parent.index(first), []
    first.parent.remove(first)
    for level, part in list(_parts(first, 1)):
        if level is None:
            open_[-1].append(part)
            continue
        del open_[level - 1 :]
        if open_:
            open_[-1].append(part)
        else:
            document.insert(place, part)
        open_.append(part)


def _slugs(document: nodes.document) -> dict[str, tuple[int, str, str]]:
    """Return the sections that links of other pages may name, `[…](22_presence.ipynb#medias-utilises)`, as MyST does.

    One that none has stops the build.
    """
    titled = ((section, section.next_node(nodes.title)) for section in document.findall(nodes.section))
    return {place: (0, place, title.astext()) for section, title in titled if title for place in section["ids"]}


def _parts(section: nodes.section, level: int) -> Iterable[tuple[int | None, nodes.Node]]:
    """Yield the parts of a section, each that begins one with its level, the section itself first."""
    children, section.children = section.children, []
    yield level, section
    for child in children:
        if isinstance(child, nodes.section):
            yield from _parts(child, level + 1)
        elif isinstance(child, nodes.rubric) and "level" in child:
            begun = nodes.section("", ids=child["ids"], names=child["names"])
            begun += nodes.title("", "", *child.children)
            for name in begun["ids"]:
                section.document.ids[name] = begun
            yield child["level"], begun
        else:
            yield None, child


def connect(app: Sphinx) -> None:
    """Put what chapters show in its place as each page is read."""
    for node in (Figure, Drawing, Evidence):
        app.add_node(node)
    app.add_transform(Assembled)
