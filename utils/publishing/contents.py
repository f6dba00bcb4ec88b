"""Which chapters the book of an edition has: all of `_toc.yml`, but those that would speak of something else."""

__all__ = ["EVOLUTION", "VERIFICATION", "contents", "notebooks", "pages"]

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import yaml

from utils import paths
from utils.reading.questionnaires import claimed
from utils.survey.wave import Wave

EVOLUTION, AFTER = "40_evolution", "30_conclusions"  # the chapter that needs a previous wave, and its place
VERIFICATION = "92_verification"  # the chapter that needs a published study


def pages(wave: Wave, previous: str = "") -> list[str]:
    """Return the chapters of an edition, in reading order.

    Only an edition beside another tells of the evolution. A chapter that a territory claims speaks of that
    territory alone; the verification serves every wave of which something was printed, and no other.
    """
    told = dict.fromkeys(claimed(), False) | dict.fromkeys(wave.codebook.territory.chapitres, True)
    told |= {EVOLUTION: bool(previous), VERIFICATION: not wave.published.empty}
    return [slug for slug in _all() if told.get(slug, True)]


def contents(told: Collection[str]) -> str:
    """Return the table of contents of a book that has some of the chapters, as Jupyter Book reads it."""
    toc = yaml.safe_load(paths.TOC.read_text(encoding="utf-8"))
    for part in toc["parts"]:
        files = [entry["file"].removeprefix("chapters/") for entry in part["chapters"]]
        part["chapters"] = [{"file": f"chapters/{slug}"} for slug in _with_evolution(files) if slug in told]
    toc["parts"] = [part for part in toc["parts"] if part["chapters"]]
    return yaml.safe_dump(toc, allow_unicode=True, sort_keys=False)


def notebooks(told: Collection[str] | None = None) -> list[Path]:
    """Return the notebooks of the book, or of some of its chapters: the longest first, so that none ends alone."""
    found = [path for path in paths.CHAPTERS.glob("*.ipynb") if told is None or path.stem in told]
    return sorted(found, key=lambda path: (-path.stat().st_size, path.name))  # outputs tell how much a chapter draws


def _all() -> list[str]:
    toc = yaml.safe_load(paths.TOC.read_text(encoding="utf-8"))
    files = [toc["root"], *(entry["file"] for part in toc["parts"] for entry in part["chapters"])]
    return list(_with_evolution(file.removeprefix("chapters/") for file in files))


def _with_evolution(slugs: Iterable[str]) -> Iterator[str]:
    for slug in slugs:
        yield slug
        if slug == AFTER:
            yield EVOLUTION
