"""Charts are held by what they draw: lengths, texts, and that nothing leaves the sheet."""

from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from support.scales import rated

from utils.french import typeset
from utils.showing import charts, facing, highlights, matrix, ratings
from utils.showing.canvas import empty, font, measure, wrap
from utils.showing.drawing import as_svg, drawn
from utils.showing.style import NARROW, NO, WHOLE, WIDE
from utils.showing.svg import as_file, in_page
from utils.statistics.choices import choices
from utils.statistics.intervals import bounds
from utils.telling import obstacles


@pytest.fixture(scope="module")
def every_chart(wave, tmp_path_factory):
    family = wave.contrasts("27_obstacles")
    blocks = [(pair.active, pair.other) for pair in family.pairs]
    apart = rated(tmp_path_factory.mktemp("scales") / "data", "lengths").contrasts("27_obstacles").pairs
    return {
        "options": charts.options(wave.choice("demandes")),
        "scores": ratings.scores(wave.likert("annonces_payantes")),
        "strata": charts.strata(wave.activity("province"), "Titre", "Sous-titre"),
        "pairs": ratings.diverging(blocks, obstacles.headline(family)),
        "scales": ratings.diverging([(pair.active, pair.other) for pair in apart], "Titre"),
        "items": ratings.diverging([[wave.likert("sujets_connus")], [wave.likert("mentions_connues")]], "Titre"),
        "panels": matrix.options_by_size(wave.options_by_size("communicateurs"), "Titre"),
        "message": highlights.message(wave),
        "bounds": highlights.bounds(92 / 138, bounds(92, 138, 262), "Titre", "Sous-titre"),
        **{f"facing-{pair.active.question.id}": facing.chart(pair) for pair in family.pairs},
    }


FACING = [
    f"facing-obstacle_{name}" for name in ("budget", "personnel", "dirigeants", "lignes_directrices", "innovation")
]
KINDS = ["options", "scores", "strata", "pairs", "scales", "items", "panels", "message", "bounds", *FACING]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_text_leaves_the_sheet(every_chart, kind, width):
    figure = every_chart[kind].draw(width)
    renderer = FigureCanvasAgg(figure).get_renderer()
    for axes in figure.axes:
        for text in axes.texts:
            box = text.get_window_extent(renderer)
            left, right = (x / figure.dpi * 72 for x in (box.x0, box.x1))
            assert left >= -1, text.get_text()
            assert right <= width + 1, text.get_text()


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_stands_on_another(every_chart, kind):
    for width in (WIDE, NARROW):
        figure = every_chart[kind].draw(width)
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [(t.get_text(), t.get_window_extent(renderer)) for axes in figure.axes for t in axes.texts]
        for i, (text, box) in enumerate(boxes):
            for other, place in boxes[i + 1 :]:
                across = min(box.x1, place.x1) - max(box.x0, place.x0)
                down = min(box.y1, place.y1) - max(box.y0, place.y0)
                assert across <= 1 or down <= 3, f"{text!r} on {other!r} at width {width}"


def test_bars_are_as_long_as_their_shares(wave):
    figure = charts.options(wave.choice("communiquer_davantage")).draw(WIDE)
    lengths = sorted((bar.get_width() for bar in figure.axes[0].patches), reverse=True)
    assert [length / lengths[0] for length in lengths] == pytest.approx([1, 22 / 60, 10 / 60])


def test_intervals_are_drawn_over_their_bars(wave):
    result = wave.choice("communiquer_davantage")
    axes = charts.options(result).draw(WIDE).axes[0]
    longest = max(axes.patches, key=lambda bar: bar.get_width())
    unit = longest.get_width() / result.answers.shares["oui"]
    # R: prop.test(60, 92, correct = FALSE)$conf.int
    low, high = ((x - longest.get_x()) / unit for x in axes.lines[0].get_xdata())
    assert (low, high) == pytest.approx((0.5505267372, 0.7416224052), abs=1e-6)


def test_a_curve_of_scores_has_its_scale_at_its_summit(wave):
    # Of 46 communes that are not active 16 give 5; of 92 active ones 16 give 1, where the other curve passes.
    texts = [text.get_text() for text in facing.chart(wave.contrast("obstacle_budget")).draw(WIDE).axes[0].texts]
    assert typeset("35 %") in texts
    # Of 92 active communes 22 give 1, of 46 others 11 give 5.
    texts = [text.get_text() for text in facing.chart(wave.contrast("obstacle_dirigeants")).draw(WIDE).axes[0].texts]
    assert texts.count(typeset("24 %")) == 2


