"""Rankings as results: first places as a single choice, where options stand, and what may be claimed of it."""

from dataclasses import replace

import pandas as pd
import pytest
from support.asking import asking

from utils import show
from utils.offering.tidy import tidy
from utils.reading import waves
from utils.survey.codebook import CELL
from utils.survey.evolution import evolution
from utils.telling import options, paragraphs, phrases, shifts

RANKING = {"id": "freins", "type": "classement", "base": "actives", "libelle": "Freins"}
RANKING |= {"modalites": [{"id": name, "libelle": f"le {name}"} for name in ("budget", "temps", "gout")]}
# Of 30: 18 say temps, budget, goût; 9 budget, temps, goût; 3 temps alone.
ORDERS = ["temps;budget;gout"] * 18 + ["budget;temps;gout"] * 9 + ["temps"] * 3
EVEN = ["temps;budget;gout", "budget;temps;gout"] * 15


def asked(data, orders, **more):
    return asking(data, [RANKING | more], [(order,) for order in orders])


@pytest.fixture(scope="module")
def ranked(tmp_path_factory):
    return asked(tmp_path_factory.mktemp("ranked") / "data", ORDERS)


def test_first_places_are_a_single_choice_and_ranks_stand_beside(ranked):
    found = ranked.result("freins")
    assert found.answers.counts.to_dict() == {"budget": 9, "temps": 21, "gout": 0}
    assert found.answers.n == 30
    assert found.ranks.loc["budget"].tolist() == [9, 18, 0]
    # budget: 9 × 1 + 18 × 2 + 3 × 2.5 = 52.5; temps: 21 × 1 + 9 × 2 = 39; goût: 27 × 3 + 3 × 2.5 = 88.5.
    told = found.summary
    assert list(told.index) == ["temps", "budget", "gout"]
    assert told["mean_rank"].tolist() == pytest.approx([39 / 30, 52.5 / 30, 88.5 / 30])
    assert told["borda"].tolist() == pytest.approx([(3 - mean) / 2 for mean in told["mean_rank"]])


def test_an_order_is_claimed_only_where_it_is_sure(ranked, tmp_path):
    # budget before goût: 27 of 27. temps before budget: 21 of 30, of which the sign test gives p = 0.043.
    claims = ranked.levels().query("question == 'freins'").set_index(["claim", "of"])
    assert claims.loc[("order", ""), "made"]
    assert claims.loc[("before", "budget"), "made"]
    assert not claims.loc[("before", "temps"), "made"]
    told = paragraphs.told(ranked.result("freins"))
    assert "L’ordre est assuré entre le budget et le gout." in told
    assert "puis le budget (1,8)" in phrases.headline(ranked.result("freins"))
    even = asked(tmp_path / "data", EVEN).result("freins")
    assert "devant le temps" not in paragraphs.told(even)
    assert "devant le budget" not in paragraphs.told(even)


def test_a_lead_that_is_sure_is_told_as_one(tmp_path):
    found = asked(tmp_path / "data", ["temps;budget;gout"] * 30).result("freins")
    assert phrases.headline(found).startswith("Classé en tête\u00a0: le temps (rang moyen 1,0), devant le budget (2,0)")


def printed(wave):
    """Return a wave as a study would print it: its counts of all together, and nothing else."""
    about = wave.about.model_copy(update={"source": "effectifs"})
    return replace(wave, answers=None, numbers=None, orders=None, about=about)


def test_printed_counts_tell_where_options_stand_if_all_rank_as_many(tmp_path):
    rows = asked(tmp_path / "data", EVEN)
    found, own = printed(rows).result("freins"), rows.result("freins")
    pd.testing.assert_frame_equal(found.summary, own.summary)
    assert found.test == own.test
    assert found.steps.empty
    assert "ne disent pas combien" in paragraphs.told(found)


def test_printed_counts_of_some_who_left_options_out_tell_first_places_only(ranked):
    found = printed(ranked).result("freins")
    assert found.answers.counts.equals(ranked.result("freins").answers.counts)
    assert found.places is None
    assert "Le rang moyen n’est pas calculé" in paragraphs.told(found)
    assert "a réponse la plus fréquente est" in phrases.headline(found)
    assert tidy(printed(ranked))["classements"]["rang_moyen"].isna().all()


