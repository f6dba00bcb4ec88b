"""What was published, and of what: an edition whose inputs are the same and whose files still stand is not made again.

Nothing heavy is imported here: a command that has nothing to do ends before it would be.
"""

__all__ = ["APART", "done", "keeping", "note", "stands", "write"]

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from utils import paths, whole
from utils.publishing import inputs

APART = "editions.js"  # each edition's list of the others is written anew whenever one is published
FOLDER = "recus"


def stands(edition: str, made_of: str) -> bool:
    """Tell whether an edition is published, made of this, and has all its files as they were written."""
    return _read(edition) == {"made_of": made_of, "files": _files(paths.SITE / edition)}


def write(edition: str, made_of: str) -> None:
    """Note what an edition was made of, once it is published."""
    _write(edition, {"made_of": made_of, "files": _files(paths.SITE / edition)})


@contextmanager
def keeping(edition: str) -> Iterator[None]:
    """Let an edition stand although something is added to it meanwhile: what is printed of it."""
    told = _read(edition)
    stood = told and told["files"] == _files(paths.SITE / edition)
    yield
    if stood:
        write(edition, told["made_of"])


def note(command: Sequence[str], editions: Iterable[str], said: str) -> None:
    """Note that a command was carried out on all that there is, which editions it published, and what it said."""
    receipts = {edition: _read(edition) for edition in editions}
    _write(_name(command), {"made_of": inputs.everything(), "editions": receipts, "said": said})


def done(command: Sequence[str]) -> str | None:
    """Return what a command said, where carrying it out again would change nothing; else None."""
    told = _read(_name(command))
    if not told or told["made_of"] != inputs.everything():
        return None
    standing = all(receipt and stands(edition, receipt["made_of"]) for edition, receipt in told["editions"].items())
    return told["said"] if standing and all((paths.SITE / name).exists() for name in _ROOT) else None


_ROOT = ("index.html", "404.html", "robots.txt", "sitemap.xml", "_headers")


def _name(command: Sequence[str]) -> str:
    return f"commande-{inputs.digest(*command)}"


def _files(folder: Path) -> str:
    """Return the digest of which files a folder holds, how long and how old each is."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    told = ((path, path.stat()) for path in found)
    return inputs.digest(
        *(
            f"{path.relative_to(folder)} {'' if path.name == APART else (facts.st_size, facts.st_mtime_ns)}"
            for path, facts in told
        )
    )


def _read(name: str) -> dict | None:
    try:
        return json.loads((paths.BUILD / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def _write(name: str, told: dict) -> None:
    path = paths.BUILD / FOLDER / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.write(path, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
