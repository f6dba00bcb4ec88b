"""Exports of form tools, brought into the contract's form: question ids, option ids, scores, ISO dates.

The questionnaire and the wave's `import` section alone decide what a cell means. Text that
neither knows, or that can be read in two ways, is a problem and stays as it stands.
"""

__all__ = ["COLUMNS", "SHOWN", "read_export"]

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Literal

import pandas as pd

from utils.french import listing
from utils.reading.files import LINE, display_path
from utils.reading.forms import ranked
from utils.reading.forms.answers import Answers, UnreadError, worded
from utils.reading.forms.dates import Dates
from utils.reading.forms.declared import misdeclared
from utils.reading.forms.labels import Labels, folded, near
from utils.reading.forms.numbers import Numbers
from utils.reading.forms.opening import open_export
from utils.reading.forms.selection import Export, undecided, unfinished
from utils.reading.forms.shifted import MISPLACED, misplaced
from utils.reading.forms.tools import TOOLS
from utils.reading.problems import Problem
from utils.reading.tabular import RawTable
from utils.survey.about import ImportMapping, Period
from utils.survey.codebook import Codebook

COLUMNS = ("id", "date", "commune", "ins", "province", "population")  # beside the questions
SPREAD = ("choix_multiple", "classement")  # types of which a tool may write a column an option
SHOWN = 5  # lines named with a fault, columns named where one is absent; the others are counted


def read_export(
    path: Path,
    mapping: ImportMapping,
    codebook: Codebook,
    problems: list[Problem],
    *,
    period: Period | None = None,
    unsent: Literal["ecarter", "garder"] | None = None,
    shown: int = SHOWN,
    aside: Collection[int] = (),
) -> Export:
    """Read a form tool's export into the contract's form.

    Dates become `AAAA-MM-JJ`, or `AAAA-MM-JJTHH:MM:SS` where the export has a time; see `Dates`.

    Parameters
    ----------
    path : Path
    mapping : ImportMapping
    codebook : Codebook
        The questions of this wave.
    problems : list of Problem
        Receives what is wrong; equal faults are told once, with their number and first lines.
    period : Period, optional
        When the survey was made.
    unsent : {"ecarter", "garder"}, optional
        Whether answers that were never sent count; to be told where there are any.
    shown : int
        How many lines are named with a fault.
    aside : collection of int
        Lines already set aside: what is wrong with them is not told again.

    Returns
    -------
    Export
        Its rows hold `LINE` (int), `id` (`L2` for line 2 where the tool gives none), those of `COLUMNS` and of
        the questions that the export holds. Several options are joined by `;` in the order of the
        questionnaire; empty text is no answer. What could not be read stays as it stood.

    Examples
    --------
    >>> export = read_export(folder / "reponses.csv", about.importation, codebook, problems)  # doctest: +SKIP
    >>> export.rows.loc[0, "medias"]  # doctest: +SKIP
    'facebook;youtube'
    """
    raw = open_export(path, problems, mapping).raw
    if not raw.header:
        return Export(pd.DataFrame(columns=[LINE, "id"]))
    export = _Export(raw, display_path(path), mapping, codebook, problems, period)
    return export.translated(shown, frozenset(aside), unsent)


