"""What analysts write: the example of README, and the tables that results hand out."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from IPython.core.interactiveshell import InteractiveShell

import utils
from utils import compare, load, show
from utils.paths import ROOT
from utils.survey.presented import TESTS

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_of_readme_runs_as_printed():
    (example,) = re.findall(r"```python\n(from utils import .*?)```", README, re.DOTALL)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(history_manager=None)
    for line in example.splitlines():
        shell.run_cell(line, store_history=False).raise_error()
    InteractiveShell.clear_instance()


def test_the_statistics_are_had_without_the_rest():
    heavy = "{'matplotlib', 'duckdb', 'IPython', 'sphinx'} & set(sys.modules)"
    code = f"import sys; from utils import compare, likert; assert not {heavy}, {heavy}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_name_that_is_none_is_told():
    assert set(utils.__all__) <= set(dir(utils))
    with pytest.raises(AttributeError, match="it has compare, likert, load, show"):
        utils.chargement  # noqa: B018


@pytest.fixture(scope="module")
def pair():
    return load("2017").contrast("obstacle_budget")


def test_a_contrast_hands_out_its_counts_summary_and_tests(pair):
    assert pair.counts.loc["actives"].tolist() == [16, 4, 6, 4, 12, 5, 7, 16, 8, 14]  # as the study prints them
    # R 4.2.2: mean(x), sd(x) of the two groups; wilcox.test(x, y); effsize::cliff.delta(x, y)
    assert pair.summary["mean"].tolist() == pytest.approx([5.836957, 4.630435], abs=1e-6)
    assert pair.summary["sd"].tolist() == pytest.approx([3.163241, 2.610736], abs=1e-6)
    assert list(pair.tests.columns) == TESTS
    order = pair.tests.iloc[-1]
    assert (order["test"], order["statistic"]) == ("mann_whitney (scores)", 2616.5)
    assert order["p"] == pytest.approx(0.02252009517)
    assert order["effect"] == pytest.approx(0.23653119)


def test_her_own_table_is_compared_like_ours(pair):
    # R 4.2.2: chisq.test(matrix(c(30, 17, 45, 17, 21, 8), 2, byrow = TRUE), correct = FALSE): the three sides.
    by_name = compare.chi_square(pair.counts, by="sides")
    assert by_name.statistic == pytest.approx(pair.sides.statistic)
    columns = {"low": [1, 2, 3, 4], "middle": [5, 6], "high": [7, 8, 9, 10]}
    own = compare.chi_square(pair.counts.rename_axis(None), by=columns)
    assert (own.statistic, own.df, own.n) == (pytest.approx(by_name.statistic), 2, 138)
    assert compare.chi_square(pair.counts).df == 9
    with pytest.raises(ValueError, match=r"no grouping 'halves' comes with this table \(known: 'sides', 'groups'\)"):
        compare.chi_square(pair.counts, by="halves")
    with pytest.raises(ValueError, match="no column 11"):
        compare.chi_square(pair.counts, by={"high": [11]})


def test_a_family_has_a_row_an_item():
    summary = load("2017").contrasts("27_obstacles").summary
    assert len(summary) == 5
    budget = summary.loc["obstacle_budget"]
    # By hand: 45 of 92 and 8 of 46 answer 7 to 10.
    assert budget[["agreement_active", "agreement_other"]].tolist() == pytest.approx([45 / 92, 8 / 46])
    assert budget["gap"] == pytest.approx(45 / 92 - 8 / 46)
    assert (summary["corrected"] >= summary["p"]).all()


@pytest.mark.parametrize("made", ["contrast", "likert", "choice", "family", "breakdown"])
def test_a_result_shows_itself_the_same_at_every_run(made, demo):
    def result():
        fresh = replace(demo)  # keeps nothing of what was computed before
        return {
            "contrast": lambda: fresh.contrast("obstacle_budget"),
            "likert": lambda: fresh.likert("sujets_connus"),
            "choice": lambda: fresh.choice("medias"),
            "family": lambda: fresh.contrasts("27_obstacles"),
            "breakdown": lambda: fresh.breakdown("medias", "taille"),
        }[made]()

    shown, again = result()._repr_html_(), result()._repr_html_()
    assert shown == again == show(result())._repr_html_()
    assert "<table" in shown
    assert shown.count("<svg") == (made != "breakdown")
    assert "0x" not in repr(result())
    assert len(repr(result())) < 200


def test_a_card_hides_what_the_book_hides(demo):
    found = demo.breakdown("medias", "taille")
    assert found.counts.isna().to_numpy().any()
    assert show(found).html.count("[c]") >= found.counts.isna().to_numpy().sum()
