"""What a question has been: since when it is asked as it is, and what the study supposed of its answers."""

__all__ = ["Change", "Moment", "Opposed"]

from typing import Annotated

from pydantic import StringConstraints

from utils.survey.scales import Entry, Identifier, Text

Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}$")]


class Change(Entry):
    """What changed in a question, and since when: answers before and after are not compared."""

    depuis: Moment
    quoi: Text


class Opposed(Entry):
    """What the study supposes of the sizes of communes: that large and small ones differ on one option.

    Attributes
    ----------
    modalite : str
        The option.
    des : str
        Id of the first size that counts as large.
    libelles : tuple of str
        What the small and the large communes are called.
    """

    modalite: Identifier
    des: Identifier
    libelles: tuple[Text, Text]
