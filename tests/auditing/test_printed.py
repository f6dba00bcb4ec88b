"""What the study prints, computed again: what agrees, what differs, and what would explain it."""

import csv
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from utils.auditing import printed as audit_module
from utils.auditing.printed import BaseUse, audit, bases_used
from utils.auditing.vocabulary import printed_as
from utils.paths import DATA
from utils.reading import waves

HEADER = "question,modalite,active,province,taille,mesure,valeur\n"


@pytest.fixture(scope="module")
def checks(wave):
    return audit(wave)


def printed(wave, *rows):
    """Replace what the study prints and return the checks of it, without those of the totals."""
    table = pd.DataFrame([row.split(",") for row in rows], columns=HEADER.strip().split(","))
    found = audit(replace(wave, published=table.astype({"valeur": float})))
    return [check for check in found if check.measure != "total"]


def of(wave, *questions):
    """Return the wave with the printed values of a few questions: all of them would take long to hold twice."""
    return replace(wave, published=wave.published[wave.published["question"].isin(questions)])


def named(checks, question, answer="", measure="pourcentage", group="actives", stratum=""):
    wanted = (question, answer, measure, group, stratum)
    return next(c for c in checks if (c.question.id, c.answer, c.measure, c.group, c.stratum) == wanted)


def test_verdicts_of_2017(checks):
    assert Counter(check.verdict for check in checks) == {"concordant": 305, "different": 5, "compatible": 1}


def test_measures_of_2017(checks):
    assert Counter(check.measure for check in checks) == {"pourcentage": 262, "total": 21, "mediane": 18, "taux": 10}


# What the study prints and what its counts give.
DIFFERENT = {
    ("circonstances", "services", "pourcentage"): (86, 7300 / 92),
    ("communication_adaptee", "2", "pourcentage"): (6, 600 / 92),
    ("obstacle_dirigeants", "", "mediane"): (4, 3.5),
    ("communication_adaptee", "", "total"): (92, 94),
    ("annonces_payantes", "", "total"): (92, 91),
}


def test_differences_of_2017(checks):
    different = [check for check in checks if check.verdict == "different"]
    found = {(c.question.id, c.answer, c.measure): (c.printed, c.computed) for c in different}
    assert found == {key: (shown, pytest.approx(value)) for key, (shown, value) in DIFFERENT.items()}
    assert {check.group for check in different} == {"actives"}


HABITANTS = "active,habitants,toutes,toutes,toutes,taux,{}"


def test_what_can_only_be_bounded(checks):
    [check] = [check for check in checks if check.verdict == "compatible"]
    assert (check.question.id, check.answer, check.measure, check.printed) == ("active", "habitants", "taux", 59)
    assert (check.computed, check.part, check.base) == (None, None, None)


def test_the_share_of_inhabitants_has_the_bounds_that_its_certificates_prove(wave, checks):
    """Weak duality: for any price of each group, no choice of communes passes the bound that the prices make.

    With n communes of each group to choose, total people <= sum(price * n) + sum(max(0, people - prices)), and at
    least the same with min. The prices are whole numbers; what is summed here are the list's and the study's.
    """
    took_part = {"brabant_wallon": 14, "hainaut": 39, "liege": 40, "luxembourg": 24, "namur": 21}
    took_part |= {"moins_5000": 28, "5000_20000": 89, "20000_50000": 13, "plus_50000": 8}
    most = {"brabant_wallon": 58545, "hainaut": 58234, "liege": 57681, "luxembourg": 56202, "namur": 57041}
    most |= {"moins_5000": -53734, "5000_20000": -48393, "20000_50000": -30024, "plus_50000": 0}
    least = {"brabant_wallon": 198534, "hainaut": 198511, "liege": 197355, "luxembourg": 196474, "namur": 197315}
    least |= {"moins_5000": -194003, "5000_20000": -188087, "20000_50000": -172058, "plus_50000": 0}
    with (DATA / "2017" / "communes.csv").open(encoding="utf-8") as file:
        listed = [(row["province"], int(row["population"])) for row in csv.DictReader(file)]
    ends = []
    for prices, best in ((least, min), (most, max)):
        bound = sum(prices[group] * n for group, n in took_part.items())
        for province, people in listed:
            size = ("moins_5000", "5000_20000", "20000_50000", "plus_50000")[
                sum(people >= limit for limit in (5000, 20000, 50000))
            ]
            bound += best(0, people - prices[province] - prices[size])
        ends.append(bound)
    assert ends == [1_732_000, 2_575_834]
    # The counts reach these bounds, so that they are the very ends: 47.8 and 71.1 % of 3 624 377 people.
    [check] = [check for check in checks if check.possible]
    assert check.possible == pytest.approx([100 * end / 3_624_377 for end in ends])
    assert (wave.coverage().low, wave.coverage().high) == pytest.approx([end / 3_624_377 for end in ends])


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("47", "different"), ("48", "compatible"), ("71", "compatible"), ("71.0", "compatible"), ("71.2", "different")],
)
def test_a_value_outside_its_bounds_differs(wave, value, verdict):
    assert [check.verdict for check in printed(wave, HABITANTS.format(value))] == [verdict]


