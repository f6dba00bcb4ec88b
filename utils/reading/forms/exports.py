"""Exports of form tools, brought into the contract's form: question ids, option ids, scores, ISO dates.

The questionnaire and the wave's `import` section alone decide what a cell means. Text that
neither knows, or that can be read in two ways, is a problem and stays as it stands.
"""

__all__ = ["read_export"]

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Literal

from utils.french import listing
from utils.reading.files import LINE, display_path
from utils.reading.forms.answers import Answers
from utils.reading.forms.columns import COLUMNS
from utils.reading.forms.dates import Dates
from utils.reading.forms.faults import SHOWN, Faults
from utils.reading.forms.labels import Labels, folded, near
from utils.reading.forms.meanings import read_column
from utils.reading.forms.opening import open_rows
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
        self.single: dict[str, list[str]] = {}  # titles by target: a form that branches asks twice
        self.several: dict[str, list[dict[str, str]]] = {}  # title by option, each time that a question is asked
        self.used: dict[str, str] = {}  # what each title is read for
        self.spelt: dict[str, list[str]] = {}
        for title in source.header:
            self.spelt.setdefault(folded(title), []).append(title)

    def fault(self, expected: str, column: str | None = None, value: str | None = None) -> None:
        self.problems.append(Problem(self.file, expected, self.source.line, column, value))

    def translated(self, shown: int, aside: Collection[int], unsent: str | None) -> Export:
        self.used = {found: "`ignorees`" for title in self.mapping.ignorees if (found := self._find(title))}
        self._place_columns()
        self._place_options()
        self._place_rest()
        self._check_labels()
        self.rows = self.source.load(self.problems, self._used())
        self.cell = dict(self.rows.columns)
        self.faults = Faults(self.rows, self.file, self.problems, shown)
        self.counting = f"{ROWS}.{LINE} NOT IN {self.rows.at(aside)}" if aside else "true"
        self._check_places()
        left_out, kept = self._leave_out(unsent)
        columns = {
            target: self._only(target, {title: self._read(title, self._reader(target, title)) for title in titles})
            for target, titles in self.single.items()
        }
        columns |= {
            question: self._only(question, {next(iter(t.values())): self._joined(question, t) for t in times})
            for question, times in self.several.items()
        }
        columns.setdefault("id", f"concat('L', {ROWS}.{LINE})")
        order = [name for name in (*self.columns, *(q.id for q in self.codebook.questions)) if name in columns]
        self.rows.renamed({name: columns[name] for name in order})
        return Export(self.rows, left_out | {"visites": self._leave_out_visits()}, kept)

    def _used(self) -> set[str] | None:
        """Return the titles of the columns that tell anything; None for all of them."""
        if TOOLS[self.mapping.format].shifts:
            return None
        single = [title for titles in self.single.values() for title in titles]
        several = [title for times in self.several.values() for titles in times for title in titles.values()]
        filtering = [found for title in self.mapping.filtre if (found := self._find(title))]
        return {*single, *several, *filtering, *telling(self.source.header, self.mapping.format)}

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
            if (found := self._find(title)) is None:
                self.fault("sous `filtre`, le titre d’une colonne", value=title)
                continue
            cell, wanted = self.cell[found], ", ".join(map(literal, values)) or "NULL"
            held = {value for (value,) in self.rows.fetch(f"SELECT DISTINCT {cell} FROM {self.rows.source}")}
            for value in set(values) - held:
                self.fault("sous `filtre`, une valeur de cette colonne", found, value)
            filtered += self.rows.drop(f"{cell} NOT IN ({wanted})" if values else "true")
        decided = {self._find(title) for title in self.mapping.filtre}
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

    def _find(self, title: str) -> str | None:
        """Return the title of the file that is meant: the same, or the only one that differs by its spelling."""
        if title.strip() in self.source.header:
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
            spare = [name for name in self.source.header if name not in self._cited()]
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
            if target not in self.columns and target not in self.codebook:
                close = near(target, [*self.columns, *(question.id for question in self.codebook.questions)])
                hint = f" (proche : {', '.join(close)})" if close else ""
                known = ", ".join(self.columns)
                self.fault(f"sous `colonnes`, une question de cette vague ou {known}{hint}", title, target)
            elif target in self.mapping.colonnes_multiples:
                self.fault("une question citée sous `colonnes` ou `colonnes_multiples`, non les deux", title, target)
            elif found:
                self.single.setdefault(target, []).append(found)
        if self.weight and self.weight not in self.single and (found := self._claim(self.weight, "`poids`")):
            self.single[self.weight] = [found]

    def _place_options(self) -> None:
        for question, titles in self.mapping.colonnes_multiples.items():
            if question not in self.codebook or self.codebook[question].type != "choix_multiple":
                self.fault("sous `colonnes_multiples`, une question à plusieurs choix de cette vague", value=question)
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
        for title in self.source.header:
            known = title in COLUMNS or title in self.codebook
            if title in self.used or title in filtering:
                continue
            if self.mapping.format == "csv" and known and title not in {*self.single, *self.several}:
                self.single[title] = [title]
            else:
                self.fault("une colonne citée sous `colonnes` ou `colonnes_multiples`, sinon sous `ignorees`", title)

    def _check_labels(self) -> None:
        for question, labels in self.mapping.modalites.items():
            known = self._answers(question)
            if not known:
                self.fault("sous `modalites`, une question à choix ou à échelle de cette vague", value=question)
                continue
            for label, option in labels.items():
                if option and option not in known:
                    expected = (
                        f'pour « {label} » de `{question}`, une modalité : {", ".join(known)} ("" : sans réponse)'
                    )
                    self.fault(expected, next(iter(self.single.get(question, [])), None), option)

    def _check_places(self) -> None:
        """Note the rows whose answers may stand under the titles of others."""
        expected = (
            "des réponses sous leurs titres : cette question a été passée, et l’outil a peut-être décalé les "
            "suivantes vers la gauche ; les remettre à leur place, ou écarter la ligne (`--ecarter`)"
        )
        for title, moved in shifted(self.cell) if TOOLS[self.mapping.format].shifts else ():
            self.faults.tell_where(f"{moved} AND {self.counting}", expected, title)

    def _answers(self, target: str) -> tuple[str, ...]:
        if target == "province":
            return tuple(self.codebook.strata("province"))
        return self.codebook.answers(target) if target in self.codebook else ()

    def _cells(self, target: str) -> Answers:
        known = self.codebook.strata("province") if target == "province" else self.codebook[target].options
        return Answers(target, Labels(known, self.mapping.modalites.get(target, {})), self.mapping.format)

    def _reader(self, target: str, title: str) -> Callable[[str], str] | None:
        """Return what gives a cell of a target's column its meaning, or raises `UnreadError`; None if it is its own."""
        if target == "date":
            batches = self.rows.batches(f"SELECT DISTINCT {self.cell[title]}")
            return Dates((text for batch in batches for (text,) in batch), self.mapping.format, self.period).read
        if target != "province" and (target not in self.codebook or self.codebook[target].type == "texte"):
            return None
        cells, kind = self._cells(target), "choix_unique" if target == "province" else self.codebook[target].type
        return {"likert": cells.score, "choix_unique": cells.choice, "choix_multiple": cells.choices}[kind]

    def _joined(self, question: str, titles: Mapping[str, str]) -> str:
        """Join the columns of a question's options, in the order of the questionnaire."""
        cells = self._cells(question)
        ticked = [
            self._read(title, lambda text, option=option: cells.tick(text, option)) for option, title in titles.items()
        ]
        return f"concat_ws(';', {', '.join(f'nullif({one}, {chr(39) * 2})' for one in ticked)})" if ticked else "''"

    def _only(self, target: str, columns: Mapping[str, str]) -> str:
        """Return the one answer of each row to what is asked in several columns; note rows that give two."""
        if len(columns) < 2:
            return next(iter(columns.values()), "''")
        given = [f"nullif({cell}, '')" for cell in columns.values()]
        first = f"coalesce({', '.join(given)}, '')"
        twice = f"({' OR '.join(f'{one} <> {first}' for one in given)}) AND {self.counting}"
        both = f"concat_ws(' ; ', {', '.join(given)})"
        values = self.rows.fetch(f"SELECT DISTINCT {both} FROM {self.rows.source} WHERE {twice} LIMIT 2")
        where = listing(f"« {title} »" for title in columns)
        expected = f"une seule réponse à `{target}` : laisser vide l’une des colonnes {where}"
        self.faults.tell_where(twice, expected, next(iter(columns)), values[0][0] if len(values) == 1 else None)
        return first

    def _read(self, title: str, read: Callable[[str], str] | None) -> str:
        """Return the expression of what every cell of a column means."""
        return read_column(self.faults, title, self.cell[title], read, self.counting) if read else self.cell[title]


def _by_time(titles: Mapping[str, tuple[str, ...]]) -> list[dict[str, str]]:
    """Part the titles of options by the time that the question is asked: the first of each, the second, and so on."""
    times = max(map(len, titles.values()), default=0)
    return [{option: of[time] for option, of in titles.items() if time < len(of)} for time in range(times)]
