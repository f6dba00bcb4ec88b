"""What the built site offers to keep: the files, their page, and that both tell what the other pages tell."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import which

import pandas as pd
import pytest
from support import holdings, pages
from support.demo import planted

from utils.french import capitalise, number, percent, span, typeset
from utils.paths import ROOT, SITE
from utils.statistics.intervals import LEVEL

pytestmark = pytest.mark.site

EDITIONS = {"2017": SITE / "2017", "demo": SITE / "demo"}
BOOKS = {**EDITIONS, "jupyter-book build": ROOT / "_build" / "html"}
NAMES = {"2017": "communes-medias-sociaux-2017", "demo": "donnees-fictives-demo"}
TOLD = f"Intervalle à {percent(LEVEL)}"


def article(book, page="93_donnees"):
    return pages.soup(book / "chapters" / f"{page}.html").select_one("article.bd-article")


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_the_page_leads_to_every_file_and_tells_its_size(book):
    edition = "demo" if book.name == "demo" else "2017"
    expected = holdings.files(edition)
    rows = article(book).select("#tableau-telechargements tbody tr")
    assert len(rows) == len(expected) == len(kept(book))
    for row, (name, file) in zip(rows, expected.items(), strict=True):
        assert name.startswith(NAMES[edition])
        assert row.a.has_attr("download")
        target = book / "chapters" / row.a["href"]
        assert target.name == name
        assert target.read_bytes() == file.content
        said = row.find_all("td")[-1].get_text().replace("\u00a0ko", "").replace(",", ".")
        assert float(said) == pytest.approx(len(file.content) / 1000, abs=0.5)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_zip_holds_the_package_whole(edition):
    files = holdings.files(edition)
    with zipfile.ZipFile(EDITIONS[edition] / "_downloads" / f"{NAMES[edition]}.zip") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    readme = held.pop("LISEZMOI.txt").decode("utf-8")
    assert held.pop("datapackage.json") == files[f"{NAMES[edition]}.json"].content
    assert held == {n: f.content for n, f in files.items() if n.endswith((".csv", ".xml"))}
    assert "CC BY 4.0" in readme
    named = set(re.findall(r"[\w-]+\.(?:csv|json|xml)\b", readme))
    assert named == {*held, "datapackage.json"}
    assert ("Données fictives" in readme) == (edition == "demo")
    assert ("[c]" in readme) == (edition == "demo"), "2017 hides nothing"


def kept(book):
    """Return the files of the whole edition; those of each result are in folders, and the PDF is printed later."""
    return [path for path in (book / "_downloads").iterdir() if path.is_file() and path.suffix != ".pdf"]


def printed(rows):
    """Return the rows of a page's table by their first cell, a cell by its column."""
    header, *body = [[cell.strip() for cell in row] for row in rows]
    return {row[0]: dict(zip(header, row, strict=True)) for row in body}


def shown(row):
    """Return count, share and interval of a tidy row as the pages print them."""
    if row["statut"] == "[c]":
        return "[c]", "[c]", "[c]"
    part = percent(row["part"]) if row["part"] == row["part"] else "non calculé"
    around = span(row["part_basse"], row["part_haute"]) if row["part_basse"] == row["part_basse"] else "non calculé"
    return number(row["effectif"]), part, around


@pytest.fixture(scope="module", params=EDITIONS)
def built(request):
    edition = request.param
    folder = EDITIONS[edition] / "_downloads"
    kinds = {"reponse": str, "strate": str}
    results = pd.read_csv(folder / f"{NAMES[edition]}.csv", dtype=kinds)
    labels = pd.read_csv(folder / f"{NAMES[edition]}-modalites.csv", dtype=kinds)
    groups = pd.read_csv(folder / f"{NAMES[edition]}-strates.csv", dtype=kinds)
    results = results.merge(labels.rename(columns={"libelle": "dit"}), on=["question", "sorte", "reponse"])
    results = results.merge(groups.rename(columns={"libelle": "groupe"}), on=["ventilation", "strate"])
    found = {name: printed(rows) for name, rows in pages.results(EDITIONS[edition]).items()}
    return edition, results, found


def test_the_files_and_the_pages_tell_the_same_of_everybody(built):
    _, results, found = built
    whole = results[(results["ventilation"] == "ensemble") & (results["sorte"] != "cote")]
    told = 0
    for (question, base), rows in whole.groupby(["question", "base"]):
        apart = f"{question}-{base.replace('_', '-')}"
        table = found[apart if apart in found else question]
        assert len(table.keys() - {"Sans réponse"}) == len(rows)
        for _, row in rows.iterrows():
            [cells] = [c for label, c in table.items() if label == row["dit"] or label.startswith(f"{row['dit']} (")]
            count, part, around = shown(row)
            assert list(cells.values())[1] == count
            assert (cells["Part"], cells[TOLD]) == (part, around), (question, row["reponse"])
            told += 1
    assert told == len(whole) > 200


