"""What a chapter says of each question by its name: `says.medias.titre`."""

__all__ = ["Said", "Sayings"]

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docutils.nodes import make_id

from utils.french import typeset
from utils.publishing.blocks import heading
from utils.survey.wave import Wave
from utils.telling import phrases


class Said(NamedTuple):
    """What a block says of one question: its statement, of whom, its finding; and where the block stands."""

    question: str
    base: str
    titre: str
    lieu: str


class Sayings:
    """What a chapter says of each question, made when it is first asked for."""

    def __init__(self, wave: Wave) -> None:
        self._wave = wave

    def __getattr__(self, question: str) -> Said | None:
        if question.startswith("_"):
            raise AttributeError(question)
        wave, said = self._wave, None
        if question in wave.codebook:
            result = wave.result(question)
            place = f"{result.question.chapitre}.ipynb#{make_id(heading(result.question))}"
            said = Said(typeset(result.question.enonce), phrases.basis(result), phrases.headline(result), place)
        setattr(self, question, said)
        return said

    def of(self, questions: Iterable[str]) -> Iterator[Said]:
        """Yield what is said of several questions, without those that the wave left out."""
        return (said for name in questions if (said := getattr(self, name)))
