"""The project copied elsewhere, so that its commands run from nothing, or on other data."""

__all__ = ["copied"]

import shutil
from pathlib import Path

from utils.paths import ROOT

_NEEDED = ("utils", "chapters", "_config.yml", "_toc.yml", "references.bib", "CITATION.cff", "requirements.lock")


def copied(into: Path, *more: str) -> Path:
    """Copy what a build needs beside data, and `more` of the project's files and folders, into an empty folder.

    Returns
    -------
    Path
        The folder.
    """
    for name in (*_NEEDED, *more):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, into / name)
    return into
