"""The words that decide a statement, each with fixed bounds, and the kinds of numbers that they take.

Words such as « une majorité » have fixed thresholds; near a threshold a statement is
imprecise, not false. A word refuses what it cannot judge: a count is no share.
"""

__all__ = [
    "EXACT",
    "THRESHOLDS",
    "WORDS",
    "Count",
    "Measure",
    "Points",
    "Share",
    "as_number",
    "as_share",
    "decimals",
    "printed_as",
    "printed_between",
]

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps

from utils.auditing.expressions import DEGREES, Degree
from utils.telling.figures import number

# Bounds of a word: a statement is confirmed within the first, imprecise within the second.
# Shares and differences of shares are 0..1.
THRESHOLDS = {
    "environ": (0.02, 0.05),  # distance from the value stated
    "pres_de": (0.05, 0.10),  # distance below the value stated; either side for imprecise
    "un_peu": (0.05, 0.10),  # distance above or below it
    "nettement": (0.10, 0.05),  # least distance above or below it
    "faible_majorite": (0.55, 0.60),  # upper bounds; more than half
    "large_majorite": (0.70, 0.60),  # lower bounds
    "minorite": (1 / 3, 0.50),  # upper bounds, as the next three
    "peu": (0.25, 1 / 3),
    "quelques": (0.15, 0.25),
    "tres_peu": (0.10, 0.20),
    "imprime": (0.005, 0.015),  # distance from the percentage printed
}
EXACT = 1e-12  # two shares that are equal on paper may differ by this


class Share(float):
    """A share (0..1), written in percent."""


class Points(float):
    """A difference of shares (-1..1), written in points."""


class Measure(float):
    """A mean or a median, in scores."""


class Count(int):
    """How many, or which rank."""


def as_number(x: float | str) -> float:
    """Return a number of any kind as it is; ValueError for a name or a degree."""
    if isinstance(x, str):
        raise ValueError(f"un nombre, non le nom « {x} »")
    if isinstance(x, Degree):
        raise ValueError("un nombre, non le vrai ou le faux d’une autre expression")
    return x


def as_share(x: float | str) -> float:
    """Return a share as it is; ValueError for any other kind of number, or one outside 0..1."""
    if isinstance(as_number(x), Count | Measure | Points) or not -EXACT <= x <= 1 + EXACT:
        raise ValueError(f"une part de 0 à 1, non {number(x, 2)}")
    return x


def decimals(printed: float) -> int:
    """Return how many decimals a number was printed with.

    Examples
    --------
    >>> decimals(42.0), decimals(42.15)
    (0, 2)
    """
    return max(0, -Decimal(repr(float(printed))).normalize().as_tuple().exponent)


def printed_as(percentage: float, printed: float) -> bool:
    """Whether a percentage (0..100), rounded to as many decimals as `printed` has, is `printed`.

    Examples
    --------
    >>> printed_as(42.142857, 42), printed_as(42.142857, 42.1), printed_as(42.142857, 42.2)
    (True, True, False)
    """
    return _rounded(percentage, decimals(printed)) == Decimal(repr(float(printed)))


def printed_between(low: float, high: float, printed: float) -> bool:
    """Whether a percentage between two others (0..100), once rounded, can be `printed`.

    Examples
    --------
    >>> printed_between(47.8, 71.1, 48), printed_between(47.8, 71.1, 47), printed_between(47.8, 71.1, 59)
    (True, False, True)
    """
    return low <= printed <= high or printed_as(low, printed) or printed_as(high, printed)


