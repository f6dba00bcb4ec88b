r"""How to cite the book or one of its results, for tools that manage references: BibTeX and RIS.

Examples
--------
>>> from utils.reading import waves
>>> print(bibtex(reference(waves.load("2017"))).splitlines()[0])
@book{communes-medias-sociaux-2017,
"""

__all__ = ["Reference", "bibtex", "dated", "reference", "ris"]

import datetime
from dataclasses import dataclass

from utils.french import NBSP, THIN, period, typeset
from utils.offering.publication import makers, publication
from utils.survey.wave import Wave

_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_ESCAPED |= {sign: f"\\{sign}" for sign in "{}%&_#$"} | {NBSP: "~", THIN: "~"}


@dataclass(frozen=True)
class Reference:
    """A book, or a part of it.

    Attributes
    ----------
    key : str
        Letters, digits and hyphens.
    authors : tuple of str
        Who asked, and who wrote the book: bodies, whatever their names hold.
    book, part : str
        Titles; no part for the book itself.
    edition, version : str
    day : date
        When the version was released.
    address : str
        Empty where the book is published nowhere yet.
    note : str
        That the data is invented; else empty.
    """

    key: str
    authors: tuple[str, ...]
    book: str
    part: str
    edition: str
    version: str
    day: datetime.date
    address: str
    note: str


def reference(wave: Wave, part: str = "", name: str = "", address: str = "") -> Reference:
    """Return how to cite an edition, or one of its results.

    Parameters
    ----------
    wave : Wave
    part, name : str, optional
        The result's title, and its file's name.
    address : str, optional
        Where it can be read.
    """
    about = publication(wave)
    return Reference(
        key=f"{about.name}-{name}" if name else about.name,
        authors=makers(wave.about),
        book=typeset(wave.about.titre),
        part=part,
        edition=about.edition,
        version=about.version,
        day=about.date,
        address=address,
        note=about.warning,
    )


def dated(cited: Reference) -> str:
    """Return which version it is: « version 1.2.0 du 30 novembre 2026 »."""
    day = cited.day.isoformat()
    return f"version {cited.version} du {period(day, day).removeprefix('le ')}"


def bibtex(cited: Reference) -> str:
    """Write a reference in BibTeX: UTF-8, what TeX reads as its own escaped, titles and bodies kept as they are."""
    fields = {
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in cited.authors),
        "title": f"{{{_escaped(cited.part or cited.book)}}}",
        "booktitle": f"{{{_escaped(cited.book)}}}" if cited.part else "",
        "publisher": f"{{{_escaped(cited.authors[-1])}}}",
        "edition": _escaped(cited.edition),
        "version": _escaped(cited.version),
        "year": str(cited.day.year),
        "date": cited.day.isoformat(),
        "url": cited.address,
        "note": _escaped(cited.note),
        "langid": "french",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "incollection" if cited.part else "book"
    return "\n".join([f"@{kind}{{{cited.key},", *lines, "}"]) + "\n"


def ris(cited: Reference) -> str:
    """Write a reference in RIS: a tag a line, lines that end as its specification says."""
    fields = [
        ("TY", "CHAP" if cited.part else "BOOK"),
        # A comma parts a surname from first names; a body has none.
        *(("AU", author.replace(", ", " – ")) for author in cited.authors),
        ("TI", cited.part or cited.book),
        ("T2", cited.book if cited.part else ""),
        ("PB", cited.authors[-1]),
        ("ET", f"{cited.edition}, version {cited.version}"),
        ("PY", str(cited.day.year)),
        ("DA", f"{cited.day:%Y/%m/%d}"),
        ("LA", "fr"),
        ("UR", cited.address),
        ("N1", cited.note),
        ("ID", cited.key),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(sign, sign) for sign in text)
