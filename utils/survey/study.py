"""The published study that an edition takes its counts from."""

__all__ = ["Study"]

from typing import Annotated

from pydantic import StringConstraints

from utils.survey.scales import Entry
from utils.survey.typed import Text

# No text: it is looked up, and never shown.
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+([-_:.+][A-Za-z0-9]+)*$")]


class Study(Entry):
    """`etude` in `vague.yml`: the published study that counts are taken from.

    Attributes
    ----------
    auteurs : str
        Who wrote it, as a page is signed.
    citation : str
        How to cite it, whole.
    reference : str, optional
        Its key in `references.bib`.
    """

    auteurs: Text
    citation: Text
    reference: Key | None = None
