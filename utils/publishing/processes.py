"""Work done side by side, each piece in a process forked from one that is warm; none outlives who asked for it.

A server does the imports of a chapter once. A `Workshop` is a process of it that makes
itself ready, reads the wave for instance, and forks one process for each piece of work:
what is ready serves all of them, what one of them does to it reaches no other. A piece
that takes too long is killed, whatever it catches.
"""

__all__ = ["SHEETS", "WORKERS", "Fault", "Reached", "Work", "Workshop", "start", "stop"]

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import connection, forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

from utils.french import count
from utils.paths import ROOT
from utils.publishing.failures import Failure, refused

WORKERS = os.cpu_count() or 1
PATIENCE = 0.5  # seconds that a process gets to end by itself
# What chapters and pages are both made with; the rest, each imports for itself, side by side.
_PRELOADED = ["IPython.core.interactiveshell", "utils.reading.waves", "utils.showing.tables"]
_RUNNING = ("interactiveshell", "processes")  # what runs others' code, and is no place to look for a fault
SHEETS = ["utils.publishing.sheets.making"]  # what communes' sheets are made with
Reached = Callable[[str], None]  # told by a piece of work: where it is
Work = Callable[[Reached], object]  # leaves what it makes in files


@dataclass(frozen=True)
class Fault:
    """Why a piece of work was not done.

    Attributes
    ----------
    what : str
        In French, without anything that the data holds.
    at : str
        Where the work was, as it told itself: « cellule 3 »; empty if it told nothing.
    trace : str
        For whoever mends it; it may hold what the data holds.
    """

    what: str
    at: str = ""
    trace: str = ""

    def __str__(self) -> str:
        return f"{self.at} : {self.what}" if self.at else self.what

    @classmethod
    def of(cls, error: BaseException, at: str = "") -> "Fault":
        """Return what an error says that may be shown: its kind, and where it came from; its message if it is ours."""
        from utils.reading.problems import DataError

        trace = "".join(traceback.format_exception(error))
        if isinstance(error, Failure | DataError):
            return cls(str(error), at, trace)
        if isinstance(error, OSError):
            return cls(refused(error), at, trace)
        steps = traceback.extract_tb(error.__traceback__)
        ran = max((i for i, step in enumerate(steps) if Path(step.filename).stem in _RUNNING), default=-1)
        ours = [step for step in steps[ran + 1 :] if Path(step.filename).is_relative_to(ROOT / "utils")]
        place = f" ({Path(ours[-1].filename).relative_to(ROOT)}, ligne {ours[-1].lineno})" if ours else ""
        return cls(f"{type(error).__name__}{place}", at, trace)


def start(preloaded: Sequence[str] = _PRELOADED) -> None:
    """Start the server: its imports take as long as those of the command that will use it, and run beside them.

    Where it runs already, it stays as it is.
    """
    if _forks():
        forkserver.set_forkserver_preload(list(preloaded))
        # Who interrupts from a keyboard interrupts the command; the server, and what it forks, end with it.
        resource_tracker.ensure_running()  # which lets the signal through again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        forkserver.ensure_running()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def stop() -> None:
    """End the server at once: in the middle of its imports it would not see that nobody needs it any more."""
    # The library has no public way: its own, at exit, waits for the imports to end.
    server = forkserver._forkserver._forkserver_pid
    if server:
        os.kill(server, signal.SIGKILL)


def _forks() -> bool:
    return {"fork", "forkserver"} <= set(multiprocessing.get_all_start_methods())


def _context() -> BaseContext:
    """Return what makes warm processes; where a system cannot fork, each makes itself ready anew."""
    start()
    return multiprocessing.get_context("forkserver" if _forks() else "spawn")


