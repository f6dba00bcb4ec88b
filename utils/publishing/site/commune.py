"""The files beside the page of one's own commune: script, and what communes like it answer.

They stand in `_commune/` of the site, out of `_static/`, whose scripts every page loads.
"""

__all__ = ["FOLDER", "PAGE", "connect"]

import shutil
from pathlib import Path

from sphinx.application import Sphinx

from utils.offering import commune_page
from utils.paths import COMMUNE
from utils.publishing import parts
from utils.publishing.site.edition import written
from utils.publishing.site.scripts import load

PAGE = f"chapters/{commune_page.PAGE}"
FOLDER = "_commune"


def connect(app: Sphinx) -> None:
    """Give the page its script, and the site the files that these ask for."""
    app.connect("html-page-context", _load_here)
    app.connect("build-finished", _write)


def _load_here(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:  # noqa: ARG001
    if page == PAGE and written(app).communes is not None:
        load(context, FOLDER, "commune")


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html" or PAGE not in app.env.titles:
        return
    if not (told := parts.commune(app.config.html_context["edition"])):
        return
    folder = Path(app.outdir) / FOLDER
    shutil.copytree(COMMUNE, folder, dirs_exist_ok=True)
    (folder / "commune.json").write_bytes(told)
