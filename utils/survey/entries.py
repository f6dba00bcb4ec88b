"""What a question of the codebook is made of: its options, what changed in it, what the study supposes of it."""

__all__ = ["Change", "Dated", "Message", "Opposed", "Option"]

from pydantic import Field

from utils.survey.scales import Entry
from utils.survey.typed import Identifier, Moment, OptionId, Text


class Dated(Entry):
    """What is asked only from one moment, or only up to one: AAAA, AAAA-MM or AAAA-MM-JJ."""

    depuis: Moment | None = None
    jusque: Moment | None = None

    def asked_at(self, moment: str) -> bool:
        """Whether it is asked in a survey that begins at `moment`."""
        late_enough = self.depuis is None or moment[: len(self.depuis)] >= self.depuis
        return late_enough and (self.jusque is None or moment[: len(self.jusque)] <= self.jusque)


class Option(Dated):
    """One answer that can be chosen; its label is written as in the middle of a sentence.

    `exclusive`: it rules out every other, as « aucun » does among several choices.
    """

    id: OptionId
    libelle: Text
    exclusive: bool = False


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


class Message(Entry):
    """What the survey has to say in one sentence, where its answers bear it out.

    Attributes
    ----------
    montre : tuple of str
        Questions whose answers show it, put to the same: of each, the share that agrees, or of the option most chosen.
    dit : str
        Ends « Les communes … », said where the first of these shares is surely greater than the last.
    """

    montre: tuple[Identifier, ...] = Field(min_length=2, max_length=4)
    dit: Text