def test_where_only_the_first_ranks_are_asked_the_others_share_what_is_left(tmp_path):
    # All rank two of three: the third stands at 3 for all.
    orders = ["temps;budget"] * 12 + ["budget;gout"] * 8
    rows = asked(tmp_path / "data", orders, rangs=2)
    found = printed(rows).result("freins")
    # temps: 12 × 1 + 8 × 3 = 36; budget: 12 × 2 + 8 × 1 = 32; goût: 12 × 3 + 8 × 2 = 52, of 20.
    assert found.summary["mean_rank"].to_dict() == pytest.approx({"budget": 1.6, "temps": 1.8, "gout": 2.6})
    assert list(rows.codebook.answers("freins")) == [f"{o}_{r}" for o in ("budget", "temps", "gout") for r in (1, 2)]


def test_active_and_other_communes_are_compared_by_option(tmp_path):
    orders = ["temps;budget;gout"] * 25 + ["gout;budget;temps"] * 25
    wave = asking(tmp_path / "data", [RANKING | {"base": "communes"}], [(order,) for order in orders], active=25)
    pair = wave.contrast("freins")
    assert {what for _, what in pair.claims} == {"association", "budget", "temps", "gout"}
    assert pair.shifts["temps"].delta == -1  # active communes give it the lower rank
    said = options.chosen(pair)
    assert "classent autrement" in said
    assert "le temps (1,0 contre 3,0)" in said
    assert "le budget" not in said


def test_of_fewer_than_the_threshold_nothing_is_told(tmp_path):
    wave = asking(tmp_path / "data", [RANKING], [("temps;budget;gout",)] * 4, seuil_diffusion=5)
    found = wave.result("freins")
    assert found.orders is None
    assert not found.ranks.to_numpy().any()
    tables = tidy(wave)
    assert set(tables["classements"]["statut"]) == {"[c]"}
    assert tables["resultats"].query("question == 'freins'")["effectif"].isna().all()
    assert "non publiées" in paragraphs.told(found)


def test_a_breakdown_tells_first_places_alone(tmp_path):
    wave = asked(tmp_path / "data", ORDERS)
    split = tidy(wave)["resultats"].query("question == 'freins' and ventilation != 'ensemble'")
    assert set(split["reponse"]) == {"budget_1", "temps_1", "gout_1"}
    whole = tidy(wave)["resultats"].query("question == 'freins' and ventilation == 'ensemble'")
    assert whole.set_index("reponse")["effectif"].to_dict() == {
        **{"budget_1": 9, "budget_2": 18, "budget_3": 0},
        **{"temps_1": 21, "temps_2": 9, "temps_3": 0},
        **{"gout_1": 0, "gout_2": 0, "gout_3": 27},
    }


def test_two_waves_are_compared_by_first_places_and_by_the_ranks_of_each_option(tmp_path):
    before = asked(tmp_path / "before", ["temps;budget;gout"] * 25)
    now = asked(tmp_path / "now", ["gout;budget;temps"] * 25)
    found = evolution(before, now, waves.mergers())
    assert {change.option: change.gap for change in found.changes if change.question.id == "freins"} == {
        **{"temps": -1, "budget": 0, "gout": 1}
    }
    ranks = {shift.option: shift for shift in found.shifts}
    assert (ranks["gout"].test.delta, ranks["temps"].test.delta) == (-1, 1)
    assert ranks["gout"].significant
    said = "\n".join(shifts.moved(found.shifts))
    assert (
        "Freins\u00a0: le gout (communes actives)\u00a0: rang moyen de 1,0, contre 3,0 dans l’édition précédente"
        in said
    )
    assert "le rang est meilleur qu’avant" in said


def test_a_result_shows_itself(ranked):
    assert show(ranked.result("freins"))._repr_html_().count("<svg") == 1


def test_every_option_at_every_rank_is_a_count_of_the_contract(ranked):
    cells = ranked.counts[ranked.counts["question"] == "freins"].set_index(list(CELL))["effectif"]
    assert cells["freins", "temps_1", "oui", "toutes", "toutes"] == 21
