"""An export opened as its tool wrote it: one row of titles, and cells without what a tool puts around them."""

__all__ = ["Opened", "open_export"]

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from utils.reading.files import LINE, display_path
from utils.reading.forms.title_rows import Heading, heading, recognise
from utils.reading.forms.tools import PLAIN, TOOLS, Tool
from utils.reading.problems import Problem
from utils.reading.tabular import RawTable, read_raw
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
    """Read an export as its tool writes it.

    Parameters
    ----------
    path : Path
    problems : list of Problem
        Receives what is wrong.
    mapping : ImportMapping, optional
        What the analyst says of it; without it, the tool is recognised by what it writes.
    """
    stated, found, absent = TOOLS[mapping.format] if mapping else PLAIN, [], set()

    def titles(records: Sequence[Record]) -> Titles:
        here = _heading(records, mapping)
        found.append(here)
        absent.update(set(mapping.entete if mapping else ()) - {line for line, _ in records})
        return here.titles

    raw = read_raw(path, problems, mapping.feuille if mapping else None, titles)
    for line in sorted(absent):
        expected = "sous `entete`, des lignes de titres : celle-ci est vide, ou loin des premières"
        problems.append(Problem(display_path(path), expected, value=str(line)))
    if absent or not found:
        return Opened(RawTable(), stated)
    tool = found[-1].tool if mapping or not raw.declared.kind else TOOLS[raw.declared.kind]
    if tool.guarded and raw.header:
        bare = raw.rows.drop(columns=LINE).apply(lambda cells: cells.str.replace(_GUARDED, "", regex=True))
        raw = replace(raw, rows=bare.assign(**{LINE: raw.rows[LINE]}))
    return Opened(raw, tool, found[-1].lines)


def _heading(records: Sequence[Record], mapping: ImportMapping | None) -> Heading:
    if mapping is None:
        return recognise(records)
    lines = {line for line, _ in records}
    return heading(records, TOOLS[mapping.format], [line for line in mapping.entete if line in lines])
