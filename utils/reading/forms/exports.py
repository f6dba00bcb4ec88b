"""Exports of form tools, brought into the contract's form: question ids, option ids, scores, ISO dates.

The questionnaire and the wave's `import` section alone decide what a cell means. Text that
neither knows, or that can be read in two ways, is a problem and stays as it stands.
"""

__all__ = ["COLUMNS", "SHOWN", "read_export"]

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Literal

import pandas as pd

from utils.reading.files import LINE, display_path
from utils.reading.forms.answers import Answers, UnreadError
from utils.reading.forms.dates import Dates
from utils.reading.forms.labels import Labels, folded, near
from utils.reading.forms.selection import Export, unfinished
from utils.reading.problems import Problem
from utils.reading.tabular import RawTable, read_raw
from utils.survey.about import ImportMapping, Period
from utils.survey.codebook import Codebook

COLUMNS = ("id", "date", "commune", "ins", "province", "population")  # beside the questions
SHOWN = 5  # lines named with a fault, columns named where one is absent; the others are counted


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
    >>> export.rows.loc[0, "medias"]  # doctest: +SKIP
    'facebook;youtube'
    """
    raw = read_raw(path, problems, mapping.feuille)
    if not raw.header:
        return Export(pd.DataFrame(columns=[LINE, "id"]))
    export = _Export(raw, display_path(path), mapping, codebook, problems, period, weight)
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
        weight: str | None,
    ) -> None:
        self.raw, self.file, self.mapping, self.codebook, self.problems = raw, file, mapping, codebook, problems
        self.period, self.rows, self.weight = period, raw.rows, weight
        self.columns = (*COLUMNS, weight) if weight else COLUMNS  # what is read beside the questions
        self.single: dict[str, str] = {}  # title by target
        self.several: dict[str, dict[str, str]] = {}  # title by option, by question
        self.used: dict[str, str] = {}  # what each title is read for
        self.spelt: dict[str, list[str]] = {}
        for title in raw.header:
            self.spelt.setdefault(folded(title), []).append(title)

    def fault(self, expected: str, column: str | None = None, value: str | None = None) -> None:
        self.problems.append(Problem(self.file, expected, self.raw.line, column, value))

    def translated(self, shown: int, aside: Collection[int], unsent: str | None) -> Export:
        self.shown, self.aside = shown, aside
        self.used = {found: "`ignorees`" for title in self.mapping.ignorees if (found := self._find(title))}
        self._place_columns()
        self._place_options()
        self._place_rest()
        self._check_labels()
        left_out, kept = self._leave_out(unsent)
        rows = self.rows
        columns = {target: self._read(title, self._reader(target)) for target, title in self.single.items()}
        columns |= {question: self._joined(question, titles) for question, titles in self.several.items()}
        columns.setdefault("id", "L" + rows[LINE].astype("str"))
        order = [name for name in (*self.columns, *(q.id for q in self.codebook.questions)) if name in columns]
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
        never = unfinished(self.rows, self.mapping.format)
        many = int(never.sum())
        if many and unsent is None:
            first, *more = self.rows.loc[never, LINE].head(self.shown)
            way = "`inachevees: ecarter` ou `inachevees: garder` dans vague.yml"
            expected = f"{way}, car ces réponses n’ont pas été envoyées"
            self.problems.append(Problem(self.file, expected, first, also=tuple(more), count=many))
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
        options = [title for titles in self.mapping.colonnes_multiples.values() for title in titles.values()]
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
            if target not in self.columns and target not in self.codebook:
                close = near(target, [*self.columns, *(question.id for question in self.codebook.questions)])
                hint = f" (proche : {', '.join(close)})" if close else ""
                self.fault(
                    f"sous `colonnes`, une question de cette vague ou {', '.join(self.columns)}{hint}", title, target
                )
            elif target in self.mapping.colonnes_multiples:
                self.fault("une question citée sous `colonnes` ou `colonnes_multiples`, non les deux", title, target)
            elif target in self.single:
                expected = f"une seule colonne par question : `{target}` se lit déjà dans « {self.single[target]} »"
                self.fault(expected, title, target)
            elif found:
                self.single[target] = found
        if self.weight and self.weight not in self.single and (found := self._claim(self.weight, "`poids`")):
            self.single[self.weight] = found

    def _place_options(self) -> None:
        for question, titles in self.mapping.colonnes_multiples.items():
            if question not in self.codebook or self.codebook[question].type != "choix_multiple":
                self.fault("sous `colonnes_multiples`, une question à plusieurs choix de cette vague", value=question)
                continue
            options = self.codebook[question].options
            for option in titles:
                if option not in options:
                    expected = f"sous `colonnes_multiples`, une modalité de `{question}` : {', '.join(options)}"
                    self.fault(expected, titles[option] or None, option)
            for option in options:
                if option not in titles:
                    expected = f'le titre de sa colonne sous `{question}`, ou "" si le formulaire ne la proposait pas'
                    self.fault(expected, value=option)
            claimed = {o: self._claim(title, f"`{question}`, `{o}`") for o, title in titles.items() if title}
            self.several[question] = {option: claimed[option] for option in options if claimed.get(option)}

    def _place_rest(self) -> None:
        """Take the columns that bear the contract's names, in its own format; note those left over."""
        filtering = {self._find(title) for title in self.mapping.filtre}
        for title in self.raw.header:
            known = title in COLUMNS or title in self.codebook
            if title in self.used or title in filtering:
                continue
            if self.mapping.format == "csv" and known and title not in {*self.single, *self.several}:
                self.single[title] = title
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
                    self.fault(expected, self.single.get(question), option)

    def _answers(self, target: str) -> tuple[str, ...]:
        if target == "province":
            return tuple(self.codebook.strata("province"))
        return self.codebook.answers(target) if target in self.codebook else ()

    def _cells(self, target: str) -> Answers:
        known = self.codebook.strata("province") if target == "province" else self.codebook[target].options
        return Answers(target, Labels(known, self.mapping.modalites.get(target, {})), self.mapping.format)

    def _reader(self, target: str) -> Callable[[str], str]:
        """Return what gives a cell of a target its meaning, or raises `UnreadError`."""
        if target == "date":
            return Dates(self.rows[self.single[target]].unique(), self.mapping.format, self.period).read
        if target != "province" and (target not in self.codebook or self.codebook[target].type == "texte"):
            return str
        cells, kind = self._cells(target), "choix_unique" if target == "province" else self.codebook[target].type
        return {"likert": cells.score, "choix_unique": cells.choice, "choix_multiple": cells.choices}[kind]

    def _joined(self, question: str, titles: Mapping[str, str]) -> pd.Series:
        """Join the columns of a question's options, in the order of the questionnaire."""
        cells, joined = self._cells(question), pd.Series("", self.rows.index, dtype="str")
        for option, title in titles.items():
            ticked = self._read(title, lambda text, option=option: cells.tick(text, option))
            joined = (joined + ";" + ticked).str.strip(";")
        return joined

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
            problem = Problem(self.file, expected, at[0], title, value, also=tuple(at[1 : self.shown]), count=len(at))
            self.problems.append(problem)
        return cells.map(meanings).astype("str")
