"""A table of any size, from its file into a database.

The database is told how the file is written and guesses nothing; its rows are held against
those that were counted on the way. A file that cuts in no regular way, and a workbook, go
through the reader that takes cell by cell, and that tells what is wrong.
"""

__all__ = ["Source", "open_source"]

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from utils.reading.cutting import Block, IrregularError, regular
from utils.reading.files import LINE, display_path
from utils.reading.problems import Problem
from utils.reading.relations import ROWS, Relation, literal
from utils.reading.tabular import EMPTY, Layout, beyond, head_of, layout_of, records, untitled
from utils.reading.texts import Dialect
from utils.reading.titles import SAMPLE, Finder, Record, first_row

_AT_ONCE = 10_000  # records taken together where cells are read one by one
_LONGEST = 1 << 22  # bytes of one record: a sign takes four at most
_BEYOND = 100  # empty cells behind the last title that are no matter of looking at rows one by one
_TOLD = 20  # rows too long that are told one by one
_SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())  # as Python strips them
# Most cells have none: those alone that begin or end like one are looked at closely.
_TRIMMED = (
    "CASE WHEN {0} < '!' OR {0} > '~' OR right({0}, 1) < '!' OR right({0}, 1) > '~' "
    f"THEN trim({{0}}, {literal(_SPACES)}) ELSE {{0}} END"
)


_BARE = f"regexp_replace({ROWS}.{{}}, '^''([=+@-])', '\\1')"


@dataclass
class Source:
    """A table whose header was read, and whose rows wait to be loaded: once.

    Attributes
    ----------
    path : Path
    header : tuple of str
        The titles, in the order of the file.
    line : int
        Where the header stands.
    last : int
        The line of the last row above the answers.
    """

    path: Path
    header: tuple[str, ...]
    line: int
    last: int
    layout: Layout
    places: list[str]  # the titles in their places, an empty text where there is none
    widest: int  # the most cells among the first rows
    rest: Iterator[Record]
    found: list[Problem]  # what the reader of `rest` has to tell
    guarded: bool = False  # whether an apostrophe keeps spreadsheets from taking texts for formulas

    def load(self, problems: list[Problem], titles: Collection[str] | None = None) -> Relation:
        """Return the rows that hold anything; `titles` are the columns kept, all by default.

        Cells have no outer spaces. What a row that ends before the header does lacks is empty.
        """
        kept = [place for place, title in enumerate(self.places) if title and (titles is None or title in titles)]
        relation = None
        if isinstance(self.layout, Dialect):
            try:
                relation = self._loaded(regular(self.path, self.layout, self.last + 1), self.layout.delimiter, kept)
            except (IrregularError, duckdb.InvalidInputException):
                relation = None
        own: list[Problem] = []
        if relation is None:
            relation = self._loaded(self._one_by_one(own), ",", kept)
        problems += [*self.found, *own]
        blank = [place for place, title in enumerate(self.places) if not title]
        if blank:
            first = ", ".join(f"min({LINE}) FILTER (c{place} <> '')" for place in blank)
            filled = dict(zip(blank, relation.fetch(f"SELECT {first} FROM rows")[0], strict=True))
            filled = {place: line for place, line in filled.items() if line}
            problems += untitled(self.places, filled, display_path(self.path), self.line)
        cell = _BARE if self.guarded else f"{ROWS}.{{}}"
        return relation.renamed({self.places[place]: cell.format(f"c{place}") for place in kept})

    def _loaded(self, blocks: Iterable[Block], delimiter: str, kept: list[int]) -> Relation:
        """Copy records into the database; raise `IrregularError` if it counts others than we do."""
        width = len(self.places)
        stored = [f"c{place}" for place, title in enumerate(self.places) if place in kept or not title]
        relation = Relation(stored=len(stored))
        columns = [f"c{place}" for place in range(max(self.widest, width) + 1)]  # one more tells rows too long
        copy, spaced = Path(relation.folder) / "records.csv", False
        run = relation.database.execute
        run(f"CREATE TABLE starts ({LINE} INTEGER)")
        with copy.open("wb") as stream:
            for block in blocks:
                stream.write(block.content)
                relation.store("starts", pd.DataFrame({LINE: block.lines.astype("int32")}))
                spaced |= block.spaced
        names = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
        read = (
            f"read_csv({literal(str(copy))}, auto_detect = false, header = false, columns = {{{names}}}, "
            f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', comment = '', new_line = '\\n', "
            f"strict_mode = true, null_padding = true, force_not_null = {columns}, parallel = false, "
            f"max_line_size = {_LONGEST}, buffer_size = {4 * _LONGEST})"
        )
        cell = {c: _TRIMMED.format(c) if spaced else c for c in columns}
        cells = "".join(f", {cell[c]} AS {c}" for c in stored)
        filled = [f"{cell[c]} <> ''" for c in columns]
        lost = f"c0 IS NULL OR {LINE} IS NULL"
        run(
            f"CREATE TABLE rows AS SELECT {LINE}{cells}, {lost} OR {' OR '.join(filled[width:])} AS wrong "
            f"FROM {read} POSITIONAL JOIN starts WHERE {lost} OR {' OR '.join(filled)}"
        )
        copy.unlink()
        run("DROP TABLE starts")
        if relation.fetch("SELECT count(*) FROM rows WHERE wrong")[0][0]:
            raise IrregularError
        return relation

    def _one_by_one(self, problems: list[Problem]) -> Iterator[Block]:
        """Yield the rows as they are read cell by cell; tell those that hold more cells than the header."""
        width, many = len(self.places), 0
        while batch := list(islice(self.rest, _AT_ONCE)):
            lines, written = [], io.StringIO()
            writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
            for line, cells in batch:
                if any(cells[width:]):
                    many += 1
                    if many <= _TOLD:
                        problems.append(beyond((line, cells), width, display_path(self.path)))
                    continue
                lines.append(line)
                writer.writerow(cells[:width])
            yield Block(written.getvalue().encode(), np.array(lines, int), spaced=False)
        if many > _TOLD:
            expected = f"{width} cellules, comme dans l’en-tête, dans toutes les lignes ({many} en ont plus)"
            problems.append(Problem(display_path(self.path), expected, count=many - _TOLD))


def open_source(
    path: Path, problems: list[Problem], sheet: str | None = None, titles: Finder = first_row
) -> Source | None:
    """Read the header of a table; None if it cannot be read, which is told.

    Parameters
    ----------
    path, problems, sheet, titles
        As for `tabular.read_raw`.
    """
    before, own = len(problems), []
    layout = layout_of(path, problems, sheet)
    if layout is None:
        return None
    rest = records(path, layout, own, titles)
    sampled = list(islice(rest, SAMPLE))
    if not sampled:
        problems += own
        if len(problems) == before:
            problems.append(Problem(display_path(path), EMPTY))
        return None
    found = titles(sampled)
    places = head_of(found, display_path(path), problems)
    if not places:
        problems += own
        return None
    widest = min(len(places) + _BEYOND, max(len(cells) for _, cells in sampled))
    rows = chain(sampled[found.rows :], rest)
    named = tuple(title for title in places if title)
    return Source(path, named, found.line, found.last, layout, places, widest, rows, own)
