"""Expected texts are written by hand, with the spaces of French typography as escapes."""

import pytest

from utils import french


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (42.5, 0, "43"),  # a reader rounds halves up; Babel alone gives 42
        (43.5, 0, "44"),
        (2.675, 2, "2,68"),  # binary 2.675 lies below its half
        (7.0, 1, "7"),
        (3.5, 1, "3,5"),
        (1234567, 0, "1\u202f234\u202f567"),
        (-0.04, 1, "0"),
        (-1.25, 1, "\u22121,3"),
    ],
)
def test_numbers_are_rounded_as_a_reader_does(value, decimals, text):
    assert french.number(value, decimals) == text


def test_statistics_keep_their_zeros():
    assert french.number(8, 1, fixed=True) == "8,0"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        french.number(value)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (73 / 92, "79\u00a0%"),
        (0.145, "15\u00a0%"),  # 0.145 * 100 is 14.499… in floats
        (0, "0\u00a0%"),
        (0.004, "moins de 1\u00a0%"),
        (0.996, "plus de 99\u00a0%"),
        (1, "100\u00a0%"),
    ],
)
def test_percent_never_rounds_a_few_to_none_or_most_to_all(share, text):
    assert french.percent(share) == text


@pytest.mark.parametrize("share", [-0.01, 1.01, 42])
def test_percent_refuses_what_is_no_share(share):
    with pytest.raises(ValueError, match="share"):
        french.percent(share)


def test_points_are_never_percent():
    assert french.points(-0.316) == "32\u00a0points"
    assert french.points(0.005) == "1\u00a0point"
    assert french.points(-0.2, signed=True) == "\u221220\u00a0points"
    assert french.points(0, signed=True) == "0\u00a0point"


def test_p_values_are_never_zero():
    assert french.p_value(1e-9) == "p\u00a0<\u00a00,001"
    assert french.p_value(0.0454) == "p\u00a0=\u00a00,045"
    assert french.p_value(0.6231) == "p\u00a0=\u00a00,62"


def test_zero_and_one_take_the_singular():
    assert [french.count(n, "commune", "communes") for n in (0, 1, 2)] == [
        "0\u00a0commune",
        "1\u00a0commune",
        "2\u00a0communes",
    ]


def test_listing():
    assert french.listing([]) == ""
    assert french.listing(["a"]) == "a"
    assert french.listing(["a", "b", "c"]) == "a, b et c"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2017-02", "2017-06", "de février à juin 2017"),
        ("2016-11", "2017-02", "de novembre 2016 à février 2017"),
        ("2026-03-02", "2026-04-30", "du 2 mars au 30 avril 2026"),
        ("2026-03", "2026-03", "en mars 2026"),
        ("2026-03-01", "2026-04-30", "du 1er mars au 30 avril 2026"),
        ("2026-12-01", "2026-12-01", "le 1er décembre 2026"),
        ("2026-12-11", "2026-12-11", "le 11 décembre 2026"),
        ("2017-04", "2017-06", "d’avril à juin 2017"),
    ],
)
def test_periods(first, last, text):
    assert french.period(first, last) == text


def test_typeset_leaves_what_is_set_already():
    once = french.typeset("Qui ? « L'un » : 5 000 habitants ; n = 92, 67 % !")
    assert once == (
        "Qui\u202f? «\u00a0L’un\u00a0»\u00a0: 5\u202f000 habitants\u202f; n\u00a0=\u00a092, 67\u00a0%\u202f!"
    )
    assert french.typeset(once) == once


def test_ordinals_are_raised_and_nothing_else():
    said = french.typeset("Le 1er et le 2e paragraphe, au 21e ; 12ex, v2e.3 et a/2e restent.")
    assert said == "Le 1ᵉʳ et le 2ᵉ paragraphe, au 21ᵉ\u202f; 12ex, v2e.3 et a/2e restent."
