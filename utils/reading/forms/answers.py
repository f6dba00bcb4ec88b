"""One cell of an export, given its meaning: an option, several of them, a score, a tick.

A cell that has none is told with the line that would give it one; nothing is guessed.
"""

__all__ = ["Answers", "UnreadError", "place_of", "worded"]

import json
import re

from utils.reading.forms.labels import Labels, folded, score
from utils.reading.forms.numbers import Numbers
from utils.reading.forms.tools import TOOLS
from utils.reading.problems import LONGEST
from utils.survey.codebook import Codebook

# What a column of one option holds, folded; `1` and `x` as some tools write a tick.
_YES = {"y", "yes", "oui", "1", "x", "vrai", "true", "checked", "selected", "coche", "cochee", "selectionne"}
_NO = {"n", "no", "non", "0", "faux", "false", "unchecked", "not selected", "non coche", "decoche", "non selectionne"}
# A rank, folded, as forms write it: 1, 1er, 2e choix, Rang 3, 1st.
_PLACE = re.compile(
    r"(?:(?:classement|rang|rank|ranking|choix|choice|position) )?([0-9]{1,9})"
    r"(?: ?(?:ere?|re|e|eme|st|nd|rd|th))?(?: (?:choix|choice|rang|rank|place|position))?"
)


class UnreadError(Exception):
    """A cell that has no meaning; its arguments are pairs of what was expected and the part not understood."""


def worded(codebook: Codebook, target: str) -> dict[str, str]:
    """Return label by id of what a question may be answered in words; a number in none, whatever its classes."""
    if target == "province":
        return codebook.strata("province")
    return {} if codebook[target].type == "nombre" else codebook[target].options


def place_of(text: str) -> int | None:
    """Return the rank that a text names, in digits; None if it names none.

    Examples
    --------
    >>> place_of("2e choix"), place_of("Rang 3"), place_of("1"), place_of("premier")
    (2, 3, 1, None)
    """
    if whole := score(text):
        return int(whole)
    found = _PLACE.fullmatch(folded(text))
    return int(found[1]) if found else None


class Answers:
    """How the cells of one question are read.

    Parameters
    ----------
    question : str
        Its id, for messages.
    labels : Labels
        What its answers may be called.
    tool : str
        The form tool, as `ImportMapping.format`.

    Examples
    --------
    >>> Answers("medias", Labels({"facebook": "Facebook", "youtube": "YouTube"}, {}), "ms_forms").choices("YouTube;")
    'youtube'
    """

    def __init__(self, question: str, labels: Labels, tool: str) -> None:
        self.question, self.labels, self.tool = question, labels, TOOLS[tool]

    def score(self, text: str) -> str:
        """Read a score, or a label declared for one."""
        read = "" if self._unasked(text) else self.labels.find(text)
        read = score(text) if read is None else read
        if read is None:
            raise UnreadError((f"un score entier, ou {self._entry(text)}", text))
        return read

    def number(self, text: str, numbers: Numbers) -> str:
        """Read a number, or a label declared for one; `numbers` knows how the column writes them."""
        declared = "" if self._unasked(text) else self.labels.find(text)
        if declared is not None:
            return declared
        if faults := [(f"{expected} ; ou {self._entry(text)}", text) for expected in numbers.faults(text)]:
            raise UnreadError(*faults)
        return numbers.read(text)

    def choice(self, text: str) -> str:
        """Read the one option chosen."""
        option = "" if self._unasked(text) else self.labels.find(text)
        if option is None:
            raise UnreadError((f"une réponse connue : {self.labels.told} ; ou {self._entry(text)}", text))
        return option

    def order(self, text: str) -> str:
        """Read the options that one cell puts in order, the first one first."""
        if self._unasked(text):
            return ""
        pieces = [piece for piece in re.split(f"[{re.escape(self.tool.separators)}]", text) if piece.strip()]
        found, unknown, first = [], [], 0
        while first < len(pieces):  # an option may hold a separator itself: the longest one that is known
            ends = range(len(pieces), first, -1)
            known = ((end, self.labels.find(" ".join(pieces[first:end]).strip())) for end in ends)
            end, option = next(((end, option) for end, option in known if option is not None), (first + 1, None))
            if option is None:
                unknown.append(pieces[first].strip())
            found.append(option)
            first = end
        if unknown:
            known = f"des réponses connues : {self.labels.told} ; ou"
            raise UnreadError(*((f"{known} {self._entry(part)}", part) for part in unknown))
        return ";".join(filter(None, found))

    def rank(self, text: str) -> str:
        """Read the rank of one option."""
        if self._unasked(text) or self.labels.find(text) == "":
            return ""
        rank = place_of(text)
        if rank is None:
            raise UnreadError((f"un rang, ou rien ; ou {self._entry(text)}", text))
        return str(rank)

    def choices(self, text: str) -> str:
        """Read the options chosen, which one cell holds together."""
        if self._unasked(text):
            return ""
        readings, left = self.labels.split(text, self.tool.separators)
        if left:
            known = f"des réponses connues : {self.labels.told} ; ou"
            raise UnreadError(*((f"{known} {self._entry(part)}", part) for part in left))
        if len(readings) > 1:
            several = " ou ".join(", ".join(options) for options in readings)
            raise UnreadError((f"une réponse qui ne se lise que d’une façon, au lieu de : {several}", text))
        return ";".join(readings[0])

    def tick(self, text: str, option: str) -> str:
        """Read a cell in the column of one option: the option if it is ticked."""
        found, label = folded(text), self.labels.find(text)
        if found in _YES or label == option:
            return option
        if self._unasked(text) or found in _NO or label == "":
            return ""
        raise UnreadError((f"oui, non ou rien ; ou {self._entry(text, option)}", text))

    def _unasked(self, text: str) -> bool:
        return not text or folded(text) in self.tool.unasked

    def _entry(self, text: str, option: str = "…") -> str:
        """Return what the analyst may add to give a text its meaning; a long one is no label, and not shown whole."""
        if len(text) > LONGEST:
            return f"une ligne pour ce texte sous `modalites`, `{self.question}` de vague.yml"
        key = json.dumps(text, ensure_ascii=False)
        return f'la ligne {key}: {option} sous `modalites`, `{self.question}` de vague.yml ("" : sans réponse)'
