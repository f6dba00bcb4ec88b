"""What a page loads: one style sheet, and the book's own scripts in one file."""

__all__ = ["connect"]

import hashlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from utils.site import styles

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
WHOLE = "site.js"
# Written anew whenever an edition is published beside the others.
APART = {"editions.js"}


def connect(app: Sphinx) -> None:
    """Give each page the scripts that serve it, and no other."""
    app.add_js_file(WHOLE)
    app.connect("html-page-context", _keep_what_serves, priority=900)  # after the extensions that add some
    app.connect("build-finished", _bind, priority=800)
    app.connect("build-finished", _stamp, priority=950)  # once the style sheet is written too


def _own(app: Sphinx) -> list[str]:
    return sorted({str(script) for script, _ in app.config.html_js_files} - APART)


def _keep_what_serves(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:  # noqa: ARG001
    unwanted = UNUSED | {f"_static/{name}" for name in _own(app)}
    context["script_files"] = [
        script
        for script in context["script_files"]
        if script.filename not in unwanted and "DOCUMENTATION_OPTIONS" not in script.attributes.get("body", "")
    ]


def _bind(app: Sphinx, error: Exception | None) -> None:
    """Put the book's scripts into one, each within a block of its own."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    scripts = [static / name for name in _own(app)]
    blocks = [f"{{\n{script.read_text(encoding='utf-8')}}}\n" for script in scripts]
    (static / WHOLE).write_text("".join(blocks), encoding="utf-8")
    for script in scripts:
        script.unlink()


def _stamp(app: Sphinx, error: Exception | None) -> None:
    """Give both files their digest: a browser that keeps the old ones must not dress new pages with them."""
    if error or app.builder.format != "html":
        return
    files = {name: (Path(app.outdir) / "_static" / name).read_bytes() for name in (styles.WITH, WHOLE)}
    stamped = {f'_static/{n}"': f'_static/{n}?v={hashlib.sha256(b).hexdigest()[:8]}"' for n, b in files.items()}
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for plain, dated in stamped.items():
            text = text.replace(plain, dated)
        page.write_text(text, encoding="utf-8")
