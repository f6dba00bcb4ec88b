"""The rated items of a chapter together: what comes first, and on what two groups differ, only where that is sure."""

from dataclasses import replace

import pytest
from support.scales import rated

from utils.french import typeset
from utils.statistics.likert import distribution
from utils.survey.contrasts import Contrast
from utils.survey.items import Family
from utils.telling import obstacles


@pytest.fixture(scope="module")
def family(wave):
    return wave.contrasts("27_obstacles")


def answered(result, counts):
    return replace(result, answers=distribution(counts, range(1, 11)))


def test_only_what_resists_the_whole_book_is_called_different(family):
    assert obstacles.differences(family) == typeset(
        "Les communes actives et les autres diffèrent sur le manque de budget (49 % contre 17 %), au-delà de ce que le "
        "hasard explique d’ordinaire. Pour le reste, les données ne permettent pas de trancher."
    )
    same = Family(tuple(Contrast(pair.active, replace(pair.active, base="non_actives")) for pair in family.pairs))
    assert obstacles.differences(same).startswith(
        "Les communes actives et les autres ne diffèrent sur aucune affirmation"
    )


def test_obstacles_that_tie_are_all_told(family):
    # 31 of the 46 non-active communes agree with either.
    assert obstacles.headline(family) == typeset(
        "L’obstacle le plus partagé est, parmi les communes actives, le manque de personnel formé et disponible "
        "(54 %) et, parmi les communes non actives, à égalité le manque de personnel formé et disponible et l’absence "
        "de lignes directrices (67 %) ; dans aucun des deux groupes cette première place n’est assurée"
    )


def test_only_what_is_unfavourable_is_called_an_obstacle(tmp_path):
    # Twelve active communes: all agree to « temps », half of them to « budget ».
    mixed = rated(tmp_path / "mixed", "reversed", ("defavorable", "favorable")).contrasts("27_obstacles")
    assert obstacles.headline(mixed) == typeset(
        "L’obstacle le plus partagé est, parmi les communes actives, « Manque de budget » (50 %) et, parmi les "
        "communes non actives, « Manque de budget » (50 %) ; dans aucun des deux groupes cette première place n’est "
        "assurée"
    )
    assert [result.question.id for result in obstacles.leading(mixed)] == ["budget", "budget"]
    plain = rated(tmp_path / "plain", "reversed", ("neutre", "favorable")).contrasts("27_obstacles")
    assert obstacles.headline(plain).startswith(
        typeset("L’affirmation la plus partagée est « Manque de temps » (100 %) parmi les communes actives")
    )


def test_an_obstacle_is_the_first_where_that_is_sure(family):
    """Of 92, all agree with the first and 40 with the others; of 46, 25 and 24."""

    def answering(pair, active, other):
        sides = ((pair.active, active, 92), (pair.other, other, 46))
        return Contrast(*(answered(side, {10: k, 1: n - k}) for side, k, n in sides))

    first, *others = family.pairs
    sure = Family((answering(first, 92, 25), *(answering(pair, 40, 24) for pair in others)))
    assert obstacles.headline(sure) == typeset(
        "Le premier obstacle des communes actives est le manque de personnel formé et disponible (100 %) ; parmi les "
        "communes non actives, le plus partagé est le manque de personnel formé et disponible (54 %), une première "
        "place à confirmer"
    )
    assert "premier rang assuré : manque de personnel formé et disponible" in obstacles.rankings(
        sure, "actives"
    ).replace("\u00a0", " ")
    assert "ni le premier ni le dernier rang" in obstacles.rankings(sure, "non_actives")
    every = Family((answering(first, 92, 46), *(answering(pair, 40, 10) for pair in others)))
    assert obstacles.headline(every) == typeset(
        "Le premier obstacle est le manque de personnel formé et disponible (100 %) parmi les communes actives ; parmi "
        "les communes non actives, le manque de personnel formé et disponible (100 %)"
    )
    there = Family((answering(first, 41, 46), *(answering(pair, 40, 10) for pair in others)))
    assert obstacles.headline(there).startswith("Le premier obstacle des communes non actives")


def test_a_rank_is_sure_by_every_criterion_or_by_none(family):
    """More agree with the first, by the least score of agreement; fewer with the others, by the highest."""

    def answering(pair, scores):
        return Contrast(answered(pair.active, scores), answered(pair.other, {7: 1, 1: 45}))

    first, *others = family.pairs
    torn = Family((answering(first, {7: 80, 1: 12}), *(answering(pair, {10: 40, 6: 52}) for pair in others)))
    assert obstacles.headline(torn).startswith("Le premier obstacle des communes actives")
    assert "ni le premier" in obstacles.rankings(torn, "actives")


def test_rankings_tell_which_criterion_gives_which_order(family):
    said = obstacles.ranking(family, "non_actives")
    assert "selon la moyenne, manque de personnel formé et disponible ;".replace(" ;", "\u202f;") in said
    assert "à égalité" in said
    assert "L’ordre change selon qu’on classe" in obstacles.rankings(family, "non_actives")
