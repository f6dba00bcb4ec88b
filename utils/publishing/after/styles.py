"""One style sheet for the whole book: the theme's rules that its pages can use, then the book's own.

The theme brings 400 KB of rules, for components and icons that the book has not. A rule
goes when it asks for a class or an id that no page bears and no script mentions.
"""

__all__ = ["WITH", "dress", "for_readers_without_scripts", "useful"]

import hashlib
import re
import shutil
from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

from utils.paths import STATIC
from utils.publishing import inputs, kept
from utils.publishing.after.pages import Page
from utils.publishing.after.search import BOOK

WITH, WITHOUT = "site.css", "sans-script.css"
# Written anew whenever an edition is published beside the others; the other scripts of the book stand in its pages.
ASKED_FOR = {"editions.js"}
_LINK = re.compile(r'<link rel="stylesheet" href="[^"]*_static/([^"?]+)"')
_LINKS = re.compile(r'(?:\s*<link rel="stylesheet" href="[^"]*_static/[^"]+">)+')
# Copied by Sphinx, the theme and extensions, and asked for by no page: icon fonts, menus, another search.
LEFT_OVER = ("scripts", "styles", "vendor", "locales", "images", "*webpack-macros.html", "design-tabs.js", "*.png")
LEFT_OVER += ("doctools.js", "documentation_options.js", "language_data.js", "searchtools.js", "*-stemmer.js")
LEFT_OVER += ("sphinx_highlight.js", "translations.js")
_PROPERTY = re.compile(r"""(?<=[{;\s])(--[\w-]+):(?:"[^"]*"|'[^']*'|[^;{}"'])*;?""")
_DARK = re.compile(r"""\[data-theme=["']?dark["']?\]""")
_EMPTY = re.compile(r"(?:(?<=[{}\n])|\A)[^{}@\n]+\{\s*\}")
NESTED = {"media", "supports", "layer", "container"}


def dress(pages: Iterable[Page], folder: Path) -> None:
    """Put one style sheet in the place of those that pages link to, and take away what no page asks for.

    Parameters
    ----------
    pages : iterable of Page
        Changed: each links to the one sheet under its digest, as a browser that keeps the
        old one must not dress new pages with it.
    folder : Path
        Of the edition.
    """
    pages, static = list(pages), folder / "_static"
    named = dict.fromkeys(name for page in pages for name in _LINK.findall(page.text))
    sheets = [static / name for name in named]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    own_scripts = [static / path.name for path in STATIC.glob("*.js") if path.name not in ASKED_FOR]
    for path in [*sheets, *own_scripts, *(path for name in LEFT_OVER for path in static.glob(name))]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    # What the search finds is the book's text: no class, and another with each word that changes.
    scripts = [path for path in folder.rglob("*.js") if path.name != BOOK]
    names = _names((page.text for page in pages), scripts)
    made_of = inputs.digest(text, *sorted(names), inputs.code(__name__), inputs.versions())
    whole = kept.made(kept.path(WITH, made_of), lambda: useful(text, names).encode("utf-8")).read_bytes()
    without = kept.path(WITHOUT, made_of)
    kept.made(without, lambda: for_readers_without_scripts(whole.decode("utf-8")).encode("utf-8"))
    (static / WITH).write_bytes(whole)
    shutil.copyfile(without, static / WITHOUT)
    digest = hashlib.sha256(whole).hexdigest()[:8]
    for page in pages:
        page.text = _LINKS.sub(partial(_one, digest, "<script" in page.text), page.text, count=1)


def _one(digest: str, scripted: bool, links: re.Match[str]) -> str:
    place, up = re.search(r'^(\s*)<link rel="stylesheet" href="([^"]*?)_static/', links.group()).groups()
    without = f'<link rel="stylesheet" href="{up}_static/{WITHOUT}?v={digest}">'
    # A page that runs no script, whatever its reader's browser would, wears both.
    without = f"<noscript>{without}</noscript>" if scripted else without
    return f'{place}<link rel="stylesheet" href="{up}_static/{WITH}?v={digest}">{place}{without}'


