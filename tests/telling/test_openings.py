"""A chapter opens with what it found, in words that none of its drawings repeats."""

from types import SimpleNamespace

from utils.telling import openings, phrases


def test_two_questions_are_told_in_one_sentence(wave):
    results = wave.results("26_opinion")
    told = openings.opening(results)
    assert told == f"{phrases.headline(results[0])}\u202f; {phrases.headline(results[1])}"
    assert told.startswith("41\u00a0% des communes actives")


def test_the_only_question_is_told_with_how_many_answers_were_chosen(wave, demo):
    # 65 + 31 + 27 + 20 + 14 + 11 of 92 answers would be 1,8 each: here they are summed from the counts themselves.
    result = wave.result("communicateurs")
    mean = f"{result.answers.counts.sum() / 92:.1f}".replace(".", ",")
    told = openings.opening(wave.results("25_acteurs"))
    assert told == f"{phrases.headline(result)}\u202f; {mean} réponse par commune active, en moyenne"
    assert "réponses par répondant qui en a choisi" in openings.opening(demo.results("28_attentes"))


def test_where_nobody_answered_or_one_drawing_says_all_there_is_none(wave):
    assert openings.opening([]) is None
    assert openings.opening([wave.result("active")]) is None
    nobody = SimpleNamespace(question=SimpleNamespace(id="x"), answers=SimpleNamespace(n=0), withheld=False)
    assert openings.opening([nobody]) is None


def test_two_kinds_that_answer_apart_are_one_question(wave):
    both = wave.results("27_obstacles")
    told = openings.opening([result for result in both if result.question.id == "obstacle_budget"])
    assert told is None
