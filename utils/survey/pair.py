"""The two kinds of communes that a survey holds against each other: by default, active and other ones."""

__all__ = ["ACTIVE", "WHOLE", "Comparing", "Noun", "Pair", "PutTo", "Side"]

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import Field, model_validator

from utils.survey.scales import Entry
from utils.survey.typed import Identifier, StratumId, Text


class Noun(NamedTuple):
    """A noun in both numbers: what the answers of a base are counted in."""

    singular: str
    plural: str


class Side(Entry):
    """One of two kinds of communes: those that gave some answers to the question that tells them apart.

    Attributes
    ----------
    id : str
        What the base of its answers is called; a question may be put to it alone.
    modalites : tuple of str
        The options of which its communes chose one.
    singulier, pluriel : str
        End « une commune … » and « des communes … », in agreement: « dotées d’une charte ».
    bref : str, optional
        Stands for its communes without the word, after « les »: « actives »; else the whole is written out.
    """

    id: StratumId
    modalites: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    singulier: Text
    pluriel: Text
    bref: Text | None = None

    @property
    def noun(self) -> Noun:
        """What its answers are counted in."""
        return Noun(f"commune {self.singulier}", f"communes {self.pluriel}")

    @property
    def short(self) -> str:
        """Its communes, after « les » or « des »."""
        return self.bref or self.noun.plural


class Pair(Entry):
    """Two kinds of communes that answer apart, and are compared.

    A commune that gave none of the answers of either side, or left the question blank, is of neither.

    Attributes
    ----------
    question : str
        Whose answers tell them apart: a single choice put to all communes.
    groupes : tuple of Side
        The first is the one that sentences begin with.

    Examples
    --------
    >>> ACTIVE.side("non_actives").noun.plural
    'communes non actives'
    """

    question: Identifier
    groupes: tuple[Side, Side]

    @model_validator(mode="after")
    def _sides_differ(self) -> "Pair":
        first, second = self.groupes
        if first.id == second.id or set(first.modalites) & set(second.modalites):
            raise ValueError("sous `comparer`, deux groupes d’identifiants différents, sans modalité commune")
        return self

    def check(self, questions: Sequence[Any]) -> None:
        """Raise ValueError, in French, if the questions of a codebook do not tell the two kinds apart."""
        told = next((question for question in questions if question.id == self.question), None)
        if told is None or told.type != "choix_unique" or told.base != "communes":
            raise ValueError("sous `comparer`, une question à choix unique dont la base est communes")
        if strange := [option for option in self.options if option not in told.options]:
            raise ValueError(f"sous `comparer`, des modalités de « {told.id} », non {', '.join(strange)}")
        taken = {"repondants", "communes"} | ({*ACTIVE.bases} if self.question != ACTIVE.question else set())
        if held := taken & {*self.bases}:
            named = ", ".join(f"« {base} »" for base in sorted(held))
            raise ValueError(f"sous `comparer`, un autre identifiant que {named}, qui désigne déjà une base")

    @property
    def first(self) -> Side:
        """The side that is told first."""
        return self.groupes[0]

    @property
    def second(self) -> Side:
        """The side that it is held against."""
        return self.groupes[1]

    @property
    def bases(self) -> tuple[str, str]:
        """What the bases of the two sides are called."""
        return self.first.id, self.second.id

    @property
    def options(self) -> tuple[str, ...]:
        """The answers of either side."""
        return tuple(option for side in self.groupes for option in side.modalites)

    def side(self, base: str) -> Side:
        """Return one side by the name of its base."""
        return self.groupes[self.bases.index(base)]


ACTIVE = Pair(
    question="active",
    groupes=(
        Side(id="actives", modalites=("oui",), singulier="active", pluriel="actives", bref="actives"),
        Side(id="non_actives", modalites=("non",), singulier="non active", pluriel="non actives", bref="non actives"),
    ),
)

WHOLE = {
    "repondants": Noun("répondant", "répondants"),
    "communes": Noun("commune participante", "communes participantes"),
}


class PutTo:
    """Of whom the answers to a question are: by its `id`, its `base`, whether it is to `comparer`, and what is."""

    @property
    def bases(self) -> tuple[str, ...]:
        """Of whom its answers are counted and told: the two kinds of communes apart, where it is put to both."""
        pair = self._pair
        telling = (ACTIVE.question, pair and pair.question)
        apart = pair and self.base == "communes" and self.comparer == "oui" and self.id not in telling
        return pair.bases if apart else (self.base,)

    def pair(self, base: str) -> Pair | None:
        """Return the pair that a base is a side of; None where it is all communes, or respondents."""
        return _holding(base, self._pair)

    def noun(self, base: str) -> Noun:
        """Return what the answers of a base are counted in."""
        pair = self.pair(base)
        return pair.side(base).noun if pair else WHOLE[base]


class Comparing:
    """What a codebook compares: by its `questions`, and the pair that it may name under `comparer`."""

    @property
    def pair(self) -> Pair | None:
        """The two kinds of communes that are compared; None where the question that tells them apart is not asked.

        Those that the questionnaire names, or else active and other communes.
        """
        asked = {question.id for question in self.questions}
        return next((pair for pair in (self.comparer, ACTIVE) if pair and pair.question in asked), None)

    def split(self, base: str) -> Pair | None:
        """Return the pair that a base is a side of; None where it is all communes, or respondents."""
        return _holding(base, self.comparer)

    def noun(self, base: str) -> Noun:
        """Return what the answers of a base are counted in."""
        pair = self.split(base)
        return pair.side(base).noun if pair else WHOLE[base]

    @property
    def bases(self) -> tuple[str, ...]:
        """Every base that the answers of a question can be of, in this survey."""
        pairs = [pair for pair in (ACTIVE, self.comparer) if pair and pair.question in self]
        return (*WHOLE, *dict.fromkeys(base for pair in pairs for base in pair.bases))


def _holding(base: str, named: Pair | None) -> Pair | None:
    return next((pair for pair in (named, ACTIVE) if pair and base in pair.bases), None)
