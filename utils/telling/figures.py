r"""Numbers that know where they come from: what a sentence says, and of which question, base and n each number is.

The functions that write sentences are marked `@sentence`. What they return is text
like any other (`Told` is a `str`), and carries the numbers that were written into it:
the functions of `utils.french` that write one stand here under the same names, and
take as `of` what the number is (« part d’accord »), or None for a constant of the
method. While a sentence is being made, each number stands between two characters of
Unicode's private use area, so that it keeps its place whatever is done to the text
around it; they are gone from what is returned.
"""

__all__ = [
    "MARKS",
    "Figure",
    "Named",
    "Placed",
    "Told",
    "about",
    "count",
    "difference",
    "figure",
    "gap",
    "named",
    "number",
    "p_value",
    "percent",
    "points",
    "sentence",
    "span",
]

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, NamedTuple

from utils import french
from utils.french import NBSP
from utils.survey.codebook import Source

NOTHING = Source()  # a number of no question in particular


@dataclass(frozen=True)
class Figure:
    """A number as it is printed, before rounding, and what it is.

    Attributes
    ----------
    printed : str
    value : tuple of float
        One number, or the two ends of an interval; shares are 0..1.
    statistic : str
        What it is, in French: « part d’accord ».
    source : Source
    """

    printed: str
    value: tuple[float, ...]
    statistic: str
    source: Source


class Placed(NamedTuple):
    """Where a figure stands in its text: `text[start:end]` is `figure.printed`."""

    start: int
    end: int
    figure: Figure


class Told(str):
    """A text and the figures in it, in reading order.

    Formatted into a sentence that is being made, it brings its figures along.
    """

    __slots__ = ("figures",)

    def __new__(cls, text: str, figures: tuple[Placed, ...] = ()) -> "Told":
        told = super().__new__(cls, text)
        told.figures = figures
        return told

    def __format__(self, spec: str) -> str:
        written = _WRITTEN.get()
        if written is None or not self.figures:
            return format(str(self), spec)
        pieces, end = [], 0
        for placed in self.figures:
            pieces += [self[end : placed.start], _marked(written, placed.figure)]
            end = placed.end
        return "".join([*pieces, self[end:]])

    def __reduce__(self) -> tuple:
        return type(self), (str(self), self.figures)


_WRITTEN: ContextVar[list[Figure] | None] = ContextVar("figures of the sentence being made", default=None)
_ABOUT: ContextVar[Source] = ContextVar("what is being told of", default=NOTHING)
_FIRST, _END = 0xF0000, "\ue001"  # a figure's mark tells its place in the list of those written
MARKS = f"\U000f0000-\U000ffffd{_END}"  # both, in a class of a regular expression
_MARKED = re.compile(f"([\U000f0000-\U000ffffd])([^{_END}]*){_END}")


def figure(printed: str, value: float | tuple[float, ...], statistic: "str | Named | None") -> str:
    """Note a number that is being printed, and return its text.

    Parameters
    ----------
    printed : str
    value : float or tuple of float
    statistic : str or None
        What it is; None for a constant of the method, which comes from no answer and
        is returned as it is.

    Returns
    -------
    str
        To put into a sentence, or `Told` where none is being made.
    """
    if statistic is None:
        return printed
    source = _ABOUT.get()
    if isinstance(statistic, Named):
        source, statistic = statistic
    values = tuple(float(v) for v in (value if isinstance(value, tuple) else (value,)))
    noted = Figure(printed, values, statistic, source)
    written = _WRITTEN.get()
    if written is None:
        return Told(printed, (Placed(0, len(printed), noted),))
    return _marked(written, noted)


class Named(NamedTuple):
    """A statistic, and of what it is."""

    source: Source
    statistic: str


def named(source: Source, statistic: str) -> Named:
    """Return the name of a statistic that is of something else than its sentence: one item of a list."""
    return Named(source, statistic)


def _marked(written: list[Figure], noted: Figure) -> str:
    written.append(noted)
    return f"{chr(_FIRST + len(written) - 1)}{noted.printed}{_END}"


@contextmanager
def about(source: Source) -> Iterator[None]:
    """Say what the numbers printed meanwhile are of, where they do not say so themselves."""
    token = _ABOUT.set(source)
    try:
        yield
    finally:
        _ABOUT.reset(token)


