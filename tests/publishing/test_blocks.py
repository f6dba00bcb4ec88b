"""A chapter follows its wave's questionnaire, and stays as it is on the wave that it is committed with."""

import re

import nbformat
import pytest
import yaml

from utils.paths import CHAPTERS, DATA
from utils.publishing.blocks import compose
from utils.survey.codebook import Codebook

NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))
GLUED = re.compile(r"\{glue:text\}`([a-z0-9_]+)`")


def read(slug):
    return nbformat.read(CHAPTERS / f"{slug}.ipynb", as_version=4)


def codebook(change=lambda _: None):
    content = yaml.load((DATA / "questionnaire.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    change(content)
    return Codebook.model_validate(content).at("2017-02")


def texts(notebook):
    return "\n".join(cell.source for cell in notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_changes_on_the_wave_that_is_committed(path):
    assert compose(read(path.stem), path.stem, codebook()) == read(path.stem)


@pytest.mark.parametrize("question", [q.id for q in codebook().questions if q.type != "texte" and q.id != "active"])
def test_a_question_that_was_left_out_leaves_no_trace_but_a_note(question):
    smaller = codebook().at("2017-02", [question])
    slug = codebook()[question].chapitre
    for path in NOTEBOOKS:
        composed = compose(read(path.stem), path.stem, smaller)
        pasted = [key for cell in composed.cells if cell.cell_type == "markdown" for key in GLUED.findall(cell.source)]
        assert not [key for key in pasted if key.startswith(f"{question}_")], path.stem
        assert ("Non demandé dans cette édition" in texts(composed)) == (path.stem == slug), path.stem
        assert not re.search(rf'report\.\w+\(wave, "{question}"', texts(composed)), path.stem


def add(content, **question):
    content["questions"].append({"libelle": "Nouveauté", "enonce": "Une question nouvelle.", **question})


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ({"type": "likert", "echelle": "accord_10", "constat": "essayer", "base": "actives"}, "ratings.scores"),
        ({"type": "choix_unique", "base": "communes", "modalites": [{"id": "a", "libelle": "a"}]}, "charts.options"),
        ({"type": "likert", "echelle": "accord_10", "constat": "essayer", "base": "communes"}, "nouveau.other"),
    ],
)
def test_a_new_question_has_its_block_where_the_questionnaire_puts_it(question, shown):
    larger = codebook(lambda content: add(content, id="nouveau", chapitre="24_pratiques", **question))
    composed = compose(read("24_pratiques"), "24_pratiques", larger)
    block = "\n".join(cell.source for cell in composed.cells if cell.metadata.get("question") == "nouveau")
    assert "## Nouveauté" in block
    assert shown in block
    assert 'chapter.breakdowns(wave, "nouveau"' in block
    assert "## Nouveauté" not in texts(compose(read("23_connaissance"), "23_connaissance", larger))
    assert [cell["id"] for cell in composed.cells] == [f"24-{i:02d}" for i in range(len(composed.cells))]


def test_invented_data_is_marked_before_anything_is_shown():
    composed = compose(read("26_opinion"), "26_opinion", codebook(), fictional=True)
    sources = [cell.source for cell in composed.cells]
    marked = next(i for i, source in enumerate(sources) if "mark_as_fictional" in source)
    assert marked < next(i for i, source in enumerate(sources) if "chapter.figure" in source)
