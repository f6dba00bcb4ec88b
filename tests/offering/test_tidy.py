"""The downloaded tables: every count of the study, nothing that the pages hide, nothing that a spreadsheet runs."""

import csv
import io
import math

import pandas as pd
import pytest
from support import holdings
from support.attacker import Published, exposed
from support.respondents import small

from utils.offering.fields import TABLES
from utils.offering.tidy import as_csv, tidy
from utils.paths import DATA
from utils.reading import waves
from utils.spreadsheet import harmless

HOSTILE = '=HYPERLINK("http://127.0.0.1/";A1)'
WIDE = "＋cmd|calc"


def rows(table):
    """Read a table back as anyone does who knows nothing of it."""
    return list(csv.DictReader(io.StringIO(as_csv(table))))


@pytest.fixture(scope="module")
def files():
    return {name: {table: rows(found) for table, found in holdings.tables(name).items()} for name in ("2017", "demo")}


def test_every_count_of_the_study_is_found_back(files):
    bases = {"role": "repondants", "demandes": "repondants", "active": "communes"}
    found = {}
    for row in files["2017"]["resultats"]:
        if row["sorte"] != "cote":
            keys = ("question", "reponse", "base", "ventilation", "strate")
            found[tuple(row[key] for key in keys)] = row["effectif"]
    with (DATA / "2017" / "effectifs.csv").open(encoding="utf-8") as file:
        counts = list(csv.DictReader(file))
    assert len(counts) == 275
    for row in counts:
        base = bases.get(row["question"]) or {"oui": "actives", "non": "non_actives"}[row["active"]]
        where = ("ensemble", "toutes")
        for by in ("province", "taille"):
            where = where if row[by] == "toutes" else (by, row[by])
        assert found.pop((row["question"], row["modalite"], base, *where)) == row["effectif"]
    assert not found


@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_every_row_has_its_own_key_and_refers_to_another(files, edition):
    for name, table in files[edition].items():
        layout = TABLES[name]
        keys = [tuple(row[column] for column in layout.key) for row in table]
        assert len(set(keys)) == len(keys) > 0
        for columns, other in layout.refers:
            known = {tuple(row[column] for column in columns) for row in files[edition][other]}
            assert {tuple(row[column] for column in columns) for row in table} <= known


@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_shares_follow_from_counts_and_sides_from_scores(files, edition):
    scores = {}
    for row in files[edition]["resultats"]:
        if row["effectif"] and row["n"] != "0":
            part = int(row["effectif"]) / int(row["n"])
            assert float(row["part"]) == pytest.approx(part, abs=1e-6)
            assert float(row["part_basse"]) <= part + 1e-6
            assert float(row["part_haute"]) >= part - 1e-6
        if row["ventilation"] == "ensemble" and row["sorte"] != "option":
            side = row["reponse"]
            if row["sorte"] == "score":
                side = {True: "desaccord", int(side) in (5, 6): "neutre", int(side) > 6: "accord"}[True]
                scores[row["question"], row["base"], side] = scores.get((row["question"], row["base"], side), 0)
                scores[row["question"], row["base"], side] += int(row["effectif"])
            else:
                assert scores[row["question"], row["base"], side] == int(row["effectif"])
    assert scores


def test_what_is_hidden_tells_nothing(files):
    hidden = [row for row in files["demo"]["resultats"] if row["statut"] == "[c]"]
    assert len(hidden) > 100
    for row in hidden:
        assert [row[name] for name in ("effectif", "part", "part_basse", "part_haute")] == [""] * 4
        assert row["ventilation"] != "ensemble"
    assert all(row["statut"] == "publie" for row in files["2017"]["resultats"])


def test_the_size_of_a_group_of_which_nothing_is_told_is_not_told(files):
    breakdowns = {}
    for row in files["demo"]["resultats"]:
        breakdowns.setdefault((row["question"], row["base"], row["ventilation"]), []).append(row)
    withheld = [rows for rows in breakdowns.values() if all(row["statut"] == "[c]" for row in rows)]
    assert withheld
    assert {row["n"] for rows in withheld for row in rows} == {""}


def test_eight_answers_tell_nothing_of_any_group(tmp_path):
    # Everywhere fewer than five answered: any count by province or by size would name a commune.
    folder = small()
    folder.about["seuil_diffusion"] = 5
    found = tidy(folder.load(tmp_path / "data"))
    split = [row for row in rows(found["resultats"]) if row["ventilation"] != "ensemble"]
    assert {row["question"] for row in split} >= {"active", "role", "medias", "obstacle_budget"}
    assert {(row["effectif"], row["part"], row["statut"]) for row in split} == {("", "", "[c]")}
    # Who took part is no secret, and the pages print it.
    assert {row["participantes"] for row in rows(found["participation"])} >= {"8", "3"}


