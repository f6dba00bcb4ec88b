"""Active and non-active communes: the sentence follows the test, and never claims an equality."""

from dataclasses import replace

import pytest
from support.scales import rated

from utils.french import typeset
from utils.statistics.likert import distribution
from utils.survey.contrasts import Contrast, Family
from utils.telling import contrasts


@pytest.fixture(scope="module")
def family(wave):
    return wave.contrasts("27_obstacles")


def answered(result, counts):
    return replace(result, answers=distribution(counts, range(1, 11)))


def test_two_groups_side_by_side(wave):
    # 45 of 92 and 8 of 46; Newcombe's interval from two prop.test(…, correct = FALSE) in R: 0.1487748 0.4456066
    assert contrasts.compared(wave.contrast("obstacle_budget")) == typeset(
        "49 % des communes actives et 17 % des communes non actives disent manquer de budget, soit un écart de "
        "+32\u00a0points (intervalle à 95 % : 15 à 45\u00a0points). La médiane vaut 6 pour les premières et 5 pour les "
        "secondes."
    )


def test_the_group_that_agrees_more_is_named(wave):
    budget = wave.contrast("obstacle_budget")
    assert contrasts.shifted(budget.order).startswith("Les communes actives se disent plus d’accord")
    assert typeset("62 fois sur cent (intervalle à 95 % : 52 à 71)") in contrasts.shifted(budget.order)
    assert contrasts.shifted(Contrast(budget.other, budget.active).order).startswith("Les communes non actives se")
    assert "ne permet pas de départager" in contrasts.shifted(wave.contrast("obstacle_dirigeants").order)


def test_the_answers_that_differ_are_named_where_a_test_allows_it(wave):
    # R: chisq.test(m, correct = FALSE)$stdres[1, ] of the seven groups: only 5–6 (-3.5) and 8 (2.5) beyond 1.96
    assert contrasts.telling_answers(wave.contrast("obstacle_budget")) == typeset(
        "Les communes actives donnent plus souvent 8 et moins souvent 5–6 (résidus ajustés)."
    )
    assert "ne sont pas concluants" in contrasts.telling_answers(wave.contrast("obstacle_dirigeants"))


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        # R: p.adjust(c(.0003, .1332, .4841, .0149, .0406), "holm") for the spread,
        # p.adjust(c(.0225, .0462, .6233, .0050, .0214), "holm") for the order
        ("obstacle_budget", "seule la première reste sous le seuil"),
        ("obstacle_lignes_directrices", "seule la seconde reste sous le seuil"),
        ("obstacle_innovation", "aucune ne passe sous le seuil"),
    ],
)
def test_what_resists_the_correction(wave, family, question, verdict):
    said = contrasts.corrected(family, wave.contrast(question))
    assert verdict in said
    assert "Corrigées pour 5 comparaisons (Holm)" in said


def test_robustness_counts_the_specifications(wave):
    said = contrasts.robustness(wave.contrast("obstacle_budget"))
    assert "un écart au-delà du hasard" in said
    assert "stable dans 18\u00a0spécifications sur 21" in said
    assert "pas de preuve d’un écart" in contrasts.robustness(wave.contrast("obstacle_dirigeants"))


def test_differences_are_firm_fragile_or_open(family):
    said = contrasts.differences(family)
    firm, fragile, unclear = said.split(". ")
    assert "budget" in firm
    assert "lignes directrices" in firm
    assert "personnel" in fragile
    assert "innover" in fragile
    assert "dirigeants" in unclear
    same = Family(tuple(Contrast(pair.active, replace(pair.active, base="non_actives")) for pair in family.pairs))
    assert contrasts.differences(same).startswith("Aucune affirmation ne distingue")


def test_obstacles_that_tie_are_all_first(family):
    # 31 of the 46 non-active communes agree with either.
    assert contrasts.obstacles_headline(family).endswith(
        "des autres\u00a0: manque de personnel formé et disponible et absence de lignes directrices (67\u00a0%)"
    )


def test_only_what_is_unfavourable_is_called_an_obstacle(tmp_path):
    # Twelve active communes: all agree to « temps », half of them to « budget ».
    mixed = rated(tmp_path / "mixed", "reversed", ("defavorable", "favorable")).contrasts("27_obstacles")
    assert contrasts.obstacles_headline(mixed) == typeset(
        "Premier obstacle des communes actives : manque de budget (50 %) ; des autres : manque de budget (50 %)"
    )
    assert [result.question.id for result in contrasts.leading(mixed)] == ["budget", "budget"]
    plain = rated(tmp_path / "plain", "reversed", ("neutre", "favorable")).contrasts("27_obstacles")
    assert contrasts.obstacles_headline(plain).startswith(
        typeset("Affirmation la plus partagée des communes actives : manque de temps (100 %)")
    )


def test_a_median_is_read_with_its_scale_where_low_scores_agree(tmp_path):
    family = rated(tmp_path / "data", "reversed").contrasts("27_obstacles")
    said = {pair.active.question.id: contrasts.compared(pair) for pair in family.pairs}
    assert said["temps"].endswith("pour les secondes, de 1 (tout à fait) à 5 (pas du tout).")
    assert said["budget"].endswith("pour les secondes.")


def test_rankings_tell_which_criterion_gives_which_order(family):
    said = contrasts.ranking(family, "non_actives")
    assert "selon la moyenne, manque de personnel formé et disponible ;".replace(" ;", "\u202f;") in said
    assert "à égalité" in said
    assert "change d’un critère à l’autre" in contrasts.rankings(family, "non_actives")


def test_an_empty_group_is_explained_everywhere(family):
    silent = [Contrast(pair.active, answered(pair.other, {})) for pair in family.pairs]
    empty = Family(tuple(silent))
    said = [
        contrasts.compared(silent[0]),
        contrasts.shifted(silent[0].order),
        contrasts.telling_answers(silent[0]),
        contrasts.corrected(empty, silent[0]),
        contrasts.robustness(silent[0]),
        contrasts.detectable(silent[0]),
        contrasts.differences(empty),
        contrasts.obstacles_headline(empty),
        contrasts.ranking(empty, "non_actives"),
        contrasts.rankings(empty, "non_actives"),
    ]
    assert "Aucune réponse des communes non actives" in said[0]
    assert not [sentence for sentence in said if "nan" in sentence.lower().split()]


def test_no_sentence_claims_an_equality(family):
    for pair in family.pairs:
        for sentence in (contrasts.compared(pair), contrasts.shifted(pair.order), contrasts.robustness(pair)):
            assert "pas de différence" not in sentence
            assert "identique" not in sentence
