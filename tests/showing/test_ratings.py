"""Rated items are held by what they draw; what holds for every chart is in test_charts."""

from dataclasses import replace

import pytest

from utils.showing import ratings
from utils.showing.style import WIDE
from utils.statistics.likert import distribution


def test_diverging_bars_are_centred_on_the_neutral_scores(wave):
    result = wave.likert("sujets_connus")
    figure = ratings.diverging([[result]], "Titre").draw(WIDE)
    bars = figure.axes[0].patches[: len(result.scale.groupes)]
    neutral = next(bar for bar, group in zip(bars, result.scale.groupes, strict=True) if group.sens == "neutre")
    zero = figure.axes[0].lines[0].get_xdata()[0]
    assert neutral.get_x() + neutral.get_width() / 2 == pytest.approx(zero)


def test_every_score_has_its_column(wave):
    result = wave.likert("sujets_connus")
    columns = ratings.scores(result).draw(WIDE).axes[1].patches
    assert [bar.get_height() for bar in columns] == list(result.answers.counts)


def test_a_group_that_did_not_answer_is_left_out(wave):
    pair = wave.contrast("obstacle_budget")
    silent = replace(pair.other, answers=distribution({}, range(1, 11)))
    alt = ratings.diverging([(pair.active, silent)], "Titre").alt
    assert "communes actives" in alt
    assert "non actives" not in alt
    assert "rien à montrer" in ratings.diverging([(silent,)], "Titre").alt
    assert "rien à montrer" in ratings.scores(silent).alt


def test_what_a_drawing_writes_is_typeset(wave):
    figure = ratings.scores(wave.likert("sujets_connus")).draw(520)
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert "médiane\u00a0: 7" in texts
