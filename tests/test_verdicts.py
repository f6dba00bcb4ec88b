"""A difference is told by its test, and never as the absence of one."""

from dataclasses import replace

import pandas as pd
import pytest

from utils import verdicts
from utils.compare import association
from utils.french import typeset
from utils.results import contrast


def test_more_than_chance(wave):
    said = verdicts.association(wave.activity("province").test)
    assert said == typeset(
        "Cet écart dépasse ce que le hasard explique d’ordinaire (test du khi-deux : χ² = 24,7, "
        "4\u00a0degrés de liberté, p < 0,001 ; V de Cramér = 0,42, effet moyen)."
    )


def test_no_proof_is_no_proof_of_equality(wave):
    said = verdicts.association(wave.activity("taille").test)
    assert "les données ne permettent pas de trancher" in said
    assert "khi-deux simulé" in said
    assert "pas de différence" not in said


def test_the_method_that_was_used_is_named():
    assert "test exact de Fisher" in verdicts.association(association(pd.DataFrame([[3, 2], [1, 6]])))
    assert "rien à comparer" in verdicts.association(association(pd.DataFrame([[3, 2]])))


@pytest.mark.parametrize(
    ("table", "effect"),
    [([[75, 25], [25, 75]], "fort"), ([[66, 34], [34, 66]], "moyen"), ([[56, 44], [44, 56]], "faible")],
)
def test_effects_follow_cohen(table, effect):
    # phi is 0.5, 0.32 and 0.12
    assert f"effet {effect}" in verdicts.association(association(pd.DataFrame(table)))


def test_only_a_significant_variation_is_called_one(wave):
    share = "la part de communes actives"
    assert "varie selon la province" in verdicts.strata_headline(wave.activity("province"), share)
    by_size = verdicts.strata_headline(wave.activity("taille"), share)
    assert "varie" not in by_size
    assert "l’écart peut tenir au hasard" in by_size


def test_strata_that_tie_are_all_named(wave):
    users = wave.users("communicateurs", "service_communication")
    said = verdicts.strata_headline(users, "la part")
    assert typeset("100 % (de 20 000 à 50 000 habitants et 50 000 habitants et plus)") in said


def test_who_stands_out(wave):
    said = verdicts.outlying(wave.activity("province"))
    assert typeset("nettement au-dessus : Liège (88 %)") in said
    assert typeset("nettement au-dessous : Brabant wallon (29 %) et Luxembourg (42 %)") in said
    assert "nettement" not in verdicts.outlying(wave.activity("taille"))


def test_two_groups_side_by_side(wave):
    said = verdicts.compared(wave.contrast("obstacle_budget"))
    assert said == typeset(
        "49 % des communes actives et 17 % des communes non actives disent manquer de budget, soit un écart de "
        "32\u00a0points. La médiane vaut 6 pour les premières et 5 pour les secondes."
    )


def test_higher_scores_are_given_to_the_right_group(wave):
    budget = wave.contrast("obstacle_budget")
    assert verdicts.shifted(budget.order).startswith("Les communes actives donnent des scores plus élevés")
    turned = contrast(budget.other, budget.active)
    assert verdicts.shifted(turned.order).startswith("Les communes non actives donnent")
    assert "ne permet pas de départager" in verdicts.shifted(wave.contrast("obstacle_dirigeants").order)


def test_obstacles_that_tie_are_all_first(wave):
    pairs = [wave.contrast(name) for name in wave.codebook.chapter("27_obstacles")]
    said = verdicts.obstacles_headline(pairs)
    # 31 of the 46 non-active communes agree with either.
    assert said.endswith(
        "des autres\u00a0: manque de personnel formé et disponible et absence de lignes directrices (67\u00a0%)"
    )


def test_differences_are_only_those_that_the_test_finds(wave):
    pairs = [wave.contrast(name) for name in wave.codebook.chapter("27_obstacles")]
    said = verdicts.differences(pairs)
    assert "budget" in said
    assert "dirigeants" not in said
    same = [replace(pair, sides=association(pd.DataFrame([[5, 5], [5, 5]]))) for pair in pairs]
    assert verdicts.differences(same).startswith("Aucun obstacle ne distingue")
