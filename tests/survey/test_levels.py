"""What a book could claim of levels and of leads, and what it takes to claim it."""

from dataclasses import replace
from fractions import Fraction
from math import comb

import pandas as pd
import pytest

from utils.statistics.choices import choices
from utils.statistics.likert import distribution
from utils.survey import levels
from utils.survey.proof import Answered, Proof


@pytest.fixture(scope="module")
def found(wave):
    return wave.levels()


def claim(found, question, what, of="", base=None):
    rows = found[(found["question"] == question) & (found["claim"] == what) & (found["of"] == of)]
    return (rows if base is None else rows[rows["base"] == base]).squeeze()


def tails(part, n):
    """Twice the upper tail of the binomial law of one half."""
    return float(Fraction(2 * sum(comb(n, k) for k in range(part, n + 1)), 2**n))


def test_every_claim_has_its_test(found):
    # 92 of 138 communes that answered, of 262; 24 of 92 agree, 68 do not; 91 and 24 cite Facebook and Twitter of 92,
    # so that 23 at least cite both: 68 alone, and 1
    sampled = Fraction(2 * sum(comb(131, k) * comb(131, 138 - k) for k in range(92, 132)), comb(262, 138))
    assert claim(found, "active", "majority").p == pytest.approx(float(sampled), rel=1e-6)
    assert claim(found, "discussion_residents", "minority").p == pytest.approx(tails(68, 92), rel=1e-9)
    assert claim(found, "medias", "first", "facebook").p == pytest.approx(tails(68, 69), rel=1e-9)
    # the message: 82 of 92 announce events, 24 discuss, so that 14 at least do both: 68 alone, and 10
    assert claim(found, "circonstances", "more", "discussion_residents").p == pytest.approx(tails(68, 78), rel=1e-9)
    # 35 of 40 in Liège, of 84 communes: a majority only, one side
    liege = Fraction(sum(comb(42, k) * comb(42, 40 - k) for k in range(35, 41)), comb(84, 40))
    assert claim(found, "active", "majority", "liege").p == pytest.approx(float(liege), rel=1e-6)


def test_claims_are_corrected_as_one_kind_of_four(found):
    told = found["p"].dropna()
    assert len(told) == 39
    least = told.idxmin()
    assert found.loc[least, "corrected"] == pytest.approx(4 * 39 * told.min(), rel=1e-9)
    assert set(found.index[found["made"]]) == set(found.index[found["corrected"] < 0.05])


def test_a_claim_holds_as_the_claims_of_its_book_do(wave, found):
    proof = wave.proof
    assert [proof.holds(p) for p in found["p"]] == list(found["made"])
    assert not proof.holds(float("nan"))
    alone = Proof(lambda: pd.DataFrame({"p": [0.2], "made": [False]}))
    assert alone.holds(0)
    assert not alone.holds(1e-9)


def test_nobody_and_what_is_hidden_claim_nothing(wave):
    split = wave.activity("province")
    silent = replace(wave.likert("discussion_residents"), answers=distribution({}, range(1, 11)))
    empty = replace(wave.choice("medias"), answers=choices(pd.Series({"facebook": 0, "twitter": 0}), 10))
    told = levels.claims([silent, empty], replace(split, hidden=("liege",)))
    assert not (told["question"] == "discussion_residents").any()
    assert told.loc[told["question"] == "medias", "p"].isna().all()
    assert told.set_index("of").loc["liege", ["p", "corrected"]].isna().all()


ROWS = pd.DataFrame(
    [
        *[("oui", "facebook;twitter", "9")] * 3,
        *[("oui", "facebook; youtube", "8")] * 4,
        *[("oui", "twitter", "2")] * 2,
        *[("oui", "youtube", "")] * 1,
        *[("oui", "", "1")] * 5,
        *[("non", "facebook", "9")] * 9,
    ],
    columns=["active", "medias", "sujets_connus"],
)
FACEBOOK = Answered("medias", "actives", ("facebook",), 7, 10)
TWITTER = Answered("medias", "actives", ("twitter",), 5, 10)
AGREED = Answered("sujets_connus", "actives", ("8", "9"), 7, 14)


