"""What an answer means: labels and scores, however people and tools spell them.

Text is understood or it is not: what could mean two things is told, and nothing is chosen.
"""

__all__ = ["Labels", "folded", "near", "score"]

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_SCORE = re.compile(r"([+−-]?[0-9]{1,9})(?:[.,]0{1,9})?")
# A minus, not a hyphen: it stands before a number and after none, nor after a word.
_MINUS = re.compile(r"−|(?<!\w)(?<!\d[ \u00a0\u202f])[-–](?=\d)|^\s*[-–]\s+(?=\d)")
_SIGNS = frozenset("%‰#*")  # that change what is said, beside the signs of mathematics and of money
_NO_SIGNS = frozenset("|~")  # which separate


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """Fold away what typing changes: accents, capitals, punctuation and spaces.

    What changes the meaning stays: signs (`<`, `±`, `%`, `€`, `+`), fractions and powers, a
    minus before a number; and pictures, for they may answer.

    Examples
    --------
    >>> folded("Oui, en partie…")
    'oui en partie'
    >>> folded(">1 000") == folded("> 1 000"), folded("> 1 000") == folded("< 1 000")
    (True, False)
    """
    marks = _MINUS.sub("−", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join("".join(map(_folded_mark, marks)).split())


@lru_cache(maxsize=10_000)
def _folded_mark(mark: str) -> str:
    kind = unicodedata.category(mark)
    if kind == "No":  # ½ and ² are no 12 and no 2
        return mark
    if kind == "Sm":  # ≠ is no = with an accent
        return " " if mark in _NO_SIGNS else f" {unicodedata.normalize('NFKC', mark)} "
    parts = (part for part in unicodedata.normalize("NFKD", mark) if not unicodedata.combining(part))
    return "".join(
        f" {part} "
        if part in _SIGNS or unicodedata.category(part) == "Sc"
        else part
        if part.isalnum() or unicodedata.category(part) == "So"
        else " "
        for part in parts
    )


def score(text: str) -> str | None:
    """Write an integer without decimals; None if it is none.

    Examples
    --------
    >>> score("07,0"), score("7,5"), score("−2")
    ('7', None, '-2')
    """
    found = _SCORE.fullmatch(text.strip())
    return str(int(found[1].replace("−", "-"))) if found else None


class Labels:
    """What the answers to a question may be called, and the ids that they stand for.

    Parameters
    ----------
    options : mapping
        Label by id, as the questionnaire has them.
    declared : mapping
        Id by label, as a wave declares them; written just so, they come before the
        questionnaire's own. An empty id is « no answer ».
    """

    def __init__(self, options: Mapping[str, str], declared: Mapping[str, str]) -> None:
        self.order = list(options)
        own: dict[str, set[str]] = {}
        for name, option in (*((label, i) for i, label in options.items()), *((i, i) for i in options)):
            own.setdefault(name.strip(), set()).add(option)
        self._exact = own | {label.strip(): {option} for label, option in declared.items()}
        self._folded: dict[str, set[str]] = {}
        for ids in (own, self._exact):  # a declared label takes nothing from one that is spelt nearly so
            for label, meant in ids.items():
                self._folded.setdefault(folded(label), set()).update(meant)
        self._folded.pop("", None)
        self._trailing = any(re.search(r"[,;][^\w,;]*$", label) for label in self._exact)  # « déchets, … »
        self._longest = max(map(len, self._folded), default=0)
        self.told = ", ".join(f"« {label} »" for label in dict.fromkeys((*options.values(), *declared)))

    def find(self, text: str) -> str | None:
        """Return the id that a text stands for; None if none, or if several could be meant."""
        ids = self._exact.get(text) or self._folded.get(folded(text), ())
        return next(iter(ids)) if len(ids) == 1 else None

    def split(self, text: str, separators: str) -> tuple[list[list[str]], list[str]]:
        """Return every way to cut a text into known answers, as ids in order; without any, what is left over.

        An answer may hold a separator itself: neighbouring pieces are tried together.

        Examples
        --------
        >>> Labels({"a": "oui, en partie", "b": "non"}, {}).split("Non, oui, en partie", ",")
        ([['a', 'b']], [])
        >>> Labels({"b": "non"}, {}).split("non, peut-être, un jour", ",")
        ([], ['peut-être, un jour'])
        """
        pieces = [piece.span() for piece in re.finditer(f"[^{separators}]+", text) if piece.group().strip()]
        bare = [folded(text[start:end]) for start, end in pieces]
        readings: list[set[frozenset[str]]] = [set() for _ in pieces] + [{frozenset()}]
        reach: list[int] = [0] * len(pieces)  # where the longest known answer from each piece on ends
        for first in reversed(range(len(pieces))):
            for last in range(first, min(len(pieces), first + self._longest + 1)):
                part = text[pieces[first][0] : pieces[last][1]].strip()
                if last > first and len(folded(part)) > self._longest:
                    break
                # A question mark alone is part of no answer.
                if last > first and not (bare[first] and (bare[last] or self._trailing)):
                    continue
                if (option := self.find(part)) is not None:
                    reach[first] = last + 1
                    readings[first] |= {rest | {option} for rest in readings[last + 1]}
        if readings[0]:
            told = {tuple(option for option in self.order if option in ids) for ids in readings[0]}
            return [list(options) for options in sorted(told)], []
        left, first = [], 0
        while first < len(pieces):
            start = first
            while first < len(pieces) and not reach[first]:
                first += 1
            if first > start:
                parts = text[pieces[start][0] : pieces[first - 1][1]].split(";")  # a comma may stand in a free text
                left += [part.strip() for part in parts if part.strip()]
            first = reach[first] if first < len(pieces) else first
        return [], left


def near(text: str, known: Iterable[str]) -> list[str]:
    """Return the known names that are written nearly so, of up to three spellings, the nearest first.

    Examples
    --------
    >>> near("media", ["medias", "role"])
    ['medias']
    """
    spelt: dict[str, list[str]] = {}
    for name in known:
        spelt.setdefault(folded(name), []).append(name)
    return [name for like in difflib.get_close_matches(folded(text), spelt, n=3, cutoff=0.6) for name in spelt[like]]
