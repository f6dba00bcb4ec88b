"""An export opened as its tool wrote it: one row of titles, and cells without what a tool puts around them."""

__all__ = ["FIRST", "Opened", "open_export", "open_rows"]

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from utils.reading.files import LINE, display_path
from utils.reading.forms.formats import misnamed
from utils.reading.forms.samples import SEEN
from utils.reading.forms.title_rows import Heading, heading, recognise
from utils.reading.forms.tools import PLAIN, TOOLS, Tool
from utils.reading.loading import Source, open_source
from utils.reading.problems import Problem
from utils.reading.relations import ROWS, Relation
from utils.reading.statistical import Declared
from utils.reading.tabular import Statistical
from utils.reading.titles import Record, Titles
from utils.survey.about import ImportMapping

FIRST = 10_000  # rows that all are looked at to tell what columns mean


@dataclass(frozen=True)
class Opened:
    """An export as its tool wrote it, of which nothing is known yet.

    Attributes
    ----------
    header : tuple of str
        The titles, in the order of the file; none if it could not be read.
    rows : Relation
        All of them.
    sample : DataFrame of str
        The first `FIRST` rows, and for each column those in which one of its first different cells
        (`SEEN`) stands first: it holds the same first cells as the whole, in the same order.
    tool : Tool
        As the titles tell, or what the file is.
    lines : tuple of int
        Where the titles stand.
    declared : Declared
        What a statistical file says beside its values.
    """

    header: tuple[str, ...]
    rows: Relation
    sample: pd.DataFrame
    tool: Tool
    lines: tuple[int, ...] = ()
    declared: Declared = field(default_factory=Declared)


def open_export(path: Path, problems: list[Problem]) -> Opened | None:
    """Read an export of which nothing is known; None if it cannot be read, which is told.

    The tool is recognised by what it writes.

    Parameters
    ----------
    path : Path
    problems : list of Problem
        Receives what is wrong.
    """
    before, finder = len(problems), _Finder(None)
    source = open_source(path, problems, titles=finder)
    if source is None:
        return None
    tool = finder.heading.tool
    declared = source.layout.declared if isinstance(source.layout, Statistical) else Declared()
    if declared.kind:
        tool = TOOLS[declared.kind]
    rows = replace(source, guarded=tool.guarded).load(problems)
    if len(problems) > before:
        return None
    return Opened(source.header, rows, _sample(rows), tool, finder.heading.lines, declared)


def _sample(rows: Relation) -> pd.DataFrame:
    """Return the rows that tell what the columns mean: see `Opened`."""
    first = f"(SELECT * FROM rows ORDER BY {LINE} LIMIT {FIRST}) {ROWS}"
    lines = {line for (line,) in rows.fetch(f"SELECT {ROWS}.{LINE} FROM {first}")}
    for cell in rows.columns.values():
        # Where the first rows hold that many different cells, none further on is looked at.
        if rows.fetch(f"SELECT count(DISTINCT {cell}) FROM {first}")[0][0] < SEEN:
            found = f"SELECT min({ROWS}.{LINE}) FROM {rows.source} GROUP BY {cell} ORDER BY 1 LIMIT {SEEN}"
            lines |= {line for (line,) in rows.fetch(found)}
    return rows.frame(lines=lines)


def open_rows(path: Path, problems: list[Problem], mapping: ImportMapping) -> Source | None:
    """Open an export whose columns are known; None if it cannot be read, which is told.

    Parameters
    ----------
    path : Path
    problems : list of Problem
        Receives what is wrong.
    mapping : ImportMapping
        What the analyst says of it.
    """
    finder = _Finder(mapping)
    source = open_source(path, problems, mapping.feuille, finder)
    problems += finder.absent(path)
    if source is None or not finder.usable:
        return None
    kind = source.layout.declared.kind if isinstance(source.layout, Statistical) else ""
    if otherwise := misnamed(finder.records, finder.stated, kind):
        expected, sign = otherwise
        found = ", ".join(sign.cells) or mapping.format
        # Whatever else is wrong may be so for this reason alone.
        problems.append(Problem(display_path(path), expected, sign.line, value=found))
        return None
    return replace(source, guarded=finder.heading.tool.guarded)


class _Finder:
    """Finds the titles of an export, and remembers how."""

    def __init__(self, mapping: ImportMapping | None) -> None:
        self.mapping = mapping
        self.stated = TOOLS[mapping.format] if mapping else PLAIN
        self.heading: Heading | None = None
        self.lacking: set[int] = set()
        self.records: Sequence[Record] = ()

    def __call__(self, records: Sequence[Record]) -> Titles:
        self.records, self.heading = records, _heading(records, self.mapping)
        self.lacking |= set(self.mapping.entete if self.mapping else ()) - {line for line, _ in records}
        return self.heading.titles

    @property
    def usable(self) -> bool:
        return self.heading is not None and not self.lacking

    def absent(self, path: Path) -> list[Problem]:
        """Tell the lines of titles that are none."""
        expected = "sous `entete`, des lignes de titres : celle-ci est vide, ou loin des premières"
        return [Problem(display_path(path), expected, value=str(line)) for line in sorted(self.lacking)]


def _heading(records: Sequence[Record], mapping: ImportMapping | None) -> Heading:
    if mapping is None:
        return recognise(records)
    lines = {line for line, _ in records}
    return heading(records, TOOLS[mapping.format], [line for line in mapping.entete if line in lines])
