"""What is wrong with respondents' rows is told without what they have written: this is printed, and kept in logs."""

import csv
import re

import pytest

from utils.reading import waves
from utils.reading.problems import DataError, Problem

PRIVATE = "phrase-que-seul-un-répondant-connaît"
WRITTEN = f"{PRIVATE}, jeanne.dupont@exemple.invalid"


def cells(path, change=lambda _: None):
    """Let every respondent write the same, and change the table; it is written anew."""
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    place = table[0].index("demandes_texte")
    for row in table:  # what is written stands first, where a report that shows a row shows it
        row.insert(0, row.pop(place))
    for row in table[1:]:
        row[0] = WRITTEN
    change(table)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)


def as_bytes(change):
    def changed(path):
        cells(path)
        path.write_bytes(change(path.read_bytes()))

    return changed


def in_table(change):
    return lambda path: cells(path, change)


DAMAGES = {
    "a row too long": in_table(lambda table: table[3].append("x")),
    "many rows too long": in_table(lambda table: [row.append("x") for row in table[1:]]),
    "rows without titles": in_table(lambda table: table.pop(0)),
    "a column that nobody knows": in_table(lambda table: table[0].__setitem__(5, "inconnue")),
    "a column without a title": in_table(lambda table: table[0].__setitem__(table[0].index("demandes_texte"), "")),
    "commas that nothing quotes": as_bytes(lambda text: text.replace(b'"', b"")),
    "quotes left open": as_bytes(lambda text: text.replace(f'"{PRIVATE}'.encode(), f'""{PRIVATE}'.encode(), 1)),
    "letters that cannot be": as_bytes(lambda text: text.decode().encode("cp850", "replace")),
    "letters twice in UTF-8": as_bytes(lambda text: text.decode("cp1252", "replace").encode() + b"\xe8"),
    "a zero byte": as_bytes(lambda text: text.replace(PRIVATE.encode(), f"{PRIVATE}\0".encode(), 1)),
    "a long cell": as_bytes(lambda text: text.replace(PRIVATE.encode(), PRIVATE.encode() * 200_000, 1)),
    "identifiers that are all one": in_table(
        lambda table: [row.__setitem__(1, "jeanne.dupont@exemple.invalid") for row in table[1:]]
    ),
    "faults beside it": in_table(
        lambda table: [row.__setitem__(table[0].index("obstacle_budget"), "99") for row in table[1:]]
    ),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_no_fault_shows_what_a_respondent_wrote(data, kind):
    DAMAGES[kind](data / "demo" / "reponses.csv")
    with pytest.raises(DataError) as caught:
        waves.load("demo", data)
    said = str(caught.value)
    assert "reponses.csv" in said
    assert not re.search("phrase|répondant|connaît|dupont", said)


def test_two_answers_in_free_text_are_not_told(data):
    path = data / "demo" / "vague.yml"
    written = path.read_text(encoding="utf-8")
    columns = "{Un: demandes_texte, Deux: demandes_texte}"
    written += f"\nimport: {{format: csv, fichier: reponses.csv, colonnes: {columns}}}\n"
    path.write_text(written, encoding="utf-8")

    def twice(table):
        table[0][table[0].index("demandes_texte")] = "Un"
        for row, text in zip(table, ["Deux", *[PRIVATE] * len(table)], strict=False):
            row.append(text)

    cells(data / "demo" / "reponses.csv", twice)
    with pytest.raises(DataError, match="une seule réponse à `demandes_texte`") as caught:
        waves.load("demo", data)
    assert PRIVATE not in str(caught.value)


def test_an_address_is_never_shown():
    said = str(
        Problem("a.csv", "autre chose que jeanne@exemple.invalid", 2, "jeanne@exemple.invalid", "x <a.b@c.invalid>")
    )
    assert "exemple" not in said
    assert "« x <…@…> »" in said or "« x …@… »" in said
