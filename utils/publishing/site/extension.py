"""What the book adds to Jupyter Book while Sphinx writes its pages: one module of this folder for each concern."""

__all__ = ["setup"]

from sphinx.application import Sphinx

from utils.publishing.site import (
    addresses,
    citations,
    commune,
    dataset,
    dependence,
    downloads,
    evidence,
    explorer,
    formulas,
    layout,
    outputs,
    register,
)

CONCERNS = (
    addresses,
    outputs,
    evidence,
    citations,
    commune,
    dataset,
    downloads,
    explorer,
    formulas,
    layout,
    register,
    dependence,
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect every concern to Sphinx, which calls this once."""
    for concern in CONCERNS:
        concern.connect(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
