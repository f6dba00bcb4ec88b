"""The explorer's files beside its page: script, data, and the library that draws.

They stand in `_explorer/` of the site, out of `_static/`, whose scripts every page loads.
"""

__all__ = ["FOLDER", "PAGE", "connect"]

import json
import shutil
from pathlib import Path

from sphinx.application import Sphinx

from utils.paths import EXPLORER
from utils.publishing import parts
from utils.publishing.site.scripts import load

PAGE = "chapters/60_explorer"
FOLDER = "_explorer"


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
    (folder / "vega.js").write_bytes(parts.library())
    data = parts.explorer(app.config.html_context["edition"])
    for question in data["questions"]:
        question["chapterTitle"] = app.env.titles[f"chapters/{question['chapter']}"].astext()
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    (folder / "explorer.json").write_text(text, encoding="utf-8")
