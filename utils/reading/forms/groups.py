"""Questions that an export spreads over several columns, one for each option."""

__all__ = [
    "ABSENT",
    "MOST",
    "ORDER",
    "Place",
    "Spread",
    "doubt_of",
    "numbered",
    "numbers_options",
    "options_named",
    "place_options",
    "spreads",
]

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from utils.reading.forms.answers import Answers, UnreadError
from utils.reading.forms.guesses import ALIKE, Guess, alike, names
from utils.reading.forms.headings import CUT, OTHER, opening, splits, squeezed
from utils.reading.forms.labels import Labels, folded, score
from utils.survey.codebook import Codebook, Question

TOLD = 3  # columns that tell a question by their options alone
MOST = 2 / 3  # the share of these that must be options of the question
ORDER = "d’après l’ordre du questionnaire"
ABSENT = "aucune colonne trouvée : le formulaire ne la proposait pas ?"
SHORT = 4  # letters that an option's beginning has at least, where nothing says that it was cut

_NUMBERED = re.compile(r"[A-Z]*0*\d+")


@dataclass(frozen=True)
class Spread:
    """Columns whose titles begin alike: by what follows, their titles."""

    stem: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """The columns of a question's options, and what stands in them that is neither yes nor no.

    Attributes
    ----------
    options : tuple of Guess
        Title by option; of no column where the form did not offer one.
    cells : tuple of Guess
        Option by what its column holds beside ticks.
    rest : tuple of str
        Titles of what a tool adds to these columns.
    """

    options: tuple[Guess, ...]
    cells: tuple[Guess, ...]
    rest: tuple[str, ...]


def spreads(header: Iterable[str]) -> list[Spread]:
    """Return every set of columns whose titles begin alike, the largest first."""
    found: dict[str, Spread] = {}
    for title in header:
        for stem, part in splits(title):
            found.setdefault(folded(stem), Spread(stem, {})).titles.setdefault(part, title)
    return sorted(found.values(), key=lambda spread: -len(spread.titles))


def options_named(question: Question, parts: Collection[str]) -> dict[str, str]:
    """Return the option that each part names, where it names one: its id, its label, or the beginning of one.

    What a tool cut may be short; two parts that name one option name none.
    """
    labels, keys = (
        Labels(question.options, {}),
        {option: {squeezed(option), squeezed(label)} for option, label in question.options.items()},
    )
    found = {}
    for part in parts:
        said, cut = squeezed(part), opening(part)
        exact = [option for option, key in keys.items() if said in key] if said else []
        whole = labels.find(part) or (exact[0] if len(exact) == 1 else None)
        if whole is None and not exact:
            begun = cut or (said if len(said) >= SHORT else "")
            near = [o for o, key in keys.items() if begun and any(name.startswith(begun) for name in key)]
            whole = near[0] if len(near) == 1 else None
        if whole:
            found[part] = whole
    told = list(found.values())
    return {part: option for part, option in found.items() if told.count(option) == 1}


def place_options(
    header: Sequence[str],
    values: Mapping[str, Sequence[str]],
    codebook: Codebook,
    tool: str,
    elsewhere: Collection[str] = (),
) -> dict[str, Place]:
    """Find the questions that have one column per option.

    A question is told by what its columns' titles begin with, whole or cut; or by their ends,
    if these are its options and nobody else's. Columns that hold scores or ranks are none.

    Parameters
    ----------
    header : sequence of str
    values : mapping
        Different answers by title.
    codebook : Codebook
    tool : str
        As `ImportMapping.format`.
    elsewhere : collection of str
        Questions that one column is called like: columns that are merely options of theirs are another's.

    Returns
    -------
    dict of Place
        By question. Two sets of columns that could as well be one question are left open.
    """
    several = [question for question in codebook.questions if question.type == "choix_multiple"]
    found: list[tuple[tuple[int, float, int], Question, Spread, Place]] = []
    for spread in spreads(header):
        for question, sure in _meant(spread, several):
            place = _placed(question, spread, values, tool)
            if place and (sure or question.id not in elsewhere):
                named = sum(bool(guess.value) for guess in place.options)
                near = max(alike(folded(spread.stem), name) for name in names(question))
                found.append(((sure, near if near >= ALIKE else 0.0, named), question, spread, place))
    placed: dict[str, Place] = {}
    taken: set[str] = set()
    for rank, question, spread, place in sorted(found, key=lambda one: one[0], reverse=True):
        mine = set(spread.titles.values())
        rivals = [
            other
            for like, asked, other, _ in found
            if asked == question and like[:2] == rank[:2] and mine.isdisjoint(other.titles.values())
        ]
        if question.id not in placed and not rivals and mine.isdisjoint(taken):
            placed[question.id] = place
            taken |= {guess.value for guess in place.options if guess.value} | set(place.rest)
    return placed


