"""A sheet's page: what its executed notebook shows, in one HTML file that needs nothing else."""

__all__ = ["composed", "stamped"]

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import jinja2
from nbformat import NotebookNode

from utils import paths
from utils.publishing.policy import digest
from utils.publishing.sheets.sheet import BOOK

FOLDER = paths.FRONT / "fiches"
BACK = "verso"  # the tag of the notebook's cells that stand on the second page
_HEAD, _STAMP = 512, 'name="empreinte" content="'  # a page says in its first bytes what it is made of


def composed(notebook: NotebookNode, *, commune: str, edition: str, stamp: str, book: str) -> str:
    """Return the page of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        What its cells show as HTML stands on the first page or, of cells tagged `verso`, on the second.
    commune, edition : str
        Whose sheet it is, and the wave.
    stamp : str
        What it is made of; see `stamped`.
    book : str
        Address of the folder of chapters, with a slash at its end.
    """
    faces: tuple[list[str], list[str]] = ([], [])
    for cell in notebook.cells:
        face = faces[BACK in cell.metadata.get("tags", [])]
        face += [part for part in _shown(cell) if part.strip()]
    page, style = _template()
    told = {"commune": commune, "edition": edition, "stamp": stamp, "faces": [f for f in faces if f]}
    told |= {"style": style, "allowed": digest(style)}  # no element of a sheet has a style of its own
    return page.render(told).replace(f'href="{BOOK}', f'href="{book}')


def stamped(page: Path) -> str:
    """Return what a page says that it is made of; empty text where there is no page, or none that says it."""
    try:
        with page.open(encoding="utf-8") as file:
            _, found, rest = file.read(_HEAD).partition(_STAMP)
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    return rest.partition('"')[0] if found else ""


def _shown(cell: NotebookNode) -> Sequence[str]:
    data = [output.data for output in cell.get("outputs", []) if "data" in output]
    return ["".join(one["text/html"]) for one in data if "text/html" in one]


@cache
def _template() -> tuple[jinja2.Template, str]:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True)
    style = (FOLDER / "fiche.css").read_text(encoding="utf-8")
    return environment.get_template("fiche.html"), style
