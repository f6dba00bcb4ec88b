"""The published study that an edition takes its counts from."""

__all__ = ["Study"]

from utils.survey.scales import Entry
from utils.survey.typed import Text


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
    reference: Text | None = None
