"""The territory whose communes are asked: what it is called, how it is divided, how its communes are named and coded.

Everything that a sentence, a description or a check says of a place comes from here, never from a text that
was written for one place.
"""

__all__ = [
    "DEFAULT",
    "PROVINCE",
    "Code",
    "Contours",
    "Country",
    "Division",
    "Extent",
    "Members",
    "Stratum",
    "Territory",
]

import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from utils.french import elides
from utils.survey.scales import Entry
from utils.survey.typed import Count, FilePath, Finite, Identifier, Moment, StratumId, Text

DEFAULT = "wallonie"  # whose communes a wave asks that names no territory


def _compiles(form: str) -> str:
    try:
        re.compile(form)
    except re.error as error:
        raise ValueError("une expression régulière") from error
    return form


class Stratum(Entry):
    """A province or a size of commune; its label is written as in the middle of a sentence.

    Sizes carry their bounds in inhabitants, the lower one included, the upper one not.
    """

    id: StratumId
    libelle: Text
    minimum: Count | None = None
    maximum: Count | None = None


class Division(Entry):
    """What the territory is divided into: the noun, with the words that French puts before it.

    Examples
    --------
    >>> Division(singulier="arrondissement", pluriel="arrondissements", genre="masculin").le
    'l’arrondissement'
    >>> Division(singulier="province", pluriel="provinces", genre="feminin").un
    'une province'
    """

    singulier: Text
    pluriel: Text
    genre: Literal["feminin", "masculin"]

    @property
    def le(self) -> str:
        """The noun with its definite article."""
        if elides(self.singulier):
            return f"l’{self.singulier}"
        return f"{'la' if self.feminine else 'le'} {self.singulier}"

    @property
    def un(self) -> str:
        """The noun with its indefinite article."""
        return f"{'une' if self.feminine else 'un'} {self.singulier}"

    @property
    def d_un(self) -> str:
        """The noun with its indefinite article, after « de »: « d’une province »."""
        return f"d’{self.un}"

    @property
    def feminine(self) -> bool:
        """Whether words that agree with it are feminine: « aucune », « chacune »."""
        return self.genre == "feminin"


PROVINCE = Division(singulier="province", pluriel="provinces", genre="feminin")


class Country(Entry):
    """The country: its name, the same in « qui soient en Belgique », and its two letters (ISO 3166)."""

    nom: Text
    lieu: Text
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Members(Entry):
    """How many communes the territory has, and since when."""

    nombre: Annotated[Count, Field(ge=1)]
    depuis: Moment | None = None


class Code(Entry):
    """How the communes are coded.

    Attributes
    ----------
    nom : str
        What the code is called: « code INS ».
    forme : str
        A regular expression that a whole code fits.
    dit : str
        The same in words, after « un code INS de commune »: « de cinq chiffres ».
    """

    nom: Text = "code"
    forme: Annotated[Text, AfterValidator(_compiles)] = r"[0-9A-Za-z]+"
    dit: Text = "de chiffres et de lettres"

    def fits(self, code: str) -> bool:
        """Whether a text can be the code of a commune.

        Examples
        --------
        >>> Code(forme="(?:[0-9]{2}|2[AB])[0-9]{3}").fits("2A004"), Code(forme="[0-9]{5}").fits("2A004")
        (True, False)
        """
        return re.fullmatch(self.forme, code) is not None

    @property
    def told(self) -> str:
        """What is expected of a code, as a `Problem` tells it."""
        return f"un {self.nom} de commune, {self.dit}"


class Contours(Entry):
    """The outlines of the divisions: a GeoJSON, by its path from `data/`, and the property that holds their ids."""

    fichier: FilePath
    propriete: Text = "province"


class Extent(Entry):
    """Between which longitudes and latitudes (degrees, WGS 84) every outline of the country lies."""

    ouest: Finite
    sud: Finite
    est: Finite
    nord: Finite


class Territory(Entry):
    """`data/territoires/<id>.yml`.

    Attributes
    ----------
    nom : str
        « Wallonie ».
    de : str
        Ends « les communes … »: « de Wallonie ».
    entier : str
        Ends « cette enquête ne porte pas sur … »: « toute la Wallonie ».
    adjectif : str, optional
        The same as `de` in one word, feminine plural: « wallonnes ».
    pays : Country, optional
    communes : tuple of Members
        How many communes there are, over time; empty where that is not known.
    strate : Division
        What the column `province` holds: provinces, départements …
    code : Code
    code_postal : Code
        The same of a postal code; a commune may have several.
    fusions : str, optional
        Which communes became which: a table by its path from `data/`; see `mergers.read_mergers`.
    contours : Contours, optional
        Without it, nothing is mapped by division.
    etendue : Extent, optional
        Without it, outlines may lie anywhere.
    provinces, tailles : tuple of Stratum
        The divisions, and the sizes of communes. A questionnaire may state its own.
    chapitres : tuple of str
        The chapters of the book that speak of this territory alone: the books of others do not have them.
    noms : dict
        Other names of a commune by one of its names, whichever of them the list at hand uses; what
        differs by accents, hyphens or capitals alone needs no entry.
    """

    nom: Text
    de: Text
    entier: Text
    adjectif: Text | None = None
    pays: Country | None = None
    communes: tuple[Members, ...] = ()
    strate: Division = PROVINCE
    code: Code = Code()
    code_postal: Code = Code(nom="code postal", forme=r"[0-9A-Za-z](?:[0-9A-Za-z -]*[0-9A-Za-z])?")
    fusions: FilePath | None = None
    contours: Contours | None = None
    etendue: Extent | None = None
    provinces: tuple[Stratum, ...] = ()
    tailles: tuple[Stratum, ...] = ()
    chapitres: tuple[Identifier, ...] = ()
    noms: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _strata_are_apart(self) -> "Territory":
        for family, members in (("province", self.provinces), ("taille", self.tailles)):
            ids = [member.id for member in members]
            if repeated := {i for i in ids if ids.count(i) > 1}:
                raise ValueError(f"un identifiant unique par {family} (en double : {', '.join(sorted(repeated))})")
        return self

    @cached_property
    def its(self) -> str:
        """End « les communes … » in the shortest way: « wallonnes », or else « de Wallonie »."""
        return self.adjectif or self.de

    @property
    def place(self) -> str:
        """The territory and its country, as catalogues write a place: « Wallonie, Belgique »."""
        return f"{self.nom}, {self.pays.nom}" if self.pays else self.nom

    def members(self, moment: str) -> int | None:
        """Return how many communes there are at a moment (AAAA, AAAA-MM or AAAA-MM-JJ); None where it is not known.

        Examples
        --------
        >>> told = {"nom": "X", "de": "de X", "entier": "tout X"}
        >>> x = Territory(**told, communes=(Members(nombre=3), Members(nombre=2, depuis="2025")))
        >>> x.members("2024-12"), x.members("2025-01"), Territory(**told).members("2025")
        (3, 2, None)
        """
        begun = [one for one in self.communes if one.depuis is None or one.depuis[: len(moment)] <= moment]
        return max(begun, key=lambda one: one.depuis or "").nombre if begun else None
