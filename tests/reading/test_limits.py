"""What is more than a survey can hold is refused for what it is, soon, and before it is taken in."""

import time
import zipfile

import pytest
from support.workbooks import write_workbook

from utils.paths import DATA
from utils.reading import limits
from utils.reading.files import read_document
from utils.reading.loading import open_source
from utils.reading.outlines.geojson import read_outlines
from utils.reading.tabular import read_raw
from utils.survey.about import Comments, Metadata


def written(many):
    """Write a number as the page that tells of limits does."""
    return f"{many:,}".replace(",", " ")


TOLD = {
    "TABLE": "10 Go,",
    "LINES": f"{written(limits.LINES)} de lignes",
    "RECORD": f"de {written(limits.RECORD)} de caractères",
    "COLUMNS": f"{written(limits.COLUMNS)} colonnes",
    "CELL": f"{written(limits.CELL)} caractères par cellule",
    "DOCUMENT": "| 1 Mo, ",
    "DEPTH": f"{limits.DEPTH} niveaux",
    "VALUES": f"{written(limits.VALUES)} valeurs",
    "MAP": "| 64 Mo |",
    "PACKED": "| 100 Mo, ",
    "INFLATED": "1 Go une fois décompressé",
    "RATIO": f"{limits.RATIO} fois sa taille",
    "STATISTICAL": "| 200 Mo |",
    "SECONDS": f"{limits.SECONDS} secondes",
    "MEMORY": "4 Go de mémoire",
}
SIZES = {"TABLE": "10 Go", "DOCUMENT": "1 Mo", "MAP": "64 Mo", "PACKED": "100 Mo", "STATISTICAL": "200 Mo"}
SIZES |= {"INFLATED": "1 Go", "MEMORY": "4 Go"}


def test_every_limit_is_told():
    page = (DATA / "README.md").read_text(encoding="utf-8").replace("\u202f", " ").replace("\xa0", " ")
    assert set(TOLD) == set(limits.__all__) - {"TOLD", "size"}
    assert [name for name, words in TOLD.items() if words not in page] == []
    assert {name: limits.size(getattr(limits, name)).replace("\xa0", " ") for name in SIZES} == SIZES


def sparse(path, size, beginning=b""):
    """Write a file that seems large, and holds nothing."""
    with path.open("wb") as file:
        file.write(beginning)
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("name", "size", "beginning", "told"),
    [
        ("t.csv", limits.TABLE, b"a;b", "10 Go"),
        ("t.xlsx", limits.PACKED, b"PK\x03\x04", "100 Mo"),
        ("t.sav", limits.STATISTICAL, b"$FL2", "200 Mo"),
    ],
)
def test_a_table_is_not_opened_that_is_too_large(tmp_path, name, size, beginning, told):
    problems, begun = [], time.monotonic()
    assert not read_raw(sparse(tmp_path / name, size + 1, beginning), problems).header
    assert f"un fichier d’au plus {told}" in problems[0].expected.replace("\xa0", " ")
    assert time.monotonic() - begun < 5


def test_a_document_and_a_map_are_not_opened_that_are_too_large(tmp_path):
    problems = []
    read_document(sparse(tmp_path / "d.yml", limits.DOCUMENT + 1), Metadata, problems)
    read_outlines(sparse(tmp_path / "c.geojson", limits.MAP + 1), "ins", problems)
    assert ["1\xa0Mo" in problems[0].expected, "64\xa0Mo" in problems[1].expected] == [True, True]


def refused(path, text):
    path.write_text(text, encoding="utf-8")
    problems = []
    if source := open_source(path, problems):
        source.load(problems)
    assert len(problems) == 1, problems
    return problems[0]


LONG = "x" * (limits.CELL + 1)


@pytest.mark.parametrize("line", [2, 1500])  # among the first rows, and behind them
def test_a_long_cell_is_no_matter_of_quotes(tmp_path, line):
    rows = ["id;avis", *["1;x"] * 2000]
    rows[line - 1] = f"1;{LONG}"
    said = refused(tmp_path / "t.csv", "\n".join(rows))
    assert (said.line, said.expected) == (line, "des cellules d’au plus 100\u202f000 caractères")
    rows[line - 1] = f'1;"{LONG}"'
    assert "des cellules" in refused(tmp_path / "t.csv", "\n".join(rows)).expected


