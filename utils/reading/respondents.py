"""The rows of a wave's respondents, from whatever file they stand in."""

__all__ = ["respondents"]

from collections.abc import Callable, Collection
from pathlib import Path

from utils.reading.files import display_path
from utils.reading.forms.answers import UnreadError
from utils.reading.forms.exports import read_export
from utils.reading.forms.faults import SHOWN, Faults
from utils.reading.forms.meanings import read_column
from utils.reading.forms.numbers import Numbers
from utils.reading.forms.selection import Export
from utils.reading.loading import open_source
from utils.reading.problems import Problem
from utils.reading.relations import Relation
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
    if source is None:
        return path, Export()
    rows = source.load(problems)
    return path, Export(_normalised(rows, codebook, Faults(rows, display_path(path), problems, shown), aside))


def _normalised(rows: Relation, codebook: Codebook, faults: Faults, aside: Collection[int]) -> Relation:
    """Give the rows their numbers in one writing; note those that may be two."""
    columns = rows.columns
    asked = [question for question in codebook.questions if question.type == "nombre" and question.id in columns]
    counting = rows.apart_from(aside) if asked else ""
    read = {
        question.id: read_column(faults, question.id, cell, _reader(Numbers(rows.texts(cell), question)), counting)
        for question in asked
        for cell in [columns[question.id]]
    }
    return rows.settle(columns | read) if read else rows


def _reader(numbers: Numbers) -> Callable[[str], str]:
    def read(text: str) -> str:
        faults = list(numbers.faults(text))
        # What is no answer stays as it stands and is told with the others; what may be two would be taken for one.
        if faults and len(numbers.readings(text)) > 1:
            raise UnreadError(*((expected, text) for expected in faults))
        return text if faults else numbers.read(text)

    return read