def sentence(function: Callable) -> Callable:
    """Mark a function that writes text, so that what it returns knows its numbers.

    The numbers are of the first argument that has a `source`. Texts in a list or a
    tuple are told one by one. A sentence made within another is a part of it. The whole
    is typeset.
    """

    @wraps(function)
    def told(*args, **kwargs):
        source = next((arg.source for arg in args if isinstance(getattr(arg, "source", None), Source)), _ABOUT.get())
        with about(source):
            if _WRITTEN.get() is not None:
                return function(*args, **kwargs)
            token = _WRITTEN.set([])
            try:
                return _unmarked(function(*args, **kwargs), _WRITTEN.get())
            finally:
                _WRITTEN.reset(token)

    return told


def _unmarked(made: Any, written: list[Figure]) -> Any:
    if isinstance(made, list | tuple):
        return type(made)(_unmarked(part, written) for part in made)
    if not isinstance(made, str):
        return made
    # No sentence is told without its spaces, however it was put together.
    kind, made = type(made) if isinstance(made, Told) else Told, french.typeset(made)
    pieces, placed, end, length = [], [], 0, 0
    for match in _MARKED.finditer(made):
        before = made[end : match.start()]
        start = length + len(before)
        # What was done to the sentence, such as a capital, was done to the number too.
        noted = replace(written[ord(match.group(1)) - _FIRST], printed=match.group(2))
        length = start + len(noted.printed)
        placed.append(Placed(start, length, noted))
        pieces += [before, noted.printed]
        end = match.end()
    return kind("".join([*pieces, made[end:]]), tuple(placed))


def number(value: float, decimals: int = 0, *, fixed: bool = False, of="nombre") -> str:
    """Write a number and note it; see `french.number`."""
    return figure(french.number(value, decimals, fixed=fixed), value, of)


def percent(share: float, decimals: int = 0, *, of="part") -> str:
    """Write a share (0..1) and note it; see `french.percent`."""
    return figure(french.percent(share, decimals), share, of)


def points(difference: float, *, signed: bool = False, of="écart") -> str:
    """Write a difference of two shares (-1..1) and note it; see `french.points`."""
    return figure(french.points(difference, signed=signed), difference, of)


@sentence
def difference(first: float, second: float, *, signed: bool = False, of="écart") -> str:
    r"""Write how far apart two shares (0..1) are that are printed beside, and note it.

    What a reader would get by subtracting the two percentages may be a point away: it is then
    said that the difference was taken before they were rounded.

    Examples
    --------
    >>> difference(0.457, 0.674, signed=True), difference(0.457, 0.667, signed=True)
    ('−22\xa0points avant arrondi', '−21\xa0points')
    """
    told = points(first - second, signed=signed, of=of)
    shown = french.rounded(first) - french.rounded(second)
    return told if french.rounded(first - second) == shown else f"{told} avant arrondi"


@sentence
def gap(first: float, second: float, *, of="écart") -> str:
    r"""Write the gap of two shares (0..1) that are printed beside, with its article, and note it.

    Where a reader who subtracts the two percentages gets another number, it is said why.

    Examples
    --------
    >>> gap(0.457, 0.667), gap(0.196, 0.174)
    ('un écart de 21\xa0points', 'un écart d’environ 2\xa0points (20\xa0% et 17\xa0% sont arrondis)')
    """
    told, shown = points(first - second, of=of), french.rounded(first) - french.rounded(second)
    if french.rounded(first - second) == shown:
        return f"un écart de {told}"
    ends = " et ".join(percent(share, of=None) for share in (first, second))
    return f"un écart d’environ {told} ({ends} sont arrondis)"


def span(low: float, high: float, unit: str = "%", decimals: int = 0, *, of="intervalle à 95\u00a0%") -> str:
    """Write the two ends of an interval and note them; see `french.span`."""
    return figure(french.span(low, high, unit, decimals), (low, high), of)


def p_value(p: float, *, of="valeur p") -> str:
    """Write a p-value and note it; see `french.p_value`."""
    return figure(french.p_value(p), p, of)


@sentence
def count(n: float, singular: str, plural: str, *, of="effectif") -> str:
    """Write a count with its noun and note the number; see `french.count`."""
    return f"{figure(french.number(n), n, of)}{NBSP}{french.agree(n, singular, plural)}"
