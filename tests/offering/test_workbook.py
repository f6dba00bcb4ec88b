"""The workbook, read back: the practice of official statistics for spreadsheets that everyone can use."""

import datetime
import io
import re
import zipfile

import openpyxl
import pytest
from support import holdings

from utils.french import typeset
from utils.offering.bundle import offered
from utils.offering.publication import publication
from utils.offering.tidy import tidy
from utils.offering.workbook import workbook
from utils.paths import ROOT
from utils.reading import waves

SHEETS = ["Couverture", "Sommaire", "Notes", "Ensemble", "Par province", "Par taille", "Échelles résumées"]
RELEASED = datetime.date.fromisoformat(
    re.search(r"^date-released: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE).group(1)
)
SHEETS += ["Réponses reçues", "Participation", "Questions", "Réponses possibles", "Échelles", "Groupes de communes"]


def written(wave):
    return workbook(tidy(wave), publication(wave), wave.codebook)


def published(name):
    [content] = [file.content for file in holdings.files(name).values() if file.name.endswith(".xlsx")]
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module", params=["2017", "demo"])
def edition(request):
    return holdings.edition(request.param)


@pytest.fixture(scope="module")
def book(edition):
    return published(edition.id)


def area(sheet):
    [table] = sheet.tables.values()
    return table, sheet[table.ref]


def records(sheet):
    header, *rows = area(sheet)[1]
    return [{h.value: cell for h, cell in zip(header, row, strict=True)} for row in rows]


def test_the_sheets_have_names_that_tell(book):
    assert book.sheetnames == SHEETS


def test_every_sheet_begins_with_its_title_and_has_one_table(book):
    names = set()
    for sheet in book.worksheets:
        assert sheet["A1"].value.strip()
        assert not sheet.merged_cells.ranges
        if sheet.title == "Couverture":
            assert not sheet.tables
            continue
        table, cells = area(sheet)
        names.add(table.displayName)
        assert table.headerRowCount == 1
        header = [cell.value for cell in cells[0]]
        assert all(header)
        assert len(set(header)) == len(header)
        # The table ends the sheet, begins in its first column, and no row above it is blank.
        assert cells[0][0].column_letter == "A"
        assert (sheet.max_row, sheet.max_column) == (cells[-1][-1].row, cells[-1][-1].column)
        assert all(sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1))
        assert sheet.freeze_panes == f"A{cells[1][0].row}"
    assert len(names) == len(book.sheetnames) - 1


def test_no_cell_of_a_table_of_results_is_blank(book):
    for name in SHEETS[1:8]:
        for row in area(book[name])[1]:
            assert all(cell.value not in (None, "") for cell in row), (name, row[0].coordinate)


CODE = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)+$|^(oui|non|likert|option|cote|neutre|accord|desaccord|actives|communes)$")


def test_what_a_code_stands_for_is_beside_it(book):
    for sheet in book.worksheets[3:]:
        for row in area(sheet)[1][1:]:
            for cell in row:
                if CODE.match(str(cell.value)):
                    label = cell.offset(0, 1).value or row[-1].value
                    assert label, (sheet.title, cell.coordinate, cell.value)
                    assert not CODE.match(str(label)) or sheet.title == "Questions", (sheet.title, cell.coordinate)


def test_codes_stay_where_files_are_joined_by_them(book):
    first = records(book["Réponses possibles"])[0]
    assert (first["Question"].value, first["Question, en clair"].value) == ("role", "Fonction du répondant")
    assert first["Sorte de réponse, en clair"].value == "Réponse proposée"
    scale = records(book["Échelles"])[0]
    assert scale["Côté, en clair"].value == "Désaccord"
    assert scale["Échelle, en clair"].value == typeset("De 1 (pas du tout d’accord) à 10 (tout à fait d’accord)")


