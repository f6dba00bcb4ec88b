"""The Chromium of the system: it prints the book and runs the tests of its pages."""

__all__ = ["INSTALL", "PrintError", "find", "print_page"]

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from utils.publishing.failures import Failure

INSTALL = "apt-get install chromium"

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run")
_PAPER = ("--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf")
_PATIENCE = 180  # seconds
_PDEATHSIG = 1  # of `prctl`: which signal a process gets as the one that began it dies


class PrintError(Failure):
    """A page cannot be printed."""


def find() -> Path | None:
    """Return the browser that the variable CHROMIUM names, else the system's; None without one.

    Examples
    --------
    >>> os.environ["CHROMIUM"] = "/nulle/part"
    >>> find() is None
    True
    >>> del os.environ["CHROMIUM"]
    """
    given = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in ([given] if given else _NAMES)]
    return next((Path(path) for path in found if path), None)


def print_page(page: Path, into: Path) -> None:
    """Print a page as a tagged PDF with an outline, on the paper that its style sheet asks for.

    Parameters
    ----------
    page : Path
        HTML; it may use style sheets, pictures and fonts of this machine.
    into : Path
        The PDF to write.

    Raises
    ------
    PrintError
        No browser is installed, or it does not print.
    """
    browser = find()
    if browser is None:
        raise PrintError(f"Il faut Chromium pour imprimer le livre, et aucun n’est installé : {INSTALL}")
    # Chromium keeps its processes apart by means that an administrator, as in a container, has not.
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as profile:
        # The page's fonts are files, and so another origin than the page's own.
        command = [str(browser), "--headless", *alone, *_QUIET, *_PAPER, "--allow-file-access-from-files"]
        command += [f"--user-data-dir={profile}", f"--print-to-pdf={into}", page.resolve().as_uri()]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=_PATIENCE, preexec_fn=_end_with_parent
            )
        except subprocess.TimeoutExpired as error:
            raise PrintError(f"Chromium n’a pas fini d’imprimer en {_PATIENCE} secondes.") from error
    if done.returncode or not into.is_file():
        raise PrintError(f"Chromium n’a pas pu imprimer le livre :\n{done.stderr.strip()}")


def _end_with_parent() -> None:
    """Let a browser end with whoever printed, killed or not; where a system cannot, it ends when it has printed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
