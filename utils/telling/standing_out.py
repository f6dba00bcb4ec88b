"""How a commune differs from its peers: what most do and it does not, what it does and few do, where it lags."""

__all__ = ["MOST", "Standing", "ahead", "elsewhere", "gap", "lagging", "missing", "rare", "standing"]

from collections.abc import Sequence
from typing import NamedTuple

from utils.survey.codebook import Codebook
from utils.survey.peers import Place

MOST, FEW = 0.5, 0.25  # what most do: at least one in two; what few do: one in four at most


class Standing(NamedTuple):
    """On how many rated items a commune stands before the middle of others, on it, and behind it."""

    before: int
    level: int
    behind: int

    @property
    def n(self) -> int:
        """On how many it can be said."""
        return sum(self)


def ahead(place: Place, codebook: Codebook) -> float | None:
    """Return by how many scores a commune stands before the median of others; negative behind it.

    None of what is neither good nor bad, was not rated, or is not told of others.
    """
    if place.question.polarite == "neutre" or place.middle is None or len(set(place.scores)) != 1:
        return None
    descending = codebook.scale(place.question.id).descending
    sign = -1 if (place.question.polarite == "defavorable") != descending else 1
    return sign * (place.scores[0] - place.middle[1])


def gap(place: Place, codebook: Codebook) -> float:
    """Return `ahead`, 0 where it is not known."""
    return ahead(place, codebook) or 0.0


def standing(places: Sequence[Place], codebook: Codebook) -> Standing:
    """Count the rated items on which a commune stands before, on or behind the median of others."""
    known = [found for place in places if (found := ahead(place, codebook)) is not None]
    return Standing(sum(f > 0 for f in known), sum(f == 0 for f in known), sum(f < 0 for f in known))


def lagging(places: Sequence[Place], codebook: Codebook) -> list[Place]:
    """Return the rated items on which a commune stands behind, the furthest first."""
    behind = [place for place in places if gap(place, codebook) < 0]
    return sorted(behind, key=lambda place: gap(place, codebook))


def missing(places: Sequence[Place], codebook: Codebook) -> list[Place]:
    """Return what most of its peers do and a commune does not, the most common first."""
    found = [place for place in places if _practice(place) and _lacks(place, codebook) and _share(place) >= MOST]
    return sorted(found, key=lambda place: -_share(place))


def elsewhere(places: Sequence[Place]) -> list[Place]:
    """Return what most of those do who are asked what a commune is not, the most common first."""
    found = [place for place in places if _practice(place) and not place.asked and _share(place) >= MOST]
    return sorted(found, key=lambda place: -_share(place))


def rare(places: Sequence[Place]) -> list[Place]:
    """Return what a commune does and few of its peers do, the rarest first."""
    found = [place for place in places if _practice(place) and place.own and 0 <= _share(place) <= FEW]
    return sorted(found, key=_share)


def _practice(place: Place) -> bool:
    """Whether an answer tells what a commune does: what it would like, or what hinders it, does not."""
    question = place.question
    if question.base == "repondants" or place.answer in question.alone:
        return False
    return question.type == "choix_multiple" or (question.type == "likert" and question.polarite == "favorable")


def _lacks(place: Place, codebook: Codebook) -> bool:
    """Whether a commune says that it does not: of a rated item, the middle says neither."""
    if place.question.type != "likert":
        return place.own is False
    return bool(place.scores) and set(place.scores) <= set(codebook.scale(place.question.id).side("desaccord"))


def _share(place: Place) -> float:
    """Return the share that stands beside the commune's answer: that of the first group of which it is told."""
    return place.nearest[1].share if place.nearest else -1.0
