"""Whoever shows a page elsewhere is told what it is, where it stands, and that invented data is invented."""

import io
import json
import re
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from PIL import Image
from support.pages import soup

from utils.paths import SITE
from utils.publishing import hosting
from utils.publishing.after import previews, sharing
from utils.publishing.after.descriptions import summary
from utils.publishing.site.dataset import dataset, embedded

site = pytest.mark.site
HERE = "http://localhost:8000/"
BOOKS = {"2017": SITE / "2017", "demo": SITE / "demo"}
BASES = {"2017": f"{HERE}2017/", "demo": f"{HERE}demo/"}
books = pytest.mark.parametrize("book", BOOKS)
FILE = SimpleNamespace(
    path="_downloads/a.csv", name="a.csv", media_type="text/csv", size=12, description="Les effectifs"
)


def pages(book):
    return [*sorted((BOOKS[book] / "chapters").glob("*.html")), BOOKS[book] / "search.html"]


def metas(path):
    tags = soup(path).head.find_all("meta")
    return [(tag.get("name") or tag.get("property"), tag.get("content")) for tag in tags]


def meta(path, name):
    (content,) = [content for known, content in metas(path) if known == name]
    return content


# What a page says of itself.


def test_a_description_is_the_question_then_what_was_found():
    said = summary(
        "<section><h1>T</h1><p>Qui est là [C2] ?</p><ul><li><p>Une majorité.</p></li></ul></section>", "x" * 60
    )
    assert said.question == "Qui est là ?"
    assert said.finding == "Une majorité."
    assert said.description == f"Qui est là ? Une majorité. {'x' * 60}"


def test_a_description_is_never_longer_than_shown_nor_cut_within_a_word():
    long = "Un mot, " * 60
    said = summary(f"<h1>T</h1><p>{long}</p>", "").description
    assert 100 < len(said) <= 160
    assert re.search(r"(Un|mot)…$", said)
    first = f"Une phrase dit à elle seule {'tout, ' * 12}et suffit."
    assert len(first) == 110
    assert summary(f"<h1>T</h1><p>{first}</p><p>{long}</p>", "").description == first


def test_a_page_that_says_nothing_is_still_described():
    assert summary("<p></p>", "Le livre.", "Données fictives.").description == "Données fictives. Le livre."


def test_figures_tables_and_later_parts_are_no_description():
    body = "<section><h1>T</h1><table><tr><td><p>7</p></td></tr></table><figure><p>Fig.</p></figure>"
    body += "<div><p>Oui.</p></div><section><h2>S</h2><p>Plus loin.</p></section></section>"
    assert summary(body, "").description == "Oui."
    assert summary("<h1>T</h1><div><noscript><p>Sans script.</p></noscript></div><p>Oui.</p>", "").description == "Oui."


# The picture.


def test_a_picture_holds_any_text():
    for text in ("", "Présence", "mot " * 400, "anticonstitutionnellement" * 30):
        drawn = previews.preview(text, text, text, text, text)
        with Image.open(io.BytesIO(drawn)) as image:
            assert image.size == (1200, 630)
        assert len(drawn) < 60_000


def test_a_picture_says_that_its_data_is_invented():
    colours = {}
    for name, notice in (("real", ""), ("invented", "Données fictives")):
        drawn = previews.preview("Titre", "Constat", "Livre", "Édition", notice)
        with Image.open(io.BytesIO(drawn)) as image:
            red, _, blue = image.convert("RGB").getpixel((5, 590))
            colours[name] = red - blue
    assert abs(colours["real"]) < 10  # paper
    assert colours["invented"] > 100  # the brown of what is not so


# The set of data.


