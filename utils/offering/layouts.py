"""What a table that readers download is described by: its columns, its key, what refers to what."""

__all__ = ["Field", "Layout"]

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Field:
    """One column.

    Attributes
    ----------
    name : str
    type : {"string", "integer", "number"}
    title : str
        Its header where people read the table.
    says : str
        What it holds, in French.
    required : bool
        Whether it is never empty.
    allowed : tuple of str
        Its only values, where they are few.
    pattern : str
        What its text looks like, as a regular expression; empty if it is free.
    least, most : float, optional
        Bounds of a number.
    share : bool
        Whether it is a part of one (0..1), printed as a percentage.
    """

    name: str
    type: Literal["string", "integer", "number"]
    title: str
    says: str
    required: bool = True
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    least: float | None = None
    most: float | None = None
    share: bool = False


@dataclass(frozen=True)
class Layout:
    """One table: its columns, its key, what its columns refer to.

    Attributes
    ----------
    name : str
    title : str
        As the heading of a sheet or of a file, in French.
    says : str
        What a row is.
    fields : tuple of Field
    key : tuple of str
        Columns that tell every row apart.
    refers : tuple of (columns, table)
        Columns whose values stand in those of the same names of another table.
    type : str, optional
        The type of question that it is of; an edition that asks none of it has no such table.
    """

    name: str
    title: str
    says: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[tuple[str, ...], str], ...] = ()
    type: str | None = None

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [field.name for field in self.fields]
