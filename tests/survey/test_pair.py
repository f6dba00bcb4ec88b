"""Other kinds of communes to compare than active and non-active ones, or none: who answers apart, what is counted."""

import re
import shutil
from collections import Counter
from dataclasses import replace

import pytest
import yaml
from support import respondents
from support.pairs import CHARTER, QUESTION, charter, silent

from utils.paths import DATA
from utils.reading import waves
from utils.survey.codebook import Codebook
from utils.survey.comparable import common
from utils.survey.evolution import evolution
from utils.survey.pair import ACTIVE

ASKED = {**QUESTION, "depuis": "2020"}
BUDGET = {"id": "budget", "chapitre": "27_obstacles", "type": "choix_multiple", "libelle": "budget", "enonce": "Budget"}
BUDGET |= {"base": "communes", "modalites": [{"id": "peu", "libelle": "peu"}, {"id": "rien", "libelle": "rien"}]}
ALONE = {**BUDGET, "id": "temps", "comparer": "non"}
OURS = {**BUDGET, "id": "usage", "base": "avec_charte"}
YES_NO = [{"id": "oui", "libelle": "active"}, {"id": "non", "libelle": "non active"}]
ACTIVITY = {**BUDGET, "id": "active", "type": "choix_unique", "modalites": YES_NO}


def codebook(*questions, **more):
    return Codebook.model_validate(
        {"echelles": {}, "provinces": [], "tailles": [], "questions": list(questions)} | more
    )


def test_active_and_other_communes_are_compared_by_default():
    told = codebook(ACTIVITY, BUDGET, ALONE)
    assert told.pair == ACTIVE
    assert told["budget"].bases == ("actives", "non_actives")
    assert told["temps"].bases == told["active"].bases == ("communes",)
    assert told.noun("non_actives").plural == "communes non actives"


def test_nobody_is_compared_where_it_is_not_asked_who_is_active():
    told = codebook(BUDGET)
    assert told.pair is None
    assert told["budget"].bases == ("communes",)
    assert told.bases == ("repondants", "communes")


def test_the_questionnaire_names_two_other_kinds():
    told = codebook(ACTIVITY, ASKED, BUDGET, ALONE, OURS, comparer=CHARTER)
    assert told["budget"].bases == ("avec_charte", "sans_charte")
    assert told["usage"].bases == ("avec_charte",)
    for whole in ("active", "charte_ecrite", "temps"):
        assert told[whole].bases == ("communes",)
    assert told["budget"].noun("avec_charte") == ("commune dotée d’une charte", "communes dotées d’une charte")
    assert told.bases == ("repondants", "communes", "actives", "non_actives", "avec_charte", "sans_charte")


def test_a_survey_that_does_not_ask_what_tells_them_apart_falls_back():
    told = codebook(ACTIVITY, QUESTION, BUDGET, comparer=CHARTER)
    assert told.at("2017-03")["budget"].bases == ("actives", "non_actives")
    assert told.at("2026-03")["budget"].bases == ("avec_charte", "sans_charte")
    assert told.at("2026-03", {"charte_ecrite"})["budget"].bases == ("actives", "non_actives")
    assert told.at("2026-03", {"charte_ecrite", "active"})["budget"].bases == ("communes",)


def test_a_codebook_leaves_the_questions_of_another_alone():
    told = codebook(ACTIVITY, BUDGET)
    codebook(*(question for question in told.questions if question.id != "active"))
    assert told["budget"].bases == ("actives", "non_actives")


def sides(first=None, second=None, **more):
    one, two = CHARTER["groupes"]
    return {**CHARTER, "groupes": [one | (first or {}), two | (second or {})], **more}


