"""What a page loads: one style sheet. The book's own scripts, 6 KB, stand in the page: a file would delay the text."""

__all__ = ["connect"]

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from utils.paths import STATIC, TEMPLATES
from utils.publishing.site import styles

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


def connect(app: Sphinx) -> None:
    """Give the pages the book's own front, and each the scripts that serve it."""
    app.connect("config-inited", _own_front, priority=400)  # before the theme looks for templates
    app.connect("html-page-context", _keep_what_serves, priority=900)  # after the extensions that add some
    app.connect("build-finished", _stamp, priority=950)  # once the style sheet is written


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
    context["own_script"] = _bound(tuple(sorted(named - APART)))


@cache
def _bound(names: tuple[str, ...]) -> str:
    """Return the book's scripts as one, each within a block of its own."""
    return "".join(f"{{\n{(STATIC / name).read_text(encoding='utf-8')}}}\n" for name in names)


def _stamp(app: Sphinx, error: Exception | None) -> None:
    """Give the style sheet its digest: a browser that keeps the old one must not dress new pages with it."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for script, _ in app.config.html_js_files:
        if script not in APART:
            (static / script).unlink()
    digest = hashlib.sha256((static / styles.WITH).read_bytes()).hexdigest()[:8]
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        dated = text.replace(f'_static/{styles.WITH}"', f'_static/{styles.WITH}?v={digest}"')
        page.write_text(dated, encoding="utf-8")
