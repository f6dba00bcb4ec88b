"""What communes like one's own answer: each number stands in the explorer, and nothing is told of one commune."""

import json
from dataclasses import replace

import pytest
from support import holdings
from support.elsewhere import corsican, flemish

from utils.offering import commune, commune_page
from utils.offering.explorer import explored
from utils.reading import waves
from utils.survey.communes import normalised
from utils.survey.results import HIDDEN
from utils.telling.alike import EMPTY, UNTOLD

EDITIONS = ["2017", "demo"]


@pytest.fixture(params=EDITIONS)
def edition(request):
    return holdings.edition(request.param)


@pytest.fixture
def flanders(tmp_path):
    return waves.load("2026-flandre", flemish(tmp_path))


def strata(data):
    """Yield every cell of a stratum that is told of."""
    for group in data["groups"]:
        for row in group["rows"]:
            for by in data["kinds"]:
                for stratum, cell in row["cells"].get(by, {}).items():
                    yield group, row, by, stratum, cell


def named(data, name):
    return next(one for one in data["communes"] if one[0] == name)


def row_of(data, name):
    return next(row for group in data["groups"] for row in group["rows"] if row["name"] == name)


def test_every_number_by_size_or_province_stands_in_the_explorer(edition):
    shown = {}
    for question in explored(edition)["questions"]:
        for view in question["views"]:
            by = view["id"].partition("-")[0]
            for group in view["groups"] if by in ("taille", "province") else ():
                for cell in filter(None, group["cells"]):
                    shown.setdefault((by, group["id"]), set()).add((*cell[1:3], group["n"]))
    told = [(by, stratum, tuple(cell[:3])) for *_, by, stratum, cell in strata(commune.told(edition)) if len(cell) == 6]
    assert len(told) > 25
    for by, stratum, cell in told:
        assert cell in shown[by, stratum], (by, stratum, cell)
        assert HIDDEN not in cell


def test_what_the_explorer_hides_is_told_in_words(demo):
    hidden = {
        (question["id"], view["id"], answer["name"], group["id"])
        for question in explored(demo)["questions"]
        for view in question["views"]
        for group in view["groups"]
        for answer, cell in zip(view["answers"], group["cells"], strict=True)
        if cell is None or group["n"] == HIDDEN
    }
    assert hidden
    found = {(row["name"], by, stratum): cell for _, row, by, stratum, cell in strata(commune.told(demo))}
    medias = [(name, by, stratum) for question, by, name, stratum in hidden if question == "medias"]
    assert medias
    assert {found[key] for key in medias} == {UNTOLD}


def test_a_sentence_is_told_of_each_share_that_is_and_of_no_other(edition):
    for group, row, by, stratum, cell in strata(commune.told(edition)):
        if group["first"]:
            said = row["said"][by].get(stratum)
            assert (said is None) == (cell in (UNTOLD, EMPTY))
            assert said is None or said.startswith(cell[0])


def test_the_study_s_own_numbers(wave):
    data = commune.told(wave)
    active = row_of(data, "Être actives sur au moins un média social")
    # Table « Présence » of the study: 4 of 14 communes in Walloon Brabant, 35 of 40 around Liège, 92 of 138 in all.
    assert active["cells"]["province"]["brabant_wallon"][::2][:2] == ["29\u00a0%", "14"]
    assert active["cells"]["province"]["liege"][::2][:2] == ["88\u00a0%", "40"]
    assert active["cells"][""][::2][:2] == ["67\u00a0%", "138"]
    assert active["said"]["province"]["liege"] == (
        "88\u00a0% des communes participantes de votre province disent être actives sur au moins un média social"
    )


def test_a_study_that_counts_little_by_size_says_so(wave):
    data = commune.told(wave)
    kinds = {group["title"]: group["kinds"] for group in data["groups"]}
    assert kinds["Personnes qui communiquent"] == ("taille",)
    assert kinds["Médias sociaux utilisés"] == ()
    assert data["nowhere"] == "Ce que l’étude ne donne ni par taille ni par province"
    assert row_of(data, "Facebook")["cells"] == {"": ["99\u00a0%", "94 à 100\u00a0%", "92", 0.9891, 0.941, 0.9981]}


def test_rows_tell_everything_by_size_and_by_province(demo):
    assert {group["kinds"] for group in commune.told(demo)["groups"]} == {("taille", "province")}


def test_a_commune_is_told_as_the_list_has_it(wave):
    manage = named(commune.told(wave), "Manage")
    assert manage[1:3] == ["hainaut", "20000_50000"]
    assert manage[3].replace("\u202f", " ").replace("\u00a0", " ") == (
        "23 122 habitants ; taille : de 20 000 à 50 000 habitants ; province : Hainaut."
    )
    assert manage[4] == ("7170",)


