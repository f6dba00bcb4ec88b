"""What is known about a wave beside its counts: who asked, when, of how many; its comments, its claims."""

__all__ = ["Claim", "Claims", "Comment", "Comments", "Metadata", "Period"]

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


class Claim(BaseModel):
    """One statement of a published study: where it stands, what it says, the expression that decides it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    lieu: str
    dit: str
    verifie: str = ""
    calcul: str = ""
    motif: str = ""
    explication: str = ""
    contredit_par: str = ""

    @model_validator(mode="after")
    def _decided_or_not(self) -> "Claim":
        if bool(self.verifie) == bool(self.motif):
            raise ValueError("`verifie` (ce qui décide) ou `motif` (pourquoi rien ne décide), et pas les deux")
        if self.verifie and not self.calcul:
            raise ValueError("un `calcul` qui dise ce que donnent les tableaux")
        return self


class Claims(BaseModel):
    """`affirmations.yml`: the statements of a published study, in its order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    affirmations: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _ids_resolve(self) -> "Claims":
        ids = [claim.id for claim in self.affirmations]
        if repeated := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"un identifiant unique par affirmation (en double : {', '.join(repeated)})")
        for claim in self.affirmations:
            if claim.contredit_par and claim.contredit_par not in ids:
                raise ValueError(f"l’identifiant d’une autre affirmation dans `contredit_par` de « {claim.id} »")
        return self
