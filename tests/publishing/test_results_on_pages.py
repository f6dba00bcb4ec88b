"""What stands below each result says what the result says: page, picture, file, citation, register."""

import json
import re
from urllib.parse import urldefrag

import pytest
import yaml
from lxml import etree
from support.pages import ALONE, BARE, BESIDE, cells, chapters, soup

from utils.french import capitalise
from utils.offering.publication import signature
from utils.paths import ROOT
from utils.reading import waves
from utils.showing.svg import as_file
from utils.survey.results import HIDDEN
from utils.telling import verdicts

PAGES = [page for book in (ALONE, BARE, BESIDE) for page in chapters(book)]
PERCENT = re.compile(r"(?:moins de |plus de )?[\d,]+\u00a0%")
VERSION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]
SAID = "article :is(p, li):not(:has(p, li, table), details.citation *, .citation-list *)"
SENTENCE = 7  # words from which on something is a sentence
site = pytest.mark.site


@pytest.fixture(params=PAGES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def page(request):
    return request.param


def blocks(page):
    return soup(page).select("article div.preuves")


def linked(page, block, kind):
    links = [a["href"] for a in block.select("p.liens a") if a.get_text().startswith(kind)]
    return [(page.parent / link).resolve() for link in links]


def drawings(page):
    """Return each drawing of a page with the block that follows it."""
    for figure in soup(page).select("article figure:has(svg)"):
        yield figure, figure.find_next("div", class_="preuves")


@site
def test_the_drawing_says_in_words_what_the_table_shows(page):
    for figure, block in drawings(page):
        kind, _, values = figure.select_one("svg")["aria-label"].removeprefix("Données fictives. ").split(". ", 2)
        rows = cells(block.find("table"))
        table = " ".join(" ".join(row) for row in rows)
        if kind.startswith("Histogramme des scores"):
            told = re.findall(r"(\d+)\u00a0: (\d+)", values)
            assert told == [(re.match(r"\d+", row[0]).group(), row[1]) for row in rows[1:]], figure["id"]
        else:
            assert set(PERCENT.findall(values)) <= set(PERCENT.findall(table)) or HIDDEN in table, figure["id"]


@site
def test_every_drawing_can_be_had_as_drawing_and_as_picture(page):
    for figure, block in drawings(page):
        files = {path.stem: path for path in linked(page, block, "SVG")}
        files = {stem: path for stem, path in files.items() if titled(path) == figure.svg["aria-label"]}
        assert len(files) == 1, figure["id"]
        ((stem, svg),) = files.items()
        assert "var(" not in svg.read_text(encoding="utf-8")
        (png,) = (path.read_bytes() for path in linked(page, block, "PNG") if path.stem == stem)
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20]) == 2 * float(etree.parse(svg).getroot().get("width"))


def titled(path):
    return etree.parse(path).findtext("{*}title")


@site
def test_every_result_has_an_address_a_citation_and_a_source(page):
    edition = "demo" if page.parents[1] == BESIDE else "2017"
    about = waves.stated(edition)
    for block in blocks(page):
        anchor = block.select_one("a.permanent")["href"]
        assert soup(page).find(id=anchor[1:]), anchor
        cited = block.select_one("details.citation").get_text()
        assert "localhost" not in cited  # these sites are published nowhere
        assert f"version {VERSION}" in cited
        for link in block.select("details.citation a[download]"):
            written = (page.parent / link["href"]).read_text(encoding="utf-8")
            assert edition in written
            assert "localhost" not in written
        assert f"édition {edition}" in cited
        assert (about.organisateur if about.fictif else capitalise(signature(about))) in cited
        assert ("Données fictives" in cited) == about.fictif
        facts = block.select_one("details.provenance")
        assert facts.get_text()


@site
def test_a_result_counts_as_many_answers_as_its_sentences(page):
    """N below the table and n of the numbers in the text, of one question and base, are one number."""
    register = json.loads((page.parents[1] / "chiffres.json").read_text(encoding="utf-8"))["chiffres"]
    known = {}
    for figure in register:
        if figure["question"] and figure["n"] is not None and not figure["statistique"].startswith("part,"):
            known.setdefault((figure["question"], figure["base"]), set()).add(figure["n"])
    for block in blocks(page):
        text = block.select_one("details.provenance").get_text()
        asked = re.search(r"Identifiant([a-z0-9_]+) \(colonne", text)
        size = re.search(r"Base(.*?), n = ([\d\u202f]+)Fichier", text)
        if not (asked and size):
            continue
        bases = {"Communes actives": "actives", "Communes non actives": "non_actives", "Répondants": "repondants"}
        key = (asked.group(1), bases.get(size.group(1), "communes"))
        if key in known:
            assert int(size.group(2).replace("\u202f", "")) in known[key], key


@site
def test_links_of_one_name_tell_a_screen_reader_what_they_lead_to(page):
    for block in blocks(page):
        for link in block.select("p.liens a"):
            assert link.select_one(".lecteur").get_text().strip(" \u00a0:")
        assert urldefrag(block.select_one("a.permanent")["href"]).url == ""


def test_a_file_stands_alone_in_light_colours():
    drawing = '<svg role="img" aria-label="A &lt; B" viewBox="0 0 10 20"><path fill="#01665e"/></svg>'
    file = etree.fromstring(as_file(drawing, "Source : X & Y").encode())
    assert file.findtext("{*}title") == "A < B"
    assert file.find("{*}path").get("fill") == "#01665e"
    assert file.findall("{*}text")[-1].text == "Source : X & Y"


def said(page):
    """Return the sentences of a page's prose and the findings of its drawings, but for a few words."""
    texts = [part.get_text(" ") for part in soup(page).select(SAID)]
    found = [part.strip() for text in texts for part in re.split(r"(?<=[.!?])\s+", " ".join(text.split()))]
    titles = [figure.select_one("svg")["aria-label"] for figure, _ in drawings(page)]
    found += [f"{title.removeprefix('Données fictives. ').split('. ')[1]}." for title in titles]
    # Each of these stands wherever it holds.
    notices = {" ".join(notice.split()) for notice in (verdicts.UNTESTED, verdicts.WITHHELD, verdicts.SPARSE)}
    return [sentence for sentence in found if len(sentence.split()) >= SENTENCE and sentence not in notices]


@site
def test_no_sentence_is_said_twice(page):
    if page.stem in ("92_verification", "94_chiffres"):  # what the study says, a statement each; and the register
        pytest.skip("lists")
    sentences = said(page)
    assert {sentence for sentence in sentences if sentences.count(sentence) > 1} == set()
