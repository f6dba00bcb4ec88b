"""What a question that asks for a number accepts, and the classes that its answers are counted in.

Numbers are counted by class because a class is what a count can be of: `effectifs.csv` holds them,
breakdowns are protected by them, two waves are compared on them, and a reader who has the counts
has all that a test knows. Their bounds are the questionnaire's, never the data's, so that they are
the same in every wave. The numbers themselves stay beside them where respondents' rows are known,
and give nothing but a median and quartiles (`statistics.quantiles`).
"""

__all__ = ["MOST", "Measure", "check_number"]

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10
from typing import Any

from utils.french import number

CANONICAL = r"-?[0-9]{1,15}(\.[0-9]{1,30})?"  # more digits are of no number that is counted
MOST = 8  # classes that are made where the questionnaire states none


@dataclass(frozen=True)
class Measure:
    """The numbers that may be answered, and their classes.

    Attributes
    ----------
    minimum, maximum : float
        Both may be answered.
    whole : bool
        Whether only whole numbers may be.
    bounds : tuple of float
        The lower bound of each class, which belongs to it; the first is `minimum`.

    Examples
    --------
    >>> people = Measure(0, 50, True, (0, 1, 5, 10))
    >>> list(people.classes)
    ['0', '1_a_4', '5_a_9', '10_et_plus']
    >>> people.named(7), people.named(7.5), people.named(51)
    ('5_a_9', None, None)
    """

    minimum: float
    maximum: float
    whole: bool
    bounds: tuple[float, ...]

    @classmethod
    def of(cls, minimum: float, maximum: float, whole: bool, bounds: tuple[float, ...]) -> "Measure":
        """Build, with classes of equal width where none are stated.

        Raises
        ------
        ValueError
            Bounds that do not fit, in French.
        """
        if minimum >= maximum:
            raise ValueError("un `maximum` plus grand que le `minimum`")
        bounds = bounds or _even(minimum, maximum, whole)
        if bounds[0] != minimum or list(bounds) != sorted(set(bounds)) or bounds[-1] > maximum:
            raise ValueError("des `classes` en ordre croissant, la première au `minimum`, aucune au-delà du `maximum`")
        if whole and any(value % 1 for value in (minimum, maximum, *bounds)):
            raise ValueError("des `classes`, un `minimum` et un `maximum` entiers, puisque `entier` vaut true")
        return cls(minimum, maximum, whole, bounds)

    @cached_property
    def _ends(self) -> list[tuple[float, float | None]]:
        """Lower bound and what is told of the upper end of each class; None for the last, or where they are one."""
        uppers = [*(upper - self.whole for upper in self.bounds[1:]), None]
        return list(zip(self.bounds, uppers, strict=True))

    @cached_property
    def classes(self) -> dict[str, str]:
        """Label by id of each class, in order; an id tells its bounds."""
        ids = [self._written(_code, low, high, "_a_", "_a_moins_", "_et_plus") for low, high in self._ends]
        says = [self._written(_shown, low, high, " à ", " à moins de ", " et plus", "de ") for low, high in self._ends]
        return dict(zip(ids, says, strict=True))

    def _written(self, one, low: float, high: float | None, to: str, below: str, more: str, start: str = "") -> str:
        if high is None:
            return one(low) + (more if low < self.maximum else "")
        if low == high:
            return one(low)
        return f"{start}{one(low)}{to if self.whole else below}{one(high)}"

    def named(self, value: float) -> str | None:
        """Return the class of a number; None where it may not be answered."""
        if not self.minimum <= value <= self.maximum or (self.whole and value % 1):
            return None
        return list(self.classes)[bisect_right(self.bounds, value) - 1]

    def held(self, cell: str) -> str | None:
        """Return the class of a number as the contract writes it (`12`, `0.5`); None where it is no answer."""
        return self.named(float(cell)) if re.fullmatch(CANONICAL, cell) else None

    def place(self, value: float) -> float:
        """Return where a number stands among the classes set side by side, each one wide.

        Examples
        --------
        >>> Measure(0, 10, False, (0, 2, 4)).place(3)
        1.5
        """
        i = bisect_right(self.bounds, value) - 1
        upper = self.bounds[i + 1] if i + 1 < len(self.bounds) else self.maximum + self.whole
        # A whole number stands in the middle of its own place.
        within = (value - self.bounds[i] + self.whole / 2) / (upper - self.bounds[i]) if upper > self.bounds[i] else 0.5
        return i + min(1.0, within)


def _even(minimum: float, maximum: float, whole: bool) -> tuple[float, ...]:
    """Return bounds at multiples of 1, 2 or 5 times a power of ten, of `MOST` classes at most."""
    end = maximum + whole
    size = 10 ** floor(log10((end - minimum) / MOST))
    width = next(w for w in (k * size for k in (1, 2, 5, 10, 20)) if ceil((end - minimum) / w) <= MOST)
    width = max(1, width) if whole else width
    inner = (round(k * width, 9) for k in range(floor(minimum / width) + 1, ceil(end / width)))
    return (minimum, *inner)


def _code(value: float) -> str:
    return f"{value:.15g}".replace(".", "v").replace("-", "m").replace("+", "")


def _shown(value: float) -> str:
    return number(value, 9)


def check_number(question: Any) -> dict[str, str]:
    """Return the label by id of the classes of a question that asks for a number; nothing of any other.

    Parameters
    ----------
    question : codebook.Question

    Raises
    ------
    ValueError
        What the codebook should hold, in French.
    """
    stated = (question.unite, question.minimum, question.maximum)
    if question.type != "nombre":
        if any(part is not None for part in stated) or question.entier or question.classes:
            raise ValueError(
                "`unite`, `minimum`, `maximum`, `entier` et `classes` pour une question de type nombre seulement"
            )
        return {}
    if any(part is None for part in stated):
        raise ValueError("une `unite`, un `minimum` et un `maximum` pour une question de type nombre")
    classes = question.measure.classes
    if question.options not in ({}, classes) or question.echelle or question.constat:
        raise ValueError("pour une question de type nombre, des `classes` : ni modalités, ni échelle, ni constat")
    return classes
