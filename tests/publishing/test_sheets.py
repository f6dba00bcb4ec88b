"""Communes' sheets: what a page is, how it is named, what a run makes, keeps and removes."""

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pypdfium2
import pytest
from support.project import interruptible
from support.respondents import WAVE, small

from utils import paths, whole
from utils.__main__ import main
from utils.paths import DATA, ROOT
from utils.publishing.elsewhere import copied
from utils.publishing.failures import Failure
from utils.publishing.paper import chromium
from utils.publishing.sheets import names, stamps
from utils.publishing.sheets.page import composed, stamped

ROW = re.compile(r"[0-9a-f]{40}\.html")
NAMUR, ROEULX = "92094", "55035"


def notebook(*cells):
    made = nbformat.v4.new_notebook()
    for html, tags in cells:
        cell = nbformat.v4.new_code_cell("x", metadata={"tags": tags})
        cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": html, "text/plain": "x"})]
        made.cells.append(cell)
    return made


@pytest.fixture
def page():
    shown = notebook(
        ("<p>un</p>", []), ('<p><a href="livre:22_presence.html">deux</a></p>', ["verso"]), ("", ["verso"])
    )
    return composed(
        shown, commune="L’Île <b>", edition="2026", stamp="a" * 64, book="https://exemple.be/2026/chapters/"
    )


def test_a_page_has_two_faces_in_the_order_of_the_notebook(page):
    faces = page.split('<div class="face">')[1:]
    assert ["<p>un</p>" in face for face in faces] == [True, False]
    assert 'href="https://exemple.be/2026/chapters/22_presence.html"' in faces[1]
    assert "L’Île &lt;b&gt;" in page


