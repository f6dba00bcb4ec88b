"""Names stand beside what is drawn of them or, on a phone, above: computed by hand from 16 points a bar, 8 below."""

import pytest

from utils.showing.canvas import font, measure
from utils.showing.lines import Lines
from utils.showing.style import LEADING, NARROW, TEXT, WIDE


def test_beside_each_other_the_longest_name_sets_where_bars_begin():
    lines = Lines(["Oui", "Non, mais c’est prévu"], WIDE)
    assert lines.places == [8, 32]
    assert lines.bottom == 48
    assert lines.left == pytest.approx(measure("Non, mais c’est prévu", font(TEXT)) + 10)


def test_a_long_name_breaks_and_raises_its_line():
    lines = Lines(["Informations pratiques (routes, déchets, premiers soins…)", "Oui"], WIDE)
    assert lines.left == pytest.approx(0.42 * WIDE + 10)
    assert lines.heights == pytest.approx([2 * TEXT * LEADING, 16])
    assert lines.places[1] == pytest.approx(2 * TEXT * LEADING + 8 + 8)


def test_on_a_phone_names_stand_above():
    lines = Lines(["Oui", "Non"], NARROW, tall=20, gap=4)
    name = TEXT * LEADING + 2
    assert lines.left == 0
    assert lines.places == pytest.approx([name + 10, 2 * name + 20 + 4 + 10])
    assert lines.bottom == pytest.approx(2 * (name + 24))
