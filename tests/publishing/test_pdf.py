"""The book in one PDF, as it was printed from the published editions: run by `make pages` after `make pdf`."""

import re
import unicodedata
from collections import Counter
from ctypes import c_float
from functools import cache
from urllib.parse import urlparse

import pikepdf
import pytest
import yaml
from bs4 import BeautifulSoup
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_TEXT, FPDFTextObj_GetFontSize
from support.pages import soup

from utils.paths import SITE
from utils.publishing import contents as toc
from utils.publishing.paper.links import MARK, Printed, linked
from utils.publishing.paper.printing import parts

pytestmark = [pytest.mark.site, pytest.mark.browser]

FILES = {
    "2017": SITE / "2017" / "_downloads" / "communes-medias-sociaux-2017.pdf",
    "demo": SITE / "demo" / "_downloads" / "donnees-fictives-communes-medias-sociaux-demo.pdf",
}
TOOLS = {"60_explorer", "61_ma_commune", "94_chiffres"}  # only a screen has them
CHAPTERS = ["Contexte", "L’enquête", "Profil des participants", "Présence", "Connaissance du public", "Pratiques"]
CHAPTERS += ["Acteurs", "Opinion des répondants", "Obstacles", "Aides souhaitées", "Conclusions"]


@cache
def document(edition):
    assert FILES[edition].is_file(), f"make pdf WAVE={edition}"
    return pikepdf.open(FILES[edition])


@cache
def contents(edition):
    """Return the texts of the pages and of their lower right corners, the outline, and pictures made of dots."""
    assert FILES[edition].is_file(), f"make pdf WAVE={edition}"
    with PdfDocument(FILES[edition]) as read:
        # Without spaces, which a reader guesses from distances.
        texts = [_close(page.get_textpage().get_text_range()) for page in read]
        corners = [_close(page.get_textpage().get_text_bounded(left=540, top=40, right=595, bottom=0)) for page in read]
        titles = [entry.get_title() for entry in read.get_toc() if entry.level == 0]
        pictures = sum(1 for page in read for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))
    return texts, corners, titles, pictures


def _close(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def texts(edition):
    return contents(edition)[0]


@cache
def tags(edition):
    """Return every tag: its kind and its text alternative."""
    found, left = [], [document(edition).Root.StructTreeRoot]
    while left:
        node = left.pop()
        if isinstance(node, pikepdf.Array):
            left.extend(list(node))
        elif isinstance(node, pikepdf.Dictionary):
            found.append((str(node.get("/S", "")), str(node.get("/Alt", ""))))
            left += [node.K] if "/K" in node else []
    return found


@pytest.fixture(params=FILES)
def edition(request):
    return request.param


def test_it_says_what_it_is_to_those_who_do_not_see_it(edition):
    root, known = document(edition).Root, document(edition).docinfo
    assert str(root.Lang).lower().startswith("fr")
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert "médias sociaux" in str(known["/Title"])
    assert edition in str(known["/Subject"])


def test_the_outline_names_every_chapter_in_order(edition):
    titles = contents(edition)[2]
    assert titles[:2] == ["Table des matières", "Synthèse"]
    assert [title for title in titles if title in CHAPTERS] == CHAPTERS
    told = {page.stem for page in (SITE / edition / "chapters").glob("*.html")}
    assert len(titles) == len(told - TOOLS) + 1
    assert ("Évolution" in " ".join(titles)) == (edition == "demo")


def test_every_page_but_the_cover_bears_its_number(edition):
    numbers = contents(edition)[1]
    assert numbers == ["", *(str(number) for number in range(2, len(numbers) + 1))]
    # Breakdowns of every question, that only an edition of rows has, take a page in five of it.
    assert 40 < len(numbers) <= (60 if edition == "2017" else 75)


def test_the_table_of_contents_says_on_which_page_a_heading_stands(edition):
    pages = texts(edition)
    first = next(number for number, text in enumerate(pages, 1) if "Lescommunesactivesinforment" in text)
    listed = "\n".join(pages[1 : first - 1])
    for title in (*CHAPTERS, "Médias utilisés", "L’ordre des obstacles"):
        number = int(re.search(rf"{_close(title)}(\d+)", listed)[1])
        assert number > first
        assert _close(title) in pages[number - 1], title


def test_every_drawing_is_made_of_lines_and_has_its_text(edition):
    assert contents(edition)[3] == 0
    pages = [page for page in (SITE / edition / "chapters").glob("*.html") if page.stem not in TOOLS]
    drawn = {svg["aria-label"] for page in pages for svg in soup(page).select("article.bd-article svg.large[role=img]")}
    told = [text for kind, text in tags(edition) if kind == "/Figure"]
    assert len(told) == len(drawn) > 30  # each once, even where two chapters show it
    assert all(len(text) > 40 for text in told)


def test_no_table_is_printed_twice(edition):
    told = {page.stem for page in (SITE / edition / "chapters").glob("*.html")}
    printed, seen = parts(yaml.safe_load(toc.contents(told)), SITE / edition), set()
    for chapter in (chapter for part in printed for chapter in part.chapters):
        for table in BeautifulSoup(chapter.body, "lxml").select("div.tableau table"):
            # Tables of which everything is hidden are alike but for what they are about.
            told = (table.caption.get_text(), tuple(cell.get_text() for cell in table.select("th, td")))
            numbers = tuple(cell.get_text() for cell in table.select("tbody td") if re.search(r"\d", cell.get_text()))
            assert told not in seen
            assert len(numbers) < 6 or numbers not in seen, table.caption.get_text()
            seen |= {told, numbers}
    assert len(seen) > 60


def test_nothing_tells_a_reader_of_paper_what_a_screen_does(edition):
    said = "".join(texts(edition))
    for word in ("Cliquez", "Choisissez", "Cherchez", "Écrivez", "Chercherdanslelivre"):
        assert word not in said
    assert "seulel’éditionenlignelescontient" in said  # what is left out is told


def painted(edition):
    """Yield every operator that paints, with the kinds of the marks around it, the outermost first."""
    for page in document(edition).pages:
        marks = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                tagged = isinstance(operands[-1], pikepdf.Dictionary) and "/MCID" in operands[-1]
                marks.append("tag" if tagged else str(operands[0]))
            elif name == "EMC":
                marks.pop()
            elif name in ("Tj", "TJ", "S", "f", "f*", "B", "Do", "sh"):
                yield name, marks
        assert not marks


def test_all_that_is_seen_is_tagged_or_an_artifact(edition):
    heads = 0
    for name, marks in painted(edition):
        assert ("tag" in marks) != ("/Artifact" in marks)
        heads += name == "Tj" and "/Artifact" in marks
    assert heads >= len(document(edition).pages) - 1  # their numbers, and their heads


def test_a_word_is_copied_as_it_is_written(edition):
    for page in document(edition).pages:
        for font in page.Resources.Font.values():
            # Each letter drawn stands for letters that a keyboard has: not for « ﬀ » or « ﬁ ».
            assert not re.search(rb"<FB0[0-6]>", font.ToUnicode.read_bytes(), re.IGNORECASE)


def test_nothing_is_so_wide_that_the_book_is_printed_smaller(edition):
    sizes = Counter()
    with PdfDocument(FILES[edition]) as read:
        for page in read:
            for text in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT]):
                size = c_float()
                FPDFTextObj_GetFontSize(text, size)
                sizes[round(size.value * abs(text.get_matrix().d), 1)] += 1
    # Points, as the style sheet says of paragraphs and of tables, 9 and 7.25, less a hundredth as they are printed.
    assert {9.0, 7.2} <= sizes.keys()
    assert sum(count for size, count in sizes.items() if size < 7) < 0.001 * sizes.total()


