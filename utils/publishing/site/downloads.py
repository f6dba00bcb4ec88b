"""The files of the edition, written beside its pages, and the table that leads to them."""

__all__ = ["Distribution", "connect", "distributions"]

from functools import cache
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from utils.french import NBSP, capitalise, typeset
from utils.offering.bundle import Offered
from utils.publishing import parts
from utils.publishing.paper.links import FOLDER, MARK
from utils.showing.origins import Origin
from utils.showing.tables import Table, as_html
from utils.telling.figures import NOTHING, number


class Distribution(NamedTuple):
    """One file of the edition: its path from the edition's root, its name, media type, bytes and description."""

    path: str
    name: str
    media_type: str
    size: int
    description: str


def distributions(app: Sphinx) -> list[Distribution]:
    """Return every file that the edition being written offers, the most wanted first."""
    return [
        Distribution(
            *(f"{FOLDER}/{file.name}", file.name, file.media_type, len(file.content)),
            typeset(f"{file.title} : {file.says}"),
        )
        for file in _files(app)
    ]


def connect(app: Sphinx) -> None:
    """Offer the directives `telechargements` and `imprimes`, and write the files once the pages are."""
    app.add_directive("telechargements", _Downloads)
    app.add_directive("imprimes", _Printed)
    app.connect("build-finished", _write)


class _Downloads(SphinxDirective):
    """The table of the files. Only a build knows their sizes: the notebook holds a place for it."""

    def run(self) -> list[nodes.Node]:
        # Data can change without the page that names it.
        self.env.note_reread()
        app = self.env.app
        up = "" if app.builder.name == "singlehtml" else "../" * self.env.docname.count("/")
        table = Table(
            "Les fichiers de l’édition",
            ("Fichier", "Contenu", "Taille"),
            tuple((file.title, capitalise(typeset(file.says)), _size(len(file.content))) for file in _files(app)),
            links=tuple(f"{up}{FOLDER}/{file.name}" for file in _files(app)),
            numeric=False,
            kept=True,
            source=NOTHING,
            files=(Origin.COLUMNS,),
            method="aucune : la liste des fichiers",
        )
        return [nodes.raw("", as_html(table, "tableau-telechargements"), format="html")]


class _Printed(SphinxDirective):
    """A place for the links to what is printed of the edition, once it is: printing reads the written pages."""

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", f'<p class="imprimes ecran">{MARK}</p>', format="html")]


def _size(size: int) -> str:
    """Write a size in kilobytes of a thousand bytes, never zero."""
    return f"{number(max(size / 1000, 0.1), 0 if size >= 10_000 else 1)}{NBSP}ko"


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    for file in _files(app):
        (folder / file.name).write_bytes(file.content)


@cache
def _made(app: Sphinx, edition: str) -> tuple[Offered, ...]:  # noqa: ARG001 (what is kept is kept by edition)
    return parts.downloads(edition)


def _files(app: Sphinx) -> tuple[Offered, ...]:
    return _made(app, app.config.html_context["edition"])
