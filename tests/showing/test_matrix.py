"""Answers by groups as tinted cells: every published share in its place, what is hidden marked, nothing overlapping."""

from dataclasses import replace

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from utils.french import typeset
from utils.showing import matrix
from utils.showing.canvas import font, measure
from utils.showing.style import NARROW, RAMP, WIDE


@pytest.fixture(scope="module")
def obstacle(demo):
    return [demo.breakdown("obstacle_budget", by, base) for base in ("actives", "non_actives") for by in ("province",)]


def cells(chart, width=WIDE):
    return chart.draw(width).axes[0].patches


def test_each_cell_holds_its_share(wave):
    # Counted by hand from the study: 13 of 20, 36 of 56, 8 of 8 and 8 of 8 have a communication service.
    split = wave.options_by_size("communicateurs")
    chart = matrix.options_by_size(split, "Titre")
    for said in (
        "Moins de 5 000 habitants (n = 20) : Service de communication 65 %, Employés à titre individuel 35 %",
        "De 5 000 à 20 000 habitants (n = 56) : Service de communication 64 %",
        "De 20 000 à 50 000 habitants (n = 8) : Service de communication 100 %",
    ):
        assert typeset(said) in chart.alt
    # The most chosen answer comes first, and is lightest nowhere: 65, 64, 100 and 100 of a hundred.
    assert [to_hex(cell.get_facecolor()) for cell in cells(chart)[:4]] == [RAMP[2], RAMP[2], RAMP[3], RAMP[3]]


def test_what_is_not_published_has_a_mark_and_no_tint(demo):
    found = [demo.breakdown("medias", by) for by in ("province", "taille")]
    hidden = sum(int(one.counts.isna().to_numpy().sum()) for one in found)
    chart = matrix.breakdowns(found)
    assert hidden > 0
    assert chart.alt.count("[c]") == hidden
    assert len(cells(chart)) == sum(one.counts.size for one in found) - hidden
    texts = [text.get_text() for text in chart.draw(NARROW).axes[0].texts]
    assert texts.count("[c]") == hidden
    assert typeset("[c] : non publié") in " ".join(texts)


def test_a_row_without_a_share_is_not_drawn_and_its_absence_is_told(demo, obstacle):
    """Of communes that are not active the demonstration publishes no agreement by province."""
    assert all(obstacle[1].part("accord", stratum) is None for stratum in obstacle[1].labels)
    chart = matrix.breakdowns(obstacle)
    texts = [text.get_text() for text in chart.draw(WIDE).axes[0].texts]
    assert "Communes actives" in texts
    assert "Communes non actives" not in texts
    assert typeset("Rien à montrer selon la province : communes non actives.") in " ".join(texts)
    # Of a question on its own: one answer of which no share is told.
    alone = demo.breakdown("reponse_questions", "taille")
    middle = [alone.part("neutre", stratum) for stratum in alone.labels]
    assert all(part is None or part.n is None for part in middle)
    told = " ".join(text.get_text() for text in matrix.breakdowns([alone]).draw(WIDE).axes[0].texts)
    assert "milieu" in told.split("Rien à montrer selon la taille")[1]


def test_heads_too_long_for_their_column_are_cut_before_a_vowel():
    face = font(7.5)
    assert matrix._cut("Luxembourg", measure("Luxembou.", face), 7.5) == "Luxemb."
    assert matrix._cut("De 5\u202f000 à 20\u202f000", 200, 7.5) == "De 5\u202f000 à 20\u202f000"


def test_a_group_where_nobody_answered_has_a_sign_that_is_explained(demo):
    found = demo.breakdown("medias", "province")
    assert "aucune réponse" not in drawn(found)
    counts, n = found.counts.copy(), found.n.copy()
    counts["liege"], n["liege"] = 0, 0
    assert typeset("– : aucune réponse.") in drawn(replace(found, counts=counts, n=n))


def drawn(found):
    return " ".join(text.get_text() for text in matrix.breakdowns([found]).draw(WIDE).axes[0].texts)


def test_two_groups_stand_in_one_grid(demo):
    obstacle = [demo.breakdown("obstacle_lignes_directrices", "taille", base) for base in ("actives", "non_actives")]
    chart = matrix.breakdowns(obstacle)
    rows = [text.get_text() for text in chart.draw(WIDE).axes[0].texts]
    assert rows.count("Communes actives") == rows.count("Communes non actives") == 1
    agree = next(part for stratum in obstacle[0].labels if (part := obstacle[0].part("accord", stratum)))
    assert f"Communes actives {round(agree.share * 100)}\u00a0%" in chart.alt


def test_what_is_withheld_whole_is_not_drawn(demo):
    found = demo.breakdown("medias", "province")
    assert matrix.breakdowns([replace(found, withheld=True)]) is None


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_heads_keep_to_their_columns(demo, obstacle, width):
    """« Luxembourg » is wider than a fifth of a phone in the size of the other heads."""
    for found in ([demo.breakdown("medias", "province"), demo.breakdown("medias", "taille")], obstacle):
        figure = matrix.breakdowns(found).draw(width)
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
        for i, one in enumerate(boxes):
            assert not any(_cross(one, other) for other in boxes[i + 1 :]), figure.axes[0].texts[i].get_text()


def _cross(one, other):
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 1 and min(one.y1, other.y1) - max(one.y0, other.y0) > 1
