"""What a page loads: one style sheet. The book's own scripts, 6 KB, stand in the page: a file would delay the text."""

__all__ = ["connect"]

from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from utils.paths import STATIC, TEMPLATES

# Sphinx's serve a search that is not ours, the theme's and its design's menus that are not ours.
UNUSED = {
    f"_static/{name}.js"
    for name in (
        "documentation_options",
        "doctools",
        "sphinx_highlight",
        "translations",
        "design-tabs",
        "scripts/sphinx-book-theme",
    )
}
# Written anew whenever an edition is published beside the others, and asked for once the page is shown.
APART = {"editions.js"}
# In the order in which they override each other; the book's own come last, by name.
SHEETS = (
    "basic",
    "styles/pydata-sphinx-theme",
    "pygments",
    "styles/sphinx-book-theme",
    "mystnb.*",
    "sphinx-design.min",
)


def connect(app: Sphinx) -> None:
    """Give the pages the book's own front, and each the scripts that serve it."""
    app.connect("builder-inited", _leave_out_the_search)
    app.connect("html-collect-pages", lambda _: [("search", {"title": "Recherche"}, "search.html")])
    app.connect("config-inited", _own_front, priority=400)  # before the theme looks for templates
    app.connect("html-page-context", _keep_what_serves, priority=900)  # after the extensions that add some


def _leave_out_the_search(app: Sphinx) -> None:
    # The book has its own: Sphinx's finds whole pages, and folds no accents.
    if app.builder.format == "html":
        app.builder.search = False


def _own_front(app: Sphinx, config: Config) -> None:  # noqa: ARG001
    config.templates_path = [str(TEMPLATES)]
    config.html_static_path = [str(STATIC)]
    config.html_favicon = str(STATIC / "favicon.svg")
    config.html_css_files = sorted(path.name for path in STATIC.glob("*.css"))
    config.html_js_files = sorted(path.name for path in STATIC.glob("*.js"))


def _keep_what_serves(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:  # noqa: ARG001
    named = {str(script) for script, _ in app.config.html_js_files}
    unwanted = UNUSED | {f"_static/{name}" for name in named}
    context["script_files"] = [
        script
        for script in context["script_files"]
        if script.filename not in unwanted and "DOCUMENTATION_OPTIONS" not in script.attributes.get("body", "")
    ]
    linked = {sheet.filename.partition("?")[0] for sheet in context["css_files"] if hasattr(sheet, "filename")}
    known = linked | {f"_static/{name}.css" for name in SHEETS if "*" not in name}
    context["sheets"] = [
        *(sheet for name in SHEETS for sheet in sorted(known) if fnmatchcase(sheet, f"_static/{name}.css")),
        *(f"_static/{name}" for name, _ in app.config.html_css_files),
    ]
    context["own_script"] = _bound(tuple(sorted(named - APART)))


@cache
def _bound(names: tuple[str, ...]) -> str:
    """Return the book's scripts as one, each within a block of its own."""
    return "".join(f"{{\n{(STATIC / name).read_text(encoding='utf-8')}}}\n" for name in names)
