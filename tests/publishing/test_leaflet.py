"""The leaflet: two pages, what matters most first, never cut."""

import re
import unicodedata
from functools import cache

import pikepdf
import pytest
from pypdfium2 import PdfDocument
from support.pages import soup

from utils.paths import SITE
from utils.publishing.paper import leaflet
from utils.publishing.paper.gleaning import Drawing, Gleaned, gleaned
from utils.publishing.paper.leaflet import Block, arranged, print_leaflet

FILES = {
    "2017": SITE / "2017" / "_downloads" / "communes-medias-sociaux-2017-depliant.pdf",
    "demo": SITE / "demo" / "_downloads" / "donnees-fictives-communes-medias-sociaux-demo-depliant.pdf",
}
RESULTS = [f"{name}" for name in ("21_profil", "22_presence", "24_pratiques", "27_obstacles", "30_conclusions")]
FACTS = {
    "title": "Les communes et les médias sociaux",
    "edition": "2026",
    "organiser": "Institut",
    "fictional": False,
    "warning": "",
    "survey": "Institut, en mai 2026",
    "answers": "12 communes sur 20",
    "licence": "CC BY 4.0",
    "address": "https://exemple.be/2026/",
}
SVG = '<svg viewBox="0 0 250 {height}" aria-label="Barres."><rect width="250" height="{height}"/></svg>'


def drawing(title, room):
    return Drawing(title, SVG.format(height=250 * room), room)


def told(drawings=(), findings=("Un constat.",), unknown=("On ne sait pas.",)):
    return Gleaned(
        "Les communes informent", None, (("53 %", "ont répondu"),), findings, drawings, None, unknown, "Citer."
    )


@pytest.fixture(params=FILES)
def edition(request):
    return request.param


@cache
def sides(edition):
    assert FILES[edition].is_file(), f"make pdf WAVE={edition}"
    with PdfDocument(FILES[edition]) as read:
        return [_close(page.get_textpage().get_text_range()) for page in read]


