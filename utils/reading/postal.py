"""The postal codes that a list of communes may hold: by them, a reader finds a commune as well as by its name."""

__all__ = ["check_postal", "codes"]

import re

import pandas as pd

from utils.reading.checks import flag
from utils.reading.problems import Problem
from utils.survey.territory import Code


def codes(cell: str) -> tuple[str, ...]:
    """Return the postal codes of a cell, one after another: a commune may have several.

    Examples
    --------
    >>> codes("4000, 4020 ; 4030"), codes("")
    (('4000', '4020', '4030'), ())
    """
    return tuple(code for code in re.split(r"\s*[,;/]\s*", cell.strip()) if code)


def check_postal(known: pd.DataFrame, title: str, code: Code, file: str, problems: list[Problem]) -> None:
    """Note every cell with a text that can be no postal code of the territory; an empty one tells none."""
    wrong = ~known[title].map(lambda cell: all(map(code.fits, codes(cell)))).astype(bool)
    flag(known, title, wrong, file, f"un {code.nom}, {code.dit} (plusieurs se séparent d’une virgule)", problems)