def test_what_cannot_be_checked(wave):
    [check] = printed(replace(wave, communes=None), HABITANTS.format(59))
    assert (check.verdict, check.possible) == ("non_verifiable", ())


def test_printed_values_keep_their_order_and_totals_come_last(wave, checks):
    rows = wave.published
    assert [c.question.id for c in checks[: len(rows)]] == list(rows["question"])
    assert [c.printed for c in checks[: len(rows)]] == list(rows["valeur"])
    assert {c.measure for c in checks[len(rows) :]} == {"total"}


def test_a_percentage_and_what_it_stands_on(checks):
    twitter = named(checks, "medias", "twitter")
    assert (twitter.part, twitter.base, twitter.printed) == (24, 92, 26)
    assert twitter.computed == pytest.approx(26.087, abs=0.001)


def test_a_percentage_of_one_size(checks):
    mayors = named(checks, "communicateurs", "bourgmestre", stratum="5000_20000")
    assert (mayors.part, mayors.base, mayors.printed, mayors.verdict) == (16, 56, 29, "concordant")


def test_a_percentage_of_one_province(checks):
    brabant = named(checks, "active", "oui", group="communes", stratum="brabant_wallon")
    assert (brabant.part, brabant.base, brabant.printed) == (4, 14, 29)


def test_a_percentage_of_non_active_communes(checks):
    first = named(checks, "obstacle_budget", "1", group="non_actives")
    assert (first.part, first.base, first.printed, first.total) == (10, 46, 22, 46)


def test_a_rate_of_participation(checks):
    liege = named(checks, "active", measure="taux", group="communes", stratum="liege")
    assert (liege.part, liege.base, liege.printed, liege.verdict) == (40, 84, 48, "concordant")


def test_a_median_between_two_answers(checks):
    leaders = named(checks, "obstacle_dirigeants", measure="mediane")
    assert (leaders.middle, leaders.computed, leaders.printed) == ((3, 4), 3.5, 4)


def test_a_median_on_one_answer_of_an_odd_number(checks):
    paid = named(checks, "annonces_payantes", measure="mediane")
    assert (paid.middle, paid.total, paid.verdict) == ((1,), 91, "concordant")


def test_two_middle_answers_that_are_equal(checks):
    assert named(checks, "strategie_communication", measure="mediane").middle == (8, 8)


def test_every_table_of_one_answer_has_its_total(wave, checks):
    totals = {(c.question.id, c.group) for c in checks if c.measure == "total"}
    # Who is active is what the bases are counted from: its total is its base.
    once = {q.id for q in wave.codebook.questions if q.type in ("likert", "choix_unique")} - {"active"}
    assert {question for question, _ in totals} == once
    obstacles = [question for question in once if question.startswith("obstacle_")]
    assert len(totals) == len(once) + len(obstacles) == 21