def _rounded(percentage: float, places: int = 0) -> Decimal:
    # A percentage computed by floats may sit a hair below its half.
    return Decimal(str(round(float(percentage), 9))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _whole(x: float | str) -> float:
    if isinstance(as_number(x), Share | Points | Measure) or x < 0 or x != int(x):
        raise ValueError(f"un nombre entier, non {number(x, 2)}")
    return x


def _percentage(x: float | str) -> float:
    if isinstance(as_number(x), Share | Points | Measure) or not 0 <= x <= 100:
        raise ValueError(f"un pourcentage de 0 à 100, non {number(x, 2)}")
    return x


def _reading(x: float | str) -> float:
    if type(x) not in (int, float, Degree) or x not in DEGREES:
        raise ValueError("des expressions vraies ou fausses, non des nombres")
    return x


def _degree(confirmed: bool, imprecise: bool = False) -> Degree:
    return Degree(1 if confirmed else 0.5 if imprecise else 0)


def _taking(*kinds: Callable[[float | str], float]) -> Callable:
    """Hold each argument of a word against the kind of number that it takes."""

    def held(rule: Callable[..., Degree]) -> Callable[..., Degree]:
        @wraps(rule)
        def word(*given: float | str) -> Degree:
            return rule(*(kind(x) for kind, x in zip(kinds, given, strict=True)))

        return word

    return held


_of_a_share, _of_two_shares = _taking(as_share), _taking(as_share, as_share)


def _below(name: str) -> Callable[[float], Degree]:
    confirmed, imprecise = THRESHOLDS[name]
    return _of_a_share(lambda x: _degree(x < confirmed - EXACT, x < imprecise - EXACT))


def _within(distance: float, name: str) -> Degree:
    return _degree(*(EXACT < distance <= bound + EXACT for bound in THRESHOLDS[name]))


def _far(distance: float) -> Degree:
    return _degree(*(distance >= bound - EXACT for bound in THRESHOLDS["nettement"]))


@_of_two_shares
def _about(x: float, y: float) -> Degree:
    return _degree(*(abs(x - y) <= bound + EXACT for bound in THRESHOLDS["environ"]))


@_of_two_shares
def _nearly(x: float, y: float) -> Degree:
    confirmed, imprecise = THRESHOLDS["pres_de"]
    return _degree(-EXACT <= y - x <= confirmed + EXACT, abs(x - y) <= imprecise + EXACT)


@_taking(as_share, _percentage)
def _printed(x: float, percentage: float) -> Degree:
    distance = abs(x - percentage / 100)
    return _degree(printed_as(100 * x, percentage), distance <= THRESHOLDS["imprime"][1] + EXACT)


@_taking(as_share, as_share, _percentage)
def _between(low: float, high: float, percentage: float) -> Degree:
    return _degree(low <= high and printed_between(100 * low, 100 * high, percentage))


@_taking(as_share, as_share, _whole)
def _in_points(x: float, y: float, gap: int) -> Degree:
    return _degree(_rounded(100 * (x - y)) == gap, _rounded(100 * x) - _rounded(100 * y) == gap)


def _more(x: float, y: float) -> Degree:
    kinds = {type(as_number(n)) for n in (x, y)} - {int, float}
    if len(kinds) > 1:
        raise ValueError("deux nombres de même nature")
    return _degree(x > y + EXACT)


def _depends(*readings: float) -> Degree:
    if not readings:
        raise ValueError("au moins une lecture")
    held = [_reading(x) for x in readings]
    return _degree(min(held) == 1, max(held) > 0)


WORDS: dict[str, Callable[..., Degree]] = {
    "imprime": _printed,
    "entre": _between,
    "environ": _about,
    "pres_de": _nearly,
    "majorite": _of_a_share(lambda x: _degree(x > 0.5 + EXACT)),
    "faible_majorite": _of_a_share(
        lambda x: _degree(*(0.5 + EXACT < x <= bound + EXACT for bound in THRESHOLDS["faible_majorite"]))
    ),
    "large_majorite": _of_a_share(lambda x: _degree(*(x >= bound - EXACT for bound in THRESHOLDS["large_majorite"]))),
    **{word: _below(word) for word in ("minorite", "peu", "quelques", "tres_peu")},
    "un_peu_plus": _of_two_shares(lambda x, y: _within(x - y, "un_peu")),
    "un_peu_moins": _of_two_shares(lambda x, y: _within(y - x, "un_peu")),
    "plus_de": lambda x, y: _more(x, y),
    "moins_de": lambda x, y: _more(y, x),
    "nettement_plus": _of_two_shares(lambda x, y: _far(x - y)),
    "nettement_moins": _of_two_shares(lambda x, y: _far(y - x)),
    "en_points": _in_points,
    "tous": _of_a_share(lambda x: _degree(x >= 1 - EXACT)),
    "aucun": _of_a_share(lambda x: _degree(x <= EXACT)),
    "un_seul": _taking(_whole)(lambda k: _degree(k == 1)),
    "selon": _depends,
}
