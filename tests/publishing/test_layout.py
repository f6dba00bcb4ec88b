"""The frame of the published pages: what a page weighs, loads and says around its text."""

import gzip
import re
from copy import copy
from urllib.parse import unquote, urldefrag, urlparse

import pytest
from bs4 import Comment
from support.browsing import traffic
from support.pages import soup

from utils.paths import SITE

pytestmark = pytest.mark.site

EDITIONS = ("2017", "demo")
# Figures' own pages have no frame: they stand in those of others.
PAGES = sorted(page for edition in EDITIONS for page in (SITE / edition).rglob("*.html") if "figures" not in page.parts)
CHAPTERS = [page for page in PAGES if page.parent.name == "chapters"]
# What a page may weigh over the wire, compressed, and how many files it may ask for.
BYTES, REQUESTS = 500_000, 15
# Our own pages stay far below; a page that comes near has taken something in by mistake.
CHAPTER_BYTES, CHAPTER_REQUESTS = 150_000, 8
SPOKEN = ("aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription")
# Words of interfaces, in English alone: "source", "figure" or "navigation" are as good in French.
INTERFACES = """about accept and announcement back breadcrumb by button choose click close closed collapse color colors
    content contents copied copy created dark default dismiss download edit error expand file for from fullscreen go
    hidden hide home icon last light link loading main matches next of open our please previous print read result
    results return search settings show sidebar skip switch system the theme this to toggle top up updated using
    warning with your"""
ENGLISH = set(re.findall(r"\w+", INTERFACES))


def named(path):
    return str(path.relative_to(SITE))


def loads(path):
    """Yield every file that the page's own markup makes a browser ask for, the page first."""
    yield path
    for tag in soup(path).select("link[href], script[src], img[src], source[src], iframe[src], object[data]"):
        wanted = tag.name != "link" or {"stylesheet", "icon", "preload", "modulepreload", "manifest"} & set(tag["rel"])
        if wanted and not tag.find_parent("noscript"):
            address = urlparse(tag.get("src") or tag.get("href") or tag.get("data"))
            assert not address.netloc, f"asked of another host: {tag}"
            yield (path.parent / unquote(address.path)).resolve()


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_is_light(path):
    files = set(loads(path))
    weight = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
    bytes_, requests = (CHAPTER_BYTES, CHAPTER_REQUESTS) if path in CHAPTERS else (BYTES, REQUESTS)
    assert len(files) <= requests, files
    assert weight <= bytes_


@pytest.mark.browser
@pytest.mark.parametrize("path", [page for page in PAGES if "2017" in page.parts and page.stem != "index"], ids=named)
def test_a_page_is_light_in_a_browser_too(open_page, path):
    page = open_page(named(path))
    page.wait_for_load_state("networkidle")
    asked = traffic(page)
    assert len(asked) <= REQUESTS, asked
    assert sum(asked.values()) <= BYTES, asked


def test_no_icon_font_and_no_script_of_the_theme_is_published():
    published = [str(path).lower() for path in SITE.rglob("*") if path.is_file()]
    assert not [path for path in published if re.search(r"fontawesome|bootstrap|pydata|sphinx-book-theme|thebe", path)]
    for path in PAGES:
        bearing = soup(path).select("[class*='fa-']")
        assert not bearing, (path, bearing[:1])


def test_the_style_sheet_holds_what_pages_use():
    for edition in EDITIONS:
        sheet = (SITE / edition / "_static" / "site.css").read_text(encoding="utf-8")
        for expected in (
            ".bd-article",
            ".barre",
            "details.donnees",
            "@media print",
            "var(--encre-discrete)",
            ".recherche input",
        ):
            assert expected in sheet, expected
        read, given = set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", sheet)), set(re.findall(r"(--[\w-]+):", sheet))
        ours = {name for name in read if name.startswith(("--oui", "--non", "--encre", "--fond", "--pst-color"))}
        assert ours <= given


def test_a_page_names_its_style_sheet_by_what_it_holds():
    for path in PAGES:
        for tag in soup(path).select("link[rel=stylesheet][href*='site.css']"):
            assert re.search(r"\?v=[0-9a-f]{8}$", tag["href"]), tag


@pytest.mark.parametrize("path", CHAPTERS, ids=named)
def test_the_text_waits_for_no_script(path):
    waited = [
        tag for tag in soup(path).select("script[src]") if not tag.has_attr("defer") and tag.get("type") != "module"
    ]
    assert not waited
    own = soup(path).select("head > script[type=module]:not([src])")
    assert len(own) == 1
    assert "theme-switch-button" in own[0].string


def said(path):
    """Yield what the frame says around the article, and every name and hint of the page that no one sees as text."""
    page = copy(soup(path))
    # A reference to the bibliography has the work's own title for a hint, in the work's own language.
    for tag in page.select("a.reference[title]"):
        del tag["title"]
    for tag in page.select(", ".join(f"[{name}]" for name in SPOKEN)):
        yield from (tag[name] for name in SPOKEN if tag.get(name))
    for tag in page.select("article, script, style"):
        tag.decompose()
    yield from (str(text) for text in page.find_all(string=True) if not isinstance(text, Comment) and text.strip())


def english(text):
    words = set(re.findall(r"[a-z]+", text.replace("CC BY", "").lower()))
    return sorted(words & ENGLISH)


@pytest.mark.parametrize("path", [*PAGES, SITE / "index.html"], ids=named)
def test_the_frame_speaks_french(path):
    spoken = {text.strip(): english(text) for text in said(path)}
    assert not {text: words for text, words in spoken.items() if words}


def test_english_would_be_heard():
    assert english("Toggle primary sidebar") == ["sidebar", "toggle"]
    assert english("Skip to main content")
    assert not english("Aller au contenu, Précédent, Sur cette page, Couleurs : sombres")


@pytest.mark.parametrize("path", CHAPTERS, ids=named)
def test_the_frame_has_its_landmarks(path):
    page = soup(path)
    assert len(page.find_all("main")) == 1
    names = [
        nav.get("aria-label") or page.find(id=nav["aria-labelledby"]).get_text(strip=True)
        for nav in page.find_all("nav")
    ]
    assert len(names) == len(set(names)), "every navigation has a name of its own"
    assert "Chapitres" in names
    assert page.body.find("a")["href"] == "#main-content"
    assert page.find(id="main-content")
    for button in page.select("button[popovertarget]"):
        assert page.find(id=button["popovertarget"])


def test_every_page_is_reached_from_every_other():
    for edition in EDITIONS:
        chapters = {page for page in CHAPTERS if page.parts[-3] == edition}
        for path in chapters:
            menu = soup(path).select("nav[aria-label=Chapitres] a[href]")
            reached = {
                (path.parent / urldefrag(a["href"]).url).resolve() if urldefrag(a["href"]).url else path for a in menu
            }
            assert reached == chapters


@pytest.mark.parametrize("page", CHAPTERS, ids=named)
def test_the_text_of_a_chapter_is_light_enough_for_a_phone(page):
    assert len(gzip.compress(page.read_bytes())) <= 60_000
