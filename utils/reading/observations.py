"""The observations of a file of SPSS or Stata, as text: run apart from all else, by `guarded`."""

__all__ = ["observations"]

import datetime
import math
import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyreadstat

_AT_ONCE = 1000


def observations(path: str, kind: str) -> Iterator[Any]:
    """Yield what a statistical file holds.

    First nothing if it cannot be opened, or else its titles, what it declares missing by title, and the title of
    its weight; then its rows that hold anything, a thousand at a time, each with its line.
    """
    read = pyreadstat.read_sav if kind == "spss" else pyreadstat.read_dta
    try:
        values, about = read(path, user_missing=True, output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, ValueError):
        yield []
        return
    columns = {variable: _Column(variable, list(cells), about) for variable, cells in values.items()}
    table = _table(columns, about.mr_sets or {})
    missing = {table[name][0]: column.missing for name, column in columns.items() if name in table and column.missing}
    weight = _weight(Path(path).read_bytes(), list(columns)) if kind == "spss" else ""
    titles = list(dict.fromkeys(title for title, _ in table.values()))
    declared = {title: sorted(texts) for title, texts in missing.items()}
    yield titles, declared, table[weight][0] if weight in table else weight
    rows = zip(*dict(table.values()).values(), strict=True)
    filled = ((line, cells) for line, cells in enumerate(rows, 2) if any(cells))
    while batch := list(islice(filled, _AT_ONCE)):
        yield batch


def _table(columns: Mapping[str, "_Column"], sets: Mapping[str, Mapping]) -> dict[str, tuple[str, list[str]]]:
    """Return the title and the texts of every variable, those of a multiple response set as its options."""
    table = {name: (column.title, column.texts) for name, column in columns.items()}
    taken: set[str] = set()
    for code, group in sets.items():
        named = (_named(short, list(columns)) for short in group["variable_list"])
        members = [columns[name] for name in named if name in columns and name not in taken]
        taken |= {column.name for column in members}
        label = group["label"] or code.lstrip("$")
        if group["is_dichotomy"]:
            for column in members:
                title = f"{column.name}. {label} [{column.label or column.name}]"
                counted = group["counted_value"]  # None where it is a text: its label, or itself, is the tick
                table[column.name] = (title, column.texts if counted is None else column.ticks(str(counted)))
            continue
        joined = [
            ";".join(dict.fromkeys(filter(None, texts))) for texts in zip(*(c.texts for c in members), strict=True)
        ]
        for column in members:
            table[column.name] = (f"{code.lstrip('$')}. {label}", joined)
    return table


class _Column:
    """One variable, and what its values are called."""

    def __init__(self, name: str, cells: list, about) -> None:
        self.name, self.cells = name, cells
        self.label = (about.column_names_to_labels.get(name) or "").strip()
        self.title = f"{name}. {self.label}" if self.label and self.label != name else name
        self.labels = {_key(value): text.strip() for value, text in about.variable_value_labels.get(name, {}).items()}
        self.ranges = about.missing_ranges.get(name, ())
        self.users = set(about.missing_user_values.get(name, ()))  # Stata's .a to .z
        self.texts = [self._text(cell) for cell in cells]

    def _text(self, cell: object) -> str:
        if cell is None or (isinstance(cell, float) and math.isnan(cell)):
            return ""
        text = self.labels.get(_key(cell)) or _written(cell)
        # A code that the file declares missing is no number: 99 would count as a score.
        return f"manquante ({text})" if self._is_missing(cell) and _key(cell) not in self.labels else text

    def _is_missing(self, cell: object) -> bool:
        if cell in self.users:
            return True
        return any(type(cell) is type(part["lo"]) and part["lo"] <= cell <= part["hi"] for part in self.ranges)

    @property
    def missing(self) -> frozenset[str]:
        """What stands in this column for a value that the file declares missing."""
        pairs = zip(self.cells, self.texts, strict=True)
        return frozenset(text for cell, text in pairs if text and self._is_missing(cell))

    def ticks(self, counted: str) -> list[str]:
        """Write 1 for the value that a multiple response set counts, 0 for any other."""
        pairs = zip(self.cells, self.texts, strict=True)
        return ["" if not text else str(int(_written(cell) == counted.strip())) for cell, text in pairs]


def _key(value: object) -> object:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _written(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def _weight(content: bytes, names: Sequence[str]) -> str:
    """Return the variable by which an SPSS file is weighted: its header gives the place, its dictionary the name."""
    order = "<" if content[64:68] in (b"\2\0\0\0", b"\3\0\0\0") else ">"
    (place,) = struct.unpack(f"{order}i", content[76:80])
    short = next((name for at, name in _dictionary(content, order) if at == place), "") if place > 0 else ""
    return _named(short, names)


def _named(short: str, names: Sequence[str]) -> str:
    """Return the variable that a short name stands for: eight characters, whatever their case."""
    same = [name for name in names if name.upper() == short.upper()]
    long = same or [name for name in names if short and name[:8].upper() == short.upper()]
    return long[0] if len(long) == 1 else short


def _dictionary(content: bytes, order: str) -> Iterator[tuple[int, str]]:
    """Yield the places and the short names of the variables of an SPSS file."""
    at, place = 176, 0
    while content[at : at + 4] == struct.pack(f"{order}i", 2):
        kind_, labelled, missing = struct.unpack(f"{order}3i", content[at + 4 : at + 16])
        place += 1
        if kind_ >= 0:  # else what a text of more than eight characters goes on with
            yield place, content[at + 24 : at + 32].decode("latin-1").strip()
        at += 32
        if labelled:
            (length,) = struct.unpack(f"{order}i", content[at : at + 4])
            at += 4 + (length + 3) // 4 * 4
        at += 8 * abs(missing)
