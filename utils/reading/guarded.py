"""Other people's parsers, in a process of their own: what aborts, hangs or takes all memory there is a refusal here.

A parser is a generator of what JSON can hold, which begins with the path of a file. It is imported by name in the
other process, where it imports the library that it needs, and nothing else of ours.
"""

__all__ = ["LONG", "UNREAD", "StoppedError", "named", "parsed"]

import contextlib
import importlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from utils.paths import ROOT
from utils.reading import limits

LONG = f"des cellules d’au plus {limits.CELL // 1000}\u202f000 caractères"
UNREAD = (
    "qui se lise (son lecteur s’est arrêté, ou demande trop) : l’enregistrer de nouveau dans LibreOffice, ou en .csv"
)
SECONDS = limits.SECONDS  # for the next thing that is read, and of a processor for all of them
_STARTED = "from utils.reading.guarded import serve; serve()"


class StoppedError(Exception):
    """The other process ended before its parser did, whatever ended it."""


def named(parser: Callable[..., Iterator[Any]]) -> str:
    """Return how a parser is named: it is imported here for its name alone, and so that what it is made of is known."""
    return f"{parser.__module__}:{parser.__name__}"


def parsed(parser: str, *given: str | None) -> Iterator[Any]:
    """Yield what a parser yields.

    Parameters
    ----------
    parser : str
        As `named` names it: `utils.reading.cells:cells`.
    *given : str or None
        Its arguments.

    Raises
    ------
    StoppedError
        Its process ends in the middle: by itself, or as it takes more time or memory than it may.
    """
    order = [sys.executable, "-P", "-c", _STARTED, json.dumps([parser, given, SECONDS])]
    paths = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(order, stdout=subprocess.PIPE, env=paths, **quiet) as process:
        try:
            while True:
                patience = threading.Timer(SECONDS, process.kill)
                patience.start()
                try:
                    said = process.stdout.readline()
                finally:
                    patience.cancel()
                if not said.endswith(b"\n"):
                    raise StoppedError
                end, found = json.loads(said)
                if end:
                    return
                yield found
        finally:
            process.kill()


def serve() -> None:
    """Run the parser that is named on the command line, and write what it yields, a line each."""
    parser, given, seconds = json.loads(sys.argv[1])
    with contextlib.suppress(ImportError):  # where a system has no such limits
        import resource

        for what, most in (
            (resource.RLIMIT_AS, limits.MEMORY),
            (resource.RLIMIT_CPU, int(seconds) + 1),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))
    # What a library prints itself is nothing that is read here.
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        module, name = parser.split(":")
        for found in getattr(importlib.import_module(module), name)(*given):
            out.write(json.dumps([False, found]).encode() + b"\n")
            out.flush()
        out.write(b"[true, null]\n")
