"""Colours follow what agreement means, bars run towards agreement, and scales that differ are told apart."""

from dataclasses import replace

import pytest
from support.scales import rated

from utils.french import MISSING
from utils.offering import explorer
from utils.showing import evidence, ratings, shades, tables
from utils.showing.style import NARROW, NEUTRAL, NO, WIDE, YES


def written(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def faces(figure, number):
    """Return the colours of the first bars drawn, as hexadecimal text."""
    colours = [patch.get_facecolor()[:3] for patch in figure.axes[0].patches[:number]]
    return ["#" + "".join(f"{round(255 * part):02x}" for part in colour) for colour in colours]


@pytest.fixture(scope="module")
def waves(tmp_path_factory):
    return {case: rated(tmp_path_factory.mktemp(case) / "data", case) for case in ("own", "reversed", "lengths")}


def polar(result, polarity):
    return replace(result, question=result.question.model_copy(update={"polarite": polarity}))


def test_agreeing_that_something_is_missing_is_the_brown_side(waves):
    temps = waves["reversed"].likert("temps", "actives")
    # The scale runs from agreement (1) to disagreement (5).
    assert shades.score_colours(temps) == [NO[0], NO[0], NEUTRAL, YES[0], YES[0]]
    for polarity in ("favorable", "neutre"):
        assert shades.score_colours(polar(temps, polarity)) == [YES[0], YES[0], NEUTRAL, NO[0], NO[0]]
    assert shades.side_colours(temps) == {"desaccord": YES[1], "neutre": NEUTRAL, "accord": NO[1]}


def test_a_pale_colour_stands_next_to_the_middle(wave):
    groups = list(dict.fromkeys(shades.score_colours(wave.likert("sujets_connus"))))
    assert groups == [*NO, NEUTRAL, *YES[::-1]]
    groups = list(dict.fromkeys(shades.score_colours(wave.likert("obstacle_budget"))))
    assert groups == [*YES, NEUTRAL, *NO[::-1]]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bars_run_from_disagreement_to_agreement(waves, width):
    figure = ratings.diverging([[waves["reversed"].likert("temps", "actives")]], "Titre").draw(width)
    bars, axes = figure.axes[0].patches[:3], figure.axes[0]
    # Nobody disagrees, nobody stands in the middle, all agree: to the right of the line.
    assert [bar.get_width() > 0 for bar in bars] == [False, False, True]
    assert bars[2].get_x() == pytest.approx(axes.lines[0].get_xdata()[0])
    assert faces(figure, 3) == [YES[0], NEUTRAL, NO[0]]
    texts = written(figure)
    assert texts.index("← pas du tout") < texts.index("tout à fait →")
    assert [text for text in texts if "–" in text] == ["4–5", "3–3", "1–2"]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_scales_that_differ_have_a_legend_each(waves, width):
    wave = waves["lengths"]
    figure = ratings.diverging([[wave.likert(item, "actives")] for item in ("budget", "temps")], "Titre").draw(width)
    texts = written(figure)
    assert {"← pas du tout d’accord", "tout à fait d’accord →", "← pas du tout", "tout à fait →"} <= set(texts)
    assert texts.count("Manque de budget") == texts.count("Manque de temps") == 2
    alone = written(ratings.diverging([[wave.likert("budget", "actives")]], "Titre").draw(width))
    assert alone.count("Manque de budget") == 1


def test_the_ends_of_a_histogram_have_the_colours_of_their_sides(waves):
    figure = ratings.scores(waves["reversed"].likert("temps", "actives")).draw(WIDE)
    colours = {text.get_text(): text.get_color() for axes in figure.axes for text in axes.texts}
    assert colours["Tout à fait"] == NO[0]
    assert colours["Pas du tout"] == YES[0]


def test_the_n_of_several_items_is_that_of_their_shares(wave):
    items = [wave.likert(item) for item in ("communication_adaptee", "sujets_connus")]
    assert sorted(item.answers.n for item in items) == [92, 94]
    (said,) = [text for text in written(ratings.diverging([[i] for i in items], "T").draw(WIDE)) if "n\u00a0=" in text]
    assert "n\u00a0=\u00a092 à 94" in said


def test_residuals_stand_under_the_scores_of_their_own_scale(waves):
    table = evidence.residuals(waves["lengths"].contrasts("27_obstacles"))
    assert table.header[1:] == tuple(f"Scores {g}" for g in ("1–2", "1–4", "3–3", "4–5", "5–6", "7–10"))
    cells = {row[0]: dict(zip(table.header[1:], row[1:], strict=True)) for row in table.rows}
    empty = {name: {head for head, cell in row.items() if cell == MISSING} for name, row in cells.items()}
    assert {"Scores 1–2", "Scores 3–3", "Scores 4–5"} <= empty["Manque de budget"]
    assert {"Scores 1–4", "Scores 5–6", "Scores 7–10"} <= empty["Manque de temps"]


def test_a_table_tells_the_scales_where_they_differ_or_run_the_other_way(waves, wave):
    for case, said in (
        ("lengths", "(1\u00a0: pas du tout, 5\u00a0: tout à fait)"),
        ("reversed", "(1\u00a0: tout à fait,"),
    ):
        results = waves[case].ratings("27_obstacles")
        (name,) = [row[0] for row in tables.sides(results).rows if "temps" in row[0]]
        assert said in name
    assert tables.sides(wave.ratings("24_pratiques")).rows[0][0] == wave.ratings("24_pratiques")[0].question.libelle


def test_only_obstacles_are_called_so_in_the_table_of_ranks(waves, tmp_path):
    assert evidence.ranks(waves["own"].contrasts("27_obstacles")).header[0] == "Obstacle et groupe"
    mixed = rated(tmp_path / "data", "own", ("defavorable", "favorable")).contrasts("27_obstacles")
    assert evidence.ranks(mixed).header[0] == "Affirmation et groupe"
    assert len(evidence.ranks(mixed.ordered).rows) == 2


def test_the_explorer_has_the_same_colours(waves):
    found = {question["id"]: question for question in explorer.explored(waves["reversed"])["questions"]}
    tones = {view["id"]: [answer["tone"] for answer in view["answers"]] for view in found["temps"]["views"]}
    assert tones["activite"] == tones["province-actives"] == ["--oui-2", "--neutre", "--non-2"]
    assert tones["actives"] == ["--non-1", "--non-1", "--neutre", "--oui-1", "--oui-1"]
