"""A base of fewer answers than the threshold: nothing of it is told, wherever it would stand."""

import json

import pytest
from support.respondents import small

from utils.offering.bundle import offered
from utils.offering.explorer import explored
from utils.offering.tidy import tidy
from utils.publishing import blocks
from utils.showing import by_stratum, evidence, ratings, tables
from utils.survey.results import HIDDEN
from utils.telling import comments, contrasts, nonresponse, obstacles, phrases


@pytest.fixture(scope="module")
def eight(tmp_path_factory):
    """Return a wave of five active communes and three others, of which five are the least that may be told."""
    folder = small()
    folder.about["seuil_diffusion"] = 5
    return folder.load(tmp_path_factory.mktemp("eight"))


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """Return a wave that one commune answered."""
    folder = small()
    folder.about["seuil_diffusion"] = 5
    del folder.rows[1:]
    return folder.load(tmp_path_factory.mktemp("alone"))


def test_the_answers_of_three_communes_are_nowhere_in_a_result(eight):
    assert (eight.size("actives"), eight.size("non_actives")) == (5, 3)
    few, enough = eight.likert("obstacle_budget", "non_actives"), eight.likert("obstacle_budget", "actives")
    assert few.withheld
    assert not enough.withheld
    assert (few.answers.n, few.expected) == (0, 0)
    assert few.counts.isna().all(axis=None)
    assert few.summary["n"].tolist() == [0]
    for by in ("province", "taille"):
        found = eight.breakdown("obstacle_budget", by, "non_actives")
        assert found.counts.isna().all(axis=None)
        assert found.n.isna().all()


def test_four_answers_of_five_that_were_asked_are_as_few(tmp_path):
    folder = small()
    folder.about["seuil_diffusion"] = 5
    folder.rows[0]["sujets_connus"] = ""
    found = folder.load(tmp_path)
    assert found.likert("sujets_connus").withheld
    assert not found.likert("mentions_connues").withheld


def test_two_groups_of_which_one_is_untold_are_not_compared(eight):
    pair, family = eight.contrast("obstacle_budget"), eight.contrasts("27_obstacles")
    assert pair.withheld
    untold = "Réponses non publiées, car trop peu de communes non actives en ont donné"
    assert contrasts.compared(pair) == f"{untold}. Il n’y a pas d’écart à publier."
    assert obstacles.differences(family) == f"Les deux groupes ne sont pas comparés. {untold}."
    assert "non actives" not in obstacles.ranking(family, "actives")
    assert obstacles.ranking(family, "non_actives").startswith("Aucun classement")
    assert all(set(row[2:4]) <= {"non calculé"} for row in evidence.tests(family).rows)
    shown = {row[0]: row[1:] for row in evidence.pairs(family).rows}
    assert set(shown["Absence de budget, communes non actives"]) == {HIDDEN}
    drawn = ratings.diverging([(one.active, one.other) for one in family.pairs], "Titre").alt
    assert "Absence de budget, communes non actives\u00a0: non publié" in drawn


def test_sentences_tables_and_drawings_say_that_it_is_not_published(eight):
    few = eight.likert("obstacle_budget", "non_actives")
    assert phrases.basis(few) == "Communes non actives, réponses non publiées"
    for said in (phrases.headline(few), phrases.ranked([few])):
        assert "ersonne" not in said
        assert "publiées" in said
    assert phrases.key_figure(few)[0] == "non publié"
    assert {cell for row in tables.scores(few).rows for cell in row[1:]} == {HIDDEN}
    block = [part for part in blocks.block(eight, "obstacle_budget") if isinstance(part, blocks.Result)]
    assert "publiées" in block[0].chart.alt


def test_files_and_explorer_leave_it_out(eight):
    rows = tidy(eight)["resultats"].query("question == 'obstacle_budget' and base == 'non_actives'")
    assert set(rows["statut"]) == {HIDDEN}
    assert rows[["effectif", "n", "part", "part_basse"]].isna().all(axis=None)
    summary = tidy(eight)["resumes"].query("question == 'obstacle_budget' and base == 'non_actives'")
    assert summary["statut"].tolist() == [HIDDEN]
    assert summary[["n", "attendues", "accord", "mediane", "moyenne"]].isna().all(axis=None)
    [codebook] = [file.content.decode() for file in offered(eight) if file.name.endswith(".xml")]
    variable = codebook.split('ID="V_obstacle_budget_non_actives"')[1].split("</var>")[0]
    assert "catStat" not in variable
    assert "TotlResp" not in variable
    question = next(one for one in explored(eight)["questions"] if one["id"] == "obstacle_budget")
    view = {view["id"]: view for view in question["views"]}
    assert view["non_actives"]["groups"][0]["cells"] == [None] * 10
    assert view["activite"]["groups"][1]["cells"] == [None] * 3
    assert view["activite"]["groups"][1]["n"] == HIDDEN
    assert "khi" not in view["activite"]["note"]


def test_one_commune_alone_does_not_tell_whether_it_is_active(alone):
    assert alone.withheld()
    assert all(alone.result(q.id, base).withheld for q in alone.codebook.questions if q.modalites for base in q.bases)
    # Not even by a question that was not put to it: that nobody answered would tell it.
    assert alone.likert("obstacle_budget", "non_actives").withheld
    for by in ("province", "taille"):
        split = alone.activity(by)
        assert (split.withheld, split.total) == (True, 0)
        assert {cell for row in by_stratum.strata(split, "t", "a", "b").rows for cell in row[1:]} == {HIDDEN}
    assert "n’est pas publié" in nonresponse.missing(alone.activity("taille"), alone.asked())
    assert "active" not in json.dumps([str(odd) for odd in alone.oddities])
    assert tidy(alone)["resultats"]["effectif"].isna().all()


@pytest.mark.parametrize(
    "call",
    ["accord(obstacle_budget, base=non_actives)", "part(medias, facebook)", "base(actives)", "effectif(role, echevin)"],
)
def test_a_comment_cannot_tell_it(alone, call):
    with pytest.raises(comments.CommentError, match="publi"):
        comments._written(call, alone)
