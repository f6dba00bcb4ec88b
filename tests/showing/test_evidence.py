"""Tables of evidence give each statistic, its interval and its correction; R stands in the statistics' own tests."""

import pytest

from utils.showing import evidence, weighting


@pytest.fixture(scope="module")
def family(wave):
    return wave.contrasts("27_obstacles")


def row(table, name):
    return next(dict(zip(table.header, cells, strict=True)) for cells in table.rows if cells[0].startswith(name))


def test_tests_give_sign_interval_and_corrections(family):
    # Ten comparisons in a quarter of the book: .0149 * 9 * 4, one smaller p being told without parts.
    cells = row(evidence.tests(family), "Absence de lignes directrices")
    assert list(cells.values())[1:8] == [
        *("\u221222\u00a0points", "\u221237 à \u22124\u00a0points", "8,4", "2"),
        *("p\u00a0=\u00a00,015", "p\u00a0=\u00a00,54", "p\u00a0=\u00a00,005"),
    ]
    assert cells["p, groupes de scores"].endswith("(simulé)")


def test_effects_give_what_could_be_seen(family):
    cells = row(evidence.effects(family), "Absence de budget")
    assert cells["Probabilité de supériorité"] == "62\u00a0%"
    assert cells["Écart d’accord décelable"] == "40\u00a0points"


def test_residuals_are_those_of_active_communes(family):
    cells = row(evidence.residuals(family), "Absence de budget")
    # R: chisq.test(m, correct = FALSE)$stdres[1, ]
    assert list(cells)[1:] == [f"Scores {g}" for g in ("1–2", "3", "4", "5–6", "7", "8", "9–10")]
    assert cells["Scores 5–6"].startswith("\u2212")


def test_robustness_ends_with_the_count(family):
    table = evidence.robustness(family)
    assert len(table.rows) == 21 + 1
    assert row(table, "Sous le seuil")["Absence de budget"] == "18 sur 21"


def test_ranks_have_their_intervals(family):
    table = evidence.ranks(family)
    assert len(table.rows) == 10
    assert row(table, "Dirigeants indifférents, communes actives")["Selon la moyenne"] == "5 (5 à 5)"


def test_option_tests_correct_for_their_number(wave):
    table = evidence.option_tests(wave.options_by_size("communicateurs"))
    assert len(table.rows) == 5 + 1  # and what the study supposes
    assert all(len(cells) == len(table.header) for cells in table.rows)


def test_estimates_stand_beside_the_raw_share(wave):
    table = weighting.estimates(wave.activity("taille"), wave.active_everywhere() | {"calage": None})
    assert [cells[1] for cells in table.rows] == ["67\u00a0%", "66\u00a0%", "67\u00a0%", "non calculé"]
