"""What a wave may be called: its name is a folder of `data/`, a folder of the site and a part of addresses."""

__all__ = ["WAVE", "is_wave", "misnamed"]

import re
from pathlib import Path

from utils.paths import DATA

WAVE = "un nom de vague : des minuscules et des chiffres, avec des tirets entre eux, comme 2026-03 ou 2026-flandre"
_WAVE = re.compile(r"(?=.{1,40}\Z)[a-z0-9]+(?:[-_][a-z0-9]+)*")
_TAKEN = ("frontieres", "territoires")  # other folders of `data/`


def is_wave(name: str) -> bool:
    """Tell whether a text can be the name of a wave.

    Examples
    --------
    >>> is_wave("2026-flandre"), is_wave("../2026"), is_wave("Vague 1")
    (True, False, False)
    """
    return _WAVE.fullmatch(name) is not None and name not in _TAKEN


def misnamed(data: Path = DATA) -> list[str]:
    """Return the folders that hold a wave and whose name is none: no command knows them until they are renamed."""
    return sorted(name for path in data.glob("*/vague.yml") if not is_wave(name := path.parent.name))
