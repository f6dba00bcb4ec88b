"""Other people's parsers: whatever becomes of them, a file is read or refused, and this process goes on."""

import subprocess
import time

import pytest
from support.workbooks import write_workbook

from utils.reading import guarded
from utils.reading.guarded import StoppedError, parsed
from utils.reading.statistical import read_statistical
from utils.reading.titles import first_row
from utils.reading.workbooks import read_workbook

STOPPED = ["aborts", "hangs", "turns", "allocates", "fails"]


@pytest.fixture
def workbook(tmp_path):
    return write_workbook(tmp_path / "e.xlsx", {"A": [["id"], ["1"]]})


@pytest.fixture
def impatient(monkeypatch):
    """Wait for a parser for a second."""
    monkeypatch.setattr(guarded, "SECONDS", 1)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", STOPPED)
def test_a_parser_that_stops_refuses_the_file(workbook, name):
    problems, begun = [], time.monotonic()
    assert list(read_workbook(workbook, None, problems, first_row, f"support.parsers:{name}")) == []
    assert "l’enregistrer de nouveau dans LibreOffice, ou en .csv" in problems[0].expected
    assert "for nobody" not in str(problems[0])
    assert time.monotonic() - begun < 30
    assert read_statistical(workbook, "spss", problems, f"support.parsers:{name}")[0] == []
    assert len(problems) == 2


def test_what_a_library_prints_is_not_read(workbook):
    assert list(read_workbook(workbook, None, [], first_row, "support.parsers:chatters")) == [(1, ["id"]), (2, ["1"])]


def test_what_is_no_longer_wanted_is_ended(monkeypatch):
    begun = []
    real = subprocess.Popen
    monkeypatch.setattr(guarded.subprocess, "Popen", lambda *a, **k: begun.append(real(*a, **k)) or begun[-1])
    told = parsed("support.parsers:hangs")
    next(told)
    told.close()
    assert begun[0].poll() is not None


def test_a_parser_that_cannot_be_found_is_no_crash():
    with pytest.raises(StoppedError):
        next(parsed("support.parsers:nobody"))
