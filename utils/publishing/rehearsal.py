"""An edition composed and thrown away: what keeps a wave from becoming a book is known before one is built."""

__all__ = ["RehearsalError", "rehearse"]

import tempfile
from pathlib import Path

from utils.offering.bundle import offered
from utils.offering.explorer import explored
from utils.publishing import build, contents, engine
from utils.publishing.failures import Failure
from utils.reading import waves
from utils.showing import svg


class RehearsalError(Failure):
    """A wave whose files are right would still not become a book."""


def rehearse(wave: str, previous: str = "") -> None:
    """Compose an edition as a build would, short of writing its pages.

    Every cell of every chapter runs: each sentence is said, each table filled, each chart drawn (at one
    width). The files that the edition offers, and what the explorer shows, are made as well. It takes
    a single process, in which each wave is read once.

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
    failures = []

    def attempt(what: str, do) -> None:
        try:
            do()
        except Exception as error:  # whatever would stop a build is told
            failures.append(f"{what} : {_short(error)}")

    with waves.read_once(), svg.sketches(), tempfile.TemporaryDirectory() as nowhere:
        parameters = {"wave": wave, "previous_wave": previous}
        loaded = waves.load(wave)
        for notebook in build.chapters(contents.pages(loaded, previous)):
            attempt(
                f"le chapitre {notebook.name}", lambda chapter=notebook: engine.run(chapter, Path(nowhere), parameters)
            )
        attempt("les fichiers à télécharger", lambda: offered(loaded))
        attempt("l’explorateur", lambda: explored(loaded))
    if failures:
        listed = "\n".join(f"  {failure}" for failure in failures)
        raise RehearsalError(
            f"Les données de la vague « {wave} » se lisent, mais le livre ne s’en compose pas :\n{listed}\n"
            "C’est une faute du livre, non des données : la signaler, avec ces lignes."
        )


def _short(error: Exception) -> str:
    """Name an error in one line, without the text around it, which may hold what respondents wrote."""
    kind, told = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", str(error))
    return f"{kind}, {told.splitlines()[0]}" if told else kind
