"""The project copied elsewhere, so that its commands can be run on other data."""

__all__ = ["copied", "interruptible"]

import shutil
import signal
from pathlib import Path

from utils.paths import ROOT

NEEDED = ("utils", "chapters", "_config.yml", "_toc.yml", "references.bib", "CITATION.cff", "requirements.lock")


def copied(into: Path, *more: str) -> Path:
    """Copy what a build needs, and `more` of the project's files and folders, into an empty folder; return it."""
    for name in (*NEEDED, *more):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, into / name)
    return into


def interruptible() -> None:
    """Let a process that is begun be interrupted, although the tests may run where a shell ignores that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
