"""Several answers to one question: what varies with the sizes, and what the study supposes of them."""

from dataclasses import replace

import pytest

from utils.french import typeset
from utils.telling import options, verdicts


@pytest.fixture(scope="module")
def split(wave):
    return wave.options_by_size("communicateurs")


def test_an_option_varies_only_where_it_resists_the_whole_book(split):
    # wilcox.test(rep(1:4, c(13, 36, 8, 8)), rep(1:4, c(7, 20, 0, 0)), exact = FALSE)$p.value is .0379 in R
    service = split.splits["service_communication"]
    assert split.tests.loc["service_communication", "p"] == pytest.approx(0.0379, abs=5e-5)
    assert "varie" not in verdicts.strata_headline(service, "la part")
    said = options.options_apart(split)
    assert "corrigé pour les 10\u00a0tests que le livre fait entre provinces ou tailles" in said
    assert "ce qui ne prouve pas qu’elles soient égales" in said


def test_the_study_s_own_cut_is_told_as_its_hypothesis(split):
    # R: fisher.test(matrix(c(16, 0, 49, 27), 2))$p.value is .002437; the second of ten, after the provinces,
    # of which more could be told: .002437 * 10 * 4 is .0975.
    assert split.hypothesis.corrected == pytest.approx(0.0975, abs=5e-5)
    said = options.supposed(split)
    assert typeset("100 % des premières (16 sur 16), et 64 % des secondes (49 sur 76)") in said
    assert "test exact de Fisher" in said
    assert "p\u00a0=\u00a00,002 et, une fois corrigée, p\u00a0=\u00a00,097" in said
    assert "À lui seul, ce test passerait le seuil" in said
    assert options.size_headline(split) == typeset(
        "La part de « service de communication » va de 64 % (moins de 20 000 habitants) à 100 % (20 000 habitants et "
        "plus) : un écart à confirmer"
    )


def test_a_hypothesis_that_holds_is_claimed(split):
    alone = replace(split, hypothesis=replace(split.hypothesis, book=None))
    assert "Cet écart dépasse ce que le hasard" in options.supposed(alone)  # .002437 * 4
    assert "À lui seul" not in options.supposed(alone)
    assert "varie selon la taille" in options.size_headline(alone)


def test_a_hypothesis_of_which_counts_are_hidden_is_not_tested(demo):
    told = demo.options_by_size("communicateurs")
    assert options.supposed(told).endswith(typeset(verdicts.UNTESTED))
    assert "%" not in options.supposed(told)


def test_nothing_is_supposed_where_the_questionnaire_supposes_nothing(split):
    told = replace(split, hypothesis=None)
    assert options.supposed(told) == ""
    assert typeset("« service de communication »") in options.size_headline(told)
    assert options.size_headline(told).endswith("l’écart peut tenir au hasard")


def test_groups_too_small_to_test_are_named(split):
    said = options.too_few(split)
    assert typeset("50 000 habitants et plus (n = 8)") in said
    assert "5\u202f000 à 20" not in said
