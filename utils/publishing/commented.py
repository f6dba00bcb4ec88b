"""What the comments on an edition may hold beside plain words: little of Markdown, read as the pages read it."""

__all__ = ["refused"]

import re
from collections.abc import Iterator
from functools import cache

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from utils.paths import BIBLIOGRAPHY, CHAPTERS, CONFIG
from utils.survey.about import Comment

_ALLOWED = {"inline", "text", "softbreak", "hardbreak"} | {
    f"{kind}_{end}"
    for kind in ("paragraph", "em", "strong", "bullet_list", "ordered_list", "list_item", "link")
    for end in ("open", "close")
}
_EXPECTED = "des paragraphes, des listes, *…*, **…**, des liens vers des pages du livre ou {cite:p}`…`, et rien d’autre"
_LINK = "un lien vers une page du livre, comme [les obstacles](27_obstacles.ipynb)"
_CITED = "{cite:p}`…`, avec une clé de references.bib, et aucun autre rôle"
_PAGE = re.compile(r"(?P<page>\w+\.(?:ipynb|md))?(?:#[\w-]+)?")


def refused(comments: dict[str, tuple[Comment, ...]]) -> Iterator[tuple[str, str, str]]:
    """Yield what no comment may hold: where it stands, the line that has it, what is expected."""
    for chapter, said in comments.items():
        for place, comment in enumerate(said):
            for line, expected in dict.fromkeys(_faults(comment.texte)):
                yield f"{chapter}.{place}.texte", line, expected


def _faults(text: str) -> Iterator[tuple[str, str]]:
    env: dict = {}
    for block in _parser().parse(text, env):
        line = " ".join(text.splitlines()[slice(*block.map)]) if block.map else text
        for token in (block, *(block.children or ())):
            if token.nesting >= 0 and (expected := _expected(token)):
                yield line, expected
    for name in env.get("references", ()):
        yield f"[{name.lower()}]: …", _LINK


def _expected(token: Token) -> str:
    """Return what should stand in the place of what was read; empty text where it may stand."""
    if token.type == "link_open":
        found = _PAGE.fullmatch(str(token.attrs["href"]))
        known = found and found[0] and (not found["page"] or (CHAPTERS / found["page"]).is_file())
        return "" if known and "title" not in token.attrs else _LINK
    if token.type == "myst_role":
        return "" if token.meta["name"] == "cite:p" and set(token.content.split(",")) <= _works() else _CITED
    return "" if token.type in _ALLOWED else _EXPECTED


@cache
def _works() -> set[str]:
    return set(re.findall(r"^@\w+\{([^,\s]+),", BIBLIOGRAPHY.read_text(encoding="utf-8"), re.MULTILINE))


@cache
def _parser() -> MarkdownIt:
    """Return the reader of the pages, but for HTML, which it sees."""
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    known = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["parse"]["myst_enable_extensions"]
    return create_md_parser(MdParserConfig(enable_extensions=set(known)), RendererHTML)
