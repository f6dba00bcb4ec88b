"""Where things are: the one place that knows the project's folders."""

__all__ = [
    "ANALYSIS",
    "BIBLIOGRAPHY",
    "BUILD",
    "CHAPTERS",
    "CITATION",
    "COMMUNE",
    "CONFIG",
    "DATA",
    "EXPECTED",
    "EXPLORER",
    "FONTS",
    "FRONT",
    "LOCK",
    "PRINT",
    "ROOT",
    "SHEET",
    "SHEETS",
    "SITE",
    "STATIC",
    "TEMPLATES",
    "TOC",
]

from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
ANALYSIS = ROOT / "docs" / "analyse.ipynb"
CHAPTERS = ROOT / "chapters"
EXPECTED = ROOT / "tests" / "expected"
CONFIG = ROOT / "_config.yml"
TOC = ROOT / "_toc.yml"
BIBLIOGRAPHY = ROOT / "references.bib"
CITATION = ROOT / "CITATION.cff"
LOCK = ROOT / "requirements.lock"
FRONT = ROOT / "utils" / "publishing" / "front"  # what a browser runs or shows
COMMUNE = FRONT / "commune"
EXPLORER = FRONT / "explorer"
PRINT = FRONT / "print"
STATIC = FRONT / "static"
TEMPLATES = FRONT / "templates"
BUILD = ROOT / "_build"
SITE = ROOT / "_site"
SHEET = ROOT / "fiches" / "fiche.ipynb"  # the template of every commune's sheet
SHEETS = ROOT / "_fiches"  # never below `SITE`: a sheet is for its commune alone
# The typeface of the charts' files. Matplotlib brings it, and takes a while to import: it is only found here.
FONTS = Path(find_spec("matplotlib").origin).parent / "mpl-data" / "fonts" / "ttf"
