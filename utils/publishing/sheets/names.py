"""Names of sheets that nobody guesses: whoever holds an address holds a sheet, and no address tells another."""

__all__ = ["KEY", "key", "key_file", "name"]

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from utils.publishing.failures import Failure

KEY = "FICHES_CLE"  # the environment variable that may hold the key
_LEAST = 32  # characters of a key: 128 bits as hexadecimal
_LONG = 40  # characters of a name: 160 bits


def key_file() -> Path:
    """Return the file that holds the key where the environment does not: out of the repository, of one user."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "communes-medias-sociaux" / "fiches.cle"


def key() -> bytes:
    """Return the key of the names, made at its first use; with another key, every sheet has another name.

    Raises
    ------
    Failure
        The key is too short, or others can read its file.
    """
    if given := os.environ.get(KEY, ""):
        return _long_enough(given, f"la variable {KEY}")
    path = key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another command has just made it
            return key()
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(32)}\n")
    if path.stat().st_mode & 0o077:
        raise Failure(f"La clé des fiches peut être lue par d’autres : chmod 600 {path}")
    return _long_enough(path.read_text(encoding="utf-8").strip(), str(path))


def name(secret: bytes, wave: str, ins: str) -> str:
    """Return the name of a commune's sheet, without what ends it.

    Examples
    --------
    >>> name(b"0" * 32, "2026", "92094") == name(b"1" * 32, "2026", "92094")
    False
    """
    return hmac.new(secret, f"{wave}\0{ins}".encode(), hashlib.sha256).hexdigest()[:_LONG]


def _long_enough(given: str, where: str) -> bytes:
    if len(given) < _LEAST:
        raise Failure(f"La clé des fiches ({where}) doit avoir au moins {_LEAST} caractères, tirés au hasard.")
    return given.encode()
