"""One command at a time where two would undo each other's work; a lock ends with the process that holds it."""

__all__ = ["alone"]

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from utils.publishing.failures import Failure


@contextmanager
def alone(lock: Path, otherwise: str) -> Iterator[None]:
    """Hold a lock, or say at once who holds it.

    Parameters
    ----------
    lock : Path
        A file; made where it is not there, and left.
    otherwise : str
        What another command does that holds it, in French: « Une autre commande construit ce livre ».

    Raises
    ------
    Failure
        Another command holds it.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failure(f"{otherwise} : attendre qu’elle ait fini, puis recommencer.") from error
        yield
    finally:
        os.close(held)
