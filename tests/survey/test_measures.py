"""The classes that numbers are counted in: the questionnaire's bounds, or even ones; each number in one class."""

import re

import pytest
from pydantic import ValidationError

from utils.survey.codebook import Question
from utils.survey.measures import MOST, Measure

STATED = {"id": "etp", "chapitre": "c", "type": "nombre", "libelle": "p", "enonce": "e", "base": "communes"}
STATED |= {"unite": "ETP", "minimum": "0", "maximum": "50"}


@pytest.mark.parametrize(
    ("ends", "bounds"),
    [
        ((0, 50, False), (0, 10, 20, 30, 40)),
        ((0, 5, True), (0, 1, 2, 3, 4, 5)),
        ((0, 1, False), (0, 0.2, 0.4, 0.6, 0.8)),
        ((3, 100, True), (3, 20, 40, 60, 80, 100)),
        ((-5, 5, False), (-5, -4, -2, 0, 2, 4)),
        ((0, 500_000, True), (0, 100_000, 200_000, 300_000, 400_000, 500_000)),
    ],
)
def test_classes_that_nobody_states_are_even_and_few(ends, bounds):
    found = Measure.of(*ends, ())
    assert found.bounds == bounds
    assert len(bounds) <= MOST


def test_each_number_that_may_be_answered_falls_into_one_class():
    staff = Measure.of(0, 50, False, (0, 0.5, 1, 5))
    found = [staff.named(value) for value in (0, 0.49, 0.5, 1, 4.99, 5, 50)]
    named = ["0_a_moins_0v5", "0v5_a_moins_1", "1_a_moins_5", "5_et_plus"]
    assert found == [named[0], named[0], named[1], named[2], named[2], named[3], named[3]]
    assert [staff.named(value) for value in (-0.1, 50.1)] == [None, None]
    assert Measure.of(0, 9, True, ()).named(2.5) is None


@pytest.mark.parametrize("ends", [(0, 50, False), (-7, 3, True), (0.5, 12.25, False), (0, 1e6, True)])
def test_the_names_of_classes_are_identifiers_and_differ(ends):
    names = list(Measure.of(*ends, ()).classes)
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)
    assert len(set(names)) == len(names)


def test_whole_numbers_are_called_by_the_greatest_of_their_class():
    people = Measure.of(0, 2000, True, (0, 1, 10, 1000))
    assert list(people.classes.values()) == ["0", "de 1 à 9", "de 10 à 999", "1\u202f000 et plus"]
    staff = Measure.of(0, 50, False, (0, 0.5, 1, 10))
    assert list(staff.classes.values()) == [
        "de 0 à moins de 0,5",
        "de 0,5 à moins de 1",
        "de 1 à moins de 10",
        "10 et plus",
    ]


def test_the_classes_are_the_options_in_order():
    question = Question.model_validate(STATED | {"classes": ["0", "10"]})
    assert question.options == {"0_a_moins_10": "de 0 à moins de 10", "10_et_plus": "10 et plus"}
    assert question.ordonnee
    assert question.single


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"unite": None}, "une `unite`"),
        ({"maximum": "0"}, "plus grand que le `minimum`"),
        ({"maximum": "inf"}, "finite"),
        ({"classes": ["1", "10"]}, "la première au `minimum`"),
        ({"classes": ["0", "10", "10"]}, "ordre croissant"),
        ({"classes": ["0", "60"]}, "au-delà du `maximum`"),
        ({"classes": ["0", "0.5"], "entier": "true"}, "entiers"),
        ({"modalites": [{"id": "a", "libelle": "a"}]}, "ni modalités"),
        ({"type": "texte"}, "de type nombre seulement"),
    ],
)
def test_a_number_that_is_not_described_is_told(change, told):
    with pytest.raises(ValidationError, match=told):
        Question.model_validate(STATED | change)
