"""The chapters as they stand in the repository: their recipe, their prose, their outputs."""

import ast
import re

import nbformat
import pytest
import yaml

from utils.french import typeset
from utils.paths import CHAPTERS, ROOT, TOC
from utils.publishing.contents import EVOLUTION

NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))
PAGES = sorted(CHAPTERS.glob("*.md"))
# Figures of other sources, quoted by the context chapter, each with its reference; years stand in references.
QUOTED = {"94_chiffres.md": ["0", "1"]}

MAGIC = re.compile(r"%%prose( if [^\n]+)?\n")
ROLE = re.compile(r"\{[a-z:]+\}`[^`]*`|\{\{ [\w.]+ \}\}")
ASIDE = re.compile(r"`[^`]*`|\]\([^)]*\)|^\([\w-]+\)=$|^:\w+:.*$|^```\{math\}\n.*\n```$|^```.*$", re.MULTILINE)


def read(path):
    return nbformat.read(path, as_version=4)


def cells(path, kind):
    return [cell for cell in read(path).cells if cell.cell_type == kind]


def written(path):
    """Return what an author wrote as text, in order: Markdown, and templates of it."""
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            yield cell.source
        elif cell.cell_type == "code" and MAGIC.match(cell.source):
            yield MAGIC.sub("", cell.source, count=1)


def typed(path):
    """Return all that an author typed for readers, captions too."""
    yield from written(path)
    for cell in cells(path, "code"):
        if not MAGIC.match(cell.source) and "parameters" not in cell.metadata["tags"]:
            texts = (node.value for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Constant))
            yield from (text for text in texts if isinstance(text, str) and " " in text)


def prose(text):
    """Return what an author typed: no roles, no code, no addresses."""
    return ASIDE.sub("", ROLE.sub("", text))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param


def test_the_table_of_contents_and_the_files_agree():
    toc = yaml.safe_load(TOC.read_text(encoding="utf-8"))
    listed = [toc["root"], *(entry["file"] for part in toc["parts"] for entry in part["chapters"])]
    # Only an edition that is compared with another tells of the evolution: the build adds it.
    always = [path for path in sorted(NOTEBOOKS + PAGES) if path.stem != EVOLUTION]
    assert listed == [f"chapters/{path.stem}" for path in always]


def test_every_chapter_of_the_codebook_exists(wave):
    assert {question.chapitre for question in wave.codebook.questions} <= {path.stem for path in NOTEBOOKS}


def test_a_chapter_opens_with_label_and_title(notebook):
    first, *_ = written(notebook)
    assert re.fullmatch(r"\(([a-z-]+)\)=\n# [^\n]+(\n\n[^\n]+\?)?", first), first
    headings = [line for cell in cells(notebook, "markdown") for line in cell.source.splitlines()]
    assert sum(line.startswith("# ") for line in headings) == 1


def test_parameters_are_plain_literals(notebook):
    tagged = [cell for cell in cells(notebook, "code") if "parameters" in cell.metadata.get("tags", [])]
    assert [cell.source for cell in tagged] == ['wave = "2017"\nprevious_wave = ""']


def test_cells_are_short_and_neither_define_nor_print(notebook):
    for cell in cells(notebook, "code"):
        # Prose too: a text in parts is read, moved and left out in parts.
        assert len(cell.source.splitlines()) <= (15 if MAGIC.match(cell.source) else 14), cell.source
        assert not re.search(r"^\s*(def|class) |\bprint\(", cell.source, re.MULTILINE), cell.source


def test_code_is_out_of_the_reader_s_way(notebook):
    for cell in cells(notebook, "code"):
        assert {"remove-cell", "remove-input"} & set(cell.metadata.get("tags", [])), cell.source


def test_every_cell_was_executed_without_error_or_noise(notebook):
    counts = [cell.execution_count for cell in cells(notebook, "code")]
    assert counts == list(range(1, len(counts) + 1))
    for cell in cells(notebook, "code"):
        for output in cell.outputs:
            assert output.output_type not in ("error", "stream"), output


def test_nothing_of_one_run_is_kept(notebook):
    text = notebook.read_text(encoding="utf-8")
    assert "papermill" not in text
    assert '"execution": {' not in text
    assert str(ROOT) not in text


def test_no_number_is_typed_in_prose(notebook):
    for text in typed(notebook):
        assert not re.search(r"\d", prose(text)), text


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_typed_numbers_are_quotations(page):
    text = re.sub(r"\{cite:p\}`[^`]*`", "", page.read_text(encoding="utf-8"))
    found = re.findall(r"\d+(?:\u00a0%)?", prose(text))
    assert [number.replace("\u00a0", " ") for number in found] == QUOTED[page.name]


def test_every_quoted_figure_has_its_reference():
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            if "%" in line:
                assert "{cite:p}" in line, line


@pytest.mark.parametrize("path", NOTEBOOKS + PAGES, ids=lambda path: path.stem)
def test_french_typography(path):
    # Captions are typeset by the code that shows them.
    for text in written(path) if path.suffix == ".ipynb" else [path.read_text("utf-8")]:
        for line in ASIDE.sub("", text).splitlines():
            plain = ROLE.sub("X", line)
            assert typeset(plain) == plain


def test_what_is_made_is_shown(notebook):
    """Code makes no text that the page does not show, as a name that nothing reads betrays."""
    code = [cell.source for cell in cells(notebook, "code") if "parameters" not in cell.metadata["tags"]]
    made = {
        name.id
        for source in code
        if not MAGIC.match(source)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        for name in [node]
    }
    for name in made:
        assert len(re.findall(rf"\b{name}\b", "\n".join(code))) > 1, name


def test_a_figure_is_named_captioned_and_followed_by_its_table(notebook):
    for cell in cells(notebook, "code"):
        if "page.figure(" in cell.source:
            assert re.search(r'"fig-[a-z-]+"', cell.source), cell.source
            # A map and the bars beside it share one table.
            assert "page.table(" in cell.source.rpartition("page.figure(")[2], cell.source


def test_the_source_s_sentences_are_not_ours():
    # A few turns that only the published study uses.
    turns = [
        "communiquer à double sens",
        "appartenance d’un citoyen à sa ville",
        "l’audience sur les médias sociaux dépend",
    ]
    for path in NOTEBOOKS + PAGES:
        text = path.read_text(encoding="utf-8").replace("\u00a0", " ")
        assert not [turn for turn in turns if turn in text]
