"""What is known about a wave beside its counts: who asked, when, of how many; its comments."""

__all__ = ["Comment", "Comments", "Metadata", "Period"]

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
Count = Annotated[int, Field(ge=0)]


class Period(BaseModel):
    """First and last month (or day) of the fieldwork, as AAAA-MM or AAAA-MM-JJ."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    debut: Month
    fin: Month

    @model_validator(mode="after")
    def _ends_fit(self) -> "Period":
        if len(self.debut) != len(self.fin) or self.fin < self.debut:
            raise ValueError("un début et une fin écrits de la même façon (AAAA-MM ou AAAA-MM-JJ), dans l’ordre")
        return self


class Metadata(BaseModel):
    """`vague.yml`: who asked, when, of how many."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titre: str
    organisateur: str
    periode: Period
    fictif: bool
    source: Literal["effectifs"]
    invites: Count
    repondants: Count
    communes: Count
    notes: tuple[str, ...] = ()


class Comment(BaseModel):
    """What an author says about one wave alone, shown in one chapter under a title."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titre: str
    texte: str


class Comments(BaseModel):
    """`commentaires.yml`: comments by chapter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chapitres: dict[str, tuple[Comment, ...]] = {}
