"""Sentences on two kinds of communes name those that the survey compares."""

import pytest
from support.asking import asking
from support.pairs import CHARTER

from utils.survey.contrasts import ChoiceContrast
from utils.survey.pair import Pair
from utils.telling import numbers, orders

STAFF = {"id": "etp", "type": "nombre", "unite": "agents", "minimum": 0, "maximum": 50, "classes": [0, 1, 2, 5]}
RANKING = {
    "id": "freins",
    "type": "classement",
    "modalites": [{"id": i, "libelle": f"le {i}"} for i in ("temps", "argent")],
}


@pytest.fixture
def pairs(tmp_path, monkeypatch):
    """Return a number and a ranking, by how many of 50 communes with a charter answer otherwise than all others."""

    def made(first):
        cells = [("4", "temps;argent")] * first + [("0", "argent;temps")] * (50 - first)
        questions = [question | {"base": "communes"} for question in (STAFF, RANKING)]
        wave = asking(tmp_path / str(first), questions, cells, active=25)
        monkeypatch.setattr(ChoiceContrast, "kinds", Pair.model_validate(CHARTER))
        return wave.contrast("etp"), wave.contrast("freins")

    return made


@pytest.mark.parametrize("first", [25, 0])
def test_the_kinds_that_are_compared_are_named(pairs, first):
    number, ranking = pairs(first)
    said = f"{numbers.apart(number)} {orders.apart(ranking)}"
    assert "communes dotées d’une charte" in said
    assert "actives" not in said


def test_the_kind_that_gives_higher_numbers_is_named(pairs):
    number, ranking = pairs(25)
    assert numbers.apart(number).startswith(
        "Les communes dotées d’une charte donnent des nombres plus grands que les communes sans charte"
    )
    assert "Communes dotées d’une charte et sans charte classent autrement" in orders.apart(ranking)
