"""Surveys of other territories stand beside 2017, and say nothing that is true of Wallonia alone."""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from lxml import html
from pypdfium2 import PdfDocument
from support import running
from support.elsewhere import CORSICAN, DEPARTMENTS, FLEMISH, corsican, flemish

from utils.offering.bundle import offered
from utils.paths import CHAPTERS, DATA
from utils.publishing import contents
from utils.publishing.checking import check_wave
from utils.publishing.elsewhere import copied
from utils.reading import waves
from utils.reading.problems import DataError

FALSE = re.compile(r"wallon|namur|futuroc|agence du num|hainaut|262 communes", re.IGNORECASE)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Build the Flemish survey beside 2017, by one command, as if it were real: it then says the most."""
    project = copied(tmp_path_factory.mktemp("projet"), "data")
    flemish(project / "data")
    about = project / "data" / FLEMISH / "vague.yml"
    about.write_text(about.read_text(encoding="utf-8").replace("fictif: true", "fictif: false"), encoding="utf-8")
    command = [sys.executable, "-m", "utils", "build", FLEMISH]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return project / "_site"


def texts(path):
    """Yield the texts of a published file: those within an archive or a workbook too."""
    if path.suffix in (".zip", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            for name in archive.namelist():
                inner = archive.read(name)
                if name.endswith(".xlsx"):
                    with zipfile.ZipFile(io.BytesIO(inner)) as book:
                        yield from (book.read(part).decode("utf-8") for part in book.namelist())
                else:
                    yield inner.decode("utf-8")
    elif path.suffix in (".html", ".json", ".js", ".csv", ".xml", ".txt", ".ipynb", ".md", ".svg"):
        yield path.read_text(encoding="utf-8")


@pytest.mark.chapters
def test_nothing_of_wallonia_is_said_of_flanders(published):
    seen = 0
    for path in sorted(path for path in published.rglob("*") if path.is_file()):
        for text in texts(path):
            seen += 1
            # Where the code stands is no word on the survey.
            told = re.sub(r"data/territoires/wallonie\.yml", "", text)
            found = [told[max(0, m.start() - 80) : m.end() + 40] for m in FALSE.finditer(told)]
            assert not found, (path.name, found[:3])
    assert seen > 60


@pytest.mark.chapters
@pytest.mark.browser
def test_what_is_printed_of_flanders_says_nothing_of_wallonia(published):
    command = [sys.executable, "-m", "utils", "pdf", FLEMISH]
    done = subprocess.run(command, cwd=published.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lengths = {}
    for file in (published / FLEMISH / "_downloads").glob("*.pdf"):
        with PdfDocument(file) as read:
            lengths[file.stem.endswith("depliant")] = len(read)
            told = " ".join(page.get_textpage().get_text_range() for page in read)
        assert "95 communes sur 140" in told
        # Where the code stands is no word on the survey.
        assert not FALSE.search(re.sub(r"data/territoires/\s*wallonie\.yml", "", told)), file.name
    assert lengths[True] == 2
    assert lengths[False] <= 60


@pytest.mark.chapters
def test_the_flemish_book_says_whose_it_is(published):
    book = published / FLEMISH
    first = html.fromstring((book / "chapters" / "00_synthese.html").read_bytes())
    told = " ".join(first.text_content().split())
    assert first.xpath("//h1")[0].text_content().startswith("Les communes flamandes et les réseaux sociaux")
    assert "L’enquête s’adressait à des communes de Flandre." in told  # 140 communes of 285
    (data,) = (json.loads(script.text) for script in first.xpath('//script[@type="application/ld+json"]'))
    assert data["spatialCoverage"]["name"] == "Flandre, Belgique"
    assert "les communes flamandes" in data["description"]
    package = json.loads(next(text for text in texts(next(book.rglob("*.zip"))) if text.startswith("{")))
    assert "Flandre" in package["keywords"]
    codebook = next(text for text in texts(next(book.rglob("*.zip"))) if "<codeBook" in text)
    assert "<geogCover>Flandre</geogCover>" in codebook
    assert '<nation abbr="BE">Belgique</nation>' in codebook
    # What only speaks of the Walloon study is no part of the book, and nothing leads there.
    pages = {page.stem for page in (book / "chapters").glob("*.html")}
    assert not pages & {"10_contexte", "80_formations", "92_verification"}
    links = {link for page in book.rglob("*.html") for link in re.findall(r'href="([^"#:]+)\.html', page.read_text())}
    assert not {link for link in links if link.endswith(("10_contexte", "80_formations", "92_verification"))}


def test_books_have_the_chapters_of_their_territory(data, demo):
    flemish(data)
    told = {name: set(contents.pages(waves.load(name, data))) for name in ("2017", FLEMISH)}
    assert told["2017"] - told[FLEMISH] == {"10_contexte", "80_formations", "92_verification"}
    assert set(contents.pages(demo, "2017")) - told["2017"] == {"40_evolution"}


def test_two_territories_are_not_compared(data):
    flemish(data)
    with pytest.raises(DataError, match="une vague du territoire « flandre »"):
        check_wave(FLEMISH, "2017", data)


@pytest.fixture(scope="module")
def corsica(tmp_path_factory):
    data = shutil.copytree(DATA, tmp_path_factory.mktemp("corse") / "data")
    made = corsican(data)
    check_wave(CORSICAN, data=data)
    return made


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """Ask one department of two."""
    data = shutil.copytree(DATA, tmp_path_factory.mktemp("moitie") / "data")
    return corsican(data, DEPARTMENTS[:1])


def told_by(edition, notebook, monkeypatch):
    running.sketched(monkeypatch)
    monkeypatch.setattr(waves, "load", lambda _: edition)
    return running.named(CHAPTERS / f"{notebook}.ipynb")


@pytest.mark.chapters
@pytest.mark.parametrize("notebook", [path.stem for path in sorted(CHAPTERS.glob("*.ipynb"))])
def test_every_chapter_is_told_of_departments_without_sizes(notebook, corsica, monkeypatch):
    if notebook not in contents.pages(corsica):
        pytest.skip("of Wallonia alone, or beside another edition")
    found = told_by(corsica, notebook, monkeypatch)
    said = " ".join(f"{name} {value}" for name, value in found.items())
    assert not FALSE.search(said)
    said = (
        re.sub("active-province|« province » ou « taille »", "", said)
        .replace("d’une taille", "")
        .replace("ou par taille", "")
    )
    strange = re.findall(r".{40}(?<![\w-])provinces?(?![\w-]).{30}", said)
    assert not strange, strange[:3]
    for sign in ("nan", "None", "code INS "):
        assert not re.search(rf"(?<!\w){sign}(?!\w)", said), sign


@pytest.mark.chapters
def test_what_needs_inhabitants_says_why_it_is_silent(corsica, monkeypatch):
    profile = told_by(corsica, "21_profil", monkeypatch)
    assert any("ne connaît pas le nombre d’habitants des communes interrogées" in line for line in profile)
    assert any("La part des habitants que représentent ces communes n’est pas connue." in line for line in profile)
    assert "chart|fig-participation-taille" not in profile
    presence = told_by(corsica, "22_presence", monkeypatch)
    assert [name for name in presence if name.startswith("active-redressee|Redressée")] == [
        "active-redressee|Redressée selon le département"
    ]
    assert "chart|fig-active-taille" not in presence
    assert "chart|fig-carte-presence" not in presence  # the territory names no outlines
    assert "text|## Présence selon le département" in presence


def test_files_of_a_survey_without_sizes_hold_no_size(corsica):
    files = {file.name: file for file in offered(corsica)}
    tables = {name: file.content.decode("utf-8") for name, file in files.items() if name.endswith(".csv")}
    assert tables
    assert not [name for name, text in tables.items() if re.search(r",taille,", text) and "colonnes" not in name]


@pytest.mark.chapters
def test_a_department_that_was_left_out_is_told_on_the_first_page(half, corsica, monkeypatch):
    left = "Elle ne porte pas sur toute la Corse"
    lines = [line for line in told_by(half, "00_synthese", monkeypatch) if left in line]
    assert len(lines) == 1
    assert "dans un département (Haute-Corse), aucune commune n’a été interrogée" in lines[0]
    assert lines[0].endswith("ne vaut pour lui.")
    assert not [line for line in told_by(corsica, "00_synthese", monkeypatch) if left in line]
    presence = told_by(half, "22_presence", monkeypatch)
    assert not [name for name in presence if "Haute-Corse" in name]
