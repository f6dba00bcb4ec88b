"""The list of references, in roles that screen readers know."""

__all__ = ["connect"]

from typing import Any

from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Call each reference an item of its list: docutils calls it by a role that has been withdrawn."""
    app.connect("html-page-context", _as_items)


def _as_items(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:  # noqa: ARG001
    if "body" in context:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')
