"""The first page bears the title of its edition: its notebook has that of the edition in the repository."""

__all__ = ["connect"]

from docutils import nodes
from sphinx.application import Sphinx

from utils.publishing.site.edition import written


def connect(app: Sphinx) -> None:
    """Give the first page the title of the edition, before Sphinx collects titles for contents and links."""
    app.connect("doctree-read", _entitle, priority=100)


def _entitle(app: Sphinx, doctree: nodes.document) -> None:
    if app.env.docname == app.config.root_doc:
        title = next(doctree.findall(nodes.title))
        title.children = [nodes.Text(written(app).about.titre)]
