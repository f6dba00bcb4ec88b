"""Commands killed at random moments, on a full disk and on one that is read only: what is left, and what the next does.

    .venv/bin/python benchmarks/kills.py [SHARE OF THE POINTS]

Each command runs in a copy of the project. Before, it is run to its end once: what it publishes and writes into
`data/` and `_fiches/` is what is expected, and what stood there before is the only other thing that may be found
after a kill. Half of the points lie in the last fifth of the command's time, where it writes. After each, no process
may live on for more than three seconds, and the same command, run again, must make what is expected and leave
nothing else. Full and read-only disks need the rights to mount one; where they lack, they are left out.
The table, which says how many points it stands on, is written to `data/arrets.csv`.
"""

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from utils.paths import DATA
from utils.publishing.elsewhere import copied

TABLE = DATA / "arrets.csv"
TITLES = ("epreuve", "commande", "points", "intact", "repris", "processus", "restes", "phrase")
HELD = ("_site", "data", "_fiches")  # what commands may not damage; `_build` only spares work
LATE = 0.8  # of a command's time; what follows is the last fifth
PATIENCE = 3.0  # seconds in which all that a killed command began ends
MARK = "ARRETS"  # in the environment of all that a command begins
EXPORT, FRAME = "docs/tutoriel/export-google-forms.csv", "docs/tutoriel/communes.csv"

Change = Callable[[Path], object]


@dataclass(frozen=True)
class Killed:
    """A command, what precedes it, and at how many moments it is killed."""

    name: str
    words: tuple[str, ...]
    points: int
    change: Change = lambda _: None


def retold(project: Path) -> None:
    """Add a word to the first text of a chapter."""
    path = project / "chapters" / "24_pratiques.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# Pratiques", "# Pratiques retouchées", 1), encoding="utf-8")


def damaged(project: Path) -> None:
    """Put a medium that nobody knows into a respondent's row."""
    path = project / "data" / "demo" / "reponses.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",facebook", ",fessebouc", 1), encoding="utf-8")


CODES = ("95001", "95004", "95005", "95006", "95007", "95008")
KILLED = (
    Killed("build", ("build", "2017"), 60, retold),
    Killed("pdf", ("pdf", "2017"), 12),
    Killed("new", ("new", "2026", "--from", EXPORT, "--cadre", FRAME), 50),
    Killed("check --ecarter", ("check", "demo", "--ecarter"), 40, damaged),
    Killed("fiches", ("fiches", "demo", "--ins", *CODES), 40),
)
FOLDERS = ("_build", "_site", "data", "_fiches")


