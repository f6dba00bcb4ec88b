"""The colours of charts and pages: read on their ground, told apart in greyscale and by colour-blind eyes."""

import re
from itertools import combinations

import numpy as np
import pytest

from utils.paths import STATIC
from utils.showing import style

# Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color
# vision deficiency", IEEE TVCG 15(6), severity 1.0, on linear RGB.
SIGHTS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
EVERY_SIGHT = {"usual": np.eye(3), **{name: np.array(matrix) for name, matrix in SIGHTS.items()}}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = TO_XYZ.sum(axis=1)
# Distances in CIELAB: about two is just seen side by side, six is seen at a glance.
APART, STEP = 6, 8
RAMPS = ("oui", "non")


def palettes():
    """Return the two palettes of the style sheet, as {name: colour}."""
    sheet = (STATIC / "livre.css").read_text(encoding="utf-8")
    light, dark = (
        re.search(r":root[^{]*\{(.*?)\}", sheet, re.S),
        re.search(r'data-theme="dark"\] \{(.*?)\}', sheet, re.S),
    )
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block.group(1))) for block in (light, dark)]
    return {"light": found[0], "dark": found[1]}


PALETTES = palettes()


def linear(colour):
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(colour, sight="usual"):
    xyz = TO_XYZ @ np.clip(EVERY_SIGHT[sight] @ linear(colour), 0, 1) / WHITE
    x, y, z = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one, other, sight):
    return np.linalg.norm(lab(one, sight) - lab(other, sight))


def contrast(one, other):
    """Return the ratio of WCAG 2.2 between two colours."""
    low, high = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_the_measures_are_right():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # WebAIM's checker
    assert lab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.05)  # CIELAB of sRGB red, D65
    # Each matrix leaves greys as they are: its rows add up to one.
    for matrix in SIGHTS.values():
        assert np.sum(matrix, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_charts_and_pages_have_one_palette():
    light = PALETTES["light"]
    assert [light[f"oui-{i}"] for i in (1, 2, 3)] == list(style.YES)
    assert [light[f"non-{i}"] for i in (1, 2, 3)] == list(style.NO)
    assert [light[name] for name in ("encre", "encre-discrete", "neutre", "ensemble")] == [
        *(style.INK, style.QUIET, style.NEUTRAL, style.WHOLE)
    ]
    assert [light[f"teinte-{i}"] for i in (1, 2, 3, 4)] == list(style.RAMP)


def test_dark_has_every_colour_of_light():
    assert set(PALETTES["light"]) == set(PALETTES["dark"])


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("name", ["encre", "encre-discrete", "oui-1", "non-1"])
@pytest.mark.parametrize("ground", ["fond", "fond-discret"])
def test_text_is_read_on_its_ground(theme, name, ground):
    assert contrast(PALETTES[theme][name], PALETTES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("name", ["oui-1", "oui-2", "non-1", "non-2"])
def test_strong_marks_stand_out_of_the_ground(theme, name):
    # 3:1 for what a reader must see; the lightest steps and the neutral one lie between others and bear their value.
    assert contrast(PALETTES[theme][name], PALETTES[theme]["fond"]) >= 3


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("ramp", RAMPS)
def test_a_ramp_is_ordered_in_greyscale(theme, ramp):
    steps = [lab(PALETTES[theme][f"{ramp}-{i}"])[0] for i in (1, 2, 3)]
    strongest_first = np.diff(steps) if theme == "light" else -np.diff(steps)
    assert min(strongest_first) >= STEP


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("sight", EVERY_SIGHT)
def test_yes_no_and_neutral_are_told_apart(theme, sight):
    palette = PALETTES[theme]
    for i in (1, 2, 3):
        assert distance(palette[f"oui-{i}"], palette[f"non-{i}"], sight) >= APART, i
    for ramp in RAMPS:
        for i in (1, 2, 3):
            assert distance(palette[f"{ramp}-{i}"], palette["neutre"], sight) >= APART, (ramp, i)


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("sight", EVERY_SIGHT)
@pytest.mark.parametrize("ramp", RAMPS)
def test_the_steps_of_a_ramp_are_told_apart(theme, sight, ramp):
    for one, other in combinations((1, 2, 3), 2):
        assert distance(PALETTES[theme][f"{ramp}-{one}"], PALETTES[theme][f"{ramp}-{other}"], sight) >= APART
