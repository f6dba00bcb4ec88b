"""Weighted shares tell nothing of counts that are hidden: a weighted sum of them is one equation more."""

from support.respondents import small


def test_no_estimate_is_told_where_a_margin_that_it_uses_is_hidden(tmp_path):
    wave = small()
    wave.about["seuil_diffusion"] = 2
    found = wave.load(tmp_path / "data")
    hidden = {by: bool(found.activity(by).hidden) for by in ("province", "taille")}
    assert hidden == {"province": True, "taille": True}
    assert found.active_everywhere() == {"taille": None, "province": None, "calage": None}


def test_what_hides_nothing_is_weighted(wave):
    # The published study prints its own counts: nothing of it is hidden, and it knows no province by size.
    assert not any(wave.activity(by).hidden for by in ("province", "taille"))
    estimates = wave.active_everywhere()
    assert estimates["taille"] is not None
    assert estimates["province"] is not None


def test_one_hidden_margin_hides_what_uses_both(tmp_path):
    wave = small()
    # All of one size, so that no size is hidden; provinces of one or two communes are.
    for commune in wave.frame:
        commune["population"] = "6000"
    wave.about["seuil_diffusion"] = 2
    found = wave.load(tmp_path / "data")
    assert not found.activity("taille").hidden
    assert found.activity("province").hidden
    assert found.active_everywhere()["calage"] is None
