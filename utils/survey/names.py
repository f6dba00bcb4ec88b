"""Names that people give to files, and what these may not be."""

__all__ = ["FileName", "FilePath"]

import re
from typing import Annotated

from pydantic import AfterValidator

from utils.survey.scales import Text

_NAME = re.compile(r"[^/\\:\x00-\x1f\x7f]{1,100}")


def _within_a_folder(name: str) -> str:
    if not _NAME.fullmatch(name) or name in (".", ".."):
        raise ValueError("le nom d’un fichier du dossier de la vague, sans chemin ni « .. »")
    return name


def _below_data(name: str) -> str:
    if not all(_NAME.fullmatch(part) and part not in (".", "..") for part in name.split("/")):
        raise ValueError("un chemin à partir de `data/`, comme `frontieres/provinces.geojson`, sans « .. »")
    return name


FileName = Annotated[Text, AfterValidator(_within_a_folder)]
FilePath = Annotated[Text, AfterValidator(_below_data)]  # of a file that waves share
