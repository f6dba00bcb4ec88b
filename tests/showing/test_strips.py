"""Small drawings of one line."""

import re

import pytest
from support.holdings import codebook

from utils.showing.strips import bar, strip
from utils.survey.scales import Group, Scale

TEN = codebook("demo").scale("reponse_questions")
DOWN = Scale(
    minimum=1,
    maximum=4,
    bas="oui",
    haut="non",
    groupes=(
        Group(id="a", libelle="a", scores=(1, 2), sens="accord"),
        Group(id="b", libelle="b", scores=(3, 4), sens="desaccord"),
    ),
)


def dots(drawn):
    return [float(x) for x in re.findall(r'<circle[^>]*cx="([\d.]+)"', drawn)]


def test_a_score_lies_where_the_scale_puts_it():
    (low,), (high,) = (dots(strip(TEN, (score,), None, alt="x")) for score in (1, 10))
    (middle,) = dots(strip(TEN, (5,), None, alt="x"))
    assert low < middle < high
    assert low + high == 220  # as far from one end as from the other


def test_agreement_is_at_the_right_whichever_way_a_scale_runs():
    (yes,), (no,) = (dots(strip(DOWN, (score,), None, alt="x")) for score in (1, 4))
    assert yes > no
    band = re.search(r'class="bande" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', strip(DOWN, (), (1, 2, 3), alt="x"))
    assert float(band[2]) > 6


@pytest.mark.parametrize("own", [(), (3,), (3, 8), (3, 3)])
def test_each_different_score_is_a_dot(own):
    assert len(dots(strip(TEN, own, (4, 5, 6), alt="x"))) == len(set(own))


def test_what_is_drawn_is_said_and_nothing_of_it_runs():
    drawn = strip(TEN, (3,), (4, 5, 6), tone="moins", alt='« <b> » & "x"')
    assert 'role="img" aria-label="« &lt;b&gt; » &amp; &quot;x&quot;"' in drawn
    assert 'class="point moins"' in drawn
    assert 'aria-hidden="true"' in bar(0.5, own=None)


def test_a_bar_is_as_long_as_its_share():
    assert 'width="25" height' in bar(0.25, own=False)
    assert "<rect" not in bar(None, own=True)
