"""The folders of `utils/` are rooms, in the order in which data becomes a page; imports go one way."""

import ast
import json

import pytest

from utils.paths import CHAPTERS, ROOT

UTILS = ROOT / "utils"
BELOW = {  # what each room may use of the others; what stands on no floor (`french`, `paths`) is a room of its own
    "french": set(),
    "paths": set(),
    "spreadsheet": set(),
    "whole": set(),
    "statistics": set(),
    "survey": {"statistics", "french"},
    "reading": {"survey", "statistics", "french", "paths", "spreadsheet", "whole"},
    "telling": {"survey", "statistics", "french"},
    "showing": {"telling", "survey", "statistics", "french"},
    "auditing": {"showing", "telling", "reading", "survey", "statistics", "french", "paths"},
    "offering": {"showing", "telling", "reading", "survey", "statistics", "french", "paths", "spreadsheet"},
    "__main__": {"publishing", "reading"},
    "publishing": {
        *("auditing", "offering", "showing", "telling", "reading", "survey", "statistics"),
        *("french", "paths", "spreadsheet", "whole"),
    },
}
MODULES = {
    ".".join(path.relative_to(UTILS).with_suffix("").parts): path
    for path in sorted(UTILS.rglob("*.py"))
    if path.stem != "__init__"
}
LONGEST = 330  # lines of a module


def imported(path):
    """Return the modules of ours that a file imports, dotted from `utils`, and all else that it imports."""
    ours, others = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            pytest.fail(f"{path}: relative import, line {node.lineno}")
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name}" for name in names]
        for name in names:
            parts = name.split(".")
            if parts[0] != "utils":
                others.add(name)
            else:
                known = [".".join(parts[1:end]) for end in (len(parts), len(parts) - 1)]
                ours.add(next((found for found in known if found in MODULES), known[0]))
    return ours, others


def room(module):
    return module.split(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_a_room_uses_only_what_its_rule_allows(module):
    used = {name for name in imported(MODULES[module])[0] if room(name) != room(module)}
    against = {name for name in used if room(name) not in BELOW[room(module)]}
    assert not against, f"{module} imports {sorted(against)}: a room may use {sorted(BELOW[room(module)])}"


def test_no_imports_run_in_a_circle():
    uses = {name: imported(path)[0] & set(MODULES) for name, path in MODULES.items()}
    while free := [name for name, used in uses.items() if not used]:
        for name in free:
            del uses[name]
        uses = {name: used - set(free) for name, used in uses.items()}
    assert not uses, f"modules that lead back to themselves: {sorted(uses)}"


def test_the_audit_is_fenced_off():
    """The published study is checked beside the book: only what checks a wave, and its own chapters, know it."""
    users = {name for name, path in MODULES.items() if any(room(used) == "auditing" for used in imported(path)[0])}
    assert {name for name in users if room(name) != "auditing"} == {"publishing.checking"}
    chapters = {path.stem for path in CHAPTERS.glob("*.ipynb") if "utils.auditing" in path.read_text(encoding="utf-8")}
    # The first page and that on how far to trust tell what was verified.
    assert chapters == {"00_synthese", "11_methodologie", "92_verification"}


def test_only_a_chapter_and_its_engine_know_ipython():
    knowing = {name for name, path in MODULES.items() if any(o.startswith("IPython") for o in imported(path)[1])}
    assert knowing == {"publishing.chapter", "publishing.engine"}


def test_only_what_runs_within_sphinx_knows_it():
    knowing = {name for name, path in MODULES.items() if any("sphinx" in o for o in imported(path)[1])}
    assert all(name.startswith("publishing.site.") for name in knowing), knowing


@pytest.mark.parametrize("module", [name for name in MODULES if name != "__main__"])
def test_a_module_is_short_and_says_what_it_offers(module):
    text = MODULES[module].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    first, body = ast.parse(text).body[1], ast.parse(text).body
    assert isinstance(first, ast.Assign), "__all__ comes first"
    assert first.targets[0].id == "__all__"
    defined = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assigned = [node for node in body if isinstance(node, ast.Assign | ast.AnnAssign)]
    defined |= {name.id for node in assigned for name in ast.walk(node) if isinstance(name, ast.Name)}
    assert set(ast.literal_eval(first.value)) <= defined


# Who puts Markdown together: of parts that are Markdown by their type, or that a check has let through.
PUT_TOGETHER = {"telling.markup", "telling.comments", "publishing.outputs", "publishing.chapter", "showing.measured"}


def typed(call, tree):
    """Tell whether the text of a call was typed, there or where its name stands for it."""
    if not call.args:
        return True
    text = call.args[0]
    if isinstance(text, ast.Name):
        given = (node for node in ast.walk(tree) if isinstance(node, ast.Assign))
        named = [node.value for node in given if ast.unparse(node.targets[0]) == text.id]
        return bool(named) and all(isinstance(value, ast.Constant) for value in named)
    return isinstance(text, ast.Constant)


def test_markdown_is_typed_and_never_put_together():
    """What an f-string puts into a template is Markdown too, whoever typed it: values are named, and stay text."""
    knowing = {name: path.read_text(encoding="utf-8") for name, path in MODULES.items() if name not in PUT_TOGETHER}
    sources = {name: text for name, text in knowing.items() if "telling.markup import" in text}
    for path in CHAPTERS.glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        sources[path.stem] = "\n".join(cell for cell in code if not cell.startswith("%%"))
    found = []
    for name, source in sources.items():
        tree = ast.parse(source)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            called = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if called in ("prose", "markup", "Markup") and not typed(call, tree):
                found.append(f"{name}, line {call.lineno}: {ast.unparse(call)[:80]}")
    assert not found, found
