"""What the answers in an export's columns say: which question they may answer, which options they stand for."""

__all__ = ["Sample", "joined_as"]

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from utils.reading.forms.answers import Answers, UnreadError, worded
from utils.reading.forms.guesses import Guess, guess_codes, guess_label, guess_number, guess_score, guess_yes
from utils.reading.forms.headings import OTHER
from utils.reading.forms.labels import Labels, folded
from utils.reading.forms.numbers import Numbers
from utils.reading.forms.tools import PLAIN, TOOLS
from utils.survey.codebook import Codebook, Question

SEEN = 200  # different answers of a column that are looked at
LONG = 20  # characters that only a free text has

_CHOSEN = ("choix_unique", "choix_multiple", "classement")  # types whose answers tell options
_INS = re.compile(r"\d[\dAB]\d{3}")  # INSEE's codes of Corsica hold a letter
# What many questions are answered by: of itself it tells none.
_COMMON = {"oui", "non", "yes", "no", "y", "n", "vrai", "faux", "true", "false", "0", "1", "x"}
_COMMON |= {"ne sait pas", "je ne sais pas", "sans avis", "autre", "n a"}


class Sample:
    """The answers of an export, by column.

    Parameters
    ----------
    header : sequence of str
    rows : DataFrame of str
    codebook : Codebook
    tool : str
        As `ImportMapping.format`.
    missing : mapping
        What the file declares to be no answer, by title.

    Attributes
    ----------
    values : dict
        Different answers by title, up to `SEEN`.
    """

    def __init__(
        self,
        header: Sequence[str],
        rows: pd.DataFrame,
        codebook: Codebook,
        tool: str,
        missing: Mapping[str, Collection[str]],
    ) -> None:
        self.codebook, self.tool, self.held = codebook, tool, len(rows) > 0
        seen = {title: [value for value in rows[title].unique()[:SEEN] if value] for title in header}
        self.values = {title: [v for v in told if v not in missing.get(title, ())] for title, told in seen.items()}

    def empty(self, title: str) -> bool:
        """Tell whether nobody answered."""
        return self.held and not self.values[title]

    def codes_communes(self, title: str) -> bool:
        """Tell whether a column holds nothing but codes of communes."""
        return bool(self.values[title]) and all(map(_INS.fullmatch, self.values[title]))

    def ticks(self, title: str) -> bool:
        """Tell whether a column holds nothing but what ticks an option, or does not."""
        return bool(self.values[title]) and all(folded(value) in _COMMON for value in self.values[title])

    def wordy(self, title: str) -> bool:
        """Tell whether a column holds texts of people: some long, and hardly any that a question knows."""
        known = (self.fit(question, title) for question in self.codebook.questions if question.type != "texte")
        return any(len(value) >= LONG for value in self.values[title]) and max(known, default=0.0) < 0.5

    def fit(self, question: Question, title: str, *, guessed: bool = False) -> float:
        """Return the share of a column's different answers that a question knows, or for which one may be guessed."""
        values = self.values[title]
        if not values or question.type == "texte":
            return 1.0
        known = self.read(question.id, title)
        if guessed:
            unknown = [value for value in values if value not in known]
            known |= {guess.key for guess in self.guessed(question.id, unknown) if guess.value not in (None, "autre")}
        return len(known) / len(values)

    def tells(self, question: Question, title: str) -> bool:
        """Tell whether a column's answers are a question's own: two or more, that no other question has as many of."""
        if question.type not in _CHOSEN:
            return False
        own = {value for value in self.values[title] if folded(value) not in _COMMON}
        counts = {q.id: len(self._chosen(q, own)) for q in self.codebook.questions if q.type in _CHOSEN}
        most = counts.pop(question.id)
        return most > 1 and all(fewer < most for fewer in counts.values())

    def _chosen(self, question: Question, values: Collection[str]) -> set[str]:
        """Return the answers that a question knows; of a ranking, those that put several options in order."""
        known = self.meant(question.id, values)
        if question.type != "classement":
            return known
        cells = Answers(question.id, Labels(question.options, {}), self.tool)
        return {value for value in known if ";" in cells.order(value)}

    def read(self, target: str, title: str) -> set[str]:
        """Return the answers of a column that have a meaning as they stand."""
        return self.meant(target, self.values[title])

    def meant(self, target: str, values: Collection[str]) -> set[str]:
        """Return the answers among some that have a meaning as they stand."""
        unknown = {value for value, _ in self._unknown(target, values)}
        return {value for value in values if value not in unknown}

    def unknown(self, target: str, title: str) -> Iterator[tuple[str, str]]:
        """Yield the answers of a column that have no meaning yet, and the parts of them not understood."""
        return self._unknown(target, self.values[title])

    def _unknown(self, target: str, values: Collection[str]) -> Iterator[tuple[str, str]]:
        cells = Answers(target, Labels(self._options(target), {}), self.tool)
        kind = self.codebook[target].type if target in self.codebook else "choix_unique"
        read = {"likert": cells.score, "choix_unique": cells.choice, "choix_multiple": cells.choices}
        read = (read | {"classement": cells.order}).get(kind, str)
        if kind == "nombre":
            read = partial(cells.number, numbers=Numbers(values, self.codebook[target]))
        for value in values:
            try:
                read(value)
            except UnreadError as unread:
                yield from ((value, part) for _, part in unread.args)

    def guessed(self, target: str, labels: Sequence[str]) -> tuple[Guess, ...]:
        """Guess what answers stand for that a question does not know."""
        options = self._options(target)
        if target == "province":
            return tuple(_province(label, options) for label in labels)
        question = self.codebook[target]
        if question.type == "likert":
            scores = [guess_score(label, self.codebook.scale(target)) for label in labels]
            apart = options and {guess.key: guess_label(guess.key, options) for guess in scores if guess.value is None}
            return tuple(apart.get(guess.key, guess) for guess in scores)
        if question.type == "nombre":
            return tuple(guess_number(label, question) for label in labels)
        found = {label: yes for label in labels if (yes := guess_yes(label, options, self.tool))}
        found |= {label: _other(label, options) for label in labels if OTHER.fullmatch(folded(label))}
        rest = [label for label in labels if label not in found]
        several = question.type == "choix_multiple"
        guesses = guess_codes(rest, options) or [guess_label(label, options, several=several) for label in rest]
        found |= {guess.key: guess for guess in guesses}
        return tuple(found[label] for label in labels)

    def _options(self, target: str) -> dict[str, str]:
        return worded(self.codebook, target)


def joined_as(values: Sequence[str], question: Question) -> str | None:
    """Tell which tool joins several options as a column does, if every cell reads in one way, and some as several.

    Returns
    -------
    str or None
        As `ImportMapping.format`.

    Examples
    --------
    >>> joined_as(["facebook youtube"], codebook["medias"])  # doctest: +SKIP
    'kobo'
    """
    labels = Labels(question.options, {})
    for tool in (PLAIN, *TOOLS.values()):
        cells = Answers(question.id, labels, tool.id)
        try:
            read = [cells.choices(value) for value in values]
        except UnreadError:
            continue
        if any(";" in options for options in read):
            return tool.id
    return None


def _province(label: str, provinces: dict[str, str]) -> Guess:
    bare = re.sub(r"^province (du |de |d.)?(la )?", "", label, flags=re.IGNORECASE)
    return replace(guess_label(bare, provinces), key=label)


def _other(label: str, options: dict[str, str]) -> Guess:
    if "autre" in options:
        return Guess(label, "autre")
    return Guess(label, "", "le questionnaire n’a pas cette modalité : sans réponse")
