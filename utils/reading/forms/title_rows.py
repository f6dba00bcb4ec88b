"""One row of titles made of those that a form tool writes above its answers.

Titles depend on the rows of titles alone, so that an export that has grown has the same; only
EUSurvey's, which do not say what an option belongs to, look at the answers.
"""

__all__ = ["Heading", "heading", "recognise"]

import re
from collections.abc import Sequence
from dataclasses import dataclass

from utils.reading.forms.formats import sign_of
from utils.reading.forms.headings import wordings
from utils.reading.forms.labels import folded
from utils.reading.forms.tools import PLAIN, Tool
from utils.reading.titles import Record, Titles

_PLACED = re.compile(r"_\d+$")  # the code of one option, or of one line
_TICKED = {"Yes", "No"}  # what EUSurvey writes in the column of an option, in every language


@dataclass(frozen=True)
class Heading:
    """What stands above the answers.

    Attributes
    ----------
    titles : Titles
    lines : tuple of int
        The lines whose texts make the titles.
    tool : Tool
    """

    titles: Titles
    lines: tuple[int, ...]
    tool: Tool = PLAIN


def recognise(records: Sequence[Record]) -> Heading:
    """Find the titles of an export whose tool is not known.

    Parameters
    ----------
    records : sequence of Record
        The first rows of a file, those without a cell left out.

    Examples
    --------
    >>> recognise([(1, ["Alias", "enquete"]), (2, ["Export Date", "…"]), (4, ["Commune"]), (5, ["Namur"])]).lines
    (4,)
    """
    return heading(records, sign_of(records).tool)


def heading(records: Sequence[Record], tool: Tool, lines: Sequence[int] = ()) -> Heading:
    """Find the titles of a tool's export.

    Parameters
    ----------
    records : sequence of Record
        The first rows of a file, at least one.
    tool : Tool
    lines : sequence of int
        Where the titles stand, if the analyst says so; else the tool's own rows tell.

    Raises
    ------
    KeyError
        A line that holds nothing.
    """
    first = 0
    while tool.rows.above and first < len(records) - 1 and tool.rows.above.fullmatch(_first(records[first])):
        first += 1
    near = range(first, min(first + 3, len(records)))
    rows = 1 + max((row for row in near if _is_last(tool, records, row, first)), default=first)
    places = tool.rows.used if rows - first > 1 else (0,)
    used = sorted({(first if place >= 0 else rows) + place for place in places} & set(range(rows)))
    if lines:
        at = {line: row for row, (line, _) in enumerate(records)}
        said = [at[line] for line in lines]
        noise = {row for row in range(rows) if _is_last(tool, records, row, first)} - set(used)
        used, rows = [row for row in said if row not in noise] or said, max(rows, *(row + 1 for row in said))
    titles = _joined([records[row][1] for row in used], tool)
    if tool.rows.join == "options" and len(used) == 1:
        titles = _under_their_question(titles, [cells for _, cells in records[rows:]])
    where = tuple(records[row][0] for row in used)
    return Heading(Titles(where[-1], titles, rows, records[rows - 1][0]), where, tool)


def _first(record: Record) -> str:
    return record[1][0] if record[1] else ""


def _is_last(tool: Tool, records: Sequence[Record], row: int, first: int) -> bool:
    """Tell whether a row is the last one above the answers."""
    if tool.rows.blank:
        return row == first + 1 and not _first(records[row])
    return bool(tool.rows.last) and any(map(tool.rows.last.fullmatch, records[row][1]))


def _joined(texts: Sequence[Sequence[str]], tool: Tool) -> list[str]:
    """Make one row of titles of several, the first above."""
    width = max(map(len, texts))
    titles, *below = [[*cells, *[""] * (width - len(cells))] for cells in texts]
    for leaves in below:
        if tool.rows.join == "coded":
            titles = [_coded(*column, tool) for column in zip(titles, leaves, strict=True)]
        else:
            titles = [_nested(*column, tool) for column in zip(_carried(titles, leaves, tool), leaves, strict=True)]
    return titles


def _carried(above: Sequence[str], leaves: Sequence[str], tool: Tool) -> list[str]:
    """Write each question over every option it stands above, and nothing over the columns of the tool itself."""
    last, carried = "", []
    for text, leaf in zip(above, leaves, strict=True):
        last = text or last
        carried.append(last if leaf else text)
    own = {text for text, leaf in zip(carried, leaves, strict=True) if wordings(leaf) & tool.titles}
    return ["" if text in own else text for text in carried]


def _nested(above: str, leaf: str, tool: Tool) -> str:
    """Name a column by its question and by its option, if it has one."""
    if not leaf or folded(leaf) in tool.filler:
        return above
    return f"{above} [{leaf}]" if above and above != leaf else leaf


def _coded(code: str, text: str, tool: Tool) -> str:
    """Name a column by its code and its text, « Question - Option » written « Question [Option] »."""
    parts = [part for part in text.split(" - ") if folded(part) not in tool.filler]
    if len(parts) > 1 and _PLACED.search(code):
        parts = [f"{' - '.join(parts[:-1])} [{parts[-1]}]"]
    said = " - ".join(parts)
    # "StartDate" over "Start Date" says nothing more.
    return code if not said or wordings(code) & tool.titles or _squeezed(code) == _squeezed(said) else f"{code}. {said}"


def _under_their_question(titles: Sequence[str], answers: Sequence[Sequence[str]]) -> list[str]:
    """Write the question before its options: an empty column, and columns of Yes and No behind it.

    Of a row that has moved, other answers stand there too.
    """
    columns = [
        {cells[place] for cells in answers if place < len(cells) and cells[place]} for place in range(len(titles))
    ]
    named, question = [], ""
    for title, cells in zip(titles, columns, strict=True):
        ticked = bool(cells & _TICKED)
        question = (title if not cells else question if ticked else "") if title else ""
        named.append(f"{question} [{title}]" if ticked and question else title)
    return named


def _squeezed(text: str) -> str:
    return re.sub(r"\W|_", "", folded(text))