def test_the_data_is_described_in_the_words_of_search_engines_for_data(wave):
    told = dataset(wave, "https://x.be/2017/", "https://x.be/2017/p.html", [FILE])
    assert told["@type"] == "Dataset"
    assert told["temporalCoverage"] == "2017-02/2017-06"
    assert "Wallonie" in told["spatialCoverage"]["name"]
    study, book = (maker["name"] for maker in told["creator"])
    assert study == "FuturoCité et l’Agence du Numérique (étude)"
    assert book == "les auteurs du livre (texte et code)"
    assert 50 <= len(told["description"]) <= 5000
    assert {"name": "obstacle_budget"}.items() <= next(
        v for v in told["variableMeasured"] if v["name"] == "obstacle_budget"
    ).items()
    assert "demandes_texte" not in [variable["name"] for variable in told["variableMeasured"]]
    (file,) = told["distribution"]
    assert file["contentUrl"] == "https://x.be/2017/_downloads/a.csv"


# The files at the site's root.


def test_titles_and_addresses_are_escaped_everywhere():
    hostile = "<script>\"'&"
    page = hosting.doorway(hostile, hostile, "a&b.html", "https://x.be/a&b.html", "i.svg")
    page += hosting.not_found("https://x.be/", [("2017", hostile)], "a.html")
    assert "<script>" not in page
    assert "\"'&" not in page
    etree.fromstring(hosting.sitemap(["https://x.be/a?b&c"]).encode())


def test_what_stands_in_the_head_of_a_page_cannot_leave_its_place():
    hostile = "</script><b>\"'&"
    made = sharing._meta("name", "description", hostile) + embedded({"name": hostile})
    head = BeautifulSoup(made, "lxml")
    assert not head.find("b")
    assert head.meta["content"] == hostile
    assert json.loads(head.script.string) == {"name": hostile}


def test_the_page_for_missing_pages_links_from_the_hosts_root():
    page = BeautifulSoup(hosting.not_found("https://x.be/livre/", [("2026", "B"), ("2017", "A")], "a/b.html"), "lxml")
    assert [a["href"] for a in page.find_all("a")] == ["/livre/2026/a/b.html", "/livre/2017/a/b.html"]
    assert page.form["action"] == "/livre/2026/search.html"


def test_invented_data_is_presented_as_such(wave, demo):
    assert hosting.presentation(demo).startswith("Données fictives.")
    said = hosting.presentation(wave)
    assert "138\u00a0communes sur 262" in said
    assert "fictives" not in said


# The pages as they are published.


@site
@books
def test_every_page_has_a_title_and_a_description_of_its_own(book):
    titles = [soup(page).title.text for page in pages(book)]
    descriptions = [meta(page, "description") for page in pages(book)]
    assert len(set(titles)) == len(titles) > 10
    assert len(set(descriptions)) == len(descriptions)
    for title, description in zip(titles, descriptions, strict=True):
        assert f"édition {'demo' if book == 'demo' else '2017'}" in title
        assert 50 <= len(description) <= 160, description
        assert not re.search(r"[<>]|\{\{|\[C\d|nan\b|\s{2}", description)


@site
@books
def test_every_page_names_its_one_address(book):
    for page in pages(book):
        address = BASES[book] + page.relative_to(BOOKS[book]).as_posix()
        (canonical,) = soup(page).head.find_all("link", rel="canonical")
        assert canonical["href"] == address == meta(page, "og:url")


@site
@books
def test_every_page_has_its_picture(book):
    seen = set()
    for page in pages(book):
        address = meta(page, "og:image")
        assert address.startswith(BASES[book])
        path = BOOKS[book] / unquote(address.removeprefix(BASES[book]))
        with Image.open(path) as image:
            assert image.size == (int(meta(page, "og:image:width")), int(meta(page, "og:image:height"))) == (1200, 630)
        assert path.stat().st_size < 60_000
        assert len(meta(page, "og:image:alt")) > 20
        seen.add(path.read_bytes())
    assert len(seen) == len(pages(book))