def test_the_files_and_the_pages_tell_and_hide_the_same_of_each_group(built):
    edition, results, found = built
    told = 0
    for (question, base, by), rows in results[results["ventilation"] != "ensemble"].groupby(
        ["question", "base", "ventilation"]
    ):
        table = found[f"{question}{'-non' if base == 'non_actives' else ''}-{by}"]
        for _, row in rows.iterrows():
            count, part, around = shown(row)
            if question == "active":
                cells = table[row["groupe"]]
                assert cells["Actives" if row["reponse"] == "oui" else "Non actives"] == count
                assert cells["Total"] == number(row["n"])
                if row["reponse"] == "oui":
                    assert (cells["Part"], cells[TOLD]) == (part, around)
            else:
                [(header, cell)] = [
                    (h, c)
                    for h, c in table[row["dit"]].items()
                    if h == row["groupe"] or h.startswith(f"{row['groupe']} (")
                ]
                assert cell.split(" [")[0] == ("[c]" if count == "[c]" else f"{part} ({count})")
                size = re.search(r"\(n\u00a0=\u00a0(.+)\)", header)
                assert (size.group(1) if size else None) == (None if pd.isna(row["n"]) else number(row["n"]))
            told += 1
    assert told == {"2017": 38, "demo": told}[edition] > 0


def test_participation_is_that_of_the_pages(built):
    edition, _, found = built
    [name] = [name for name in holdings.files(edition) if name.endswith("-participation.csv")]
    labels = {row.strate: row.libelle for row in holdings.tables(edition)["strates"].itertuples()}
    for row in csv.DictReader(io.StringIO((EDITIONS[edition] / "_downloads" / name).read_text(encoding="utf-8"))):
        by = "taille" if row["ventilation"] == "ensemble" else row["ventilation"]
        cells = found[f"participation-{by}"][labels[row["strate"]]]
        for column, title in (("participantes", "Participantes"), ("interrogees", "Total")):
            assert cells[title] == number(int(row[column]))


def lines(edition, language):
    [block] = article(EDITIONS[edition]).select(f"div.highlight-{language} pre")
    return block.get_text()


def run(command, edition):
    folder = EDITIONS[edition] / "_downloads"
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_lines_for_pandas_run_as_printed(edition):
    text = lines(edition, "python")
    assert len(text.strip().splitlines()) == 4
    shown = run([sys.executable, "-W", "error", "-c", text], edition)
    row = holdings.tables(edition)["resultats"].query("reponse == 'facebook'").iloc[0]
    assert re.search(rf"Facebook +{row['effectif']}(?:\.0)? +{row['part']:.4f}", shown), shown


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.skipif(which("Rscript") is None, reason="R n’est pas installé")
def test_the_lines_for_r_run_as_printed(edition, tmp_path):
    text = lines(edition, "r")
    assert len(text.strip().splitlines()) == 4
    script = tmp_path / "lignes.R"
    script.write_text(text, encoding="utf-8")
    shown = run(["Rscript", "--vanilla", str(script)], edition)
    row = holdings.tables(edition)["resultats"].query("reponse == 'facebook'").iloc[0]
    assert re.search(rf"Facebook +{row['effectif']} +{row['part']:.4f}", shown), shown


def test_the_page_says_what_is_hidden():
    for edition, book in EDITIONS.items():
        hidden = int((holdings.tables(edition)["resultats"]["statut"] == "[c]").sum())
        said = f"{number(hidden)}\u00a0effectifs ne sont pas publiés" if hidden else "Aucun effectif n’est caché"
        assert said in article(book).get_text()


def test_no_commune_and_no_free_text_is_in_a_packed_file():
    strings = {text for text in planted() if len(text) > 4}
    for path in kept(EDITIONS["demo"]):
        parts = {path.name: path.read_bytes()}
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                parts |= {name: archive.read(name) for name in archive.namelist()}
        for name, content in parts.items():
            text = content.decode("utf-8", errors="ignore")
            assert not [planted_text for planted_text in strings if planted_text in text], (path.name, name)


def test_every_file_of_the_demonstration_says_that_it_is_fiction():
    for path in kept(EDITIONS["demo"]):
        assert path.name.startswith("donnees-fictives-")
        text = path.read_bytes().decode("utf-8", errors="ignore")
        if path.suffix == ".csv":
            table = list(csv.DictReader(io.StringIO(text)))
            assert {row["fictif"] for row in table} == {"oui"}
        elif path.suffix in (".json", ".xml"):
            assert capitalise("données fictives") in text
    assert typeset("Données fictives, à ne citer que comme telles.") in article(EDITIONS["demo"]).get_text()


def test_the_downloads_of_2017_do_not_depend_on_how_it_was_built():
    one, other = (kept(BOOKS[name]) for name in ("2017", "jupyter-book build"))
    assert {path.name: path.read_bytes() for path in one} == {path.name: path.read_bytes() for path in other}


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_click_keeps_the_file(open_page, scheme):
    page = open_page("2017/chapters/93_donnees.html", width=360, scheme=scheme)
    for title, ending in (
        ("Classeur (XLSX)", ".xlsx"),
        ("Résultats (CSV)", ".csv"),
        ("Dictionnaire des données (XML)", ".xml"),
    ):
        with page.expect_download() as kept:
            page.get_by_role("link", name=title).click()
        name = NAMES["2017"] + ending
        assert kept.value.suggested_filename == name
        assert Path(kept.value.path()).read_bytes() == holdings.files("2017")[name].content
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
def test_the_lines_of_code_are_read_without_scrolling(open_page):
    page = open_page("2017/chapters/93_donnees.html", width=360)
    wider = "[...document.querySelectorAll('div.highlight pre')].map(pre => pre.scrollWidth - pre.clientWidth)"
    assert page.evaluate(wider) == [0, 0]
