"""A chapter follows its wave's questionnaire: what it left out leaves no trace, what is new has its block."""

from dataclasses import replace

import pandas as pd
import pytest
import yaml
from support import running

from utils.french import typeset
from utils.paths import CHAPTERS, DATA
from utils.publishing import blocks
from utils.reading import waves
from utils.reading.questionnaires import read_territory
from utils.survey.codebook import CELL, Codebook

WALLONIA = read_territory("wallonie", DATA, [])
ASKED = ("actives", "communes", "non_actives", "repondants")


def codebook(change=lambda _: None):
    content = yaml.load((DATA / "questionnaire.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    change(content)
    return Codebook.model_validate(content).within(WALLONIA).at("2017-02")


@pytest.mark.chapters
@pytest.mark.parametrize("question", [q.id for q in codebook().questions if q.type != "texte" and q.id != "active"])
def test_a_question_that_was_left_out_leaves_no_trace_but_a_note(question, wave, monkeypatch):
    running.undrawn(monkeypatch)
    whole = codebook()
    smaller = replace(wave, codebook=whole.at("2017-02", [question]), published=wave.published.iloc[:0], comments={})
    monkeypatch.setattr(waves, "load", lambda *_: smaller)
    slug, label = whole[question].chapitre, whole[question].libelle
    for chapter in {slug, "00_synthese", "30_conclusions"}:
        shown = running.named(CHAPTERS / f"{chapter}.ipynb")
        notes = [key.removeprefix("text|") for key in shown if "Non demandé dans cette édition" in key]
        expected = [typeset(f"*Non demandé dans cette édition : {label}.*")] if chapter == slug else []
        assert notes == expected
        assert not [key for key in shown if key.startswith(f"{question}|")], chapter


def add(wave, counts, **question):
    """Return a wave that asked one question more, whose answers are `counts` by activity."""
    larger = codebook(
        lambda content: content["questions"].append({"id": "nouveau", "chapitre": "24_pratiques"} | question)
    )
    rows = [
        ("nouveau", answer, activity, "toutes", "toutes", n)
        for activity, answers in counts.items()
        for answer, n in answers.items()
    ]
    more = pd.DataFrame(rows, columns=[*CELL, "effectif"])
    return replace(wave, codebook=larger, counts=pd.concat([wave.counts, more], ignore_index=True))


RATED = {"type": "likert", "echelle": "accord_10", "constat": "essayer", "libelle": "Nouveauté", "enonce": "Neuf."}


def test_a_new_rated_item_has_the_block_of_its_kind(wave):
    larger = add(wave, {"oui": {str(score): 9 + (score < 3) for score in range(1, 11)}}, base="actives", **RATED)
    heading, result, detail = blocks.block(larger, "nouveau")
    assert heading.pieces == [("", "## Nouveauté")]
    assert [name for name, _ in result.said.pieces] == ["nouveau_texte"]
    assert [name for name, _ in detail.pieces] == ["nouveau_detail"]
    assert (result.name, result.file) == ("fig-nouveau", "nouveau")
    assert result.caption == "Scores donnés par les communes actives : nouveauté."
    assert [found.answers.n for found in result.results] == [92]


def test_active_and_other_communes_face_each_other_in_one_block(wave):
    _, result, detail = blocks.block(wave, "obstacle_budget")
    assert [name for name, _ in result.said.pieces] == ["obstacle_budget_verdict"]
    assert [name.removeprefix("obstacle_budget_") for name, _ in detail.pieces if name] == [
        *("ecart", "groupes", "rangs", "solide")
    ]
    assert (result.name, result.file) == ("fig-budget", "obstacle_budget")
    assert [found.answers.n for found in result.results] == [92, 46]


def test_the_two_groups_are_tabulated_side_by_side(wave):
    _, result, _ = blocks.block(wave, "obstacle_budget")
    # of 92: 16, 17 %; of 46: 10, 22 %
    assert result.table.rows[0][1:3] + result.table.rows[0][4:6] == ("16", "17\u00a0%", "10", "22\u00a0%")


def test_a_question_to_come_is_no_gap_of_this_wave():
    later = codebook(lambda content: content["questions"][3].update(depuis="2030"))
    assert later.left_out("23_connaissance") == []
    ended = codebook(lambda content: content["questions"][3].update(jusque="2015"))
    assert [question.id for question in ended.left_out("23_connaissance")] == ["sujets_connus"]