def command(project: Path, words: tuple[str, ...]) -> subprocess.Popen:
    """Begin a command in a copy of the project, in a group of its own."""
    around = os.environ | {"PYTHONPATH": str(project), "CI": "true", MARK: str(project)}
    around["XDG_CONFIG_HOME"] = str(project.with_name("cles"))  # where the key stands that names sheets
    return subprocess.Popen(
        [sys.executable, "-m", "utils", *words],
        cwd=project,
        env=around,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def held(project: Path) -> dict[str, bytes]:
    """Return every file that matters: hidden ones are what commands work with, and are looked at on their own."""
    found = (path for name in HELD for path in (project / name).rglob("*") if path.is_file())
    apart = (".verrou", "recu.json")  # a lock says nothing; a receipt says of which commit, and a copy is of none
    return {path.relative_to(project).as_posix(): _told(path) for path in found if not path.name.endswith(apart)}


def _told(path: Path) -> bytes:
    """Return what a file holds; of what Chromium has printed, which differs by a few bytes, whether it is whole."""
    content = path.read_bytes()
    return b"%PDF" if content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF") else content


def seen(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what whoever looks into the folders sees, or a host serves."""
    return {name: told for name, told in files.items() if not any(part.startswith(".") for part in name.split("/"))}


def as_one(files: dict[str, bytes], before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Tell whether each edition, each wave and each sheet is as before or as after, and none is half of each."""
    parts = {"/".join(name.split("/")[:2]) for name in {*files, *before, *after}}

    def part(of: dict[str, bytes], name: str) -> dict[str, bytes]:
        return {path: told for path, told in of.items() if path == name or path.startswith(f"{name}/")}

    for name in parts - {f"_fiches/{wave}" for wave in ("demo",)}:
        if part(files, name) not in (part(before, name), part(after, name)):
            return False
    sheets = part(files, "_fiches/demo")
    return all(after.get(name) == told or before.get(name) == told for name, told in sheets.items())


def alive(project: Path) -> list[psutil.Process]:
    """Return the processes that a command in this copy of the project began, and that still live."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(project) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def outlived(project: Path) -> int:
    """Return how many processes live on, which are then ended."""
    until = time.monotonic() + PATIENCE
    while (left := alive(project)) and time.monotonic() < until:
        time.sleep(0.1)
    for process in left:
        process.kill()
    return len(left)


def restored(project: Path, whole: Path) -> None:
    """Put a copy of the project back to where it was, dates included."""
    subprocess.run(["rsync", "-a", "--delete", f"{whole}/", f"{project}/"], check=True)


def killed(project: Path, whole: Path, one: Killed, rng: random.Random, share: float) -> list[object]:
    """Kill a command at its points, and return its row of the table."""
    restored(project, whole)
    one.change(project)
    ready = whole.with_name("pret")
    ready.mkdir(exist_ok=True)
    restored(ready, project)
    before, begun = held(project), time.monotonic()
    running = command(project, one.words)
    told = running.communicate()[0]
    lasts, after = time.monotonic() - begun, held(project)
    if running.returncode:
        raise SystemExit(f"{one.name}: {told}")
    points = max(2, round(one.points * share))
    right = dict.fromkeys(("whole", "again", "alive", "left"), 0)
    for point in range(points):
        restored(project, ready)
        moment = rng.uniform(LATE, 1) if point % 2 else rng.uniform(0, LATE)
        running = command(project, one.words)
        time.sleep(moment * lasts)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        right["alive"] += outlived(project)
        right["whole"] += as_one(seen(held(project)), seen(before), seen(after))
        again = command(project, one.words)
        said = again.communicate()[0]
        exists = one.words[0] == "new" and "existe déjà" in said  # it was killed after all was done
        now = held(project)
        right["again"] += (not again.returncode or exists) and seen(now) == seen(after)
        right["left"] += len(now.keys() - after.keys())
        if seen(now) != seen(after) or (again.returncode and not exists):
            differ = sorted(name for name in now.keys() | after.keys() if now.get(name) != after.get(name))
            print(f"  {one.name}, {moment:.2f}: {differ[:5]}\n{said[-500:]}", flush=True)
    print(f"{one.name:16} {lasts:5.1f} s, {points} points: {right}", flush=True)
    return ["arrêt", one.name, points, right["whole"], right["again"], right["alive"], right["left"], ""]


@contextmanager
def mounted(folder: Path, *, full: bool) -> Iterator[None]:
    """Let a folder hold no more than it does, or let nobody write into it."""
    if full:
        kept = folder.with_name(f"{folder.name}-vrai")
        folder.rename(kept)
        folder.mkdir()
        size = sum(path.stat().st_size for path in kept.rglob("*") if path.is_file())
        blocks = sum(-(-path.stat().st_size // 4096) + 1 for path in kept.rglob("*"))
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={max(size, blocks * 4096) + 65536}", "x", folder], check=True
        )
        shutil.copytree(kept, folder, dirs_exist_ok=True, symlinks=True)
    else:
        subprocess.run(["mount", "--bind", folder, folder], check=True)
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)
        if full:
            shutil.rmtree(folder)
            kept.rename(folder)


def hindered(project: Path, whole: Path, one: Killed, folder: str, *, full: bool) -> list[object]:
    """Run a command while a folder takes nothing; return its row of the table."""
    restored(project, whole)
    one.change(project)
    (project / folder).mkdir(exist_ok=True)
    before = held(project)
    with mounted(project / folder, full=full):
        running = command(project, one.words)
        said = running.communicate()[0].strip()
        now = held(project)
    left = outlived(project)
    done = running.returncode == 0
    reference = held(project) if done else before
    sentence = done or ("Traceback" not in said and len(said.splitlines()) < 4)
    if not sentence or not as_one(seen(now), seen(before), seen(reference)):
        print(f"  {one.name}, {folder}, {'full' if full else 'read only'}: {said[-900:]}", flush=True)
    whole_ = int(as_one(seen(now), seen(before), seen(reference)))
    again = command(project, one.words)
    told = again.communicate()[0]
    resumed = int(not again.returncode or "existe déjà" in told)
    kind = f"{'disque plein' if full else 'lecture seule'} : {folder}"
    return [
        kind,
        one.name,
        1,
        whole_,
        resumed,
        left,
        0,
        "faite" if done else said.splitlines()[0] if sentence else "trace",
    ]


def prepared(place: Path) -> Path:
    """Copy the project, and publish its edition."""
    whole = place / "avant"
    whole.mkdir()
    copied(whole, "data", "fiches", "docs")
    for words in (("build", "2017"), ("check", "demo")):
        running = command(whole, words)
        said = running.communicate()[0]
        if running.returncode:
            raise SystemExit(said)
    return whole


def main(share: float = 1.0) -> None:
    """Try everything, and write the table."""
    rng, table = random.Random(20261201), []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        # Whole and copy at one address each: what is kept from a build is known by its content.
        whole, project = prepared(place), place / "livre"
        project.mkdir()
        for one in KILLED:
            table.append(killed(project, whole, one, rng, share))
        if os.geteuid() == 0:
            for full in (True, False):
                for one in KILLED:
                    for folder_ in FOLDERS:
                        table.append(hindered(project, whole, one, folder_, full=full))
                        print(*table[-1], flush=True)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(TITLES)
        writer.writerows(table)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
