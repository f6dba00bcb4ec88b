from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from utils.french import typeset
from utils.showing import by_stratum, listings, tables
from utils.showing.origins import Origin
from utils.showing.tables import Table
from utils.statistics.design import Design
from utils.telling.figures import NOTHING

STANDS_ON = {"source": NOTHING, "files": (Origin.ANSWERS,), "method": "effectifs"}


def test_a_table_says_what_it_stands_on():
    for missing in ("files", "method"):
        with pytest.raises(ValueError, match="Titre"):
            Table("Titre", ("a",), (), **(STANDS_ON | {missing: ()}))
        with pytest.raises(TypeError):
            Table("Titre", ("a",), (), **{key: value for key, value in STANDS_ON.items() if key != missing})


def test_a_table_has_caption_and_scopes():
    page = BeautifulSoup(tables.as_html(Table("Titre", ("a", "b"), (("x", "1"),), **STANDS_ON), "t"), "lxml")
    assert page.caption.text == "Titre"
    assert [th["scope"] for th in page.find_all("th")] == ["col", "col", "row"]
    assert page.find(attrs={"role": "region"})["aria-labelledby"] == page.caption["id"]


def test_text_is_escaped():
    hostile = '<script>alert("x")</script>'
    page = tables.as_html(Table(hostile, (hostile,), ((hostile,),), links=('"><script>',), **STANDS_ON), "t")
    assert "<script" not in page


def test_options_are_ranked_unless_they_have_an_order(wave):
    assert [row[0] for row in tables.options(wave.choice("medias")).rows][:3] == ["Facebook", "Twitter", "YouTube"]
    assert tables.options(wave.choice("implication_citoyens")).rows[0] == (
        *("Oui, complètement", "7", "8\u00a0%"),
        "4 à 15\u00a0%",  # R: prop.test(7, 92, correct = FALSE)$conf.int
    )


def test_scores_add_up(wave):
    rows = tables.scores(wave.likert("obstacle_dirigeants", "actives")).rows
    assert rows[0] == (typeset("1 (pas du tout d’accord)"), "22", "24\u00a0%", "16 à 34\u00a0%", "24\u00a0%")
    assert rows[-1] == (typeset("10 (tout à fait d’accord)"), "4", "4\u00a0%", "2 à 11\u00a0%", "100\u00a0%")


def test_sides_give_median_and_quartiles(wave):
    row = tables.sides([wave.likert("obstacle_dirigeants", "actives")]).rows[0]
    # 51, 23 and 18 of 92; R: mean 4.07, sd 2.66, quartiles 2, 3.5, 6
    # sort(x)[c(qbinom(.025, 92, .5), 92 - qbinom(.025, 92, .5) + 1)] is 3 5
    assert row == (
        "Dirigeants indifférents",
        "92",
        *("55\u00a0%", "25\u00a0%", "20\u00a0%", "13 à 29\u00a0%", "\u221236"),
        *("3,5", "3,0 à 5,0", "2", "6", "4,1"),
        *("3,6 à 4,6", "2,7"),  # boot.ci(boot(x, function(d, i) mean(d[i]), 99999), type = "bca") is 3.53 4.61
    )


def test_strata_end_with_the_whole(wave):
    table = by_stratum.strata(wave.activity("province"), "t", "Actives", "Non actives")
    assert table.rows[2] == ("Liège", "35", "5", "40", "88\u00a0%", "77 à 93\u00a0%")
    assert table.rows[-1] == ("Ensemble", "92", "46", "138", "67\u00a0%", "61 à 72\u00a0%")


def test_a_group_that_answered_whole_is_known_to_the_point(wave):
    # All 14 communes answer: what 4 of 14 is, no other answer can change.
    split = wave.activity("province")
    whole = replace(split, designs=split.designs | {"brabant_wallon": Design(14)})
    assert by_stratum.strata(whole, "t", "Actives", "Non actives").rows[0][-1] == typeset("29 à 29 %")


def test_a_rate_of_participation_has_no_margin_as_a_whole(wave):
    table = by_stratum.strata(wave.participation("province"), "t", "Participantes", "Non participantes")
    assert table.rows[-1] == ("Ensemble", "138", "124", "262", "53\u00a0%", "–")
    assert table.header[-1] == "Résidu ajusté"


def test_every_question_is_in_the_codebook_table(wave):
    rows = listings.questionnaire(wave.codebook).rows
    assert [row[-1] for row in rows] == [question.id for question in wave.codebook.questions]


def test_every_cell_is_typeset():
    table = Table("Titre : un", ("a ; b",), (("l'écart : 2", "non ?"),), **STANDS_ON)
    shown = (table.caption, *table.header, *table.rows[0])
    assert shown == ("Titre\u00a0: un", "a\u202f; b", "l’écart\u00a0: 2", "non\u202f?")
