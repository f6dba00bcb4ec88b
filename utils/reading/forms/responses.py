"""Respondents' rows, checked and counted by an embedded database: one path, whatever their number.

Rows come in the contract's form (`id, date, commune, ins`, then a column per question).
They are never read one by one: the database groups equal answers, and what cannot be is
found among the groups.
"""

__all__ = ["EVERY", "META", "SHOWN", "Tally", "tally"]

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb
import pandas as pd

from utils.french import listing
from utils.reading.files import LINE
from utils.reading.forms.counting import answered, contract_cells, options_of
from utils.reading.problems import Problem
from utils.survey.about import Period
from utils.survey.codebook import ALL, BASES, SPLIT, Codebook, Question, activity_of
from utils.survey.communes import Directory

META = ("id", "date", "commune", "ins", "province", "population")
MEMORY = "350MB"  # what the database may hold; it works on disk beyond
IDS_AT_ONCE = 4_000_000
DATE = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?"
SHOWN = 5  # lines named with a fault; the others are counted
EVERY = 999_999  # the most lines that the database can name at once
_ACTIVE = ("oui", "non", "")


@dataclass(frozen=True)
class Tally:
    """What a wave's respondents answered, counted.

    Attributes
    ----------
    counts : DataFrame
        As `effectifs.csv`: every answer overall, by province and by size; by both at once where
        several answers are allowed, and for `active`.
    answered : Series of int
        Who answered each question of which several options can be chosen; see `counting.answered`.
    respondents : Series of int
        Rows, by province and size.
    communes : int
        Different communes among them.
    repeated : tuple of str
        Communes that several respondents speak for.
    unordered : int
        How many of these have no date that tells which is the first or the last: the order of
        the file does.
    strange_dates : int
        Rows whose date lies outside the period of the survey.
    answers : DataFrame of str
        The row kept of each commune: `ins`, then a column per question put to communes.
    """

    counts: pd.DataFrame
    answered: pd.Series
    respondents: pd.Series
    communes: int
    repeated: tuple[str, ...]
    unordered: int
    strange_dates: int
    answers: pd.DataFrame


def tally(
    source: pd.DataFrame,
    file: str,
    codebook: Codebook,
    communes: pd.DataFrame,
    problems: list[Problem],
    *,
    duplicates: Literal["derniere", "premiere", "erreur"] = "derniere",
    shown: int = SHOWN,
    omitted: Collection[str] = (),
    period: Period | None = None,
) -> Tally | None:
    """Check respondents' rows and count their answers.

    Parameters
    ----------
    source : DataFrame
        Rows of text in the contract's form, with the line of each.
    file : str
        What the analyst calls it, for messages.
    codebook : Codebook
        The questions of this wave.
    communes : DataFrame
        The communes asked: `ins, commune, province, taille`.
    problems : list of Problem
        Receives what is wrong; equal faults are told once, with their number and first lines.
    duplicates : {"derniere", "premiere", "erreur"}
        Which respondent speaks for a commune where several do.
    shown : int
        How many lines are named with a fault; the others are counted.
    omitted : collection of str
        Questions that the wave says it left out: they have no column.
    period : Period, optional
        When the survey was made.

    Returns
    -------
    Tally or None
        None where something is wrong.
    """
    before = len(problems)
    with duckdb.connect(config={"memory_limit": MEMORY}) as database:
        database.execute("SET preserve_insertion_order = false")
        rows = _Rows(database, source, file, codebook, problems, shown, omitted)
        if not rows.usable:
            return None
        rows.place(communes)
        rows.check_ids()
        rows.check_dates()
        repeated = rows.keep(duplicates)
        groups = rows.grouped()
        _check(rows, groups, codebook)
        if len(problems) > before:
            return None
        return Tally(
            counts=contract_cells(groups, codebook),
            answered=answered(groups, codebook),
            respondents=rows.placed(),
            communes=rows.places,
            repeated=repeated,
            unordered=rows.unordered(),
            strange_dates=rows.outside(period) if period else 0,
            answers=rows.answers(),
        )


