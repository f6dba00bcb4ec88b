"""A commune beside its peers, in a wave small enough to be counted by hand."""

import pandas as pd
import pytest
from support.respondents import small

from utils.reading.own import own_answers
from utils.statistics.others import Counted, crossed, middle, rest_told, told
from utils.survey.peers import ALL_PEERS, peers, places

# Eight communes answer: Namur, Liège, Mons, Arlon, Wavre, Ohey, Bastogne, Bouillon; Mons, Ohey and Bouillon are
# not active. Three have more than 50 000 inhabitants, two from 20 000, two from 5 000 (Ohey, just), one fewer.
NAMUR, MONS, BOUILLON, ROEULX = "92094", "53053", "84010", "55035"
SCORES = {
    "92094": "9",
    "62063": "3",
    "53053": "4",
    "81001": "7",
    "25112": "8",
    "92097": "4",
    "82003": "5",
    "84010": "1",
}


def folder(**answers):
    """Return the wave in which every active commune answers the same, but for what a test says."""
    made = small()
    made.frame = [dict(row) for row in made.frame]
    for row in made.rows:
        active = row["active"] == "oui"
        row |= {"reponse_questions": SCORES[row["ins"]] if active else "", "medias": "facebook" if active else ""}
        row |= {name: of[row["ins"]] for name, of in answers.items() if row["ins"] in of}
    return made


def known(made, data):
    wave = made.load(data)
    return peers(wave), own_answers(wave, data)


def place(found, ins, question, answer):
    return next(p for p in places(found[0], ins, found[1][ins]) if (p.question.id, p.answer) == (question, answer))


def test_others_are_counted_without_the_commune(tmp_path):
    found = known(folder(), tmp_path)
    at = place(found, NAMUR, "reponse_questions", "accord")
    # The other active ones: Liège 3, Arlon 7, Wavre 8, Bastogne 5; agreement begins at 7.
    assert (at.groups[ALL_PEERS].share, at.groups[ALL_PEERS].n) == (0.5, 4)
    assert (at.groups["taille"].share, at.groups["taille"].n) == (0, 1)  # Liège
    assert at.groups["province"] is None  # Ohey is not active: nobody else of Namur rated it
    assert at.scores == (9,)
    assert at.own is True


def test_quartiles_are_those_of_the_others(tmp_path):
    at = place(known(folder(), tmp_path), NAMUR, "reponse_questions", "accord")
    assert at.middle == (4, 6, 7.5)  # of 3, 5, 7, 8
    assert at.n == 4


def test_a_commune_is_beside_those_of_its_kind(tmp_path):
    found = known(folder(), tmp_path)
    bases = {p.base for p in places(found[0], MONS, found[1][MONS]) if p.question.id == "obstacle_budget"}
    assert bases == {"non_actives"}
    media = place(found, MONS, "medias", "facebook")
    assert (media.own, media.asked, media.groups[ALL_PEERS].n) == (None, False, 5)


def test_a_commune_alone_of_its_size_has_no_peers_there(tmp_path):
    found = known(folder(), tmp_path)
    assert found[0].others(BOUILLON, "taille") == 0
    assert found[0].others(BOUILLON) == 7
    assert all(p.groups["taille"] is None for p in places(found[0], BOUILLON, found[1][BOUILLON]) if p.asked)


def test_a_blank_is_no_answer(tmp_path):
    made = folder(reponse_questions={NAMUR: ""}, medias={NAMUR: ""})
    found = known(made, tmp_path)
    at = place(found, NAMUR, "reponse_questions", "accord")
    assert (at.own, at.scores, at.groups[ALL_PEERS].n) == (None, (), 4)
    assert place(found, NAMUR, "medias", "facebook").own is None


def test_of_two_respondents_the_last_speaks_for_the_commune_and_both_for_themselves(tmp_path):
    made = folder()
    again = next(row for row in made.rows if row["ins"] == NAMUR) | {"id": "R99", "date": "2026-04-30"}
    made.rows.append(again | {"reponse_questions": "2", "demandes": "guides", "role": "echevin"})
    found = known(made, tmp_path)
    assert place(found, NAMUR, "reponse_questions", "accord").scores == (2,)
    own, codebook = found[1][NAMUR], found[0].codebook
    assert [q.id for q in own.disagreements(codebook)] == ["reponse_questions"]
    assert len(own.given(codebook["demandes"])) == 2
    # Both are taken off what respondents asked for: seven others answered.
    assert place(found, NAMUR, "demandes", "guides").groups[ALL_PEERS].n == 7
    assert not [p for p in places(found[0], NAMUR, own) if p.question.id == "role"]  # they are not of one function


def test_who_did_not_take_part_has_no_row(tmp_path):
    assert ROEULX not in known(folder(), tmp_path)[1]


def test_with_a_threshold_few_others_are_told_nowhere(tmp_path):
    made = folder()
    made.about |= {"seuil_diffusion": 5}
    found = known(made, tmp_path)
    shares = [s for p in places(found[0], NAMUR, found[1][NAMUR]) for s in p.groups.values() if s]
    # Five are active: four others, fewer than five. Of all eight, seven others: only what all or none say.
    assert {s.n for s in shares} <= {7}
    assert {s.share for s in shares} <= {0, 1, 5 / 7}


@pytest.mark.parametrize(
    ("k", "n", "may"), [(0, 5, True), (5, 5, True), (0, 4, False), (1, 9, False), (5, 9, False), (5, 10, True)]
)
def test_what_of_a_group_may_be_told(k, n, may):
    assert told(Counted(k, n), 5) is may


def test_what_two_groups_leave_of_a_larger_one():
    assert rest_told(Counted(6, 30), Counted(6, 30), 5)  # nobody is left
    assert not rest_told(Counted(6, 30), Counted(9, 60), 5)  # three are
    assert not rest_told(Counted(6, 30), Counted(33, 60), 5)  # three did not
    assert not rest_told(Counted(6, 30), Counted(7, 33), 5)


def test_where_two_groups_cross():
    # Ten of the first group of twenty, six of the second of twelve; ten of both, of forty in all with sixteen:
    # nobody of neither. Of the ten of both, two (of the second, two alone) to six: four apart.
    assert not crossed(Counted(14, 40), Counted(10, 20), Counted(6, 12), [10], [], 5)
    assert crossed(Counted(20, 60), Counted(10, 30), Counted(10, 30), [15], [], 5)
    # None of the second: so none of both, and the first is known to be all out of it.
    assert crossed(Counted(20, 60), Counted(10, 30), Counted(0, 12), [6], [], 5)


def test_a_quartile_that_few_gave_is_not_told():
    scores = range(1, 6)
    assert middle(pd.Series([5, 5, 5, 5, 0], scores), 5) == (1.5, 2.5, 3.5)
    assert middle(pd.Series([10, 0, 4, 0, 10], scores), 5) is None  # the median is that of four
    assert middle(pd.Series([5, 5, 5, 4, 0], scores), 5) is None  # nineteen are too few for quarters of five
