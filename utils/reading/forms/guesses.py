"""What the titles and the answers of an export look like: the wordings of form tools and of the questionnaire."""

__all__ = [
    "ALIKE",
    "Guess",
    "alike",
    "guess_label",
    "guess_number",
    "guess_score",
    "guess_tool",
    "guess_yes",
    "names",
    "option_columns",
    "options_named",
    "part_of",
    "role",
    "wordings",
]

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from utils.reading.forms.labels import Labels, folded
from utils.reading.forms.tools import PLAIN, TOOLS, recognised
from utils.survey.codebook import Codebook, Question
from utils.survey.scales import Scale

ALIKE = 0.6  # how alike two wordings must be for a guess, from 0 to 1
CHANCE = 0.15  # short texts share letters by chance

_COLUMNS = {
    "id": {"id", "identifiant"}.union(*(tool.ids for tool in TOOLS.values())),
    "date": {"date"}.union(*(tool.dates for tool in TOOLS.values())),
    "commune": {"commune", "votre commune", "nom de la commune", "nom de votre commune", "commune ou ville"},
    "ins": {"ins", "code ins", "code ins de la commune", "code ins de votre commune"},
    "province": {"province", "votre province", "province de la commune"},
    "population": {"population", "nombre d habitants", "habitants", "population de la commune"},
}
# What says who answered, whatever the tool.
_PERSONAL = (
    r".*\b(e mail|email|mail|courriel|messagerie|telephone|gsm|adresse ip|ip address)\b.*|"
    r"(votre |vos )?(nom|name|prenom|nom et prenom|prenom et nom|nom de famille|first name|last name)s?"
)
_UNUSED = re.compile("|".join((*(tool.unused for tool in TOOLS.values() if tool.unused), _PERSONAL)))
_CODED = re.compile(r"([A-Za-z]\w*(?:\[[^\]]*\])?)\. (.+)", re.DOTALL)  # LimeSurvey: code, then text
_PART = re.compile(r"(.*?)\s*\[([^\[\]]*)\]", re.DOTALL)  # a question and one of its options or lines


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


def wordings(title: str) -> set[str]:
    """Return what a title may say, folded: all of it, its code, its text, what stands in brackets.

    Examples
    --------
    >>> sorted(wordings("Q7. Les obstacles [Le budget]"))
    ['le budget', 'les obstacles le budget', 'q7', 'q7 les obstacles le budget']
    """
    coded = _CODED.fullmatch(title)
    texts = [title, *(coded.groups() if coded else ())]
    return {folded(text) for text in texts} | {folded(part[2]) for part in map(_PART.fullmatch, texts) if part}


def part_of(title: str) -> tuple[str, str] | None:
    """Return a question's wording and what stands in brackets behind it.

    Examples
    --------
    >>> part_of("Les médias [Facebook]")
    ('Les médias', 'Facebook')
    """
    coded = _CODED.fullmatch(title)
    part = _PART.fullmatch(coded[2] if coded else title)
    return (part[1], part[2]) if part else None


def names(question: Question) -> set[str]:
    """Return what a question is called, folded; without spaces too, as LimeSurvey's codes hold no underscores."""
    return {folded(text) for text in (question.id, question.libelle, question.enonce)} | {_squeezed(question.id)}


def role(title: str, codebook: Codebook) -> str | None:
    """Return what a title names in the words of the contract, a form tool or the questionnaire.

    Returns
    -------
    str or None
        A question id, a column of the contract, or an empty text for a column that is not used;
        None where nothing or more than one thing is named.
    """
    said = {re.sub(r"^l[ea] ", "", wording) for wording in wordings(title)} | wordings(title)
    known = {**_COLUMNS, **{question.id: names(question) for question in codebook.questions}}
    found = [target for target, called in known.items() if not called.isdisjoint(said)]
    if len(found) == 1:
        return found[0]
    return "" if any(map(_UNUSED.fullmatch, said)) else None


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
    words, others = ({word for word in text.split() if len(word) > 3} for text in (one, other))
    shared = len(words & others) / len(words | others) if words | others else 0.0
    letters = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return max(shared, letters - CHANCE)


def options_named(question: Question, parts: Iterable[str]) -> dict[str, str]:
    """Return the option that each part names, where it names one."""
    labels, squeezed = Labels(question.options, {}), {_squeezed(option): option for option in question.options}
    found = {part: labels.find(part) or squeezed.get(_squeezed(part)) for part in parts}
    return {part: option for part, option in found.items() if option}


def option_columns(question: Question, titles: Mapping[str, str]) -> Iterator[Guess]:
    """Yield the column of every option: by its name, else by its rank if all are coded by number."""
    named = {option: titles[part] for part, option in options_named(question, titles).items()}
    ranked = dict(zip(question.options, titles.values(), strict=False))
    coded = len(titles) == len(question.options) and all(re.fullmatch(r"[A-Z]+0*\d+|other", part) for part in titles)
    for option in question.options:
        if option in named:
            yield Guess(option, named[option])
        elif option == "autre" and "other" in titles:
            yield Guess(option, titles["other"], "texte libre, à déclarer sous `modalites`")
        elif coded:
            yield Guess(option, ranked[option], "selon l’ordre du questionnaire")
        else:
            yield Guess(option, "" if named else None, "aucune colonne trouvée" if named else "")


def guess_label(label: str, options: Mapping[str, str]) -> Guess:
    """Guess which option an unknown answer stands for.

    Examples
    --------
    >>> guess_label("Facebok", {"facebook": "Facebook", "youtube": "YouTube"}).value
    'facebook'
    """
    near = sorted(((alike(folded(label), folded(text)), option) for option, text in options.items()), reverse=True)
    if near[0][0] >= ALIKE and (len(near) == 1 or near[1][0] < near[0][0]):
        return Guess(label, near[0][1], f"ressemble à « {options[near[0][1]]} »")
    return Guess(label, "autre", "texte libre ?") if "autre" in options else Guess(label, None)


def guess_yes(label: str, options: Collection[str], tool: str) -> Guess | None:
    """Read the code of a tool's own question by yes or no."""
    meant = TOOLS[tool].yes.get(label)
    return Guess(label, meant) if meant in options else None


def guess_number(label: str, question: Question) -> Guess:
    """Guess which number a text stands for: the only one in it, where it may be answered."""
    found = re.findall(r"-?[0-9]+(?:[.,][0-9]+)?", label)
    value = found[0].replace(",", ".") if len(found) == 1 else ""
    if question.measure.held(value):
        return Guess(label, value, "le nombre que la réponse contient")
    return Guess(label, None)


def guess_score(label: str, scale: Scale) -> Guess:
    """Guess which score a text stands for: the only number in it, or an end of the scale."""
    numbers, ends = re.findall(r"[0-9]+", label), {folded(scale.bas): scale.minimum, folded(scale.haut): scale.maximum}
    if len(numbers) == 1 and int(numbers[0]) in scale.points:
        leading = re.match(rf"{numbers[0]}(?![.,])\b", label)
        return Guess(label, str(int(numbers[0])), "" if leading else "le nombre que la réponse contient")
    if folded(label) in ends:
        return Guess(label, str(ends[folded(label)]), "l’un des bouts de l’échelle")
    return Guess(label, None)


def _squeezed(text: str) -> str:
    return folded(text).replace(" ", "")
