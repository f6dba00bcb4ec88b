"""What a command says when it cannot be carried out."""

__all__ = ["Failure", "behind", "detailed", "refused"]

import errno
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from utils import paths

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


class Failure(Exception):  # noqa: N818 (its kinds end in Error)
    """Something cannot be done; the message says what and why, in French, for whoever typed the command."""


def refused(error: OSError) -> str:
    """Return what the machine refuses, in one French sentence.

    Examples
    --------
    >>> refused(OSError(errno.ENOSPC, "No space left on device", "/ailleurs/page.html"))
    'Plus de place sur le disque pour écrire /ailleurs/page.html : en libérer, puis recommencer.'
    """
    from utils.reading.files import display_path  # which imports much, and is needed only here

    if isinstance(error, shutil.Error):  # of a whole folder: it keeps, as text, why each file was not copied
        (_, target, why), *_ = error.args[0]
        number = re.search(r"Errno (\d+)", why)
        error = OSError(int(number[1]) if number else None, why, target)
    where = display_path(Path(error.filename)) if isinstance(error.filename, str | Path) else ""
    if error.errno in _FULL:
        return f"Plus de place sur le disque{where and f' pour écrire {where}'} : en libérer, puis recommencer."
    if error.errno in _CLOSED:
        return f"Accès refusé{where and f' à {where}'} : en changer les droits, puis recommencer."
    if error.errno == errno.ENOENT:
        return f"{where or 'Un fichier'} n’existe pas ou plus : le remettre, puis recommencer."
    known = errno.errorcode.get(error.errno, type(error).__name__)
    return f"Le système refuse{where and f' {where}'} ({known}{error.strerror and f', {error.strerror}'})."


def behind(error: BaseException | None) -> OSError | None:
    """Return what the machine refused, where that is behind an error of a library; None where it is not."""
    while error is not None:
        if isinstance(error, OSError):
            return error
        # Sphinx keeps what went wrong in an extension in a way of its own.
        error = getattr(error, "orig_exc", None) or error.__cause__ or error.__context__
    return None


def detailed(traces: Iterable[str]) -> str:
    """Keep what a maintainer needs to mend errors, and return a sentence that says where.

    It may hold what respondents wrote: it stays on the machine, and out of what is said.
    """
    log = paths.BUILD / "echec.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text("\n".join(traces), encoding="utf-8")
    return f"Le détail est dans _build/{log.name} ; il peut contenir des réponses."
