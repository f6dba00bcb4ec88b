"""Respondents' rows in an embedded database, and what is asked of them.

They are never read one by one: the database groups equal answers, and names the first
lines of what is wrong.
"""

__all__ = ["Rows"]

from collections.abc import Sequence

import pandas as pd

from utils.reading.files import LINE
from utils.reading.forms.exports import COLUMNS
from utils.reading.problems import Problem
from utils.survey.about import Period
from utils.survey.communes import Directory

IDS_AT_ONCE = 4_000_000
SETS_AT_ONCE = 30  # questions grouped in one scan: each takes memory of its own, however few the rows
DATE = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?"


class Rows:
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
        unknown = [name for name in present if name not in {*COLUMNS, LINE, *asked, *texts}]
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
        strata, directory = communes.set_index("ins"), Directory.of(communes, self.codebook.territory)
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
        parts = [self.asked[i : i + SETS_AT_ONCE] for i in range(0, len(self.asked), SETS_AT_ONCE)]
        groups = pd.concat([self._grouped(part) for part in parts], ignore_index=True)
        return groups.merge(self.named[["cell", "province", "taille"]].drop_duplicates(), on="cell", how="left")

    def _grouped(self, asked: Sequence[str]) -> pd.DataFrame:
        columns = ", ".join(f'{self.column(name)} AS "{name}"' for name in asked)
        sets = ", ".join(f'(active_, cell, kept_, "{name}")' for name in asked)
        told = " ".join(f"WHEN grouping(\"{name}\") = 0 THEN '{name}'" for name in asked)
        values = " ".join(f'WHEN grouping("{name}") = 0 THEN "{name}"' for name in asked)
        source = f"{self.joined} LEFT JOIN kept k ON k.{LINE} = s.{LINE}"
        query = (
            f"SELECT CASE {told} END AS question, CASE {values} END AS value, active_ AS active, cell, kept_ AS kept, "
            f"count(*) AS n FROM (SELECT {self.column('active')} AS active_, p.cell, k.code IS NOT NULL AS kept_, "
            f"{columns} FROM {source}) GROUP BY GROUPING SETS ({sets})"
        )
        return self.database.execute(query).df()

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
