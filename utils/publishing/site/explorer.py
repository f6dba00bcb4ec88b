"""The explorer's files beside its page: script, data, and the library that draws.

They stand in `_explorer/` of the site, out of `_static/`, whose scripts every page loads.
"""

__all__ = ["FOLDER", "PAGE", "connect"]

import hashlib
import json
import os
import shutil
from importlib.metadata import version
from pathlib import Path

import vl_convert
from sphinx.application import Sphinx

from utils.offering import explorer
from utils.paths import BUILD, EXPLORER
from utils.publishing.site.edition import written
from utils.publishing.site.scripts import load

PAGE = "chapters/60_explorer"
FOLDER = "_explorer"
# The addresses are names under which the package holds these modules: nothing is fetched. Its own way to Vega,
# Vega-Embed, would weigh half as much again, for Vega-Lite, which is not used.
_HELD = "https://cdn.jsdelivr.net/npm"
_SNIPPET = (
    f'import {{View, parse}} from "{_HELD}/vega@6.2.0/+esm";'
    f'import {{expressionInterpreter}} from "{_HELD}/vega-interpreter@2.0.0/+esm";'
    "export {View, parse, expressionInterpreter};"
)


def connect(app: Sphinx) -> None:
    """Give the explorer's page its script, and the site the files that these ask for."""
    app.connect("html-page-context", _load_here)
    app.connect("build-finished", _write)


def _load_here(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:  # noqa: ARG001
    if page == PAGE:
        load(context, FOLDER, "explorer")


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html" or PAGE not in app.env.titles:
        return
    folder = Path(app.outdir) / FOLDER
    shutil.copytree(EXPLORER, folder, dirs_exist_ok=True)
    shutil.copy(_library(), folder / "vega.js")
    data = explorer.explored(written(app))
    for question in data["questions"]:
        question["chapterTitle"] = app.env.titles[f"chapters/{question['chapter']}"].astext()
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    (folder / "explorer.json").write_text(text, encoding="utf-8")


def _library() -> Path:
    """Return Vega with all that it needs as one module; made once, as that takes three seconds."""
    name = hashlib.sha256(f"{version('vl-convert-python')} {_SNIPPET}".encode()).hexdigest()[:12]
    bundle = BUILD / f"vega-{name}.js"
    if not bundle.exists():
        BUILD.mkdir(exist_ok=True)
        # Two builds may do this at once: each writes a file of its own, and moves it into place whole.
        fresh = bundle.with_suffix(f".{os.getpid()}")
        fresh.write_text(vl_convert.javascript_bundle(_SNIPPET), encoding="utf-8")
        fresh.replace(bundle)
    return bundle
