"""Files written whole or not at all, whatever stops it: elsewhere in their folder, then renamed."""

__all__ = ["beside", "clear", "write"]

import os
from pathlib import Path

_LEFT = ".*.*.part*"


def write(path: Path, content: bytes) -> None:
    """Write a file; until it is there whole, what stood in its place stays."""
    fresh = beside(path)
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def beside(path: Path) -> Path:
    """Return a name in the same folder that no other process takes."""
    return path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")


def clear(folder: Path) -> None:
    """Remove from a folder what killed processes had begun to write; none may be at work in it."""
    for left in folder.glob(_LEFT):
        left.unlink()
