"""The columns of a ranking in an export: one a rank, or one an option that holds its rank."""

__all__ = ["joined", "place"]

from collections.abc import Callable, Mapping, Sequence

from utils.reading.forms.answers import UnreadError
from utils.reading.forms.orders import by_rank, ordered
from utils.survey.about import ImportMapping
from utils.survey.codebook import Codebook, Question
from utils.survey.places import ranks_of

_BETWEEN = "\x1f"  # between two cells, which hold no such sign unless something is wrong with them


def place(
    mapping: ImportMapping,
    codebook: Codebook,
    claim: Callable[[str, str], str | None],
    fault: Callable[[str, str | None, str | None], None],
) -> dict[str, list[str]]:
    """Return the columns of each ranking that has one a rank, the first rank first.

    Parameters
    ----------
    mapping, codebook
    claim : callable
        Takes a column for a role; returns its title, if there is one.
    fault : callable
        Notes what was expected, the column and the value.
    """
    held = {}
    for name, titles in mapping.colonnes_rangs.items():
        if name not in codebook or codebook[name].type != "classement":
            fault("sous `colonnes_rangs`, une question de type classement de cette vague", None, name)
        elif name in mapping.colonnes_multiples or name in mapping.colonnes.values():
            fault("une question citée sous `colonnes_rangs`, `colonnes_multiples` ou `colonnes` : une fois", None, name)
        elif len(titles) > (most := len(ranks_of(codebook[name]))):
            fault(f"sous `{name}`, un titre par rang, {most} au plus", titles[most], name)
        else:
            found = [claim(title, f"`{name}`, rang {rank}") for rank, title in enumerate(titles, 1)]
            held |= {name: found} if found and all(found) else {}
    return held


def joined(question: Question, cells: Mapping[str, str] | Sequence[str]) -> tuple[str, Callable[[str], str]]:
    """Return the cells of a ranking's columns as one text, and what reads it as an order.

    Parameters
    ----------
    question : Question
    cells : mapping or sequence of str
        By option, the expression of the rank that it was given; or by rank, that of the option.

    Returns
    -------
    str
        The expression of the cells, one after the other.
    callable
        Returns the options in order, joined by `;`; raises `UnreadError` where they have none.
    """
    options, most = list(cells) if isinstance(cells, Mapping) else None, len(ranks_of(question))
    columns = list(cells.values()) if isinstance(cells, Mapping) else list(cells)

    def read(text: str) -> str:
        held = text.split(_BETWEEN)
        if len(held) != len(columns):  # in a cell that is told by itself
            return ""
        order, expected = by_rank(held) if options is None else ordered(dict(zip(options, held, strict=True)), most)
        if expected:
            raise UnreadError((expected, ""))
        return order

    return f"concat_ws(chr({ord(_BETWEEN)}), {', '.join(columns)})" if columns else "''", read