def _meant(spread: Spread, several: Sequence[Question]) -> Iterator[tuple[Question, int]]:
    """Yield the questions that columns may be of: by their common wording (2), its beginning, or the options (0)."""
    stem, cut = spread.stem, opening(spread.stem)
    said = {squeezed(text) for text in (stem, re.split(r"[/.:-]", stem)[-1])} - {""}
    called = [q for q in several if not said.isdisjoint({squeezed(name) for name in names(q)})]
    if called:
        yield from [(called[0], 2)][: len(called) == 1]
        return
    begun = [q for q in several if cut and any(squeezed(name).startswith(cut) for name in names(q))]
    if len(begun) == 1:
        yield begun[0], 1
        return
    parts = {part for part in spread.titles if not OTHER.fullmatch(folded(part))}
    if len(spread.titles) < TOLD:
        return
    (most, question), *others = sorted(((len(options_named(q, parts)), q) for q in several), key=lambda one: -one[0])
    enough = most == len(parts) > 0 or most >= max(TOLD, MOST * len(parts))
    if enough and all(fewer < most for fewer, _ in others):
        yield question, 0


def _placed(question: Question, spread: Spread, values: Mapping[str, Sequence[str]], tool: str) -> Place | None:
    """Place columns by the options that their titles name; if they name none, by number."""
    titles = {part: title for part, title in spread.titles.items() if not _beside(part, spread.titles)}
    named = options_named(question, titles)
    free = [part for part in titles if OTHER.fullmatch(folded(part)) and part not in named]
    if not set(named.values()) - {"autre"}:
        return numbered(question, spread, values, tool)
    if "autre" in question.options and "autre" not in named.values():
        named |= dict.fromkeys(free[:1], "autre")
    columns = {option: titles[part] for part, option in named.items()}
    doubts = {option: doubt_of(part, titles[part], question) for part, option in named.items()}
    return _place(question, spread, columns, doubts, values, tool)


def numbered(question: Question, spread: Spread, values: Mapping[str, Sequence[str]], tool: str) -> Place | None:
    """Place columns whose titles number the options: as many, in the order of the questionnaire.

    Returns
    -------
    Place or None
        None where they are no such columns, or hold no ticks.
    """
    own = [option for option in question.options if option != "autre"]
    titles = {part: title for part, title in spread.titles.items() if not _beside(part, spread.titles)}
    free = [part for part in titles if OTHER.fullmatch(folded(part))]
    parts = [part for part in titles if part not in free]
    if not numbers_options(parts, own):
        return None
    columns = {option: titles[part] for option, part in zip(own, parts, strict=True)}
    if "autre" in question.options and free:
        columns["autre"] = titles[free[0]]
    return _place(question, spread, columns, dict.fromkeys(own, ORDER), values, tool)


def numbers_options(parts: Collection[str], options: Collection[str]) -> bool:
    """Tell whether the ends of titles number as many options as there are.

    Examples
    --------
    >>> numbers_options(["SQ001", "SQ002"], ["budget", "temps"])
    True
    """
    return len(parts) == len(options) and all(map(_NUMBERED.fullmatch, parts))


def _place(
    question: Question,
    spread: Spread,
    columns: Mapping[str, str],
    doubts: Mapping[str, str],
    values: Mapping[str, Sequence[str]],
    tool: str,
) -> Place | None:
    cells = _cells(question, columns, values, tool)
    if cells is None:
        return None
    options = tuple(
        Guess(option, columns[option], doubts.get(option, "")) if option in columns else Guess(option, "", ABSENT)
        for option in question.options
    )
    used = set(columns.values())
    rest = [
        title
        for part, title in spread.titles.items()
        if title not in used and (OTHER.fullmatch(folded(part)) or _beside(part, spread.titles))
    ]
    return Place(options, cells, tuple(rest))


def doubt_of(part: str, title: str, question: Question) -> str:
    """Return what is unsure of an option's name: a beginning that nothing shows to be cut."""
    whole = {squeezed(name) for option in question.options.items() for name in option}
    said = OTHER.fullmatch(folded(part)) or squeezed(part) in whole or opening(part) or len(title) in CUT
    return "" if said else "le début de son libellé"


def _beside(part: str, parts: Collection[str]) -> bool:
    """Tell whether a column holds the comment on an option: LimeSurvey writes `[SQ001comment]` beside `[SQ001]`."""
    return part.lower().endswith("comment") and part[: -len("comment")] in parts


def _cells(
    question: Question, columns: Mapping[str, str], values: Mapping[str, Sequence[str]], tool: str
) -> tuple[Guess, ...] | None:
    """Guess what columns hold beside ticks; None if they hold no ticks at all.

    What stands in several columns is no option: it ticks each of them, or none.
    """
    cells = Answers(question.id, Labels(question.options, {}), tool)
    strange: dict[str, list[str]] = {}
    ticked = False
    for option, title in columns.items():
        for value in values.get(title, ()):
            try:
                ticked |= bool(cells.tick(value, option))
            except UnreadError:
                strange.setdefault(value, []).append(option)
    shared = [value for value, options in strange.items() if len(options) > 1]
    told = [value for value, options in strange.items() if options != ["autre"]]
    if len(shared) > 2 or len({score(value) for value in told} - {None}) > 1:
        return None
    guesses = []
    for value, options in strange.items():
        if len(options) == 1:
            guesses.append(Guess(value, options[0], "texte dans la colonne de cette modalité"))
        elif ticked and len(shared) == 1 and len(options) == len(columns):
            guesses.append(Guess(value, "", "dans toutes les colonnes : une modalité non choisie ?"))
        else:
            guesses.append(Guess(value, None))
    return tuple(guesses)
