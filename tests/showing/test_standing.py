"""Ranks and robustness as drawings: what they say is what their tables hold, and it fits a phone."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from utils.french import typeset
from utils.showing import evidence, standing
from utils.showing.style import NARROW, NO, WIDE, YES


@pytest.fixture(scope="module")
def family(wave):
    return wave.contrasts("27_obstacles")


def dots(chart, colour):
    return [dot for dot in chart.draw(WIDE).axes[0].patches if to_hex(dot.get_facecolor()) == colour]


def test_ranks_are_those_of_the_shares_in_agreement(family):
    # From the study's shares: 54, 49, 46, 29 and 21 % of active communes; 67, 67, 17, 17 and 17 % of the others,
    # of which the published counts make 31, 31, 8, 8 and 6 of 46.
    chart = standing.ranks(family.ordered)
    for said in (
        "Manque de personnel formé et disponible : communes actives 1 (1 à 3), communes non actives 1 (1 à 2)",
        "Absence de budget : communes actives 2 (1 à 3), communes non actives 3",
        "Absence de lignes directrices : communes actives 3 (1 à 4), communes non actives 1 (1 à 2)",
    ):
        assert typeset(said) in chart.alt
    # One dot an item and a group, and one a group in the legend.
    assert len(dots(chart, YES[0])) == len(dots(chart, NO[0])) == 6


def test_a_square_is_filled_for_each_way_that_sees_the_gap(family):
    chart = standing.robustness(family)
    below = evidence.robustness(family).rows[-1][1:]
    assert all(
        typeset(f"{pair.active.question.libelle} : {told}") in chart.alt
        for pair, told in zip(family.pairs, below, strict=True)
    )
    assert len(dots(chart, YES[0])) == sum(int(told.split(" ")[0]) for told in below)


@pytest.mark.parametrize("draw", [standing.ranks, standing.robustness])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_leaves_the_sheet_or_stands_on_another(family, draw, width):
    figure = draw(family).draw(width)
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
    assert all(box.x0 / figure.dpi * 72 >= -1 and box.x1 / figure.dpi * 72 <= width + 1 for box in boxes)
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert (
                min(one.x1, other.x1) - max(one.x0, other.x0) <= 1 or min(one.y1, other.y1) - max(one.y0, other.y0) <= 1
            )


def test_without_groups_there_is_nothing_to_rank(family):
    nobody = type(family)(())
    assert "rien à montrer" in standing.ranks(nobody).alt
    assert "rien à montrer" in standing.robustness(nobody).alt
