"""What a sheet is made of, as one hash: a sheet that bears another is stale."""

__all__ = ["stamp"]

import hashlib
import sys
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from utils import paths

_CODE = {".py", ".html", ".css"}
_LEFT_OUT = {"__pycache__"}


def stamp(wave: str, previous: str = "", book: str = "") -> str:
    """Return the hash of all that the sheets of a wave have in common.

    The data of both waves and what waves share, the code, the template, the parameters, the versions of Python
    and of every package installed. Of one sheet only its code is missing, which its name stands for.

    Parameters
    ----------
    wave, previous : str
    book : str
        Where links lead to.
    """
    found = hashlib.sha256()
    _add(found, repr((wave, previous, book, sys.version)))
    _add(found, repr(sorted({f"{one.name}=={one.version}" for one in distributions()})))
    for path in _files(wave, previous):
        _add(found, path.relative_to(paths.ROOT).as_posix() if path.is_relative_to(paths.ROOT) else path.name)
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()


def _add(found, text: str) -> None:
    found.update(text.encode())
    found.update(b"\0")


def _files(wave: str, previous: str) -> Iterable[Path]:
    """Yield every file: all of `utils/`, the template, the chapters' titles, shared data and that of the waves."""
    code = (path for path in (paths.ROOT / "utils").rglob("*") if path.suffix in _CODE)
    shared = [path for path in paths.DATA.iterdir() if path.is_file()]
    shared += list((paths.DATA / "territoires").glob("*"))
    named = [path for one in filter(None, (wave, previous)) for path in (paths.DATA / one).rglob("*")]
    every = [*code, *shared, *named, *paths.CHAPTERS.glob("*.ipynb"), paths.TOC, paths.SHEET]
    return sorted(path for path in every if path.is_file() and not _LEFT_OUT & set(path.parts))
