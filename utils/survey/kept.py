"""Results that are computed once, however many ask for them."""

__all__ = ["once"]

from collections.abc import Callable
from functools import wraps


def once(method: Callable) -> Callable:
    """Keep what a method of a wave returns: a result is computed once, however many ask for it."""

    @wraps(method)
    def kept(self, *args, **kwargs):
        key = (method.__name__, args, tuple(sorted(kwargs.items())))
        found = self.__dict__.setdefault("_kept", {})
        if key not in found:
            found[key] = method(self, *args, **kwargs)
        return found[key]

    return kept