class Workshop:
    """A warm process that does pieces of work side by side, each in a process of its own.

    Parameters
    ----------
    ready : callable
        What it does first, while the asker goes on.

    Examples
    --------
    >>> with Workshop(load_wave) as workshop:  # doctest: +SKIP
    ...     for name, fault in workshop.does({"a": first, "b": second}, limit=60):
    ...         print(name, fault or "done")
    """

    def __init__(self, ready: Callable[[], object]) -> None:
        self._here, there = multiprocessing.Pipe()
        self._process = _context().Process(target=_lead, args=(ready, there))
        self._process.start()
        there.close()

    def does(
        self,
        works: Mapping[str, Work],
        limit: float,
        begun: Callable[[str], None] = lambda _: None,
        many: int = WORKERS,
    ) -> Iterator[tuple[str, Fault | None]]:
        """Do pieces of work, begun in the order given, and yield each as it ends with why it failed, if it did.

        Parameters
        ----------
        works : mapping of str to callable
            They can be pickled.
        limit : float
            Seconds that each may take, after which it is killed.
        begun : callable
            Called with the name of each that begins.
        many : int
            How many are done at a time.
        """
        left = len(works)
        with _answering():
            self._here.send((dict(works), limit, many))
        while left:
            with _answering():
                name, told = self._here.recv()
            if told == _STARTS:
                begun(name)
            else:
                left -= 1
                yield name, told

    def __enter__(self) -> "Workshop":
        return self

    def __exit__(self, *_: object) -> None:
        """End, with all that still works."""
        self._here.close()  # it sees that, and kills what it began
        self._process.join(PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    """Say so where the process that leads the work is gone."""
    try:
        yield
    except (EOFError, ConnectionError):
        raise Failure("Le processus qui mène le travail s’est arrêté, peut-être faute de mémoire.") from None


_STARTS = "starts"


@dataclass
class _Piece:
    """One piece of work that is being done."""

    name: str
    process: multiprocessing.Process
    ends: float
    at: str = field(default="")


def _lead(ready: Callable[[], object], asked: Connection) -> None:
    """Make ready, then do what is asked, round after round, until who asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks says when to stop
    hindered = None
    try:
        ready()
        gc.freeze()  # what is ready stays shared: no collection in what is forked writes to it
    except Exception as error:  # told with every piece of work
        hindered = Fault.of(error)
    try:
        while True:
            works, limit, many = asked.recv()
            if hindered:
                for name in works:
                    asked.send((name, hindered))
            else:
                _round(works, limit, many, asked, ready)
    except (EOFError, BrokenPipeError):
        return


def _round(works: Mapping[str, Work], limit: float, many: int, asked: Connection, ready: Callable[[], object]) -> None:
    alive, held = os.pipe()
    waiting, doing = list(works.items()), {}
    try:
        while waiting or doing:
            while waiting and len(doing) < many:
                name, do = waiting.pop(0)
                report, told = multiprocessing.Pipe(duplex=False)
                process = _forked(do, told, ready, _Life(alive, held, (asked, report, *doing)))
                told.close()
                doing[report] = _Piece(name, process, time.monotonic() + limit)
                asked.send((name, _STARTS))
            soonest = min(piece.ends for piece in doing.values())
            found = connection.wait([asked, *doing], max(0.0, soonest - time.monotonic()))
            if asked in found:  # nothing is asked meanwhile: who asked is gone
                raise EOFError
            for report in found:
                if (told := _heard(report, doing[report])) is not _STARTS:
                    asked.send((doing.pop(report).name, told))
            for report in [report for report, piece in doing.items() if piece.ends <= time.monotonic()]:
                piece = doing.pop(report)
                _kill(piece.process)
                asked.send((piece.name, Fault(f"arrêté après {count(limit, 'seconde', 'secondes')}", piece.at)))
    finally:
        for piece in doing.values():
            _kill(piece.process)
        os.close(alive)
        os.close(held)


def _heard(report: Connection, piece: _Piece) -> Fault | str | None:
    """Return how a piece of work ended, or `_STARTS` where it only tells how far it is."""
    try:
        kind, told = report.recv()
    except EOFError:
        piece.process.join()
        return Fault(f"le processus s’est arrêté (code {piece.process.exitcode})", piece.at)
    if kind == "at":
        piece.at = told
        return _STARTS
    piece.process.join(PATIENCE)
    return told


def _kill(process: multiprocessing.Process) -> None:
    """Kill a piece of work with whatever it has started, such as a browser that prints."""
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):  # none where there are no groups
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


@dataclass(frozen=True)
class _Life:
    """What a forked process inherits: two ends of a pipe that ends with who leads it, and ends that are not its own."""

    alive: int
    held: int
    others: tuple[Connection, ...]


def _forked(do: Work, told: Connection, ready: Callable[[], object], life: _Life) -> multiprocessing.Process:
    if _forks():
        process = multiprocessing.get_context("fork").Process(target=_do, args=(do, told, None, life))
    else:
        process = multiprocessing.get_context("spawn").Process(target=_do, args=(do, told, ready, None), daemon=True)
    process.start()
    return process


def _do(do: Work, told: Connection, ready: Callable[[], object] | None, life: _Life | None) -> None:
    """Do one piece of work, in a process of its own, as long as the one that leads it lives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if life:
        os.setpgid(0, 0)  # a group of its own: what it starts ends with it
        os.close(life.held)
        for end in life.others:
            end.close()
        threading.Thread(target=_die_with, args=(life.alive,), daemon=True).start()
    at = []

    def reached(place: str) -> None:
        at[:] = [place]
        told.send(("at", place))

    try:
        if ready:
            ready()
        do(reached)
        told.send(("end", None))
    except BaseException as error:  # whatever stops it is told
        told.send(("end", Fault.of(error, *at)))


def _die_with(alive: int) -> None:
    os.read(alive, 1)  # nobody writes: it ends when the other end is gone with its process
    os.killpg(0, signal.SIGKILL)
