"""Dates as tools write them, alone and in their column; and which of two answers came first."""

import pandas as pd
import pytest
from support.respondents import small

from utils.french import typeset
from utils.reading.files import LINE
from utils.reading.forms.answers import UnreadError
from utils.reading.forms.dates import Dates, moment
from utils.reading.forms.faults import Faults
from utils.reading.forms.meanings import read_dates
from utils.reading.relations import Relation
from utils.survey.about import Period
from utils.telling import oddities

MOMENTS = {
    "2026-03-01": "2026-03-01",
    "2026-03-01T10:02:33": "2026-03-01T10:02:33",
    "2026-03-01 10:02:33": "2026-03-01T10:02:33",  # LimeSurvey
    "2026-03-01 10:02:33.250Z": "2026-03-01T10:02:33",
    "2026-03-01T10:02:33+01:00": "2026-03-01T10:02:33",
    "2026/03/01 10:02:33 AM UTC+1": "2026-03-01T10:02:33",  # Google's own download
    "2026/03/01 9:02:33 PM CEST": "2026-03-01T21:02:33",
    "2026/03/01 12:02:33 AM UTC−1": None,  # a minus sign is no hyphen
    "2026/03/01 12:02:33 AM UTC-1": "2026-03-01T00:02:33",
    "01/03/2026 10:02:33": "2026-03-01T10:02:33",  # Google's spreadsheet in French
    "01/03/2026, 10:02": "2026-03-01T10:02:00",
    "1/3/2026": "2026-03-01",
    "1.3.2026": "2026-03-01",
    "31-12-2026 0:00": "2026-12-31T00:00:00",
    "3/1/2026 10:02:33 AM": "2026-03-01T10:02:33",  # American
    "3/31/2026 12:02:33\u202fPM": "2026-03-31T12:02:33",
    "3/1/2026 1:02 p.m.": "2026-03-01T13:02:00",
    "3/31/2026 10:02:33": None,  # no AM, hence no American: there is no month 31
    "31/3/2026 10:02 AM": None,
    "29/02/2026": None,
    "01/03/26": None,
    "2026-03-01 24:00": None,
    "2026-03-01 13:00 PM": None,
    "2026-03-01 0:30 AM": None,
    "01/03/2026 10:02 soir": None,
    "01/03/2026 10h02": None,
    "46082.418": None,
    "1er mars 2026": None,
    "٠١/٠٣/٢٠٢٦": None,
    "": None,
}


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment(text):
    assert moment(text) == MOMENTS[text]


def in_rows(texts, tool="csv", period=None):
    """Return what the database makes of a column of dates, and what is told of it."""
    rows, problems = Relation.of(pd.DataFrame({LINE: range(2, len(texts) + 2), "d": texts})), []
    read = read_dates(Faults(rows, "export.csv", problems), "d", rows.columns["d"], tool, period)
    return rows.settle({"d": read}).frame()["d"].tolist(), problems


@pytest.mark.parametrize("text", MOMENTS)
def test_rows_are_read_as_one_moment_is(text):
    of_its_column = MOMENTS | {"": "", "3/31/2026 10:02:33": "2026-03-31T10:02:33"}  # which is of no month 31
    expected, ((read,), problems) = of_its_column[text], in_rows([text])
    assert read == (text if expected is None else expected)
    assert [problem.value for problem in problems] == [text] * (expected is None)


def test_minutes_of_one_hour_are_their_own():
    texts = ["28/03/2026 9:05", "28/03/2026 9:59:58", "28/03/2026 09:00:01", "28/03/2026", ""]
    said = ["2026-03-28T09:05:00", "2026-03-28T09:59:58", "2026-03-28T09:00:01", "2026-03-28", ""]
    assert in_rows(texts) == (said, [])


def test_moments_of_several_zones_are_of_one_in_rows():
    texts = ["2026/10/25 2:30:09 AM UTC+2", "2026/10/25 2:30:10 AM UTC+1", "2026/10/25 2:30:10 AM UTC+5:30"]
    assert in_rows(texts)[0] == ["2026-10-25T00:30:09", "2026-10-25T01:30:10", "2026-10-24T21:00:10"]


def test_rows_without_a_date_have_none():
    assert in_rows(["1980-01-01 00:00:00", "2026-03-01 10:00:00"], "limesurvey")[0] == ["", "2026-03-01T10:00:00"]


def test_a_moment_that_cannot_be_is_told_as_it_stands():
    read, (problem,) = in_rows(["31/02/2026 10:17:03", "28/02/2026 10:17:03"])
    assert (problem.value, problem.line, read) == (
        "31/02/2026 10:17:03", 2, ["31/02/2026 10:17:03", "2026-02-28T10:17:03"]
    )  # fmt: skip


