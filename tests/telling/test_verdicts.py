"""A difference is told by its test, and never as the absence of one."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from utils.french import typeset
from utils.statistics.compare import association
from utils.telling import verdicts


def test_more_than_chance(wave):
    # R: 4 * p.adjust(…, "holm") of the ten claims about provinces and sizes: 5.84e-5 * 10 * 4 is .0023.
    # Bergsma: sqrt((24.68 / 138 - 4 / 137) / (2 - 1 / 137 - 1)) is .388
    said = verdicts.strata_test(wave.activity("province"))
    assert said == typeset(
        "L’écart entre provinces dépasse ce que le hasard explique d’ordinaire (test du khi-deux : χ² = 24,7, "
        "4\u00a0degrés de liberté, p < 0,001 et, une fois corrigée, p = 0,002 ; V de Cramér = 0,39 [0,22 à 0,57], "
        "effet moyen)."
    )


def test_the_corrected_value_decides_and_stands_beside_the_raw_one():
    test = association(pd.DataFrame([[30, 20], [18, 32]]))
    assert "p\u00a0=\u00a00,016 et, une fois corrigée, p\u00a0=\u00a00,049" in verdicts.association(test, 0.049)
    assert verdicts.association(test, 0.049).startswith("Cet écart dépasse")
    alone = verdicts.association(test, 0.051)
    assert alone.startswith("Pris seul, cet écart dépasserait")
    assert "compte tenu de tous les tests du livre, il peut être dû au hasard" in alone
    assert verdicts.association(association(pd.DataFrame([[30, 20], [28, 22]])), 1.0).startswith("Cet écart peut tenir")


def test_no_proof_is_no_proof_of_equality(wave):
    said = verdicts.strata_test(wave.activity("taille"))
    assert "les données ne permettent pas de trancher" in said
    assert "test de Mann-Whitney sur l’ordre des tailles" in said
    assert "pas de différence" not in said


def test_the_method_that_was_used_is_named():
    assert "test exact de Fisher" in verdicts.association(association(pd.DataFrame([[3, 2], [1, 6]])), 1.0)
    assert "khi-deux simulé" in verdicts.association(association(pd.DataFrame([[3, 2, 1], [1, 6, 2]])), 1.0)
    assert "rien à comparer" in verdicts.association(association(pd.DataFrame([[3, 2]])), math.nan)


@pytest.mark.parametrize(
    ("table", "effect"),
    [
        ([[77, 23], [23, 77]], "fort"),  # phi is .54, .32 and .16
        ([[66, 34], [34, 66]], "moyen"),
        ([[58, 42], [42, 58]], "faible"),
        ([[20, 20, 20, 20], [26, 18, 22, 14]], "négligeable"),  # V is .11, all of it what chance makes
        ([[10, 5, 15], [13, 11, 6]], "faible"),  # V is .33, Bergsma's .28
    ],
)
def test_effects_follow_cohen_without_what_chance_alone_makes(table, effect):
    test = association(pd.DataFrame(table))
    rows, columns = test.sides
    # Bergsma (2013), formulas 7 and 8: phi squared less its expectation, before Cohen's w = sqrt(phi squared)
    w = math.sqrt(max(0.0, test.statistic / test.n - (rows - 1) * (columns - 1) / (test.n - 1)))
    smaller = min(k - (k - 1) ** 2 / (test.n - 1) for k in (rows, columns)) - 1
    written = f"{w / math.sqrt(smaller):.2f}".replace(".", ",")
    said = verdicts.association(test, 1.0)
    assert f"V de Cramér = {written} [".replace(" ", "") in said.replace("\u00a0", "").replace(" ", "")
    assert f"effet {effect}" in said


def test_only_a_significant_variation_is_called_one(wave):
    share = "la part de communes actives"
    assert "varie selon la province" in verdicts.strata_headline(wave.activity("province"), share)
    by_size = verdicts.strata_headline(wave.activity("taille"), share)
    assert "varie" not in by_size
    assert "l’écart peut tenir au hasard" in by_size


def test_who_took_part_is_known_and_no_chance(wave):
    share = "la part de communes participantes"
    # From the study: 48, 54, 43 and 89 % by size.
    sizes = verdicts.strata_headline(wave.participation("taille"), share)
    assert sizes.endswith(", sans suivre l’ordre des tailles")
    rising = wave.participation("taille")
    counts = pd.DataFrame({"oui": [10, 11, 12, 13], "non": [10, 10, 10, 10]}, index=rising.counts.index)
    said = verdicts.strata_headline(replace(rising, counts=counts, book=None), share)
    assert said.endswith("rien n’assure que l’écart tienne à la taille")
    provinces = wave.participation("province")
    counts = pd.DataFrame({"oui": [10, 11, 12, 13, 9], "non": [10] * 5}, index=provinces.counts.index)
    said = verdicts.strata_headline(replace(provinces, counts=counts, book=None), share)
    assert said.endswith("rien n’assure que l’écart tienne à la province")


def test_strata_that_tie_are_all_named(wave):
    users = wave.options_by_size("communicateurs").splits["service_communication"]
    said = verdicts.strata_headline(users, "la part")
    assert typeset("100 % (de 20 000 à 50 000 habitants et 50 000 habitants et plus)") in said


def test_who_stands_out(wave):
    said = verdicts.outlying(wave.activity("province"))
    assert typeset("Nettement au-dessus : Liège (88 %)") in said
    # Brabant wallon (.0148) and Luxembourg (.037) do not, among ten tests in a quarter of the book: R gives, for the
    # least of all guesses, chisq.test(rbind(brabant, luxembourg, others), correct = FALSE)$p.value and so on.
    assert "au-dessous" not in said
    assert "ettement" not in verdicts.outlying(wave.activity("taille"))


def test_the_order_of_sizes_is_told(wave):
    assert "ne disent pas si la part augmente ou diminue" in verdicts.larger(wave.activity("taille"))
    assert "n’est pas comparé" in verdicts.larger(_emptied(wave.activity("taille")))


def _emptied(strata):
    return replace(strata, counts=strata.counts * 0)


def test_nobody_to_count_is_said_so(wave):
    nobody = _emptied(wave.activity("taille"))
    assert "n’est pas calculée" in verdicts.strata_headline(nobody, "la part")
    assert verdicts.outlying(nobody) == "Aucune commune à compter."


def sized(wave, active, other):
    """Return a wave's split by size with other counts, standing for a book of its own."""
    strata = wave.activity("taille")
    return replace(strata, counts=pd.DataFrame({"oui": active, "non": other}, index=strata.counts.index), book=None)


def test_a_rise_from_size_to_size_carries_the_verdict(wave):
    # Shares of 50, 60, 75 and 90 %. R: chisq.test gives .0127 of it, four times which is .051; the order of the sizes,
    # wilcox.test(rep(1:4, active), rep(1:4, other), exact = FALSE)$p.value is .0011.
    rising = sized(wave, [20, 24, 30, 18], [20, 16, 10, 2])
    assert "varie selon la taille" in verdicts.strata_headline(rising, "la part")
    assert verdicts.strata_test(rising).startswith("L’écart entre tailles dépasse")
    assert "La part augmente avec la taille" in verdicts.larger(rising)
    assert "La part diminue avec la taille" in verdicts.larger(sized(wave, [20, 16, 10, 2], [20, 24, 30, 18]))
