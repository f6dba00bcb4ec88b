"""Whether an export is of the form tool that a wave says: by what a tool alone writes above its answers."""

__all__ = ["Sign", "misnamed", "sign_of"]

from collections.abc import Sequence
from dataclasses import dataclass

from utils.reading.forms.headings import wordings
from utils.reading.forms.tools import PLAIN, TOOLS, Tool, recognised
from utils.reading.titles import Record

NEAR = 3  # rows of titles, at most
_KINDS = {"spss": "SPSS", "stata": "Stata"}


@dataclass(frozen=True)
class Sign:
    """What tells a form tool.

    Attributes
    ----------
    tool : Tool
    line : int, optional
        Where it stands; None for the file as a whole.
    cells : tuple of str
        The titles that the tool alone writes, or a cell of the row above the answers.
    """

    tool: Tool
    line: int | None = None
    cells: tuple[str, ...] = ()


def sign_of(records: Sequence[Record]) -> Sign:
    """Return what tells the tool of an export; `PLAIN` without any sign.

    Parameters
    ----------
    records : sequence of Record
        The first rows of a file, those without a cell left out.

    Examples
    --------
    >>> sign_of([(1, ["Horodateur", "Commune"]), (2, ["2026/03/01", "Namur"])]).cells
    ('Horodateur',)
    """
    near = [{word for cell in cells if cell for word in wordings(cell)} for _, cells in records[:NEAR]]
    together = set().union(*near[:2])
    for row, words in (*enumerate(near), (0, together)):
        if tool := recognised(words):
            cells = [cell for _, cells in records[row : row + 2] for cell in cells if wordings(cell) & tool.titles]
            return Sign(tool, records[row][0], tuple(dict.fromkeys(cells)))
    for line, cells in records[:NEAR]:
        for tool in TOOLS.values():
            if tool.rows.alone and (found := next(filter(tool.rows.last.fullmatch, cells), None)):
                return Sign(tool, line, (found,))
    return Sign(PLAIN)


def misnamed(records: Sequence[Record], stated: Tool, kind: str = "") -> tuple[str, Sign] | None:
    """Return what to write where an export is of another tool than its wave says, and by which sign; else None.

    A single title that anyone may write (`Timestamp`) speaks only where it stands first, against a tool that
    writes titles of its own, of which there is none. A statistical file may be called what its titles tell, or
    nothing in particular, as tools write such files too.

    Parameters
    ----------
    records : sequence of Record
        The first rows of the file, those without a cell left out.
    stated : Tool
        As `ImportMapping.format`.
    kind : {"spss", "stata", ""}
        Which statistical file it is.

    Examples
    --------
    >>> expected, sign = misnamed([(1, ["Horodateur", "Commune"])], TOOLS["limesurvey"])
    >>> sign.tool.id, sign.cells, misnamed([(1, ["Horodateur", "Commune"])], TOOLS["google_forms"])
    ('google_forms', ('Horodateur',), None)
    """
    sign = sign_of(records)
    if sign.tool is stated or (sign.tool is PLAIN and not kind):
        return None
    named = f"`format: {{}}` sous `import` de vague.yml, et non `{stated.id}`"
    if kind:
        fits = stated.id == kind or stated is PLAIN or (sign.tool is PLAIN and stated.titles)
        return None if fits else (f"{named.format(kind)} : c’est un fichier de {_KINDS[kind]}", Sign(TOOLS[kind]))
    words = {word for _, cells in records[:NEAR] for cell in cells for word in wordings(cell)}
    if stated.telling > 1 and len(stated.titles & words) >= stated.telling:
        return None
    if sign.tool.telling == 1:
        first = any(cells[:1] == [*sign.cells[:1]] for _, cells in records[:NEAR])
        if not first or not stated.titles or {*stated.dates} & words:
            return None
    return (
        f"{named.format(sign.tool.id)} : cet outil seul écrit cela au-dessus des réponses ; si le fichier a été refait "
        "à la main, et n’a plus la forme que l’outil lui donne, en ôter ces cellules"
    ), sign
