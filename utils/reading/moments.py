"""Columns that tell the day or the year of a number: numbers of two days are never added up."""

__all__ = ["of_one_moment"]

import re
from collections.abc import Iterable

_YEAR = r"(?:18|19|20|21)\d\d"
_DAY = rf"(?:{_YEAR}[-/.]?\d\d(?:[-/.]?\d\d)?|\d\d?[-/. ]\d\d?[-/. ]{_YEAR}|{_YEAR}[ -]?[TQ]\d)(?:[T ][\d:.]+Z?)?"
_IN_WORDS = rf"(?:.*\D)?{_YEAR}(?:\D.*)?"  # « 1er janvier 2024 », « Population 2024 »
_MOMENT = re.compile(rf"{_YEAR}|{_DAY}|{_IN_WORDS}", re.IGNORECASE)
# Inhabitants may be told apart by the year in which they were born.
_BIRTH = re.compile(r"naiss|birth|geboorte|geburt|\bborn\b", re.IGNORECASE)


def of_one_moment(title: str, values: Iterable[str]) -> bool:
    """Whether a column says of which day or year each row is: every value holds a year, and no one was born in it.

    Examples
    --------
    >>> of_one_moment("CD_YEAR", ["2024", "2025"]), of_one_moment("CD_AGE", ["30", "31"])
    (True, False)
    >>> of_one_moment("Année de naissance", ["1980", "1981"])
    False
    """
    told = {value.strip() for value in values} - {""}
    return bool(told) and not _BIRTH.search(title) and all(_MOMENT.fullmatch(value) for value in told)
