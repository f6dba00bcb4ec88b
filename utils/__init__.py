"""What an analyst needs: `from utils import load, likert, compare, show`.

`load("2017")` gives a wave; its results hand out tables (`counts`, `summary`, `tests`) and
show themselves in a notebook. `likert` and `compare` are the statistics alone, for any
table. Each name is imported when it is first asked for.
"""

__all__ = ["compare", "likert", "load", "show"]

from importlib import import_module
from typing import Any

# The modules that a name comes from; the first is imported for what it makes happen, or for the name.
_FROM = {
    "compare": ("utils.statistics.compare", ""),
    "likert": ("utils.statistics.likert", ""),
    "load": ("utils.reading.waves", "load"),
    "show": ("utils.showing.cards", "show"),
}


def __getattr__(name: str) -> Any:
    if name not in _FROM:
        raise AttributeError(f"module 'utils' has no attribute {name!r}; it has {', '.join(__all__)}")
    if name == "load":
        import_module("utils.showing.cards")  # what is loaded shows itself
    module, attribute = _FROM[name]
    found = import_module(module)
    globals()[name] = getattr(found, attribute) if attribute else found
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