# 79 of 92 would give the 86 % printed for 73; 2 % of 140 stands for 3 only.
COUNTS_THAT_FIT = {
    "circonstances,services,oui,toutes,toutes,pourcentage,86": (79,),
    "demandes,chatbots,toutes,toutes,toutes,pourcentage,2": (3,),
    "role,echevin,toutes,toutes,toutes,pourcentage,4": (5, 6),
    "communicateurs,community_manager,oui,toutes,20000_50000,pourcentage,50": (4,),
    "communicateurs,bourgmestre,oui,toutes,20000_50000,pourcentage,51": (),
    "medias,snapchat,oui,toutes,toutes,pourcentage,0": (0,),
    "medias,facebook,oui,toutes,toutes,pourcentage,100": (92,),
}


def test_counts_that_fit(wave):
    found = [check.counts_that_fit for check in printed(wave, *COUNTS_THAT_FIT)]
    assert dict(zip(COUNTS_THAT_FIT, found, strict=True)) == COUNTS_THAT_FIT


# 6 of 92 is 7 %; of 94, the total of its table, 6 %; of 140 or 138, 4 %; of 46, 13 %.
@pytest.mark.parametrize(
    ("percentage", "bases"),
    [(7, ()), (6, ("total",)), (4, ("repondants", "communes")), (13, ("non_actives",)), (50, ())],
)
def test_bases_that_fit(wave, percentage, bases):
    rows = wave.published
    rows = rows[(rows["question"] == "communication_adaptee") & (rows["modalite"] == "2")].assign(valeur=percentage)
    check = audit(replace(wave, published=rows))[0]
    assert check.bases_that_fit == bases
    assert check.verdict == ("concordant" if percentage == 7 else "different")


# 1 and 3 of the 8 active communes of 20 000 to 50 000 inhabitants are 12.5 and 37.5 %, 35 of 40 are 87.5 %.
HALVES = (
    "communicateurs,community_manager,oui,toutes,20000_50000,pourcentage,{}",
    "communicateurs,bourgmestre,oui,toutes,20000_50000,pourcentage,{}",
    "active,oui,toutes,liege,toutes,pourcentage,{}",
    "obstacle_dirigeants,,oui,toutes,toutes,mediane,{}",
)


@pytest.mark.parametrize(
    ("values", "verdict"), [((13, 38, 88, 3.5), "concordant"), ((12, 37, 87, 3), "different")], ids=["up", "down"]
)
def test_halves_go_up_and_medians_are_not_rounded(wave, values, verdict):
    found = printed(wave, *map(str.format, HALVES, values))
    assert [(check.printed, check.verdict) for check in found] == [(value, verdict) for value in values]


# 59 of 140 is 42.142857 %, and 30 of 140 is 21.428571 %; a final zero is not kept.
@pytest.mark.parametrize(
    ("value", "verdict", "fitting"),
    [
        ("42.1", "concordant", (59,)),
        ("42.14", "concordant", (59,)),
        ("42.0", "concordant", (59,)),
        ("42.2", "different", ()),
    ],
)
def test_a_percentage_is_rounded_as_it_was_printed(wave, value, verdict, fitting):
    [check] = printed(wave, f"role,charge_communication,toutes,toutes,toutes,pourcentage,{value}")
    assert (check.verdict, check.counts_that_fit) == (verdict, fitting)


def test_decimals_are_read_from_the_file(data):
    row = "role,charge_communication,toutes,toutes,toutes,pourcentage,42.1\n"
    (data / "2017" / "publie.csv").write_text(HEADER + row, encoding="utf-8")
    check = audit(waves.load("2017", data))[0]
    assert (check.printed, check.verdict) == (42.1, "concordant")


def test_a_rate_is_rounded_as_it_was_printed(wave):
    rows = [f"active,toutes,toutes,toutes,plus_50000,taux,{value}" for value in ("88.9", "88.8")]
    assert [printed(wave, row)[0].verdict for row in rows] == ["concordant", "different"]


@pytest.mark.parametrize(("base", "percentage"), [(92, 86), (3, 33.3), (7, 0), (8, 100), (1, 0), (140, 2.5), (0, 5)])
def test_counts_that_fit_are_all_that_do(base, percentage):
    wanted = [k for k in range(base + 1) if base and printed_as(100 * k / base, percentage)]
    assert list(audit_module._counts_that_fit(base, percentage)) == wanted