def test_a_row_may_be_longer_than_a_cell(tmp_path):
    path, problems = tmp_path / "t.csv", []
    path.write_text("id;a;b\n1;" + "x" * 90_000 + ";" + "y" * 90_000 + "\n", encoding="utf-8")
    assert open_source(path, problems).load(problems).count() == 1
    assert problems == []


def test_quotes_that_are_never_closed_are_told_so(tmp_path):
    said = refused(tmp_path / "t.csv", 'id;avis\n1;"x\n' + "2;y\n" * limits.CELL)
    assert "guillemets" in said.expected


def test_a_line_without_end_is_not_taken_in(tmp_path):
    said = refused(tmp_path / "t.csv", "id;avis\n" + "1;" * (4 * limits.RECORD))
    assert "des cellules d’au plus" in said.expected


def test_columns_end(tmp_path):
    header = ";".join(f"c{place}" for place in range(limits.COLUMNS + 1))
    assert "au plus 4\u202f000 colonnes" in refused(tmp_path / "t.csv", f"{header}\n1\n").expected
    said = refused(tmp_path / "t.csv", "id;avis\n1" + ";" * 200_000 + "x\n2;x\n")
    assert "2 cellules, comme dans l’en-tête" in said.expected


def test_lines_end(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "LINES", 1000)
    assert "au plus 1\u202f000 lignes" in refused(tmp_path / "t.csv", "id\n" + "\n" * 1001 + "1\n").expected


def told(path, text, model=Metadata):
    path.write_text(text, encoding="utf-8")
    problems, begun = [], time.monotonic()
    assert read_document(path, model, problems) is None
    assert time.monotonic() - begun < 10
    return problems


def test_a_document_is_neither_deep_nor_entangled(tmp_path):
    path = tmp_path / "d.yml"
    for text in (f"notes: {'[' * 200}{']' * 200}", "notes: " + "{a: " * 200 + "}" * 200):
        assert "20 listes ou clés l’une dans l’autre" in told(path, text)[0].expected
    assert "aucun renvoi (`*a`) à ce qui le contient" in told(path, "a: &a [*a]")[0].expected
    deep = "a: &a " + "[" * 12 + "]" * 12 + "\nb: " + "[" * 12 + "*a" + "]" * 12
    assert "20 listes ou clés l’une dans l’autre" in told(path, deep)[0].expected


def test_what_a_document_repeats_counts_each_time(tmp_path, monkeypatch):
    # Of values: the map that is all, its three keys, a list and its two, twice more that list.
    again = "a: &a [x, x]\nb: *a\nc: *a\n"
    path = tmp_path / "d.yml"
    monkeypatch.setattr(limits, "VALUES", 13)
    assert not [problem for problem in told(path, again) if "valeurs" in problem.expected]
    monkeypatch.setattr(limits, "VALUES", 12)
    assert [(problem.line, problem.expected[:19]) for problem in told(path, again)] == [(3, "au plus 12 valeurs,")]


def test_a_document_of_faults_is_told_in_part(tmp_path):
    problems = told(tmp_path / "d.yml", "".join(f"cle{place}: x\n" for place in range(50_000)), Comments)
    assert len(problems) == limits.TOLD + 1
    assert "50\u202f000" in problems[-1].expected


def test_a_map_is_not_deep(tmp_path):
    path, problems = tmp_path / "c.geojson", []
    path.write_text('{"type":"FeatureCollection","features":' + "[" * 100_000 + "]" * 100_000 + "}", encoding="utf-8")
    assert read_outlines(path, "ins", problems) is None
    assert "moins imbriqué" in problems[0].expected


def test_a_workbook_does_not_swell(tmp_path):
    path = write_workbook(tmp_path / "e.xlsx", {"A": [["id"], ["1"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("plein.bin", "w") as part:
        for _ in range(11):
            part.write(bytes(limits.INFLATED // 100))
    problems = []
    assert not read_raw(path, problems).header
    assert "plus de 200 fois sa taille" in problems[0].expected


def test_a_cell_of_a_workbook_is_as_long_as_any(tmp_path):
    path, problems = write_workbook(tmp_path / "e.xlsx", {"A": [["id"], [LONG]]}), []
    read_raw(path, problems)
    assert [(problem.line, problem.expected[:12]) for problem in problems] == [(2, "des cellules")]
