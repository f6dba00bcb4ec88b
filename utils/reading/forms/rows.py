"""Respondents' rows in an embedded database, and what is asked of them.

They are never read one by one: the database groups equal answers, and names the first
lines of what is wrong.
"""

__all__ = ["Rows", "options_in"]

from collections.abc import Callable, Collection, Iterator, Sequence

import pandas as pd

from utils.french import listing
from utils.reading.files import LINE
from utils.reading.forms.columns import COLUMNS
from utils.reading.forms.faults import Faults
from utils.reading.forms.weights import UNIT
from utils.reading.problems import Problem
from utils.reading.relations import ROWS, Relation, literal
from utils.statistics.weighed import Weighed
from utils.survey.about import Period
from utils.survey.codebook import SPLIT, Codebook, activity_of
from utils.survey.communes import Directory
from utils.survey.pair import ACTIVE
from utils.survey.weights import WEIGHT

IDS_AT_ONCE = 4_000_000
SETS_AT_ONCE = 30  # questions grouped in one scan: each takes memory of its own, however few the rows
_VECTORS = 20  # of 2048 groups each, that leave the database together
# Of whole numbers, so that no sum depends on the order in which it is made.
_WEIGHTS = (
    f", sum({WEIGHT})::DOUBLE / {UNIT} AS sums, "
    f"sum({WEIGHT}::HUGEINT * {WEIGHT}::HUGEINT)::DOUBLE / {UNIT**2} AS squares"
)
DATE = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?"


def options_in(cell: str) -> str:
    """Write in SQL the list of the different answers that a cell holds, as `counting.options_of` reads them."""
    parts = f"list_transform(string_split({cell}, ';'), lambda part: trim(part))"
    return f"list_distinct(list_filter({parts}, lambda part: part <> ''))"


