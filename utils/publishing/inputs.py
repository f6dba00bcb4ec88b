"""What a part of a book is made of, as a digest: as long as the digest is the same, the part would be too.

Files are told by their bytes, code by the source of a module and of all of ours that it
imports, libraries by their versions. Nothing is told by its date: a copy of the project
makes the same digests.
"""

__all__ = ["check_unchanged", "code", "data", "digest", "everything", "files", "imported", "read_from", "versions"]

import hashlib
import platform
import re
import site
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from utils import paths
from utils.publishing.failures import Failure

_IMPORT = re.compile(rb"^\s*import (utils[\w.]*)", re.MULTILINE)
_FROM = re.compile(rb"^\s*from (utils[\w.]*) import (\([^)]*\)|.+)", re.MULTILINE)
_LENGTH = 20  # hexadecimal digits of a digest: 80 bits


def digest(*parts: str | bytes) -> str:
    """Return one digest of several parts; where one ends and the next begins matters.

    Examples
    --------
    >>> digest("ab", "c") == digest("a", "bc"), len(digest())
    (False, 20)
    """
    whole = hashlib.sha256()
    for part in parts:
        told = part.encode("utf-8") if isinstance(part, str) else part
        whole.update(len(told).to_bytes(8, "big") + told)
    return whole.hexdigest()[:_LENGTH]


def files(*places: Path) -> str:
    """Return the digest of files, and of all files in folders: names from the project's root, and bytes."""
    told = [(path, path.read_bytes()) for path in _held(*places)]
    return digest(*(part for path, content in told for part in (str(path.relative_to(paths.ROOT)), content)))


def _held(*places: Path) -> list[Path]:
    found = [path for place in places for path in ([place] if place.is_file() else sorted(place.rglob("*")))]
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


def data(*waves: str) -> str:
    """Return the digest of what waves are read from: see `read_from`."""
    return files(*read_from(*waves))


def read_from(*waves: str) -> list[Path]:
    """Return the files that waves are read from: those of their folders, and those that all waves share."""
    apart = {path.parent for path in paths.DATA.glob("*/vague.yml")}
    shared = [path for path in sorted(paths.DATA.iterdir()) if path not in apart]
    return _held(*shared, *(paths.DATA / wave for wave in sorted({*waves} - {""})))


def code(*modules: str) -> str:
    """Return the digest of modules, dotted from `utils`, and of all modules of ours that they lead to."""
    reached, waiting = {}, [_path(module) for module in modules]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached[path], further = _source(path)
            waiting += further
    return digest(
        *(part for path, told in sorted(reached.items()) for part in (str(path.relative_to(paths.ROOT)), told))
    )


@cache
def _source(path: Path) -> tuple[str, tuple[Path, ...]]:
    """Return the digest of a module, and those that it leads to: a command runs with the code that it began with."""
    source = path.read_bytes()
    return digest(source), (*map(_path, imported(source)), *_packages(path))


def imported(source: bytes) -> tuple[str, ...]:
    r"""Return the modules of ours that a source imports, wherever in it; a text that reads like an import is one.

    Examples
    --------
    >>> imported(b"import numpy\nfrom utils.french import (\n  number,\n)\nfrom utils import paths")
    ('utils.french', 'utils.paths')
    """
    found = {module.decode() for module in _IMPORT.findall(source)}
    for package, names in _FROM.findall(source):
        # What is imported from a package may be one of its modules, or a name in it.
        named = {f"{package.decode()}.{name.decode()}" for name in re.findall(rb"\w+", names)}
        found |= {name for name in named if _exists(name)} or {package.decode()}
    return tuple(sorted(found))


def _path(module: str) -> Path:
    place = paths.ROOT.joinpath(*module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def _packages(path: Path) -> list[Path]:
    """Return what runs before a module does: the packages that it stands in."""
    inside = path.relative_to(paths.ROOT).parents[:-1]
    return [found for folder in inside if (found := paths.ROOT / folder / "__init__.py").is_file()]


def _exists(module: str) -> bool:
    return module.startswith("utils.") and _path(module).is_file()


@cache
def versions() -> str:
    """Return the digest of what runs: Python, the kind of machine, and every installed distribution."""
    found = {path.name for place in (*site.getsitepackages(), site.getusersitepackages()) for path in _installed(place)}
    return digest(sys.version, platform.machine(), *sorted(found))


def _installed(place: str) -> Iterable[Path]:
    # A project that is installed as it stands is told by its code.
    return (path for path in Path(place).glob("*.dist-info") if not (path / "direct_url.json").exists())


def everything() -> str:
    """Return the digest of all that any edition is made of; what only the tests use is none of it."""
    roots = (
        paths.DATA,
        paths.CHAPTERS,
        paths.ROOT / "utils",
        paths.CONFIG,
        paths.TOC,
        paths.BIBLIOGRAPHY,
        paths.CITATION,
    )
    return digest(files(*roots), versions())


def check_unchanged(begun: str) -> None:
    """Stop where something that editions are made of is no longer what it was: see `everything`.

    Raises
    ------
    Failure
        What is made now would be taken for what it is not.
    """
    if everything() != begun:
        raise Failure("Un fichier du livre a changé pendant la construction : rien n’est publié. Recommencer.")
