"""Tables of evidence give each statistic, its interval and its correction; R stands in the statistics' own tests."""

import pytest

from utils.french import typeset
from utils.reading import waves
from utils.showing import evidence


@pytest.fixture(scope="module")
def family(wave):
    return wave.contrasts("27_obstacles")


def row(table, name):
    return next(dict(zip(table.header, cells, strict=True)) for cells in table.rows if cells[0].startswith(name))


def test_tests_give_sign_interval_and_corrections(family):
    cells = row(evidence.tests(family), "Absence de lignes directrices")
    assert list(cells.values())[1:8] == [
        *("\u221222\u00a0points", "\u221237 à \u22124\u00a0points", "8,4", "2"),
        *("p\u00a0=\u00a00,015", "p\u00a0=\u00a00,06", "p\u00a0=\u00a00,037"),
    ]
    assert cells["p, groupes de scores"].endswith("(simulé)")


def test_effects_give_what_could_be_seen(family):
    cells = row(evidence.effects(family), "Manque de budget")
    assert cells["Probabilité de supériorité"] == "62\u00a0%"
    assert cells["Écart d’accord décelable"] == "24\u00a0points"


def test_residuals_are_those_of_active_communes(family):
    cells = row(evidence.residuals(family), "Manque de budget")
    # R: chisq.test(m, correct = FALSE)$stdres[1, ]
    assert list(cells)[1:] == [f"Scores {g}" for g in ("1–2", "3", "4", "5–6", "7", "8", "9–10")]
    assert cells["Scores 5–6"].startswith("\u2212")


def test_robustness_ends_with_the_count(family):
    table = evidence.robustness(family)
    assert len(table.rows) == 21 + 1
    assert row(table, "Sous le seuil")["Manque de budget"] == "18 sur 21"


def test_ranks_have_their_intervals(family):
    table = evidence.ranks(family)
    assert len(table.rows) == 10
    assert row(table, "Dirigeants peu convaincus, communes actives")["Selon la moyenne"] == "5 (5 à 5)"


def test_option_tests_correct_for_their_number(wave):
    table = evidence.option_tests(wave.options_by_size("communicateurs"))
    assert len(table.rows) == 5
    assert all(len(cells) == len(table.header) for cells in table.rows)


def test_estimates_stand_beside_the_raw_share(wave):
    table = evidence.estimates(wave.activity("taille"), wave.active_everywhere() | {"calage": None})
    assert [cells[1] for cells in table.rows] == ["67\u00a0%", "66\u00a0%", "67\u00a0%", "non calculé"]


def test_exact_intervals_hold_in_every_population_that_was_tried():
    measured = waves.interval_coverage()
    exact = measured[measured["intervalle"] == "part_population"]
    assert (exact["couverture"] >= 0.95).all()
    assert {"8 sur 9", "21 sur 27", "28 sur 58", "300 sur 35000"} <= set(exact["n"])
    assert measured.loc[measured["intervalle"] == "test_ordre", "couverture"].min() >= 0.94  # type I error
    waves_ = measured[measured["intervalle"].isin(["ecart_evolution", "test_evolution"])]
    assert waves_["couverture"].min() >= 0.94


def test_intervals_that_do_not_hold_everywhere_are_named_with_their_worst_case():
    measured = waves.interval_coverage()
    kept, short = evidence.coverage_summary(measured).split(". ")
    assert "part d’une population" in kept
    assert "médiane" in kept
    assert typeset("part (Wilson), 86 % (part de 1 %, n = 15)") in short
    measured.loc[measured["intervalle"] == "mediane", "couverture"] = 0.9
    assert "médiane" in evidence.coverage_summary(measured).split(". ")[1]
    assert len(evidence.coverage(measured).rows) == len(measured.groupby(["intervalle", "n"]))
