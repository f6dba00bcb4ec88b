"""Waves that nobody wants (see `unwanted`), each checked as an analyst would, and what becomes of them.

    .venv/bin/python benchmarks/trials.py [BEGINNING OF A NAME]

Each is in a copy of the project, and given to `python -m utils check`. It is right if it is accepted or refused as it
should be; a refusal says what is wrong, in French, where; no run may end in a traceback, take more than a minute, print
what a respondent has written, or change a file. The table is written to `data/epreuves.csv` where all of them ran.
"""

import csv
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from unwanted import FREE, PRIVATE, TRIALS, Trial, everywhere

from utils.paths import DATA
from utils.publishing.elsewhere import copied

TABLE = DATA / "epreuves.csv"
SECONDS = 60


def prepared(folder: Path) -> Path:
    """Copy the project into a folder, with something private in the free text of every row."""
    copied(folder, "data")
    everywhere(**dict.fromkeys(FREE, PRIVATE))(folder / "data" / "demo")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Return what a folder holds."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def outcome(trial: Trial, project: Path, whole: Path) -> tuple[str, str, float]:
    """Return what became of a wave, what was wrong with that (empty: nothing), and how long it took."""
    shutil.rmtree(project / "data")
    shutil.copytree(whole, project / "data")
    trial.change(project / "data" / "demo")
    before, begun = tree(project / "data"), time.perf_counter()
    command = [sys.executable, "-m", "utils", "check", "demo"]
    try:
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "arrêtée", f"plus de {SECONDS} secondes", float(SECONDS)
    seconds, told = time.perf_counter() - begun, done.stdout + done.stderr
    became = {0: "acceptée", 1: "refusée"}.get(done.returncode, f"code {done.returncode}")
    faults = {
        "une trace d’erreur": "Traceback" in told,
        "ce qu’un répondant a écrit": PRIVATE in told,
        "un fichier a changé": tree(project / "data") != before,
        f"attendu : {'refusée' if trial.says else 'acceptée'}": (became == "refusée") != bool(trial.says),
        f"ne dit pas « {trial.says} »": bool(trial.says) and not re.search(trial.says, told),
    }
    return became, " ; ".join(fault for fault, found in faults.items() if found), seconds


def main(beginning: str = "") -> int:
    """Try the waves whose description begins so; return how many were not as they should be."""
    chosen = [trial for trial in TRIALS if trial.told.startswith(beginning)]
    found = []
    with tempfile.TemporaryDirectory() as place:
        project = prepared(Path(place) / "livre" if (Path(place) / "livre").mkdir() is None else Path(place))
        whole = Path(shutil.copytree(project / "data", Path(place) / "data"))
        for trial in chosen:
            became, wrong, seconds = outcome(trial, project, whole)
            found.append((trial.kind, trial.told, became, wrong))
            print(
                f"{trial.kind:10} {seconds:5.1f} s {became:9} {trial.told}{f' — {wrong}' if wrong else ''}", flush=True
            )
    if not beginning:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("genre", "epreuve", "issue", "faute"))
            writer.writerows(found)
    wrong = sum(bool(fault) for *_, fault in found)
    print(f"{len(found)} waves, {wrong} not as they should be")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))
