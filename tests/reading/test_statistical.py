"""Files of SPSS and Stata come out as the rows of text that any other table gives; what they declare is told."""

import gzip
import struct

import pandas as pd
import pyreadstat
import pytest
from support import tools

from utils.reading.statistical import format_of
from utils.reading.tabular import read_raw


def saved(tmp_path, frame, *, sets="", weight="", write=pyreadstat.write_sav, **how):
    path = tmp_path / "export.sav"
    write(frame, path, **how)
    if sets or weight:
        tools.declare(path, sets, weight)
    problems = []
    return read_raw(path, problems), problems


def column(raw, title):
    return raw.rows[title].tolist()


def test_values_that_have_a_label_are_written_by_it(tmp_path):
    frame = pd.DataFrame({"q1": [1.0, 2.0, 3.0, None], "q2": [1.5, 2.0, 1e6, -4.0]})
    raw, problems = saved(tmp_path, frame, variable_value_labels={"q1": {1: "Oui", 2: "Non", 4: "Peut-être"}})
    assert not problems
    assert column(raw, "q1") == ["Oui", "Non", "3", ""]  # 3 has no label; nobody said « Peut-être »
    assert column(raw, "q2") == ["1.5", "2", "1000000", "-4"]
    assert column(raw, "ligne") == [2, 3, 4, 5]
    assert raw.declared.kind == "spss"


def test_what_the_file_declares_missing_is_neither_empty_nor_a_score(tmp_path):
    frame = pd.DataFrame({"note": [5.0, 98.0, 99.0, None, 7.0], "ville": ["Ath", "", "x", "Mons", "Ath"]})
    how = {"missing_ranges": {"note": [{"lo": 98, "hi": 99}], "ville": ["x"]}}
    raw, problems = saved(tmp_path, frame, variable_value_labels={"note": {98: "Ne sait pas"}}, **how)
    assert not problems
    assert column(raw, "note") == ["5", "Ne sait pas", "manquante (99)", "", "7"]
    assert column(raw, "ville") == ["Ath", "", "manquante (x)", "Mons", "Ath"]
    assert raw.declared.missing == {
        "note": frozenset({"Ne sait pas", "manquante (99)"}),
        "ville": frozenset({"manquante (x)"}),
    }


def test_a_set_of_ticks_gives_a_column_an_option(tmp_path):
    frame = pd.DataFrame({"id": ["a", "b", "c"], "m1": [1.0, 0.0, None], "m2": [2.0, 1.0, None]})
    labels = {"m1": "Facebook", "m2": "YouTube"}
    raw, _ = saved(tmp_path, frame, sets="$m=D1 1 7 Médias m1 m2\n", column_labels=labels)
    assert raw.header == ("id", "m1. Médias [Facebook]", "m2. Médias [YouTube]")
    assert column(raw, "m1. Médias [Facebook]") == ["1", "0", ""]
    assert column(raw, "m2. Médias [YouTube]") == ["0", "1", ""]  # 2 is not what the set counts


def test_a_set_of_categories_gives_one_column_of_several_answers(tmp_path):
    frame = pd.DataFrame({"r1": [1.0, 2.0, None], "r2": [2.0, None, None], "fin": ["x", "y", "z"]})
    named = {"r1": {1: "Budget", 2: "Temps"}, "r2": {1: "Budget", 2: "Temps"}}
    raw, _ = saved(tmp_path, frame, sets="$pq=C 8 Pourquoi r1 r2\n", variable_value_labels=named)
    assert raw.header == ("pq. Pourquoi", "fin")
    assert column(raw, "pq. Pourquoi") == ["Budget;Temps", "Temps", ""]


@pytest.mark.parametrize("weight", ["POIDS", "POIDS_DE"])
def test_the_weight_is_told_by_its_title(tmp_path, weight):
    """A text of twenty characters before it takes three places of the file's dictionary."""
    name = {"POIDS": "poids", "POIDS_DE": "poids_de_sondage"}[weight]
    frame = pd.DataFrame({"ville": ["Braine-l’Alleud city", "Ath"], "a": [1.0, 2.0], name: [0.5, 1.5]})
    raw, _ = saved(tmp_path, frame, weight=weight, column_labels={name: "Poids", "a": "Âge de l’agent"})
    assert raw.declared.weight == f"{name}. Poids"
    raw, _ = saved(tmp_path, frame)
    assert raw.declared.weight == ""


def test_days_and_moments_come_in_iso_form(tmp_path):
    frame = pd.DataFrame(
        {"jour": pd.to_datetime(["2026-03-01", None]).date, "fin": pd.to_datetime(["2026-03-01 10:02", None])}
    )
    raw, _ = saved(tmp_path, frame.astype({"jour": object}))
    assert column(raw, "fin") == ["2026-03-01T10:02:00"]  # an observation without any value is left out
    assert column(raw, "jour") == ["2026-03-01"]


def test_stata_s_letters_are_missing_values(tmp_path):
    frame = pd.DataFrame({"note": [5, 7, "a"]}, dtype=object)
    how = {"missing_user_values": {"note": ["a"]}, "variable_value_labels": {"note": {5: "cinq"}}}
    raw, problems = saved(tmp_path, frame, write=pyreadstat.write_dta, **how)
    assert not problems
    assert raw.declared.kind == "stata"
    assert column(raw, "note") == ["cinq", "7", "manquante (a)"]
    assert raw.declared.missing == {"note": frozenset({"manquante (a)"})}


@pytest.mark.parametrize(
    "content", [gzip.compress(b"X\n\0\0", mtime=0), gzip.compress(b"RDX3\nX\n", mtime=0), b"RDX2\n"]
)
def test_a_file_of_r_is_refused_with_what_to_do(tmp_path, content):
    path, problems = tmp_path / "reponses.rds", []
    path.write_bytes(content)
    assert read_raw(path, problems).header == ()
    assert [problem.expected[:22] for problem in problems] == ["un fichier .sav, .dta "]


@pytest.mark.parametrize("content", [b"$FL2" + bytes(400), b"<stata_dta>" + bytes(50), b"$FL2"])
def test_a_damaged_file_is_told(tmp_path, content):
    path, problems = tmp_path / "export.sav", []
    path.write_bytes(content)
    assert read_raw(path, problems).header == ()
    assert "qui s’ouvre" in problems[0].expected


@pytest.mark.parametrize(
    "content", [b"", b"id,commune\n", b"PK\x03\x04", gzip.compress(b"id,commune", mtime=0), b"X\nY\n", b"qr\x01"]
)
def test_no_other_file_is_taken_for_one(content):
    assert format_of(content) == ""


def test_the_bytes_of_the_weight_are_those_of_the_header(tmp_path):
    """`declare` writes where SPSS does: 76 bytes from the beginning, a place of the dictionary."""
    path = tmp_path / "export.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0], "b": [2.0]}), path)
    assert struct.unpack("<i", path.read_bytes()[76:80]) == (0,)
