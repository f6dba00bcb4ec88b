"""What does not add up in a wave that can be used all the same."""

__all__ = ["Oddity"]

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Oddity:
    """Something that does not add up in a wave, which can be used all the same; the book says so.

    Attributes
    ----------
    kind : {"sans_poids", "sans_activite", "sans_groupe", "repetee", "sans_ordre", "hors_periode", \
"autre_province", "filtrees", "inachevees", "visites", "gardees", "manquante", "somme"}
        Rows whose weight is 0; communes that do not say whether they are active; that are of neither of two
        other kinds that are compared; communes with more than one
        respondent; those of them whose dates do not tell which came last; answers dated
        outside the period of the survey; rows that name another province than the list has for their
        commune; rows that the wave filters out, that were never sent, or
        where nothing was answered; answers that were never sent and count; answers missing
        from a question; answers that are not as many as their base.
    n : int
        How many communes, or answers.
    question : str
        The question's label, where it is one.
    base : str
        Of whom: one of `Codebook.bases`.
    expected : int
        Size of that base.
    """

    kind: Literal[
        "sans_poids",
        "sans_activite",
        "sans_groupe",
        "repetee",
        "sans_ordre",
        "hors_periode",
        "autre_province",
        "filtrees",
        "inachevees",
        "visites",
        "gardees",
        "manquante",
        "somme",
    ]
    n: int
    question: str = ""
    base: str = ""
    expected: int = 0