def test_every_table_says_whether_it_is_invented(files):
    for edition, fictional in (("2017", "non"), ("demo", "oui")):
        for table in files[edition].values():
            assert {(row["edition"], row["fictif"]) for row in table} == {(edition, fictional)}


def test_a_known_row(files):
    # The study: 91 of 92 active communes are on Facebook. R: prop.test(91, 92, correct = FALSE)$conf.int
    [row] = [row for row in files["2017"]["resultats"] if row["reponse"] == "facebook"]
    assert (row["effectif"], row["n"], row["part"]) == ("91", "92", "0.98913")
    assert (round(float(row["part_basse"]), 3), round(float(row["part_haute"]), 3)) == (0.941, 0.998)


def published():
    return [(q.id, base) for q in holdings.codebook("demo").questions if q.type != "texte" for base in q.bases]


def test_every_question_is_published_among_each_of_its_bases(files):
    told = {(row["question"], row["base"]) for row in files["demo"]["resultats"]}
    assert told == set(published())


@pytest.mark.parametrize(("question", "base"), published())
def test_no_hidden_count_can_be_worked_out(files, demo, question, base):
    """Attack the file as the pages are attacked: counts, sizes, totals, and integer programming."""
    table = pd.DataFrame(files["demo"]["resultats"])
    table = table[(table["question"] == question) & (table["base"] == base) & (table["sorte"] != "score")]

    def number(text):
        return pd.NA if text == "" else int(text)

    whole = table[table["ventilation"] == "ensemble"].set_index("reponse")
    overall = whole["effectif"].map(int)
    shown, totals = {}, {}
    for by in ("province", "taille"):
        split = table[table["ventilation"] == by]
        counts = split.pivot_table(index="reponse", columns="strate", values="effectif", aggfunc="first")
        sizes = split.groupby("strate")["n"].first()
        if (sizes == "").any():
            # Nothing is told of a withheld breakdown, not even how many answered.
            assert (split["effectif"] == "").all()
            assert (split["n"] == "").all()
            continue
        shown[by] = counts.loc[overall.index].map(number).astype("Int64")
        totals[by] = sizes.map(int)
    if not shown:
        return
    several = demo.codebook[question].type == "choix_multiple"
    n = int(whole["n"].iloc[0]) if several else int(overall.sum())
    assert exposed(Published(overall, n, shown, totals, several), demo.about.threshold) == {}
    for counts in shown.values():
        assert not ((counts > 0) & (counts < demo.about.threshold)).fillna(False).to_numpy().any()


def test_no_cell_runs_as_a_formula(data):
    path = data / "questionnaire.yml"
    text = path.read_text(encoding="utf-8").replace("libelle: Facebook", f"libelle: '{HOSTILE}'")
    text = text.replace("enonce: La fonction que", "enonce: '@La fonction que").replace(
        "sa commune.\n", "sa commune.'\n", 1
    )
    path.write_text(text, encoding="utf-8")
    place = data / "territoires" / "wallonie.yml"
    place.parent.mkdir(exist_ok=True)
    text = (DATA / "territoires" / "wallonie.yml").read_text(encoding="utf-8")
    place.write_text(text.replace("libelle: Namur", f"libelle: {WIDE}"), encoding="utf-8")
    written = {name: as_csv(table) for name, table in tidy(waves.load("2017", data)).items()}
    assert "'=HYPERLINK" in written["modalites"]
    assert "'@La fonction" in written["questions"]
    assert f"'{WIDE}" in written["strates"]
    for text in written.values():
        for row in csv.reader(io.StringIO(text)):
            assert all(cell == harmless(cell) for cell in row)
            assert not [cell for cell in row if cell.startswith(tuple("=+@＝＋－＠\t\r"))]


def test_what_cannot_be_computed_is_empty(degenerate):
    for name, table in tidy(degenerate).items():
        for row in rows(table):
            for field in TABLES[name].fields:
                if field.type != "string" and row[field.name]:
                    assert math.isfinite(float(row[field.name]))
                assert row[field.name] not in ("nan", "NaN", "None", "<NA>", "-0")
                assert row[field.name] or not field.required