class _Rows:
    """The rows in the database, and what is asked of them."""

    def __init__(self, database, source, file, codebook, problems, shown, omitted) -> None:
        self.database, self.file, self.codebook, self.problems = database, file, codebook, problems
        self.shown = shown
        # The database takes `role` and `Role` for one, and would rename the second.
        folded = source.columns.drop(LINE).to_series().str.lower()
        twice = list(folded.index[folded.duplicated() | (folded == LINE)])
        for name in twice:
            self.fault("une colonne dont le nom ne diffère pas d’un autre par une capitale", line=1, value=name)
        database.register("source", source.drop(columns=twice))
        present = [column for column, *_ in database.execute("DESCRIBE source").fetchall()]
        asked = [question.id for question in codebook.questions if question.type != "texte"]
        texts = [question.id for question in codebook.questions if question.type == "texte"]
        missing = [name for name in ("id", "commune", *asked) if name not in present]
        if "commune" in missing and "ins" in present:
            missing.remove("commune")
        unknown = [name for name in present if name not in {*META, LINE, *asked, *texts}]
        for name in missing:
            expected = f"une colonne « {name} », ou `{name}` sous `non_posees` dans vague.yml"
            self.fault(expected if name in asked else f"une colonne « {name} »", line=1)
        for name in unknown:
            left_out = "aucune colonne de ce nom, puisque vague.yml la met sous `non_posees`"
            self.fault(left_out if name in omitted else "une question de questionnaire.yml", line=1, value=name)
        self.number = database.execute("SELECT count(*) FROM source").fetchall()[0][0]
        if not self.number:
            self.fault("au moins une réponse sous l’en-tête", line=1)
        self.usable = bool(self.number) and not missing
        self.present, self.asked = set(present), asked

    def fault(self, expected: str, *, column=None, value=None, line=None, lines: Sequence[int] = (), count=1) -> None:
        line = lines[0] if lines else line
        self.problems.append(
            Problem(self.file, expected, line, column, value, also=tuple(lines[1 : self.shown]), count=max(count, 1))
        )

    def column(self, name: str) -> str:
        return f"coalesce(s.\"{name}\", '')" if name in self.present else "''"

    def lines(self, condition: str, values: Sequence[str] = ()) -> tuple[list[int], int]:
        """Return the first lines where a condition holds, and how many rows there are."""
        found = self.database.execute(
            f"SELECT min({LINE}, {self.shown}), count(*) FROM (SELECT s.{LINE} FROM {self.joined} WHERE {condition})",
            values,
        ).fetchall()[0]
        return list(found[0] or []), found[1]

    joined = "source s"

    def place(self, communes: pd.DataFrame) -> None:
        """Find every commune named in the frame; each name is looked up once, however often it stands."""
        commune, ins = self.column("commune"), self.column("ins")
        named = self.database.execute(f"SELECT DISTINCT {commune}, {ins} FROM source s ORDER BY 1, 2").fetchall()
        strata, directory = communes.set_index("ins"), Directory.of(communes)
        found = []
        for name, code in named:
            place = directory.find(name, code)
            if place.ins:
                at = strata.loc[place.ins]
                found.append((name, code, place.ins, at["province"], at["taille"]))
                continue
            lines, count = self.lines(f"{commune} = ? AND {ins} = ?", (name, code))
            value = " ; ".join(filter(None, (name, code)))
            self.fault(place.expected, column="commune", value=value, lines=lines, count=count)
        places = pd.DataFrame(found, columns=["commune", "ins", "code", "province", "taille"], dtype="str")
        places["cell"] = places.groupby(["province", "taille"], sort=False).ngroup()
        self.named = places
        self.database.register("places", places)
        self.joined = f"source s LEFT JOIN places p ON p.commune = {commune} AND p.ins = {ins}"

    def check_ids(self) -> None:
        identifier = self.column("id")
        lines, count = self.lines(f"{identifier} = ''")
        if count:
            self.fault("un identifiant", column="id", lines=lines, count=count)
        # By their hash, and a share at a time: ten million texts would not fit in memory.
        shares, twice = 1 + self.number // IDS_AT_ONCE, []
        for share in range(shares):
            twice += self.database.execute(
                f"SELECT h FROM (SELECT hash({identifier}) AS h FROM source s) WHERE h % {shares} = {share} "
                "GROUP BY h HAVING count(*) > 1"
            ).fetchall()
        repeated = []
        if twice:
            self.database.register("twice", pd.DataFrame(twice, columns=["h"], dtype="uint64"))
            repeated = self.database.execute(
                f"SELECT {identifier}, min({LINE}, {self.shown}), count(*) FROM source s SEMI JOIN twice ON "
                f"hash({identifier}) = twice.h WHERE {identifier} <> '' GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"
            ).fetchall()
        for value, lines, count in repeated:
            self.fault("un identifiant par réponse", column="id", value=value, lines=sorted(lines), count=count)

    def check_dates(self) -> None:
        """Note every date that is none: the later of two answers is found by them."""
        date = self.column("date")
        strange = self.database.execute(
            f"SELECT DISTINCT {date} FROM source s WHERE {date} <> '' AND (try_cast({date} AS TIMESTAMP) IS NULL "
            f"OR NOT regexp_full_match({date}, '{DATE}')) ORDER BY 1"
        ).fetchall()
        for (value,) in strange:
            lines, count = self.lines(f"{date} = ?", (value,))
            expected = "une date qui existe, sous la forme AAAA-MM-JJ ou AAAA-MM-JJTHH:MM:SS"
            self.fault(expected, column="date", value=value, lines=lines, count=count)

    def keep(self, duplicates: str) -> tuple[str, ...]:
        """Choose the row that speaks for each commune; return the communes that several rows speak for.

        The first or the last by date, then by line; a row without a date gives way to one that has one.
        """
        first = duplicates == "premiere"
        pick, dated = ("arg_min", f"{self.moment} = ''") if first else ("arg_max", f"{self.moment} <> ''")
        self.database.execute(
            f"CREATE TEMP TABLE kept AS SELECT p.code, count(*) AS n, "
            f"{pick}(s.{LINE}, ({dated}, {self.moment}, s.{LINE})) AS {LINE}, "
            f"{pick}({self.moment}, ({dated}, {self.moment}, s.{LINE})) AS moment FROM {self.joined} "
            "WHERE p.code IS NOT NULL GROUP BY p.code"
        )
        self.places = self.database.execute("SELECT count(*) FROM kept").fetchall()[0][0]
        names = self.named.drop_duplicates("code").set_index("code")
        repeated = self.database.execute("SELECT code, n FROM kept WHERE n > 1 ORDER BY code").fetchall()
        if duplicates == "erreur":
            for code, n in repeated:
                lines, _ = self.lines("p.code = ?", (code,))
                value = names.loc[code, "commune"] or code
                self.fault("une seule réponse par commune", column="commune", value=value, lines=lines, count=n)
        return tuple(names.loc[code, "commune"] or code for code, _ in repeated)

    @property
    def moment(self) -> str:
        """The date, so written that an earlier one sorts first."""
        return f"replace({self.column('date')}, ' ', 'T')"

    def unordered(self) -> int:
        """Return how many communes have a row as old as the one kept."""
        query = (
            f"SELECT count(*) FROM (SELECT k.code FROM {self.joined} JOIN kept k ON k.code = p.code "
            f"WHERE k.n > 1 AND {self.moment} = k.moment GROUP BY k.code HAVING count(*) > 1)"
        )
        return self.database.execute(query).fetchall()[0][0]

    def outside(self, period: Period) -> int:
        """Return how many rows have a date outside a period."""
        start = f"left({self.moment}, {len(period.debut)})"
        query = f"SELECT count(*) FROM source s WHERE {self.moment} <> '' AND {start} NOT BETWEEN ? AND ?"
        return self.database.execute(query, (period.debut, period.fin)).fetchall()[0][0]

    def grouped(self) -> pd.DataFrame:
        """Return how many rows gave each answer: `question, value, active, cell, province, taille, kept, n`.

        `cell` is missing where the commune is unknown; `kept` tells the rows that speak for their commune.
        """
        columns = ", ".join(f'{self.column(name)} AS "{name}"' for name in self.asked)
        sets = ", ".join(f'(active_, cell, kept_, "{name}")' for name in self.asked)
        told = " ".join(f"WHEN grouping(\"{name}\") = 0 THEN '{name}'" for name in self.asked)
        values = " ".join(f'WHEN grouping("{name}") = 0 THEN "{name}"' for name in self.asked)
        source = f"{self.joined} LEFT JOIN kept k ON k.{LINE} = s.{LINE}"
        query = (
            f"SELECT CASE {told} END AS question, CASE {values} END AS value, active_ AS active, cell, kept_ AS kept, "
            f"count(*) AS n FROM (SELECT {self.column('active')} AS active_, p.cell, k.code IS NOT NULL AS kept_, "
            f"{columns} FROM {source}) GROUP BY GROUPING SETS ({sets})"
        )
        groups = self.database.execute(query).df()
        return groups.merge(self.named[["cell", "province", "taille"]].drop_duplicates(), on="cell", how="left")

    def placed(self) -> pd.Series:
        """Return how many rows there are by province and size."""
        query = f"SELECT p.province, p.taille, count(*) AS n FROM {self.joined} GROUP BY 1, 2 ORDER BY 1, 2"
        return self.database.execute(query).df().set_index(["province", "taille"])["n"]

    def answers(self) -> pd.DataFrame:
        """Return the row kept of each commune: `ins` and the answers to questions put to communes."""
        names = [name for name in self.asked if self.codebook[name].base != "repondants"]
        columns = ", ".join(f'{self.column(name)} AS "{name}"' for name in names)
        kept = f"{self.joined} SEMI JOIN kept k ON k.{LINE} = s.{LINE}"
        return self.database.execute(f"SELECT p.code AS ins, {columns} FROM {kept} ORDER BY p.code").df()


