"""What simulations have measured is shown as it is, and keeps what the book promises."""

import pandas as pd
import pytest

from utils.french import typeset
from utils.reading.measured import false_claims as measured
from utils.reading.measured import interval_coverage
from utils.reading.problems import DataError
from utils.showing.measured import coverage, coverage_summary, false_claims, false_claims_summary
from utils.statistics.compare import ALPHA

FOUND = pd.DataFrame(
    {
        "livre": ["2017", "2017", "demo", "demo"],
        "genre": ["strata", "ensemble", "contrasts", "ensemble"],
        "tests": [10, 20, 10, 63],
        "livres": [600, 600, 300, 300],
        "sans_correction": [0.38, 0.5967, 0.3267, 0.9433],
        "fausses": [0.0067, 0.0133, 0.0133, 0.0233],
    }
)


def test_a_row_a_kind_of_claim():
    rows = false_claims(FOUND).rows
    assert [cells[2:] for cells in rows[::3]] == [
        ("10", "600", "38\u00a0%", "0,7\u00a0%"),
        ("63", "300", "94,3\u00a0%", "2,3\u00a0%"),
    ]


def test_the_worst_of_all_books_is_told():
    assert false_claims_summary(FOUND) == typeset(
        "De tels livres, 60 % à 94 % annonceraient un écart sans correction ; avec elle, 2,3 % au plus."
    )


def test_no_more_than_one_book_in_twenty_makes_a_false_claim():
    found = measured()
    assert (found["fausses"] <= ALPHA).all()
    assert {"contrasts", "strata", "ensemble"} <= set(found["genre"])
    assert (found["livres"] >= 300).all()
    assert (found.loc[found["genre"] == "ensemble", "sans_correction"] > 0.5).all()  # there is something to correct


@pytest.mark.parametrize("line", ["2017,strata,10,600,0.38,beaucoup", "2017,strata,dix,600,0.38,0.01"])
def test_a_damaged_file_is_named(tmp_path, line):
    head = "livre,genre,tests,livres,sans_correction,fausses"
    (tmp_path / "fausses_alertes.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"fausses_alertes\.csv"):
        measured(tmp_path)


def test_exact_intervals_hold_in_every_population_that_was_tried():
    measured = interval_coverage()
    exact = measured[measured["intervalle"] == "part_population"]
    assert (exact["couverture"] >= 0.95).all()
    assert {"8 sur 9", "21 sur 27", "28 sur 58", "300 sur 35000"} <= set(exact["n"])
    assert measured.loc[measured["intervalle"] == "test_ordre", "couverture"].min() >= 0.94  # type I error
    waves_ = measured[measured["intervalle"].isin(["ecart_evolution", "test_evolution"])]
    assert waves_["couverture"].min() >= 0.94


def test_scores_and_rankings_keep_their_promise():
    worst = interval_coverage().groupby("intervalle")["couverture"].min()
    assert (worst[["nps", "ecart_nps", "test_nps", "rang_moyen", "test_friedman", "test_devant"]] >= 0.94).all()


def test_intervals_that_do_not_hold_everywhere_are_named_with_their_worst_case():
    measured = interval_coverage()
    kept, short = coverage_summary(measured).split("Les autres")
    assert "part d’une population" in kept
    assert "médiane" in kept
    assert typeset("part (Wilson), 86 % (part de 1 %, n = 15)") in short
    measured.loc[measured["intervalle"] == "mediane", "couverture"] = 0.9
    assert "médiane" in coverage_summary(measured).split("Les autres")[1]
    # What is computed over all samples, and falls short by less than is printed, keeps its promise.
    assert "(Tango)" in kept
    assert len(coverage(measured).rows) == len(measured.groupby(["intervalle", "n"]))
