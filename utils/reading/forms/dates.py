"""When an answer was given: a column of dates, however a tool writes them.

What one date leaves open, its column may settle: whether days or months come first,
and whether the clocks changed between two answers.
"""

__all__ = ["Dates", "moment"]

import datetime
import re
from collections.abc import Collection, Iterable

from utils.reading.forms.answers import UnreadError
from utils.reading.forms.tools import TOOLS
from utils.survey.about import Period

_MOMENT = re.compile(
    r"(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"|(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<year>\d{4}))"
    r"(?:(?:T|,? +(?:- +)?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
    r" *(?P<half>(?i:[ap]\.?m\.?))?"
    r" *(?P<zone>Z|(?:UTC|GMT)? ?(?P<side>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?|[A-Z]{3,5})?)?",
    re.ASCII,
)
# Hours ahead of UTC. Other letters say nothing that we know of.
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}


def moment(text: str, *, month_first: bool = False, utc: bool = False) -> str | None:
    """Write a date in ISO form, with its time if it has one; None if it cannot be read.

    The year may come first.

    Parameters
    ----------
    text : str
    month_first : bool
        Whether the month stands before the day; always so before AM or PM, as American exports write.
    utc : bool
        Whether a time that states its zone is put in universal time; else it stays as the export has it.

    Examples
    --------
    >>> moment("01/03/2026 10:02"), moment("3/1/2026 10:02:33 PM")
    ('2026-03-01T10:02:00', '2026-03-01T22:02:33')
    """
    found = _found(text)
    if not found:
        return None
    part = found.groupdict()
    day, month = ("second", "first") if part["half"] or month_first else ("first", "second")
    try:
        date = datetime.date(int(part["y"] or part["year"]), int(part["m"] or part[month]), int(part["d"] or part[day]))
        if part["hour"] is None:
            return date.isoformat()
        hour = int(part["hour"])
        if part["half"]:
            hour = hour % 12 + 12 * (part["half"][0] in "pP") if 1 <= hour <= 12 else 24  # no such hour
        time = datetime.time(hour, int(part["minute"]), int(part["s"] or 0))
    except ValueError:
        return None
    ahead = _ahead(found) if utc else None
    try:
        return (datetime.datetime.combine(date, time) - (ahead or datetime.timedelta())).isoformat()
    except OverflowError:  # the first day of the first year, or the last, seen from elsewhere
        return None


def _found(text: str) -> re.Match[str] | None:
    return _MOMENT.fullmatch(re.sub(r"\s", " ", text).strip())  # a narrow space may stand before AM


def _ahead(found: re.Match[str]) -> datetime.timedelta | None:
    """Return how far a stated zone is ahead of universal time; None where none is stated, or known."""
    if found["side"]:
        ahead = datetime.timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return -ahead if found["side"] == "-" else ahead
    return datetime.timedelta(hours=_ZONES[found["zone"]]) if found["zone"] in _ZONES else None


class Dates:
    """How the dates of one column are read.

    Where no day is after the twelfth, what the tool writes first comes first (days, for most), unless
    only the other order puts every date within the period of the survey. Times of several zones are
    put in universal time, as the hour that comes twice in autumn has an order there.

    Parameters
    ----------
    texts : iterable of str
        Every different cell of the column.
    tool : str
        The form tool, as `ImportMapping.format`.
    period : Period, optional
        When the survey was made.

    Examples
    --------
    >>> Dates(["3/1/2026", "3/13/2026"], "csv").read("3/1/2026")
    '2026-03-01'
    """

    def __init__(self, texts: Iterable[str], tool: str, period: Period | None = None) -> None:
        found = [(text, match) for text in texts if text and (match := _found(text))]
        open_ = [(text, int(m["first"]), int(m["second"])) for text, m in found if m["first"] and not m["half"]]
        self._utc = len({ahead for _, match in found if (ahead := _ahead(match)) is not None}) > 1
        self._none = TOOLS[tool].undated
        if any(first > 12 for _, first, _ in open_):
            self.month_first = False
        elif any(second > 12 for _, _, second in open_):
            self.month_first = True
        else:
            texts, usual = [text for text, *_ in open_], TOOLS[tool].month_first
            against = bool(
                period
                and texts
                and not _within(texts, period, month_first=usual)
                and _within(texts, period, month_first=not usual)
            )
            self.month_first = usual != against

    def read(self, text: str) -> str:
        """Read a date, with its time if it has one; empty text where there is none."""
        read = moment(text, month_first=self.month_first, utc=self._utc) if text else ""
        if read is None:
            raise UnreadError(("une date : AAAA-MM-JJ, JJ/MM/AAAA, ou MM/JJ/AAAA dans toute la colonne", text))
        return "" if self._none and read.startswith(self._none) else read


def _within(texts: Collection[str], period: Period, *, month_first: bool) -> bool:
    return all((read := moment(text, month_first=month_first)) and period.holds(read) for text in texts)
