"""Processes that make sheets, each from a server that has done the imports, and replaced before it grows.

Not an executor of the library: that cannot say that one sheet is done and replace its process after many, and it
leaves its processes behind where it is stopped. A worker here ends by itself once nobody asks it for anything.
"""

__all__ = ["SheetError", "run"]

import contextlib
import gc
import os
import signal
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait

from utils.publishing import processes
from utils.publishing.failures import Failure
from utils.publishing.sheets.edition import Edition, hold
from utils.publishing.sheets.making import Order, make

RECYCLED = 60  # sheets that a process makes: each leaves a little behind in the notebook's shell


class SheetError(Failure):
    """A sheet cannot be made."""


class _Worker:
    """A process, and the way to it."""

    def __init__(self, first: Order, held: Edition) -> None:
        context = processes.context()
        self.ours, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, first.wave, first.previous, held), daemon=True)
        self.process.start()
        theirs.close()
        self.made, self.order = 0, first

    def ask(self, order: Order) -> None:
        self.order = order
        self.ours.send(order)

    def dismiss(self) -> None:
        self.ours.close()
        self.process.join()

    def kill(self) -> None:
        # With whatever it has started, such as a browser that prints.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()


def run(orders: Iterable[Order], held: Edition, jobs: int) -> Iterator[str]:
    """Make sheets side by side, and yield each commune's code once its sheet is there.

    Whatever ends it, an interruption too, leaves no process behind.

    Parameters
    ----------
    orders : iterable of Order
        Of one wave.
    held : Edition
        What its sheets stand on: gathered once, handed to each process.
    jobs : int
        How many processes.

    Raises
    ------
    SheetError
        A sheet could not be made; the message names its commune. Those that were made are there.
    """
    waiting = iter(orders)
    working: dict[Connection, _Worker] = {}
    try:
        for order in _first(waiting, jobs):
            worker = _Worker(order, held)
            working[worker.ours] = worker
            worker.ask(order)
        while working:
            for ready in wait(list(working)):
                worker = working[ready]
                yield _answer(worker)
                worker.made += 1
                following = next(waiting, None)
                if following is None or worker.made >= RECYCLED:
                    del working[ready]
                    worker.dismiss()
                if following is None:
                    continue
                if worker.made >= RECYCLED:
                    worker = _Worker(following, held)
                    working[worker.ours] = worker
                worker.ask(following)
    finally:
        for worker in working.values():
            worker.kill()
        for worker in working.values():
            worker.dismiss()


def _first(waiting: Iterator[Order], jobs: int) -> Iterator[Order]:
    for _ in range(jobs):
        if (order := next(waiting, None)) is not None:
            yield order


def _answer(worker: _Worker) -> str:
    try:
        failed, told = worker.ours.recv()
    except (EOFError, ConnectionResetError) as error:
        raise SheetError(f"La fiche de {worker.order.ins} a été interrompue : son processus s’est arrêté.") from error
    if failed:
        raise SheetError(f"La fiche de {worker.order.ins} a échoué :\n{told}")
    return told


def _serve(asked: Connection, wave: str, previous: str, held: Edition) -> None:
    """Make the sheets that are asked for, until nobody asks any more."""
    os.setpgid(0, 0)  # so that whoever stops it stops what it has started, and no key pressed reaches it
    # What the server has imported stays shared: no collection writes to it.
    gc.freeze()
    hold(wave, previous, held)
    while True:
        try:
            order = asked.recv()
        except EOFError:
            return
        try:
            answer = (False, make(order))
        except Exception as error:  # whatever fails is told by the one that asked
            answer = (True, str(error))
        try:
            asked.send(answer)
        except BrokenPipeError:
            return
