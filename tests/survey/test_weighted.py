"""A wave whose rows carry weights, from its counts to its claims: figures by hand, and what weights must not do."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from support.respondents import small
from support.twins import STRATA

from utils.french import typeset
from utils.offering import explorer
from utils.offering.tidy import tidy
from utils.reading import waves
from utils.survey.codebook import SPLIT, activity_of
from utils.survey.evolution import evolution
from utils.survey.protected import sides_of
from utils.telling import method, nonresponse, phrases

WEIGHTS = (4, 1, 0.5, 2, 1, 2.5, 0.5, 1)  # active: 4, 1, 2, 1, 0.5; the others: 0.5, 2.5, 1
SCORES = ("8", "2", "6", "9", "5", "9", "10", "1")


def folder(weights=WEIGHTS, **about):
    wave = small()
    wave.about |= about
    if weights:
        wave.about["poids"] = "calage"
    for row, score, weight in zip(wave.rows, SCORES, weights or WEIGHTS, strict=True):
        row["obstacle_budget"] = score
        if weights:
            row["calage"] = str(weight)
    return wave


@pytest.fixture(scope="module")
def wave(tmp_path_factory):
    return folder().load(tmp_path_factory.mktemp("weighted") / "data")


def test_a_share_is_of_the_weights_and_its_base_of_the_answers(wave):
    found = wave.choice(SPLIT)
    assert found.answers.shares["oui"] == pytest.approx(8.5 / 12.5)
    assert (found.answers.counts["oui"], found.answers.n) == (5, 8)
    assert phrases.basis(found) == typeset("Communes participantes, n = 8, réponses pondérées")


def test_a_rated_item_is_weighted_throughout(wave):
    found = wave.likert("obstacle_budget", "actives")
    # Scores 2, 5, 8, 9, 10 weigh 1, 1, 4, 2 and 0.5 of 8.5: a quarter and a half are reached on 8.
    assert (found.answers.n, found.answers.median, found.answers.q1, found.answers.q3) == (5, 8, 8, 9)
    assert found.answers.mean == pytest.approx((2 + 5 + 32 + 18 + 5) / 8.5)
    agreeing = [score for score in (2, 5, 8, 9, 10) if score in found.scale.side("accord")]
    borne = dict(zip((2, 5, 8, 9, 10), (1, 1, 4, 2, 0.5), strict=True))
    assert found.agree == pytest.approx(sum(borne[score] for score in agreeing) / 8.5)
    # Kish: 8.5² / (16 + 1 + 4 + 1 + 0.25); the linearised variance gives p (1 - p) / v.
    kish, p = 8.5**2 / 22.25, found.agree
    v = sum(w**2 * ((score in agreeing) - p) ** 2 for score, w in borne.items()) / 8.5**2
    assert found.answers.sample(agreeing).n == pytest.approx(min(kish, p * (1 - p) / v))
    assert found.design.weighted
    assert found.mean_interval is None  # three answers are not worth ten


def test_options_are_of_the_weights_of_those_who_answered(wave):
    found = wave.choice("medias")
    rows = [(row, weight) for row, weight in zip(folder().rows, WEIGHTS, strict=True) if row["medias"]]
    for option, share in found.answers.shares.items():
        chose = sum(weight for row, weight in rows if option in row["medias"].split(";"))
        assert share == pytest.approx(chose / sum(weight for _, weight in rows))


def test_strata_and_claims_stand_on_weights(wave):
    by_size = wave.activity("taille")
    assert by_size.overall == pytest.approx(8.5 / 12.5)
    assert (by_size.told, by_size.total) == (5, 8)
    # Of over 50 000: Namur (4, active), Liège (1, active), Mons (0.5, not).
    assert by_size.shares["plus_50000"] == pytest.approx(5 / 5.5)
    assert by_size.part("plus_50000", "non").share == pytest.approx(0.5 / 5.5)
    # Both of those under 5 000 have one weight or none: no weighted interval there.
    assert wave.participation("taille").weighed is None
    found = wave.breakdown("obstacle_budget", "taille", "actives")
    part = found.part("accord", "plus_50000")
    assert (part.count, part.n) == (1, 2)
    assert part.share == pytest.approx(4 / 5)
    pair = wave.contrast("obstacle_budget")
    assert pair.specifications == ()
    assert pair.sides.method in ("sparse", "none")
    assert pair.claims[("obstacle_budget", "order")].p != pair.claims[("obstacle_budget", "order")].p


def test_what_the_frame_knows_is_not_weighted_again(wave):
    assert set(wave.active_everywhere().values()) == {None}
    said = nonresponse.weighted(wave.activity("taille"), wave.active_everywhere())
    assert said == "Le redressement n’est pas calculé\u00a0: les réponses portent déjà les poids de cette édition."


def test_the_method_tells_what_answers_are_worth(wave):
    said = method.weighting(wave)
    # 12.5² / (16 + 1 + 0.25 + 4 + 1 + 6.25 + 0.25 + 1) = 5.25 of 8
    assert "lu dans la colonne «\u00a0calage\u00a0»" in said
    assert "les 8 réponses en valent 5 de poids égaux, soit un effet de plan de 1,5" in said


def test_files_give_counts_without_weights_and_shares_with_them(wave):
    results = tidy(wave)["resultats"].query("question == 'active' and ventilation == 'ensemble'")
    told = results.set_index("reponse")
    assert told.loc["oui", ["effectif", "n", "part"]].tolist() == [5, 8, 0.68]
    view = next(q for q in explorer.explored(wave)["questions"] if q["id"] == SPLIT)["views"][0]
    cell = next(cell for cell in view["groups"][0]["cells"] if cell[0] == "5")
    assert cell[1] == "68\u00a0%"
    assert cell[3] == 0.68


@pytest.mark.parametrize("weight", [1, 2.5, 0.1])
def test_equal_weights_change_nothing_but_what_is_said_of_them(weight, tmp_path):
    plain, equal = folder(None).load(tmp_path / "a"), folder((weight,) * 8).load(tmp_path / "b")
    for name, table in tidy(plain).items():
        pd.testing.assert_frame_equal(tidy(equal)[name], table, check_exact=True)
    assert explorer.explored(equal) == explorer.explored(plain)
    pd.testing.assert_frame_equal(equal.levels(), plain.levels(), check_exact=True)
    assert method.weighting(plain) is None
    assert method.weighting(equal).endswith("Tous sont égaux\u00a0: ils ne changent aucun chiffre.")


def test_scaled_weights_change_nothing(wave, tmp_path):
    scaled = folder(tuple(weight * 250 for weight in WEIGHTS)).load(tmp_path / "data")
    for name, table in tidy(wave).items():
        pd.testing.assert_frame_equal(tidy(scaled)[name], table, check_exact=True)


def test_two_waves_compare_weighted_shares(wave, tmp_path, monkeypatch):
    for module in ("statistics.overlap", "survey.evolution"):
        monkeypatch.setattr(f"utils.{module}.MIN_ANSWERS", 1)
    plain = folder(None).load(tmp_path / "data")
    before = replace(plain, about=plain.about.model_copy(update={"periode": wave.about.periode}))
    changes = {(c.question.id, c.question.base, c.option): c for c in evolution(before, wave, waves.mergers()).changes}
    change = changes[SPLIT, "communes", "oui"]
    assert (change.before, change.now, change.n) == (5 / 8, pytest.approx(8.5 / 12.5), (8, 8))
    assert change.interval.low < change.gap < change.interval.high
    assert evolution(before, wave, waves.mergers()).panel.p != 0
    same = {c.gap for c in evolution(replace(wave), wave, waves.mergers()).changes}
    assert max(map(abs, same)) < 1e-9


# What a reader could work out of hidden counts.


# Communes asked and answering, by province.
CALIBRATED = {"Hainaut": (60, 40), "Liège": (60, 30), "Namur": (50, 24), "Luxembourg": (45, 12)}
CALIBRATED |= {"Brabant wallon": (45, 14)}


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    """Load a wave of 120 communes, weighted by province as a calibration does: anyone can compute its weights."""
    rng = np.random.default_rng(7)
    wave = folder(None, seuil_diffusion=5)
    wave.frame, wave.rows, pattern = [], [], small().rows
    for place, (province, (asked, answering)) in enumerate(CALIBRATED.items()):
        for i in range(asked):
            ins, people = (
                str((51_001, 61_001, 92_001, 81_001, 25_001)[place] + i),
                str(int(rng.choice([3000, 9000, 30000, 70000]))),
            )
            wave.frame.append({"ins": ins, "commune": f"{province} {i}", "province": province, "population": people})
            if i < answering:
                row = dict(pattern[int(rng.integers(8))], id=ins, ins=ins, commune=f"{province} {i}")
                wave.rows.append(row | {"calage": f"{asked / answering:.6f}"})
    wave.about |= {"poids": "calage"}
    return wave.load(tmp_path_factory.mktemp("secret") / "data")


def test_a_question_of_which_something_is_hidden_has_shares_alone(secret):
    results = tidy(secret)["resultats"]
    hidden = 0
    for (question, base), told in results.groupby(["question", "base"], sort=False):
        strata = told[told["ventilation"] != "ensemble"]
        shut = strata["statut"] == "[c]"
        assert shut.all() or not shut.any(), (question, base)
        result = secret.result(question, base)
        whole = told[told["ventilation"] == "ensemble"]
        if shut.any() and result.weighted and question != SPLIT:
            hidden += 1
            assert whole["effectif"].isna().all()
            assert whole["part"].notna().all()
            assert not whole["n"].isna().any()
        elif not shut.any():
            assert whole["effectif"].notna().all()
    assert hidden > 5
    weighted = results.query("question == 'role' and ventilation == 'ensemble'")
    assert (weighted["part"] * 100 % 1).round(6).isin([0, 1]).all()


def told_shares(wave, result):
    """Return the shares of a result as pages print them, and the true counts behind each where the breakdowns cross."""
    places, active = list(product(*(wave.codebook.strata(by) for by in STRATA))), activity_of(result.base)
    cells = pd.DataFrame({place: wave.cells(result.question.id, active, *place) for place in places})
    if result.question.type == "likert":
        sides = {"desaccord": result.disagree, "neutre": result.neutral, "accord": result.agree}
        return sides, sides_of(result.scale, cells)
    return result.answers.shares.to_dict(), cells


@pytest.mark.parametrize("by", STRATA)
def test_weighted_shares_do_not_tell_hidden_counts(secret, by):
    """Find how small and how great a count can be for a reader who knows all weights, and all who answered where."""
    labels, attacked, several = secret.codebook.strata("province"), 0, 0
    weighs = {province: asked / answering for province, (asked, answering) in CALIBRATED.items()}
    for question in (q for q in secret.codebook.questions if q.type != "texte" and q.id != SPLIT):
        for base in question.bases:
            result = secret.result(question.id, base)
            if not result.uncounted:
                continue
            shares, true = told_shares(secret, result)
            n = np.array([secret.answering(question.id, base, province=p, taille=t) for p, t in true])
            weight = np.array([weighs[labels[p]] for p, _ in true])
            for option, share in shares.items():
                for stratum in secret.codebook.strata(by):
                    inside = np.array([place[STRATA.index(by)] == stratum for place in true])
                    if not 0 < true.loc[option, inside].sum() < 5:
                        continue
                    ends = [(round(share, 2) + half) * float(n @ weight) for half in (-0.005, 0.005)]
                    least, most = (extreme(sign * inside, weight, ends, n) for sign in (1, -1))
                    assert -most - least >= min(5, n[inside].sum()), (question.id, option, stratum)
                    attacked += 1
                    several += question.type == "choix_multiple"
    assert attacked > 50
    assert several > 5


def extreme(target, weight, ends, n):
    """Return the least sum of some counts whose weights come to a share as it is printed."""
    found = milp(target, integrality=np.ones(len(n)), bounds=Bounds(0, n), constraints=LinearConstraint(weight, *ends))
    return round(found.fun)
