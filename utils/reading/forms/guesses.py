"""What the titles and the answers of an export look like: the wordings of form tools and of the questionnaire."""

__all__ = [
    "ALIKE",
    "FREE_TEXT",
    "Guess",
    "alike",
    "guess_codes",
    "guess_label",
    "guess_number",
    "guess_score",
    "guess_tool",
    "guess_yes",
    "letters",
    "names",
    "role",
]

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from utils.reading.forms.headings import opening, segments, splits, squeezed, wordings
from utils.reading.forms.labels import folded, score
from utils.reading.forms.tools import PLAIN, TOOLS, anywhere, recognised
from utils.survey.codebook import Codebook, Question
from utils.survey.scales import Scale

ALIKE = 0.6  # how alike two wordings must be for a guess, from 0 to 1
CHANCE = 0.15  # short texts share letters by chance
STEM = 7  # letters of a word that stay the same in all its forms
SPELT = 0.8  # how alike in letters two spellings of one thing are
FREE_TEXT = "texte libre ?"

_ARTICLES = {"le", "la", "les", "l", "un", "une", "du", "de", "des", "d", "notre", "nos"}

_COLUMNS = {
    "id": {"id", "identifiant"} | anywhere("ids"),
    "date": {"date"} | anywhere("dates"),
    "commune": {"commune", "votre commune", "nom de la commune", "nom de votre commune", "commune ou ville"},
    "ins": {"ins", "code ins", "code ins de la commune", "code ins de votre commune"},
    "province": {"province", "votre province", "province de la commune"},
    "population": {"population", "nombre d habitants", "habitants", "population de la commune"},
}


@dataclass(frozen=True)
class Guess:
    """What stands for what, and why it is to be confirmed, if it is.

    Attributes
    ----------
    key, value : str
        `value` is None where nothing is known of `key`.
    doubt : str
        Empty where the guess is sure.
    """

    key: str
    value: str | None
    doubt: str = ""


def names(question: Question) -> set[str]:
    """Return what a question is called, folded; without spaces too, as LimeSurvey's codes hold no underscores."""
    return {folded(text) for text in (question.id, *_told(question))} | {squeezed(question.id)}


def role(title: str, codebook: Codebook) -> Guess | None:
    """Return what a title names in the words of the contract, a form tool or the questionnaire.

    A line of a table may name a question, but no column of the contract: `[Commune]` is an option.

    Returns
    -------
    Guess or None
        A question id, or a column of the contract, in doubt where a tool cut the title; None where
        nothing or more than one thing is named.
    """
    if re.search(r"[\[(/_-]\s*$", title):  # cut where an option begins
        return None
    whole = segments(title)
    whole |= {re.sub(r"^l[ea] ", "", text) for text in whole}
    called = {question.id: names(question) for question in codebook.questions}
    parts = list(splits(title))
    lines = {folded(part) for _, part in parts}
    codes = [part for stem, part in parts if not re.search(r"\s", stem)]
    begun = tuple(cut for text in (title, *codes) if (cut := opening(text)))
    ways = (
        ({target for target, own in (_COLUMNS | called).items() if not own.isdisjoint(whole)}, ""),
        (
            {
                question.id
                for question in codebook.questions
                if squeezed(question.id) in map(squeezed, codes) or lines & {*map(folded, _told(question))}
            },
            "",
        ),
        ({target for target, own in called.items() for name in own if squeezed(name).startswith(begun)}, "titre coupé"),
    )
    found, doubt = next(((found, doubt) for found, doubt in ways if found), (set(), ""))
    return Guess(title, found.pop(), doubt) if len(found) == 1 else None


def _told(question: Question) -> tuple[str, str]:
    return question.libelle, question.enonce


def guess_tool(header: Iterable[str], codebook: Codebook) -> Guess:
    """Tell the form tool by the titles that it writes itself; without any, a plain table."""
    header = list(header)
    found = {wording for title in header for wording in wordings(title)}
    if tool := recognised(found):
        return Guess("format", tool.id)
    known = sum(title in _COLUMNS or title in codebook for title in header)
    return Guess("format", PLAIN.id, "" if 2 * known > len(header) else "aucun outil ne se reconnaît aux titres")


def alike(one: str, other: str) -> float:
    """Return how alike two folded wordings are, by letters or by words, from 0 to 1.

    Examples
    --------
    >>> alike("medias sociaux", "medias sociaux")
    1.0
    """
    words, others = ({word[:STEM] for word in text.split() if len(word) > 3} for text in (one, other))
    shared = len(words & others) / len(words | others) if words | others else 0.0
    return max(shared, letters(one, other) - CHANCE)


