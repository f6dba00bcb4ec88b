import pandas as pd
import pytest

from utils.statistics.choices import choices


def test_a_single_choice_is_shared_among_its_answers():
    answers = choices(pd.Series({"oui": 92, "non": 46}))
    assert (answers.n, answers.shares["oui"]) == (138, 92 / 138)


def test_a_multiple_choice_is_shared_among_everybody_asked():
    answers = choices(pd.Series({"facebook": 91, "twitter": 24}), n=92)
    assert list(answers.shares) == [91 / 92, 24 / 92]


def test_ties_keep_the_order_of_the_questionnaire():
    assert list(choices(pd.Series({"a": 1, "b": 2, "c": 2}), n=9).ranked.index) == ["b", "c", "a"]


def test_nobody_was_asked():
    assert choices(pd.Series({"a": 0}), n=0).shares.isna().all()


@pytest.mark.parametrize(("counts", "n"), [({"a": -1}, None), ({"a": 10}, 9)])
def test_impossible_counts_are_refused(counts, n):
    with pytest.raises(ValueError, match=r"counts|base"):
        choices(pd.Series(counts), n)
