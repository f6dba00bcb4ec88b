"""What a command says when it cannot be carried out."""

__all__ = ["Failure"]


class Failure(Exception):  # noqa: N818 (its kinds end in Error)
    """Something cannot be done; the message says what and why, in French, for whoever typed the command."""
