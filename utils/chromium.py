"""The Chromium of the system: it prints the book and runs the tests of its pages."""

__all__ = ["INSTALL", "find"]

import os
import shutil
from pathlib import Path

INSTALL = "apt-get install chromium"

_NAMES = ("chromium", "chromium-browser", "google-chrome")


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
