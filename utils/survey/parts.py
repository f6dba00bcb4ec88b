"""One answer of one group, as it is published: how many gave it, of how many, which share that is, and how sure."""

__all__ = ["Part"]

import math
from dataclasses import dataclass, field

from utils.statistics.design import WEIGHTED, Design, Sample
from utils.statistics.intervals import Interval
from utils.statistics.weighed import Weighed


@dataclass(frozen=True)
class Part:
    """How many gave an answer, and the share that they make.

    Attributes
    ----------
    count : int or None
        Answers counted, never weighted; None where the share alone is published.
    n : int or None
        Answers in all; None where not even these are published, nor then the share.
    sample : Sample
        What these are worth as evidence: the two numbers, or effective ones where answers do not weigh alike.
    design : Design
        The population that the share is of.
    apart : Weighed, optional
        Those who gave the answer and those who did not, with what they weigh: a Series of two cells.
    """

    count: int | None
    n: int | None
    sample: Sample
    design: Design
    apart: Weighed | None = field(default=None, compare=False)

    @classmethod
    def of(cls, count: int, n: int, design: Design, apart: Weighed | None = None) -> "Part":
        """Return a part of a group.

        Parameters
        ----------
        count, n : int
        design : Design
            That of answers of one weight.
        apart : Weighed, optional
            Those who gave the answer and those who did not, with what they weigh: a Series of two cells.

        Examples
        --------
        >>> Part.of(92, 138, Design(262)).share.__round__(2)
        0.67
        """
        count, n = int(count), int(n)
        if apart is None or apart.alike:
            return cls(count, n, Sample(count, n), design, apart)
        return cls(count, n, apart.sample(apart.n.index[:1]), WEIGHTED, apart)

    @property
    def weighted(self) -> bool:
        """Whether the share is weighted."""
        return self.design.weighted

    @property
    def share(self) -> float:
        """The share (0..1); NaN without answers."""
        return self.sample.part / self.sample.n if self.n else math.nan

    @property
    def interval(self) -> Interval | None:
        """Interval for the share; None without answers."""
        return self.design.share(*self.sample) if self.n else None
