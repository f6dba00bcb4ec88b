"""Rows in an embedded database: one way to hold a hundred and ten million.

They are never read one by one. What a column means is an expression in SQL, and only what
is asked for leaves the database.
"""

__all__ = ["EVERY", "ROWS", "Relation", "literal"]

import itertools
import shutil
import tempfile
import weakref
from collections.abc import Collection, Iterator, Mapping

import duckdb
import pandas as pd

from utils.reading.files import LINE

MEMORY = 128  # megabytes that the database may hold; it works on disk beyond
_COLUMN = 1  # megabyte more for each column that it writes: it holds a block of each
_THREADS = 2  # each holds memory of its own, and a machine may have many
_BATCH = 10_000  # rows that leave the database together
_VECTORS = 5  # the same, of 2048 rows each
EVERY = 999_999  # the most lines that the database can name at once
ROWS = "s"  # what every expression calls the rows


def literal(text: str) -> str:
    """Write a text in SQL."""
    return "'" + text.replace("'", "''") + "'"


class Relation:
    """Rows of text, each with the line where it stands.

    Parameters
    ----------
    columns : mapping, optional
        What each column holds: an expression in SQL over the rows, called `s`.
    stored : int
        How many columns of a file the database will hold; none where rows are at hand, which it holds in memory.

    Attributes
    ----------
    database : DuckDBPyConnection
        It is this relation's own, and goes with it, with what it wrote on disk.
    folder : str
        A place on disk that goes with it too.
    columns : dict of str
    source : str
        What stands behind FROM: `rows s`, and the tables that cells are looked up in.

    Examples
    --------
    >>> rows = Relation.of(pd.DataFrame({"ligne": [2, 3], "role": ["echevin", ""]}))
    >>> rows.count(f"{rows.columns['role']} <> ''"), rows.frame(["role"])["role"].tolist()
    (1, ['echevin', ''])
    """

    def __init__(self, columns: Mapping[str, str] | None = None, *, stored: int = 0) -> None:
        self.folder = tempfile.mkdtemp()
        limits = {"memory_limit": f"{MEMORY + _COLUMN * stored}MB", "threads": _THREADS}
        self.database = duckdb.connect(config={**limits, "temp_directory": self.folder})
        self._use = "USE memory"
        if stored:
            # In a file, columns are compressed: what ten million rows hold is read again from some hundreds of
            # megabytes. It goes with this relation, and nothing is kept to mend it by.
            self.database.execute(f"ATTACH {literal(self.folder + '/rows')} AS file (RECOVERY_MODE no_wal_writes)")
            self._use = "USE file"
        self.database.execute(self._use)
        # In a notebook without widgets it is off, and to say so once more is an error.
        ((shown,),) = self.database.execute("SELECT current_setting('enable_progress_bar')").fetchall()
        if shown:
            self.database.execute("SET enable_progress_bar = false")
        weakref.finalize(self, _close, self.database, self.folder)
        self.columns, self._numbers = dict(columns or {}), itertools.count()
        self._tables: dict[str, str] = {}  # where cells are looked up, and how

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "Relation":
        """Return rows that are at hand, with their `LINE`."""
        names = {name: f"c{place}" for place, name in enumerate(frame.columns.drop(LINE))}
        made = cls({name: f"{ROWS}.{column}" for name, column in names.items()})
        texts = frame.rename(columns=names).fillna(dict.fromkeys(names.values(), ""))
        made.store("rows", texts)
        return made

    def renamed(self, columns: Mapping[str, str]) -> "Relation":
        """Give the rows other columns, in place."""
        self.columns = dict(columns)
        return self

    def look_up(self, cell: str, table: str) -> str:
        """Return the expression of what a cell means, by a table of `text` and `meaning`; itself, where it has none.

        Until the rows are settled.
        """
        self._tables[table] = f" LEFT JOIN {table} ON {table}.text = {cell}"
        return f"coalesce({table}.meaning, {cell})"

    @property
    def source(self) -> str:
        return f"rows {ROWS}{''.join(self._tables.values())}"

    def _behind(self, query: str) -> str:
        """Return what stands behind FROM in a query: no table that it does not look into."""
        joined = ""
        for table, join in reversed(self._tables.items()):  # a cell may be looked up by what another means
            if f"{table}." in query + joined:
                joined = join + joined
        return f"rows {ROWS}{joined}"

    def settle(self, columns: Mapping[str, str]) -> "Relation":
        """Give the rows other columns, in place, and write what these hold: nothing is looked up twice."""
        places = {name: f"m{place}" for place, name in enumerate(columns)}
        cells = "".join(f", {cell} AS {places[name]}" for name, cell in columns.items())
        self.database.execute(f"CREATE TABLE settled AS SELECT {ROWS}.{LINE}{cells} FROM {self.source}")
        self.database.execute("DROP TABLE rows")
        self.database.execute("ALTER TABLE settled RENAME TO rows")
        self._tables.clear()
        return self.renamed({name: f"{ROWS}.{place}" for name, place in places.items()})

    def fetch(self, query: str, values: Collection[object] = ()) -> list[tuple]:
        """Return the rows that a query gives."""
        return self.database.execute(query, list(values)).fetchall()

    def batches(self, query: str) -> Iterator[list[tuple]]:
        """Yield the rows that a query over the rows gives, some thousands at a time; FROM is added to it."""
        with self._apart() as cursor:
            cursor.execute(f"{query} FROM {self._behind(query)}")
            while batch := cursor.fetchmany(_BATCH):
                yield batch

    def frames(self, query: str, values: Collection[object] = ()) -> Iterator[pd.DataFrame]:
        """Yield what a query gives, some thousands of rows at a time."""
        with self._apart() as cursor:
            cursor.execute(query, list(values))
            while len(found := cursor.fetch_df_chunk(_VECTORS)):
                yield found

    def _apart(self) -> duckdb.DuckDBPyConnection:
        """Return a connection for what is read while others write."""
        return self.database.cursor().execute(self._use)

    def texts(self, cell: str) -> Iterator[str]:
        """Yield the different texts of a column, some thousands at a time."""
        return (text for batch in self.batches(f"SELECT DISTINCT {cell}") for (text,) in batch)

    def store(self, table: str, frame: pd.DataFrame) -> None:
        """Add a frame to a table of the database, which is made where there is none yet."""
        self.database.register("given", frame)
        self.database.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT * FROM given LIMIT 0")
        self.database.execute(f"INSERT INTO {table} SELECT * FROM given")
        self.database.unregister("given")

    def fresh(self, name: str) -> str:
        """Return a name that no table bears."""
        return f"{name}_{next(self._numbers)}"

    def count(self, condition: str = "true") -> int:
        """Return how many rows there are, or how many of them a condition holds of."""
        return self.fetch(f"SELECT count(*) FROM {self.source} WHERE {condition}")[0][0]

    def lines(self, condition: str, shown: int, values: Collection[object] = ()) -> tuple[list[int], int]:
        """Return the first lines where a condition holds, and how many rows there are."""
        query = f"SELECT min({ROWS}.{LINE}, {min(shown, EVERY)}), count(*) FROM {self.source} WHERE {condition}"
        found, count = self.fetch(query, values)[0]
        return list(found or []), count

    def drop(self, condition: str) -> int:
        """Leave out the rows of which a condition holds; return how many they are."""
        query = f"DELETE FROM rows WHERE {LINE} IN (SELECT {ROWS}.{LINE} FROM {self.source} WHERE {condition})"
        return self.fetch(query)[0][0]

    def drop_lines(self, lines: Collection[int]) -> int:
        """Leave out the rows that stand at some lines; return how many they are."""
        return self.drop(f"{ROWS}.{LINE} IN {self.at(lines)}") if lines else 0

    def at(self, lines: Collection[int]) -> str:
        """Write some lines, however many, as what may stand behind IN."""
        table = self.fresh("lines")
        self.store(table, pd.DataFrame({LINE: sorted(lines)}, dtype="int64"))
        return f"(SELECT {LINE} FROM {table})"

    def apart_from(self, lines: Collection[int]) -> str:
        """Write the condition of the rows that stand at none of some lines."""
        return f"{ROWS}.{LINE} NOT IN {self.at(lines)}" if lines else "true"

    def frame(self, columns: Collection[str] | None = None, lines: Collection[int] | None = None) -> pd.DataFrame:
        """Return some columns, all by default, of the rows at some lines, or of all rows, in the order of the file."""
        names = list(self.columns if columns is None else columns)
        # By their places: the database takes `role` and `Role` for one name.
        cells = "".join(f", {self.columns[name]} AS c{place}" for place, name in enumerate(names))
        where = "" if lines is None else f" WHERE {ROWS}.{LINE} IN {self.at(lines)}"
        found = self.database.execute(f"SELECT {ROWS}.{LINE}{cells} FROM {self.source}{where} ORDER BY 1").df()
        return found.set_axis([LINE, *names], axis="columns").astype(dict.fromkeys(names, "str"))


def _close(database: duckdb.DuckDBPyConnection, folder: str) -> None:
    database.close()
    shutil.rmtree(folder, ignore_errors=True)
