"""The published pages, as they were built: run by `make site` after the build."""

import re
from functools import cache
from urllib.parse import unquote, urldefrag, urlparse

import pytest
from support.pages import soup

from utils.paths import CHAPTERS, ROOT, SITE
from utils.publishing.contents import EVOLUTION
from utils.publishing.paper.links import linked

pytestmark = pytest.mark.site

BOOKS = {"make book": SITE / "2017", "jupyter-book build": ROOT / "_build" / "html"}
CHAPTER_NAMES = sorted(path.stem for path in CHAPTERS.iterdir() if path.suffix in (".md", ".ipynb"))
CHAPTER_NAMES.remove(EVOLUTION)
LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "object": "data"}


def pages():
    return [(book, page) for book in BOOKS for page in CHAPTER_NAMES]


@cache
def places(path):
    """Return what a link can lead to in a page."""
    return {tag["id"] for tag in soup(path).find_all(id=True)}


@pytest.fixture(params=pages(), ids=lambda p: f"{p[0].split()[0]}-{p[1]}")
def page(request):
    book, name = request.param
    return BOOKS[book] / "chapters" / f"{name}.html"


def article(path):
    return soup(path).select_one("article.bd-article")


def test_the_front_page_leads_to_the_newest_edition():
    front = soup(SITE / "index.html")
    assert front.html["lang"] == "fr"
    assert (SITE / front.a["href"]).exists()


@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_a_key_figure_leads_to_what_it_tells_of_by_its_own_words(edition):
    home = SITE / edition / "chapters" / "00_synthese.html"
    cards = soup(home).select(".chiffres-cles .sd-card")
    assert cards
    for card in cards:
        (link,) = card.select("a")
        target, place = urldefrag(link["href"])
        assert unquote(place) in places(home.parent / target)
        assert link.get_text() == card.select_one(".sd-card-text").get_text()  # what it counts, and of whom


def test_the_page_is_in_french(page):
    assert soup(page).html["lang"] == "fr"


def test_the_page_has_one_title(page):
    assert len(article(page).find_all("h1")) == 1


def test_no_traceback_and_no_broken_number(page):
    text = article(page).get_text(" ")
    for sign in ("Traceback", "np.float64(", "nan", "NaN", "None", "{glue", "inf "):
        assert not re.search(rf"(?<!\w){re.escape(sign)}", text), sign


def test_no_glued_word_is_blank(page):
    blank = [span for span in article(page).select(".pasted-text") if not span.get_text(strip=True)]
    assert not blank


def test_nothing_is_asked_of_another_host(page):
    for name, attribute in LOADED.items():
        for tag in soup(page).find_all(name):
            address = urlparse(tag.get(attribute) or "")
            asked = tag.name != "link" or "canonical" not in (tag.get("rel") or [])
            assert not (asked and address.netloc), tag
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(?:import|fetch)\s*\(?['\"]https?://", text)


def test_style_sheets_and_scripts_ask_nothing_of_another_host():
    for path in (SITE / "2017" / "_static").rglob("*.css"):
        assert not re.search(r"url\(['\"]?(?:https?:)?//|@import\s+['\"]https?:", path.read_text("utf-8")), path


def test_every_drawing_says_what_it_shows(page):
    drawings = article(page).select("svg[role=img]")
    for drawing in drawings:
        assert len(drawing["aria-label"]) > 40
    for figure in article(page).find_all("figure"):
        assert figure.select("svg[role=img]")
        assert figure.figcaption.get_text(strip=True)
    for image in article(page).find_all("img"):
        assert image.get("alt", "").strip()


def test_every_table_has_caption_and_scopes(page):
    for table in article(page).find_all("table"):
        assert table.caption.get_text(strip=True)
        assert table.find("th")
        assert all(header.get("scope") in ("col", "row") for header in table.find_all("th"))


def test_ids_are_unique(page):
    ids = [tag["id"] for tag in soup(page).find_all(id=True)]
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


def test_no_internal_link_is_broken(page):
    for tag in soup(page).find_all("a", href=True):
        address, fragment = urldefrag(tag["href"])
        if urlparse(address).scheme:
            continue
        target = (page.parent / unquote(address)).resolve() if address else page
        assert target.exists(), tag["href"]
        # The explorer's fragments are states, not places: see test_explorer_page.
        if fragment and "=" not in fragment and target.suffix == ".html":
            assert unquote(fragment) in places(target), tag["href"]


def test_both_ways_of_building_give_the_same_article():
    for name in CHAPTER_NAMES:
        one, other = (article(book / "chapters" / f"{name}.html") for book in BOOKS.values())
        # But for the links to what is printed, to figures' own pages and to communes', which only a finished site has.
        for added in [found for page in (one, other) for found in page.select("details.integrer, noscript ul")]:
            added.decompose()
        assert linked(str(one), ()) == linked(str(other), ()), name


def test_only_an_edition_beside_another_tells_of_the_evolution():
    assert not (SITE / "2017" / "chapters" / f"{EVOLUTION}.html").exists()
    page = SITE / "demo" / "chapters" / f"{EVOLUTION}.html"
    assert "2017" in article(page).get_text()
    assert soup(page).select_one(f'nav a[href="#"], nav a[href="{EVOLUTION}.html"]')
