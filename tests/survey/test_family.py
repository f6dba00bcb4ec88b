"""Every claim that a book could make is counted once, and none that it cannot."""

from dataclasses import replace

import pandas as pd
import pytest
from pydantic import ValidationError
from support.respondents import CODEBOOK, small

from utils.statistics.compare import association
from utils.statistics.ranks import kruskal_wallis, trend
from utils.survey.codebook import Codebook
from utils.survey.contrasts import Contrast
from utils.survey.sizes import opposed
from utils.survey.strata import between


def test_every_rated_item_makes_two_claims_of_the_two_kinds_of_communes(wave):
    made = wave.claims("contrasts")
    items = ("budget", "personnel", "dirigeants", "lignes_directrices", "innovation")
    assert set(made.raw.index) == {(f"obstacle_{item}", what) for item in items for what in ("sides", "order")}
    assert len(made) == 10


def test_the_claims_about_provinces_and_sizes_are_those_that_2017_can_make(wave):
    options = ("community_manager", "service_communication", "bourgmestre", "echevins", "employes")
    assert set(wave.claims("strata").raw.index) == {
        *(("", "", "interrogees", by) for by in ("province", "taille")),
        *(("active", "", "communes", by) for by in ("province", "taille")),
        *(("communicateurs", option, "actives", "taille") for option in options),
        ("communicateurs", "service_communication", "actives", "seuil"),
    }


def test_rows_of_respondents_make_a_claim_of_every_breakdown(tmp_path):
    """Fifteen items of one base, five of two, four single choices: by province and by size each, and all else."""
    made = small().load(tmp_path / "data").claims("strata").raw
    asked = [q for q in CODEBOOK.questions if q.type in ("likert", "choix_unique") and q.id != "active"]
    broken = {(q.id, "", base, by) for q in asked for base in q.bases for by in ("province", "taille")}
    assert broken <= set(made.index)
    several = {key for key in made.index if key[1]}
    assert {key[0] for key in several} == {"communicateurs"}  # of several choices, what the book tells by size
    assert len(made) == len(broken) + len(several) + 4


def test_what_is_hidden_is_neither_claimed_nor_counted(demo):
    made = demo.claims("strata")
    hidden = [key for key in made.raw.index if key[1] == "service_communication"]
    assert len(hidden) == 2
    assert made.raw[hidden].isna().all()
    assert len(made) == made.raw.notna().sum() < len(made.raw)


def test_a_result_alone_stands_for_a_book_of_its_own(wave):
    pair = wave.contrast("obstacle_budget")
    alone = Contrast(pair.active, pair.other)
    assert len(alone.family) == 2
    assert alone.corrected("sides") == pytest.approx(0.0002847 * 2 * 4, rel=1e-3)
    assert pair.corrected("sides") == pytest.approx(0.0002847 * 10 * 4, rel=1e-3)
    strata = wave.activity("province")
    assert replace(strata, book=None).corrected == pytest.approx(strata.test.p * 4)


def test_sizes_are_tested_by_their_order_and_provinces_are_not():
    answers = pd.DataFrame({"a": [5, 3, 9], "b": [6, 6, 6], "c": [9, 5, 7]})
    assert between(answers, "taille", ordered=True) == trend(answers.T)
    assert between(answers, "taille", ordered=False) == kruskal_wallis(answers)
    assert between(answers, "province", ordered=True) == kruskal_wallis(answers.T)
    assert between(answers, "province", ordered=False).p == association(answers.T).p


def test_the_study_s_cut_puts_large_and_small_communes_side_by_side(wave):
    cut = wave.codebook["communicateurs"].selon_taille
    split = wave.options_by_size("communicateurs").splits["service_communication"]
    two = opposed(split, cut)
    assert two.counts.to_numpy().tolist() == [[49, 27], [16, 0]]  # as the study prints: 16 of 16, 49 of 76
    assert list(two.labels.values()) == ["moins de 20 000 habitants", "20 000 habitants et plus"]
    assert not two.ordered
    assert opposed(replace(split, hidden=("plus_50000",)), cut).claim.p != opposed(split, cut).claim.p  # NaN


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("modalite", "personne", "une modalité de cette question"),
        ("des", "moins_5000", "une taille qui en a de plus petites"),
        ("des", "enormes", "une taille qui en a de plus petites"),
    ],
)
def test_a_hypothesis_names_an_option_and_a_size_that_has_smaller_ones(key, value, said):
    written = CODEBOOK.model_dump()
    question = next(q for q in written["questions"] if q["id"] == "communicateurs")
    question["selon_taille"][key] = value
    with pytest.raises(ValidationError, match=said):
        Codebook.model_validate(written)


@pytest.mark.parametrize("supposed", [True, False])
def test_what_is_told_by_size_is_what_the_book_corrects_for(tmp_path, supposed):
    """Rows count every question by size; of several choices, a book tells the one that the study supposes to vary."""
    whole = small().load(tmp_path / "data")
    questions = whole.codebook.questions
    if not supposed:
        questions = tuple(question.model_copy(update={"selon_taille": None}) for question in questions)
    wave = replace(whole, codebook=whole.codebook._with(questions=questions))
    assert wave.by_size("communicateurs")
    told = [question.id for question in wave.codebook.questions if wave.tells_by_size(question.id)]
    assert told == ["communicateurs"] * supposed
    several = {question.id for question in questions if question.type == "choix_multiple"}
    assert {key[0] for key in wave.claims("strata").raw.index} & several == set(told)
