"""« Aucun » beside another answer, where the questionnaire does not say whether it rules it out."""

import pytest
from support.asking import asking

from utils.reading.problems import DataError

CELLS = [("aucun;facebook",), ("aucun",), ("facebook",)]


def question(**none):
    medias = {"id": "medias", "type": "choix_multiple"}
    return medias | {
        "modalites": [{"id": "facebook", "libelle": "Facebook"}, {"id": "aucun", "libelle": "aucun"} | none]
    }


def test_it_is_asked_about_with_its_line(tmp_path):
    with pytest.raises(DataError) as error:
        asking(tmp_path / "data", [question()], CELLS)
    (problem,) = error.value.problems
    assert (problem.line, problem.column, problem.value) == (2, "medias", "aucun;facebook")
    assert "`exclusive: true` s’il exclut les autres" in problem.expected
    assert "`exclusive: false`" in problem.expected


def test_the_questionnaire_may_say_that_both_can_be(tmp_path):
    wave = asking(tmp_path / "data", [question(exclusive=False)], CELLS)
    assert wave.cells("medias", "oui").to_dict() == {"facebook": 2, "aucun": 2}


def test_that_it_rules_out_the_others_is_told_as_before(tmp_path):
    with pytest.raises(DataError, match="« aucun » seul, ou les autres réponses sans lui"):
        asking(tmp_path / "data", [question(exclusive=True)], CELLS)


@pytest.mark.parametrize(
    ("none", "asked"),
    [
        ({"id": "nul", "libelle": "Aucun de ces médias"}, True),
        ({"id": "nul", "libelle": "Geen van deze"}, True),
        ({"id": "nul", "libelle": "None of these"}, True),
        ({"id": "autre", "libelle": "aucunement gêné"}, False),
        ({"id": "autre", "libelle": "Nonette"}, False),
    ],
)
def test_what_says_none(none, asked, tmp_path):
    cells = [(f"facebook;{none['id']}",)]
    if not asked:
        assert asking(tmp_path / "data", [question(**none)], cells).cells("medias", "oui").sum() == 2
        return
    with pytest.raises(DataError, match="`exclusive: true`"):
        asking(tmp_path / "data", [question(**none)], cells)


def test_alone_it_needs_no_rule(tmp_path):
    assert asking(tmp_path / "data", [question()], CELLS[1:]).cells("medias", "oui").to_dict() == {
        "facebook": 1,
        "aucun": 1,
    }
