"""A chapter opens with what it found, in words that none of its drawings repeats."""

from types import SimpleNamespace

from utils.french import typeset
from utils.telling import openings, phrases


def test_two_questions_are_told_in_one_sentence(wave):
    results = wave.results("26_opinion")
    told = openings.opening(results)
    # 60 of 92 answered yes.
    second = "65\u00a0% disent vouloir communiquer davantage dans les prochaines années"
    assert told == f"{phrases.headline(results[0])}\u202f; {second}"


def test_the_only_question_is_told_with_how_many_answers_were_chosen(wave, demo):
    # 65 + 31 + 29 + 26 + 10 + 8 answers of 92 communes: 1,8 each.
    assert wave.result("communicateurs").answers.counts.sum() == 169
    assert openings.opening(wave.results("25_acteurs")) == typeset(
        "Les communes actives donnent en moyenne 1,8 réponse, le plus souvent « service de communication » (71 %)"
    )
    # 133 answers of 140 respondents: that each gives one, or nearly, is nothing to tell.
    assert openings.opening(wave.results("28_attentes")) == typeset(
        "Les répondants citent le plus souvent « formation aux médias sociaux » (38 %), sans certitude"
    )
    assert openings.opening(demo.results("28_attentes")).startswith("Les répondants qui en citent donnent en moyenne")


def test_where_nobody_answered_or_one_drawing_says_all_there_is_none(wave):
    assert openings.opening([]) is None
    assert openings.opening([wave.result("active")]) is None
    nobody = SimpleNamespace(question=SimpleNamespace(id="x"), answers=SimpleNamespace(n=0), withheld=False)
    assert openings.opening([nobody]) is None


def test_two_kinds_that_answer_apart_are_one_question(wave):
    both = wave.results("27_obstacles")
    told = openings.opening([result for result in both if result.question.id == "obstacle_budget"])
    assert told is None
