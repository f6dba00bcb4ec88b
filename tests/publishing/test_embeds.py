"""Each figure has a page of its own: for other pages to show, for messages to show as its picture."""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from support.pages import chapters, soup

from utils.paths import SITE
from utils.publishing.after import embeds
from utils.publishing.after.pages import Page

ADDRESS = "https://exemple.be/etude/2017/"
BOOKS = pytest.mark.parametrize("book", ["2017", "demo"])
FIGURE = """
<figure class="align-default" id="fig-{name}"><div>
<svg class="large" role="img" viewBox="0 0 520 260"><text>a</text></svg>
<svg class="etroit" role="img" viewBox="0 0 250 500"><text>a</text></svg></div>
<figcaption><p><span class="caption-number">Fig. 1 </span>
<span class="caption-text">Ce que « A &amp; B » disent.</span></p></figcaption></figure>
"""
BLOCK = """<div class="preuves" data-source="Source : A, édition 2017">
<p class="liens"><a href="../_downloads/c/{main}.png">PNG</a>
<a href="../_downloads/c/{other}.png">PNG (carte)</a></p><details class="provenance"></details></div>"""


@pytest.fixture
def made(tmp_path, wave):
    """Return a chapter with a map and bars in one block, and the pages of both, published at an address."""

    def offer(address=ADDRESS):
        pictures = tmp_path / "_downloads" / "c"
        for folder in (pictures, tmp_path / "chapters"):
            folder.mkdir(parents=True, exist_ok=True)
        for name, size in (("barres", (700, 350)), ("barres-carte", (600, 400))):
            Image.new("RGB", size).save(pictures / f"{name}.png")
        path = tmp_path / "chapters" / "22_presence.html"
        body = FIGURE.format(name="carte") + FIGURE.format(name="barres")
        path.write_text(
            f"<article>{body}{BLOCK.format(main='barres', other='barres-carte')}</article>", encoding="utf-8"
        )
        page = Page(path, tmp_path)
        return page, {made.path.stem: made for made in embeds.offer(page, wave, address, tmp_path)}

    return offer


def test_each_drawing_of_a_result_has_its_page_and_its_picture(made):
    _, pages = made()
    assert list(pages) == ["fig-carte", "fig-barres"]
    pictures = {name: re.search(r'"og:image" content="([^"]+)"', page.text)[1] for name, page in pages.items()}
    assert pictures == {
        "fig-carte": f"{ADDRESS}_downloads/c/barres-carte.png",
        "fig-barres": f"{ADDRESS}_downloads/c/barres.png",
    }
    assert 'content="600"' in pages["fig-carte"].text
    assert "A &amp; B" in pages["fig-carte"].text


def test_the_code_to_copy_names_the_figure_and_a_height_for_both_forms(made):
    page, _ = made()
    assert "à condition de la citer" in page.text
    assert embeds.NOWHERE not in page.text
    codes = [BeautifulSoup(code.get_text(), "lxml").iframe for code in BeautifulSoup(page.text, "lxml").select("code")]
    assert [code["src"] for code in codes] == [
        f"{ADDRESS}figures/22_presence/fig-carte.html",
        f"{ADDRESS}figures/22_presence/fig-barres.html",
    ]
    # The narrow form is twice as high as it is wide: 340 by 680, and room for the source.
    assert codes[0]["style"] == "width: 100%; height: 790px; border: 0"
    assert codes[0]["title"] == "Ce que « A & B » disent"


def test_without_an_address_no_code_would_work(made):
    page, pages = made("http://localhost:8000/2017/")
    assert len(pages) == 2
    assert "iframe" not in page.text
    assert "à condition de la citer" in page.text
    assert embeds.NOWHERE in page.text
    assert 'href="../figures/22_presence/fig-carte.html"' in page.text


# The built site.


@pytest.mark.site
@BOOKS
def test_every_figure_of_the_site_has_a_page_that_needs_nothing_else(book):
    seen = 0
    for chapter in chapters(SITE / book):
        for figure in soup(chapter).select("article figure[id^=fig-]"):
            path = SITE / book / "figures" / chapter.stem / f"{figure['id']}.html"
            page = soup(path)
            assert not page.select("script, iframe, object")
            assert page.select_one("svg.large")["aria-label"] == figure.select_one("svg.large")["aria-label"]
            back = page.select_one("main a")["href"]
            assert (path.parent / back.partition("#")[0]).resolve() == chapter.resolve()
            assert back.partition("#")[2] == figure["id"]
            picture = urlsplit(page.find("meta", property="og:image")["content"]).path.partition(f"/{book}/")[2]
            assert (SITE / book / picture).is_file()
            assert ("noindex" in path.read_text(encoding="utf-8")) == (book == "demo")
            for link in page.select("link[href]"):
                assert (path.parent / link["href"].partition("?")[0]).resolve().is_file()
            seen += 1
    assert seen > 20


@pytest.mark.site
@pytest.mark.browser
@pytest.mark.parametrize("width", [340, 700])
@pytest.mark.parametrize(
    "figure", ["22_presence/fig-carte-presence", "27_obstacles/fig-obstacles", "40_evolution/fig-evolution"]
)
def test_a_frame_is_high_enough_and_follows_the_readers_colours(open_page, width, figure):
    path = SITE / "demo" / "figures" / f"{figure}.html"
    drawings = "".join(str(svg) for svg in re.findall(r"<svg .*?</svg>", path.read_text(encoding="utf-8"), re.DOTALL))
    page = open_page(f"demo/figures/{figure}.html", width=width, height=100, scheme="dark", javascript=False)
    assert page.evaluate("document.documentElement.scrollHeight") <= embeds._height(drawings)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(20, 24, 30)", "the dark ground of the book"
    shown = page.locator("svg").evaluate_all("all => all.filter(one => one.checkVisibility()).length")
    assert shown == 1
