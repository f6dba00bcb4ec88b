"""Charts are held by what they draw: lengths, texts, and that nothing leaves the sheet."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from utils import charts, verdicts
from utils.canvas import NARROW, WIDE, font, measure, wrap
from utils.french import typeset
from utils.svg import as_svg


@pytest.fixture(scope="module")
def every_chart(wave):
    pairs = [wave.contrast(name) for name in wave.codebook.chapter("27_obstacles")]
    sizes = wave.codebook.strata("taille")
    return {
        "options": charts.options(wave.choice("demandes")),
        "scores": charts.scores(wave.likert("annonces_payantes")),
        "strata": charts.strata(wave.activity("province"), "Titre", "Sous-titre"),
        "pairs": charts.diverging([(p.active, p.other) for p in pairs], verdicts.obstacles_headline(pairs)),
        "items": charts.diverging([[wave.likert("sujets_connus")], [wave.likert("mentions_connues")]], "Titre"),
        "panels": charts.options_by_size(
            {label: wave.choice("communicateurs", taille=size) for size, label in sizes.items()}, "Titre"
        ),
    }


KINDS = ["options", "scores", "strata", "pairs", "items", "panels"]


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


def test_diverging_bars_are_centred_on_the_neutral_scores(wave):
    result = wave.likert("sujets_connus")
    figure = charts.diverging([[result]], "Titre").draw(WIDE)
    bars = figure.axes[0].patches[: len(result.scale.groupes)]
    neutral = next(bar for bar, group in zip(bars, result.scale.groupes, strict=True) if group.sens == "neutre")
    zero = figure.axes[0].lines[0].get_xdata()[0]
    assert neutral.get_x() + neutral.get_width() / 2 == pytest.approx(zero)


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
    chart = charts.scores(wave.likert("sujets_connus"))
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
