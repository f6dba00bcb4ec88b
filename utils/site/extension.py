"""What the book adds to Jupyter Book while Sphinx writes its pages: one module of this folder for each concern."""

__all__ = ["setup"]

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:  # noqa: ARG001 (each concern will connect itself to it)
    """Connect every concern to Sphinx, which calls this once."""
    return {"parallel_read_safe": True, "parallel_write_safe": True}
