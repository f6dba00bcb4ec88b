"""How long an edition takes to build: from nothing, after a change, and when nothing has changed.

    .venv/bin/python benchmarks/build.py [RUNS]

Held against `jupyter-book build` that executes the same notebooks, and against papermill's
command on each of them, one after the other. All ways run in this one call, in turn, on
copies of the project, so that the ratios hold on whatever machine they are made.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import yaml

from utils.publishing.elsewhere import copied

WAVE = "2017"
LIBRARIES = ("jupyter-book", "papermill", "pandas", "matplotlib")


def emptied(into: Path) -> Path:
    """Copy what a build needs, chapters without what they showed."""
    for path in (copied(into, "data") / "chapters").glob("*.ipynb"):
        told = json.loads(path.read_text(encoding="utf-8"))
        for cell in told["cells"]:
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return into


def run(folder: Path, *command: str, known: Path | None = None) -> None:
    """Run a command in a folder of a copy; the code it imports is the copy's."""
    around = {**os.environ, "PYTHONPATH": str(known or folder), "CI": "true"}
    done = subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def ours(folder: Path) -> None:
    """Build as `make book` does."""
    run(folder, sys.executable, "-m", "utils", "build", WAVE)


def jupyter_book(folder: Path) -> None:
    """Build with Jupyter Book, which executes every notebook."""
    config = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    config["execute"] |= {"execute_notebooks": "force", "timeout": 300}
    (folder / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    run(folder, str(Path(sys.executable).parent / "jupyter-book"), "build", ".", "--all", "--quiet")


def papermill(folder: Path) -> None:
    """Execute the notebooks with papermill's command, one after the other."""
    for notebook in sorted((folder / "chapters").glob("*.ipynb")):
        if not notebook.name.startswith("40_"):  # compares with another wave
            command = (str(Path(sys.executable).parent / "papermill"), notebook.name, f"fait-{notebook.name}")
            run(folder / "chapters", *command, "-r", "wave", WAVE, known=folder)


def edited(folder: Path, kind: str) -> None:
    """Add a sentence to a chapter: to a text, or to a cell that tells one."""
    path = folder / "chapters" / "24_pratiques.ipynb"
    told = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in told["cells"] if cell["cell_type"] == kind]
    chosen = next(cell for cell in cells if kind == "markdown" or cell["source"][0].startswith("%%prose"))
    chosen["source"] += ["\n", "\n", f"Écrit à {time.time()}."]
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def seconds(way: Callable[[Path], None], folder: Path) -> float:
    """Return the wall-clock time of one way."""
    start = time.perf_counter()
    way(folder)
    return time.perf_counter() - start


def measured() -> dict[str, float]:
    """Return the seconds of each way, once."""
    found = {}
    with tempfile.TemporaryDirectory() as place:
        folders = {name: Path(place) / name for name in ("jupyter-book", "papermill", "ours")}
        for folder in folders.values():
            folder.mkdir()
            emptied(folder)
        found["jupyter-book"] = seconds(jupyter_book, folders["jupyter-book"])
        found["papermill, one after the other"] = seconds(papermill, folders["papermill"])
        found["from nothing"] = seconds(ours, folders["ours"])
        found["nothing changed"] = seconds(ours, folders["ours"])
        for kind, told in (("markdown", "one text changed"), ("code", "one cell of prose changed")):
            edited(folders["ours"], kind)
            found[told] = seconds(ours, folders["ours"])
    return found


def main(runs: int = 3) -> None:
    """Print each way's seconds, and its ratio to Jupyter Book in the same run."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))
    every = [measured() for _ in range(runs)]
    for way in every[0]:
        told = ", ".join(f"{one[way]:.1f}" for one in every)
        ratios = [one[way] / one["jupyter-book"] for one in every]
        print(f"{way:34} {told:>24} s   ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
