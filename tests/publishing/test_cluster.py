"""Sheets made by a real scheduler and its workers: each once, the same as here, whoever dies on the way."""

import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
from support import works
from support.clusters import Cluster, around

from utils.paths import DATA
from utils.publishing.elsewhere import copied
from utils.publishing.failures import Failure
from utils.publishing.sheets import cluster, every
from utils.publishing.sheets.making import Order

pytestmark = pytest.mark.chapters

FEW = 8  # communes of the demonstration
SHEET = re.compile(r"[0-9a-f]{40}\.html")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project with the demonstration's wave, and the codes of some of its communes."""
    into = copied(tmp_path_factory.mktemp("grappe"), "fiches")
    shutil.copytree(DATA, into / "data", ignore=shutil.ignore_patterns("2017"))
    rows = (DATA / "demo" / "reponses.csv").read_text(encoding="utf-8").splitlines()
    codes = sorted({found[0] for row in rows if (found := re.findall(r"\b9\d{4}\b", row))})[:FEW]
    return into, codes


@pytest.fixture
def gathered(project, tmp_path):
    made = Cluster(project[0], tmp_path / "grappe")
    yield made
    made.end()


def asked(project, codes, *more):
    command = [sys.executable, "-m", "utils", "fiches", "demo", "--ins", *codes, *more]
    return subprocess.Popen(command, cwd=project, env=around(project), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def sheets(project):
    folder = project / "_fiches" / "demo"
    found = folder.iterdir() if folder.exists() else ()
    return {path.name: path.read_bytes() for path in found if SHEET.fullmatch(path.name)}


def until_there_are(project, many, process):
    while len(sheets(project)) < many:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


@pytest.fixture(scope="module")
def here(project):
    """Return the sheets as this machine alone makes them."""
    process = asked(*project)
    told, _ = process.communicate(timeout=300)
    assert process.returncode == 0, told
    found = sheets(project[0])
    assert len(found) == FEW
    return found


def test_whoever_dies_each_sheet_is_made_once_and_the_same(project, here, gathered):
    """Who asked is lost and comes back; a worker dies meanwhile, another joins late."""
    folder, codes = project
    shutil.rmtree(folder / "_fiches")
    gathered.join()
    gathered.join()
    process = asked(folder, codes, "--scheduler", gathered.address)
    until_there_are(folder, 2, process)
    process.kill()
    process.communicate()
    before = sheets(folder)
    assert 2 <= len(before) < FEW
    process = asked(folder, codes, "--scheduler", gathered.address)
    until_there_are(folder, len(before) + 2, process)
    gathered.workers[0].send_signal(signal.SIGKILL)
    gathered.join()
    told, _ = process.communicate(timeout=300)
    assert process.returncode == 0, told
    assert sheets(folder) == here
    assert f"{FEW - len(before)} fiches faites, {len(before)} déjà à jour" in told.decode().replace("\u00a0", " ")


def test_a_worker_with_other_data_makes_no_sheet(project, gathered, tmp_path):
    folder, codes = project
    other = shutil.copytree(folder, tmp_path / "autre", ignore=shutil.ignore_patterns("_fiches"))
    with (other / "data" / "questionnaire.yml").open("a", encoding="utf-8") as file:
        file.write("\n# autre\n")
    gathered.project = other
    gathered.join()
    shutil.rmtree(folder / "_fiches", ignore_errors=True)
    process = asked(folder, codes[:1], "--scheduler", gathered.address)
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "n’a pas le même code, les mêmes données" in told.decode()
    assert not sheets(folder)


def test_a_worker_that_may_begin_no_process_says_how_it_may(project, gathered):
    folder, codes = project
    shutil.rmtree(folder / "_fiches", ignore_errors=True)
    gathered.join("--nanny")
    process = asked(folder, codes[:1], "--scheduler", gathered.address)
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "--no-nanny" in told.decode()
    assert not sheets(folder)


def test_a_sheet_that_takes_too_long_is_stopped(monkeypatch):
    order = Order("demo", "95001", "", "x.html", "marque", "")
    monkeypatch.setattr(cluster, "_stamp", lambda *_: "marque")
    monkeypatch.setattr(cluster, "make", works.make_for_ever)
    monkeypatch.setattr(cluster, "LIMIT", 1.0)
    with pytest.raises(Failure, match=r"cellule 7 : arrêté après 1\sseconde"):
        cluster._made(order)


def test_nobody_at_the_address_is_said(monkeypatch):
    monkeypatch.setattr(cluster, "ANSWERING", 1)
    with pytest.raises(Failure, match=r"Personne ne répond à l’adresse « tcp://127\.0\.0\.1:1 »"):
        list(cluster.spread([], "tcp://127.0.0.1:1"))


def test_without_the_library_it_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Failure, match="pip install"):
        list(every.spread([], "tcp://127.0.0.1:1"))
