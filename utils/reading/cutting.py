"""The records of a text file found at the speed of the disk, with the line where each starts.

Only what every reader of such files cuts alike is cut here: a quote opens a cell right
behind a separator and closes it right before one. Anything else is irregular, and is left to
the reader that goes cell by cell, which knows how to tell it.
"""

__all__ = ["Block", "IrregularError", "regular"]

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from utils.reading import limits
from utils.reading.texts import Dialect, in_utf8

_QUOTE, _LF, _CR = b'"'[0], 10, 13
_BLANK = bytes((*range(9, 14), *range(28, 33)))  # the spaces of ASCII, as Python strips them
# The others begin with these bytes of UTF-8 and end with those.
_HEADS, _TAILS = b"\xc2\xe1\xe2\xe3", bytes((*range(0x80, 0x8B), 0x9F, 0xA0, 0xA8, 0xA9, 0xAF))


class IrregularError(Exception):
    """Records that readers may cut in several ways."""


@dataclass(frozen=True)
class Block:
    """Some records of a file.

    Attributes
    ----------
    content : bytes
        In UTF-8, each record ended by a line feed; empty lines left out.
    lines : array of int
        Where each starts in the file.
    spaced : bool
        Whether cells may have spaces around them.
    """

    content: bytes
    lines: np.ndarray
    spaced: bool


def regular(path: Path, dialect: Dialect, first: int) -> Iterator[Block]:
    """Yield the records of a text file that start at a line or behind it.

    Raises
    ------
    IrregularError
        A quote stands where it opens and closes no cell, or a record is as long as a cell may be.
    """
    cuts, pending, line = _Cuts(dialect.delimiter), b"", 1
    for found in chain(in_utf8(path, dialect.encoding), (None,)):
        last = found is None
        content = pending + (found or b"")
        if last and content and content[-1] not in (_LF, _CR):
            content += b"\n"
        if not content:
            continue
        found = cuts.of(np.frombuffer(content, np.uint8), line, first, last=last)
        if found is None:
            if len(content) > limits.RECORD or last:
                raise IrregularError
            pending = content
            continue
        block, cut, line = found
        pending = content[cut:]
        if last and pending:
            raise IrregularError  # quotes left open
        if len(block.lines):
            yield block


def _among(marks: bytes) -> np.ndarray:
    table = np.zeros(256, bool)
    table[list(marks)] = True
    return table


class _Cuts:
    """Cuts bytes into records.

    Parameters
    ----------
    delimiter : str
    """

    def __init__(self, delimiter: str) -> None:
        self.edge = _among(delimiter.encode() + b'\n\r"')
        self.head = _among(bytes(set(_BLANK + _HEADS) - set(delimiter.encode())))
        self.tail = _among(bytes(set(_BLANK + _TAILS) - set(delimiter.encode())))
        self.wide, self.blank = _among(_HEADS), self.head | self.tail
        for ends in (self.head, self.tail, self.blank):
            ends[[_LF, _CR]] = False

    def of(self, data: np.ndarray, line: int, first: int, *, last: bool) -> tuple[Block, int, int] | None:
        """Return the whole records of some bytes that begin with one, where the rest begins, and its line."""
        ends = np.flatnonzero(data == _LF)
        if returns := bool((data == _CR).any()):
            alone = data == _CR
            alone[:-1] &= data[1:] != _LF
            alone[-1] &= last  # what follows may make one end of both
            ends = np.flatnonzero((data == _LF) | alone)
        quotes = np.flatnonzero(data == _QUOTE)
        outer = ends[np.searchsorted(quotes, ends) % 2 == 0] if len(quotes) else ends
        if not len(outer):
            return None
        cut = int(outer[-1]) + 1
        self._hold_quotes(data, quotes[quotes < cut])
        starts = np.concatenate(([0], outer[:-1] + 1))
        if (outer - starts > limits.CELL).any():
            raise IrregularError  # whether of one cell, is told where cells are taken one by one
        ends = ends[ends < cut]
        lines = line + (np.searchsorted(ends, starts) if len(quotes) else np.arange(len(outer)))
        data = data[:cut]
        spaced = self._spaced(data, quotes)
        stops = outer - ((data[outer] == _LF) & (outer > starts) & (data[outer - 1] == _CR)) if returns else outer
        kept = (stops > starts) & (lines >= first)
        if returns or not kept.all():
            data, keep = data.copy(), np.repeat(kept, outer + 1 - starts)
            data[outer] = _LF
            keep[stops[stops < outer]] = False
            data = data[keep]
        return Block(data.tobytes(), lines[kept], spaced), cut, line + len(ends)

    def _hold_quotes(self, data: np.ndarray, quotes: np.ndarray) -> None:
        opening, closing = quotes[::2], quotes[1::2]
        before = data[opening[opening > 0] - 1]
        if not self.edge[before].all() or not self.edge[data[closing + 1]].all():
            raise IrregularError

    def _spaced(self, data: np.ndarray, quotes: np.ndarray) -> bool:
        """Tell whether a space stands at the edge of a cell."""
        at = np.flatnonzero(self.blank[data])
        if not len(at):
            return False
        mark = data[at]
        opening = at[self.head[mark] & ((at == 0) | self.edge[data[at - 1]])] - 1
        tails = at[self.tail[mark] & (at + 1 < len(data))]
        closing = tails[self.edge[data[tails + 1]]]
        wide = data[closing] >= 0x80  # « é » ends as some spaces do
        before, second = data[closing[wide] - 1], data[np.maximum(closing[wide] - 2, 0)]
        closing = np.concatenate((closing[~wide], closing[wide][self.wide[before] | self.wide[second]])) + 1
        for edges, side, inner in ((opening, 0, -1), (closing, 1, 1)):
            # What stands within quotes is no edge; two quotes in a row are one, of the text.
            within = np.searchsorted(quotes, edges) % 2
            quote = data[edges] == _QUOTE
            doubled = data[np.clip(edges + inner, 0, len(data) - 1)] == _QUOTE
            if np.where(quote, (within == side) & ~doubled, within == 0).any():
                return True
        return False
