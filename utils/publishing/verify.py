"""An edition made again from nothing, elsewhere, and compared with the published one, byte for byte."""

__all__ = ["Compared", "verify"]

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from utils import paths
from utils.publishing import provenance, receipts
from utils.publishing.elsewhere import copied
from utils.publishing.failures import Failure
from utils.publishing.paper.links import linked
from utils.reading.files import display_path

# What tells of the moment or of the editions beside, and not of this one's content.
_APART = {provenance.FILE, receipts.APART}


class Compared(NamedTuple):
    """What a comparison found.

    Attributes
    ----------
    files : int
        How many files were compared.
    different : tuple of str
        Those that differ or that one of both lacks, by path from the edition's root.
    changed : tuple of str
        What the edition says it was made of and is no longer so, in French.
    """

    files: int
    different: tuple[str, ...]
    changed: tuple[str, ...]


def verify(wave: str) -> Compared:
    """Build a published edition again in an empty place, as its receipt says, and compare the two.

    What is printed of it is left out, and the links to it: Chromium writes that.

    Raises
    ------
    Failure
        The edition is not published, tells not what it was made of, or is built no more.
    """
    edition = paths.SITE / wave
    try:
        told = json.loads((edition / provenance.FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        where = display_path(edition / provenance.FILE)
        raise Failure(f"{where} manque : publier d’abord l’édition, make book WAVE={wave}") from error
    changed = tuple(_changed(told, json.loads(provenance.receipt(wave, told["face_a"], told["adresse"]))))
    with tempfile.TemporaryDirectory() as folder:
        place = copied(Path(folder), "data")
        words = ["build", wave, "--previous", told["face_a"], "--url", told["adresse"]]
        around = os.environ | {"PYTHONPATH": str(place), "CI": "true"}
        command = [sys.executable, "-m", "utils", *words]
        done = subprocess.run(command, cwd=place, env=around, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failure(f"L’édition « {wave} » ne se reconstruit pas :\n{done.stderr.strip()}")
        published, again = _tree(edition), _tree(place / "_site" / wave)
    names = published.keys() | again.keys()
    return Compared(len(names), tuple(sorted(n for n in names if published.get(n) != again.get(n))), changed)


def _changed(then: dict, now: dict) -> list[str]:
    """Return what an edition was made of and that is otherwise now."""
    said = {"version": "version du livre", "python": "Python", "systeme": "système"}
    found = [
        f"{name} : {then[key]} alors, {now[key]} maintenant" for key, name in said.items() if then[key] != now[key]
    ]
    for name, old in then["bibliotheques"].items():
        if (new := now["bibliotheques"].get(name)) != old:
            found.append(f"{name} : {old} alors, {new or 'absente'} maintenant")
    hashes = {one["fichier"]: one["sha256"] for one in now["donnees"]}
    for one in then["donnees"]:
        if one["fichier"] not in hashes:
            found.append(f"{one['fichier']} : absent maintenant")
        elif one["sha256"] and one["sha256"] != hashes[one["fichier"]]:
            found.append(f"{one['fichier']} : n’est plus le même")
    added = hashes.keys() - {one["fichier"] for one in then["donnees"]}
    return found + [f"{name} : absent alors" for name in sorted(added)]


def _tree(edition: Path) -> dict[str, bytes]:
    """Return the files of an edition, pages without their links to what is printed."""
    found = {}
    for path in sorted(edition.rglob("*")):
        if path.is_file() and path.name not in _APART and path.suffix != ".pdf":
            content = path.read_bytes()
            if path.suffix == ".html":
                content = linked(content.decode("utf-8"), ()).encode("utf-8")
            found[path.relative_to(edition).as_posix()] = content
    return found
