"""Rating scales: their ends, and the groups and sides that their scores fall into."""

__all__ = ["MOST", "Entry", "Group", "Scale"]

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from utils.french import number
from utils.survey.typed import Identifier, Text, Whole


class Entry(BaseModel):
    """Part of a YAML file; misspelt keys do not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


MOST = 11  # scores of a scale: each is drawn, tabulated and told apart
_SIDES = ("desaccord", "neutre", "accord")  # of a scale, in this order or the other


class Group(Entry):
    """Neighbouring scores told together, on one side of the scale or in its middle."""

    id: Identifier
    libelle: Text
    scores: tuple[Whole, ...] = Field(min_length=1)
    sens: Literal["desaccord", "neutre", "accord"]


class Scale(Entry):
    """A rating scale: its ends, their wording, and the groups that its scores fall into.

    `indice: nps` makes a net promoter score of it: those who agree are promoters, the others
    passives (in the middle) and detractors.
    """

    minimum: Whole
    maximum: Whole
    bas: Text
    haut: Text
    groupes: tuple[Group, ...]
    indice: Literal["nps"] | None = None

    @model_validator(mode="after")
    def _groups_cover_the_scale(self) -> "Scale":
        if [s for group in self.groupes for s in group.scores] != list(self.points):
            raise ValueError(
                f"des groupes qui couvrent les scores {self.minimum} à {self.maximum}, chacun une fois et dans l’ordre"
            )
        return self

    @model_validator(mode="after")
    def _groups_run_one_way(self) -> "Scale":
        if self.minimum >= self.maximum:
            raise ValueError("un `maximum` plus grand que le `minimum`")
        sides = [_SIDES.index(group.sens) for group in self.groupes]
        if sides not in (sorted(sides), sorted(sides, reverse=True)):
            raise ValueError("des groupes qui vont du désaccord à l’accord, ou de l’accord au désaccord")
        if not {"desaccord", "accord"} <= {group.sens for group in self.groupes}:
            raise ValueError("au moins un groupe de sens `desaccord` et un de sens `accord`")
        return self

    @model_validator(mode="after")
    def _promoters_are_those_of_the_index(self) -> "Scale":
        sides = {"desaccord": tuple(range(7)), "neutre": (7, 8), "accord": (9, 10)}  # Reichheld 2003
        if self.indice and any(self.side(sens) != scores for sens, scores in sides.items()):
            raise ValueError(
                "`indice: nps` pour une échelle de 0 à 10 seulement, dont les groupes mettent 0 à 6 en `desaccord` "
                "(détracteurs), 7 et 8 en `neutre` (passifs), 9 et 10 en `accord` (promoteurs)"
            )
        return self

    @model_validator(mode="before")
    @classmethod
    def _scores_can_be_told_one_by_one(cls, given: Any) -> Any:
        # Before the groups, which nobody should write for a hundred scores to be told so.
        try:
            many = int(given["maximum"]) - int(given["minimum"]) + 1
        except (KeyError, TypeError, ValueError):
            return given  # what is missing or no integer is told by its own rule
        if many > MOST:
            raise ValueError(
                f"une échelle de 2 à {MOST} scores, non de {many} : au-delà, une question de type `nombre`, qui n’a "
                "pas d’échelle mais un `minimum` et un `maximum`"
            )
        return given

    @property
    def points(self) -> range:
        """Every score that can be given, in order."""
        return range(self.minimum, self.maximum + 1)

    @property
    def descending(self) -> bool:
        """Whether it runs from agreement to disagreement: its lowest scores are those that agree."""
        first, last = (_SIDES.index(group.sens) for group in (self.groupes[0], self.groupes[-1]))
        return first > last

    @property
    def towards_agreement(self) -> tuple[Group, ...]:
        """Its groups from disagreement to agreement, whichever way its scores run."""
        return self.groupes[::-1] if self.descending else self.groupes

    @property
    def named(self) -> dict[int, str]:
        """Every score as it is written, with the wording of the ends.

        Examples
        --------
        « 1 (pas du tout d’accord) », « 2 », …
        """
        ends = {self.minimum: f" ({self.bas})", self.maximum: f" ({self.haut})"}
        return {score: f"{number(score)}{ends.get(score, '')}" for score in self.points}

    @property
    def told(self) -> str:
        """From which score to which it goes: « de 1 (pas du tout d’accord) à 10 (tout à fait d’accord) »."""
        return f"de {self.named[self.minimum]} à {self.named[self.maximum]}"

    @property
    def ends(self) -> tuple[str, str]:
        """The wording of its end in disagreement, and of its end in agreement."""
        return (self.haut, self.bas) if self.descending else (self.bas, self.haut)

    def position(self, score: int) -> float:
        """Return where a score stands between the end in disagreement (0) and the end in agreement (1).

        This is what scores of scales that differ in length or direction have in common.

        Examples
        --------
        >>> groups = [Group(id=s, libelle=s, scores=(i,), sens=s) for i, s in enumerate(("accord", "desaccord"), 1)]
        >>> Scale(minimum=1, maximum=2, bas="oui", haut="non", groupes=groups).position(2)
        0.0
        """
        along = (score - self.minimum) / (self.maximum - self.minimum)
        return 1 - along if self.descending else along

    def side(self, sens: str) -> tuple[int, ...]:
        """Return the scores of one side: `desaccord`, `neutre` or `accord`."""
        return tuple(s for group in self.groupes if group.sens == sens for s in group.scores)
