"""A published table on paper, where nothing scrolls: set by its size, its rare remarks below their rows."""

__all__ = ["fit", "rows"]

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile, zip_longest

from bs4 import BeautifulSoup, Tag

from utils.french import NBSP, decapitalise

COUNTED = "Nombre"  # what stands under a group's name, where the name alone says what is counted
NOTHING = ("", "–")  # what an empty cell says
RARE = 0.5  # share of rows that fill a column, below which it is told under them
SHORT = 16  # rows of a table that is not cut over two columns
LONG = 60  # rows from which each takes less height
BREAKS = 30  # letters that a text has on a line at least, whatever it counts
WHOLE = 16  # letters of a text that stays on one line where a table has the page's width
COLUMN, TIGHT = 62, 76  # letters side by side in a column of the page, spaces included; and with less space
DENSE = 135  # letters that a table's columns need even where every text breaks, from which less space is left


def rows(table: Tag) -> list[tuple[str, ...]]:
    """Return the texts of the cells of a table's body, row by row.

    Examples
    --------
    >>> rows(BeautifulSoup("<table><thead><tr><th>n</th></tr></thead><tr><th>Oui</th><td>3</td></tr></table>", "lxml"))
    [('Oui', '3')]
    """
    return [
        tuple(map(_words, row.find_all(["th", "td"]))) for row in table.find_all("tr") if not row.find_parent("thead")
    ]


def fit(box: Tag) -> None:
    """Mark a table's box by what its table needs; the table is changed.

    ``court`` stays whole; ``long`` has low rows; ``plein`` is as wide as the page; ``serre`` leaves less
    space between its cells. One table wider than the paper makes Chromium print the whole book smaller.

    Parameters
    ----------
    box : Tag
        What holds one table. A column that fewer than half of the rows fill (`RARE`) is told below
        those rows, under its name.
    """
    del box["tabindex"]
    _lower(box)
    heads = _group(box) if len(box.select("thead tr")) == 1 else box.select("thead th")
    body = [row.find_all(["th", "td"]) for row in box.find_all("tr") if not row.find_parent("thead")]
    lines = [heads, *(row for row in body if "colspan" not in row[0].attrs)]
    kinds = box.get("class", [])
    if len(lines) <= SHORT:
        kinds = [*kinds, "court"]
    if len(lines) >= LONG:
        kinds = [*kinds, "long"]
    wanted, least = (sum(1 + letters for letters in _columns(lines, needs)) for needs in (_width, _longest))
    wanted += _names(lines)
    if wanted > TIGHT:
        kinds = [*kinds, "plein"]
        for cell in box.find_all("td", string=lambda text: text and len(text) <= WHOLE):
            cell.string.replace_with(cell.string.replace(" ", NBSP))
    if COLUMN < wanted <= TIGHT or least >= DENSE:
        kinds = [*kinds, "serre"]
    box["class"] = kinds


def _lower(box: Tag) -> None:
    """Tell a column of rare remarks below the rows that have one."""
    head, body = box.select("thead tr"), box.select("tbody tr")
    cells = [row.find_all(["th", "td"], recursive=False) for row in body]
    if len(head) != 1 or not cells or len({len(row) for row in cells}) != 1:
        return
    titles = head[0].find_all("th", recursive=False)
    filled = sum(_words(row[-1]) not in NOTHING for row in cells)
    if len(titles) != len(cells[0]) or len(titles) < 3 or filled >= RARE * len(cells):
        return
    name = _words(titles[-1])
    titles[-1].decompose()
    for line, row in zip(body, cells, strict=True):
        last = row[-1].extract()
        if _words(last) not in NOTHING:
            last["colspan"] = str(len(titles) - 1)
            last.insert(0, f"{name}{NBSP}: ")
            below = BeautifulSoup("<tr class='remarque'></tr>", "lxml").tr
            below.append(last)
            line.insert_after(below)


def _group(box: Tag) -> list[Tag]:
    """Write once what the headers of neighbours repeat: « Nombre » and « Part » under « Communes actives ».

    Returns
    -------
    list of Tag
        The header of each column.
    """
    row = box.select_one("thead tr")
    heads = row.find_all("th", recursive=False)
    groups = list(_kin(heads))
    if all(len(group) == 1 for group in groups):
        return heads
    below = BeautifulSoup("<tr></tr>", "lxml").tr
    row.insert_after(below)
    for first, *others in groups:
        if not others:
            first["rowspan"] = "2"
            continue
        name = _words(first)
        above = BeautifulSoup("<th class='groupe' scope='colgroup'></th>", "lxml").th
        above["colspan"], above.string = str(1 + len(others)), name
        first.insert_before(above)
        first.string = COUNTED
        for other in others:
            other.string = _words(other).removesuffix(_ending(name))
        below.extend([first.extract(), *(other.extract() for other in others)])
    return heads


def _kin(heads: list[Tag]) -> Iterator[list[Tag]]:
    """Yield headers in their order, each with those after it that end with its name."""
    left = list(heads)
    while left:
        first = left.pop(0)
        ending = _ending(_words(first))
        kin = list(takewhile(lambda other, ending=ending: _words(other).endswith(ending), left))
        del left[: len(kin)]
        yield [first, *kin]


def _ending(name: str) -> str:
    return f", {decapitalise(name)}"


def _columns(lines: list[list[Tag]], needs: Callable[[Tag], int]) -> Iterable[int]:
    """Return how many letters each column needs."""
    return map(max, zip_longest(*([needs(cell) for cell in row] for row in lines), fillvalue=0))


def _longest(cell: Tag) -> int:
    """Return how many letters the longest part of a cell's text has, broken wherever it may be."""
    return max(map(len, re.split("[ -]", _words(cell))))


def _width(cell: Tag) -> int:
    """Return how many letters a cell needs on one line: names break between words, a long text somewhere."""
    words = _words(cell)
    return max(map(len, words.split(" "))) if cell.name == "th" else min(len(words), BREAKS)


def _names(lines: list[list[Tag]]) -> int:
    """Return how many letters names of rows need besides their longest word, for three in four to have one line."""
    names = [_words(line[0]) for line in lines if line and line[0].get("scope") == "row"]
    if not names:
        return 0
    longest = max(len(word) for name in names for word in name.split(" "))
    return max(0, min(sorted(map(len, names))[3 * len(names) // 4], BREAKS) - longest)


def _words(tag: Tag) -> str:
    return tag.get_text(" ", strip=True)
