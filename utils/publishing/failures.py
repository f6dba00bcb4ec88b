"""What a command says when it cannot be carried out."""

__all__ = ["Failure", "detailed"]

from collections.abc import Iterable

from utils import paths


class Failure(Exception):  # noqa: N818 (its kinds end in Error)
    """Something cannot be done; the message says what and why, in French, for whoever typed the command."""


def detailed(traces: Iterable[str]) -> str:
    """Keep what a maintainer needs to mend errors, and return a sentence that says where.

    It may hold what respondents wrote: it stays on the machine, and out of what is said.
    """
    log = paths.BUILD / "echec.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text("\n".join(traces), encoding="utf-8")
    return f"Le détail est dans _build/{log.name} ; il peut contenir des réponses."
