import pickle
import re

import pytest

from utils.french import typeset
from utils.survey.codebook import Source
from utils.telling import contrasts
from utils.telling.figures import (
    NOTHING,
    Told,
    about,
    count,
    difference,
    named,
    number,
    percent,
    points,
    sentence,
    span,
)

BUDGET = Source("obstacle_budget", "actives", 92)


class Result:
    source = BUDGET


@sentence
def said(result, share=0.425):  # noqa: ARG001 (the sentence is of it)
    return typeset(f"Au total : {percent(share, of='part d’accord')} des {number(92)} communes.")


def places(text):
    return [(text[p.start : p.end], p.figure.value, p.figure.statistic) for p in text.figures]


def test_a_sentence_is_plain_text_that_knows_its_numbers():
    text = said(Result())
    assert text == "Au total\u00a0: 43\u00a0% des 92 communes."
    assert places(text) == [("43\u00a0%", (0.425,), "part d’accord"), ("92", (92.0,), "nombre")]
    assert {placed.figure.source for placed in text.figures} == {BUDGET}


def test_a_sentence_within_another_keeps_its_numbers():
    @sentence
    def both(result):
        return f"{said(result)} {said(result, 0.5)}"

    assert [p[0] for p in places(both(Result()))] == ["43\u00a0%", "92", "50\u00a0%", "92"]


def test_a_text_told_before_brings_its_numbers_along():
    before = said(Result())

    @sentence
    def bullet():
        return f"- {before}\n- {before}"

    assert places(bullet()) == 2 * places(before)
    assert bullet().figures[0].figure.source == BUDGET


def test_one_item_of_a_list_is_of_its_own_question():
    other = Source("medias", "actives", 90)

    @sentence
    def listed(result):  # noqa: ARG001
        return f"{percent(0.1)} ; {percent(0.2, of=named(other, 'part'))}"

    assert [p.figure.source for p in listed(Result()).figures] == [BUDGET, other]


def test_every_text_of_a_list_is_told_apart():
    @sentence
    def items():
        return [percent(0.1), ("rien", number(2))]

    first, (second, third) = items()
    assert places(first) == [("10\u00a0%", (0.1,), "part")]
    assert second.figures == ()
    assert places(third) == [("2", (2.0,), "nombre")]


def test_a_constant_is_no_figure_and_a_unit_belongs_to_its_number():
    @sentence
    def mixed():
        return f"{percent(0.95, of=None)} {count(3, 'point', 'points')} {points(-0.21, signed=True)} {span(0.18, 0.5)}"

    assert [p[0] for p in places(mixed())] == ["3", "\u221221\u00a0points", "18 à 50\u00a0%"]
    assert mixed().figures[2].figure.value == (0.18, 0.5)


def test_a_number_alone_is_told_of_what_is_being_told():
    with about(BUDGET):
        alone = percent(0.5)
    assert (alone.figures[0].figure.source, number(1).figures[0].figure.source) == (BUDGET, NOTHING)


def test_a_sentence_that_fails_leaves_nothing_open():
    @sentence
    def broken():
        return f"{number(1)} {number(float('nan'))}"

    with pytest.raises(ValueError, match="not a number"):
        broken()
    assert f"{number(1)}" == "1"


def test_figures_survive_a_copy():
    assert pickle.loads(pickle.dumps(said(Result()))).figures == said(Result()).figures
    assert isinstance(said(Result()), Told)


def test_a_sentence_is_typeset_however_it_was_put_together():
    @sentence
    def plain():
        return [f"Qui répond ? {number(1234)} communes : l'ensemble.", "Rien ; rien."]

    first, second = plain()
    assert first == "Qui répond\u202f? 1\u202f234 communes\u00a0: l’ensemble."
    assert places(first) == [("1\u202f234", (1234.0,), "nombre")]
    assert second == "Rien\u202f; rien."


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        # 42 of 92 and 31 of 46: 46 % and 67 %, which are 21 apart, and 21.74 points.
        (42 / 92, 31 / 46, "\u221222\u00a0points avant arrondi"),
        (31 / 46, 42 / 92, "+22\u00a0points avant arrondi"),
        # 49 of 100 and 17 of 100 subtract as they are printed.
        (0.49, 0.17, "+32\u00a0points"),
        # 14.5 and 13.5 % are printed 15 and 14; 0.145 - 0.135 is a hair off one point.
        (0.145, 0.135, "+1\u00a0point"),
        # 50.4 and 49.6 % are printed the same but one apart.
        (0.504, 0.496, "+1\u00a0point avant arrondi"),
        (0.5, 0.5, "0\u00a0point"),
        # 50.4 and 50.0 % are both 50, and less than half a point apart.
        (0.504, 0.5, "0\u00a0point"),
        # 50.5 and 49.4 % are 51 and 49, but 1.1 apart.
        (0.505, 0.494, "+1\u00a0point avant arrondi"),
    ],
)
def test_a_difference_that_printed_shares_do_not_give_is_said_so(first, second, told):
    assert difference(first, second, signed=True) == told


def test_the_number_of_a_difference_is_noted_without_its_remark():
    @sentence
    def told():
        return f"soit {difference(42 / 92, 31 / 46)} ;"

    assert places(told()) == [("22\u00a0points", (pytest.approx(42 / 92 - 31 / 46),), "écart")]


def shares_and_gaps(wave):
    """Yield each sentence that prints two shares and how far apart they are, with the three as printed."""
    for pair in wave.contrasts("27_obstacles").pairs:
        yield contrasts.compared(pair), pair.active.agree, pair.other.agree


def test_no_sentence_lets_printed_shares_contradict_their_difference(wave, demo):
    remarked = 0
    for told, first, second in [*shares_and_gaps(wave), *shares_and_gaps(demo)]:
        one, two, gap = (int(n) for n in re.findall(r"(\d+)\u00a0(?:%|points?)", told)[:3])
        assert (one, two) == (int(100 * first + 0.5), int(100 * second + 0.5))
        remarked += "avant arrondi" in told
        assert ("avant arrondi" in told) == (abs(one - two) != gap), told
    assert remarked
