"""Pieces of work for other processes, which find them here by their names."""

__all__ = [
    "be_ready",
    "be_refused",
    "die",
    "fail_to_be_ready",
    "leave",
    "make_for_ever",
    "note_and_wait",
    "secret",
    "swallow",
    "told",
]

import contextlib
import errno
import os
import signal
import time

from utils.publishing.failures import Failure
from utils.reading.problems import DataError, Problem

_ready: list[str] = []


def be_ready(word):
    _ready.append(word)


def be_refused(reached):
    """Find no place left on the disk."""
    reached("au début")
    raise OSError(errno.ENOSPC, "", "page.html")


def fail_to_be_ready():
    raise DataError([Problem("data/x.csv", "un nombre", 3)])


def leave(path, reached):
    """Leave what the process was made ready with, and spoil it for itself alone."""
    reached("au début")
    path.write_text(" ".join(_ready))
    _ready.append("gâté")


def swallow(reached):
    reached("cellule 7")
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


def make_for_ever(order, reached):  # noqa: ARG001 (as a sheet is made)
    swallow(reached)


def secret(reached):
    reached("cellule 2")
    return {}["ce qu’un répondant a écrit"]


def told(_):
    raise Failure("Le fichier manque.")


def die(reached):
    reached("cellule 4")
    os.kill(os.getpid(), signal.SIGKILL)


def note_and_wait(folder, _):
    (folder / str(os.getpid())).touch()
    time.sleep(60)
