"""The colours of a rated item: of the sides of its scale, and of each of its scores."""

__all__ = ["group_colours", "ramps", "score_colours", "side_colours"]

from collections.abc import Sequence

from utils.showing.style import NEUTRAL, NO, YES
from utils.survey.results import LikertResult


def ramps(result: LikertResult) -> tuple[Sequence[str], Sequence[str]]:
    """Return the colours of disagreement and of agreement: agreeing that something is missing is the brown side."""
    return (YES, NO) if result.question.polarite == "defavorable" else (NO, YES)


def side_colours(result: LikertResult) -> dict[str, str]:
    """Return the colour of each side of an item's scale as a whole, by its `sens`."""
    against, agreeing = ramps(result)
    return {"desaccord": against[1], "neutre": NEUTRAL, "accord": agreeing[1]}


def group_colours(result: LikertResult) -> dict[str, str]:
    """Give every group of the scale its colour: strong at the ends, pale towards the middle."""
    groups, (against, agreeing) = result.scale.towards_agreement, ramps(result)
    no = [g.id for g in groups if g.sens == "desaccord"]
    yes = [g.id for g in groups if g.sens == "accord"][::-1]
    middle = {g.id: NEUTRAL for g in groups if g.sens == "neutre"}
    return {**_ramp(no, against), **_ramp(yes, agreeing), **middle}


def _ramp(groups: Sequence[str], colours: Sequence[str]) -> dict[str, str]:
    return {group: colours[min(i, len(colours) - 1)] for i, group in enumerate(groups)}


def score_colours(result: LikertResult) -> list[str]:
    """Return the colour of every score of an item's scale, in order."""
    colours = group_colours(result)
    return [colours[g.id] for g in result.scale.groupes for _ in g.scores]
