"""Counts of an edition rounded before anything is computed: what two builds that differ by a row still tell."""

from dataclasses import replace

import pytest
from support.respondents import small

from utils.offering.tidy import tidy
from utils.reading import waves
from utils.reading.problems import DataError
from utils.statistics.rounding import rounded
from utils.telling import method, phrases


def rounding(wave, base=5):
    return replace(wave, about=wave.about.model_copy(update={"arrondi": base})).rounded()


@pytest.fixture(scope="module")
def five(demo):
    return rounding(demo)


@pytest.mark.parametrize(
    ("base", "expected"), [(5, [0, 0, 0, 5, 5, 5, 5, 5, 10]), (3, [0, 0, 3, 3, 3, 6, 6, 6, 9]), (1, list(range(9)))]
)
def test_the_nearest_multiple_a_half_going_up(base, expected):
    assert [rounded(count, base) for count in range(9)] == expected
    assert rounded(5, 10) == 10


def test_every_count_and_base_that_is_published_is_rounded(five):
    results = tidy(five)["resultats"]
    assert (results["effectif"].dropna() % 5 == 0).all()
    assert (results["n"].dropna() % 5 == 0).all()
    shown = results[results["statut"] == "publie"].dropna(subset="part")
    assert (shown["part"] - shown["effectif"] / shown["n"]).abs().max() < 1e-6


def test_rounding_hides_the_same_counts(demo, five):
    first, second = (tidy(wave)["resultats"]["statut"] for wave in (demo, five))
    assert list(first) == list(second)


def test_who_took_part_is_counted_one_by_one(demo, five):
    assert tidy(five)["participation"].equals(tidy(demo)["participation"])


def test_a_row_more_moves_hardly_anything_and_never_by_one(tmp_path):
    folder = small()
    folder.about |= {"seuil_diffusion": 1, "arrondi": 5}
    before = folder.load(tmp_path / "before")
    folder.rows.pop()
    after = folder.load(tmp_path / "after")
    first, second = (tidy(wave)["resultats"]["effectif"].fillna(0) for wave in (before, after))
    assert set((first - second).abs().unique()) <= {0, 5}
    exact = [tidy(wave.exact)["resultats"]["effectif"].fillna(0) for wave in (before, after)]
    assert (first != second).sum() < (exact[0] != exact[1]).sum() / 2


def test_the_book_says_so(demo, five):
    assert "multiple de 5" in method.rounding(five)
    assert method.rounding(demo) is None
    assert "ne donnent pas" not in phrases.basis(five.result("sujets_connus"))


def test_counts_that_a_study_printed_are_not_rounded(data):
    path = data / "2017" / "vague.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\narrondi: 5\n", encoding="utf-8")
    with pytest.raises(DataError, match="arrondi"):
        waves.load("2017", data)