def known(threshold=1):
    return Proof(lambda: None, ROWS, threshold)


def test_rows_tell_who_gave_one_answer_without_the_other():
    assert known().discordant(FACEBOOK, TWITTER) == (4, 2)  # three gave both, one neither
    # Those who left one of the two questions blank are no pair: of nine, seven Facebook and agreement, two neither.
    assert known().discordant(FACEBOOK, AGREED) == (0, 0)


def test_a_claim_tells_nothing_of_a_small_count():
    assert known(2).discordant(FACEBOOK, TWITTER) is None  # one gave neither
    assert known(1).discordant(FACEBOOK, TWITTER) is not None


def test_rows_that_were_not_counted_so_are_not_used():
    assert known().discordant(FACEBOOK._replace(part=6), TWITTER) is None
    assert known().discordant(Answered("demandes", "repondants", ("charte",), 1, 9), TWITTER) is None
    assert Proof(lambda: None).discordant(FACEBOOK, TWITTER) is None


def chosen(wave, proof, n, **counts):
    return replace(wave.choice("medias"), answers=choices(pd.Series(counts), n), proof=proof)


def test_a_lead_is_as_sure_as_against_the_nearest(wave):
    # By rows, 4 against 2; by counts, three at least gave both of 10: 7 + 5 - 10 = 2, so 5 against 3
    assert levels.leader(chosen(wave, known(), 10, facebook=7, twitter=5)) == pytest.approx(tails(4, 6))
    assert levels.leader(chosen(wave, known(9), 10, facebook=7, twitter=5)) == pytest.approx(tails(5, 8))
    assert levels.leader(chosen(wave, known(), 10, facebook=7, twitter=7)) == 1
    assert pd.isna(levels.leader(chosen(wave, known(), 10, facebook=7)))


def rated(wave, question, agree, of):
    return replace(wave.likert(question), answers=distribution({9: agree, 1: of - agree}, range(1, 11)))


def test_an_item_has_its_place_if_it_is_apart_from_every_other(wave):
    items = [
        rated(wave, name, agree, 40)
        for name, agree in (("reponse_questions", 38), ("annonces_payantes", 19), ("discussion_residents", 18))
    ]
    places = levels.places(items)
    assert places["reponse_questions"] == pytest.approx(tails(21, 23))  # 38 + 19 - 40 gave both
    assert places["annonces_payantes"] == places["discussion_residents"] == pytest.approx(tails(19, 37))
    apart = [items[0], replace(items[1], base="non_actives")]
    assert levels.places(apart).isna().all()
    assert levels.places(items[:1]).isna().all()


def test_an_order_that_those_who_answered_both_turn_round_is_not_sure(wave):
    """Eight of ten agree with the first, seven of ten with the second; of those who answered both, five and seven."""
    cells = [("9", "9")] * 5 + [("9", "")] * 3 + [("1", "9")] * 2
    rows = pd.DataFrame([("oui", *cell) for cell in cells], columns=["active", "sujets_connus", "mentions_connues"])
    proof = Proof(lambda: None, rows)
    first = replace(wave.likert("sujets_connus"), answers=distribution({9: 8, 1: 2}, range(1, 11)), proof=proof)
    second = replace(wave.likert("mentions_connues"), answers=distribution({9: 7, 1: 3}, range(1, 11)), proof=proof)
    one, other = AGREED._replace(part=8), AGREED._replace(question="mentions_connues")
    assert proof.discordant(one, other) == (0, 2)
    assert (levels.places([first, second]) == 1).all()


def test_nothing_is_claimed_of_one_size_of_communes(wave):
    assert not wave.choice("communicateurs", taille="moins_5000").proof.holds(1e-12)
    assert wave.choice("communicateurs").proof.holds(1e-12)
