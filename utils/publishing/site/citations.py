"""The list of references: written as French does, in roles that screen readers know."""

__all__ = ["connect"]

from typing import Any

from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import field, href, join, sentence, tag
from sphinx.application import Sphinx

from utils.french import NBSP

NAME = "francais"  # `bibtex_default_style` in _config.yml


class _French(Style):
    """Numbered as they are cited; titles keep their capitals, an article's stands between guillemets."""

    def format_title(self, entry, which_field, as_sentence=True):
        if entry.type == "article":
            title = join["«" + NBSP, field(which_field), NBSP + "»"]
        else:
            title = tag("em")[field(which_field)]
        return sentence[title] if as_sentence else title

    def format_url(self, entry):  # noqa: ARG002 (pybtex's own)
        url = field("url", raw=True)
        return href(url)[url]


def connect(app: Sphinx) -> None:
    """Call each reference an item of its list: docutils calls it by a role that has been withdrawn."""
    register_plugin("pybtex.style.formatting", NAME, _French)
    app.connect("html-page-context", _as_items)


def _as_items(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:  # noqa: ARG001
    if "body" in context:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')
