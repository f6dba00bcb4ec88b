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
        "Les communes actives et les autres diffèrent sur l’absence de budget (49 % d’accord contre 17 %), au-delà de "
        "ce que le hasard explique d’ordinaire. Pour le reste, les données ne permettent pas de trancher."
    )
    same = Family(tuple(Contrast(pair.active, replace(pair.active, base="non_actives")) for pair in family.pairs))
    assert obstacles.differences(same).startswith(
        "Les communes actives et les autres ne diffèrent sur aucune affirmation"
    )


def test_obstacles_that_tie_are_all_told(family):
    # 31 of the 46 non-active communes agree with either.
    assert obstacles.headline(family) == typeset(
        "L’obstacle le plus partagé est le manque de personnel formé et disponible : 54 % des communes actives et "
        "67 % des autres, à égalité avec l’absence de lignes directrices. Ces premières places restent à confirmer"
    )


def agreeing(family, *agree):
    """Return the items with how many of 1000 active and of 1000 other communes agree with each."""
    pairs = zip(family.pairs, agree, strict=False)
    return Family(
        tuple(
            Contrast(
                *(answered(side, {10: k, 1: 1000 - k}) for side, k in zip((pair.active, pair.other), of, strict=True))
            )
            for pair, of in pairs
        )
    )


@pytest.mark.parametrize(
    ("agree", "said"),
    [
        # 63.0 and 62.8 % are both printed as 63 %.
        (
            [(370, 628), (340, 630)],
            "L’obstacle le plus partagé est le manque de personnel formé et disponible : 37 % des communes actives et "
            "63 % des autres, presque à égalité avec l’absence de budget. Ces",
        ),
        (
            [(370, 620), (368, 630)],
            "Les obstacles les plus partagés sont le manque de personnel formé et disponible et l’absence de budget, "
            "presque à égalité (37 %) parmi les communes actives, l’absence de budget (63 %) parmi les autres. Ces",
        ),
        (
            [(400, 610), (380, 630)],
            "L’obstacle le plus partagé est le manque de personnel formé et disponible (40 %) parmi les communes "
            "actives, l’absence de budget (63 %) parmi les autres. Ces",
        ),
    ],
)
def test_what_is_printed_alike_is_told_together(family, agree, said):
    assert obstacles.headline(agreeing(family, *agree)).startswith(typeset(said))


def test_a_difference_quotes_what_its_test_is_of(family):
    """Of 400 and 400: agreement, disagreement, the median or, where both have the same, none of these."""

    def differing(pair, active, other):
        return obstacles.differences(Family((Contrast(answered(pair.active, active), answered(pair.other, other)),)))

    budget = family.pairs[1]
    for active, other, told in (
        ({10: 200, 5: 100, 1: 100}, {10: 100, 5: 200, 1: 100}, "50 % d’accord contre 25 %"),
        ({5: 100, 1: 300}, {5: 300, 1: 100}, "75 % en désaccord contre 25 %"),
        # The same sides of the scale; every active commune that disagrees gives 1, every other one 4.
        ({10: 100, 1: 300}, {10: 100, 4: 300}, "score médian : 1 contre 4"),
        ({10: 220, 1: 180}, {10: 220, 4: 180}, "ensemble des scores"),
    ):
        assert f"l’absence de budget ({typeset(told)})" in differing(budget, active, other)


def test_only_what_is_unfavourable_is_called_an_obstacle(tmp_path):
    # Twelve active communes: all agree to « temps », half of them to « budget ».
    mixed = rated(tmp_path / "mixed", "reversed", ("defavorable", "favorable")).contrasts("27_obstacles")
    assert obstacles.headline(mixed) == typeset(
        "L’obstacle le plus partagé est « Manque de budget » : 50 % des communes actives et 50 % des autres. Ces "
        "premières places restent à confirmer"
    )
    assert [result.question.id for result in obstacles.leading(mixed)] == ["budget", "budget"]
    plain = rated(tmp_path / "plain", "reversed", ("neutre", "favorable")).contrasts("27_obstacles")
    assert obstacles.headline(plain).startswith(
        typeset("L’affirmation la plus partagée est « Manque de temps » : 100 % des communes actives et")
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
        "autres, le plus partagé est le manque de personnel formé et disponible (54 %), une première place à confirmer"
    )
    assert "premier rang assuré : manque de personnel formé et disponible" in obstacles.rankings(
        sure, "actives"
    ).replace("\u00a0", " ")
    assert "ni le premier ni le dernier rang" in obstacles.rankings(sure, "non_actives")
    every = Family((answering(first, 92, 46), *(answering(pair, 40, 10) for pair in others)))
    assert obstacles.headline(every) == typeset(
        "Le premier obstacle est le manque de personnel formé et disponible : 100 % des communes actives et 100 % des "
        "autres"
    )
    there = Family((answering(first, 41, 46), *(answering(pair, 40, 10) for pair in others)))
    assert obstacles.headline(there).startswith("Le premier obstacle des autres est")


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
