"""How much a reader takes before it refuses: more than any survey holds, and less than a machine.

`data/README.md` tells each of these; a test holds both together. Above the limits a file is refused for what it is,
before it has cost more than some seconds and a gigabyte.
"""

__all__ = [
    "CELL",
    "COLUMNS",
    "DEPTH",
    "DOCUMENT",
    "INFLATED",
    "LINES",
    "MAP",
    "MEMORY",
    "PACKED",
    "RATIO",
    "RECORD",
    "SECONDS",
    "STATISTICAL",
    "TABLE",
    "TOLD",
    "VALUES",
    "size",
]

KILO, MEGA, GIGA = 10**3, 10**6, 10**9

TABLE = 10 * GIGA  # bytes of a table in text: ten million answers are a tenth of it, or a third
LINES = 20 * MEGA
RECORD = MEGA  # signs of one row
COLUMNS = 4 * KILO
CELL = 100 * KILO  # signs of one cell
DOCUMENT = MEGA  # bytes of a document in YAML
DEPTH = 20  # lists and keys within each other
VALUES = 200 * KILO  # in it, each as often as it is repeated
MAP = 64 * MEGA  # bytes of a map
PACKED = 100 * MEGA  # bytes of a workbook as it lies on disk
INFLATED = GIGA  # and of what is packed in it
RATIO = 200  # of both, where it is more than a tenth of the limit
STATISTICAL = 200 * MEGA  # bytes of a file of SPSS or Stata
SECONDS = 120  # that the reading library of another may take
MEMORY = 4 * GIGA  # bytes that it may ask for
TOLD = 200  # faults of one document or one report that are told one by one


def size(many: int) -> str:
    r"""Write a number of bytes as it is told.

    Examples
    --------
    >>> size(MAP), size(TABLE)
    ('64\xa0Mo', '10\xa0Go')
    """
    return f"{many // GIGA}\u00a0Go" if many >= GIGA else f"{many // MEGA}\u00a0Mo"
