"""Results that are computed once, however many ask for them."""

__all__ = ["once"]

from collections.abc import Callable
from functools import wraps
from typing import Any


def once(method: Callable) -> Callable:
    """Keep what a method returns for each set of arguments, as long as its object lives.

    Examples
    --------
    >>> class Die:
    ...     @once
    ...     def roll(self): return object()
    >>> die = Die()
    >>> die.roll() is die.roll()
    True
    """

    @wraps(method)
    def kept(self: Any, *args, **kwargs):
        key = (method.__name__, args, tuple(sorted(kwargs.items())))
        found = self.__dict__.setdefault("_kept", {})
        if key not in found:
            found[key] = method(self, *args, **kwargs)
        return found[key]

    return kept
