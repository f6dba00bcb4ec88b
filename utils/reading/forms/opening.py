"""An export opened as its tool wrote it: one row of titles, and cells without what a tool puts around them."""

__all__ = ["Opened", "open_export", "open_rows"]

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from utils.reading.files import LINE, display_path
from utils.reading.forms.formats import misnamed
from utils.reading.forms.title_rows import Heading, heading, recognise
from utils.reading.forms.tools import PLAIN, TOOLS, Tool
from utils.reading.loading import Source, open_source
from utils.reading.problems import Problem
from utils.reading.tabular import RawTable, Statistical, read_raw
from utils.reading.titles import Record, Titles
from utils.survey.about import ImportMapping

_GUARDED = r"^'(?=[=+\-@])"  # an apostrophe that keeps a spreadsheet from taking the text for a formula


@dataclass(frozen=True)
class Opened:
    """An export as its tool wrote it.

    Attributes
    ----------
    raw : RawTable
    tool : Tool
        As the analyst says, or as the titles tell.
    lines : tuple of int
        Where the titles stand.
    """

    raw: RawTable
    tool: Tool
    lines: tuple[int, ...] = ()


def open_export(path: Path, problems: list[Problem], mapping: ImportMapping | None = None) -> Opened:
    """Read an export as its tool writes it: all of it, for who looks for what its columns mean.

    Parameters
    ----------
    path : Path
    problems : list of Problem
        Receives what is wrong.
    mapping : ImportMapping, optional
        What the analyst says of it; without it, the tool is recognised by what it writes.
    """
    finder = _Finder(mapping)
    raw = read_raw(path, problems, mapping.feuille if mapping else None, finder)
    problems += finder.absent(path)
    if not finder.usable:
        return Opened(RawTable(), finder.stated)
    tool = finder.heading.tool if mapping or not raw.declared.kind else TOOLS[raw.declared.kind]
    if tool.guarded and raw.header:
        bare = raw.rows.drop(columns=LINE).apply(lambda cells: cells.str.replace(_GUARDED, "", regex=True))
        raw = replace(raw, rows=bare.assign(**{LINE: raw.rows[LINE]}))
    return Opened(raw, tool, finder.heading.lines)


def open_rows(path: Path, problems: list[Problem], mapping: ImportMapping) -> Source | None:
    """Open an export whose columns are known; None if it cannot be read, which is told.

    Parameters
    ----------
    path, problems, mapping
        As for `open_export`.
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