def _check(rows: _Rows, groups: pd.DataFrame, codebook: Codebook) -> None:
    """Note every answer that cannot be: unknown, outside its scale, or where the routing forbids one."""
    told = groups[groups["question"] == SPLIT]
    for value in sorted(set(told["value"]) - set(_ACTIVE)):
        lines, count = rows.lines(f"{rows.column(SPLIT)} = ?", (value,))
        rows.fault("oui ou non", column=SPLIT, value=value, lines=lines, count=count)
    depending = [name for name in rows.asked if name != SPLIT and codebook[name].base != "repondants"]
    answered = " OR ".join(f"trim({rows.column(name)}) <> ''" for name in depending)
    if answered:
        lines, count = rows.lines(f"{rows.column(SPLIT)} = '' AND ({answered})")
        if count:
            expected = "oui ou non, puisque d’autres réponses de la ligne en dépendent"
            rows.fault(expected, column=SPLIT, value="", lines=lines, count=count)
    for name in rows.asked:
        if name == SPLIT:
            continue
        question, given = codebook[name], groups[(groups["question"] == name) & (groups["value"].str.strip() != "")]
        known = set(codebook.answers(name))
        for value in sorted(set(given["value"])):
            strange = [option for option in options_of(question, value) if option not in known]
            if strange:
                lines, count = rows.lines(f"{rows.column(name)} = ?", (value,))
                rows.fault(_expected(codebook, question), column=name, value=listing(strange), lines=lines, count=count)
        wanted = activity_of(question.base)
        barred = given[(given["active"] != wanted) & (given["active"] != "")]
        if wanted != ALL and len(barred):
            condition = f"trim({rows.column(name)}) <> '' AND {rows.column(SPLIT)} NOT IN (?, '')"
            lines, count = rows.lines(condition, (wanted,))
            who, values = BASES[question.base].plural, set(barred["value"])
            value = values.pop() if len(values) == 1 else None
            expected = f"une cellule vide : la question se pose aux {who} (`active` vaut {wanted})"
            rows.fault(expected, column=name, value=value, lines=lines, count=count)


def _expected(codebook: Codebook, question: Question) -> str:
    if question.type == "likert":
        scale = codebook.scale(question.id)
        return f"un score entier de {scale.minimum} à {scale.maximum}, ou rien"
    joined = "des modalités séparées par « ; » parmi " if question.type == "choix_multiple" else "une modalité parmi "
    return joined + ", ".join(question.options)