WRONG = {
    "a question that is not there": ([BUDGET], CHARTER, "une question à choix unique dont la base est communes"),
    "several choices": ([ASKED, BUDGET], sides(question="budget"), "une question à choix unique"),
    "a question put to some": ([{**ASKED, "base": "repondants"}], CHARTER, "dont la base est communes"),
    "an option that is not there": ([ASKED], sides({"modalites": ["peut_etre"]}), "« charte_ecrite », non peut_etre"),
    "an option of both": ([ASKED], sides({"modalites": ["oui", "non"]}), "sans modalité commune"),
    "one name for two": ([ASKED], sides({"id": "sans_charte"}), "d’identifiants différents"),
    "the name of a base": ([ASKED], sides({"id": "actives"}), "un autre identifiant que « actives »"),
    "an unknown base": (
        [ASKED, {**BUDGET, "base": "grandes"}],
        CHARTER,
        "avec_charte, sans_charte (question « budget »)",
    ),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_pair_that_cannot_be_is_refused(kind):
    questions, pair, expected = WRONG[kind]
    with pytest.raises(ValueError, match=re.escape(expected)):
        codebook(*questions, comparer=pair)


@pytest.fixture(scope="module")
def chartered(tmp_path_factory):
    """Return eight communes, of which three have a charter, three have none and two do not tell; and their rows."""
    wave = respondents.small()
    data = tmp_path_factory.mktemp("charter") / "data"
    for row, said in zip(wave.rows, ("oui", "non", "prevu", "oui", "nsp", "non", "", "oui"), strict=True):
        row["charte_ecrite"] = said
    wave.write(data)
    path = data / "questionnaire.yml"
    asked = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    asked["questions"].append(QUESTION)
    path.write_text(yaml.safe_dump(asked | {"comparer": CHARTER}, allow_unicode=True), encoding="utf-8")
    return waves.load("2026", data), wave.rows


def test_each_kind_is_counted_by_the_answers_of_its_communes(chartered):
    wave, rows = chartered
    pair = wave.contrast("obstacle_budget")
    for result, options in ((pair.active, {"oui"}), (pair.other, {"non", "prevu"})):
        told = Counter(int(row["obstacle_budget"]) for row in rows if row["charte_ecrite"] in options)
        assert {score: n for score, n in result.answers.counts.items() if n} == told
        assert wave.size(result.base) == result.expected == 3
    assert [(odd.kind, odd.n) for odd in wave.oddities if odd.kind == "sans_groupe"] == [("sans_groupe", 2)]
    assert set(wave.counts.loc[wave.counts["question"] == "obstacle_budget", "active"]) == {
        "avec_charte",
        "sans_charte",
    }
    assert pair.kinds.bases == ("avec_charte", "sans_charte")


def test_what_is_put_to_active_communes_stays_theirs(chartered):
    wave, rows = chartered
    told = Counter(option for row in rows if row["active"] == "oui" for option in row["medias"].split(";") if option)
    assert {option: n for option, n in wave.choice("medias").answers.counts.items() if n} == told
    assert wave.size("communes") == 8
    assert wave.activity("taille").question == "active"


def test_the_claims_of_a_book_are_those_of_its_pair(chartered):
    wave, _ = chartered
    asked = [q.id for q in wave.codebook.questions if q.base == "communes" and q.type != "texte"]
    compared = set(asked) - {"active", "charte_ecrite"}
    assert {question for question, _ in wave.claims("contrasts").raw.index} == compared
    assert {key[0] for key in wave.claims("strata").raw.index} >= {"active", "charte_ecrite"}


@pytest.fixture(scope="module", params=[charter, silent], ids=["charter", "silent"])
def demo(request, tmp_path_factory):
    """Return the demonstration with other kinds of communes, or none, beside the first edition; and its rows."""
    data = shutil.copytree(DATA, tmp_path_factory.mktemp("kinds") / "data")
    rows = request.param(data)
    return waves.load("2017", data), waves.load("demo", data), rows


OBSTACLES = {"obstacle_budget", "obstacle_personnel", "obstacle_dirigeants", "obstacle_lignes_directrices"}
OBSTACLES |= {"obstacle_innovation"}


def test_two_waves_are_compared_on_those_that_both_tell(demo):
    before, now, _ = demo
    found = evolution(before, now, waves.mergers())
    told = {(change.question.id, change.question.base) for change in found.changes if change.question.id in OBSTACLES}
    untold = {item.question.id: item.reason for item in found.apart if item.question.id in OBSTACLES}
    if now.codebook.pair:
        assert not told
        assert set(untold) == OBSTACLES
        assert "communes dotées d’une charte" in untold["obstacle_budget"]
    else:  # every commune of the first edition is active or not: both together are all of them
        assert told == {(name, "communes") for name in OBSTACLES}
        assert not untold
        budget = next(change for change in found.changes if change.question.id == "obstacle_budget")
        sides = [before.likert("obstacle_budget", base) for base in ACTIVE.bases]
        assert budget.n[0] == sum(side.answers.n for side in sides)
        agreed = sum(side.sides["accord"] for side in sides)
        assert budget.before == agreed / budget.n[0]


def test_the_whole_is_not_told_beside_a_side_that_is_hidden(demo):
    before, _, _ = demo
    less = replace(before, about=before.about.model_copy(update={"source": "reponses", "seuil_diffusion": 60}))
    assert less.withheld("obstacle_budget", "non_actives")
    assert not less.withheld("obstacle_budget", "actives")
    assert less.withheld("obstacle_budget", "communes")


def test_what_tells_too_much_of_a_group_hides_all_that_it_answers(demo):
    _, now, _ = demo
    if now.codebook.pair is None:
        assert now.breakdown("obstacle_budget", "taille").whole.base == "communes"
        return
    told = now.breakdown("charte_ecrite", "taille").counts
    closed = set(told.columns[told.isna().any()])
    assert closed
    for base in now.codebook.pair.bases:
        found = now.breakdown("obstacle_budget", "taille", base)
        assert found.counts[list(closed)].isna().to_numpy().all()
        assert found.n[list(closed)].isna().all()


def test_who_took_part_is_known_without_a_question_about_it(demo):
    _, now, rows = demo
    placed = now.communes.set_index("ins")
    there = {row["ins"] for row in rows if row["ins"] in placed.index}
    if now.codebook.pair is None:
        assert now.size("communes") == now.about.communes == len(now.participants()) >= len(there)
        assert now.present("taille").sum() == now.present("province").sum() == now.size("communes")
        assert now.participation("taille").told == now.size("communes")


def test_bases_that_only_bear_one_name_are_not_compared():
    """A group that is made of other answers than before is another group."""
    old, new = (codebook(ASKED, BUDGET, comparer=pair) for pair in (CHARTER, sides({"modalites": ["oui", "nsp"]})))
    assert common(old["budget"], new["budget"]) == ("sans_charte",)
