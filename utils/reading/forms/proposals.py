"""A first `import` section for an export, guessed from its titles and answers, for the analyst to confirm.

What follows from equal wording is proposed as it is; what merely looks alike is marked
`à confirmer`; what nothing is known of is left as a comment, `à compléter`.
"""

__all__ = ["Proposal", "propose"]

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd
import yaml

from utils.reading.forms.answers import Answers, UnreadError
from utils.reading.forms.guesses import (
    ALIKE,
    Guess,
    alike,
    guess_label,
    guess_number,
    guess_score,
    guess_tool,
    guess_yes,
    names,
    option_columns,
    options_named,
    part_of,
    role,
    wordings,
)
from utils.reading.forms.labels import Labels, folded
from utils.reading.forms.numbers import Numbers
from utils.survey.codebook import Codebook, Question

SEEN = 200  # different answers of a column that are looked at
ID = re.compile(r"[a-z0-9][a-z0-9_]*")


@dataclass(frozen=True)
class Proposal:
    """An `import` section to be confirmed, its lines in the order of the export.

    Attributes
    ----------
    tool : Guess
    file : str
    columns : tuple of Guess
        Target by title.
    options : dict
        Titles by option, by question: `colonnes_multiples`.
    labels : dict
        Options by label, by question: `modalites`.
    ignored : tuple of str
        Titles of columns that serve nothing here, or that say who answered.
    """

    tool: Guess
    file: str
    columns: tuple[Guess, ...]
    options: Mapping[str, tuple[Guess, ...]] = field(default_factory=dict)
    labels: Mapping[str, tuple[Guess, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether nothing is left to confirm or to complete."""
        nested = [guess for part in (self.options, self.labels) for guesses in part.values() for guess in guesses]
        return not any(guess.doubt or guess.value is None for guess in (self.tool, *self.columns, *nested))

    def to_yaml(self) -> str:
        """Write the section as text for `vague.yml`; what is to be completed stands in comments."""
        lines = ["import:", *_written([self.tool], "  "), f"  fichier: {_quoted(self.file)}"]
        lines += _held("  colonnes", self.columns)
        for name, part in (("colonnes_multiples", self.options), ("modalites", self.labels)):
            lines += [f"  {name}:"] if part else []
            for question, guesses in part.items():
                lines += _held(f"    {question}", guesses)
        lines += ["  ignorees:"] if self.ignored else []
        return "\n".join([*lines, *(f"    - {_quoted(title)}" for title in self.ignored)]) + "\n"


def propose(header: Sequence[str], sample: pd.DataFrame, codebook: Codebook, file: str) -> Proposal:
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

    Examples
    --------
    >>> raw = read_raw(path, problems)  # doctest: +SKIP
    >>> print(propose(raw.header, raw.rows, codebook, path.name).to_yaml())  # doctest: +SKIP
    import:
      format: google_forms
      ...
    """
    return _Columns(header, sample, codebook).proposal(file)


class _Columns:
    """The titles of an export, placed one after the other."""

    def __init__(self, header: Sequence[str], sample: pd.DataFrame, codebook: Codebook) -> None:
        self.header, self.codebook = header, codebook
        self.values = {title: [v for v in sample[title].unique()[:SEEN] if v] for title in header}
        self.tool = guess_tool(header, codebook)
        self.columns: dict[str, Guess] = {}
        self.options: dict[str, tuple[Guess, ...]] = {}
        self.ignored: list[str] = []
        self.second: list[str] = []  # titles of what another title was taken for

    def proposal(self, file: str) -> Proposal:
        self._place_options()
        self._place_known()
        self._place_alike()
        targets = {question: [] for question in self.options}
        targets |= {guess.value: [title] for title, guess in self.columns.items()}
        order = [name for name in ("province", *(q.id for q in self.codebook.questions)) if name in targets]
        labels = {name: guesses for name in order if (guesses := self._labels(name, targets[name]))}
        told = {title: Guess(title, None) for title in self._free()} | self.columns
        columns = tuple(told[title] for title in self.header if title in told)
        return Proposal(self.tool, file, columns, self.options, labels, tuple(self.ignored))

    def _free(self) -> list[str]:
        options = {guess.value for guesses in self.options.values() for guess in guesses}
        return [title for title in self.header if title not in {*self.columns, *self.ignored, *options}]

    def _placed(self) -> set[str | None]:
        return {guess.value for guess in self.columns.values()} | set(self.options)

    def _place_options(self) -> None:
        """Find the questions that have one column per option, by what stands in brackets."""
        groups: dict[str, dict[str, str]] = {}  # title by what stands in brackets, by what stands before
        for title in self.header:
            if part := part_of(title):
                groups.setdefault(part[0], {})[part[1]] = title
        several = [question for question in self.codebook.questions if question.type == "choix_multiple"]
        for stem, titles in groups.items():
            meant = [question for question in several if folded(stem) in names(question)]
            if not meant and len(titles) > 2:
                meant = [q for q in several if len(options_named(q, titles)) >= len(titles) - ("other" in titles)]
            if len(meant) == 1 and meant[0].id not in self.options:
                self.options[meant[0].id] = tuple(option_columns(meant[0], titles))

    def _place_known(self) -> None:
        """Place what is called as the contract, a form tool or the questionnaire calls it."""
        for title in self._free():
            named = role(title, self.codebook)
            if named == "":
                self.ignored.append(title)
            elif named and named in self._placed():
                self.second.append(title)
            elif named:
                self.columns[title] = Guess(title, named)

    def _place_alike(self) -> None:
        """Place what is worded nearly so, the nearest first, where the answers do not speak against it."""
        near = []
        for place, title in enumerate(title for title in self._free() if title not in self.second):
            said = wordings(title)
            for question in self.codebook.questions:
                close = max(alike(wording, name) for wording in said for name in names(question))
                fit = self._fit(question, title)
                # Two different answers, all of them known, tell a question whatever its wording.
                tells = fit == 1 and question.type.startswith("choix") and len(self.values[title]) > 1
                if fit >= 0.5 and (close >= ALIKE or tells):
                    near.append((-close - tells, place, title, question.id, question.libelle))
            if re.search(r"\bcommune\b", folded(title)) and len(title) < 50:
                near.append((-ALIKE, place, title, "commune", "commune"))
        for _, _, title, target, label in sorted(near):
            if title not in self.columns and target not in self._placed():
                self.columns[title] = Guess(title, target, f"ressemble à « {label} »")

    def _known(self, target: str) -> dict[str, str]:
        if target == "province":
            return self.codebook.strata("province")
        # What is answered is a number, not its class.
        return {} if self.codebook[target].type == "nombre" else self.codebook[target].options

    def _answers(self, target: str) -> Answers:
        return Answers(target, Labels(self._known(target), {}), self.tool.value)

    def _fit(self, question: Question, title: str) -> float:
        """Return the share of a column's different answers that a question knows."""
        values = self.values[title]
        unknown = {value for value, _ in self._unknown(question.id, title)}
        return 1 - len(unknown) / len(values) if values and question.type != "texte" else 1.0

    def _unknown(self, target: str, title: str) -> Iterator[tuple[str, str]]:
        """Yield the answers of a column that have no meaning yet, and the parts of them not understood."""
        cells = self._answers(target)
        kind = self.codebook[target].type if target in self.codebook else "choix_unique"
        read = {"likert": cells.score, "choix_unique": cells.choice, "choix_multiple": cells.choices}.get(kind, str)
        if kind == "nombre":
            read = partial(cells.number, numbers=Numbers(self.values[title], self.codebook[target]))
        for value in self.values[title]:
            try:
                read(value)
            except UnreadError as unread:
                yield from ((value, part) for _, part in unread.args)

    def _labels(self, target: str, titles: Iterable[str]) -> tuple[Guess, ...]:
        """Guess the answers to a question that the questionnaire does not know."""
        parts = dict.fromkeys(part for title in titles for _, part in self._unknown(target, title))
        return (*(self._label(target, part) for part in parts), *self._unticked(target))

    def _label(self, target: str, label: str) -> Guess:
        options = self._known(target)
        yes = guess_yes(label, options, self.tool.value)
        if target == "province":
            bare = re.sub(r"^province (du |de |d.)?(la )?", "", label, flags=re.IGNORECASE)
            return replace(guess_label(bare, options), key=label)
        if yes:
            return yes
        question = self.codebook[target]
        if question.type == "nombre":
            return guess_number(label, question)
        scale = self.codebook.scale(target) if question.type == "likert" else None
        return guess_score(label, scale) if scale else guess_label(label, options)

    def _unticked(self, question: str) -> Iterator[Guess]:
        """Yield what stands in the column of one option and is neither yes nor no."""
        for guess in self.options.get(question, ()):
            for value in self.values.get(guess.value or "", []):
                try:
                    self._answers(question).tick(value, guess.key)
                except UnreadError:
                    yield Guess(value, guess.key, "texte dans la colonne de cette modalité")


def _held(name: str, guesses: Sequence[Guess]) -> list[str]:
    indent = " " * (len(name) - len(name.lstrip()) + 2)
    empty = all(guess.value is None for guess in guesses)  # comments alone would be no mapping
    return [f"{name}:{' {}' if empty else ''}", *_written(guesses, indent)]


def _written(guesses: Iterable[Guess], indent: str) -> Iterator[str]:
    for guess in guesses:
        key = guess.key if ID.fullmatch(guess.key) else _quoted(guess.key)
        if guess.value is None:
            yield f"{indent}# {key}: …  # à compléter"
            continue
        value = guess.value if ID.fullmatch(guess.value) else _quoted(guess.value)
        doubt = f"  # à confirmer : {guess.doubt}" if guess.doubt else ""
        # YAML wants a long key announced.
        yield f"{indent}? {key}\n{indent}: {value}{doubt}" if len(key) > 1000 else f"{indent}{key}: {value}{doubt}"


def _quoted(text: str) -> str:
    return yaml.dump(text, default_style='"', allow_unicode=True, width=float("inf")).strip()
