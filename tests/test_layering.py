"""Imports go down: each module uses only what stands below it."""

import ast

import pytest

from utils.paths import ROOT

LAYERS = [
    {"paths", "french", "chromium"},
    {"codebook"},
    {"provenance", "outlines"},
    {"spreadsheet", "archive", "fields"},
    {"problems", "likert", "choices", "intervals", "expressions", "communes", "confidentiality", "labels"},
    {"compare", "weighting", "answers", "guesses", "vocabulary", "compose"},
    {"ranks", "ranking", "power", "proposals"},
    {"specifications"},
    {"files", "results"},
    {"checks", "canvas", "comparisons", "tabular", "geojson"},
    {"metadata"},
    {"frames", "exports", "counting", "rejects"},
    {"responses"},
    {"editions", "verdicts", "svg"},
    {"waves", "audit", "lookup", "contrasts", "nonresponse", "evolution", "hosting"},
    {"claims", "quarantine", "territory"},
    {"phrases", "oddities"},
    {"publication", "tidy"},
    {"datapackage", "workbook"},
    {"ddi"},
    {"charts", "rating_charts", "maps", "tables", "wording"},
    {"bundle"},
    {"verification", "trends", "explorer"},
    {"evidence"},
    {"explorer_page"},
    {"report"},
    {"engine"},
    {"build", "printing"},
    {"pdf"},
    {"commands"},
    {"__main__"},
]
# A statistician can read these alone.
STATISTICS = {"likert", "choices", "intervals", "compare", "weighting", "ranks", "ranking", "power", "specifications"}
STATISTICS |= {"confidentiality"}
HEIGHT = {module: height for height, layer in enumerate(LAYERS) for module in layer}
MODULES = sorted(path for path in (ROOT / "utils").glob("*.py") if path.stem != "__init__")
# What runs within Sphinx stands beside `report`: above what it shows, below what builds it.
SITE_MODULES = sorted(path for path in (ROOT / "utils" / "site").glob("*.py") if path.stem != "__init__")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "utils":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            pytest.fail(f"{path.name}: relative import, line {node.lineno}")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("utils."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("utils."))


def imported_anywhere(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_every_module_has_its_layer():
    assert {path.stem for path in MODULES} == set(HEIGHT)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_imports_go_down(path):
    upward = [name for name in imported(path) if HEIGHT[name] >= HEIGHT[path.stem]]
    assert not upward, f"{path.name} imports {upward} from its own layer or above"


@pytest.mark.parametrize("module", sorted(STATISTICS))
def test_statistics_know_nothing_of_files_waves_or_french(module):
    assert set(imported(ROOT / "utils" / f"{module}.py")) <= STATISTICS


def test_only_report_and_engine_know_ipython():
    knowing = {path.stem for path in MODULES if "IPython" in path.read_text(encoding="utf-8")}
    assert knowing == {"report", "engine"}


def test_only_what_runs_within_sphinx_knows_it():
    assert not [path.stem for path in MODULES if any("sphinx" in name for name in imported_anywhere(path))]


@pytest.mark.parametrize("path", SITE_MODULES, ids=lambda path: path.stem)
def test_what_runs_within_sphinx_uses_what_stands_below_the_build(path):
    assert {name for name in imported(path) if name != "site"} <= {n for n, h in HEIGHT.items() if h < HEIGHT["engine"]}


@pytest.mark.parametrize("path", [*MODULES, *SITE_MODULES], ids=lambda path: path.stem)
def test_modules_are_short_and_say_what_they_offer(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 330
    if path.stem == "__main__":
        return
    tree = ast.parse(text)
    assert isinstance(tree.body[1], ast.Assign), "__all__ comes first"
    assert tree.body[1].targets[0].id == "__all__"
    offered = set(ast.literal_eval(tree.body[1].value))
    defined = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    defined |= {t.id for n in tree.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)}
    defined |= {n.target.id for n in tree.body if isinstance(n, ast.AnnAssign)}
    defined |= {
        e.id
        for n in tree.body
        if isinstance(n, ast.Assign)
        for t in n.targets
        if isinstance(t, ast.Tuple)
        for e in t.elts
    }
    assert offered <= defined
