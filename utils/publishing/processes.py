"""Processes forked from a server that has done the imports of a chapter: each starts at once."""

__all__ = ["WORKERS", "context", "start"]

import multiprocessing
import os
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

WORKERS = os.cpu_count() or 1
_PRELOADED = [
    "utils.publishing.engine",
    "utils.publishing.chapter",
    "utils.showing.charts",
    "matplotlib.backends.backend_svg",
]


def start() -> None:
    """Start the server: its imports take as long as those of the command that will use it, and run beside them."""
    forkserver.set_forkserver_preload(_PRELOADED)
    forkserver.ensure_running()


def context() -> BaseContext:
    """Return what makes processes that are forked from the server; starts it if it does not run."""
    start()
    return multiprocessing.get_context("forkserver")