SPRING = Period(debut="2026-02", fin="2026-03")


@pytest.mark.parametrize(
    ("column", "read"),
    [
        (["1/3/2026", "2/3/2026"], ["2026-03-01", "2026-03-02"]),
        # A day after the twelfth settles which comes first.
        (["1/3/2026", "3/13/2026"], ["2026-01-03", "2026-03-13"]),
        (["1/3/2026", "13/3/2026"], ["2026-03-01", "2026-03-13"]),
        # So does the period of the survey, where only one reading lies within.
        (["2/10/2026 9:00", "3/1/2026 9:00"], ["2026-02-10T09:00:00", "2026-03-01T09:00:00"]),
        (["2/10/2026", "10/2/2026"], ["2026-10-02", "2026-02-10"]),
    ],
)
def test_a_column_tells_whether_months_come_first(column, read):
    dates = Dates(column, "csv", SPRING)
    assert [dates.read(text) for text in column] == read


def test_a_column_that_contradicts_itself_is_told():
    with pytest.raises(UnreadError, match="une date"):
        Dates(["13/3/2026", "3/13/2026"], "csv", SPRING).read("3/13/2026")


def test_the_hour_that_comes_twice_has_an_order():
    # Clocks in Belgium went back on 25 October 2026 at 3:00 GMT+2, which is 1:00 in universal time.
    column = ["2026/10/25 2:50:00 AM GMT+2", "2026/10/25 2:10:00 AM GMT+1"]
    assert [Dates(column, "google_forms").read(text) for text in column] == [
        "2026-10-25T00:50:00",
        "2026-10-25T01:10:00",
    ]
    named = ["2026-10-25 02:50 CEST", "2026-10-25 02:10 CET"]
    assert [Dates(named, "csv").read(text) for text in named] == ["2026-10-25T00:50:00", "2026-10-25T01:10:00"]


def test_one_zone_leaves_the_time_as_it_stands():
    assert Dates(["2026-10-25 02:50 CEST"], "csv").read("2026-10-25 02:50 CEST") == "2026-10-25T02:50:00"


def test_the_date_of_an_anonymous_survey_is_none():
    assert Dates(["1980-01-01 00:00:00"], "limesurvey").read("1980-01-01 00:00:00") == ""
    assert Dates(["1980-01-01 00:00:00"], "csv").read("1980-01-01 00:00:00") == "1980-01-01T00:00:00"


def twice(data, dates, kept):
    """Return what counts of two rows of Namur, the second of which gives 1 and the first 10, and what is told."""
    wave = small()
    wave.rows[0]["obstacle_budget"] = "10"
    wave.rows.append(dict(wave.rows[0], id="R9", obstacle_budget="1"))
    wave.rows[0]["date"], wave.rows[-1]["date"] = dates
    wave.about["doublons"] = kept
    found = wave.load(data)
    return found.answers.set_index("ins").loc["92094", "obstacle_budget"], oddities.told(found)


@pytest.mark.parametrize("kept", ["derniere", "premiere"])
@pytest.mark.parametrize(("dates", "counts"), [(("", "2026-03-01"), "1"), (("2026-03-01", ""), "10")])
def test_an_answer_without_a_date_gives_way(data, dates, kept, counts):
    budget, told = twice(data, dates, kept)
    assert budget == counts
    assert len(told) == 1


@pytest.mark.parametrize(
    ("kept", "counts", "line"), [("derniere", "1", "la dernière"), ("premiere", "10", "la première")]
)
@pytest.mark.parametrize("date", ["", "2026-03-01", "2026-03-01T10:00:00"])
def test_dates_that_do_not_follow_leave_the_order_of_the_file_and_say_so(data, date, kept, counts, line):
    budget, told = twice(data, (date, date), kept)
    assert budget == counts
    said = f"1\u00a0commune répondant plusieurs fois sans dates qui se suivent : {line} ligne du fichier compte."
    assert told[1] == typeset(said)


def test_a_space_before_the_hour_sorts_as_a_t_does(data):
    budget, _ = twice(data, ("2026-03-01T10:00:00", "2026-03-01 11:00:00"), "derniere")
    assert budget == "1"


def test_dates_outside_the_survey_are_told(data):
    wave = small()  # of March to May 2026
    wave.rows[0]["date"], wave.rows[1]["date"] = "2026-02-28", "2026-06-01T08:00:00"
    assert oddities.told(wave.load(data)) == ["2\u00a0réponses portent une date hors de la période de l’enquête."]
