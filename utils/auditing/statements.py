"""What a published study states in words: `affirmations.yml`, each statement with the expression that decides it."""

__all__ = ["Claim", "Claims", "statements"]

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from utils.paths import DATA
from utils.reading.files import read_document
from utils.reading.problems import DataError, Problem
from utils.survey.typed import Text


class Claim(BaseModel):
    """One statement of a published study: where it stands, what it says, the expression that decides it.

    Attributes
    ----------
    verifie : str
        What decides it: confirmed where it is true, contradicted where it is false.
    compatible : str
        Of a statement that no table decides, what they must allow: false, they contradict it.
    motif : str
        Why nothing decides it.
    intertitre : bool
        Whether it is a heading that repeats a statement of the questionnaire.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    lieu: Text
    dit: Text
    verifie: str = ""
    compatible: str = ""
    calcul: str = ""
    motif: str = ""
    explication: str = ""
    contredit_par: str = ""
    intertitre: bool = False

    @model_validator(mode="after")
    def _decided_or_not(self) -> "Claim":
        if sum(map(bool, (self.verifie, self.compatible, self.motif))) != 1:
            raise ValueError(
                "`verifie` (ce qui décide), `compatible` (ce qui doit être possible) ou `motif` (pourquoi rien ne "
                "décide), un seul des trois"
            )
        if not (self.calcul or self.motif):
            raise ValueError("un `calcul` qui dise ce que donnent les tableaux")
        return self


class Claims(BaseModel):
    """`affirmations.yml`: the statements of a published study, in its order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    affirmations: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _ids_resolve(self) -> "Claims":
        ids = [claim.id for claim in self.affirmations]
        faults = []
        for i, claim in enumerate(self.affirmations):
            if claim.id in ids[:i]:
                expected = f"un identifiant unique par affirmation (en double : {claim.id})"
                faults.append(_fault(expected, i, "id", claim.id))
            if claim.contredit_par and (claim.contredit_par == claim.id or claim.contredit_par not in ids):
                expected = f"l’identifiant d’une autre affirmation dans `contredit_par` de « {claim.id} »"
                faults.append(_fault(expected, i, "contredit_par", claim.contredit_par))
        if faults:
            raise ValidationError.from_exception_data("Claims", faults)
        return self


def _fault(expected: str, entry: int, key: str, value: str) -> InitErrorDetails:
    """Tell a fault between statements where one of them stands: a plain `ValueError` would not say in which."""
    told = PydanticCustomError("value_error", "{error}", {"error": expected})
    return InitErrorDetails(type=told, loc=("affirmations", entry, key), input=value)


def statements(wave: str, data: Path = DATA) -> tuple[Claim, ...]:
    """Return the statements of a wave's study, in its order; none where the wave has no such file.

    Raises
    ------
    DataError
        The file is damaged; what its expressions say is `claims.check_claims`'s to judge.
    """
    path, problems = data / wave / "affirmations.yml", list[Problem]()
    if not path.exists():
        return ()
    read = read_document(path, Claims, problems)
    if problems or read is None:
        raise DataError(problems)
    return read.affirmations