def test_all_who_answered_have_one_colour_and_the_second_of_two_groups_its_own(wave):
    def colours(result):
        return {to_hex(bar.get_facecolor()) for bar in charts.options(result).draw(WIDE).axes[0].patches}

    assert colours(wave.choice("medias")) == colours(wave.choice("demandes")) == colours(wave.choice("active"))
    assert colours(replace(wave.choice("medias"), base="non_actives")) == {NO[1]}
    assert WHOLE not in colours(wave.choice("role"))


def test_nothing_to_draw_is_said_so(wave):
    silent = replace(wave.choice("medias"), answers=choices(pd.Series({"facebook": 0, "twitter": 0}), 0))
    assert "rien à montrer" in charts.options(silent).alt
    assert "Rien à montrer." in as_svg(charts.options(silent))


@pytest.mark.parametrize("kind", KINDS)
def test_every_drawing_says_what_it_shows(every_chart, kind):
    drawn = as_svg(every_chart[kind])
    assert drawn.count('role="img"') == 2
    assert drawn.count("aria-label") == 2
    assert len(every_chart[kind].alt) > 60


def test_the_text_alternative_holds_every_value(wave):
    alt = charts.options(wave.choice("medias")).alt
    assert typeset("Facebook : 99 %") in alt
    assert typeset("Snapchat : 0 %") in alt


def test_drawings_are_the_same_at_every_run(wave):
    chart = ratings.scores(wave.likert("sujets_connus"))
    assert as_svg(chart) == as_svg(chart)


def test_svg_brings_no_id_no_script_and_no_other_host(every_chart):
    for chart in every_chart.values():
        drawn = as_svg(chart)
        for unwanted in (" id=", "<script", "http://", "https://", "<style", "url("):
            assert unwanted not in drawn, unwanted


def test_colours_follow_the_theme(every_chart):
    drawn = as_svg(every_chart["pairs"])
    for variable in ("--encre", "--oui-1", "--non-1", "--neutre"):
        assert f"var({variable}, " in drawn


def test_lines_break_only_at_plain_spaces():
    lines = wrap("environ 42\u00a0% des communes", measure("environ 42\u00a0%", font(10)), font(10))
    assert lines == ["environ 42\u00a0%", "des", "communes"]


ENDS = "de 1 (pas du tout d’accord) à 10 (tout à fait d’accord)"
# What an axis says to an eye: what is counted, and what its ends mean.
UNITS = {
    "options": "Diagramme en barres, part en % des répondants.",
    "scores": f"Histogramme des scores, nombre de réponses par score, {ENDS}.",
    "strata": "Diagramme en barres, part en % dans chaque groupe de communes.",
    "items": "Barres empilées, centrées sur le milieu de l’échelle, part des réponses en % ; scores " + ENDS,
    "panels": "Cases teintées, part en % des communes actives de chaque taille.",
    "message": "Diagramme en barres, part en % des communes actives.",
    "bounds": "Axe de 0 à 100 %, part en %.",
    "facing-obstacle_budget": f"Barres empilées et courbes des scores, part des réponses en %, scores {ENDS}.",
}


@pytest.mark.parametrize("kind", UNITS)
def test_the_alternative_says_the_unit_and_what_the_ends_mean(every_chart, kind):
    assert every_chart[kind].alt.startswith(typeset(UNITS[kind]))


@pytest.mark.parametrize("typed", ["De 10 $ à 20 $", 'id="a" d="1.25" #222222', "<!-- a --> <defs>b</defs>"])
def test_a_drawing_writes_what_was_typed(typed):
    """No formula of Matplotlib's, and nothing that makes drawings small takes it for a part of theirs."""
    forms = drawn(empty(typed, ""))
    for drawing in (forms["large"], in_page(forms), as_file(forms["large"], typed)):
        texts = [text for text in BeautifulSoup(drawing, "lxml").find_all("text") if text.get_text(strip=True)]
        assert typed in [text.get_text() for text in texts]
