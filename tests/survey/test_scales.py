"""Each item counts on its own scale, in the direction of agreement; what agreeing means is in the questionnaire."""

import pandas as pd
import pytest
from pydantic import ValidationError
from support.scales import CASES, SCALES, rated

from utils.survey.codebook import Question
from utils.survey.scales import Group, Scale


@pytest.fixture(scope="module")
def families(tmp_path_factory):
    return {case: rated(tmp_path_factory.mktemp(case) / "data", case).contrasts("27_obstacles") for case in CASES}


def ranked(family, criterion, base="actives"):
    found = family.rankings[base]
    return found[found["criterion"] == criterion].set_index("item")[["value", "rank"]].T.to_dict("list")


# By hand, of the four answers in turn. Agreement: budget 2 of 4 with 4–5; temps 1 of 4 with 5, all with 1–2, all with
# 4–5. Positions, from 0 in disagreement to 1 in agreement: the mean of (score - 1) / 4, or of (5 - score) / 4 where
# 1 agrees, or of (score - 1) / 9 on ten points.
@pytest.mark.parametrize("base", ["actives", "non_actives"])
@pytest.mark.parametrize(
    ("case", "criterion", "budget", "temps"),
    [
        ("own", "agree", (0.5, 1), (0.25, 2)),
        ("own", "mean", (2.25 / 4, 2), (3.25 / 4, 1)),
        ("reversed", "agree", (0.5, 2), (1, 1)),
        ("reversed", "mean", (2.25 / 4, 2), (3.75 / 4, 1)),
        ("reversed", "median", (2.5 / 4, 2), (1, 1)),
        ("lengths", "agree", (0, 2), (1, 1)),
        ("lengths", "mean", (4 / 9, 2), (3.75 / 4, 1)),
        ("lengths", "median", (4 / 9, 2), (1, 1)),
    ],
)
def test_items_are_ranked_each_on_its_scale_towards_agreement(families, case, criterion, budget, temps, base):
    found = ranked(families[case], criterion, base)
    assert found["budget"] == pytest.approx(budget)
    assert found["temps"] == pytest.approx(temps)


def test_the_group_that_agrees_more_is_found_on_a_scale_that_runs_the_other_way(tmp_path):
    # Active communes say 1, which is « tout à fait » of temps and the opposite for budget; the others say 5.
    answers = [(1, 1)] * 12 + [(5, 5)] * 8
    family = rated(tmp_path / "data", "reversed", answers=answers).contrasts("27_obstacles")
    order = {pair.active.question.id: pair.order for pair in family.pairs}
    assert order["temps"].delta == 1
    assert order["budget"].delta == -1


def test_the_upper_half_of_a_scale_is_the_half_that_agrees_more(tmp_path):
    # A middle score belongs to the half that agrees: as many as 5 of 12 and 5 of 8 say 3 or agree, on either scale.
    answers = [(3, 3)] * 5 + [(1, 5)] * 7 + [(3, 3)] * 5 + [(1, 5)] * 3
    family = rated(tmp_path / "data", "reversed", answers=answers).contrasts("27_obstacles")
    found = [{(s.test, s.scale): s.p for s in pair.specifications} for pair in family.pairs]
    assert found[0] == pytest.approx(found[1])


def test_obstacles_are_the_items_whose_agreement_is_unfavourable(tmp_path):
    for polarities, obstacles, ordered in (
        (("defavorable", "favorable"), ["budget"], ["budget"]),
        (("neutre", "favorable"), [], ["temps", "budget"]),
    ):
        family = rated(tmp_path / polarities[0], "reversed", polarities).contrasts("27_obstacles")
        assert [pair.active.question.id for pair in family.obstacles.pairs] == obstacles
        assert [pair.active.question.id for pair in family.ordered.pairs] == ordered


def test_the_project_calls_its_five_obstacles_so(wave):
    family = wave.contrasts("27_obstacles")
    assert len(family.obstacles.pairs) == 5
    assert not wave.contrasts("24_pratiques").obstacles.pairs


def test_positions_run_towards_agreement():
    for name, expected in (("cinq", [0, 0.25, 0.5, 0.75, 1]), ("inverse", [1, 0.75, 0.5, 0.25, 0])):
        scale = Scale(**SCALES[name])
        assert [scale.position(score) for score in scale.points] == expected
        assert scale.ends == ("pas du tout", "tout à fait")
        assert [group.sens for group in scale.towards_agreement] == ["desaccord", "neutre", "accord"]


def test_a_scale_runs_one_way():
    groups = [Group(id=f"g{i}", libelle="g", scores=(i,), sens=s) for i, s in enumerate(("accord", "neutre", "accord"))]
    with pytest.raises(ValidationError, match="du désaccord à l’accord"):
        Scale(minimum=0, maximum=2, bas="a", haut="b", groupes=groups)
    with pytest.raises(ValidationError, match="plus grand que le `minimum`"):
        Scale(minimum=0, maximum=0, bas="a", haut="b", groupes=groups[:1])


def test_only_rated_items_have_a_polarity():
    about = {"id": "q", "chapitre": "c", "libelle": "q", "enonce": "q", "base": "actives", "polarite": "defavorable"}
    with pytest.raises(ValidationError, match="likert seulement"):
        Question(**about, type="texte")
    rated_item = Question(**about, type="likert", echelle="e", constat="c")
    assert rated_item.polarite == "defavorable"


def test_a_result_keeps_its_scores_as_they_were_given(families):
    (temps,) = [pair for pair in families["reversed"].pairs if pair.active.question.id == "temps"]
    # 12 active communes: 9 say 1, 3 say 2.
    assert temps.active.answers.counts.to_dict() == {1: 9, 2: 3, 3: 0, 4: 0, 5: 0}
    pd.testing.assert_series_equal(
        temps.active.towards_agreement, pd.Series([0, 0, 0, 3, 9], [0, 0.25, 0.5, 0.75, 1]), check_names=False
    )
