"""Rankings as forms write them: in one cell, one column a rank, one column an option; what cannot be is told."""

import pytest
from support.asking import asking, communes
from support.respondents import table

from utils.reading import waves
from utils.reading.problems import DataError

OPTIONS = {"budget": "Le budget", "temps": "Le temps, surtout", "idees": "Les idées"}
RANKING = {"id": "freins", "type": "classement"}
RANKING |= {"modalites": [{"id": name, "libelle": label} for name, label in OPTIONS.items()]}
ORDERS = ["temps;budget;idees", "budget", "idees;temps", ""]


def given(wave):
    return {row.ordre: row.n for row in wave.orders.itertuples()}


EXPECTED = {"temps;budget;idees": 1, "budget": 1, "idees;temps": 1}


def test_the_contract_holds_an_order_in_one_cell(tmp_path):
    wave = asking(tmp_path / "data", [RANKING], [(order,) for order in ORDERS])
    assert given(wave) == EXPECTED
    assert wave.result("freins").ranks.to_numpy().tolist() == [[1, 1, 0], [1, 1, 0], [1, 0, 1]]
    # Of a commune, what it put first is what it answered.
    assert wave.answers["freins"].tolist() == ["temps", "budget", "idees", ""]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("budget;argent", "parmi budget, temps, idees ; non argent"),
        ("budget;temps;budget", "chaque modalité une seule fois : budget en a plusieurs"),
        ("budget;;temps", "un classement sans trou : rien n’est classé au rang 2"),
        (";budget", "rien n’est classé au rang 1"),
    ],
)
def test_an_order_that_cannot_be_is_told_with_its_line(cell, told, tmp_path):
    with pytest.raises(DataError) as error:
        asking(tmp_path / "data", [RANKING], [("budget",), (cell,)])
    (problem,) = error.value.problems
    assert told in str(problem)
    assert (problem.line, problem.column, problem.value) == (3, "freins", cell)


def test_more_than_may_be_ranked_is_told(tmp_path):
    with pytest.raises(DataError, match="2\u00a0modalités classées au plus"):
        asking(tmp_path / "data", [RANKING | {"rangs": 2}], [("budget;temps;idees",)])


def exported(tmp_path, header, rows, question=RANKING, tool="ms_forms", **mapping):
    mapping.setdefault("colonnes", {})
    mapping["colonnes"] |= {"Votre commune": "commune", "Active ?": "active"}
    about = {"import": {"format": tool, "fichier": "export.csv"} | mapping}
    data = asking(tmp_path / "data", [question], [("",)] * len(rows), load=False, **about)
    named = [(name, "oui", *row) for (_, name, *_), row in zip(communes(len(rows)), rows, strict=True)]
    text = table([("Votre commune", "Active ?", *header), *named])
    (data / "2026" / "export.csv").write_text(text, encoding="utf-8")
    return waves.load("2026", data)


def test_one_cell_in_order_is_read_by_its_labels(tmp_path):
    rows = [("Le temps, surtout;Le budget;Les idées;",), ("le budget",), ("Les idées;LE TEMPS, surtout",), ("",)]
    assert given(exported(tmp_path, ["Ordre"], rows, colonnes={"Ordre": "freins"})) == EXPECTED


def test_an_option_that_holds_the_separator_is_read_as_one(tmp_path):
    rows = [("Le temps, surtout, Le budget, Les idées",), ("Le budget",), ("Les idées, Le temps, surtout",), ("",)]
    found = exported(tmp_path, ["Ordre"], rows, tool="google_forms", colonnes={"Ordre": "freins"})
    assert given(found) == EXPECTED


RANKS = ["[Classement 1]", "[Classement 2]", "[Classement 3]"]
BY_RANK = [
    ("Le temps, surtout", "Le budget", "Les idées"),
    ("Le budget", "", ""),
    ("Les idées", "Le temps, surtout", ""),
    ("", "", ""),
]


def test_one_column_a_rank(tmp_path):
    assert given(exported(tmp_path, RANKS, BY_RANK, colonnes_rangs={"freins": RANKS})) == EXPECTED


OWN = {"budget": "Budget", "temps": "Temps", "idees": "Idées"}
BY_OPTION = [("2", "1", "3"), ("1", "", ""), ("", "2", "1"), ("", "", "")]


def test_one_column_an_option_that_holds_its_rank(tmp_path):
    assert given(exported(tmp_path, list(OWN.values()), BY_OPTION, colonnes_multiples={"freins": OWN})) == EXPECTED


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("1", "1", "2"), "un rang différent pour chaque modalité : budget et temps ont le rang 1"),
        (("1", "", "3"), "des rangs qui se suivent à partir de 1 : le rang 2 manque"),
        (("4", "1", "2"), "un rang de 1 à 3 : budget a le rang 4"),
        (("0", "1", "2"), "un rang de 1 à 3 : budget a le rang 0"),
        (("premier", "1", "2"), "un rang, ou rien ; ou la ligne"),
    ],
)
def test_ranks_that_cannot_be_are_told_with_their_line(cells, told, tmp_path):
    with pytest.raises(DataError) as error:
        exported(tmp_path, list(OWN.values()), [BY_OPTION[0], cells], colonnes_multiples={"freins": OWN})
    assert any(told in str(problem) and problem.line == 3 for problem in error.value.problems)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("Le budget", "Le budget", ""), "chaque modalité à un seul rang : budget en a plusieurs"),
        (("Le budget", "", "Les idées"), "le rang 2 manque"),
        (("L’argent", "", ""), "une réponse connue"),
    ],
)
def test_columns_of_ranks_that_cannot_be_are_told(cells, told, tmp_path):
    with pytest.raises(DataError, match=told):
        exported(tmp_path, RANKS, [BY_RANK[0], cells], colonnes_rangs={"freins": RANKS})


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ({"colonnes_rangs": {"active": RANKS}}, "une question de type classement"),
        ({"colonnes_rangs": {"freins": [*RANKS, "Active ?"]}}, "un titre par rang, 3 au plus"),
        (
            {"colonnes_rangs": {"freins": RANKS}, "colonnes_multiples": {"freins": dict(zip(OWN, RANKS, strict=True))}},
            "une fois",
        ),
        ({"colonnes_rangs": {"freins": ["[Rang 1]"]}}, "une colonne de ce titre"),
    ],
)
def test_a_mapping_of_ranks_that_cannot_be_is_told(mapping, told, tmp_path):
    with pytest.raises(DataError, match=told):
        exported(tmp_path, RANKS, BY_RANK, **mapping)
