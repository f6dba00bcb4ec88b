"""What is wrong with the data: every problem found, told in French, in one report."""

__all__ = ["LONGEST", "DataError", "Problem"]

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from utils.french import count

LONGEST = 120  # characters of a value that a report shows
TOLD = 500  # problems that it tells one by one
LONGEST_EXPECTED = 1500  # of what was expected, which may list what a file holds


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it stands, and what was expected there.

    Attributes
    ----------
    file : str
        Path from the project's root.
    expected : str
        What was expected, in French, as the end of « attendu : … ».
    line : int, optional
        Counted from 1, the header included; None where the file as a whole is meant.
    column, value : str, optional
    also : tuple of int
        Further lines with the very same fault: the first ones.
    count : int
        On how many lines the fault stands; 1 unless several are told together.
    others : int
        How many different values are meant, which are too many to be told one by one; 0 where one is.
    """

    file: str
    expected: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    also: tuple[int, ...] = ()
    count: int = 1
    others: int = 0

    def __str__(self) -> str:
        where = [self.file]
        if self.also:
            lines = ", ".join(map(str, (self.line, *self.also)))
            where.append(f"lignes {lines}{'…' if self.count > len(self.also) + 1 else ''} ({self.count} fois)")
        elif self.line is not None:
            where.append(f"ligne {self.line}")
        if self.column:
            where.append(f"colonne « {_written(self.column, LONGEST)} »")
        shown = "" if self.value is None else _written(" ".join(self.value[: 2 * LONGEST].split()), LONGEST)
        found = "" if self.value is None else f" : trouvé « {shown} »"
        if self.others:
            found = f" : trouvé {count(self.others, 'autre valeur', 'autres valeurs')}"
        return f"{', '.join(where)}{found} ; attendu : {_written(self.expected, LONGEST_EXPECTED)}"


def _written(text: str, longest: int) -> str:
    """Return a text in one line that is no longer, without addresses, and without what gives orders to a terminal."""
    text = _ADDRESS.sub("…@…", text[: longest + 1].replace("\n", " "))
    line = "".join(_MUTE.get(unicodedata.category(sign), sign) for sign in text)
    return f"{line[:longest]}…" if len(line) > longest else line


_ADDRESS = re.compile(r"[^\s@«»\"(),;:]+@[^\s@«»\"(),;:]*")
_MUTE = dict.fromkeys(("Cc", "Cf", "Cs", "Cn"), "�")  # of control, of direction, halves of a sign, none


class DataError(Exception):
    """The data cannot be used. Carries all problems, not just the first.

    Parameters
    ----------
    problems : sequence of Problem
        At least one; `str()` of the error is the report to print.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.report())

    def report(self) -> str:
        """Return the full report, a line each, in the order of files and lines."""
        ordered = sorted(self.problems, key=lambda p: (p.file, p.line or 0))
        total = sum(problem.count for problem in ordered)
        head = f"{count(total, 'problème', 'problèmes')} dans les données :"
        told = [f"  - {problem}" for problem in ordered[:TOLD]]
        more = [f"  - … et {count(len(ordered) - TOLD, 'autre', 'autres')}"] if len(ordered) > TOLD else []
        return "\n".join([head, *told, *more])
