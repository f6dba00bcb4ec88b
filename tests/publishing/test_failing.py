"""What the machine refuses ends in one French line and a known status; nothing is left half made."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import works

from utils import __main__, paths
from utils.publishing import commands, processes
from utils.publishing.failures import behind, refused
from utils.publishing.paper.links import MARK, carry

EXPORT = paths.ROOT / "docs" / "tutoriel" / "export-google-forms.csv"
COMMAND = [sys.executable, "-m", "utils"]


def test_a_full_disk_is_a_french_line():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, "waves"], cwd=paths.ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (1, "Plus de place sur le disque : en libérer, puis recommencer.\n")


def test_a_reader_that_has_gone_is_told_nothing():
    end, gone = os.pipe()
    os.close(end)
    done = subprocess.run([*COMMAND, "waves"], cwd=paths.ROOT, stdout=gone, stderr=subprocess.PIPE, text=True)
    os.close(gone)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EROFS, "Accès refusé à _site/2017 : en changer les droits, puis recommencer."),
        (errno.ENOSPC, "Plus de place sur le disque pour écrire _site/2017 : en libérer, puis recommencer."),
        (errno.EIO, "Le système refuse _site/2017 (EIO, Input/output error)."),
    ],
)
def test_what_is_refused_says_where_and_what_to_do(number, said, monkeypatch, capsys):
    def unwritable(*_):
        raise OSError(number, os.strerror(number), str(paths.SITE / "2017"))

    monkeypatch.setattr(__main__, "_carried_out", unwritable)
    assert __main__.main(["waves"]) == 1
    assert capsys.readouterr().err == f"{said}\n"


def test_a_folder_that_is_not_copied_says_of_which_file():
    told = shutil.Error([("page.html", str(paths.SITE / "page.html"), "[Errno 28] No space left on device")])
    assert refused(told).startswith("Plus de place sur le disque pour écrire _site/page.html :")


def test_a_refusal_is_found_behind_what_libraries_make_of_it():
    full = OSError(errno.ENOSPC, "", "page.html")
    wrapped = RuntimeError("unreadable")
    wrapped.orig_exc = full
    error = ValueError()
    error.__cause__ = wrapped
    assert behind(error) is full
    assert behind(ValueError()) is None


def test_a_refusal_in_a_process_beside_is_told_as_it_is():
    with processes.Workshop(int) as workshop:
        ((_, fault),) = workshop.does({"a": works.be_refused}, 20)
    assert str(fault) == f"au début : {refused(OSError(errno.ENOSPC, '', 'page.html'))}"


def test_a_wave_that_is_half_made_is_nowhere_in_the_data(data, monkeypatch):
    seen, before = [], sorted(data.rglob("*"))

    def killed(*_, **__):
        seen.extend(path.name for path in data.parent.rglob("export.csv"))
        assert sorted(data.rglob("*")) == before
        raise OSError(errno.ENOSPC, "", "vague.yml")

    monkeypatch.setattr(commands, "metadata", killed)
    with pytest.raises(OSError, match="vague"):
        commands.new("2026", str(EXPORT), data=data)
    assert seen == ["export.csv"]
    assert sorted(data.rglob("*")) == before
    assert not list(data.parent.rglob("export.csv"))


def test_what_a_killed_command_prepared_is_in_no_new_wave(data):
    left = data.parent / "_build" / "vague"
    left.mkdir(parents=True)
    (left / "reponses-d-une-autre.csv").write_text("")
    commands.new("2026", str(EXPORT), data=data)
    assert sorted(path.name for path in (data / "2026").iterdir()) == ["export.csv", "vague.yml"]
    assert not left.exists()


@pytest.fixture
def printed(tmp_path):
    """Return an edition of which a book and a leaflet were printed, and one that takes its place."""
    for name in ("avant", "apres"):
        (tmp_path / name / "_downloads").mkdir(parents=True)
        (tmp_path / name / "_downloads" / "resultats.csv").write_text("n\n91\n")
        (tmp_path / name / "page.html").write_text(f"<p>{MARK}</p>")
    import pikepdf

    for name in ("livre.pdf", "livre-depliant.pdf"):
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(tmp_path / "avant" / "_downloads" / name)
    return tmp_path / "avant", tmp_path / "apres"


def test_what_was_printed_stays_and_says_that_it_is_older(printed):
    before, after = printed
    assert carry(before, after)
    assert sorted(path.name for path in (after / "_downloads").glob("*.pdf")) == ["livre-depliant.pdf", "livre.pdf"]
    page = (after / "page.html").read_text(encoding="utf-8")
    assert (
        page.index("_downloads/livre.pdf")
        < page.index("_downloads/livre-depliant.pdf")
        < page.index("(imprimés avant la")
    )


def test_what_tells_other_numbers_does_not_stay(printed):
    before, after = printed
    (after / "_downloads" / "resultats.csv").write_text("n\n92\n")
    assert not carry(before, after)
    assert not list((after / "_downloads").glob("*.pdf"))
    assert MARK in (after / "page.html").read_text(encoding="utf-8")


def test_a_wave_that_is_wrong_hinders_no_other(monkeypatch, tmp_path, capsys):
    from utils.publishing import build
    from utils.reading.problems import DataError, Problem

    wrong = Problem("data/2026/reponses.csv", "une date", 7)

    def checked(wave, _):
        if wave == "2026":
            raise DataError([wrong])

    built = []
    monkeypatch.setattr(paths, "BUILD", tmp_path / "_build")
    monkeypatch.setattr(paths, "SITE", tmp_path / "_site")
    monkeypatch.setattr(build, "editions", lambda _: [("2017", ""), ("2026", "2017"), ("2026-flandre", "")])
    monkeypatch.setattr(build, "build", lambda wave, *_: built.append(wave) or paths.SITE / wave)
    monkeypatch.setattr(commands, "check_once", checked)
    with pytest.raises(DataError) as told:
        commands.build_site()
    assert built == ["2017", "2026-flandre"]
    assert told.value.problems == (wrong,)
    assert "« 2017 » et « 2026-flandre »" in capsys.readouterr().out
