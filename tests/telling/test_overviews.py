"""The titles of drawings of several rated items: what comes first, and whether that is sure."""

from dataclasses import replace

import pandas as pd
import pytest

from utils.french import capitalise, typeset
from utils.statistics.likert import distribution
from utils.survey.contrasts import Contrast
from utils.survey.items import Family
from utils.survey.proof import Proof
from utils.telling import overviews


def answered(result, agree, n=1000):
    return replace(result, answers=distribution({10: agree, 1: n - agree}, range(1, 11)))


def said(wave, *agree, certain=False):
    """Tell of items that as many of 1000 agree with; `certain`: claims hold whatever their p-value."""
    proof = Proof(lambda: pd.DataFrame({"p": [1.0 if certain else 0.0], "made": [True]}))
    plain = wave.likert("discussion_residents")
    items = []
    for name, k in zip("abcd", agree, strict=False):
        question = plain.question.model_copy(update={"id": name, "constat": f"faire {name}", "libelle": name})
        items.append(replace(answered(plain, k), question=question, proof=proof))
    return overviews.items(items)


@pytest.mark.parametrize(
    ("agree", "certain", "told"),
    [
        ((700, 300), True, "Les communes actives disent plus souvent faire a que faire b"),
        ((300, 700), False, "disent plus souvent faire b que faire a ; cet écart reste à confirmer"),
        ((500, 500), False, "Les communes actives disent à égalité faire a et faire b"),
        ((501, 502), False, "Les communes actives disent presque à égalité faire b et faire a"),
        ((700, 500, 300), True, "disent le plus souvent faire a, le moins souvent faire c"),
        ((700, 500, 300), False, "le moins souvent faire c, deux places à confirmer"),
        ((700, 703, 300), False, "disent le plus souvent faire b et faire a, le moins souvent faire c, deux places"),
        ((700,), False, "Accord et désaccord des communes actives : a"),
    ],
)
def test_items_are_told_by_their_ends(wave, agree, certain, told):
    assert typeset(told) in said(wave, *agree, certain=certain)


def test_items_that_not_the_same_were_asked_are_put_in_no_order(wave):
    one = answered(wave.likert("discussion_residents"), 700)
    assert overviews.items([one, replace(one, base="communes")]) == (
        "Accord et désaccord de ceux à qui chaque affirmation s’adresse"
    )


def test_two_groups_are_told_together_where_the_same_comes_last(wave):
    family = wave.contrasts("27_obstacles")
    first, second, *_ = family.pairs

    def of(pair, active, other):
        return Contrast(answered(pair.active, active), answered(pair.other, other))

    apart = Family((of(first, 400, 290), of(second, 390, 310)))
    last = first.active.named, second.active.named
    assert overviews.groups(apart) == (
        f"Viennent en dernier {last[1]} parmi les communes actives, {last[0]} parmi les autres, sans certitude"
    )
    sure = Family((of(first, 900, 900), of(second, 100, 100)))
    assert overviews.groups(sure) == capitalise(f"{last[1]} vient en dernier dans les deux groupes")
    one = Family((of(first, 900, 500), of(second, 100, 495)))
    assert overviews.groups(one).endswith(typeset("; ce n’est sûr que parmi les communes actives"))


def test_groups_whose_items_are_level_have_no_last(wave):
    first, second, *_ = wave.contrasts("27_obstacles").pairs
    level = [Contrast(answered(pair.active, 300), answered(pair.other, 300)) for pair in (first, second)]
    told = "Accord et désaccord des communes actives et des communes non actives"
    assert overviews.groups(Family(tuple(level))) == overviews.groups(Family((level[0],))) == told


def test_ranks_that_are_sure_are_named(wave):
    family = wave.contrasts("27_obstacles")
    assert overviews.places(family) == "Ni le premier ni le dernier rang n’est assuré"
    first, *others = family.pairs
    sure = Family(
        (
            Contrast(answered(first.active, 92, 92), answered(first.other, 20, 46)),
            *(Contrast(answered(pair.active, 40, 92), answered(pair.other, 20, 46)) for pair in others),
        )
    )
    assert overviews.places(sure) == (
        "Parmi les communes actives, le premier rang est assuré (le manque de personnel formé et disponible)"
    )


def test_nobody_answered(wave):
    family = wave.contrasts("27_obstacles")
    silent = Family(tuple(Contrast(answered(p.active, 0, 0), answered(p.other, 0, 0)) for p in family.pairs))
    assert overviews.groups(silent) == "Aucune réponse à ces questions"
    assert overviews.places(silent) == overviews.places(Family(())) == "Aucun rang à montrer"
    assert overviews.items([answered(wave.likert("discussion_residents"), 0, 0)]) == "Aucune réponse à ces questions"
