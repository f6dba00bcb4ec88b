"""The receipt of an edition, published with it: what it was made of, so that anyone can make it again and compare.

Nothing heavy is imported here: whoever verifies builds elsewhere.
"""

__all__ = ["FILE", "receipt"]

import hashlib
import json
import platform
import re
import subprocess
from collections.abc import Collection, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import yaml

from utils import paths
from utils.publishing import inputs

FILE = "recu.json"
_LOCKED = re.compile(r"(?m)^([a-z0-9._-]+)==")


def receipt(wave: str, previous: str, address: str, private: Collection[str] = ()) -> str:
    """Return what an edition is made of, as JSON.

    Parameters
    ----------
    wave, previous : str
        Folders of `data/`; the second may be empty.
    address : str
        Of the site, as the edition names it.
    private : collection of str
        Waves of respondents' rows. Their files are named without their hash: by it, whoever knows all
        rows but one could try what that one says.
    """
    hidden = {paths.DATA / wave for wave in private}
    told = {
        "edition": wave,
        "face_a": previous,
        "adresse": address,
        "version": yaml.safe_load(paths.CITATION.read_text(encoding="utf-8"))["version"],
        "commit": _commit(),
        "python": platform.python_version(),
        "systeme": f"{platform.system()} {platform.machine()}",
        "donnees": [
            {
                "fichier": path.relative_to(paths.ROOT).as_posix(),
                "sha256": None if hidden & {*path.parents} else _sha256(path),
            }
            for path in inputs.read_from(wave, previous)
        ],
        "bibliotheques": dict(_installed()),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _commit() -> str | None:
    """Return the commit that stands in the project's folder, « + » behind it where files differ from it."""
    here = ["git", "-C", str(paths.ROOT)]
    try:
        found = subprocess.run([*here, "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
        changed = subprocess.run([*here, "status", "--porcelain"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return None if found.returncode else f"{found.stdout.strip()}{'+' * bool(changed.stdout.strip())}"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _installed() -> Iterator[tuple[str, str]]:
    """Yield the versions of what is locked and installed, by name."""
    for name in _LOCKED.findall(paths.LOCK.read_text(encoding="utf-8")):
        try:
            yield name, version(name)
        except PackageNotFoundError:  # locked for another system or another Python
            continue
