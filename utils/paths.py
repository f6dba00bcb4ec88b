"""Where things are: the one place that knows the project's folders."""

__all__ = [
    "BIBLIOGRAPHY",
    "BUILD",
    "CHAPTERS",
    "CONFIG",
    "DATA",
    "EXPLORER",
    "PRINT",
    "ROOT",
    "SITE",
    "STATIC",
    "TEMPLATES",
    "TOC",
]

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CHAPTERS = ROOT / "chapters"
CONFIG = ROOT / "_config.yml"
TOC = ROOT / "_toc.yml"
BIBLIOGRAPHY = ROOT / "references.bib"
EXPLORER = ROOT / "_explorer"
STATIC = ROOT / "_static"
TEMPLATES = ROOT / "_templates"
PRINT = ROOT / "_pdf"
BUILD = ROOT / "_build"
SITE = ROOT / "_site"
