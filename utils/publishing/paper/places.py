"""On which page of a printed document its places stand."""

__all__ = ["places"]

from pathlib import Path

import pikepdf


def places(printed: Path) -> dict[str, int]:
    """Return on which page every place stands that some link leads to, counted from one."""
    with pikepdf.open(printed) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        named = document.Root.get("/Dests", {})
        return {name.lstrip("/"): numbers[place[0].objgen] for name, place in named.items()}
