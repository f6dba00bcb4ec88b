"""Rankings as forms write them: one cell in order, one column a rank, or one column an option that holds its rank."""

__all__ = ["by_rank", "misordered", "ordered"]

import re
from collections.abc import Mapping, Sequence

from utils.french import count, listing
from utils.reading.forms.counting import order_of
from utils.survey.codebook import Question
from utils.survey.places import ranks_of


def misordered(question: Question, value: str) -> str:
    """Say what a cell should hold in place of an order that cannot be; empty text where it can, or is no ranking.

    Parameters
    ----------
    question : Question
    value : str
        Options joined by `;`, the first one first.
    """
    if question.type != "classement":
        return ""
    order = order_of(value)
    most, known = len(ranks_of(question)), ", ".join(question.options)
    if unknown := [option for option in order if option and option not in question.options]:
        return f"des modalités dans l’ordre de préférence, séparées par « ; », parmi {known} ; non {listing(unknown)}"
    if twice := [option for option in dict.fromkeys(order) if option and order.count(option) > 1]:
        return f"chaque modalité une seule fois : {listing(twice)} en a plusieurs"
    if "" in order:
        return f"un classement sans trou : rien n’est classé au rang {order.index('') + 1}"
    if len(order) > most:
        return f"{count(most, 'modalité classée', 'modalités classées')} au plus"
    return ""


def ordered(ranks: Mapping[str, str], most: int) -> tuple[str, str]:
    """Put options in the order of the ranks that they were given.

    Parameters
    ----------
    ranks : mapping
        Rank by option, as text; empty where it was given none.
    most : int
        The last rank that may be given.

    Returns
    -------
    tuple of str
        The options in order, joined, and what was expected where they cannot be put in order, which is empty elsewhere.

    Examples
    --------
    >>> ordered({"a": "2", "b": "1", "c": ""}, 3)
    ('b;a', '')
    >>> ordered({"a": "1", "b": "1"}, 2)[1]
    'un rang différent pour chaque modalité : a et b ont le rang 1'
    """
    if not all(re.fullmatch(r"-?[0-9]{0,9}", rank) for rank in ranks.values()):
        return "", ""  # a cell that is no rank is told by itself
    given = {option: int(rank) for option, rank in ranks.items() if rank}
    if outside := [option for option, rank in given.items() if not 1 <= rank <= most]:
        return "", f"un rang de 1 à {most} : {outside[0]} a le rang {given[outside[0]]}"
    for rank in sorted(set(given.values())):
        if len(same := [option for option, own in given.items() if own == rank]) > 1:
            return "", f"un rang différent pour chaque modalité : {listing(same)} ont le rang {rank}"
    if missing := sorted(set(range(1, len(given) + 1)) - set(given.values())):
        return "", f"des rangs qui se suivent à partir de 1 : le rang {missing[0]} manque"
    return ";".join(sorted(given, key=given.__getitem__)), ""


def by_rank(cells: Sequence[str]) -> tuple[str, str]:
    """Join the options of one column a rank; as `ordered`.

    Examples
    --------
    >>> by_rank(["b", "a", ""]), by_rank(["b", "", "a"])[1]
    (('b;a', ''), 'des rangs qui se suivent à partir de 1 : le rang 2 manque')
    >>> by_rank(["b", "b"])[1]
    'chaque modalité à un seul rang : b en a plusieurs'
    """
    given = [option for option in cells if option]
    if twice := [option for option in dict.fromkeys(given) if given.count(option) > 1]:
        return "", f"chaque modalité à un seul rang : {listing(twice)} en a plusieurs"
    if given != list(cells[: len(given)]):
        return "", f"des rangs qui se suivent à partir de 1 : le rang {list(cells).index('') + 1} manque"
    return ";".join(given), ""
