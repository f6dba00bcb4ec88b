"""The weights of respondents' rows: what is one, what is refused, and where they are read."""

import pandas as pd
import pytest
import yaml
from support.respondents import CODEBOOK, small, table

from utils.reading import aside
from utils.reading.problems import DataError
from utils.survey.codebook import ALL
from utils.telling import oddities

WEIGHTS = ("1,5", "0.5", "2", "1", "1", "1", "2e0", "1,0")


def weighted(weights=WEIGHTS, column="calage", **about):
    wave = small()
    wave.about |= {"poids": column} | about
    for row, weight in zip(wave.rows, weights, strict=True):
        row[column] = weight
    return wave


def shares(wave):
    """Return the weighted shares of the roles, from the rows alone."""
    rows = pd.DataFrame(wave.rows).assign(w=[float(row["calage"].replace(",", ".")) for row in wave.rows])
    return (rows.groupby("role")["w"].sum() / rows["w"].sum()).to_dict()


def told(wave, tmp_path):
    with pytest.raises(DataError) as error:
        wave.load(tmp_path / "data")
    return [str(problem) for problem in error.value.problems]


def test_commas_points_and_powers_are_numbers(tmp_path):
    wave = weighted()
    loaded = wave.load(tmp_path / "data")
    found = loaded.choice("role").answers
    assert {name: part for name, part in found.shares.items() if part} == pytest.approx(shares(wave))
    assert found.counts.sum() == found.n == 8
    _, total, squares = loaded.weights.rows.total
    assert total**2 / squares == pytest.approx(10**2 / 14.5)
    assert "calage" not in loaded.codebook


@pytest.mark.parametrize("value", ["", "-1", "lourd", "nan", "inf", "1e999", "1.234,5", "1 000", "0x2"])
def test_what_is_no_weight_is_refused_where_it_stands(value, tmp_path):
    weights = list(WEIGHTS)
    weights[2] = weights[4] = value
    (found,) = told(weighted(weights), tmp_path)
    assert "reponses.csv, lignes 4, 6 (2 fois), colonne « calage »" in found
    assert f"trouvé « {value.strip()} »" in found
    assert "un poids : un nombre positif comme 1,25 ou 0.8, ou 0 pour une réponse qui ne compte pas" in found


def test_a_row_that_weighs_nothing_does_not_count_and_is_told(tmp_path):
    loaded = weighted(("0", *WEIGHTS[1:7], "0,0")).load(tmp_path / "data")
    assert (loaded.about.repondants, loaded.about.communes) == (6, 6)
    assert "2\u00a0réponses pèsent 0 et ne comptent pas." in oddities.told(loaded)


def test_a_row_is_set_aside_for_its_weight(tmp_path):
    weighted(("rien", *WEIGHTS[1:])).write(tmp_path / "data")
    assert aside.set_aside("2026", tmp_path / "data") == 1
    rejected = pd.read_csv(tmp_path / "data" / "2026" / "rejets.csv", dtype=str)
    assert rejected["ligne_source"].tolist() == ["2"]
    assert rejected["calage"].tolist() == ["rien"]


def test_the_column_must_be_there_and_be_no_question(tmp_path):
    wave = weighted()
    wave.about["poids"] = "ponderation"
    (found, *_) = told(wave, tmp_path / "a")
    assert "vague.yml, colonne « poids » : trouvé « ponderation »" in found
    assert "calage" in found
    (found, *_) = told(weighted(column="calage", poids="role"), tmp_path / "b")
    assert "attendu : une colonne qui n’est ni une question ni l’une de id, date, commune" in found


def test_a_column_that_is_not_named_is_no_weight(tmp_path):
    wave = weighted()
    del wave.about["poids"]
    (found,) = told(wave, tmp_path)
    assert "trouvé « calage » ; attendu : une question de questionnaire.yml" in found


def test_counts_have_no_weights_and_rounded_counts_neither(tmp_path):
    (found,) = told(weighted(arrondi=5), tmp_path / "a")
    assert "`poids` ou `arrondi`, non les deux" in found
    wave = weighted(source="effectifs", invites=10, repondants=8, communes=8)
    assert any("aucun `poids`, puisque `source` vaut effectifs" in line for line in told(wave, tmp_path / "b"))


@pytest.mark.parametrize(("named", "mapped"), [("Pondération", {}), ("calage", {"Pondération": "calage"})])
def test_an_exports_column_is_named_by_its_title_or_by_what_it_is_read_as(named, mapped, tmp_path):
    wave = weighted()
    titles = {name: f"Titre {name}" for name in wave.header if name != "calage"}
    header = [titles.get(name, "Pondération") for name in wave.header]
    rows = [[row[name] for name in wave.header] for row in wave.rows]
    wave.files |= {"reponses.csv": None, "export.csv": table([header, *rows]).encode()}
    several = [question.id for question in CODEBOOK.questions if question.type == "choix_multiple"]
    assert several
    columns = {title: name for name, title in titles.items()} | mapped
    wave.about |= {"poids": named, "import": {"format": "csv", "fichier": "export.csv", "colonnes": columns}}
    found = wave.load(tmp_path / "data").choice("role").answers
    assert {name: part for name, part in found.shares.items() if part} == pytest.approx(shares(weighted()))


def test_an_exports_missing_weight_names_the_titles_that_are_free(tmp_path):
    wave = weighted()
    wave.about |= {"poids": "Pondération", "import": {"format": "csv", "fichier": "reponses.csv"}}
    assert any("une colonne de ce titre, pour `poids` ; sans usage :" in line for line in told(wave, tmp_path))


@pytest.mark.parametrize(("kept", "share"), [("derniere", 0.5 / 9), ("premiere", 1.5 / 10)])
def test_the_row_that_speaks_for_a_commune_has_its_own_weight(kept, share, tmp_path):
    wave = weighted(doublons=kept)
    again = dict(wave.rows[0], id="R9", date="2026-03-20", calage="0,5")
    wave.rows.append(again)
    loaded = wave.load(tmp_path / "data")
    # Namur alone in its province: 1.5 or 0.5, beside 8.5 of the seven others.
    place = loaded.weighed("active", "communes", province="namur", taille="plus_50000")
    whole = loaded.weighed("active", "communes").total[1]
    assert place.total[1] / whole == pytest.approx(share)
    # Both rows are respondents.
    assert loaded.weights.rows.total[0] == 9
    assert loaded.weighed("role", "repondants", province=ALL).total[0] == 9


def test_the_order_of_rows_changes_no_digit(tmp_path):
    wave, turned = weighted(), weighted()
    turned.rows = turned.rows[::-1]
    one, other = wave.load(tmp_path / "a"), turned.load(tmp_path / "b")
    pd.testing.assert_frame_equal(one.weights.cells, other.weights.cells, check_exact=True)
    assert yaml.safe_load((tmp_path / "a" / "2026" / "vague.yml").read_text(encoding="utf-8"))["poids"] == "calage"
