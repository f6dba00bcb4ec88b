"""A first `import` section for an export, guessed from its titles and answers, for the analyst to confirm.

What follows from equal wording is proposed as it is; what merely looks alike is marked
`à confirmer`; what nothing is known of is left as a comment, `à compléter`.
"""

__all__ = ["propose"]

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from utils.reading.forms.apart import EMPTY, FREE, RANKING, added, weighing, weight_among
from utils.reading.forms.drafts import Proposal
from utils.reading.forms.groups import ORDER, Place, Spread, numbered, place_options
from utils.reading.forms.guesses import ALIKE, Guess, alike, letters, names
from utils.reading.forms.headings import coded, is_code, segments, splits, wordings
from utils.reading.forms.labels import folded
from utils.reading.forms.naming import named_by, origin_of, tool_of
from utils.reading.forms.rankings import Order, Ranking, order_of, orders, rankings
from utils.reading.forms.samples import Sample
from utils.reading.forms.selection import previews
from utils.reading.forms.sequence import in_order
from utils.reading.forms.tools import PLAIN, Tool
from utils.reading.statistical import Declared
from utils.survey.codebook import Codebook, Question

IN_PLACE = f"{ORDER} et la forme des réponses"
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


class _Columns:
    """The titles of an export, placed one after the other."""

    def __init__(
        self, header: Sequence[str], rows: pd.DataFrame, codebook: Codebook, tool: Tool, declared: Declared
    ) -> None:
        self.header, self.rows, self.codebook, self.declared = header, rows, codebook, declared
        self.tool = tool_of(header, rows, codebook) if tool is PLAIN else Guess("format", tool.id)
        self.origin = origin_of(header, codebook, tool)
        self.sample = Sample(header, rows, codebook, self.tool.value, declared.missing)
        self.named = named_by(header, codebook, self.origin)
        self.columns: dict[str, Guess] = {}
        self.options: dict[str, Place] = {}
        self.weight: Guess | None = None
        self.ranks: dict[str, tuple[Guess, ...]] = {}  # titles of the ranks, by question
        self.rankings: list[Ranking] = []  # all columns that put something in order
        self.ignored: dict[str, str] = {}
        self.second: list[str] = []  # titles of what another title was taken for

    def proposal(self, file: str, lines: tuple[int, ...]) -> Proposal:
        self._set_apart()
        self._place_known()
        self._place_alike()
        self._place_in_order()
        self._place_the_rest()
        targets = {question: [] for question in self.options}
        targets |= {question: [guess.key for guess in titles] for question, titles in self.ranks.items()}
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
        ranks = {
            question.id: self.ranks[question.id] for question in self.codebook.questions if question.id in self.ranks
        }
        lines = () if lines == (1,) else lines
        placed = self._placed()
        weight = weighing(self.weight, [question for question in self.codebook.questions if question.id in placed])
        return replace(found, ranks=ranks, lines=lines, kept=kept, weight=weight)

    def _kept(self) -> dict[str, tuple[str, ...]]:
        """Return the values of the rows that are answers, by the column in which the tool tells its tests."""
        if (found := previews(self.header, self.origin.id)) is None:
            return {}
        title, cells = found
        kept = {value for value in self.rows[title] if folded(value) not in cells}
        return {title: tuple(sorted(kept))} if kept < set(self.rows[title]) else {}

    def _free(self) -> list[str]:
        spread = {guess.value for place in self.options.values() for guess in place.options}
        spread |= {guess.key for titles in self.ranks.values() for guess in titles}
        spread |= {self.weight.value} if self.weight else set()
        return [title for title in self.header if title not in {*self.columns, *self.ignored, *spread}]

    def _placed(self) -> set[str | None]:
        return {guess.value for guess in self.columns.values()} | {*self.options, *self.ranks}

    def _unplaced(self) -> list[Question]:
        placed = self._placed()
        return [question for question in self.codebook.questions if question.id not in placed]

    def _set_apart(self) -> None:
        """Find rankings, the columns of options, and what answers no question, in this order."""
        nameless = [title for title in self.header if title not in self.named]
        self.weight = weight_among(nameless, self.sample.values, self.declared.weight)
        self.rankings = rankings(nameless, self.rows)
        self.ignored |= {title: RANKING for ranking in self.rankings for title in ranking.titles.values()}
        whole = {guess.value for title, guess in self.named.items() if self._called(guess.value, title)}
        others = [t for t in self.header if t not in self.named or not self._called(self.named[t].value, t)]
        found = orders(others, self.rankings, self.sample.values, self.codebook, self.sample.tool)
        for question, order in found.items():
            self._take(question, order)
        self.options |= place_options(self._free(), self.sample.values, self.codebook, self.sample.tool, whole)
        self.ignored |= {title: FREE for place in self.options.values() for title in place.rest}
        known = [title for title, guess in self.named.items() if self._says_no_more(guess.value, title)]
        self.ignored |= added(self._free(), self.sample.values, known, self.origin)
        spread = {guess.value for place in self.options.values() for guess in place.options if guess.value}
        stems = {stem for title in spread for stem, _ in splits(title)}
        read = {title for title, named in self.named.items() if named.value in self.options}
        again = [title for title in self._free() if title in read | stems]
        self.ignored |= dict.fromkeys(again, AGAIN)

    def _take(self, question: str, order: Order) -> None:
        """Place the columns of a ranking."""
        mine = set(order.ranking.titles.values())
        self.ignored = {title: why for title, why in self.ignored.items() if title not in mine}
        if order.options:
            rest = tuple(sorted(mine - {guess.value for guess in order.options}))
            self.options[question] = Place(order.options, order.cells, rest)
            self.ignored |= dict.fromkeys(rest, FREE)
        elif order.ranking.by == "rank":
            self.ranks[question] = order.titles
        else:
            self.columns |= {guess.key: guess for guess in order.titles}

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
        units = self._units()
        fits = self._may_be
        pairs = in_order(self.codebook.questions, units, lambda question, unit: fits(question, unit, open_))
        if 2 * len(pairs) < len(self.codebook.questions):
            return
        for place, at in pairs:
            question, unit = self.codebook.questions[place], units[at]
            if question.id not in open_:
                continue
            if isinstance(unit, Ranking):
                self._take(question.id, self._in_its_place(question, unit))
            elif isinstance(unit, Spread):
                self.options[question.id] = numbered(question, unit, self.sample.values, self.sample.tool)
                self.ignored |= dict.fromkeys(self.options[question.id].rest, FREE)
            else:
                self.columns[unit] = Guess(unit, question.id, IN_PLACE)

    def _units(self) -> list[str | Spread | Ranking]:
        """Return the columns in order; those of one question's options together, by the first of them."""
        free = [title for title in self._free() if is_code(title) and not self.sample.empty(title)]
        first = set(self._first().values())
        apart = [r for r in self.rankings if set(r.titles.values()) <= self.ignored.keys()]
        several = [question for question in self._unplaced() if question.type == "choix_multiple"]
        spread: dict[str, Spread] = {}
        for title in self.header:
            for stem, part in splits(title):
                if title.endswith("]") and is_code(stem):
                    spread.setdefault(stem, Spread(stem, {})).titles[part] = title
        units: list[str | Spread | Ranking] = []
        inside: set[str] = set()
        for title in self.header:
            group = next((s for s in spread.values() if title in s.titles.values()), None)
            ranking = next((r for r in apart if title in r.titles.values()), None)
            if title in inside:
                continue
            if ranking:
                units.append(ranking)
                inside |= set(ranking.titles.values())
            elif group and any(numbered(question, group, self.sample.values, self.sample.tool) for question in several):
                units.append(group)
                inside |= set(group.titles.values())
            elif title in free or title in self.columns or title in first:
                units.append(title)
        return units

    def _first(self) -> dict[str, str]:
        """Return the first column of each question that has several."""
        spread = {question: place.options[0].value for question, place in self.options.items()}
        return spread | {question: titles[0].key for question, titles in self.ranks.items()}

    def _in_its_place(self, question: Question, unit: Ranking) -> Order | None:
        return order_of(question, unit, self.sample.values, self.sample.tool, sure=False, doubt=IN_PLACE)

    def _may_be(self, question: Question, unit: str | Spread | Ranking, open_: Sequence[str]) -> bool:
        if isinstance(unit, Ranking):
            fits = question.id in open_ and question.type == "classement"
            return fits and self._in_its_place(question, unit) is not None
        if isinstance(unit, Spread):
            return question.id in open_ and bool(numbered(question, unit, self.sample.values, self.sample.tool))
        if unit in self.columns:
            return self.columns[unit].value == question.id
        if question.id not in open_:
            return self._first().get(question.id) == unit
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
            doubt = "une colonne à compléter y répond peut-être" if may else ""
            if question.type == "classement" and RANKING in self.ignored.values():
                doubt = "un classement sous `ignorees` y répond peut-être"
            yield Guess(question.id, question.id, doubt)

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