def guess_label(label: str, options: Mapping[str, str], *, several: bool = False) -> Guess:
    """Guess which option an unknown answer stands for.

    Parameters
    ----------
    label : str
    options : mapping
        Label by id.
    several : bool
        Whether an answer may hold more than one option: then what holds one and something
        else stands for none of them.

    Examples
    --------
    >>> guess_label("Facebok", {"facebook": "Facebook", "youtube": "YouTube"}).value
    'facebook'
    """
    if several and _more_than_one(folded(label), options):
        return Guess(label, None)
    near = sorted(((alike(folded(label), folded(text)), option) for option, text in options.items()), reverse=True)
    if near[0][0] >= ALIKE and (len(near) == 1 or near[1][0] < near[0][0]):
        return Guess(label, near[0][1], f"ressemble à « {options[near[0][1]]} »")
    return Guess(label, "autre", FREE_TEXT) if "autre" in options else Guess(label, None)


def _more_than_one(text: str, options: Mapping[str, str]) -> bool:
    """Tell whether a text holds an option, however it is spelt, and something beside it."""
    words = text.split()
    spans: list[tuple[str, int, int]] = []
    for option, name in [(entry[0], folded(name)) for entry in options.items() for name in entry]:
        length = len(name.split())
        spans += [
            (option, start, start + length)
            for start in range(len(words) - length + 1)
            if letters(" ".join(words[start : start + length]), name) >= SPELT
        ]
    if any(one != other and end <= start for one, _, end in spans for other, start, _ in spans):
        return True
    covered = {place for _, start, end in spans for place in range(start, end)}
    rest = [word for place, word in enumerate(words) if place not in covered and word not in _ARTICLES]
    whole = any(letters(text, folded(name)) >= SPELT for entry in options.items() for name in entry)
    return bool(covered and rest and not whole)


def letters(one: str, other: str) -> float:
    """Return how alike two texts are letter by letter, from 0 to 1."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def guess_codes(labels: Sequence[str], options: Mapping[str, str]) -> tuple[Guess, ...]:
    """Guess which options the codes of a form stand for: their numbers, in the order of the questionnaire.

    Returns
    -------
    tuple of Guess
        Empty if one of the answers is no such code.

    Examples
    --------
    >>> [guess.value for guess in guess_codes(["AO02", "AO01"], {"a": "Un", "b": "Deux"})]
    ['b', 'a']
    """
    own = [option for option in options if option != "autre"]
    found = [re.fullmatch(r"([A-Za-z]{0,4}?)0*([0-9]{1,9})", label) for label in labels]
    if not labels or not all(found) or len({code[1] for code in found}) > 1:
        return ()
    places = [int(code[2]) for code in found]
    if not all(1 <= place <= len(own) for place in places):
        return ()
    return tuple(
        Guess(label, own[place - 1], "codes, dans l’ordre du questionnaire")
        for label, place in zip(labels, places, strict=True)
    )


def guess_yes(label: str, options: Collection[str], tool: str) -> Guess | None:
    """Read the code of a tool's own question by yes or no."""
    meant = TOOLS[tool].yes.get(label)
    return Guess(label, meant) if meant in options else None


def guess_number(label: str, question: Question) -> Guess:
    """Guess which number a text stands for: the only one in it, where it may be answered."""
    found = re.findall(r"-?[0-9]+(?:[.,][0-9]+)?", label)
    value = found[0].replace(",", ".") if len(found) == 1 else ""
    if question.measure.held(value):
        return Guess(label, value, "le nombre qu’elle contient")
    return Guess(label, None)


_NUMBERS = re.compile(r"(?:(?<!\w)[+−-])?[0-9]+")  # with the sign, which no hyphen between two words is


def guess_score(label: str, scale: Scale) -> Guess:
    """Guess which score a text stands for: the only number in it, or an end of the scale.

    A code such as `A1` counts from one: on a scale that does not, it says nothing.
    """
    numbers, ends = _NUMBERS.findall(label), {folded(scale.bas): scale.minimum, folded(scale.haut): scale.maximum}
    code = re.fullmatch(r"[A-Za-z]+0*\d+", label)
    if code:
        numbers = re.findall(r"\d+", label)
    found = score(numbers[0]) if len(numbers) == 1 else None
    if found and int(found) in scale.points and not (code and scale.minimum != 1):
        leading = re.match(rf"{re.escape(numbers[0])}(?![.,])\b", label)
        doubt = "" if leading else "codes, lus comme le nombre qu’ils portent" if code else "le nombre qu’elle contient"
        return Guess(label, found, doubt)
    if folded(label) in ends:
        return Guess(label, str(ends[folded(label)]), "l’un des bouts de l’échelle")
    return Guess(label, None)
