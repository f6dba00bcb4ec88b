"""The title of a question's breakdowns says that answers differ where tests say so, and never that they are equal."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from utils.french import typeset
from utils.telling import breakdowns


@pytest.fixture(scope="module")
def found(demo):
    """Return a rated item of active communes by both divisions, with counts that are all published."""
    open_ = replace(demo, about=demo.about.model_copy(update={"seuil_diffusion": 1}))
    return [open_.breakdown("reponse_questions", by) for by in ("province", "taille")]


def decided(found, p):
    """Return a breakdown whose claim has a p-value within its book."""
    return replace(found, book=SimpleNamespace(p=lambda key: p))  # noqa: ARG005


@pytest.mark.parametrize(
    ("ps", "title"),
    [
        ((0.001, 0.001), "Les réponses diffèrent selon la province et la taille"),
        ((0.2, 0.001), "Les réponses diffèrent selon la taille"),
        ((0.2, 0.3), "Aucun écart établi selon la province ni selon la taille"),
    ],
)
def test_the_title_follows_the_tests(found, ps, title):
    assert breakdowns.headline([decided(one, p) for one, p in zip(found, ps, strict=True)]) == title


def test_without_a_test_nothing_is_claimed(found):
    untested = [replace(one, test=None) for one in found]
    assert breakdowns.headline(untested) == typeset(
        "Ce que disent les communes actives selon la province et la taille : réponse aux questions"
    )
    assert "actives selon la province\u00a0:" in breakdowns.headline(untested[:1])
    # Where answers do not allow a test, none says that nothing was found.
    sparse = [replace(one, test=SimpleNamespace(method="sparse"), book=SimpleNamespace(p=lambda _: 1)) for one in found]
    assert breakdowns.headline(sparse) == breakdowns.headline(untested)


def test_of_two_groups_the_one_that_differs_is_named(demo):
    pair = [
        replace(demo.breakdown("obstacle_budget", "province", base), test=object())
        for base in ("actives", "non_actives")
    ]
    sure = [decided(pair[0], 0.2), decided(pair[1], 0.001)]
    assert breakdowns.headline(sure) == typeset("Les réponses des communes non actives diffèrent selon la province")