def _close(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.site
@pytest.mark.browser
def test_it_has_two_pages_that_tell_the_edition(edition):
    recto, verso = sides(edition)
    message = soup(SITE / edition / "chapters" / "00_synthese.html").select_one("figure svg.large text").get_text()
    answered = {"2017": "138communessur262", "demo": "142communessur262"}[edition]
    assert _close(message) in recto
    assert answered in recto
    assert answered in verso
    assert "communesn’ontpasrépondu.Siaucuned’elles" in verso  # what those who are absent could change
    assert "intervalleà95%" in verso
    assert "CCBY4.0" in verso
    assert "localhost" not in recto + verso
    for word in ("Cliquez", "Choisissez", "Cherchez"):
        assert word not in recto + verso


@pytest.mark.site
@pytest.mark.browser
def test_invented_data_is_marked_on_both_sides():
    assert all("Donnéesfictives:cetteéditionnedécritaucunecommuneréelle." in side for side in sides("demo"))
    assert not any("fictives" in side for side in sides("2017"))


@pytest.mark.site
@pytest.mark.browser
def test_it_shows_six_drawings_at_most_with_their_texts(edition):
    with pikepdf.open(FILES[edition]) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("fr")
        found, left = [], [document.Root.StructTreeRoot]
        while left:
            node = left.pop()
            if isinstance(node, pikepdf.Array):
                left.extend(list(node))
            elif isinstance(node, pikepdf.Dictionary):
                found += [str(node.Alt)] if node.get("/S") == "/Figure" else []
                left += [node.K] if "/K" in node else []
    assert 4 <= len(found) <= 6
    assert all(len(text) > 40 for text in found)
    assert any("Carte des provinces" in text for text in found)
    assert any("budget" in text for text in found)  # an obstacle


@pytest.mark.browser
def test_the_address_of_a_published_site_is_told(tmp_path):
    with PdfDocument(print_leaflet(told(), FACTS, tmp_path)) as read:
        assert "https://exemple.be/2026/" in read[1].get_textpage().get_text_range()


@pytest.mark.browser
def test_where_there_is_too_much_less_is_shown(tmp_path, monkeypatch):
    # A column is taken for longer than the sheet: only a printing tells.
    monkeypatch.setattr(leaflet, "ROOM", (420, 420))
    monkeypatch.setattr(leaflet, "STEP", 130)
    whole = "Une phrase qui prend de la place. " * 30
    much = told([drawing(f"Chapitre {n}", 1.5) for n in range(1, 7)], (whole,) * 5, (whole,) * 6)
    with PdfDocument(print_leaflet(much, FACTS, tmp_path)) as read:
        assert len(read) == 2
        text = " ".join(page.get_textpage().get_text_range() for page in read)
    assert "Une phrase" in text
    assert "Citer." in text


def titles(columns):
    return [[block.title for block in column] for column in columns]


def block(title, height):
    return Block("dessin", title, ratio=height - leaflet.HEADING - leaflet.GAP, width=1)


def test_what_matters_most_is_what_is_kept():
    first, second = block("premier", 90), block("second", 40)
    assert titles(arranged([[], [], [], []], [first, second], (0, 95))) == [[], [], ["premier"], ["second"]]
    # The second is shown where the first has no room: it is not waited for.
    assert titles(arranged([[], [], [], []], [first, second], (45, 0))) == [["second"], [], [], []]


def test_no_column_has_more_than_its_room():
    blocks = [block(str(n), height) for n, height in enumerate((90, 80, 70, 60, 50))]
    columns = arranged([[block("texte", 40)], [], [block("limites", 30)], []], blocks, (130, 120))
    for column, room in zip(columns, (130, 130, 120, 120), strict=True):
        assert sum(b.height for b in column) <= room
    shown = [title for column in titles(columns) for title in column]
    assert sorted(shown) == ["0", "1", "2", "3", "4", "limites", "texte"]
    assert columns[2][-1].title == "limites"  # what is not known closes


def page(folder, name, body):
    path = folder / "chapters" / f"{name}.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"<article class='bd-article'><section><h1>{name}</h1>{body}</section></article>", encoding="utf-8")


def figure(name, height=200, title="Un titre"):
    bold = "font-weight='bold'"
    return (
        f"<div><figure id='{name}'><svg class='etroit' aria-label='{name}' viewbox='0 0 250 {height}'>"
        f"<text {bold} y='13'>{title}</text><text {bold} y='30'>de deux lignes</text>"
        "<text font-size='9px' y='48'>n = 3</text></svg></figure></div>"
    )


@pytest.fixture
def read(tmp_path):
    findings = "<section id='en-une-minute'><h2>m</h2><ul>{}</ul></section>"
    leads = "".join(
        f"<li><p><strong><a href='{name}.html'>{name}</a>.</strong> Texte {name}.</p></li>"
        for name in ("27_obstacles", "22_presence")
    )
    unknown = "<li><p><strong><a href='22_presence.html'>Ce qu’on ne sait pas</a>.</strong> Des absentes.</p></li>"
    page(tmp_path, "00_synthese", figure("fig-message") + findings.format(leads + unknown))
    page(tmp_path, "21_profil", figure("fig-role"))
    page(
        tmp_path,
        "22_presence",
        f"<h2>a</h2>{figure('fig-active')}{figure('fig-presence-bornes')}{figure('fig-carte-x')}",
    )
    page(tmp_path, "27_obstacles", f"{figure('fig-haut', 900)}<h2>b</h2>{figure('fig-budget')}")
    return gleaned(tmp_path, ["21_profil", "22_presence", "27_obstacles"])


def test_a_message_is_the_title_of_the_first_drawing_and_not_drawn_again(read):
    assert read.message == "Un titre de deux lignes"
    assert "Un titre" not in read.opening.svg
    assert "n = 3" in read.opening.svg


def test_without_a_message_the_first_finding_is_it(tmp_path):
    item = (
        "<ul><li><p><strong><a href='22_presence.html'>Présence</a>.</strong> Tous sont là (<a>99 %</a>).</p></li></ul>"
    )
    page(tmp_path, "00_synthese", f"<section id='en-une-minute'><h2>m</h2>{item}</section>")
    read = gleaned(tmp_path, [])
    assert read.message == "Tous sont là (99 %)"
    assert not read.findings


def test_chapters_come_as_the_findings_name_them_each_with_one_drawing(read):
    assert [drawing.title for drawing in read.drawings] == ["27_obstacles", "22_presence", "21_profil"]
    shown = [re.search('aria-label="(.*?)"', drawing.svg)[1] for drawing in read.drawings]
    assert shown == ["fig-budget", "fig-carte-x", "fig-role"]  # one too tall is left, a map comes first
    assert "fig-presence-bornes" in read.bounds.svg


def test_what_is_not_known_is_no_finding(read):
    assert read.findings == (
        "<strong>27_obstacles.</strong> Texte 27_obstacles.",
        "<strong>22_presence.</strong> Texte 22_presence.",
    )
    assert read.unknown == ("<strong>Ce qu’on ne sait pas.</strong> Des absentes.",)
    assert read.citation == ""