class Rows:
    """The rows in the database, and what is asked of them.

    Parameters
    ----------
    source : Relation
        In the contract's form.
    file : str
    codebook : Codebook
    problems : list of Problem
    shown : int
        How many lines are named with a fault.
    omitted : collection of str
        Questions that the wave left out.
    """

    def __init__(
        self,
        source: Relation,
        file: str,
        codebook: Codebook,
        problems: list[Problem],
        shown: int,
        omitted: Collection[str],
    ) -> None:
        self.source, self.file, self.codebook = source, file, codebook
        self.faults = Faults(source, file, problems, shown)
        present = list(source.columns)
        asked = [question.id for question in codebook.questions if question.type != "texte"]
        texts = [question.id for question in codebook.questions if question.type == "texte"]
        missing = [name for name in ("id", "commune", *asked) if name not in present]
        if "commune" in missing and "ins" in present:
            missing.remove("commune")
        for name in missing:
            expected = f"une colonne « {name} »"
            # Who is not told apart cannot be asked apart: all is said at once.
            apart = [q.id for q in codebook.questions if (pair := codebook.split(q.base)) and pair.question == name]
            if name in asked:
                expected += f", ou {listing(f'`{one}`' for one in (name, *apart))} sous `non_posees` dans vague.yml"
            self.faults.tell(expected, [1])
        for name in present:
            if name not in {*COLUMNS, WEIGHT, *asked, *texts}:
                left_out = "aucune colonne de ce nom, puisque vague.yml la met sous `non_posees`"
                expected = left_out if name in omitted else "une question de questionnaire.yml"
                self.faults.tell(expected, [1], value=name)
        self.number = source.count()
        if not self.number:
            self.faults.tell("au moins une réponse sous l’en-tête", [1])
        self.usable = bool(self.number) and not missing
        self.asked = asked

    def column(self, name: str) -> str:
        """Return the expression of a column; empty text where there is none."""
        return self.source.columns.get(name, "''")

    def place(self, communes: pd.DataFrame) -> None:
        """Find every commune named in the frame; each name is looked up once, however often it stands."""
        commune, ins = self.column("commune"), self.column("ins")
        strata, directory = communes.set_index("ins"), Directory.of(communes, self.codebook.territory)
        found = []
        for batch in self.source.batches(f"SELECT DISTINCT {commune}, {ins}"):
            for name, code in batch:
                if place := directory.placed(name, code):
                    at = strata.loc[place]
                    found.append((name, code, place, at["province"], at["taille"]))
        places = pd.DataFrame(sorted(found), columns=["commune", "ins", "code", "province", "taille"], dtype="str")
        places["cell"] = places.groupby(["province", "taille"], sort=False).ngroup()
        self.named = places
        self.source.store("places", places)
        self.placed_rows = f"{self.source.source} LEFT JOIN places p ON p.commune = {commune} AND p.ins = {ins}"
        named = f"concat({commune}, chr(31), {ins})"

        def told(key: str) -> tuple[str, str]:
            name, _, code = key.partition("\x1f")
            return directory.find(name, code).expected, " ; ".join(filter(None, (name, code)))

        self.faults.tell_each(named, "p.code IS NULL", "commune", told, "une commune de la liste", self.placed_rows)

    def check_ids(self) -> None:
        """Note every identifier that is absent or repeated."""
        identifier, rows = self.column("id"), self.source
        self.faults.tell_where(f"{identifier} = ''", "un identifiant", "id")
        # By their hash, and a share at a time: ten million texts would not fit in memory.
        shares = 1 + self.number // IDS_AT_ONCE
        rows.database.execute("CREATE TABLE twice (h UBIGINT)")
        for share in range(shares):
            rows.database.execute(
                f"INSERT INTO twice SELECT h FROM (SELECT hash({identifier}) AS h FROM rows {ROWS}) "
                f"WHERE h % {shares} = {share} GROUP BY h HAVING count(*) > 1"
            )
        if not rows.fetch("SELECT count(*) FROM twice")[0][0]:
            return
        rows.database.execute(
            f"CREATE TABLE repeated AS SELECT {identifier} AS id FROM rows {ROWS} SEMI JOIN twice "
            f"ON hash({identifier}) = twice.h WHERE {identifier} <> '' GROUP BY 1 HAVING count(*) > 1"
        )
        expected = "un identifiant par réponse"
        source = f"rows {ROWS} SEMI JOIN repeated ON repeated.id = {identifier}"
        self.faults.tell_each(identifier, "true", "id", lambda value: (expected, value), expected, source)

    def check_dates(self) -> None:
        """Note every date that is none: the later of two answers is found by them."""
        date = self.column("date")
        expected = "une date qui existe, sous la forme AAAA-MM-JJ ou AAAA-MM-JJTHH:MM:SS"
        strange = f"{date} <> '' AND (try_cast({date} AS TIMESTAMP) IS NULL OR NOT regexp_full_match({date}, '{DATE}'))"
        self.faults.tell_each(date, strange, "date", lambda value: (expected, value), expected)

    def keep(self, duplicates: str) -> tuple[str, ...]:
        """Choose the row that speaks for each commune; return the communes that several rows speak for.

        The first or the last by date, then by line; a row without a date gives way to one that has one.
        """
        first = duplicates == "premiere"
        pick, dated = ("arg_min", f"{self.moment} = ''") if first else ("arg_max", f"{self.moment} <> ''")
        order = f"({dated}, {self.moment}, {ROWS}.{LINE})"
        self.source.database.execute(
            f"CREATE TABLE kept AS SELECT p.code, count(*) AS n, {pick}({ROWS}.{LINE}, {order}) AS {LINE}, "
            f"{pick}({self.moment}, {order}) AS moment FROM {self.placed_rows} WHERE p.code IS NOT NULL "
            "GROUP BY p.code"
        )
        self.places = self.source.fetch("SELECT count(*) FROM kept")[0][0]
        names = self.named.drop_duplicates("code").set_index("code")["commune"]
        repeated = [code for (code,) in self.source.fetch("SELECT code FROM kept WHERE n > 1 ORDER BY code")]
        if duplicates == "erreur" and repeated:
            expected = "une seule réponse par commune"
            condition = "p.code IN (SELECT code FROM kept WHERE n > 1)"
            told = lambda code: (expected, names[code] or code)  # noqa: E731
            self.faults.tell_each("p.code", condition, "commune", told, expected, self.placed_rows)
        return tuple(names[code] or code for code in repeated)

    @property
    def moment(self) -> str:
        """The date, so written that an earlier one sorts first."""
        return f"replace({self.column('date')}, ' ', 'T')"

    def unordered(self) -> int:
        """Return how many communes have a row as old as the one kept."""
        query = (
            f"SELECT count(*) FROM (SELECT k.code FROM {self.placed_rows} JOIN kept k ON k.code = p.code "
            f"WHERE k.n > 1 AND {self.moment} = k.moment GROUP BY k.code HAVING count(*) > 1)"
        )
        return self.source.fetch(query)[0][0]

    def outside(self, period: Period) -> int:
        """Return how many rows have a date outside a period."""
        start = f"left({self.moment}, {len(period.debut)})"
        query = f"SELECT count(*) FROM rows {ROWS} WHERE {self.moment} <> '' AND {start} NOT BETWEEN ? AND ?"
        return self.source.fetch(query, (period.debut, period.fin))[0][0]

    def elsewhere(self) -> int:
        """Return how many rows name another province than the list has for their commune."""
        known = ", ".join(map(literal, self.codebook.strata("province")))
        said = self.column("province")
        query = f"SELECT count(*) FROM {self.placed_rows} WHERE {said} IN ({known}) AND p.province <> {said}"
        return self.source.fetch(query)[0][0]

    def group(self) -> None:
        """Count the rows that gave the same answer, for all questions in one scan.

        The table `groups` has `question, value, active, cell, kept, n`: `value` as a cell holds it, `active`
        whether the commune is active or, for a question that two other kinds of communes answer apart, of which
        it is; `cell` missing where the commune is unknown, `kept` where the row speaks for its commune. Where
        rows have weights, with `sums` of these and of their `squares`, the largest being 1.
        """
        for first in range(0, len(self.asked), SETS_AT_ONCE):
            into = "INSERT INTO groups" if first else "CREATE TABLE groups AS"
            self.source.database.execute(f"{into} {self._grouping(self.asked[first : first + SETS_AT_ONCE])}")

    def _grouping(self, asked: Sequence[str]) -> str:
        columns = ", ".join(f'{self.column(name)} AS "{name}"' for name in asked)
        sides = {name: self._side(name) for name in asked}
        sets = ", ".join(f'({side}, cell, kept_, "{name}")' for name, side in sides.items())
        side = f"coalesce({', '.join(dict.fromkeys(sides.values()))})"
        told = " ".join(f"WHEN grouping(\"{name}\") = 0 THEN '{name}'" for name in asked)
        values = " ".join(f'WHEN grouping("{name}") = 0 THEN "{name}"' for name in asked)
        weights, weight = (_WEIGHTS, f"{self.column(WEIGHT)} AS {WEIGHT}, ") if self.weighted else ("", "")
        return (
            f"SELECT CASE {told} END AS question, CASE {values} END AS value, {side} AS active, cell, kept_ AS kept, "
            f"count(*) AS n{weights} FROM (SELECT {self.column(SPLIT)} AS active_, {self._group()} AS group_, p.cell, "
            f"k.code IS NOT NULL AS kept_, {weight}{columns} FROM {self.placed_rows} LEFT JOIN kept k "
            f"ON k.{LINE} = {ROWS}.{LINE}) GROUP BY GROUPING SETS ({sets})"
        )

    def given(self, questions: Collection[str], condition: str = "true") -> list[str]:
        """Return two of the answers to some questions of which a condition holds: whether there is one, or more.

        The condition is one on the table `groups`.
        """
        asked = ", ".join(map(literal, questions))
        query = f"SELECT DISTINCT value FROM groups WHERE question IN ({asked}) AND {condition} LIMIT 2"
        return [value for (value,) in self.source.fetch(query)] if questions else []

    def strange(self, question: str, known: Callable[[str], bool]) -> str:
        """Return the condition on `groups` of the answers to a question that are not known, each asked about once."""
        table, many = self.source.fresh("strange"), 0
        with self.source.database.cursor() as cursor:
            cursor.execute("SELECT DISTINCT value FROM groups WHERE question = ?", [question])
            while len(found := cursor.fetch_df_chunk(_VECTORS)):
                odd = found[[not known(value) for value in found["value"]]]
                if len(odd):
                    self.source.store(table, odd)
                    many += len(odd)
        return f"value IN (SELECT value FROM {table})" if many else "false"

    def grouped(self) -> Iterator[pd.DataFrame]:
        """Yield how many rows gave each answer, some tens of thousands of groups at a time: they may be many.

        Each has `question, value, active, province, taille, kept, n`; see `group`.
        """
        strata = self.named[["cell", "province", "taille"]].drop_duplicates()
        with self.source.database.cursor() as cursor:
            # Sums of what is no whole number depend on their order.
            cursor.execute(f"SELECT * FROM groups{' ORDER BY ALL' if self.weighted else ''}")
            while len(groups := cursor.fetch_df_chunk(_VECTORS)):
                yield groups.merge(strata, on="cell", how="left")

    @property
    def weighted(self) -> bool:
        """Whether rows carry weights."""
        return WEIGHT in self.source.columns

    def weighed(self) -> Weighed:
        """Return what all rows weigh together, in one cell."""
        query = f"SELECT count(*) AS n{_WEIGHTS} FROM (SELECT {self.column(WEIGHT)} AS {WEIGHT} FROM rows {ROWS})"
        found = self.source.database.execute(query).df()
        return Weighed(found["n"], found["sums"], found["squares"])

    def _side(self, name: str) -> str:
        """Return the column that tells which of two kinds of communes a question's answers are of."""
        pair = self.codebook.split(self.codebook[name].bases[0])
        return "group_" if pair and pair != ACTIVE else "active_"

    def _group(self) -> str:
        """Return which of the two kinds that the questionnaire names a row is of; empty where it is of neither."""
        if self.codebook.comparer is None:
            return "''"
        pair = self.codebook.comparer
        sides = {activity_of(side.id): ", ".join(f"'{option}'" for option in side.modalites) for side in pair.groupes}
        told = " ".join(f"WHEN {self.column(pair.question)} IN ({of}) THEN '{side}'" for side, of in sides.items())
        return f"CASE {told} ELSE '' END"

    def placed(self) -> pd.Series:
        """Return how many rows there are by province and size."""
        query = f"SELECT p.province, p.taille, count(*) AS n FROM {self.placed_rows} GROUP BY 1, 2 ORDER BY 1, 2"
        return self.source.database.execute(query).df().set_index(["province", "taille"])["n"]

    def answers(self) -> pd.DataFrame:
        """Return the row kept of each commune: `ins` and the answers to questions put to communes."""
        names = [name for name in self.asked if self.codebook[name].base != "repondants"]
        columns = ", ".join(f'{self.column(name)} AS "{name}"' for name in names)
        columns += f", {self.column(WEIGHT)} / {UNIT} AS {WEIGHT}" if self.weighted else ""
        kept = f"{self.placed_rows} SEMI JOIN kept k ON k.{LINE} = s.{LINE}"
        return self.source.database.execute(f"SELECT p.code AS ins, {columns} FROM {kept} ORDER BY p.code").df()
