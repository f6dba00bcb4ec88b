"""A ranking as it is counted: each option at each rank is a count of its own, `budget_1`, `budget_2`.

So a wave that prints counts holds all that one of respondents' rows publishes: first places are a
single choice, and are protected, split and compared as one; the other ranks are told of all
together. A rank stands last in an identifier, which therefore tells option and rank for sure.
"""

__all__ = ["at_rank", "check_ranking", "ranks_of"]

from typing import Any


def at_rank(option: str, rank: int) -> str:
    """Return what an option at a rank is called among the counts."""
    return f"{option}_{rank}"


def ranks_of(question: Any) -> range:
    """Return the ranks that may be given: from 1 to `rangs`, or to the number of options."""
    return range(1, min(question.rangs or len(question.options), len(question.options)) + 1)


def check_ranking(question: Any) -> None:
    """Refuse a ranking that cannot be.

    Parameters
    ----------
    question : codebook.Question

    Raises
    ------
    ValueError
        What the codebook should hold, in French.
    """
    if question.type != "classement":
        if question.rangs is not None:
            raise ValueError("`rangs` pour une question de type classement seulement")
        return
    # An edition may come after or before some of the options.
    if not question.modalites or question.echelle or question.constat or question.ordonnee:
        raise ValueError("des `modalites` à classer, sans ordre, ni échelle, ni constat")
    if question.rangs is not None and question.rangs < 1:
        raise ValueError("un nombre de `rangs` d’au moins 1")
