"""Which columns tell the day of a number, so that numbers of two days are never added up."""

import pytest

from utils.reading.moments import of_one_moment


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("CD_YEAR", ["2024", "2025"]),
        ("Date", ["01/01/2024", "01/01/2025"]),
        ("Date", ["2024-01-01", "2025-01-01T00:00:00Z"]),
        ("Situation", ["1er janvier 2024", "1er janvier 2025"]),
        ("Trimestre", ["2024-T1", "2024 Q2"]),
        ("Période", ["202401", "202402"]),
        ("CD_YEAR", ["2024", ""]),
    ],
)
def test_a_year_or_a_day(title, values):
    assert of_one_moment(title, values)


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("CD_AGE", ["30", "31"]),
        ("CD_SEX", ["M", "F"]),
        ("Année de naissance", ["1980", "1981"]),
        ("Birth year", ["1980"]),
        ("CD_REFNIS", ["62063", "92094"]),
        ("Tranche", ["2024", "65 et plus"]),
        ("CD_YEAR", ["", ""]),
        ("CD_YEAR", []),
    ],
)
def test_what_is_no_moment(title, values):
    assert not of_one_moment(title, values)
