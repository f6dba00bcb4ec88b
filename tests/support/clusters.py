"""A real Dask scheduler and its workers, on this machine alone."""

__all__ = ["Cluster", "around"]

import os
import re
import subprocess
import sys
import time


class Cluster:
    """A scheduler and workers on this machine alone."""

    def __init__(self, project, place):
        self.project, self.place, self.workers = project, place, []
        place.mkdir()
        # No sheet is tried again by the scheduler: as if each that a dead worker held had killed four.
        given_up = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
        self.scheduler = self._begun("scheduler", "--host", "127.0.0.1", "--port", "0", more=given_up)
        self.address = _said(place / "scheduler.log", r"Scheduler at: *(tcp://127\.0\.0\.1:\d+)")

    def join(self, *how):
        """Let a worker join."""
        how = how or ("--no-nanny",)
        more = ("--nthreads", "1", *how, "--local-directory", str(self.place), "--host", "127.0.0.1")
        name = f"worker-{len(self.workers)}"
        self.workers.append(self._begun("worker", self.address, *more, log=name))
        _said(self.place / f"{name}.log", r"(Registered to)")

    def end(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _begun(self, kind, *words, log="", more=()):
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words, "--no-dashboard"]
        with (self.place / f"{log or kind}.log").open("w") as told:
            environment = around(self.project) | dict(more)
            return subprocess.Popen(command, cwd=self.project, env=environment, stdout=told, stderr=told)


def around(project):
    return os.environ | {"PYTHONPATH": str(project), "FICHES_CLE": "k" * 32, "CI": "true"}


def _said(log, pattern):
    """Wait until a process says something, and return it."""
    for _ in range(600):
        if log.exists() and (found := re.search(pattern, log.read_text())):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text())
