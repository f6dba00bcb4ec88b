"""How many of the region's inhabitants live in a commune that took part: known, bounded or only printed."""

__all__ = ["Coverage", "covered"]

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from utils.statistics.selection import bounds_of_sum


@dataclass(frozen=True)
class Coverage:
    """The share (0..1) of inhabitants that live in a participating commune.

    Attributes
    ----------
    printed : float or None
        As the study prints it; None where it prints none.
    low, high : float or None
        The least and the greatest share that fit how many communes of each province and of each size
        took part; one number where it is known which. None where nobody knows the inhabitants.
    """

    printed: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def share(self) -> float | None:
        """The share itself, where it is known which communes took part."""
        return self.low if self.low == self.high else None


def covered(
    communes: pd.DataFrame, participants: Collection[str], present: Mapping[str, Mapping[str, int]]
) -> tuple[float, float] | None:
    """Return the least and the greatest share of inhabitants that participating communes can have.

    Parameters
    ----------
    communes : DataFrame
        `ins, province, taille, population`: every commune asked.
    participants : collection of str
        INS codes of those that took part; empty where they are not known by name.
    present : mapping
        By `province` and by `taille`: how many of each took part.

    Returns
    -------
    tuple of float or None
        None where no communes of the list fit these numbers, or nobody lives there.

    Examples
    --------
    >>> listed = {"ins": list("abc"), "province": ["x"] * 3, "taille": list("sst"), "population": [10, 30, 60]}
    >>> covered(pd.DataFrame(listed), (), {"province": {"x": 2}, "taille": {"s": 1, "t": 1}})
    (0.7, 0.9)
    >>> covered(pd.DataFrame(listed), {"a", "c"}, {})
    (0.7, 0.7)
    """
    people = communes["population"]
    if not people.sum():
        return None
    if participants:
        lived = people[communes["ins"].isin(participants)].sum() / people.sum()
        return float(lived), float(lived)
    found = bounds_of_sum(people, [(communes[by], chosen) for by, chosen in present.items()])
    return None if found is None else (float(found[0] / people.sum()), float(found[1] / people.sum()))
