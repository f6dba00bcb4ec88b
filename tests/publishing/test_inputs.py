"""What parts of a book are made of: told by bytes, whole, and by nothing else."""

import ast
import os
import shutil

import pytest

from utils import paths
from utils.paths import ROOT
from utils.publishing import inputs, kept
from utils.publishing.failures import Failure

MODULES = sorted((ROOT / "utils").rglob("*.py"))


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Give the test a small project of its own."""
    for name in ("data/2017", "data/demo", "chapters", "utils"):
        (tmp_path / name).mkdir(parents=True)
    written = {
        "data/2017/vague.yml": "titre: a",
        "data/demo/vague.yml": "titre: b",
        "data/questionnaire.yml": "questions: []",
        "chapters/a.ipynb": "{}",
        "utils/a.py": "from utils import b",
        "utils/b.py": "from utils.c import (\n    d,\n)",
        "utils/c.py": "d = 1",
        "utils/e.py": "import os",
    }
    for name in ("_config.yml", "_toc.yml", "references.bib", "CITATION.cff"):
        written[name] = "x"
    for name, text in written.items():
        (tmp_path / name).write_text(text)
    places = {"ROOT": ".", "DATA": "data", "CHAPTERS": "chapters", "BUILD": "_build"}
    places |= {"CONFIG": "_config.yml", "TOC": "_toc.yml", "BIBLIOGRAPHY": "references.bib", "CITATION": "CITATION.cff"}
    for name, place in places.items():
        monkeypatch.setattr(paths, name, tmp_path / place)
    inputs._source.cache_clear()
    yield tmp_path
    inputs._source.cache_clear()


def changed(path):
    path.write_text(path.read_text() + "\n# plus")
    inputs._source.cache_clear()


@pytest.mark.parametrize(("module", "concerned"), [("a", True), ("b", True), ("c", True), ("e", False)])
def test_code_is_told_with_all_that_it_leads_to(project, module, concerned):
    before = inputs.code("utils.a")
    changed(project / "utils" / f"{module}.py")
    assert (inputs.code("utils.a") != before) == concerned


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_import_is_seen(path):
    """Python's own parser finds no module of ours that is not among those that are told."""
    seen = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module.partition(".")[0] == "utils":
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            seen |= {name for name in named if ROOT.joinpath(*name.split(".")).with_suffix(".py").exists()}
        elif isinstance(node, ast.Import):
            seen |= {alias.name for alias in node.names if alias.name.partition(".")[0] == "utils"}
    assert seen <= set(inputs.imported(path.read_bytes()))


@pytest.mark.parametrize(
    ("name", "concerned"),
    [("data/2017/vague.yml", True), ("data/questionnaire.yml", True), ("data/demo/vague.yml", False)],
)
def test_a_wave_is_told_by_its_folder_and_what_waves_share(project, name, concerned):
    before = inputs.data("2017", "")
    changed(project / name)
    assert (inputs.data("2017", "") != before) == concerned


def test_a_new_file_is_told_and_a_date_is_not(project):
    before = inputs.everything()
    os.utime(project / "_toc.yml", (1, 1))
    assert inputs.everything() == before
    inputs.check_unchanged(before)
    (project / "data" / "2017" / "rejets.csv").touch()
    with pytest.raises(Failure, match="a changé pendant la construction"):
        inputs.check_unchanged(before)


def test_a_copy_of_the_project_is_told_the_same(project, tmp_path_factory, monkeypatch):
    before, other = inputs.everything(), tmp_path_factory.mktemp("ailleurs") / "livre"
    shutil.copytree(project, other)
    for name in ("ROOT", "DATA", "CHAPTERS", "CONFIG", "TOC", "BIBLIOGRAPHY", "CITATION"):
        monkeypatch.setattr(paths, name, other / getattr(paths, name).relative_to(project))
    assert inputs.everything() == before


def test_another_version_of_a_library_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs.site, "getsitepackages", lambda: [str(tmp_path)])
    told = []
    for version in ("1.0", "1.1"):
        (tmp_path / f"pandas-{version}.dist-info").mkdir()
        told.append(inputs.versions.__wrapped__())
        (tmp_path / f"pandas-{version}.dist-info").rmdir()
    assert told[0] != told[1]


@pytest.mark.usefixtures("project")
def test_a_result_is_made_once():
    made = []
    where = kept.path("a.txt", "123")
    for _ in range(2):
        kept.made(where, lambda: made.append(1) or b"x")
    assert (where.read_bytes(), len(made)) == (b"x", 1)


@pytest.mark.usefixtures("project")
def test_what_fails_leaves_nothing():
    where = kept.path("a.txt", "123")
    with pytest.raises(ZeroDivisionError):
        kept.made(where, lambda: 1 / 0)
    assert not list(where.parent.iterdir())


@pytest.mark.usefixtures("project")
def test_what_nothing_asks_for_in_a_month_is_forgotten():
    old, new = (kept.made(kept.path(name, "1"), lambda: b"") for name in "ab")
    os.utime(old, (1, 1))
    kept.forget()
    assert (old.exists(), new.exists()) == (False, True)