def _names(pages: Iterable[str], scripts: Iterable[Path]) -> set[str]:
    """Return every class, id and custom property of the pages, and every word of the scripts, which may add some."""
    found: set[str] = set()
    for text in pages:
        found.update(re.findall(r"--[\w-]+", text))
        for value in re.findall(r'\s(?:class|id)="([^"]*)"', text):
            found.update(value.split())
        for script in re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL):
            found.update(re.findall(r"[\w-]+", script))
    for script in scripts:
        found.update(re.findall(r"[\w-]+", script.read_text(encoding="utf-8")))
    return found


def useful(sheet: str, names: set[str]) -> str:
    """Return a style sheet without the rules that need a class or an id other than `names`.

    Parameters
    ----------
    sheet : str
        CSS.
    names : set of str
        Classes and ids that some page bears.

    Returns
    -------
    str
        What is left, in its order, without comments, imports and icon fonts.

    Examples
    --------
    >>> useful(".btn, .note { color: red } .fa-sun { color: gold }", {"note"})
    '.note{color: red}'
    """
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return _without_unused_properties("\n".join(_kept(rules, names)), names)


def _kept(rules: Iterable[Node], names: set[str]) -> list[str]:
    kept = []
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = [text for text, needed in _selectors(rule.prelude) if needed <= names]
            body = _compact(rule.content)
            if selectors and body:
                kept.append(f"{','.join(selectors)}{{{body}}}")
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in NESTED:
            inner = _kept(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), names)
            if inner:
                kept.append(f"@{rule.at_keyword} {_compact(rule.prelude)}{{{''.join(inner)}}}")
        elif isinstance(rule, AtRule) and rule.content is not None:
            text = _compact(rule.content)
            if "Font Awesome" not in text:
                kept.append(f"@{rule.at_keyword} {_compact(rule.prelude)}{{{text}}}")
    return kept


def _without_unused_properties(sheet: str, names: set[str]) -> str:
    """Drop custom properties that nothing reads, until none is left that only another of them read."""

    def if_read(declaration: re.Match[str]) -> str:
        return declaration.group() if declaration.group(1) in read else ""

    while True:
        read = set(re.findall(r"var\(\s*(--[\w-]+)", sheet)) | names
        left = _PROPERTY.sub(if_read, sheet)
        if left == sheet:
            return _EMPTY.sub("", sheet).strip()
        sheet = left


def _selectors(prelude: list[Node]) -> Iterable[tuple[str, set[str]]]:
    """Split a list of selectors, each with the classes and ids without which it finds nothing."""
    part: list[Node] = []
    for node in [*prelude, None]:
        if node is not None and node != ",":
            part.append(node)
            continue
        # What stands within `:not()` or `:is()` is not needed; it is a function, and not looked into.
        needed = {node.value for node in part if node.type == "hash"}
        needed |= {name.value for dot, name in pairwise(part) if dot == "." and name.type == "ident"}
        yield _compact(part), needed
        part = []


def _compact(nodes: list[Node]) -> str:
    return re.sub(r"\s+", " ", tinycss2.serialize([node for node in nodes if node.type != "comment"])).strip(" ;")


def for_readers_without_scripts(sheet: str) -> str:
    """Return the dark rules of a style sheet, for a page that no script has marked as light or dark.

    Such a page says that it is light; where the reader's system asks for dark, its rules
    for dark come on top. What needs a script is not shown.

    Examples
    --------
    >>> for_readers_without_scripts('html[data-theme="dark"] p{color:white}p{color:red}').split("@")[1]
    'media screen and (prefers-color-scheme:dark){html[data-theme=light] p{color:white}}'
    """
    dark = "".join(_dark(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))
    return f".avec-script{{display:none!important}}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def _dark(rules: Iterable[Node]) -> Iterable[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            texts = [text for text, _ in _selectors(rule.prelude)]
            themed = [_DARK.sub("[data-theme=light]", text) for text in texts if _DARK.search(text)]
            if themed:
                yield f"{','.join(themed)}{{{_compact(rule.content)}}}"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword == "media" and _compact(rule.prelude) == "screen":
            yield from _dark(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
