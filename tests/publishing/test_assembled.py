"""What chapters show stands in the page's own order and sections, whatever cell it came from."""

from docutils import nodes
from docutils.utils import new_document
from sphinx_design.shared import create_component, is_component

from utils.publishing.outputs import DRAWING, TABLE, TEXT
from utils.publishing.site.outputs import Assembled, Drawing, Evidence


def bundle(**kinds):
    return nodes.container(
        "",
        *(nodes.container("", *parts, mime_type=kind) for kind, parts in kinds.items()),
        nb_element="mime_bundle",
    )


def heading(document, text, level):
    rubric = nodes.rubric(text, text, level=level, names=[text.lower()])
    document.note_implicit_target(rubric, rubric)
    return rubric


def page(*outputs, before=(), after=(), code=None):
    """Return a page with a section that holds a cell."""
    document = new_document("page")
    first = nodes.section("", nodes.title("", "Chapitre"), ids=["chapitre"])
    second = nodes.section("", nodes.title("", "Avant"), *before, ids=["avant"])
    shown = nodes.container("", *(output(document) for output in outputs), nb_element="cell_code_output")
    cell = nodes.container("", *([code] if code else []), shown, nb_element="cell_code", classes=["cell", "tag_wide"])
    document += first
    first += second
    second += [cell, *after]
    Assembled(document).apply()
    return document


def text(*parts):
    return lambda document: bundle(**{TEXT: [part(document) if callable(part) else part for part in parts]})


def titles(document):
    return {
        section["ids"][0]: section.parent.get("ids", ["document"])[:1] for section in document.findall(nodes.section)
    }


def test_a_heading_that_an_output_brings_begins_a_section_of_the_page():
    said, late = nodes.paragraph("", "Dit."), nodes.paragraph("", "Après.")
    brought = text(lambda document: heading(document, "Médias", 2), said)
    under = text(lambda document: heading(document, "Détail", 3))
    document = page(brought, under, after=[late])
    assert titles(document) == {
        "chapitre": [],
        "avant": ["chapitre"],
        "medias": ["chapitre"],
        "detail": ["medias"],
    }
    assert said.parent["ids"] == ["medias"]
    assert late.parent["ids"] == ["detail"], "what follows the cell stands under the heading that it brought"
    assert document.ids["medias"] is said.parent


def test_both_drawings_of_a_chart_are_one_numbered_figure():
    large = Drawing(large=["<svg>", "</svg>"])
    narrow = Drawing(etroit=["<svg/>"], nom="fig-medias", legende="Médias.")
    document = page(lambda _: bundle(**{DRAWING: [narrow], "image/svg+xml": [large]}))
    (figure,) = document.findall(nodes.figure)
    assert figure["ids"] == ["fig-medias"]
    (whole,) = figure.findall(Drawing)
    assert (whole["large"], whole["etroit"]) == (["<svg>", "</svg>"], ["<svg/>"])
    assert figure.parent.parent["classes"] == ["cell", "tag_wide"]


def test_what_is_not_ours_and_code_that_is_shown_stay():
    printed, code = nodes.literal_block("", "7"), nodes.container("", nb_element="cell_code_source")
    document = page(text(nodes.paragraph("", "Dit.")), lambda _: printed, code=code)
    assert printed in document.findall(nodes.literal_block)
    assert code in document.findall(nodes.container)


def evidence(*, detail):
    return lambda _: bundle(**{TABLE: [Evidence(told={"detail": detail})]})


def test_tables_that_are_details_stand_in_the_closed_text_above_them():
    def closed(_):
        return create_component("dropdown", children=[nodes.paragraph("", "Test.")])

    document = page(
        text(lambda document: heading(document, "Médias", 2)),
        text(closed),
        evidence(detail=False),
        evidence(detail=True),
        text(lambda document: heading(document, "Langues", 2)),
        evidence(detail=True),
    )
    held, shown, other = document.findall(Evidence)
    assert [place(table) for table in (held, shown, other)] == [["medias", "dropdown"], ["medias"], ["langues"]]
    assert (held["told"]["detail"], shown["told"]["detail"]) == (True, False)


def place(node):
    """Return the section that a node stands in, and the closed text, if it is in one."""
    above = []
    while not isinstance(node := node.parent, nodes.section):
        above += ["dropdown"] if is_component(node, "dropdown") else []
    return [*node["ids"], *above]