def test_other_names_are_told_with_what_they_are(wave):
    data = commune.told(wave)
    assert named(data, "Liège")[5] == [("Luik", ""), ("Lüttich", "")]
    assert named(data, "Bertogne")[5] == [("Bastogne", "aujourd’hui")]
    assert named(data, "Bastogne")[5] == [("Bastenaken", "")]  # it kept its name
    later = wave.communes.assign(ins=wave.communes["ins"].replace({"82003": "82039"}))
    merged = replace(wave, communes=later[later["ins"] != "82005"])
    assert ("Bertogne", "autrefois") in named(commune.told(merged), "Bastogne")[5]


def test_who_answered_is_not_told(demo):
    before = commune.told(demo)["communes"]
    assert len(before) == demo.about.invites
    others = demo.communes[~demo.communes["ins"].isin(demo.participants())]
    assert 0 < len(others) < len(before)
    for one in before:
        assert len(one) == 6  # name, province, size, what the list says, codes, other names
    text = json.dumps(before, ensure_ascii=False)
    assert not any(word in text for word in ("répondu", "active", "particip"))


def test_where_no_commune_is_known_by_name_there_is_no_field(wave):
    nameless = replace(wave, communes=None)
    assert commune.told(nameless) is None
    assert commune_page.shell(nameless) is None
    assert commune_page.listing(nameless) is None
    assert len([part for part in commune_page.sections(nameless) if part.table]) == 4 + 5 + 1


def test_a_territory_is_told_in_its_own_words(data):
    corsica = corsican(data)
    found = commune.told(corsica)
    assert found["kinds"] == ["province"]
    assert found["labels"]["province"] == "Communes de votre département"
    assert found["communes"][0][3] == "Département\u00a0: Corse-du-Sud."
    headings = [part.heading for part in commune_page.sections(corsica)]
    departments = (f"### Département\u00a0: {name}" for name in ("Corse-du-Sud", "Haute-Corse"))
    assert headings == ["## Selon le département", *departments]
    assert commune_page.listing(corsica).header == ("Commune", "Département")


def test_another_survey_is_told_as_well(flanders):
    data = commune.told(flanders)
    assert data["groups"]
    assert "wallon" not in json.dumps(data, ensure_ascii=False).lower()


def test_the_obstacles_that_most_share_come_first(wave):
    groups = [group for group in commune.groups(wave) if "Obstacles" in group.title]
    assert [group.who for group in groups] == ["communes actives", "communes non actives"]
    for group in groups:
        shares = [row.whole.drawn[0] for row in group.rows]
        assert shares == sorted(shares, reverse=True)
        assert len(shares) == 3


def test_waves_of_little_are_told(degenerate):
    data = commune.told(degenerate)
    assert data["groups"]
    for *_, cell in strata(data):
        assert isinstance(cell, str) or len(cell) == 6
    assert list(commune_page.sections(degenerate))


def test_a_table_without_a_script_holds_the_same(edition):
    data = commune.told(edition)
    tables = {part.name: part.table for part in commune_page.sections(edition) if part.table}
    for _, row, by, stratum, cell in strata(data):
        printed = list(cell[:3]) if len(cell) == 6 else [HIDDEN if cell == UNTOLD else "non calculé"] * 3
        rows = [found[1:4] for found in tables[f"commune-{by}-{stratum}"].rows if _ends(found[0], row["name"])]
        assert tuple(printed) in rows, (row["name"], by, stratum)


def _ends(title, name):
    return normalised(title).endswith(normalised(name))


def test_a_share_of_a_number_that_is_hidden_is_hidden_too():
    assert commune.Cell.of(["7", HIDDEN, HIDDEN], HIDDEN) == commune.Cell(UNTOLD)
    assert commune.Cell.of(None, "12") == commune.Cell(UNTOLD)
    assert commune.Cell.of(["0", "non calculé", "non calculé"], "0") == commune.Cell(EMPTY)
    assert commune.Cell.of(["6", "50\u00a0%", "25 à 75\u00a0%", 0.5, 0.25, 0.75], "12").n == "12"


def test_each_kind_of_communes_is_told_by_its_own_answers(demo):
    rows = [row for group in commune.groups(demo) if "Obstacles" in group.title for row in group.rows]
    told = 0
    for row in rows:
        for by, cells in row.strata.items():
            found = demo.breakdown(row.result.question.id, by, row.result.base)
            for stratum, cell in cells.items():
                part = found.part("accord", stratum)
                assert (cell.share == UNTOLD) == (part is None or part.n is None)
                told += bool(cell.n)
                assert not cell.n or cell.drawn[0] == round(part.share, 4)
    assert told > 5
