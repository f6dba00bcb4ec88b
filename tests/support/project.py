"""Processes of the project's own commands."""

__all__ = ["interruptible", "of_session", "until"]

import signal
import time
from pathlib import Path


def interruptible() -> None:
    """Let a process that is begun be interrupted, although the tests may run where a shell ignores that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def of_session(session):
    """Return the processes that are left of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def until(holds, seconds):
    """Wait until something holds, and return it."""
    ends = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < ends:
        time.sleep(0.05)
    return found
