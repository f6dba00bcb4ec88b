"""What the explorer shows: the same numbers as the results, and nothing that a chapter hides."""

import csv
import json
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from support import holdings
from support.respondents import small

from utils.offering.explorer import explored
from utils.paths import DATA
from utils.showing import by_stratum, tables
from utils.survey.results import HIDDEN, LikertResult


@cache
def read(name):
    """Return a wave, and what is explored of it as the script reads it."""
    loaded = holdings.edition(name)
    return loaded, json.loads(json.dumps(explored(loaded)))


@pytest.fixture(params=["2017", "demo"])
def edition(request):
    return read(request.param)


@pytest.fixture
def demo():
    return read("demo")


def views(data):
    return {(question["id"], view["id"]): view for question in data["questions"] for view in question["views"]}


def printed(group):
    return [[HIDDEN] * 3 if cell is None else cell[:3] for cell in group["cells"]]


def test_every_question_with_counts_is_there_in_the_questionnaire_s_order(edition):
    wave, data = edition
    assert [q["id"] for q in data["questions"]] == [q.id for q in wave.codebook.questions if q.type != "texte"]
    assert data["default"] == "active"


def test_2017_s_counts_are_those_of_the_file():
    found = views(read("2017")[1])
    with (DATA / "2017" / "effectifs.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["province"] == row["taille"] == "toutes"]
    assert rows
    shown = {}
    for (name, view), content in found.items():
        if view in ("ensemble", "actives", "non_actives"):
            shown.setdefault(name, []).extend(int(cell[0]) for cell in content["groups"][0]["cells"])
    expected = {}
    for row in rows:
        expected.setdefault(row["question"], []).append(int(row["effectif"]))
    assert {name: sorted(counts) for name, counts in shown.items()} == {n: sorted(c) for n, c in expected.items()}


def test_a_known_share_and_its_interval():
    # 92 of the 138 communes that answered, of 262: from 160 to 189 members of 262, all samples counted with
    # integers: sum(choose(M, k) * choose(262 - M, 138 - k)) over k from 92 (at M = 160) or up to 92 (at M = 189)
    # is more than a fortieth of choose(262, 138), and is not at 159 and at 190. 160/262, 189/262.
    cell = views(read("2017")[1])["active", "ensemble"]["groups"][0]["cells"][0]
    assert cell == ["92", "67\u00a0%", "61 à 72\u00a0%", 0.6667, 0.6107, 0.7214]


def test_whole_answers_are_those_of_the_chapters_tables(edition):
    wave, data = edition
    found = views(data)
    for question in data["questions"]:
        for view in question["views"]:
            if view["id"] not in ("ensemble", "actives", "non_actives"):
                continue
            base = None if view["id"] == "ensemble" else view["id"]
            result = wave.likert(question["id"], base) if base else wave.result(question["id"])
            table = (tables.scores if isinstance(result, LikertResult) else tables.options)(result)
            shown = found[question["id"], view["id"]]
            rows = [row for row in table.rows if row[0] != "Sans réponse"]  # told by the basis
            assert [answer["name"] for answer in shown["answers"]] == [row[0] for row in rows]
            assert [tuple(row) for row in printed(shown["groups"][0])] == [row[1:4] for row in rows]


def test_what_is_drawn_is_what_is_printed(edition):
    for view in views(edition[1]).values():
        for group in view["groups"]:
            for cell in filter(None, group["cells"]):
                count, size = (int(text.replace("\u202f", "")) for text in (cell[0], group["n"]))
                if not size:
                    assert cell[1:] == [tables.MISSING] * 2
                    continue
                _, share, _, part, low, high = cell
                assert part == round(count / size, 4)
                assert low <= part <= high
                assert share == tables.share(count / size)


def test_breakdowns_are_those_of_the_chapters_tables(demo):
    wave, data = demo
    found, compared = views(data), 0
    for (name, view), shown in found.items():
        by, _, base = view.partition("-")
        if by not in ("province", "taille") or name == "active":
            continue
        breakdown = wave.breakdown(name, by, base or None)
        table = by_stratum.breakdown(breakdown)
        if breakdown.withheld:
            assert shown["groups"] == []
            assert "non publiée" in shown["note"]
            continue
        *strata, whole = shown["groups"]
        assert whole["name"] == "Ensemble"
        assert [f"{g['name']} (n\u00a0=\u00a0{g['n']})" for g in strata] == list(table.header[1:])
        cells = {
            answer["name"]: [HIDDEN if row[0] == HIDDEN else f"{row[1]} ({row[0]})" for row in rows]
            for answer, *rows in zip(shown["answers"], *(printed(group) for group in strata), strict=True)
        }
        assert cells == {row[0]: list(row[1:]) for row in table.rows}
        compared += 1
    assert compared > 30


def test_who_is_active_by_stratum_is_as_in_its_chapter(edition):
    wave, data = edition
    for by in ("province", "taille"):
        strata, shown = wave.activity(by), views(data)["active", by]
        table = by_stratum.strata(strata, "", "", "")
        *groups, whole = shown["groups"]
        for group, row in zip([*groups, whole], table.rows, strict=True):
            active, other = printed(group)
            assert (group["name"], active[0], other[0], group["n"], active[1], active[2]) == row[:6]


def test_2017_s_communicators_by_size_are_as_in_their_chapter():
    wave, data = read("2017")
    shown = views(data)["communicateurs", "taille"]
    table = by_stratum.options_by_size(wave.options_by_size("communicateurs"))
    cells = {
        answer["name"]: [f"{row[1]} ({row[0]}) [{row[2]}]" for row in rows]
        for answer, *rows in zip(shown["answers"], *(printed(g) for g in shown["groups"][:-1]), strict=True)
    }
    assert cells == {row[0]: list(row[1:]) for row in table.rows}


def test_2017_offers_only_the_breakdowns_that_the_study_publishes():
    offered = {key for key in views(read("2017")[1]) if key[1].partition("-")[0] in ("province", "taille")}
    assert offered == {("active", "province"), ("active", "taille"), ("communicateurs", "taille")}


def test_no_small_count_of_a_stratum_is_told(demo):
    wave, data = demo
    hidden = 0
    for (name, view), shown in views(data).items():
        if view.partition("-")[0] not in ("province", "taille"):
            continue
        for group in shown["groups"][:-1]:
            for cell in group["cells"]:
                hidden += cell is None
                assert cell is None or not 0 < int(cell[0]) < wave.about.threshold, (name, view, group["id"])
    assert hidden > 100


def test_who_is_active_is_hidden_where_its_chapter_hides_it(demo):
    strict = replace(demo[0], about=demo[0].about.model_copy(update={"seuil_diffusion": 9}))
    found = views(explored(strict))
    sizes = {group["id"]: group["cells"] for group in found["active", "taille"]["groups"]}
    hidden = {name for name, cells in sizes.items() if None in cells}
    assert hidden == {"moins_5000", "20000_50000", "plus_50000"} == set(strict.activity("taille").hidden)
    assert all(set(map(type, cells)) == {type(None)} for cells in sizes.values() if None in cells)
    assert sizes["5000_20000"][0][0] == "54"
    # Of active communes there, not even the answers are counted.
    medias = {group["id"]: group for group in found["medias", "taille"]["groups"]}
    assert {name for name, group in medias.items() if group["n"] == "[c]"} == hidden
    assert not any("n\u00a0=" in medias[name]["basis"] for name in hidden)


def test_nothing_is_told_of_who_is_active_where_a_group_of_eight_tells_it(tmp_path):
    folder = small()
    folder.about["seuil_diffusion"] = 2  # one commune alone is a secret
    found = views(explored(folder.load(tmp_path)))
    for by in ("province", "taille"):
        assert found["active", by]["groups"] == []
        assert "non publiée" in found["active", by]["note"]


def test_no_finding_is_told_of_a_stratum_with_hidden_counts(demo):
    for shown in views(demo[1]).values():
        for group in shown["groups"]:
            if None in group["cells"]:
                assert group["title"].endswith("une partie des réponses n’est pas publiée")


def test_a_stratum_s_finding_is_told_by_its_own_counts():
    shown = views(read("2017")[1])["active", "province"]
    titles = {group["id"]: group["title"].replace("\u00a0", " ") for group in shown["groups"]}
    assert titles["liege"].startswith("Liège : 88 % des 40 communes participantes disent")  # 35 of 40
    assert titles["brabant_wallon"].startswith("Brabant wallon : 29 % des 14 communes participantes disent")


def test_a_stratum_s_finding_of_a_rated_item_counts_who_agrees(demo):
    told = 0
    for (name, view), shown in views(demo[1]).items():
        if [answer["name"] for answer in shown["answers"]] != ["Désaccord", "Milieu", "Accord"] or view == "activite":
            continue
        for group in shown["groups"][:-1]:
            if None not in group["cells"]:
                agree = "aucune réponse" if group["cells"][2][0] == "0" else f" {group['cells'][2][1]} des"
                assert agree in group["title"], (name, view, group["id"])
                told += 1
    assert told


def test_ids_name_one_thing_each(edition):
    for question in edition[1]["questions"]:
        for things in (question["views"], *(view["groups"] for view in question["views"])):
            ids = [thing["id"] for thing in things]
            assert len(ids) == len(set(ids))


def test_every_group_has_a_cell_for_each_answer(edition):
    for view in views(edition[1]).values():
        assert {len(group["cells"]) for group in view["groups"]} <= {len(view["answers"])}


def test_invented_data_says_so(edition):
    wave, data = edition
    assert data["fictional"] == ("Données fictives" if wave.about.fictif else "")


def test_a_question_that_nobody_answered_is_shown_as_such(wave):
    silent = wave.counts["question"] == "medias"
    counts = wave.counts.assign(effectif=wave.counts["effectif"].mask(silent | (wave.counts["question"] == "role"), 0))
    found = views(explored(replace(wave, counts=counts)))
    assert found["role", "ensemble"]["groups"][0]["cells"][0] == ["0", tables.MISSING, tables.MISSING]
    assert pd.isna(found["role", "ensemble"].get("title"))
    assert found["medias", "ensemble"]["groups"][0]["title"] == "Aucune des réponses proposées n’a été choisie"


def test_little_or_nothing_to_compute_is_told_in_words(degenerate):
    text = json.dumps(explored(degenerate), allow_nan=False)
    assert not any(sign in text for sign in ("NaN", "nan ", "None", "inf "))


def test_a_wave_of_eight_communes_is_explored(tmp_path):
    assert len(json.dumps(explored(small().load(tmp_path)), allow_nan=False)) > 10_000


def test_the_data_is_small(edition):
    text = json.dumps(edition[1], ensure_ascii=False, separators=(",", ":"))
    assert len(text.encode()) < 250_000
