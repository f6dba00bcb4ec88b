"""Faults that rows have in common, told once: how many there are costs neither time nor lines of a report."""

__all__ = ["SHOWN", "TOLD", "Faults"]

from collections.abc import Callable, Sequence

from utils.reading.files import LINE
from utils.reading.problems import Problem
from utils.reading.relations import EVERY, ROWS, Relation, literal

SHOWN = 5  # lines named with a fault, columns named where one is absent; the others are counted
TOLD = 20  # different values told of one kind of fault in a column; the others are counted


class Faults:
    """What is wrong with the rows of a file.

    Parameters
    ----------
    rows : Relation
    file : str
        What the analyst calls it.
    problems : list of Problem
        Receives what is wrong.
    shown : int
        How many lines are named with a fault.
    """

    def __init__(self, rows: Relation, file: str, problems: list[Problem], shown: int = SHOWN) -> None:
        self.rows, self.file, self.problems, self.shown = rows, file, problems, min(shown, EVERY)

    def tell(
        self,
        expected: str,
        lines: Sequence[int] = (),
        count: int = 1,
        *,
        column: str | None = None,
        value: str | None = None,
        others: int = 0,
    ) -> None:
        """Note a fault and the first lines where it stands; `count` is of all of them."""
        first, *more = lines or [None]
        also, count = tuple(more[: self.shown - 1]), max(count, 1)
        self.problems.append(Problem(self.file, expected, first, column, value, also, count, others))

    def tell_where(self, condition: str, expected: str, column: str, value: str | None = None) -> None:
        """Note the rows of which a condition holds as one fault."""
        lines, count = self.rows.lines(condition, self.shown)
        if count:
            self.tell(expected, lines, count, column=column, value=value)

    def tell_each(
        self,
        key: str,
        condition: str,
        column: str,
        told: Callable[[str], tuple[str, str | None]],
        others: str,
        source: str | None = None,
    ) -> None:
        """Note the rows of which a condition holds, those alike as one fault, the first to stand in the file first.

        Parameters
        ----------
        key : str
            In SQL, the text that rows with the same fault have in common.
        condition : str
            In SQL.
        column : str
        told : callable
            What was expected of a key, and the value to show.
        others : str
            What was expected, in general: told of the keys behind the first `TOLD`.
        source : str, optional
            What stands behind FROM, if it is not the rows alone.
        """
        source = source or self.rows.source
        found = self.rows.fetch(
            f"SELECT {key} AS key, min({ROWS}.{LINE}) AS first, count(*) FROM {source} WHERE {condition} "
            f"GROUP BY key ORDER BY first LIMIT {TOLD + 1}"
        )
        if not found:
            return
        named = ", ".join(literal(name) for name, *_ in found[:TOLD])
        lines = dict(
            self.rows.fetch(
                f"SELECT {key} AS key, min({ROWS}.{LINE}, {self.shown}) FROM {source} "
                f"WHERE ({condition}) AND {key} IN ({named}) GROUP BY key"
            )
        )
        for name, _, count in found[:TOLD]:
            expected, value = told(name)
            self.tell(expected, lines[name], count, column=column, value=value)
        if len(found) > TOLD:
            more, at, count = self.rows.fetch(
                f"SELECT count(DISTINCT {key}), min({ROWS}.{LINE}, {self.shown}), count(*) FROM {source} "
                f"WHERE ({condition}) AND {key} NOT IN ({named})"
            )[0]
            self.tell(others, at, count, column=column, others=more)
