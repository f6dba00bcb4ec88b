"""An edition composed and thrown away: what keeps a wave from becoming a book is known before one is built."""

__all__ = ["RehearsalError", "rehearse"]

import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from utils.publishing import contents, processes
from utils.publishing.failures import Failure
from utils.reading import waves

_working = ExitStack()  # what a working process keeps for all that it attempts


class RehearsalError(Failure):
    """A wave whose files are right would still not become a book."""


def rehearse(wave: str, previous: str = "") -> None:
    """Compose an edition as a build would, short of writing its pages.

    Every cell of every chapter runs: each sentence is said, each table filled, each chart drawn (at one
    width). The files that the edition offers, and what the explorer shows, are made as well. A wave is
    read here, once; what a chapter makes it compute serves the next chapter of the same process.

    Parameters
    ----------
    wave : str
        Folder of `data/`, with nothing wrong in it: see `checking.check_wave`.
    previous : str
        Folder of `data/` to compare with, or empty.

    Raises
    ------
    RehearsalError
        With everything that fails.
    """
    with waves.read_once() as read, tempfile.TemporaryDirectory() as nowhere:
        loaded = waves.load(wave)
        for other in filter(None, [previous]):
            waves.load(other)
        parameters = {"wave": wave, "previous_wave": previous}
        parts = {
            f"le chapitre {notebook.name}": partial(_compose, notebook, Path(nowhere), parameters)
            for notebook in contents.notebooks(contents.pages(loaded, previous))
        }
        parts |= {"les fichiers à télécharger": partial(_offer, wave), "l’explorateur": partial(_explore, wave)}
        alone = {asked: replace(known) for asked, known in read.items()}  # without what they have computed
        kept = {"initializer": _keep, "initargs": (alone,)}
        with ProcessPoolExecutor(processes.WORKERS, mp_context=processes.context(), **kept) as pool:
            running = {part: pool.submit(_attempt, do) for part, do in parts.items()}
    told = {part: done.exception() or done.result() for part, done in running.items()}
    failures = [f"  {part} : {failure}" for part, failure in sorted(told.items()) if failure]
    if failures:
        listed = "\n".join(failures)
        raise RehearsalError(
            f"Les données de la vague « {wave} » se lisent, mais le livre ne s’en compose pas :\n{listed}\n"
            "C’est une faute du livre, non des données : la signaler, avec ces lignes."
        )


# What follows runs in the working processes: what it needs is imported there, beside the reading of the wave.


def _keep(read: dict) -> None:
    from utils.showing import svg

    _working.enter_context(waves.read_once(read))
    _working.enter_context(svg.sketches())


def _attempt(do: Callable[[], object]) -> str:
    """Return what fails in one line, without the text around it, which may hold what respondents wrote."""
    try:
        do()
    except Exception as error:  # whatever would stop a build is told
        kind, told = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", str(error))
        return f"{kind}, {told.splitlines()[0]}" if told else kind
    return ""


def _compose(notebook: Path, into: Path, parameters: dict[str, str]) -> None:
    from utils.publishing import engine

    engine.run(notebook, into, parameters)


def _offer(wave: str) -> None:
    from utils.offering.bundle import offered

    offered(waves.load(wave))


def _explore(wave: str) -> None:
    from utils.offering.explorer import explored

    explored(waves.load(wave))
