"""What is made once and serves until what it is made of changes: each result a file, under the digest of its inputs."""

__all__ = ["forget", "made", "path"]

import os
import time
from collections.abc import Callable
from pathlib import Path

from utils import paths, whole

FOLDER = "garde"
_LASTING = 30 * 24 * 3600  # seconds that a result stays which nothing asks for


def path(name: str, key: str) -> Path:
    """Return where a result is, or will be.

    Parameters
    ----------
    name : str
        What it is, with the ending of its kind: `explorateur.json`.
    key : str
        The digest of all that it is made of: see `inputs`.
    """
    return paths.BUILD / FOLDER / f"{key}-{name}"


def made(kept: Path, make: Callable[[], bytes]) -> Path:
    """Return a result's file, made if it is not there.

    Parameters
    ----------
    kept : Path
        Where it is: see `path`.
    make : callable
        Makes its bytes. Several processes may make the same: each writes it whole.
    """
    try:
        os.utime(kept)
    except FileNotFoundError:
        kept.parent.mkdir(parents=True, exist_ok=True)
        whole.write(kept, make())
    return kept


def forget() -> None:
    """Take away the results that nothing has asked for in a month."""
    before = time.time() - _LASTING
    for kept in (paths.BUILD / FOLDER).glob("*"):
        if kept.stat().st_mtime < before:
            kept.unlink(missing_ok=True)