@site
@books
def test_every_page_says_what_social_networks_ask(book):
    for page in pages(book):
        assert meta(page, "og:locale") == "fr_BE"
        assert meta(page, "og:type") in ("website", "article")
        assert meta(page, "twitter:card") == "summary_large_image"
        assert meta(page, "og:description") == meta(page, "description")
        assert soup(page).h1.get_text().strip("#") in meta(page, "og:title") + soup(page).title.text
        names = [name for name, _ in metas(page) if name and name != "viewport"]
        assert len(set(names)) == len(names)


@site
def test_search_engines_may_show_what_is_real_only():
    for book in BOOKS:
        for page in [*pages(book), BOOKS[book] / "index.html"]:
            shown = "noindex" not in dict(metas(page)).get("robots", "")
            assert shown == (book != "demo"), page
            if book == "demo":
                assert "fictives" in soup(page).title.text
                assert meta(page, "description").startswith("Données fictives.")
    for page in pages("demo"):
        assert "fictives" in meta(page, "og:title")
        assert "fictives" in meta(page, "og:image:alt")
        assert not soup(page).find("script", type="application/ld+json")
    assert not (SITE / "demo" / "sitemap.xml").exists()
    assert "demo" not in (SITE / "sitemap.xml").read_text(encoding="utf-8")


@site
@pytest.mark.parametrize("book", ["2017"])
def test_the_first_page_offers_the_data(book):
    told = [page for page in pages(book) if soup(page).find("script", type="application/ld+json")]
    assert [page.name for page in told] == ["00_synthese.html"]
    data = json.loads(soup(told[0]).find("script", type="application/ld+json").string)
    for key in ("name", "description", "license", "creator", "temporalCoverage", "spatialCoverage", "variableMeasured"):
        assert data[key]
    assert data["license"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert data["url"] == f"{BASES[book]}chapters/00_synthese.html"
    for file in data["distribution"]:
        assert (BOOKS[book] / file["contentUrl"].removeprefix(BASES[book])).stat().st_size == int(
            file["contentSize"].removesuffix(" B")
        )


def addresses(path):
    return [tag.text for tag in etree.parse(path).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


@site
def test_the_lists_of_pages_name_every_page_and_only_those():
    listed = addresses(SITE / "sitemap.xml")
    real = [path.name for path in SITE.iterdir() if path.is_dir() and path.name != "demo"]
    assert listed == [f"{HERE}{edition}/sitemap.xml" for edition in sorted(real)]
    assert f"Sitemap: {HERE}sitemap.xml" in (SITE / "robots.txt").read_text(encoding="utf-8")
    found = addresses(SITE / "2017" / "sitemap.xml")
    there = [path.relative_to(SITE).as_posix() for path in (SITE / "2017" / "chapters").glob("*.html")]
    assert sorted(found) == sorted(HERE + path for path in there)


@site
def test_the_page_for_missing_pages_leads_back():
    page = soup(SITE / "404.html")
    assert page.html["lang"] == "fr"
    assert meta(SITE / "404.html", "robots") == "noindex"
    led = [a["href"] for a in page.find_all("a")] + [page.form["action"], page.find("link", rel="icon")["href"]]
    assert len(led) >= 3
    for address in led:
        assert address.startswith("/")
        assert (SITE / urlsplit(address).path.lstrip("/")).is_file(), address
    assert not page.find_all(src=True)


@site
def test_the_front_pages_lead_to_the_first_page_at_once():
    for folder in (SITE, SITE / "2017", SITE / "demo"):
        front = soup(folder / "index.html")
        assert front.html["lang"] == "fr"
        target = front.find("meta", attrs={"http-equiv": "refresh"})["content"].removeprefix("0; url=")
        assert (folder / target).is_file()
        assert front.a["href"] == target
        assert front.find("link", rel="canonical")["href"].endswith("/chapters/00_synthese.html")
        assert (folder / front.find("link", rel="icon")["href"]).is_file()
        assert 50 <= len(meta(folder / "index.html", "description")) <= 160
