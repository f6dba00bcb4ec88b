"""What simulations have measured is shown as it is, and keeps what the book promises."""

import pandas as pd
import pytest

from utils.french import typeset
from utils.reading.measured import false_claims as measured
from utils.reading.problems import DataError
from utils.showing.measured import false_claims, false_claims_summary
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
