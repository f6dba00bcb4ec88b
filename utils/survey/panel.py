"""Communes that answered in two waves, followed from one to the other."""

__all__ = ["Panel"]

import math
from dataclasses import dataclass

from utils.statistics.compare import ALPHA


@dataclass(frozen=True)
class Panel:
    """Communes that answered in both waves: whether each became active or ceased to be.

    Attributes
    ----------
    communes : int
    gained, lost : int
        Communes active now only, and before only.
    before, now : int
        Communes active then and now.
    p, corrected : float
        McNemar's exact test; NaN where nothing changed, or answers are weighted. `corrected` for
        all that is compared, and for itself.
    others : tuple of int
        Active and other communes that answered once, then and now: what totals less those that are followed tell.
    threshold : int
        Smallest count that is no secret.
    asked : bool
        Whether both waves ask who is active; without, nothing is followed but how many answered twice.
    """

    communes: int
    gained: int
    lost: int
    before: int
    now: int
    p: float
    others: tuple[int, ...] = ()
    threshold: int = 1
    corrected: float = math.nan
    asked: bool = True

    @property
    def significant(self) -> bool:
        """Whether more communes changed one way than the other, once all comparisons are counted."""
        return self.corrected < ALPHA

    @property
    def sides_told(self) -> bool:
        """Whether it may be told how many were and are active: not of a few, and not so that few moves are left."""
        parts = (self.before, self.communes - self.before, self.now, self.communes - self.now, *self.others)
        room = min(self.now, self.communes - self.before) - max(0, self.now - self.before)
        told = not any(0 < part < self.threshold for part in parts) and (room >= self.threshold or self.moves_told)
        return self.asked and told

    @property
    def moves_told(self) -> bool:
        """Whether it may be told how many became active and how many ceased: of no kind there are a few."""
        kept = (self.before - self.lost, self.communes - self.before - self.gained)
        parts = (self.gained, self.lost, *kept, *self.others)
        return self.asked and not any(0 < part < self.threshold for part in parts)
