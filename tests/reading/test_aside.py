"""Rows that cannot be used are set aside on request, with their reasons, and nothing else is."""

import csv

import pytest

from utils.reading import waves
from utils.reading.aside import set_aside
from utils.reading.problems import DataError
from utils.spreadsheet import harmless


def damage(data, old, new, count=1):
    path = data / "demo" / "reponses.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def lines(data):
    return (data / "demo" / "reponses.csv").read_text(encoding="utf-8").splitlines()


def first_line(data):
    return lines(data)[1]


def test_rows_with_faults_are_set_aside_with_their_reasons(data):
    whole = waves.load("demo", data).about.repondants
    damage(data, ",facebook", ",fessebouc")
    with pytest.raises(DataError, match="fessebouc"):
        waves.load("demo", data)
    assert set_aside("demo", data) == 1
    rejects = (data / "demo" / "rejets.csv").read_text(encoding="utf-8")
    assert "fessebouc" in rejects
    assert "medias : des modalités séparées par" in rejects
    loaded = waves.load("demo", data)
    assert (loaded.rejected, loaded.about.repondants) == (1, whole - 1)


def test_a_fault_behind_a_fault_is_found_too(data):
    line = first_line(data)
    cells = line.split(",")
    damage(data, line, ",".join([cells[0], cells[1], "Nulle-Part", "", *cells[4:]]))
    damage(data, ",oui,", ",peut-être,")
    assert set_aside("demo", data) >= 1
    assert waves.load("demo", data).rejected >= 1


def test_nothing_wrong_sets_nothing_aside(data):
    assert set_aside("demo", data) == 0
    assert not (data / "demo" / "rejets.csv").exists()


def test_what_is_no_matter_of_rows_is_not_set_aside(data):
    damage(data, "sujets_connus", "sujets_inconnus")
    with pytest.raises(DataError, match="sujets_connus"):
        set_aside("demo", data)
    assert not (data / "demo" / "rejets.csv").exists()


def test_a_list_of_rejects_fits_only_its_file(data):
    damage(data, ",facebook", ",fessebouc")
    set_aside("demo", data)
    line = first_line(data)
    damage(data, line + "\n", "")
    with pytest.raises(DataError, match="et recommencer"):
        waves.load("demo", data)


def test_no_cell_set_aside_runs_as_a_formula_and_the_list_still_fits(data):
    first = next(line for line in lines(data) if ",facebook" in line)
    id_ = first.split(",", 1)[0]
    damage(data, first, f"=1+{first}".replace(",facebook", ",@fessebouc"))
    assert set_aside("demo", data) == 1
    with (data / "demo" / "rejets.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert f"'=1+{id_}" in cells
    assert not [cell for cell in cells if cell != harmless(cell)]
    assert waves.load("demo", data).rejected == 1


def by_hand(data, line, id_):
    """List a row by hand, as who withdraws an answer asks for it."""
    (data / "demo" / "rejets.csv").write_text(
        f"ligne_source,id,raison,date de la demande\n{line},{id_},retrait,2026-05-02\n", encoding="utf-8"
    )


def test_a_row_that_was_withdrawn_by_hand_stays_so(data):
    whole = waves.load("demo", data).about.repondants
    by_hand(data, 2, first_line(data).split(",")[0])
    damage(data, ",facebook", ",fessebouc")
    assert set_aside("demo", data) == 2
    with (data / "demo" / "rejets.csv").open(encoding="utf-8", newline="") as file:
        kept, added = csv.DictReader(file)
    assert (kept["ligne_source"], kept["raison"], kept["date de la demande"]) == ("2", "retrait", "2026-05-02")
    assert added["raison"].startswith("medias : ")
    assert waves.load("demo", data).about.repondants == whole - 2


def test_where_nothing_is_wrong_the_list_is_not_written_anew(data):
    by_hand(data, 2, first_line(data).split(",")[0])
    before = (data / "demo" / "rejets.csv").read_bytes()
    assert set_aside("demo", data) == 1
    assert (data / "demo" / "rejets.csv").read_bytes() == before


def test_a_list_that_fits_no_longer_is_refused_and_kept(data):
    by_hand(data, 2, "un autre")
    damage(data, ",facebook", ",fessebouc")
    before = (data / "demo" / "rejets.csv").read_bytes()
    with pytest.raises(DataError, match="et recommencer"):
        set_aside("demo", data)
    assert (data / "demo" / "rejets.csv").read_bytes() == before
