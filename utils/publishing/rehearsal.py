"""An edition composed and thrown away: what keeps a wave from becoming a book is known before one is built."""

__all__ = ["RehearsalError", "rehearse"]

import tempfile
from functools import partial
from pathlib import Path

from utils.publishing import contents
from utils.publishing.failures import Failure, detailed
from utils.publishing.processes import Reached, Workshop
from utils.reading import waves

LIMIT = 300.0  # seconds that a part of the book may take


class RehearsalError(Failure):
    """A wave whose files are right would still not become a book."""


def rehearse(wave: str, previous: str = "") -> None:
    """Compose an edition as a build would, short of writing its pages.

    Every cell of every chapter runs: each sentence is said, each table filled, each chart drawn (at one
    width). The files that the edition offers, and what the explorer shows, are made as well.

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
    loaded = waves.load(wave)
    parameters = {"wave": wave, "previous_wave": previous}
    parts = {
        f"le chapitre {notebook.name}": partial(_compose, notebook, parameters)
        for notebook in contents.notebooks(contents.pages(loaded, previous))
    }
    parts |= {"les fichiers à télécharger": partial(_offer, wave), "l’explorateur": partial(_explore, wave)}
    with Workshop(partial(_warm, wave, previous)) as workshop:
        faults = {part: fault for part, fault in workshop.does(parts, LIMIT) if fault}
    if faults:
        listed = "\n".join(f"  {part} : {fault}" for part, fault in sorted(faults.items()))
        raise RehearsalError(
            f"Les données de la vague « {wave} » se lisent, mais le livre ne s’en compose pas :\n{listed}\n"
            "C’est une faute du livre, non des données : la signaler, avec ces lignes. "
            + detailed(fault.trace for fault in faults.values())
        )


# What follows runs in the working processes: what it needs is imported there, beside the reading of the wave.


def _warm(wave: str, previous: str) -> None:
    from utils.publishing import chapters
    from utils.showing import drawing

    chapters.warm(wave, previous)
    chapters.working.enter_context(drawing.sketches())


def _compose(notebook: Path, parameters: dict[str, str], reached: Reached) -> None:
    from utils.publishing import engine

    with tempfile.TemporaryDirectory() as nowhere:
        engine.run(notebook, Path(nowhere), parameters, reached)


def _offer(wave: str, reached: Reached) -> None:  # noqa: ARG001 (it tells nothing on its way)
    from utils.offering.bundle import offered

    offered(waves.load(wave))


def _explore(wave: str, reached: Reached) -> None:  # noqa: ARG001 (it tells nothing on its way)
    from utils.offering.explorer import explored

    explored(waves.load(wave))