def test_folded_tables_are_open_and_have_their_headers():
    assert "Facebook9199%94à100%" in "".join(texts("2017"))  # effectifs.csv: 91 of 92
    assert sum(kind == "/TH" for kind, _ in tags("2017")) > 500


def test_its_links_lead_within_it_or_to_the_web(edition):
    inside, places = 0, document(edition).Root.Dests
    for page in document(edition).pages:
        for link in page.get("/Annots", []):
            if "/A" in link and "/URI" in link.A:
                assert urlparse(str(link.A.URI)).scheme in ("http", "https", "mailto")
            else:
                assert link.Dest in places
                inside += 1
    assert inside > 100


def test_invented_data_is_marked_on_every_page():
    assert all("Donnéesfictives" in text for text in texts("demo"))
    assert not any("Donnéesfictives" in text for text in texts("2017"))


def test_every_page_of_the_site_leads_to_it(edition):
    for page in (SITE / edition / "chapters").glob("*.html"):
        link = soup(page).select_one("a.livre-pdf")
        assert (page.parent / link["href"]).resolve() == FILES[edition], page
        assert f"{len(document(edition).pages)} pages" in link.get_text().replace("\u00a0", " ")


@pytest.mark.parametrize("chapter", ["00_synthese", "93_donnees"])
def test_the_first_page_and_that_of_the_files_offer_what_is_printed(edition, chapter):
    page = SITE / edition / "chapters" / f"{chapter}.html"
    links = soup(page).select("article.bd-article .imprimes a")
    assert [link["class"] for link in links] == [["livre-pdf"], ["depliant-pdf"]]
    assert all((page.parent / link["href"]).is_file() for link in links)


def test_a_page_that_is_linked_again_has_each_link_once():
    printed = [
        Printed("livre-pdf", "Le livre", "a.pdf", 52, 1_240_000),
        Printed("depliant-pdf", "Le dépliant", "b.pdf", 2, 9),
    ]
    once = linked(f"<p>{MARK}</p>", printed)
    assert once.count("<a ") == 2
    assert "Le livre (PDF, 52 pages, 1,2 Mo)" in once.replace("\u00a0", " ")
    assert "Le dépliant (PDF, 2 pages, 0,1 Mo)" in once.replace("\u00a0", " ")  # never nothing
    assert linked(once, printed) == once
