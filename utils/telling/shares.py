"""Shares as a person says them: « deux communes sur trois », « un quart des communes »."""

__all__ = ["NEAR", "portion"]

from fractions import Fraction

NEAR = 0.02  # how far a share may lie from the fraction that it is told by
_ONE = {10: "un dixième", 6: "un sixième", 5: "un cinquième", 4: "un quart", 3: "un tiers", 2: "la moitié"}
_MORE = {
    Fraction(2, 3): ("deux", "trois"),
    Fraction(3, 4): ("trois", "quatre"),
    Fraction(4, 5): ("quatre", "cinq"),
    Fraction(9, 10): ("neuf", "dix"),
}


def portion(share: float, plural: str) -> str | None:
    """Write a share (0..1) as the nearest simple fraction of a noun; None where none is within `NEAR`.

    Examples
    --------
    >>> portion(0.67, "communes actives"), portion(0.26, "répondants"), portion(0.42, "communes")
    ('deux communes actives sur trois', 'un quart des répondants', None)
    """
    nearest = min([*_MORE, *(Fraction(1, of) for of in _ONE)], key=lambda fraction: abs(share - fraction))
    if abs(share - nearest) > NEAR + 1e-9:
        return None
    if nearest in _MORE:
        some, of = _MORE[nearest]
        return f"{some} {plural} sur {of}"
    return f"{_ONE[nearest.denominator]} des {plural}"
