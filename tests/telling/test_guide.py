"""How a chapter is read is told of what it holds, in five lines at most."""

import pytest
from support.scales import rated

from utils.french import typeset
from utils.telling.guide import guide

RATED = typeset(
    "Les scores vont de 1 (pas du tout d’accord) à 10 (tout à fait d’accord) ; "
    "le livre compte 7 à 10 comme un accord, 1 à 4 comme un désaccord et 5 à 6 comme le milieu."
)


@pytest.mark.parametrize(
    ("slug", "rates", "several", "gap"),
    [
        ("21_profil", False, False, "entre deux parts"),
        ("24_pratiques", True, True, "entre deux parts"),
        ("27_obstacles", True, False, "entre deux groupes"),
        ("28_attentes", False, True, "entre deux parts"),
    ],
)
def test_a_chapter_is_explained_by_its_questions(wave, slug, rates, several, gap):
    told = guide(wave, slug)
    assert (RATED in told) == rates
    assert any("ne s’additionnent pas" in line for line in told) == several
    assert any(gap in line for line in told)
    assert not any("[c]" in line for line in told), "2017 publishes all that the study does"


def test_what_is_to_be_confirmed_is_explained_once(wave):
    for slug in ("24_pratiques", "27_obstacles"):
        told = [line for line in guide(wave, slug) if "À confirmer" in line]
        assert len(told) == 1
        assert "deux intervalles séparés n’y suffisent pas" in told[0]


@pytest.mark.parametrize("slug", ["21_profil", "24_pratiques", "27_obstacles", "28_attentes", "25_acteurs"])
def test_never_more_than_five_lines_and_what_is_hidden_is_one_of_them(demo, slug):
    told = guide(demo, slug)
    assert len(told) <= 5
    assert sum("[c]" in line for line in told) == 1


@pytest.mark.parametrize(
    ("slug", "lines"),
    [("22_presence", 1), ("28_attentes", 1), ("24_pratiques", 1), ("23_connaissance", 0), ("27_obstacles", 0)],
)
def test_the_line_of_a_bar_is_explained_where_a_bar_has_one(wave, slug, lines):
    assert sum("trait d’une barre" in line for line in guide(wave, slug)) == lines


def test_scales_that_differ_are_not_told_as_one(tmp_path):
    told = guide(rated(tmp_path / "data", "lengths"), "27_obstacles")
    assert not any("Les scores vont" in line for line in told)
