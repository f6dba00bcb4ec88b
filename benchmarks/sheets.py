"""Measure communes' sheets: time of one among many, memory of all processes, beside the plain `papermill` command.

    .venv/bin/python benchmarks/sheets.py [--workers N] [COMMUNES …]

With `--workers`, they are made by a Dask cluster of so many workers on this machine, and not by its own processes.
Each number of communes (by default 262) is made into a wave of its own, all of which answer, in a copy of the
project: rows of the demonstration under other names. The same run executes the template notebook a few times with
the plain command, in a kernel, as an analyst would: the ratio of both is what counts, whatever the machine.
"""

import argparse
import csv
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from itertools import cycle
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # whose cluster makes sheets here too

from support.clusters import Cluster, around

from utils.publishing.elsewhere import copied

WAVE, PLAIN = "mesure", 3  # how often the plain command is run
BETWEEN = 0.1  # seconds between two looks at the memory


def made(project: Path, many: int) -> None:
    """Write a wave of many communes, all of which answer, into a copy of the project."""
    folder, demo = project / "data" / WAVE, project / "data" / "demo"
    folder.mkdir()
    frame, rows = (
        list(csv.DictReader((demo / f"{name}.csv").open(encoding="utf-8"))) for name in ("cadre", "reponses")
    )
    communes, answers = [], []
    for place, (commune, row) in enumerate(zip(cycle(frame), cycle(rows), strict=False)):
        if place == many:
            break
        again = place // len(frame)
        named = {
            "ins": str(10_000 + place) if again else commune["ins"],
            "commune": commune["commune"] + " bis" * again,
        }
        communes.append(commune | named)
        answers.append(row | named | {"id": f"m{place:05}"})
    for name, table in (("cadre", communes), ("reponses", answers)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table[0])
            writer.writeheader()
            writer.writerows(table)
    about = (demo / "vague.yml").read_text(encoding="utf-8")
    about = about[: about.index("carte:")] + about[about.index("notes:") :]
    (folder / "vague.yml").write_text(about, encoding="utf-8")


def watched(command: list[str], project: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Run a command; return its seconds, and the most megabytes that all its processes held together."""
    begun, most = time.perf_counter(), 0.0
    process = subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    done = threading.Event()

    def look() -> None:
        nonlocal most
        while not done.wait(BETWEEN):
            most = max(most, held(process.pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    failed = process.wait()
    done.set()
    watcher.join()
    if failed:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - begun, most


def held(pid: int) -> float:
    """Return the megabytes that a process and its children hold; what they share counts once (PSS)."""
    total = 0
    try:
        family = [psutil.Process(pid)]
        family += family[0].children(recursive=True)
    except psutil.Error:
        return 0
    for one in family:
        try:
            total += one.memory_full_info().pss
        except (psutil.Error, AttributeError):
            continue
    return total / 1e6


@contextmanager
def making(project: Path, workers: int) -> Iterator[list[str]]:
    """Return what is added to the command so that workers make the sheets, while they live; none: nothing."""
    if not workers:
        yield []
        return
    cluster = Cluster(project, project / "grappe")
    try:
        for _ in range(workers):
            cluster.join()
        yield ["--scheduler", cluster.address]
    finally:
        cluster.end()


def measured(many: int, workers: int = 0) -> None:
    """Measure one wave, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        project = copied(Path(folder), "data", "fiches")
        made(project, many)
        environment = around(project)
        with making(project, workers) as more:
            made_by = [sys.executable, "-m", "utils", "fiches", WAVE, *more]
            seconds, memory = watched(made_by, project, environment)
        pages = sorted((project / "_fiches" / WAVE).glob("*.html"))
        assert len(pages) == many, f"{len(pages)} sheets of {many}"
        again, _ = watched([sys.executable, "-m", "utils", "fiches", WAVE], project, environment)
        with (project / "_fiches" / f"{WAVE}.csv").open(encoding="utf-8-sig") as file:
            codes = [row["ins"] for row in csv.DictReader(file)][:: many // PLAIN][:PLAIN]
        plain = []
        for code in codes:
            command = [
                sys.executable,
                "-m",
                "papermill",
                "fiche.ipynb",
                str(project / "seule.ipynb"),
            ]
            # As text: a code of digits would be a number.
            command += ["-p", "wave", WAVE, "-r", "ins", code, "-p", "previous_wave", "", "--no-progress-bar"]
            plain.append(watched(command, project / "fiches", environment)[0])
    one, alone = seconds / many, statistics.median(plain)
    by = f" by {workers} workers" if workers else ""
    print(f"{many} sheets{by}: {seconds:.1f} s, {one:.3f} s each, {memory:.0f} MB at most (all processes, PSS)")
    print(f"  again, nothing to make: {again:.1f} s")
    print(f"  plain papermill: {alone:.2f} s each (median of {len(plain)}); ratio {one / alone:.3f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("communes", nargs="*", type=int, default=[262])
    parser.add_argument("--workers", type=int, default=0)
    given = parser.parse_args()
    tools = ", ".join(f"{name} {version(name)}" for name in ("papermill", "ipython", "pandas"))
    print(f"{platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}, {tools}")
    print(f"load before: {os.getloadavg()[0]:.1f}")
    for number in given.communes:
        measured(number, given.workers)