class _Export:
    """An export, what its columns mean, and the faults found on the way."""

    def __init__(
        self,
        raw: RawTable,
        file: str,
        mapping: ImportMapping,
        codebook: Codebook,
        problems: list[Problem],
        period: Period | None,
    ) -> None:
        self.raw, self.file, self.mapping, self.codebook, self.problems = raw, file, mapping, codebook, problems
        self.period, self.rows = period, raw.rows
        self.single: dict[str, list[str]] = {}  # titles by target: a form that branches asks twice
        self.several: dict[str, list[dict[str, str]]] = {}  # title by option, each time that a question is asked
        self.ranked: dict[str, list[str]] = {}  # title by rank, of a ranking
        self.used: dict[str, str] = {}  # what each title is read for
        self.spelt: dict[str, list[str]] = {}
        for title in raw.header:
            self.spelt.setdefault(folded(title), []).append(title)

    def fault(self, expected: str, column: str | None = None, value: str | None = None) -> None:
        self.problems.append(Problem(self.file, expected, self.raw.line, column, value))

    def note(self, expected: str, lines: Collection[int], column: str | None = None, value: str | None = None) -> None:
        """Note a fault that stands on several lines."""
        first, *more = lines
        told = tuple(more[: self.shown - 1])
        self.problems.append(Problem(self.file, expected, first, column, value, also=told, count=len(lines)))

    def translated(self, shown: int, aside: Collection[int], unsent: str | None) -> Export:
        self.shown, self.aside = shown, aside
        self.used = {found: "`ignorees`" for title in self.mapping.ignorees if (found := self._find(title))}
        self._place_columns()
        self._place_options()
        self.ranked = ranked.place(self.mapping, self.codebook, self._claim, self.fault)
        self._place_rest()
        self._check_labels()
        self._check_places()
        left_out, kept = self._leave_out(unsent)
        rows = self.rows
        columns = {
            target: self._only(target, {title: self._read(title, self._reader(target, title)) for title in titles})
            for target, titles in self.single.items()
        }
        columns |= {
            question: self._only(question, {next(iter(t.values())): self._joined(question, t) for t in times})
            for question, times in self.several.items()
        }
        columns |= {question: self._in_order(question, titles) for question, titles in self.ranked.items()}
        columns.setdefault("id", "L" + rows[LINE].astype("str"))
        order = [name for name in (*COLUMNS, *(q.id for q in self.codebook.questions)) if name in columns]
        found = pd.DataFrame({LINE: rows[LINE], **{name: columns[name] for name in order}})
        said = [name for name in order if name in ("commune", "ins") or name in self.codebook]
        visit = (found[said] == "").all(axis=1)
        return Export(found[~visit].reset_index(drop=True), left_out | {"visites": int(visit.sum())}, kept)

    def _leave_out(self, unsent: str | None) -> tuple[dict[str, int], int]:
        """Leave out the rows that are no answers; return how many by reason, and how many unsent ones stay."""
        wanted = pd.Series(True, self.rows.index)
        for title, values in self.mapping.filtre.items():
            if (found := self._find(title)) is None:
                self.fault("sous `filtre`, le titre d’une colonne", value=title)
                continue
            wanted &= self.rows[found].isin(values)
            for value in set(values) - set(self.rows[found]):
                self.fault("sous `filtre`, une valeur de cette colonne", found, value)
        self.rows, filtered = self.rows[wanted], int((~wanted).sum())
        decided = {self._find(title) for title in self.mapping.filtre}
        self.problems += undecided(self.rows, self.mapping.format, decided, self.file, self.shown)
        never = unfinished(self.rows, self.mapping.format)
        many = int(never.sum())
        if many and unsent is None:
            way = "`inachevees: ecarter` ou `inachevees: garder` dans vague.yml"
            expected = f"{way}, car ces réponses n’ont pas été envoyées"
            self.note(expected, self.rows.loc[never, LINE])
        if unsent != "ecarter":
            return {"filtrees": filtered}, many if unsent == "garder" else 0
        self.rows = self.rows[~never]
        return {"filtrees": filtered, "inachevees": many}, 0

    def _find(self, title: str) -> str | None:
        """Return the title of the file that is meant: the same, or the only one that differs by its spelling."""
        if title.strip() in self.raw.header:
            return title.strip()
        alike = self.spelt.get(folded(title), [])
        return alike[0] if len(alike) == 1 and folded(title) else None

    def _cited(self) -> set[str | None]:
        several = self.mapping.colonnes_multiples.values()
        options = [title for options in several for titles in options.values() for title in titles]
        return {self._find(title) for title in (*self.mapping.colonnes, *options, *self.mapping.ignorees)}

    def _claim(self, title: str, role: str) -> str | None:
        """Take a column for one role; note that it is absent or taken."""
        if (found := self._find(title)) is None:
            spare = [name for name in self.raw.header if name not in self._cited()]
            listed = [f"« {name} »" for name in near(title, spare) or spare[:SHOWN]]
            self.fault(f"une colonne de ce titre, pour {role} ; sans usage : {', '.join(listed) or 'aucune'}", title)
        elif found in self.used:
            self.fault(f"un seul usage de cette colonne : déjà citée pour {self.used[found]}", title, role)
            return None
        else:
            self.used[found] = role
        return found

    def _place_columns(self) -> None:
        for title, target in self.mapping.colonnes.items():
            found = self._claim(title, f"`{target}`")
            if target not in COLUMNS and target not in self.codebook:
                close = near(target, [*COLUMNS, *(question.id for question in self.codebook.questions)])
                hint = f" (proche : {', '.join(close)})" if close else ""
                self.fault(f"sous `colonnes`, une question de cette vague ou {', '.join(COLUMNS)}{hint}", title, target)
            elif target in self.mapping.colonnes_multiples:
                self.fault("une question citée sous `colonnes` ou `colonnes_multiples`, non les deux", title, target)
            elif found:
                self.single.setdefault(target, []).append(found)

    def _place_options(self) -> None:
        for question, titles in self.mapping.colonnes_multiples.items():
            if question not in self.codebook or self.codebook[question].type not in SPREAD:
                expected = "sous `colonnes_multiples`, une question à plusieurs choix, ou un classement, de cette vague"
                self.fault(expected, value=question)
                continue
            options = self.codebook[question].options
            for option in titles:
                if option not in options:
                    expected = f"sous `colonnes_multiples`, une modalité de `{question}` : {', '.join(options)}"
                    self.fault(expected, next(filter(None, titles[option]), None), option)
            for option in options:
                if option not in titles:
                    expected = f'le titre de sa colonne sous `{question}`, ou "" si le formulaire ne la proposait pas'
                    self.fault(expected, value=option)
            times = [
                {o: self._claim(title, f"`{question}`, `{o}`") for o, title in once.items() if title}
                for once in _by_time(titles)
            ]
            held = [{option: once[option] for option in options if once.get(option)} for once in times]
            self.several[question] = [once for once in held if once]

    def _place_rest(self) -> None:
        """Take the columns that bear the contract's names, in its own format; note those left over."""
        filtering = {self._find(title) for title in self.mapping.filtre}
        for title in self.raw.header:
            known = title in COLUMNS or title in self.codebook
            if title in self.used or title in filtering:
                continue
            if self.mapping.format == "csv" and known and title not in {*self.single, *self.several, *self.ranked}:
                self.single[title] = [title]
            else:
                self.fault("une colonne citée sous `colonnes` ou `colonnes_multiples`, sinon sous `ignorees`", title)

    def _check_labels(self) -> None:
        for expected, question, value in misdeclared(self.mapping, self.codebook):
            self.fault(expected, next(iter(self.single.get(question, [])), None), value)

    def _check_places(self) -> None:
        if TOOLS[self.mapping.format].shifts:
            for title, lines in misplaced(self.raw.header, self.rows, self.aside):
                self.note(MISPLACED, lines, title)

    def _cells(self, target: str) -> Answers:
        labels = Labels(worded(self.codebook, target), self.mapping.modalites.get(target, {}))
        return Answers(target, labels, self.mapping.format)

    def _reader(self, target: str, title: str) -> Callable[[str], str]:
        """Return what gives a cell of a target's column its meaning, or raises `UnreadError`."""
        if target == "date":
            return Dates(self.rows[title].unique(), self.mapping.format, self.period).read
        if target != "province" and (target not in self.codebook or self.codebook[target].type == "texte"):
            return str
        cells, kind = self._cells(target), "choix_unique" if target == "province" else self.codebook[target].type
        if kind == "nombre":
            return partial(cells.number, numbers=Numbers(self.rows[title].unique(), self.codebook[target]))
        read = {"likert": cells.score, "choix_unique": cells.choice, "choix_multiple": cells.choices}
        return (read | {"classement": cells.order})[kind]

    def _joined(self, question: str, titles: Mapping[str, str]) -> pd.Series:
        """Join the columns of a question's options, in the order of the questionnaire."""
        cells, joined = self._cells(question), pd.Series("", self.rows.index, dtype="str")
        if self.codebook[question].type == "classement":
            ranks = {option: self._read(title, cells.rank) for option, title in titles.items()}
            return self._ordered(question, ranks, titles.values())
        for option, title in titles.items():
            ticked = self._read(title, lambda text, option=option: cells.tick(text, option))
            joined = (joined + ";" + ticked).str.strip(";")
        return joined

    def _in_order(self, question: str, titles: list[str]) -> pd.Series:
        """Join the columns of a ranking's ranks."""
        cells = self._cells(question)
        return self._ordered(question, [self._read(title, cells.choice) for title in titles], titles)

    def _ordered(self, question: str, columns: Mapping | list, titles: Iterable[str]) -> pd.Series:
        found, faults = ranked.join(self.codebook[question], columns, self.rows[LINE].isin(self.aside))
        for expected, rows in faults.items():
            self.note(expected, self.rows.loc[rows, LINE], next(iter(titles)))
        return found

    def _only(self, target: str, columns: Mapping[str, pd.Series]) -> pd.Series:
        """Return the one answer of each row to what is asked in several columns; note rows that give two."""
        found, *others = columns.values() or [pd.Series("", self.rows.index, dtype="str")]
        twice = pd.Series(False, self.rows.index)
        for column in others:
            twice |= (found != "") & (column != "") & (found != column)
            found = found.where(found != "", column)
        twice &= ~self.rows[LINE].isin(self.aside)
        if twice.any():
            given = {" ; ".join(filter(None, row)) for row in zip(*(c[twice] for c in columns.values()), strict=True)}
            where = listing(f"« {title} »" for title in columns)
            expected = f"une seule réponse à `{target}` : laisser vide l’une des colonnes {where}"
            value = given.pop() if len(given) == 1 else None
            self.note(expected, self.rows.loc[twice, LINE], next(iter(columns)), value)
        return found

    def _read(self, title: str, read: Callable[[str], str]) -> pd.Series:
        """Give every cell of a column its meaning; each text is read once, however often it stands."""
        cells, meanings, faults = self.rows[title], {}, {}
        for text in cells.unique():
            try:
                meanings[text] = read(text)
            except UnreadError as unread:
                meanings[text], faults[text] = text, unread.args
        lines: dict[tuple[str, str], list[int]] = {}
        if faults:
            strange = self.rows.loc[cells.isin(faults) & ~self.rows[LINE].isin(self.aside), [LINE, title]]
            for line, text in strange.itertuples(index=False):
                for fault in faults[text]:
                    lines.setdefault(fault, []).append(line)
        for (expected, value), at in lines.items():
            self.note(expected, at, title, value)
        return cells.map(meanings).astype("str")


def _by_time(titles: Mapping[str, tuple[str, ...]]) -> list[dict[str, str]]:
    """Part the titles of options by the time that the question is asked: the first of each, the second, and so on."""
    times = max(map(len, titles.values()), default=0)
    return [{option: of[time] for option, of in titles.items() if time < len(of)} for time in range(times)]
