"""Text is text: whatever was typed, a page shows it as it was typed, and its figures stand where they stood."""

import pickle

import pytest
import yaml
from docutils import nodes
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from utils.paths import CONFIG
from utils.telling import figures
from utils.telling.markup import Markup, bullets, escape, fenced, markup

CONFIGURED = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
READER = create_md_parser(
    MdParserConfig(
        enable_extensions=set(CONFIGURED["parse"]["myst_enable_extensions"]),
        disable_syntax=CONFIGURED["sphinx"]["config"]["myst_disable_syntax"],
    ),
    RendererHTML,
)
# Where authors put texts: at the start of a line, within one, in emphasis, a list, a heading, a link.
PLACES = ("{}", "Avant {} après", "**« {} »**", "- {}.", "## {}", "[{}](27_obstacles.ipynb)", "« {} » ({}) !")
KINDS = {"paragraph", "inline", "text", "strong", "bullet_list", "list_item", "heading", "link"}
TYPED = [
    "Facebook *et* autres",
    "10 $ à 20 $",
    "5_000 ou _x_ ou __init__ ou a__b",
    "[a](b)",
    "[a][b] et [c]{.d}",
    "{cite:p}`x`",
    '<i class="a">x</i>',
    "<https://exemple.invalid>",
    "![x](y)",
    "&amp; & &#65; R&D",
    "a \\* b \\",
    "C # ",
    "# titre",
    "> cité",
    "- point",
    "1. un",
    "12)",
    "+ plus",
    "===",
    "---",
    "~~~",
    "```",
    ":::{note}",
    ": défini",
    "% commentaire",
    "(cible)=",
    "[^1]: note",
    "[a]: http://exemple.invalid",
    "    code",
    "\tcode",
    "une ligne\n\n# deux",
    "a | b",
    "*",
    "`",
    "oui !",
]


def shown(markdown):
    """Return what a page shows of Markdown, and of what kinds it is made."""
    tokens = [part for token in READER.parse(markdown) for part in (token, *(token.children or ()))]
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    return "".join(token.content for token in tokens if token.type == "text"), kinds - {"softbreak"}


def as_read(text):
    """Return a text as a page may show it: its white space is of no account."""
    return " ".join(text.split())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("typed", TYPED)
def test_a_page_shows_what_was_typed(typed, place):
    around = markup(place.replace("{}", "{x}"), x="zzz")
    told = markup(place.replace("{}", "{x}"), x=typed)
    text, kinds = shown(told)
    expected = figures.french.typeset(shown(around)[0].replace("zzz", " ".join(typed.splitlines())))
    assert as_read(text) == as_read(expected)
    assert kinds <= KINDS
    assert kinds == shown(around)[1]


@example(" :::", "{}")
@given(st.text(alphabet='ab1 *_`[]()<>!{}$#&\\~:-+=.%|^\n\t@"/é', max_size=12), st.sampled_from(PLACES))
def test_nothing_that_is_typed_means_anything(typed, place):
    if not typed.strip() or "'" in typed:
        return
    template = place.replace("{}", "x{x}x" if place.startswith("**") else "{x}")
    _, kinds = shown(Markup(template.replace("{x}", escape(typed))))
    assert kinds <= KINDS


def test_what_means_nothing_stays_as_it_is():
    plain = "Une part de 62 à 72 % [58 à 75\u00a0%], p < 0,001, seuil_diffusion, n = 3 (oui) [c] : voilà."
    assert escape(plain) == plain


def test_figures_stand_where_they_then_stand():
    @figures.sentence
    def told():
        return f"*a* {figures.number(1234)} _b_ {figures.span(0.1, 0.2)}"

    escaped = escape(told())
    assert [escaped[start:end] for start, end, _ in escaped.figures] == ["1\u202f234", "10 à 20\u00a0%"]
    assert [figure.printed for *_, figure in escaped.figures] == ["1\u202f234", "10 à 20\u00a0%"]
    again = bullets([markup("**{x}** : {y}", x="a*b", y=told()), told()])
    assert [again[start:end] for start, end, _ in again.figures] == ["1\u202f234", "10 à 20\u00a0%"] * 2
    assert type(pickle.loads(pickle.dumps(again))) is Markup


def test_markdown_is_escaped_once_and_what_forgets_its_type_is_shown():
    link = markup("[{x}](27_obstacles.ipynb)", x="a*b")
    assert escape(link) is link
    assert markup("- {x}", x=link) == f"- {link}"
    assert shown(escape(f"{link}"))[0] == str(link)


def test_code_stays_within_its_fence():
    _, kinds = shown(fenced("a\n```\n# b", "python"))
    assert kinds == {"fence"}


def test_docutils_reads_the_same():
    """An identifier that leads to a heading is made of its text: with no backslash in it."""
    assert nodes.make_id(shown(markup("## {x}", x="Le *quoi* & _comment_"))[0].lstrip()) == "le-quoi-comment"
