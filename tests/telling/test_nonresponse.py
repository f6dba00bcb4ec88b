"""What the communes that did not answer could change."""

from dataclasses import replace

import pandas as pd
import pytest

from utils.french import typeset
from utils.survey.inhabitants import Coverage
from utils.telling import nonresponse


def test_the_bounds_assume_nothing(wave):
    # 92 / 262 and (92 + 124) / 262
    assert nonresponse.missing(wave.activity("taille"), 262) == typeset(
        "124\u00a0communes n’ont pas répondu. Si aucune d’elles n’est active, 35 % des 262 communes le sont ; si "
        "toutes le sont, 82 %."
    )
    found = nonresponse.ends(wave.activity("taille"), 262)
    assert (found.low, found.high) == (92 / 262, 216 / 262)
    assert nonresponse.ends(wave.activity("taille"), 138) is None
    assert "Toutes les communes interrogées ont répondu" in nonresponse.missing(wave.activity("taille"), 138)
    assert nonresponse.missing(wave.activity("taille"), 139).startswith("1\u00a0commune n’a pas répondu")


def test_weighting_is_told_with_what_it_changes(wave):
    # sum(c(58, 165, 30, 9) / 262 * c(20/28, 56/89, 8/13, 8/8)) is 0.6592; by province 0.6728
    estimates = wave.active_everywhere()
    assert round(estimates["taille"].share, 4) == 0.6592
    assert round(estimates["province"].share, 4) == 0.6728
    said = nonresponse.weighted(wave.activity("taille"), estimates)
    assert typeset("66 % selon la taille et 67 % selon la province, contre 67 % sans redressement") in said
    assert "reste dans l’intervalle de la part brute" in said


def test_an_estimate_that_leaves_the_interval_is_said_to(wave):
    estimates = wave.active_everywhere()
    far = {"taille": replace(estimates["taille"], share=0.9)}
    assert "sort de l’intervalle" in nonresponse.weighted(wave.activity("taille"), far)


def test_a_weighting_that_cannot_be_made_is_said_so(wave):
    raw = wave.activity("taille")
    assert "n’est pas calculé" in nonresponse.weighted(raw, {"taille": None})
    partly = {"taille": None, "province": wave.active_everywhere()["province"]}
    assert "Pas de redressement selon la taille" in nonresponse.weighted(raw, partly)


def test_raking_needs_communes_counted_by_size_and_province(wave):
    assert "calage" not in wave.active_everywhere()
    provinces, sizes = wave.codebook.strata("province"), wave.codebook.strata("taille")
    rows = [
        {"question": "active", "modalite": answer, "active": "toutes", "province": p, "taille": t, "effectif": n}
        for p in provinces
        for t in sizes
        for answer, n in (("oui", 2), ("non", 1))
    ]
    crossed = replace(wave, counts=pd.concat([wave.counts, pd.DataFrame(rows)]))
    estimate = crossed.active_everywhere()["calage"]
    assert round(estimate.share, 9) == round(2 / 3, 9)


ALL_ASKED = "des habitants de toutes les communes interrogées"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Coverage(), "La part des habitants que représentent ces communes n’est pas connue."),
        (Coverage(None, 0.7149, 0.7149), f"Ces communes réunissent 71 % {ALL_ASKED}."),
        (Coverage(None, 0.3, 0.5), f"Ces communes réunissent au moins 30 % et au plus 50 % {ALL_ASKED}."),
        (Coverage(0.59), f"Selon l’étude, ces communes réunissent 59 % {ALL_ASKED}."),
        (
            Coverage(0.59, 0.478, 0.711),
            f"Selon l’étude, ces communes réunissent 59 % {ALL_ASKED} ; d’après ses tableaux et la population de "
            "chaque commune, au moins 48 % et au plus 71 %.",
        ),
    ],
)
def test_inhabitants_are_told_as_far_as_they_are_known(found, said):
    assert nonresponse.coverage(found) == typeset(said)


def test_the_register_does_not_tell_which_communes_took_part():
    """Three shares of one frame: the exact one adds up for one choice of communes alone."""
    [placed] = nonresponse.coverage(Coverage(None, 0.714937, 0.714937)).figures
    assert placed.figure.value == (0.71,)