def test_nothing_is_a_formula_and_nothing_leads_elsewhere(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.hyperlink and cell.hyperlink.target:
                    assert cell.hyperlink.target == "https://creativecommons.org/licenses/by/4.0/"


def test_hostile_labels_stay_text(data):
    path = data / "questionnaire.yml"
    text = path.read_text(encoding="utf-8").replace("libelle: Facebook", "libelle: '=1+1'")
    path.write_text(text.replace("libelle: Twitter", "libelle: 'https://127.0.0.1/'"), encoding="utf-8")
    book = openpyxl.load_workbook(io.BytesIO(written(waves.load("2017", data))))
    cells = [
        cell for row in book["Ensemble"].iter_rows() for cell in row if cell.value in ("=1+1", "Https://127.0.0.1/")
    ]
    assert [(cell.data_type, cell.hyperlink) for cell in cells] == [("s", None)] * 2


def test_numbers_are_numbers_with_their_format(book, edition):
    results = holdings.tables(edition.id)["resultats"]
    for name, by in (("Ensemble", "ensemble"), ("Par province", "province"), ("Par taille", "taille")):
        expected = results[results["ventilation"] == by]
        found = records(book[name])
        assert len(found) == len(expected)
        for row, (_, values) in zip(found, expected.iterrows(), strict=True):
            count, part = row["Effectif"], row["Part"]
            if values["statut"] == "[c]":
                assert (count.value, part.value) == ("[c]", "[c]")
                continue
            assert count.value == values["effectif"]
            assert (count.data_type, count.number_format) == ("n", "#,##0")
            if values["n"] == 0:
                assert part.value == "[x]"
                continue
            assert part.value == pytest.approx(values["part"])
            assert (part.data_type, part.number_format) == ("n", "0.0%")


def test_shorthand_is_explained_where_it_stands(book, edition):
    notes = {row["Mot ou signe"].value for row in records(book["Notes"])}
    assert {"[c]", "[x]"} <= notes
    for sheet in book.worksheets[3:]:
        cells = [cell.value for row in area(sheet)[1] for cell in row]
        above = " ".join(str(sheet.cell(row, 1).value) for row in range(1, area(sheet)[1][0][0].row))
        assert ("[c]" in cells or "[x]" in cells) == ("[c]" in above), sheet.title
    hidden = "[c]" in [cell.value for row in area(book["Par province"])[1] for cell in row]
    assert hidden == edition.about.fictif


def test_contents_lead_to_every_sheet_and_back(book):
    listed = records(book["Sommaire"])
    assert [row["Feuille"].value for row in listed] == book.sheetnames[2:]
    for row in listed:
        assert row["Feuille"].hyperlink.location == f"'{row['Feuille'].value}'!A1"
        assert row["Lignes"].value == len(records(book[row["Feuille"].value]))
    for sheet in book.worksheets[2:]:
        links = [sheet.cell(row, 1).hyperlink for row in range(1, 6)]
        assert "'Sommaire'!A1" in [link.location for link in links if link]


def test_the_properties_say_what_it_is(book, edition):
    about = book.properties
    assert about.language == "fr"
    assert about.title == publication(edition).title
    assert about.creator == typeset(f"Les auteurs du livre « {edition.about.titre} »")
    assert about.created == about.modified == datetime.datetime.combine(RELEASED, datetime.time())


def test_columns_are_as_wide_as_their_words(book):
    for sheet in book.worksheets[1:]:
        # Neighbours of the same width are written as one.
        spans = [(span.min, span.max, span.width) for span in sheet.column_dimensions.values()]
        for cell in area(sheet)[1][0]:
            [width] = [width for first, last, width in spans if first <= cell.column <= last]
            assert max(len(word) for word in re.split(r"[\s’]", cell.value)) < width, cell.value


def test_invented_data_says_so_on_every_sheet():
    book = published("demo")
    for sheet in book.worksheets:
        above = " ".join(str(sheet.cell(row, 1).value) for row in range(1, 4))
        assert "Données fictives" in above, sheet.title
    assert "fictives" in book.properties.subject


def test_the_same_data_gives_the_same_bytes():
    first, second = list(holdings.files("2017").values()), offered(waves.load("2017"))
    assert [file.content for file in first] == [file.content for file in second]
    for file in first:
        if file.name.endswith((".zip", ".xlsx")):
            entries = zipfile.ZipFile(io.BytesIO(file.content)).infolist()
            assert {entry.date_time for entry in entries} == {RELEASED.timetuple()[:6]}
