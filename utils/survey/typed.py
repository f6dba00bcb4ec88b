"""What a key of a document may hold: texts that fit a page, names that mean nothing else, moments that exist.

Names of files lead out of no folder, and numbers end.
"""

__all__ = [
    "GREATEST",
    "Count",
    "FileName",
    "FilePath",
    "Finite",
    "Identifier",
    "Moment",
    "Month",
    "OptionId",
    "QuestionId",
    "StratumId",
    "Text",
    "Title",
    "Whole",
]

import datetime
import keyword
import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints


def _readable(text: str) -> str:
    # Signs of control lead a terminal; those of private use are what numbers are marked with as they are told.
    hidden = {sign for sign in text if unicodedata.category(sign) in ("Cc", "Co", "Cs")} - {"\n", "\t"}
    if hidden:
        named = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(hidden)[:3])
        raise ValueError(f"un texte sans signe de contrôle ni d’usage privé ({named})")
    return text


def _text(most: int) -> type[str]:
    kept = StringConstraints(min_length=1, max_length=most, strip_whitespace=True)
    return Annotated[str, kept, AfterValidator(_readable)]


Text = _text(5000)
Title = _text(200)  # it heads every page
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,60}$")]
# What stands beside questions in a table, in a database or in a chapter's `says`.
_OURS = {
    *("id", "date", "commune", "ins", "province", "taille", "population", "code_postal", "ligne"),
    *("question", "modalite", "effectif", "value", "cell", "of"),
}
_ALL = {"toutes", "oui", "non"}  # what the columns `active`, `province` and `taille` hold besides
GREATEST = 10**9  # no survey counts further, and sums of such numbers are exact
_NAME = re.compile(r"[^/\\:\x00-\x1f\x7f]{1,100}")
_MOMENT = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def _of_a_question(name: str) -> str:
    if name in _OURS or keyword.iskeyword(name) or not name[0].isalpha() or name.endswith("_"):
        raise ValueError(
            "un autre identifiant : il commence par une lettre, ne finit pas par « _ », et n’est ni un mot de Python "
            f"(`in`, `or`, `class`…) ni {', '.join(sorted(_OURS))}"
        )
    return name


def _of_an_option(name: str) -> str:
    if keyword.iskeyword(name):
        raise ValueError("un autre identifiant : celui-ci est un mot de Python, qu’aucune expression ne peut nommer")
    return name


def _of_a_stratum(name: str) -> str:
    if name in _ALL:
        raise ValueError(f"un autre identifiant que {', '.join(sorted(_ALL))}, qui désignent déjà un ensemble")
    return _of_an_option(name)


def _within_a_folder(name: str) -> str:
    if not _NAME.fullmatch(name) or name in (".", ".."):
        raise ValueError("le nom d’un fichier du dossier de la vague, sans chemin ni « .. »")
    return name


def _below_data(name: str) -> str:
    if not all(_NAME.fullmatch(part) and part not in (".", "..") for part in name.split("/")):
        raise ValueError("un chemin à partir de `data/`, comme `frontieres/provinces.geojson`, sans « .. »")
    return name


def _exists(moment: str) -> bool:
    if not (found := _MOMENT.fullmatch(moment)):
        return False
    try:
        datetime.date(*(int(part or 1) for part in found.groups()))
    except ValueError:
        return False
    return True


def _moment(text: str) -> str:
    if not _exists(text):
        raise ValueError("une date qui existe, de la forme AAAA, AAAA-MM ou AAAA-MM-JJ")
    return text


def _month(text: str) -> str:
    if not _exists(text) or len(text) == len("AAAA"):
        raise ValueError("une date qui existe, de la forme AAAA-MM ou AAAA-MM-JJ")
    return text


QuestionId = Annotated[Identifier, AfterValidator(_of_a_question)]
OptionId = Annotated[Identifier, AfterValidator(_of_an_option)]
StratumId = Annotated[Identifier, AfterValidator(_of_a_stratum)]
FileName = Annotated[Text, AfterValidator(_within_a_folder)]
FilePath = Annotated[Text, AfterValidator(_below_data)]  # of a file that waves share
Moment = Annotated[str, AfterValidator(_moment)]
Month = Annotated[str, AfterValidator(_month)]
Whole = Annotated[int, Field(ge=-GREATEST, le=GREATEST)]
Count = Annotated[int, Field(ge=0, le=GREATEST)]
Finite = Annotated[float, Field(ge=-GREATEST, le=GREATEST, allow_inf_nan=False)]
