"""What a sheet is made of, as one digest: a sheet that bears another is stale."""

__all__ = ["stamp"]

from collections.abc import Mapping

from utils import paths
from utils.publishing import inputs

_CODE = ("utils.publishing.sheets.making", "utils.publishing.sheets.sheet")  # what makes one, what its template calls


def stamp(wave: str, previous: str, book: str, chapters: Mapping[str, str]) -> str:
    """Return the digest of all that the sheets of a wave have in common.

    The data of both waves and what waves share, the code, the template, the parameters, the versions of Python
    and of every package installed. Of one sheet only its commune is missing, which its name stands for.

    Parameters
    ----------
    wave, previous : str
    book : str
        Where links lead to.
    chapters : mapping of str to str
        Titles of the book's chapters, by name.
    """
    titles = [part for chapter in sorted(chapters.items()) for part in chapter]
    look = inputs.files(paths.FRONT / "fiches", paths.SHEET)
    return inputs.digest(
        *(inputs.code(*_CODE), look, inputs.data(wave, previous), inputs.versions()), wave, previous, book, *titles
    )
