"""A first `import` section for an export, guessed from its titles and answers, for the analyst to confirm.

What follows from equal wording is proposed as it is; what merely looks alike is marked
`à confirmer`; what nothing is known of is left as a comment, `à compléter`.
"""

__all__ = ["fieldwork", "propose"]

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import pandas as pd

from utils.reading.forms.answers import UnreadError
from utils.reading.forms.apart import EMPTY, FREE, RANKING, added
from utils.reading.forms.dates import Dates
from utils.reading.forms.drafts import Proposal
from utils.reading.forms.groups import ORDER, Place, Spread, numbered, place_options, rankings
from utils.reading.forms.guesses import ALIKE, Guess, alike, guess_tool, letters, names, role
from utils.reading.forms.headings import coded, explained, is_code, segments, splits, wordings
from utils.reading.forms.labels import folded
from utils.reading.forms.meanings import hour_of
from utils.reading.forms.samples import Sample, joined_as
from utils.reading.forms.selection import previews
from utils.reading.forms.sequence import in_order
from utils.reading.forms.tools import PLAIN, TOOLS, Tool, own_columns
from utils.reading.relations import Relation
from utils.reading.statistical import Declared
from utils.survey.about import Period
from utils.survey.codebook import Codebook, Question

WEIGHT = "pondération, selon le fichier"
AGAIN = "déjà lues dans une colonne par modalité"

UNDECLARED = Declared()


def propose(
    header: Sequence[str],
    sample: pd.DataFrame,
    codebook: Codebook,
    file: str,
    tool: Tool = PLAIN,
    *,
    lines: tuple[int, ...] = (),
    declared: Declared = UNDECLARED,
) -> Proposal:
    """Guess how an export is to be read.

    Parameters
    ----------
    header : sequence of str
        The titles of its columns.
    sample : DataFrame of str
        Its rows, or the first of them.
    codebook : Codebook
        The questions of the wave.
    file : str
        Name of the export in the wave's folder.
    tool : Tool
        The form tool, where more than its titles told it.
    lines : tuple of int
        Where the titles stand.
    declared : Declared
        What a statistical file says beside its values.

    Examples
    --------
    >>> raw = read_raw(path, problems)  # doctest: +SKIP
    >>> print(propose(raw.header, raw.rows, codebook, path.name).to_yaml())  # doctest: +SKIP
    import:
      format: google_forms
      ...
    """
    return _Columns(header, sample, codebook, tool, declared).proposal(file, lines)


def fieldwork(header: Sequence[str], rows: Relation, codebook: Codebook, tool: Tool = PLAIN) -> Period | None:
    """Return the months of the first and of the last answer; None where no column tells the dates.

    A date that a tool writes for none (`1980-01-01`) tells nothing, nor does what is no date.
    """
    found, origin = [], _origin(header, codebook, tool)
    dated = [title for title, guess in _named(header, codebook, origin).items() if guess.value == "date"]
    never = tuple(tool.undated for tool in TOOLS.values() if tool.undated)
    for title in dated[:1]:
        texts = list(rows.texts(hour_of(rows.columns[title])))
        read = Dates(texts, origin.id).read
        for text in texts:
            with suppress(UnreadError):
                if (moment := read(text)) and not moment.startswith(never):
                    found.append(moment[:7])
    return Period(debut=min(found), fin=max(found)) if found else None


def _origin(header: Sequence[str], codebook: Codebook, tool: Tool) -> Tool:
    """Return the tool whose columns an export holds: a statistical file comes from one, too."""
    return tool if tool.titles else TOOLS[guess_tool(header, codebook).value]


def _tool(header: Sequence[str], rows: pd.DataFrame, codebook: Codebook) -> Guess:
    """Tell the form tool by its titles; without any that tell, by how it joins several options in a cell."""
    told = guess_tool(header, codebook)
    for title in header if told.doubt else ():
        named = role(title, codebook)
        if named and named.value in codebook and codebook[named.value].type == "choix_multiple":
            values = [value for value in rows[title].unique() if value]
            if (tool := joined_as(values, codebook[named.value])) and tool != PLAIN.id:
                return Guess("format", tool, f"d’après les réponses à « {title} »")
    return told


def _named(header: Sequence[str], codebook: Codebook, tool: Tool) -> dict[str, Guess]:
    """Return what titles name; what a tool writes of its own is named by it alone."""
    own = own_columns({title: wordings(title) for title in header}, tool)
    common = Counter(folded(stem) for title in header for stem, _ in splits(title))
    named = {}
    for title in header:
        guess = role(title, codebook)
        # « Question (option) », among others of its kind, is no question that is explained.
        if guess and guess.value not in own.values() and not any(common[text] > 1 for text in explained(title)):
            named[title] = guess
    return named | {title: Guess(title, target) for title, target in own.items()}


