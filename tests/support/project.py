"""Processes of the project's own commands."""

__all__ = ["interruptible"]

import signal


def interruptible() -> None:
    """Let a process that is begun be interrupted, although the tests may run where a shell ignores that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
