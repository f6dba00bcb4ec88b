"""Exports of form tools, brought into the contract's form: question ids, option ids, scores, ISO dates.

The questionnaire and the wave's `import` section alone decide what a cell means. Text that
neither knows, or that can be read in two ways, is a problem and stays as it stands.
"""

__all__ = ["read_export"]

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from utils.french import listing
from utils.reading.files import LINE, display_path
from utils.reading.forms import ranked
from utils.reading.forms.answers import Answers, worded
from utils.reading.forms.columns import COLUMNS
from utils.reading.forms.faults import SHOWN, Faults
from utils.reading.forms.labels import Labels
from utils.reading.forms.meanings import read_column, read_dates
from utils.reading.forms.numbers import Numbers
from utils.reading.forms.opening import open_rows
from utils.reading.forms.placing import Places
from utils.reading.forms.selection import Export, telling, undecided, unfinished
from utils.reading.forms.shifted import shifted
from utils.reading.forms.tools import TOOLS
from utils.reading.loading import Source
from utils.reading.problems import Problem
from utils.reading.relations import ROWS, literal
from utils.survey.about import ImportMapping, Period
from utils.survey.codebook import Codebook


def read_export(
    path: Path,
    mapping: ImportMapping,
    codebook: Codebook,
    problems: list[Problem],
    *,
    period: Period | None = None,
    unsent: Literal["ecarter", "garder"] | None = None,
    weight: str | None = None,
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
    weight : str, optional
        The column of weights: a title, or what `mapping` reads a title as.
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
    """
    source = open_rows(path, problems, mapping)
    if source is None:
        return Export()
    export = _Export(source, display_path(path), mapping, codebook, problems, period, weight)
    return export.translated(shown, frozenset(aside), unsent)


class _Export:
    """An export, what its columns mean, and the faults found on the way."""

    def __init__(
        self,
        source: Source,
        file: str,
        mapping: ImportMapping,
        codebook: Codebook,
        problems: list[Problem],
        period: Period | None,
        weight: str | None,
    ) -> None:
        self.source, self.file, self.mapping, self.codebook, self.problems = source, file, mapping, codebook, problems
        self.period, self.weight = period, weight
        self.columns = (*COLUMNS, weight) if weight else COLUMNS
        self.places = Places(source.header, mapping, codebook, self.fault, weight)

    def fault(self, expected: str, column: str | None = None, value: str | None = None) -> None:
        self.problems.append(Problem(self.file, expected, self.source.line, column, value))

    def translated(self, shown: int, aside: Collection[int], unsent: str | None) -> Export:
        self.rows = self.source.load(self.problems, self._used())
        self.cell = dict(self.rows.columns)
        self.faults = Faults(self.rows, self.file, self.problems, shown)
        self.counting = self.rows.apart_from(aside)
        self._check_places()
        left_out, kept = self._leave_out(unsent)
        columns = {
            target: self._only(target, {title: self._meant(target, title) for title in titles})
            for target, titles in self.places.single.items()
        }
        columns |= {
            question: self._only(question, {next(iter(t.values())): self._joined(question, t) for t in times})
            for question, times in self.places.several.items()
        }
        columns |= {question: self._in_order(question, titles) for question, titles in self.places.ranked.items()}
        columns.setdefault("id", f"concat('L', {ROWS}.{LINE})")
        order = [name for name in (*self.columns, *(q.id for q in self.codebook.questions)) if name in columns]
        self.rows.settle({name: columns[name] for name in order})
        return Export(self.rows, left_out | {"visites": self._leave_out_visits()}, kept)

    def _used(self) -> set[str] | None:
        """Return the titles of the columns that tell anything; None for all of them."""
        if TOOLS[self.mapping.format].shifts:
            return None
        filtering = [found for title in self.mapping.filtre if (found := self.places.find(title))]
        return {*self.places.titles(), *filtering, *telling(self.source.header, self.mapping.format)}

    def _leave_out_visits(self) -> int:
        """Leave out the rows without any answer; return how many."""
        columns = self.rows.columns
        named = [f"{columns[name]} = ''" for name in ("commune", "ins") if name in columns]
        answered = [f"{cell} = ''" for name, cell in columns.items() if name in self.codebook]
        # Most rows name a commune, and where all do, nothing else is looked at.
        if named and not self.rows.count(" AND ".join(named)):
            return 0
        return self.rows.drop(" AND ".join([*named, *answered]) or "true")

    def _leave_out(self, unsent: str | None) -> tuple[dict[str, int], int]:
        """Leave out the rows that are no answers; return how many by reason, and how many unsent ones stay."""
        filtered = 0
        for title, values in self.mapping.filtre.items():
            if (found := self.places.find(title)) is None:
                self.fault("sous `filtre`, le titre d’une colonne", value=title)
                continue
            cell, wanted = self.cell[found], ", ".join(map(literal, values)) or "NULL"
            held = {value for (value,) in self.rows.fetch(f"SELECT DISTINCT {cell} FROM {self.rows.source}")}
            for value in set(values) - held:
                self.fault("sous `filtre`, une valeur de cette colonne", found, value)
            filtered += self.rows.drop(f"{cell} NOT IN ({wanted})" if values else "true")
        decided = {self.places.find(title) for title in self.mapping.filtre}
        undecided(self.faults, self.mapping.format, decided)
        never = unfinished(self.rows, self.mapping.format)
        many = self.rows.count(never)
        if many and unsent is None:
            way = "`inachevees: ecarter` ou `inachevees: garder` dans vague.yml"
            expected = f"{way}, car ces réponses n’ont pas été envoyées"
            self.faults.tell(expected, *self.rows.lines(never, self.faults.shown))
        if unsent != "ecarter":
            return {"filtrees": filtered}, many if unsent == "garder" else 0
        return {"filtrees": filtered, "inachevees": self.rows.drop(never)}, 0

    def _check_places(self) -> None:
        """Note the rows whose answers may stand under the titles of others."""
        expected = (
            "des réponses sous leurs titres : cette question a été passée, et l’outil a peut-être décalé les "
            "suivantes vers la gauche ; les remettre à leur place, ou écarter la ligne (`--ecarter`)"
        )
        for title, moved in shifted(self.cell) if TOOLS[self.mapping.format].shifts else ():
            self.faults.tell_where(f"{moved} AND {self.counting}", expected, title)

    def _cells(self, target: str) -> Answers:
        labels = Labels(worded(self.codebook, target), self.mapping.modalites.get(target, {}))
        return Answers(target, labels, self.mapping.format)

    def _meant(self, target: str, title: str) -> str:
        """Return the expression of what the cells of a target's column mean."""
        if target == "date":
            return read_dates(self.faults, title, self.cell[title], self.mapping.format, self.period, self.counting)
        return self._read(title, self._reader(target, title))

    def _reader(self, target: str, title: str) -> Callable[[str], str] | None:
        """Return what gives a cell of a target's column its meaning, or raises `UnreadError`; None if it is its own."""
        if target != "province" and (target not in self.codebook or self.codebook[target].type == "texte"):
            return None
        cells, kind = self._cells(target), "choix_unique" if target == "province" else self.codebook[target].type
        if kind == "nombre":
            return partial(cells.number, numbers=Numbers(self.rows.texts(self.cell[title]), self.codebook[target]))
        read = {"likert": cells.score, "choix_unique": cells.choice, "choix_multiple": cells.choices}
        return (read | {"classement": cells.order})[kind]

    def _joined(self, question: str, titles: Mapping[str, str]) -> str:
        """Join the columns of a question's options, in the order of the questionnaire."""
        cells = self._cells(question)
        if self.codebook[question].type == "classement":
            ranks = {option: self._read(title, cells.rank) for option, title in titles.items()}
            return self._ordered(question, ranks, titles.values())
        ticked = [
            self._read(title, lambda text, option=option: cells.tick(text, option)) for option, title in titles.items()
        ]
        return f"concat_ws(';', {', '.join(f'nullif({one}, {chr(39) * 2})' for one in ticked)})" if ticked else "''"

    def _in_order(self, question: str, titles: Collection[str]) -> str:
        """Join the columns of a ranking's ranks."""
        cells = self._cells(question)
        return self._ordered(question, [self._read(title, cells.choice) for title in titles], titles)

    def _ordered(self, question: str, cells: Mapping[str, str] | Sequence[str], titles: Iterable[str]) -> str:
        together, read = ranked.joined(self.codebook[question], cells)
        return read_column(self.faults, next(iter(titles), ""), together, read, self.counting)

    def _only(self, target: str, columns: Mapping[str, str]) -> str:
        """Return the one answer of each row to what is asked in several columns; note rows that give two."""
        if len(columns) < 2:
            return next(iter(columns.values()), "''")
        given = [f"nullif({cell}, '')" for cell in columns.values()]
        first = f"coalesce({', '.join(given)}, '')"
        twice = f"({' OR '.join(f'{one} <> {first}' for one in given)}) AND {self.counting}"
        both = f"concat_ws(' ; ', {', '.join(given)})"
        query = f"SELECT DISTINCT {both} FROM {self.rows.source} WHERE {twice} LIMIT 2"
        told = target not in self.codebook or self.codebook[target].type != "texte"
        values = self.rows.fetch(query) if told else []
        where = listing(f"« {title} »" for title in columns)
        expected = f"une seule réponse à `{target}` : laisser vide l’une des colonnes {where}"
        self.faults.tell_where(twice, expected, next(iter(columns)), values[0][0] if len(values) == 1 else None)
        return first

    def _read(self, title: str, read: Callable[[str], str] | None) -> str:
        """Return the expression of what every cell of a column means."""
        return read_column(self.faults, title, self.cell[title], read, self.counting) if read else self.cell[title]