class _Columns:
    """The titles of an export, placed one after the other."""

    def __init__(
        self, header: Sequence[str], rows: pd.DataFrame, codebook: Codebook, tool: Tool, declared: Declared
    ) -> None:
        self.header, self.rows, self.codebook, self.declared = header, rows, codebook, declared
        self.tool = _tool(header, rows, codebook) if tool is PLAIN else Guess("format", tool.id)
        self.origin = _origin(header, codebook, tool)
        self.sample = Sample(header, rows, codebook, self.tool.value, declared.missing)
        self.named = _named(header, codebook, self.origin)
        self.columns: dict[str, Guess] = {}
        self.options: dict[str, Place] = {}
        self.ignored: dict[str, str] = {}
        self.second: list[str] = []  # titles of what another title was taken for

    def proposal(self, file: str, lines: tuple[int, ...]) -> Proposal:
        self._set_apart()
        self._place_known()
        self._place_alike()
        self._place_in_order()
        self._place_the_rest()
        targets = {question: [] for question in self.options}
        targets |= {guess.value: [title] for title, guess in self.columns.items()}
        order = [name for name in ("province", *(q.id for q in self.codebook.questions)) if name in targets]
        labels = {name: guesses for name in order if (guesses := self._labels(name, targets[name]))}
        told = {title: Guess(title, None) for title in self._free()} | self.columns
        columns = tuple(told[title] for title in self.header if title in told)
        options = {
            question.id: self.options[question.id].options
            for question in self.codebook.questions
            if question.id in self.options
        }
        kept = self._kept()
        ignored = {title: self.ignored[title] for title in self.header if title in self.ignored and title not in kept}
        found = Proposal(self.tool, file, columns, options, labels, ignored, tuple(self._missing()))
        return replace(found, lines=() if lines == (1,) else lines, kept=kept, weight=self.declared.weight)

    def _kept(self) -> dict[str, tuple[str, ...]]:
        """Return the values of the rows that are answers, by the column in which the tool tells its tests."""
        if (found := previews(self.header, self.origin.id)) is None:
            return {}
        title, cells = found
        kept = {value for value in self.rows[title] if folded(value) not in cells}
        return {title: tuple(sorted(kept))} if kept < set(self.rows[title]) else {}

    def _free(self) -> list[str]:
        options = {guess.value for place in self.options.values() for guess in place.options}
        return [title for title in self.header if title not in {*self.columns, *self.ignored, *options}]

    def _placed(self) -> set[str | None]:
        return {guess.value for guess in self.columns.values()} | set(self.options)

    def _unplaced(self) -> list[Question]:
        placed = self._placed()
        return [question for question in self.codebook.questions if question.id not in placed]

    def _set_apart(self) -> None:
        """Find rankings, the columns of options, and what answers no question, in this order."""
        ranks = rankings([title for title in self.header if title not in self.named], self.rows)
        self.ignored |= {title: RANKING for title in self.header if title in ranks}
        whole = {guess.value for title, guess in self.named.items() if self._called(guess.value, title)}
        self.options = place_options(self._free(), self.sample.values, self.codebook, self.sample.tool, whole)
        self.ignored |= {title: FREE for place in self.options.values() for title in place.rest}
        known = [title for title, guess in self.named.items() if self._says_no_more(guess.value, title)]
        self.ignored |= added(self._free(), self.sample.values, known, self.origin)
        spread = {guess.value for place in self.options.values() for guess in place.options if guess.value}
        stems = {stem for title in spread for stem, _ in splits(title)}
        read = {title for title, named in self.named.items() if named.value in self.options}
        again = [title for title in self._free() if title in read | stems]
        self.ignored |= dict.fromkeys(again, AGAIN)
        self.ignored |= {title: WEIGHT for title in self._free() if title == self.declared.weight}

    def _place_known(self) -> None:
        """Place what is called as the contract, a form tool or the questionnaire calls it."""
        for title in self._free():
            if not (guess := self.named.get(title)):
                continue
            named = guess.value
            if named == "commune" and self.sample.codes_communes(title) and "ins" not in self._placed():
                named = "ins"
            if named in self._placed():
                self.second.append(title)
            elif named not in self.codebook or not self._contradicts(self.codebook[named], title):
                self.columns[title] = replace(guess, value=named)

    def _contradicts(self, question: Question, title: str) -> bool:
        """Tell whether the line of a table, called as a question is, holds nothing that answers it."""
        return not self._called(question.id, title) and not self.sample.fit(question, title, guessed=True)

    def _called(self, target: str, title: str) -> bool:
        """Tell whether a title as a whole, and no line of a table, names a question."""
        return target in self.codebook and not names(self.codebook[target]).isdisjoint(segments(title))

    def _says_no_more(self, target: str, title: str) -> bool:
        """Tell whether a title is the name of a question, or a column of the contract."""
        said = {folded(text) for text in (title, *coded(title))}
        return target not in self.codebook or not names(self.codebook[target]).isdisjoint(said)

    def _place_alike(self) -> None:
        """Place what is worded nearly so, the nearest first, where the answers do not speak against it."""
        near = []
        free = [title for title in self._free() if title not in self.second and not self.sample.empty(title)]
        for place, title in enumerate(free):
            said = wordings(title) | segments(title)
            for question in self._unplaced():
                pairs = [(wording, name) for wording in said for name in names(question)]
                close = max(alike(*pair) for pair in pairs)
                tells = self.sample.tells(question, title)
                if self.sample.fit(question, title) >= 0.5 and (close >= ALIKE or tells):
                    spelt = max(letters(*pair) for pair in pairs)
                    near.append((-close - tells, -spelt, place, title, question.id, question.libelle))
            if re.search(r"\bcommune\b", folded(title)) and len(title) < 50 and not self.sample.ticks(title):
                target = "ins" if self.sample.codes_communes(title) else "commune"
                near.append((-ALIKE, 0.0, place, title, target, "commune"))
        for *_, title, target, label in sorted(near):
            if title not in self.columns and target not in self._placed():
                self.columns[title] = Guess(title, target, f"ressemble à « {label} »")

    def _place_in_order(self) -> None:
        """Place columns whose titles are numbers, if form and questionnaire run alike for the most part."""
        open_ = [question.id for question in self._unplaced()]
        units = [unit for unit in self._units() if isinstance(unit, str | Spread)]
        fits = self._may_be
        pairs = in_order(self.codebook.questions, units, lambda question, unit: fits(question, unit, open_))
        if 2 * len(pairs) < len(self.codebook.questions):
            return
        for place, at in pairs:
            question, unit = self.codebook.questions[place], units[at]
            if question.id not in open_:
                continue
            if isinstance(unit, Spread):
                self.options[question.id] = numbered(question, unit, self.sample.values, self.sample.tool)
                self.ignored |= dict.fromkeys(self.options[question.id].rest, FREE)
            else:
                self.columns[unit] = Guess(unit, question.id, f"{ORDER} et la forme des réponses")

    def _units(self) -> list[str | Spread]:
        """Return the columns in order; those of one question's options together, by the first of them."""
        free = [title for title in self._free() if is_code(title) and not self.sample.empty(title)]
        first = {place.options[0].value for place in self.options.values()}
        several = [question for question in self._unplaced() if question.type == "choix_multiple"]
        spread: dict[str, Spread] = {}
        for title in self.header:
            for stem, part in splits(title):
                if title.endswith("]") and is_code(stem):
                    spread.setdefault(stem, Spread(stem, {})).titles[part] = title
        units: list[str | Spread] = []
        inside: set[str] = set()
        for title in self.header:
            group = next((s for s in spread.values() if title in s.titles.values()), None)
            if title in inside:
                continue
            if group and any(numbered(question, group, self.sample.values, self.sample.tool) for question in several):
                units.append(group)
                inside |= set(group.titles.values())
            elif title in free or title in self.columns or title in first:
                units.append(title)
        return units

    def _may_be(self, question: Question, unit: str | Spread, open_: Sequence[str]) -> bool:
        if isinstance(unit, Spread):
            return question.id in open_ and bool(numbered(question, unit, self.sample.values, self.sample.tool))
        if unit in self.columns:
            return self.columns[unit].value == question.id
        if question.id not in open_:
            return question.id in self.options and unit == self.options[question.id].options[0].value
        if question.type == "texte":
            return self.sample.wordy(unit)
        return question.type in ("likert", "choix_unique") and self.sample.fit(question, unit, guessed=True) == 1

    def _place_the_rest(self) -> None:
        """Place what is left and can be only one thing: the codes of communes, the free text; the empty columns."""
        free = [title for title in self._free() if title not in self.second]
        codes = [title for title in free if self.sample.codes_communes(title)]
        if len(codes) == 1 and not self._placed() & {"commune", "ins"}:
            self.columns[codes[0]] = Guess(codes[0], "ins", "des codes INS")
        texts = [question for question in self._unplaced() if question.type == "texte"]
        wordy = [title for title in free if self.sample.wordy(title)]
        if len(texts) == len(wordy) == 1:
            self.columns[wordy[0]] = Guess(wordy[0], texts[0].id, "la seule colonne de texte libre")
        self.ignored |= {title: EMPTY for title in free if self.sample.empty(title)}

    def _missing(self) -> Iterator[Guess]:
        """Yield the questions without a column; a column that is left may be the one of those that it fits."""
        free = [title for title in self._free() if not self.sample.empty(title)]
        for question in self._unplaced():
            may = [title for title in free if self.sample.fit(question, title, guessed=True) >= 0.5]
            if question.type == "choix_multiple":
                may += filter(self.sample.ticks, free)
            yield Guess(question.id, question.id, "une colonne à compléter y répond peut-être" if may else "")

    def _labels(self, target: str, titles: Iterable[str]) -> tuple[Guess, ...]:
        """Guess the answers to a question that the questionnaire does not know."""
        parts = list(dict.fromkeys(part for title in titles for _, part in self.sample.unknown(target, title)))
        cells = self.options[target].cells if target in self.options else ()
        missing = dict.fromkeys(part for title in titles for part in sorted(self.declared.missing.get(title, ())))
        known = self.codebook.answers(target) if target in self.codebook else ()
        places = {answer: place for place, answer in enumerate(known)}
        guesses = sorted(self.sample.guessed(target, parts), key=lambda guess: places.get(guess.value, len(known)))
        unread = set(missing) - self.sample.meant(target, missing)
        return (*guesses, *(Guess(part, "") for part in missing if part in unread), *cells)
