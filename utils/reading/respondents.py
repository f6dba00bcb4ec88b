"""The rows of a wave's respondents, from whatever file they stand in."""

__all__ = ["respondents"]

from collections.abc import Collection
from pathlib import Path

from utils.reading.forms.exports import read_export
from utils.reading.forms.faults import SHOWN
from utils.reading.forms.selection import Export
from utils.reading.loading import open_source
from utils.reading.problems import Problem
from utils.survey.about import Metadata
from utils.survey.codebook import Codebook


def respondents(
    folder: Path,
    about: Metadata,
    codebook: Codebook,
    problems: list[Problem],
    *,
    shown: int = SHOWN,
    aside: Collection[int] = (),
) -> tuple[Path, Export]:
    """Return the file that the respondents' rows stand in, and these in the contract's form.

    Parameters
    ----------
    folder, about, codebook, problems
    shown : int
        How many lines are named with a fault that stands on several.
    aside : collection of int
        Lines whose faults no longer matter, as they are set aside.
    """
    if about.importation:
        path = folder / about.importation.fichier
        how = {"period": about.periode, "unsent": about.inachevees, "shown": shown, "aside": aside}
        how |= {"weight": about.poids}
        return path, read_export(path, about.importation, codebook, problems, **how)
    path = folder / about.fichier
    source = open_source(path, problems)
    return path, Export(source.load(problems)) if source else Export()
