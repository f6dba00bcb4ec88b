"""The columns of a ranking in an export: one a rank, or one an option that holds its rank."""

__all__ = ["join", "place"]

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from utils.reading.forms.orders import by_rank, ordered
from utils.survey.about import ImportMapping
from utils.survey.codebook import Codebook, Question
from utils.survey.places import ranks_of


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


def join(
    question: Question, columns: Mapping[str, pd.Series] | Sequence[pd.Series], aside: pd.Series
) -> tuple[pd.Series, dict[str, list]]:
    """Return each row's order, joined, and the rows by what was expected in place of one that cannot be.

    Parameters
    ----------
    question : Question
    columns : mapping or sequence of Series of str
        By option, the rank that it was given; or by rank, the option.
    aside : Series of bool
        Rows whose faults no longer matter.
    """
    options = list(columns) if isinstance(columns, Mapping) else None
    series = list(columns.values()) if options else list(columns)
    orders, faults, most = [], {}, len(ranks_of(question))
    read: dict[tuple, tuple[str, str]] = {}
    for index, cells, spared in zip(aside.index, zip(*series, strict=True), aside, strict=True):
        if cells not in read:
            read[cells] = ordered(dict(zip(options, cells, strict=True)), most) if options else by_rank(cells)
        order, expected = read[cells]
        orders.append(order)
        if expected and not spared:
            faults.setdefault(expected, []).append(index)
    return pd.Series(orders, aside.index, dtype="str"), faults
