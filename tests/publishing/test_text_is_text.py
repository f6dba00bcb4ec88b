"""Whatever is typed comes out as it was typed, in every file: an edition is built of texts that try to be more."""

import csv
import json
import os
import re
import subprocess
import sys
from io import StringIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from support.planted import MARK, PLANTED, plant

from utils.publishing.elsewhere import copied
from utils.publishing.policy import digest
from utils.spreadsheet import harmless

pytestmark = [pytest.mark.site, pytest.mark.chapters]

WAVE = "2026-piege"
ELSEWHERE = "exemple.invalid"
LEADING = ("href", "src", "srcset", "action", "formaction", "data", "poster", "style", "xlink:href")


def spaced(text):
    """Return a text without what sets its spaces: French typography chooses which of them do not break."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the edition, and the sheet of one of its communes, in a project of its own."""
    project = copied(tmp_path_factory.mktemp("projet"), "fiches", "data")
    (project / "data" / "demo").rename(project / "data" / WAVE)
    plant(project / "data", WAVE, "2017")
    environment = os.environ | {"FICHES_CLE": "0" * 64}
    for command in (["build", WAVE, "--previous", "2017"], ["fiches", WAVE, "--ins", "95001"]):
        done = subprocess.run(
            [sys.executable, "-m", "utils", *command],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture(scope="module")
def pages(site):
    found = [*(site / "_site").rglob("*.html"), *(site / "_fiches").rglob("*.html")]
    assert {path.relative_to(site).parts[0] for path in found} == {"_site", "_fiches"}
    assert {path.parent.name for path in found} >= {"_site", "chapters", "ma-commune"}
    return {path: BeautifulSoup(path.read_text(encoding="utf-8"), "lxml") for path in sorted(found)}


def files(site, ending):
    found = sorted((site / "_site").rglob(f"*.{ending}"))
    assert found
    return found


def test_no_page_holds_an_element_that_was_typed(pages):
    for path, page in pages.items():
        assert not page.select(f".{MARK}"), path
        assert not [one for one in page.select("strong, b, em, i") if one.get_text() in ("g", "<b", "i")], path
        assert not [one for one in page.select("math") if one.get("alttext") == "a"], path
        assert not page.select("article img"), path


def test_no_page_leads_elsewhere_than_its_authors_do(pages):
    for path, page in pages.items():
        for one in page.find_all(True):
            leading = [one[name] for name in LEADING if ELSEWHERE in str(one.get(name, ""))]
            assert not leading, (path, leading)


def test_what_was_typed_stands_there_whole(pages):
    """As a reader reads it: wherever a text begins to be read, it is read to its end."""
    seen = 0
    for path, page in pages.items():
        for drawing in page.select("svg"):
            drawing.extract()
        for part in page.select("p, li, h1, h2, h3, h4, caption, th, td, dd, figcaption, summary, title"):
            text = spaced(part.get_text())
            begun, whole = text.count(f'class="{MARK}"'), text.count(spaced(PLANTED))
            # In titles of comments, braces have a meaning of their own.
            whole += text.count(spaced(PLANTED.replace("{{ x }}", "x")))
            assert begun == whole, (path, text)
            seen += whole
    assert seen > 500


def test_every_page_keeps_its_policy(pages):
    for path, page in pages.items():
        first = page.head.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert "default-src 'none'" in first["content"], path
        assert "unsafe" not in first["content"], path
        assert not page.select("[style]"), path
        for style in page.select("style"):
            assert digest(style.string) in first["content"], path


def test_data_for_programs_holds_the_same(site):
    held = 0
    for path in files(site, "json"):
        text = path.read_text(encoding="utf-8")
        json.loads(text)
        held += spaced(PLANTED) in spaced(text.replace('\\"', '"'))
    assert held >= 3
    book = (site / "_site" / WAVE / "recherche" / "livre.js").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^const LIVRE = (.*);$", book, re.MULTILINE)
    assert spaced(PLANTED) in spaced(str(json.loads(listed)))


def test_no_cell_is_a_formula_or_leads_elsewhere(site):
    for path in files(site, "xlsx"):
        book = openpyxl.load_workbook(path)
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f", (path, cell.coordinate)
            assert ELSEWHERE not in str(cell.hyperlink and cell.hyperlink.target), (path, cell.coordinate)
    cells = 0
    for path in files(site, "csv"):
        for row in csv.reader(StringIO(path.read_text(encoding="utf-8-sig"))):
            assert [harmless(cell) for cell in row] == row, path
            cells += sum(MARK in cell for cell in row)
    assert cells


def test_documents_and_drawings_are_well_formed_and_hold_it_as_text(site):
    held = 0
    for path in [*files(site, "xml"), *files(site, "svg")]:
        tree = etree.parse(path)
        assert not tree.xpath("//*[local-name() = 'b' or local-name() = 'script' or local-name() = 'image']"), path
        # A drawing's lines are broken between words, and names that are too long are cut.
        words = " ".join(tree.getroot().itertext()).split()
        assert words.count("**g**") == words.count("$a$"), path
        held += MARK in " ".join(words)
    assert held > 20
