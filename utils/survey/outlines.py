"""Where places lie, for maps alone: no figure comes from outlines."""

__all__ = ["Outlines", "Shape"]

from dataclasses import dataclass

import numpy as np

# A polygon is its outer ring, then its holes; a ring is positions (longitude, latitude), the last being the first.
Shape = tuple[tuple[np.ndarray, ...], ...]


@dataclass(frozen=True)
class Outlines:
    """Places and their outlines.

    Attributes
    ----------
    shapes : dict
        Polygons by identifier.
    source : str
        Where the outlines come from, as the map has to say; empty where the file does not tell.
    labels : dict
        Longitude and latitude of a place's label, where the file has one.
    """

    shapes: dict[str, Shape]
    source: str
    labels: dict[str, tuple[float, float]]
