"""Respondents' rows in an embedded database, and what is asked of them.

They are never read one by one: the database groups equal answers, and names the first
lines of what is wrong.
"""

__all__ = ["Rows", "options_in"]

from collections.abc import Callable, Collection, Sequence

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
SETS_AT_ONCE = 8  # questions grouped in one scan: each takes memory of its own, however few the rows
# Of whole numbers, so that no sum depends on the order in which it is made.
_WEIGHTS = f", sum({WEIGHT}::HUGEINT) AS sums, sum({WEIGHT}::HUGEINT * {WEIGHT}::HUGEINT) AS squares"
_WEIGHED = f", sum(sums)::DOUBLE / {UNIT} AS sums, sum(squares)::DOUBLE / {UNIT**2} AS squares"
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
        known = {*COLUMNS, WEIGHT, *asked, *texts}
        # Without titles, the first row is what somebody answered: none of it is shown.
        for name in present if known & {*present} else ():
            if name not in known:
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
        rows have weights, with `sums` of these and of their `squares`, in whole numbers. The table `cells` has the
        different `question, value` among them.
        """
        for first in range(0, len(self.asked), SETS_AT_ONCE):
            into = "INSERT INTO groups" if first else "CREATE TABLE groups AS"
            self.source.database.execute(f"{into} {self._grouping(self.asked[first : first + SETS_AT_ONCE])}")
        self.source.database.execute("CREATE TABLE cells AS SELECT DISTINCT question, value FROM groups")

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

    def given(self, questions: Collection[str], condition: str = "true", *, among: str = "cells") -> list[str]:
        """Return two of the answers to some questions of which a condition holds: whether there is one, or more.

        The condition is one on a table of `group`: that of the different cells, or `groups`.
        """
        asked = ", ".join(map(literal, questions))
        query = f"SELECT DISTINCT value FROM {among} WHERE question IN ({asked}) AND {condition} LIMIT 2"
        return [value for (value,) in self.source.fetch(query)] if questions else []

    def strange(self, question: str, known: Callable[[str], bool]) -> str:
        """Return the condition on `cells` of the answers to a question that are not known, each asked about once."""
        table, many = self.source.fresh("strange"), 0
        for found in self.source.frames("SELECT value FROM cells WHERE question = ?", [question]):
            odd = found[[not known(value) for value in found["value"]]]
            if len(odd):
                self.source.store(table, odd)
                many += len(odd)
        return f"value IN (SELECT value FROM {table})" if many else "false"

    def part(self, options: Callable[[str, str], Collection[str]]) -> None:
        """Part cells into the answers that they hold: of each different one, `options` is asked once.

        The table `parts` has `question, value, modalite`, a row for each answer of a cell.
        """
        self.source.database.execute("CREATE TABLE parts (question VARCHAR, value VARCHAR, modalite VARCHAR)")
        for cells in self.source.frames("SELECT question, value FROM cells WHERE value <> ''"):
            parts = [list(options(name, value)) for name, value in zip(cells["question"], cells["value"], strict=True)]
            self.source.store("parts", cells.assign(modalite=parts).explode("modalite").dropna())

    def answered(self) -> pd.DataFrame:
        """Return how many rows gave each answer that cells were parted into, the sums of weights with them.

        It has `question, modalite, active, province, taille, kept, n`; see `group`. These are few, however
        many ways there are to combine options.
        """
        return self._added("modalite, ", "JOIN parts a ON")

    def answering(self) -> pd.DataFrame:
        """Return how many rows gave any answer: as `answered`, but for `modalite`."""
        return self._added("", "SEMI JOIN parts a ON")

    def _added(self, by: str, joined: str) -> pd.DataFrame:
        keys = f"g.question, {by}g.active, p.province, p.taille, g.kept"
        strata = "(SELECT DISTINCT cell, province, taille FROM places) p ON p.cell = g.cell"
        query = (
            f"SELECT {keys}, sum(g.n)::BIGINT AS n{_WEIGHED if self.weighted else ''} FROM groups g {joined} "
            f"a.question = g.question AND a.value = g.value JOIN {strata} GROUP BY ALL ORDER BY ALL"
        )
        return self.source.database.execute(query).df()

    def held(self, questions: Collection[str]) -> pd.DataFrame:
        """Return how many rows hold each cell that is not empty: `question, value, active, kept, n`; see `group`."""
        if not questions:
            return pd.DataFrame(columns=["question", "value", "active", "kept", "n"])
        query = (
            "SELECT question, value, active, kept, sum(n)::BIGINT AS n FROM groups "
            f"WHERE value <> '' AND question IN ({', '.join(map(literal, questions))}) GROUP BY ALL"
        )
        return self.source.database.execute(query).df()

    @property
    def weighted(self) -> bool:
        """Whether rows carry weights."""
        return WEIGHT in self.source.columns

    def weighed(self) -> Weighed:
        """Return what all rows weigh together, in one cell."""
        rows = f"SELECT count(*) AS n{_WEIGHTS} FROM (SELECT {self.column(WEIGHT)} AS {WEIGHT} FROM rows {ROWS})"
        query = f"SELECT sum(n)::BIGINT AS n{_WEIGHED} FROM ({rows})"
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
