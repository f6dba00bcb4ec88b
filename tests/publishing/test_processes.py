"""Work beside the asker: warm, apart, killed when it takes too long, gone when the asker is."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from support.project import interruptible, of_session, until
from support.works import be_ready, die, fail_to_be_ready, leave, secret, swallow, told

from utils.french import NBSP
from utils.paths import ROOT
from utils.publishing import processes
from utils.publishing.elsewhere import copied
from utils.publishing.failures import Failure
from utils.publishing.processes import Workshop


def faults(works, *, ready=None, limit=30):
    with Workshop(ready or partial(be_ready, "prêt")) as workshop:
        return {name: fault and (fault.at, fault.what) for name, fault in workshop.does(works, limit)}


def test_each_piece_of_work_finds_what_was_made_ready_and_reaches_no_other(tmp_path):
    works = {str(i): partial(leave, tmp_path / str(i)) for i in range(5)}
    assert faults(works) == dict.fromkeys(works)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"prêt"}


def test_a_workshop_does_round_after_round(tmp_path):
    begun = []
    with Workshop(partial(be_ready, "prêt")) as workshop:
        for i in "ab":
            assert list(workshop.does({i: partial(leave, tmp_path / i)}, 30, begun.append)) == [(i, None)]
    assert begun == ["a", "b"]


def test_what_takes_too_long_is_killed_whatever_it_catches(tmp_path):
    found = faults({"a": swallow, "b": partial(leave, tmp_path / "b")}, limit=1)
    assert found == {"a": ("cellule 7", f"arrêté après 1{NBSP}seconde"), "b": None}


def test_an_error_is_told_without_what_the_data_holds():
    assert faults({"a": secret, "b": told, "c": die}) == {
        "a": ("cellule 2", "KeyError"),
        "b": ("", "Le fichier manque."),
        "c": ("cellule 4", "le processus s’est arrêté (code -9)"),
    }


def test_its_trace_is_for_whoever_mends_it():
    with Workshop(partial(be_ready, "")) as workshop:
        ((_, fault),) = workshop.does({"a": secret}, 30)
    assert "répondant" in fault.trace
    assert str(fault) == "cellule 2 : KeyError"


def test_where_it_cannot_be_made_ready_every_piece_of_work_says_so():
    found = faults({"a": swallow, "b": swallow}, ready=fail_to_be_ready)
    assert all("data/x.csv, ligne 3" in what for _, what in found.values())


def test_where_its_leader_dies_it_is_said():
    with Workshop(partial(be_ready, "")) as workshop:
        workshop._process.kill()
        with pytest.raises(Failure, match="s’est arrêté"):
            list(workshop.does({"a": swallow}, 30))


def test_without_forks_the_same_is_done(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "_forks", lambda: False)
    works = {"a": partial(leave, tmp_path / "a"), "b": secret}
    assert faults(works) == {"a": None, "b": ("cellule 2", "KeyError")}
    assert (tmp_path / "a").read_text() == "prêt"


ASKER = """
import sys, signal
from functools import partial
from pathlib import Path
sys.path.insert(0, {tests!r})
from support import works
from utils.publishing.failures import Failure
from utils.publishing.processes import Workshop
if __name__ == "__main__":
    wait = partial(works.note_and_wait, Path({folder!r}))
    try:
        with Workshop(partial(works.be_ready, "")) as workshop:
            list(workshop.does({{"a": wait, "b": wait, "c": wait}}, 60))
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are found in /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_who_asked(tmp_path, how):
    code = ASKER.format(tests=str(ROOT / "tests"), folder=str(tmp_path))
    script = tmp_path / "asker.py"
    script.write_text(code)
    # In a group of its own: as from a keyboard, all its processes get the signal to be interrupted.
    asker = subprocess.Popen([sys.executable, script], start_new_session=True, cwd=ROOT, preexec_fn=interruptible)
    try:
        at_work = until(lambda: [path.name for path in tmp_path.iterdir() if path.name.isdigit()], 30)
        (os.killpg if how == signal.SIGINT else os.kill)(asker.pid, how)
        asker.wait(20)
        assert until(lambda: not any(Path("/proc", pid).exists() for pid in at_work), 5)
        assert until(lambda: not of_session(asker.pid), 5), of_session(asker.pid)
    finally:
        for pid in of_session(asker.pid):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are found in /proc")
@pytest.mark.parametrize("processes", [2, 5])
def test_a_command_that_is_interrupted_ends_in_one_line(tmp_path, processes):
    """While it imports, beside the server that does, and while chapters run."""
    project = copied(tmp_path, "data")
    command = subprocess.Popen(
        [sys.executable, "-m", "utils", "build", "2017"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        start_new_session=True,
        preexec_fn=interruptible,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert until(lambda: len(of_session(command.pid)) >= processes, 30)
    os.killpg(command.pid, signal.SIGINT)
    try:
        _, said = command.communicate(timeout=20)
    finally:
        command.kill()
    assert said.splitlines()[-1:] == ["Interrompu : ce qui était publié l’est encore."]
    assert "Traceback" not in said
    assert command.returncode == 130
    assert until(lambda: not of_session(command.pid), 5)
    assert not (project / "_site").exists()
