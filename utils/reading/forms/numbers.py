"""Numbers as people and tools write them: decimals by comma or point, thousands by spaces, a unit behind.

« 1.000 » is one or a thousand. Its column decides where it shows what the sign is: « 2.5 » that it
stands before decimals, « 1.000.000 » that it parts thousands, « 2,5 » that the comma has the decimals.
So do the bounds of the question, where only one of the two can be an answer. Else it is told.
"""

__all__ = ["Numbers", "accepted", "canonical"]

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from utils.french import number
from utils.reading.forms.labels import folded
from utils.survey.codebook import Question

_SPACES = "[ \u00a0\u202f\u2009]"  # that part thousands
_QUOTES = "['’]"  # so do these in Switzerland
# A sign, digits with what parts them, and what only machines write: 1e-05.
_NUMBER = re.compile(r"([-+−–]?)\s*([0-9](?:[0-9.,' ’\u00a0\u202f\u2009]*[0-9])?)(e[-+]?[0-9]{1,2})?", re.IGNORECASE)
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:(?:{_SPACES}|{_QUOTES})[0-9]{{3}})+")


@dataclass(frozen=True)
class _Written:
    """A number as it is written: its digits before and after the last point or comma, and what that sign is.

    Attributes
    ----------
    sign, whole, rest, power : str
        « − », digits, digits behind the only or last point or comma, « e-05 ».
    mark : str
        « . », « , », or nothing.
    kind : {"decimal", "thousands", "open", "none"}
    other : str
        The sign that parts thousands before the decimals.
    """

    sign: str
    whole: str
    rest: str
    power: str
    mark: str
    kind: str
    other: str = ""

    def value(self, kind: str) -> Decimal:
        digits = f"{self.whole}.{self.rest}" if kind == "decimal" else self.whole + self.rest
        return Decimal(f"{'-' if self.sign in ('-', '−', '–') else ''}{digits}{self.power}")


class Numbers:
    """How the numbers of a column are read.

    Parameters
    ----------
    texts : iterable of str
        All that the column holds.
    question : Question
        Of type `nombre`.

    Examples
    --------
    >>> staff = Question(id="etp", chapitre="25_acteurs", type="nombre", libelle="Personnel", enonce="…",
    ...     base="communes", unite="ETP", minimum=0, maximum=5000)
    >>> Numbers(["2,5", "1.000"], staff).read("1.000"), Numbers(["2,5 ETP"], staff).read("2,5 ETP")
    ('1000', '2.5')
    >>> Numbers(["1.000"], staff).read("1.000") is None
    True
    """

    def __init__(self, texts: Iterable[str], question: Question) -> None:
        self.question, self.measure = question, question.measure
        self._decimal, self._thousands = set[str](), set[str]()
        for text in texts:  # which may be many: one after the other
            if (written := self._written(text)) is None:
                continue
            if written.kind == "decimal":
                self._decimal.add(written.mark)
            elif written.kind == "thousands":
                self._thousands.add(written.mark)
            if written.other:
                self._thousands.add(written.other)

    def read(self, text: str) -> str | None:
        """Write a number with a decimal point and nothing else; None if it is none or may be two."""
        readings = self.readings(text)
        return canonical(readings[0]) if len(readings) == 1 else None

    def readings(self, text: str) -> list[Decimal]:
        """Return every number that a text may be: none, one or two."""
        written = self._written(text)
        if written is None:
            return []
        if written.kind != "open":
            return [written.value(written.kind)]
        decimals, thousands = (written.value(kind) for kind in ("decimal", "thousands"))
        other = {".": ",", ",": "."}[written.mark]
        decimal = written.mark in self._decimal or other in self._thousands
        grouping = written.mark in self._thousands or other in self._decimal
        if decimal != grouping:
            return [decimals if decimal else thousands]
        fit = [value for value in (decimals, thousands) if self.measure.named(float(value))]
        return fit if len(fit) == 1 else [decimals, thousands]

    def faults(self, text: str) -> Iterator[str]:
        """Yield what was expected in place of a text, if it is no answer to the question."""
        readings = self.readings(text)
        if len(readings) > 1:
            yield f"un nombre qui ne se lit que d’une façon, au lieu de {' ou '.join(map(_shown, readings))}"
        elif not readings or not self.measure.named(float(readings[0])):
            yield accepted(self.question)

    def _written(self, text: str) -> _Written | None:
        found = _NUMBER.search(text)
        if not found or not self._only_unit(text[: found.start()], text[found.end() :]):
            return None
        sign, digits, power = found[1], found[2], found[3] or ""
        *before, rest = re.split("[.,]", digits)
        marks = re.sub("[^.,]", "", digits)
        if not marks:
            whole = _ungrouped(rest)
            return None if whole is None else _Written(sign, whole, "", power, "", "none")
        mark = marks[-1]
        if len(set(marks)) == 1 and len(marks) > 1:  # 1.000.000
            fits = len(before[0]) <= 3 and all(map(_three, (*before[1:], rest))) and before[0].isdigit()
            return _Written(sign, "".join(before), rest, power, mark, "thousands") if fits else None
        if len(set(marks)) == 2:  # 1.000,5
            fits = marks.count(mark) == 1 and len(before[0]) <= 3 and all(map(_three, before[1:]))
            fits = fits and before[0].isdigit() and rest.isdigit()
            return _Written(sign, "".join(before), rest, power, mark, "decimal", marks[0]) if fits else None
        whole = _ungrouped(before[0])
        if whole is None or not rest.isdigit():
            return None
        sure = not _three(rest) or len(before[0]) > 3 or before[0].startswith("0") or bool(power)
        return _Written(sign, whole, rest, power, mark, "decimal" if sure else "open")

    def _only_unit(self, before: str, after: str) -> bool:
        beside = [text for text in (before, after) if text.strip()]
        return not beside or (len(beside) == 1 and _same_unit(folded(beside[0]), folded(self.question.unite)))


def accepted(question: Question) -> str:
    """Say in French what may be answered to a question that asks for a number."""
    measure = question.measure
    kind = "un nombre entier" if measure.whole else "un nombre"
    return f"{kind} de {number(measure.minimum, 9)} à {number(measure.maximum, 9)} (en {question.unite}), ou rien"


def canonical(value: Decimal) -> str:
    """Write a number with a decimal point, without a power of ten and without zeros that tell nothing.

    Examples
    --------
    >>> canonical(Decimal("1000.50")), canonical(Decimal("1e3")), canonical(Decimal("-0.0"))
    ('1000.5', '1000', '0')
    """
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _ungrouped(digits: str) -> str | None:
    """Return digits without what parts their thousands; None where it parts something else."""
    if digits.isdigit():
        return digits
    return re.sub("[^0-9]", "", digits) if _GROUPED.fullmatch(digits) else None


def _three(digits: str) -> bool:
    return len(digits) == 3 and digits.isdigit()


def _shown(value: Decimal) -> str:
    return number(float(value), 9)


def _same_unit(typed: str, unit: str) -> bool:
    """Whether a unit is the questionnaire's, in the singular or the plural."""
    words, meant = typed.split(), unit.split()
    return len(words) == len(meant) and all(
        one == other or {one, other} in ({one, f"{one}s"}, {one, f"{one}x"}, {other, f"{other}s"}, {other, f"{other}x"})
        for one, other in zip(words, meant, strict=True)
    )
