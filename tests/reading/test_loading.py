"""Tables of any size: the database reads what the reader that goes cell by cell reads, with the same lines."""

import random

import numpy as np
import pytest
from support.workbooks import write_workbook

from utils.reading import cutting, loading, texts
from utils.reading.cutting import IrregularError, regular
from utils.reading.files import LINE
from utils.reading.loading import open_source
from utils.reading.relations import Relation
from utils.reading.tabular import layout_of, read_raw
from utils.reading.texts import Dialect

# What a file may be made of, damage included.
PARTS = [
    "a",
    "é",
    "«",
    " ",
    "\u00a0",
    "\u202f",
    ";",
    ";",
    ";",
    "\n",
    "\n",
    "\r\n",
    '"',
    '""',
    '"b;c"',
    '"d\ne"',
    "🙂",
    "#",
    "NULL",
    "\\",
]


def loaded(path, sheet=None):
    """Return what the database holds of a file, and what is told."""
    problems = []
    source = open_source(path, problems, sheet)
    frame = source.load(problems).frame() if source else None
    return frame, [str(problem) for problem in problems]


def plain(path, sheet=None):
    """Return what the reader of small tables reads, and what it tells."""
    problems = []
    raw = read_raw(path, problems, sheet)
    return raw.rows[[LINE, *raw.header]] if raw.header else None, [str(problem) for problem in problems]


def write(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def assert_alike(path):
    (frame, said), (expected, told) = loaded(path), plain(path)
    assert said == told
    if expected is not None:
        assert frame.to_numpy().tolist() == expected.to_numpy().tolist()


@pytest.mark.parametrize("seed", range(24))
def test_any_text_is_read_alike(tmp_path, seed, monkeypatch):
    monkeypatch.setattr(texts, "BLOCK", 7 + seed)  # so that blocks end anywhere
    draw = random.Random(seed)
    for _ in range(4):
        # Odd quotes in one file of two: without them, most are cut at the speed of the disk.
        parts = [part for part in PARTS if part != '"' or seed % 2]
        rows = "".join(draw.choice(parts) for _ in range(draw.randrange(60)))
        assert_alike(write(tmp_path, f"un;deux;trois\n1;2;3\n{rows}", draw.choice(["utf-8", "utf-8-sig", "utf-16"])))


def test_a_regular_file_is_not_read_cell_by_cell(tmp_path, monkeypatch):
    monkeypatch.setattr(loading.Source, "_one_by_one", None)
    text = 'id;avis\n1;"oui; mais\npas ""tout"", non"\n\n2;"a\r\nb"\n3;\n4\n5;« fin »;\n;;\n'
    frame, said = loaded(write(tmp_path, text))
    assert not said
    assert frame[LINE].tolist() == [2, 5, 7, 8, 9]
    assert frame["avis"].tolist() == ['oui; mais\npas "tout", non', "a\r\nb", "", "", "« fin »"]


IRREGULAR = {
    "a space before a quote": 'a;b\n1; "2;3"\n',
    "a space behind a quote": 'a;b\n1;"2" \n',
    "a quote within a cell": 'a;b\n1;2"3\n4;5"6\n',
    "quotes left open": 'a;b\n1;"2\n3;4\n',
    "text behind quotes": 'a;b\n1;"2"3\n',
}


@pytest.mark.parametrize("case", IRREGULAR)
def test_what_readers_cut_in_several_ways_is_irregular(tmp_path, case):
    path = write(tmp_path, IRREGULAR[case])
    with pytest.raises(IrregularError):
        list(regular(path, Dialect("utf-8", ";"), 2))
    assert_alike(path)


def test_rows_that_the_database_would_lose_are_read_cell_by_cell(tmp_path, monkeypatch):
    # Told of one row more than the file has, the loader believes neither.
    blocks = [cutting.Block(b"1;2\n3;4\n", np.array([2, 3, 4]), spaced=False)]
    monkeypatch.setattr(loading, "regular", lambda *_: iter(blocks))
    frame, said = loaded(write(tmp_path, "a;b\n1;2\n3;4\n"))
    assert not said
    assert frame.to_numpy().tolist() == [[2, "1", "2"], [3, "3", "4"]]


@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", "\u202f", "\u3000", "\x85"])
@pytest.mark.parametrize("cell", ["{}a", "a{}", '"{}a"', '"a{}"', '"b;{}c"', '"b{}"";"', "é{}", "{}é"])
def test_spaces_around_cells_are_no_part_of_them(tmp_path, space, cell):
    assert_alike(write(tmp_path, f"un;deux\n1;{cell.format(space)}\n{cell.format(space)};2\n"))


@pytest.mark.parametrize("name", ["#N/A", "NULL", "null", "NA", "nan", "#", "2026", "31/12/24", "1e5", "VRAI", "\\N"])
def test_the_database_guesses_nothing(tmp_path, name):
    frame, said = loaded(write(tmp_path, f"a;b\n{name};1\n2;{name}\n"))
    assert not said
    assert frame.to_numpy().tolist() == [[2, name, "1"], [3, "2", name]]


def test_titles_that_differ_by_a_capital_are_two_columns(tmp_path):
    frame, _ = loaded(write(tmp_path, "role;Role;ROLE\n1;2;3\n"))
    assert frame.loc[0, ["role", "Role", "ROLE"]].tolist() == ["1", "2", "3"]


def test_only_the_columns_that_are_asked_for_are_kept(tmp_path):
    problems = []
    source = open_source(write(tmp_path, "a;b;c\n1;2;3\n;4;\n"), problems)
    assert source.load(problems, {"c"}).frame().to_numpy().tolist() == [[2, "3"], [3, ""]]


def test_many_rows_too_long_are_counted(tmp_path):
    _, said = loaded(write(tmp_path, "a;b\n" + "1;2;3\n" * 500))
    assert len(said) == 21
    assert said[0].endswith("export.csv, ligne 2 : trouvé « 3 cellules » ; attendu : 2 cellules, comme dans l’en-tête")
    assert "(500 en ont plus)" in said[-1]


def test_a_workbook_is_read_alike(tmp_path):
    rows = [[], [None, "id", "avis", None], [None, 1, " oui "], [], [None, 2.5, 'a"b\nc'], [None, None, True]]
    assert_alike(write_workbook(tmp_path / "e.xlsx", {"A": rows}))


def test_a_table_of_many_columns_fits(tmp_path):
    titles = [f"q{number}" for number in range(1000)]
    frame, said = loaded(write(tmp_path, ";".join(titles) + "\n" + (";".join(titles) + "\n") * 4000))
    assert (frame.shape, said) == ((4000, 1001), [])


def test_memory_does_not_grow_with_processors():
    with_many = Relation().fetch("SELECT current_setting('threads')::INT")
    assert with_many[0][0] <= 2


def test_nothing_stays_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    loaded(write(tmp_path, "a;b\n1;2\n"))
    assert not list((tmp_path / "temporary").iterdir())


def test_the_layout_is_that_of_the_file(tmp_path):
    assert layout_of(write(tmp_path, "sep=;\r\na;b\r\n1;2,5\r\n", "cp1252"), []) == Dialect("utf-8", ";", 2)
    frame, _ = loaded(tmp_path / "export.csv")
    assert frame.to_numpy().tolist() == [[3, "1", "2,5"]]
