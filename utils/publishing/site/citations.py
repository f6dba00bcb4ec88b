"""The list of references: written as French does, in roles that screen readers know, titles in their own language."""

__all__ = ["connect"]

import re
from typing import Any

from docutils import nodes
from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style, pages
from pybtex.style.names.lastfirst import NameStyle
from pybtex.style.template import Node, field, first_of, href, join, names, optional, optional_field, tag, words
from pybtex_docutils import Backend
from sphinx.application import Sphinx

from utils.french import NBSP, THIN

NAME = "francais"  # `bibtex_default_style` in _config.yml
_FOREIGN = {"english": "en", "dutch": "nl", "german": "de"}  # values of `langid` and their codes
_BACK = re.compile(r'<span class="backrefs">\((.*?)\)</span>\n(<p>.*?)(</p>)', re.DOTALL)


class _French(Style):
    """« Nom, Prénom (année). *Titre*. Éditeur. », in the order of their citation; titles keep their capitals.

    A work's language (`langid`) is that of its title; a title without one is in French.
    """

    default_name_style = NameStyle

    def get_article_template(self, entry: Entry) -> Node:
        title = join["«" + NBSP, _told(entry, field("title")), NBSP + "»"]
        where = join(sep=", ")[
            _told(entry, tag("em")[field("journal")]),
            optional[join["vol." + NBSP, field("volume")]],
            optional[join["n°" + NBSP, field("number")]],
            optional[join["p." + NBSP, pages]],
        ]
        return _sentences(_who(), title, where)

    def get_book_template(self, entry: Entry) -> Node:
        title = join(sep=", ")[_told(entry, tag("em")[field("title")]), optional_field("edition")]
        series = join(sep=", ")[_told(entry, field("series")), optional[join["vol." + NBSP, field("volume")]]]
        publisher = join(sep=f"{NBSP}: ")[optional_field("address"), field("publisher")]
        return _sentences(_who(), title, publisher, series, field("note"))

    def get_misc_template(self, entry: Entry) -> Node:
        title = _told(entry, tag("em")[field("title")])
        return _sentences(_who(), title, field("publisher"), field("note"))


def _sentences(*parts: Node) -> Node:
    """End each part with a full stop, and leave out those that lack a field; where to read the work comes last."""
    return join(sep=" ")[(*(optional[join[part, "."]] for part in parts), _address())]


def _who() -> Node:
    authors = names("author", sep=f"{THIN}; ", sep2=" et ", last_sep=" et ")
    return words[authors, optional[join["(", field("year"), ")"]]]


def _address() -> Node:
    doi = field("doi", raw=True)
    url = field("url", raw=True)
    read = optional[join["Consulté le ", field("urldate"), NBSP + ": "]]
    return first_of[
        optional[join["DOI" + NBSP + ": ", href(join["https://doi.org/", doi])[doi], "."]],
        optional[join[read, href(url)[url], "."]],
    ]


def _told(entry: Entry, title: Node) -> Node:
    """Mark a title that is in another language than the page."""
    language = _FOREIGN.get(entry.fields.get("langid", ""))
    return tag(f"language-{language}")[title] if language else title


def connect(app: Sphinx) -> None:
    """Write references so, and call each an item of its list: docutils calls it by a role that has been withdrawn."""
    register_plugin("pybtex.style.formatting", NAME, _French)
    for language in _FOREIGN.values():
        # docutils makes an attribute `lang` of this class.
        name = f"language-{language}"
        Backend.tags[name] = lambda *content, name=name: nodes.inline(*content, classes=[name])
    app.connect("html-page-context", _as_items)


def _as_items(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:  # noqa: ARG001
    if "body" in context:
        body = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')
        context["body"] = _BACK.sub(_cited, body)


def _cited(found: re.Match[str]) -> str:
    """Tell after a reference where it is cited several times, which docutils only numbers before it."""
    return f'{found[2]} <span class="backrefs">Citée en {found[1].replace(",", ", ")}.</span>{found[3]}'