def test_a_printed_value_that_changes_is_found(data):
    path = data / "2017" / "publie.csv"
    old, new = "medias,twitter,oui,toutes,toutes,pourcentage,26", "medias,twitter,oui,toutes,toutes,pourcentage,27"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = [c for c in audit(of(waves.load("2017", data), "medias")) if c.verdict == "different"]
    assert [(c.question.id, c.answer, c.printed) for c in found if c.measure != "total"] == [("medias", "twitter", 27)]
    assert found[0].counts_that_fit == (25,)


def test_a_count_that_changes_is_found(data):
    path = data / "2017" / "effectifs.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("role,echevin,toutes,toutes,toutes,5", "role,echevin,toutes,toutes,toutes,4"))
    found = [
        c for c in audit(of(waves.load("2017", data), "role")) if c.question.id == "role" and c.verdict != "concordant"
    ]
    assert [(c.answer, c.measure, c.printed, c.computed) for c in found] == [
        ("echevin", "pourcentage", 4, pytest.approx(2.857, abs=0.001)),
        ("", "total", 140, 139),
    ]


def test_a_median_and_a_rate_that_change_are_found(wave):
    rows = ("sujets_connus,,oui,toutes,toutes,mediane,6", "active,toutes,toutes,toutes,plus_50000,taux,88")
    assert [(c.verdict, c.computed) for c in printed(wave, *rows)] == [
        ("different", 7),
        ("different", pytest.approx(800 / 9)),
    ]


def test_nobody_in_a_stratum_cannot_be_checked(wave):
    counts = wave.counts.copy()
    counts.loc[counts["taille"] == "plus_50000", "effectif"] = 0
    found = audit(replace(of(wave, "communicateurs"), counts=counts))
    empty = [c for c in found if c.stratum == "plus_50000"]
    assert len(empty) == 5
    assert {(c.verdict, c.base, c.counts_that_fit) for c in empty} == {("non_verifiable", 0, ())}


def test_nobody_answered_a_rated_item(wave):
    counts = wave.counts.copy()
    counts.loc[counts["question"] == "sujets_connus", "effectif"] = 0
    found = audit(replace(of(wave, "sujets_connus"), counts=counts))
    median = named(found, "sujets_connus", measure="mediane")
    assert (median.verdict, median.computed, median.middle, median.total) == ("non_verifiable", None, (), 0)


def test_a_study_that_prints_nothing(data):
    (data / "2017" / "publie.csv").write_text(HEADER, encoding="utf-8")
    wave = waves.load("2017", data)
    assert [check.measure for check in audit(wave)] == ["total"] * 21
    assert bases_used(wave) == ()
    assert wave.coverage().printed is None


def test_respondents_rows_are_no_published_study(demo):
    assert audit(demo) == ()


@pytest.fixture(scope="module")
def used(wave):
    few = of(wave, "role", "medias", "communication_adaptee", "obstacle_innovation")
    return {(use.question.id, use.group): use for use in bases_used(few)}


def fit(use):
    return use.stated, use.total, use.cells, use.on_stated, use.on_total


def test_one_table_is_printed_on_its_own_total(used):
    assert fit(used["communication_adaptee", "actives"]) == (92, 94, 10, 9, 10)


def test_active_and_other_communes_are_held_apart(used):
    assert fit(used["obstacle_innovation", "actives"]) == (92, 92, 10, 10, 10)
    assert fit(used["obstacle_innovation", "non_actives"]) == (46, 46, 10, 10, 10)


def test_respondents_are_a_base_of_their_own(used):
    assert fit(used["role", "repondants"]) == (140, 140, 6, 6, 6)


def test_percentages_of_strata_are_no_part_of_a_table(wave):
    rows = wave.published[(wave.published["question"] == "active") & (wave.published["mesure"] == "pourcentage")]
    assert len(rows) == 7
    [use] = bases_used(replace(wave, published=rows))
    assert fit(use) == (138, 138, 2, 2, 2)


def test_several_answers_a_commune_have_no_total(used):
    assert len(used) == 4
    assert "medias" not in {question for question, _ in used}


def test_a_use_of_a_base_names_its_question(wave, used):
    expected = BaseUse(wave.codebook["communication_adaptee"], "actives", 92, 94, 10, 9, 10)
    assert used["communication_adaptee", "actives"] == expected