def test_a_page_is_for_no_search_engine_and_asks_for_nothing(page):
    assert '<meta name="robots" content="noindex' in page
    assert '<meta name="referrer" content="no-referrer">' in page  # its address is a secret
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|url\(|@import)\s*[=(]?\s*[\"']?https?:", page)


@pytest.mark.browser
@pytest.mark.parametrize(("many", "sheets"), [(9, 2), (200, 4)])
def test_two_faces_are_two_sheets_of_paper_and_nothing_is_cut(tmp_path, many, sheets):
    lines = [f"<p>ligne {place} dite</p>" for place in range(many)]
    shown = notebook(("<section><h1>Titre</h1></section>", []), (f"<section>{''.join(lines)}</section>", ["verso"]))
    page = tmp_path / "fiche.html"
    page.write_text(composed(shown, commune="Namur", edition="2026", stamp="a" * 64, book=""), encoding="utf-8")
    chromium.print_page(page, tmp_path / "fiche.pdf")
    printed = pypdfium2.PdfDocument(tmp_path / "fiche.pdf")
    read = " ".join(sheet.get_textpage().get_text_range() for sheet in printed)
    assert [line for line in lines if line[3:-4] not in read] == []
    assert len(printed) == sheets


def test_a_page_says_what_it_is_made_of(page, tmp_path):
    path = tmp_path / "page.html"
    assert stamped(path) == ""
    whole.write(path, page.encode())
    assert stamped(path) == "a" * 64
    path.write_bytes(page.encode()[:40])
    assert stamped(path) == ""


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "page.html"
    whole.write(path, b"before")
    with pytest.raises(TypeError):
        whole.write(path, None)
    assert path.read_bytes() == b"before"
    assert [found.name for found in tmp_path.iterdir()] == ["page.html"]


def test_the_key_is_made_once_and_for_one_user(tmp_path, monkeypatch):
    monkeypatch.delenv(names.KEY, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    first = names.key()
    assert names.key() == first
    assert len(first) >= 32
    assert names.key_file().stat().st_mode & 0o777 == 0o600
    assert not names.key_file().is_relative_to(ROOT)
    names.key_file().chmod(0o644)
    with pytest.raises(Failure, match="chmod 600"):
        names.key()


def test_the_environment_may_hold_the_key(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv(names.KEY, "k" * 32)
    assert names.key() == b"k" * 32
    assert not names.key_file().exists()
    monkeypatch.setenv(names.KEY, "court")
    with pytest.raises(Failure, match="au moins 32"):
        names.key()


def test_a_name_is_that_of_one_commune_in_one_wave_under_one_key():
    # Worked out with `printf '2026\0%s' 92094 | openssl dgst -sha256 -hmac …` and cut at forty characters.
    assert names.name(b"k" * 32, "2026", NAMUR) == "7a5837b9fbe163abeef315d9894f1a905e85e68d"
    told = {names.name(key, wave, ins) for key in (b"k" * 32, b"l" * 32) for wave in ("1", "11") for ins in ("1", "11")}
    assert len(told) == 8  # « 1 » of « 11 » is not « 11 » of « 1 »


def test_whatever_a_sheet_is_made_of_makes_it_stale(tmp_path, monkeypatch):
    data = shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.setattr(paths, "DATA", data)
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(stamps.inputs, "code", lambda *_: "code")
    monkeypatch.setattr(paths, "FRONT", shutil.copytree(paths.FRONT, tmp_path / "front"))
    monkeypatch.setattr(paths, "SHEET", shutil.copy(paths.SHEET, tmp_path / "fiche.ipynb") and tmp_path / "fiche.ipynb")
    titles = {"22_presence": "Présence"}
    asked = ("demo", "", "b", titles)
    first = stamps.stamp(*asked)
    assert stamps.stamp(*asked) == first
    others = [("demo", "2017", "b", titles), ("demo", "", "c", titles), ("demo", "", "b", {"22_presence": "Autre"})]
    assert first not in {stamps.stamp(*other) for other in others}
    for path in (
        *(data / name for name in ("demo/reponses.csv", "questionnaire.yml", "territoires/wallonie.yml")),
        *(tmp_path / name for name in ("front/fiches/fiche.css", "fiche.ipynb")),
    ):
        before = stamps.stamp(*asked)
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert stamps.stamp(*asked) != before, path.name
    last = stamps.stamp(*asked)
    (data / "2017" / "vague.yml").write_text("autre", encoding="utf-8")
    assert stamps.stamp(*asked) == last  # of a wave that no sheet of this one knows


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project with one small wave, whose names no spreadsheet may run."""
    into = copied(tmp_path_factory.mktemp("fiches"), "fiches")
    shutil.copytree(DATA, into / "data", ignore=shutil.ignore_patterns("2017", "demo"))
    made = small()
    next(row for row in made.frame if row["ins"] == NAMUR)["commune"] = "=Namur"
    next(row for row in made.rows if row["ins"] == NAMUR)["commune"] = ""
    (into / "data" / WAVE).mkdir()
    for name, content in made.contents().items():
        (into / "data" / WAVE / name).write_bytes(content)
    return into


def begun(project, *arguments):
    environment = os.environ | {"PYTHONPATH": str(project), "XDG_CONFIG_HOME": str(project / "config")}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "utils", "fiches", WAVE, *arguments]
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "preexec_fn": interruptible}
    return subprocess.Popen(command, cwd=project, env=environment, **told)


def run(project, *arguments):
    process = begun(project, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def sheets(project):
    return {path.name: path for path in (project / "_fiches" / WAVE).iterdir()}


@pytest.mark.chapters
def test_a_run_makes_what_is_missing_and_no_more(project):
    status, out, err = run(project)
    assert (status, err) == (0, "")  # no progress where nobody looks
    assert "8 fiches faites" in out.replace("\u00a0", " ")
    first = sheets(project)
    assert len(first) == 8
    assert all(ROW.fullmatch(name) for name in first)
    index = project / "_fiches" / f"{WAVE}.csv"
    rows = list(csv.reader(index.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["ins", "commune", "fichier"]
    assert {row[2] for row in rows[1:]} == set(first)
    assert [row[1] for row in rows if row[0] == NAMUR] == ["'=Namur"]
    assert ROEULX not in {row[0] for row in rows}

    lost, stale, *_ = (first[row[2]] for row in rows[1:])
    times = {name: path.stat().st_mtime_ns for name, path in first.items()}
    lost.unlink()
    stale.write_text(stale.read_text(encoding="utf-8").replace('"empreinte" content="', '"empreinte" content="0'))
    folder = project / "_fiches" / WAVE
    for left in (f"{'0' * 40}.html", f"{'0' * 40}.pdf", f".{lost.stem}.1.part.html"):
        (folder / left).write_text("autrefois")
    (folder / "notes.txt").write_text("d’un autre")
    status, out, _ = run(project)
    assert "2 fiches faites, 6 déjà à jour, 1 retirée" in out.replace("\u00a0", " ")
    again = sheets(project)
    assert set(again) == {*first, "notes.txt"}
    kept = [name for name in first if name not in (lost.name, stale.name)]
    assert all(again[name].stat().st_mtime_ns == times[name] for name in kept)


def test_who_took_no_part_is_told_and_an_unknown_code_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "SHEETS", tmp_path)
    monkeypatch.setenv(names.KEY, "k" * 32)
    assert main(["fiches", "demo", "--ins", "95002"]) == 0
    told = capsys.readouterr()
    assert "Lurmondes (95002) n’a pas pris part" in told.out
    assert not told.err
    assert main(["fiches", "demo", "--ins", "95001", "99999"]) == 1
    told = capsys.readouterr()
    assert "Code inconnu : 99999. Attendu : un code INS" in told.err.replace("\u00a0", " ")
    assert not list((tmp_path / "demo").iterdir())


@pytest.mark.chapters
def test_an_interruption_ends_at_once_and_leaves_whole_sheets(project):
    shutil.rmtree(project / "_fiches", ignore_errors=True)
    process = begun(project, "--jobs", "1")
    folder = project / "_fiches" / WAVE
    while not (folder.exists() and any(ROW.fullmatch(path.name) for path in folder.iterdir())):
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Traceback" not in err
    left = [path for path in folder.iterdir() if ROW.fullmatch(path.name)]
    assert all(path.read_text(encoding="utf-8").endswith("</html>") for path in left)


def test_counts_alone_make_no_sheet(capsys):
    assert main(["fiches", "2017"]) == 1
    assert "n’est faite que d’effectifs" in capsys.readouterr().err
