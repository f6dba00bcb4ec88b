"""Numbers as respondents and tools write them: read, or told with where they stand; never guessed."""

import pytest
from support.asking import asking, communes
from support.respondents import table
from support.workbooks import write_workbook

from utils.reading import waves
from utils.reading.forms.numbers import Numbers
from utils.reading.problems import DataError
from utils.survey.codebook import Question

STAFF = {"id": "etp", "type": "nombre", "libelle": "Personnel", "enonce": "…", "base": "communes", "unite": "ETP"}
STAFF |= {"minimum": 0, "maximum": 5000}


def read(*texts, **change):
    numbers = Numbers(texts, Question(chapitre="25_acteurs", **STAFF | change))
    return [numbers.read(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("2,5", "2.5"),
        ("2.50", "2.5"),
        ("0.125", "0.125"),
        ("007", "7"),
        ("1 000", "1000"),
        ("1\u202f000,5", "1000.5"),
        ("1\u00a0000", "1000"),
        ("1’000", "1000"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.000.000", "1000000"),
        ("1234,567", "1234.567"),
        ("3 ETP", "3"),
        ("3etp", "3"),
        ("ETP : 3", "3"),
        ("−2", "-2"),
        ("5e-05", "0.00005"),
        ("3 personnes", None),
        ("3 ETP ou 4", None),
        ("10 00", None),
        ("1.00.000", None),
        ("1,000,5", None),
        ("5-10", None),
        ("> 3", None),
        ("environ 3", None),
        ("deux", None),
        ("inf", None),
        ("NaN", None),
        ("∞", None),
        ("3²", None),
        ("٣", None),
        ("--3", None),
        (".", None),
    ],
)
def test_a_number_is_read_or_it_is_not(text, value):
    assert read(text) == [value]


def test_the_unit_may_be_in_the_singular_or_the_plural():
    assert read("1 équivalent temps plein", "2 équivalents temps plein", unite="équivalents temps plein") == ["1", "2"]


# What the sign is: decimals alone, thousands alone, the other sign shown, both, or nothing that decides.
@pytest.mark.parametrize(
    ("column", "value"),
    [
        (("1.000", "2.5"), "1"),
        (("1.000", "1.000.000"), "1000"),
        (("1.000", "2,5"), "1000"),
        (("1,000", "2.5"), "1000"),
        (("1.000", "1.234,5"), "1000"),
        (("1.000",), None),
        (("1.000", "12", "7"), None),
        (("1.000", "2.5", "2,5"), None),
        (("1.000", "2.5", "1.000.000"), None),
    ],
)
def test_the_column_decides_what_could_be_one_or_a_thousand(column, value):
    assert read(*column)[0] == value


def test_the_bounds_decide_where_one_reading_alone_may_be_answered():
    assert read("1.500", maximum=50) == ["1.5"]
    assert read("1.500", entier=True) == ["1500"]
    assert read("1.500") == [None]


def refused(data, cells, question=STAFF):
    with pytest.raises(DataError) as error:
        asking(data, [question], [(cell,) for cell in cells])
    return [str(problem).partition("/2026/")[2] for problem in error.value.problems]


def test_the_contract_is_read_as_people_type_it(tmp_path):
    wave = asking(tmp_path / "data", [STAFF], [("1 000",), ("2,5",), ("3 ETP",), ("",), ("1.200,5",)])
    assert wave.numbers["valeur"].tolist() == [2.5, 3, 1000, 1200.5]
    assert wave.result("etp").answers.n == 4


def test_what_is_no_number_is_told_with_its_lines(tmp_path):
    # A header above: the first commune stands on line 2.
    told = refused(tmp_path / "data", ["3", "deux", "5001", "deux", "inf"])
    bounds = "attendu : un nombre de 0 à 5\u202f000 (en ETP), ou rien"
    assert sorted(told) == [
        f"reponses.csv, ligne 4, colonne « etp » : trouvé « 5001 » ; {bounds}",
        f"reponses.csv, ligne 6, colonne « etp » : trouvé « inf » ; {bounds}",
        f"reponses.csv, lignes 3, 5 (2 fois), colonne « etp » : trouvé « deux » ; {bounds}",
    ]


def test_a_number_that_may_be_two_is_told(tmp_path):
    assert refused(tmp_path / "data", ["3", "1.000"]) == [
        "reponses.csv, ligne 3, colonne « etp » : trouvé « 1.000 » ; attendu : un nombre qui ne se lit que d’une "
        "façon, au lieu de 1 ou 1\u202f000"
    ]


def test_half_of_a_person_is_told_where_only_whole_ones_are_asked(tmp_path):
    (told,) = refused(tmp_path / "data", ["3", "2,5"], STAFF | {"entier": True})
    assert "un nombre entier de 0 à 5\u202f000" in told


def exported(tmp_path, cells, labels, write):
    about = {"import": {"format": "ms_forms", "fichier": "export", "modalites": {"etp": labels}}}
    about["import"]["colonnes"] = {"Votre commune": "commune", "Active ?": "active", "Combien ?": "etp"}
    data = asking(tmp_path / "data", [STAFF], [("",)] * len(cells), load=False, **about)
    rows = [(name, "oui", cell) for (_, name, *_), cell in zip(communes(len(cells)), cells, strict=True)]
    write(data / "2026" / "export", [("Votre commune", "Active ?", "Combien ?"), *rows])
    return waves.load("2026", data)


def as_text(path, rows):
    path.write_text(table(rows, ";"), encoding="cp1252")


def as_workbook(path, rows):
    write_workbook(path, {"Réponses": rows})


@pytest.mark.parametrize("write", [as_text, as_workbook], ids=["csv", "xlsx"])
def test_an_export_is_read_with_the_words_that_are_declared(tmp_path, write):
    labels = {"deux": "2", "ne sait pas": "", "1.125": "1.125"}
    wave = exported(tmp_path, ["2,5", "deux", "ne sait pas", "1.125", "4"], labels, write)
    assert wave.numbers["valeur"].tolist() == [1.125, 2, 2.5, 4]


def test_numbers_of_a_workbook_are_read_as_they_are(tmp_path):
    wave = exported(tmp_path, [2.5, 1.125, 1000, 0.1], {}, as_workbook)
    assert wave.numbers["valeur"].tolist() == [0.1, 1.125, 2.5, 1000]


def test_an_export_tells_the_line_that_would_give_a_word_its_number(tmp_path):
    with pytest.raises(DataError, match='la ligne "deux": … sous `modalites`, `etp`'):
        exported(tmp_path, ["2", "deux"], {}, as_text)


def test_a_word_is_declared_a_number_that_may_be_answered(tmp_path):
    with pytest.raises(DataError, match=r"pour « deux » de `etp`, un nombre de 0 à"):
        exported(tmp_path, ["2", "deux"], {"deux": "5001"}, as_text)
