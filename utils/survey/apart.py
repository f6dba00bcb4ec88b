"""Answers that stand apart in the codebook: no opinion, and options that rule out every other."""

__all__ = ["check_apart", "unruled"]

import re
from typing import Any

from utils.french import listing

_TAKEN = ("desaccord", "neutre", "accord")  # what the sides of a scale are called beside its scores

_NONE = re.compile(r"(aucune?s?|none|geen|rien|nihil)\b.*", re.IGNORECASE | re.DOTALL)


def unruled(question: Any) -> tuple[str, ...]:
    """Return the options of a multiple choice that say « none », of which nothing tells whether they rule out others.

    What `exclusive` says of them, true or false, tells it.

    Parameters
    ----------
    question : codebook.Question
    """
    if question.type != "choix_multiple":
        return ()
    said = (o for o in question.modalites if "exclusive" not in o.model_fields_set and o.id not in question.sans_avis)
    return tuple(option.id for option in said if _NONE.fullmatch(option.id) or _NONE.fullmatch(option.libelle.strip()))


def check_apart(question: Any) -> None:
    """Refuse a question whose answers apart cannot be.

    Parameters
    ----------
    question : codebook.Question

    Raises
    ------
    ValueError
        What the codebook should hold, in French.
    """
    if unknown := [option for option in question.sans_avis if option not in question.options]:
        raise ValueError(f"sous `sans_avis`, des modalités de la question, non {listing(unknown)}")
    if question.type == "likert":
        _check_rated(question)
    elif question.sans_avis and not question.type.startswith("choix"):
        raise ValueError("un `sans_avis` pour une question notée ou à choix seulement")
    if question.exclusive and question.type != "choix_multiple":
        raise ValueError(
            f"`exclusive` pour une question de type choix_multiple seulement, non pour {listing(question.exclusive)} : "
            "ailleurs, une réponse exclut déjà les autres"
        )
    if both := [option for option in question.exclusive if option in question.sans_avis]:
        raise ValueError(f"`exclusive` ou `sans_avis`, non les deux, pour {listing(both)} : « sans avis » exclut déjà")
    # What is told is told of the others.
    if question.type.startswith("choix") and set(question.options) <= {*question.exclusive, *question.sans_avis}:
        raise ValueError("au moins une modalité qui ne soit ni `exclusive` ni sous `sans_avis`")


def _check_rated(question: Any) -> None:
    if question.sans_avis and set(question.sans_avis) != set(question.options):
        rest = [option for option in question.options if option not in question.sans_avis]
        raise ValueError(
            f"sous `sans_avis`, toutes les modalités d’une question notée, {listing(rest)} comprises : "
            "ce qui n’est pas un score est hors de l’échelle"
        )
    if confused := [option for option in question.options if option in _TAKEN or re.fullmatch(r"[0-9]+", option)]:
        raise ValueError(
            f"pour {listing(confused)}, un autre identifiant : à une question notée, un nombre est un score, et "
            f"{listing(_TAKEN)} sont les côtés de l’échelle"
        )
