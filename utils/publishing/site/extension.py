"""What the book adds to Jupyter Book while Sphinx writes its pages: one module of this folder for each concern."""

__all__ = ["setup"]

from sphinx.application import Sphinx

from utils.publishing.site import (
    addresses,
    citations,
    downloads,
    evidence,
    explorer,
    layout,
    outputs,
    register,
    search,
    sharing,
    styles,
)

CONCERNS = (addresses, outputs, evidence, citations, downloads, explorer, layout, register, search, sharing, styles)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect every concern to Sphinx, which calls this once."""
    for concern in CONCERNS:
        concern.connect(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
