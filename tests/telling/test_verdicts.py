"""A difference is told by its test, and never as the absence of one."""

from dataclasses import replace

import pandas as pd
import pytest

from utils.french import typeset
from utils.statistics.compare import association
from utils.telling import verdicts


def test_more_than_chance(wave):
    said = verdicts.association(wave.activity("province").test)
    assert said == typeset(
        "Cet écart dépasse ce que le hasard explique d’ordinaire (test du khi-deux : χ² = 24,7, "
        "4\u00a0degrés de liberté, p < 0,001 ; V de Cramér = 0,42 [0,22 à 0,57], effet moyen)."
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
    users = wave.options_by_size("communicateurs").splits["service_communication"]
    said = verdicts.strata_headline(users, "la part")
    assert typeset("100 % (de 20 000 à 50 000 habitants et 50 000 habitants et plus)") in said


def test_who_stands_out(wave):
    said = verdicts.outlying(wave.activity("province"))
    assert typeset("Nettement au-dessus : Liège (88 %)") in said
    assert typeset("nettement au-dessous : Brabant wallon (29 %) et Luxembourg (42 %)") in said
    assert "ettement" not in verdicts.outlying(wave.activity("taille"))


def test_a_corrected_test_decides_where_there_are_several(wave):
    split = wave.options_by_size("communicateurs")
    service = split.splits["service_communication"]
    assert "varie" in verdicts.strata_headline(service, "la part")
    assert "varie" not in verdicts.strata_headline(service, "la part", split.tests.holm["service_communication"])
    said = verdicts.options_apart(split)
    assert "Un test par réponse, corrigé pour leur nombre (5, Holm)" in said
    assert "ce qui ne prouve pas qu’elles soient égales" in said
    assert typeset("résister à la correction : « service de communication »") in said


def test_groups_too_small_to_test_are_named(wave):
    said = verdicts.too_few(wave.options_by_size("communicateurs"))
    assert typeset("50 000 habitants et plus (n = 8)") in said
    assert "5\u202f000 à 20" not in said


def test_the_order_of_sizes_is_told(wave):
    assert "ne disent pas si ces communes" in verdicts.larger(wave.activity("taille"))
    assert "n’est pas comparé" in verdicts.larger(_emptied(wave.activity("taille")))


def _emptied(strata):
    return replace(strata, counts=strata.counts * 0)


def test_nobody_to_count_is_said_so(wave):
    nobody = _emptied(wave.activity("taille"))
    assert "n’est pas calculée" in verdicts.strata_headline(nobody, "la part")
    assert verdicts.outlying(nobody) == "Aucune commune à compter."
