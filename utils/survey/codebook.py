"""The codebook: what was asked, on which scale, with which options, of whom."""

__all__ = [
    "ALL",
    "BASES",
    "CELL",
    "SPLIT",
    "Codebook",
    "Question",
    "Source",
    "activity_of",
]

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import StringConstraints, field_validator, model_validator

from utils.survey.apart import check_apart
from utils.survey.entries import Change, Dated, Message, Opposed, Option
from utils.survey.measures import Measure, check_number
from utils.survey.pair import ACTIVE, WHOLE, Comparing, Pair, PutTo
from utils.survey.placed import Placed
from utils.survey.places import at_rank, check_ranking, ranks_of
from utils.survey.scales import Scale
from utils.survey.territory import Stratum
from utils.survey.typed import Finite, Identifier, QuestionId, Text, Whole

ALL = "toutes"  # a margin: whatever the activity, the province or the size
CELL = ("question", "modalite", "active", "province", "taille")  # what a count is of

SPLIT = ACTIVE.question  # where it is asked, a commune takes part that answers it

# The bases that every questionnaire knows; it may name two more, under `comparer`.
BASES = WHOLE | {side.id: side.noun for side in ACTIVE.groupes}


def activity_of(base: str) -> str:
    """Return what the column `active` holds in the counts of a base: of two other groups, the name of the group."""
    return {"repondants": ALL, "communes": ALL, "actives": "oui", "non_actives": "non"}.get(base, base)


@dataclass(frozen=True)
class Source:
    """Of what a number is: the question's id, the base (a key of `BASES`), how many answered.

    Empty (`n`: None) where a number is not of one question, base or group.
    """

    question: str = ""
    base: str = ""
    n: int | None = None


class Question(PutTo, Dated):
    """One item of the questionnaire.

    Attributes
    ----------
    libelle, enonce : str
        Its name, and its statement.
    titre : str, optional
        Heading of its block in the book; else its name.
    legende : str, optional
        Caption of its drawing; else what is drawn, and of whom.
    ancre : str, optional
        What its drawing's address is made of; else its id.
    sujet : str, optional
        What it is about, as the subject of a sentence: « l’absence de budget »; else its name, quoted.
    constat : str, optional
        Ends « Une majorité des communes disent … ».
    polarite : {"favorable", "defavorable", "neutre"}
        What agreeing with a rated item means for the commune; an obstacle is an item whose
        agreement is unfavourable.
    sans_avis : tuple of str
        Options that are no opinion, such as « ne sait pas »: no part of what shares are of. On a
        rated item every option is one, and none needs to be named.
    selon_taille : Opposed, optional
        A hypothesis of the study, tested beside the order of the sizes; every option of such a
        question is told by size.
    comparer : {"oui", "non"}
        Whether two kinds of communes answer it apart, where the survey compares any; put to all
        communes, and never compared, it is told of them as a whole.
    unite, minimum, maximum, entier, classes
        Of a number: its unit, in the plural; the least and the greatest that may be answered, and whether only
        whole ones; the lower bounds of its classes, which are its options. See `measures`.
    rangs : int, optional
        Of a ranking: how many options may be ranked; else all. See `places`.
    """

    id: QuestionId
    chapitre: Identifier
    type: Literal["likert", "choix_unique", "choix_multiple", "nombre", "classement", "texte"]
    libelle: Text
    enonce: Text
    base: Identifier
    titre: Text | None = None
    legende: Text | None = None
    ancre: Annotated[str, StringConstraints(pattern=r"^[a-z-]+$")] | None = None
    echelle: Identifier | None = None
    sujet: Text | None = None
    constat: Text | None = None
    polarite: Literal["favorable", "defavorable", "neutre"] = "neutre"
    ordonnee: bool = False
    modalites: tuple[Option, ...] = ()
    sans_avis: tuple[Identifier, ...] = ()
    selon_taille: Opposed | None = None
    comparer: Literal["oui", "non"] = "oui"
    changements: tuple[Change, ...] = ()
    unite: Text | None = None
    minimum: Finite | None = None
    maximum: Finite | None = None
    entier: bool = False
    classes: tuple[Finite, ...] = ()
    rangs: Whole | None = None
    _pair: Pair | None = ACTIVE  # what its codebook compares

    @model_validator(mode="after")
    def _type_has_what_it_needs(self) -> "Question":
        if self.type == "likert" and not (self.echelle and self.constat):
            raise ValueError("une `echelle` et un `constat` pour une question de type likert")
        if self.type != "likert" and self.polarite != "neutre":
            raise ValueError("une `polarite` pour une question de type likert seulement : ailleurs, rien n’est accordé")
        if self.type.startswith("choix") and not self.modalites:
            raise ValueError("des `modalites` pour une question à choix")
        cut = self.selon_taille
        if cut and (self.type != "choix_multiple" or cut.modalite not in self.options):
            raise ValueError("sous `selon_taille`, une modalité de cette question à choix multiple")
        return self

    @model_validator(mode="after")
    def _its_options_can_be(self) -> "Question":
        check_apart(self)
        check_ranking(self)
        if classes := check_number(self):
            options = tuple(Option(id=name, libelle=label) for name, label in classes.items())
            for name, value in (("modalites", options), ("ordonnee", True)):
                object.__setattr__(self, name, value)
        return self

    @cached_property
    def measure(self) -> Measure:
        """The numbers that may be answered, and their classes; of a question of type `nombre`."""
        return Measure.of(self.minimum, self.maximum, self.entier, self.classes)

    @property
    def single(self) -> bool:
        """Whether each answer that is counted by option is one of them, and no other: of a ranking, the first place."""
        return self.type in ("choix_unique", "nombre", "classement")

    @property
    def options(self) -> dict[str, str]:
        """Label by option id, in the order of the questionnaire."""
        return {option.id: option.libelle for option in self.modalites}

    @property
    def no_opinion(self) -> tuple[str, ...]:
        """Ids of the answers that are no opinion: counted apart, and no part of what shares are of."""
        return tuple(self.options) if self.type == "likert" else tuple(o for o in self.options if o in self.sans_avis)

    @property
    def exclusive(self) -> tuple[str, ...]:
        """Ids of the options that rule out every other."""
        return tuple(option.id for option in self.modalites if option.exclusive)

    @property
    def alone(self) -> tuple[str, ...]:
        """Ids of the options of a multiple choice that cannot stand beside another: exclusive, or no opinion."""
        return (*self.exclusive, *self.no_opinion) if self.type == "choix_multiple" else ()


def _can_oppose(question: Question, sizes: Sequence[Stratum]) -> bool:
    """Whether the sizes have the one from which a question's hypothesis counts communes as large, and smaller ones."""
    cut = question.selon_taille
    return cut is None or cut.des in [size.id for size in sizes[1:]]


class Codebook(Comparing, Placed):
    """The whole questionnaire, checked: `questionnaire.yml` as objects.

    Which provinces and which sizes of communes there are is known once it is put `within` a territory;
    a questionnaire may state its own.
    """

    echelles: dict[Identifier, Scale]
    questions: tuple[Question, ...]
    comparer: Pair | None = None
    message: Message | None = None
    _left_out: tuple[Question, ...] = ()

    @field_validator("questions")
    @classmethod
    def _questions_are_its_own(cls, questions: tuple[Question, ...]) -> tuple[Question, ...]:
        return tuple(question.model_copy() for question in questions)

    def model_post_init(self, _: Any) -> None:
        """Tell every question which kinds of communes are compared."""
        for question in self.questions:
            question._pair = self.pair

    @model_validator(mode="after")
    def _references_resolve(self) -> "Codebook":
        bases = dict.fromkeys([*BASES, *(self.comparer.bases if self.comparer else ())])
        for question in self.questions:
            if question.base not in bases:
                raise ValueError(f"une base, parmi {', '.join(bases)} (question « {question.id} »)")
        if self.comparer:
            self.comparer.check(self.questions)
        if self.message and (unknown := [name for name in self.message.montre if name not in self]):
            raise ValueError(f"sous `message`, des questions du questionnaire (inconnue : {', '.join(unknown)})")
        for question in self.questions:
            if question.echelle and question.echelle not in self.echelles:
                raise ValueError(f"une échelle définie sous `echelles` (question « {question.id} »)")
            if self.tailles and not _can_oppose(question, self.tailles):
                raise ValueError(
                    f"sous `selon_taille`, une taille qui en a de plus petites (question « {question.id} »)"
                )
        families = {
            "question": self.questions,
            "province": self.provinces,
            "taille": self.tailles,
            **{f"modalité de « {q.id} »": q.modalites for q in self.questions},
        }
        for family, members in families.items():
            ids = [member.id for member in members]
            if repeated := {i for i in ids if ids.count(i) > 1}:
                raise ValueError(f"un identifiant unique par {family} (en double : {', '.join(sorted(repeated))})")
        return self

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    def __getitem__(self, question: str) -> Question:
        return self._by_id[question]

    def __contains__(self, question: str) -> bool:
        return question in self._by_id

    def at(self, moment: str, omitted: Collection[str] = ()) -> "Codebook":
        """Return the questions and the options that are asked in a survey that begins at `moment`.

        Parameters
        ----------
        moment : str
            AAAA-MM or AAAA-MM-JJ.
        omitted : collection of str
            Questions that this survey leaves out.
        """
        questions = tuple(
            question.model_copy(update={"modalites": tuple(o for o in question.modalites if o.asked_at(moment))})
            for question in self.questions
            if question.asked_at(moment) and question.id not in omitted
        )
        asked = self._with(questions=questions)
        # A question that comes only later is no gap of this survey.
        begun = (q for q in self.questions if q.depuis is None or moment[: len(q.depuis)] >= q.depuis)
        asked._left_out = tuple(question for question in begun if question.id not in asked)
        return asked

    def _split_by(self, provinces: tuple[Stratum, ...], tailles: tuple[Stratum, ...]) -> "Codebook":
        questions = tuple(
            question if _can_oppose(question, tailles) else question.model_copy(update={"selon_taille": None})
            for question in self.questions
        )
        return self._with(provinces=provinces, tailles=tailles, questions=questions)

    def _with(self, **changed: tuple) -> "Codebook":
        parts = {key: getattr(self, key) for key in type(self).model_fields}
        # Of a questionnaire that holds, any part does, but for what it no longer compares.
        made = Codebook.model_construct(**parts | changed)
        made._left_out, made._territory = self._left_out, self._territory
        return made

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the questions that the message stands on; none where one of them is not asked."""
        asked = self.message.montre if self.message else ()
        return asked if all(name in self for name in asked) else ()

    def left_out(self, slug: str) -> list[Question]:
        """Return the questions of a chapter that were asked before, and that this survey leaves out."""
        return [question for question in self._left_out if question.chapitre == slug]

    def chapter(self, slug: str) -> list[str]:
        """Return the ids of the questions that a chapter tells."""
        return [question.id for question in self.questions if question.chapitre == slug]

    def scale(self, question: str) -> Scale:
        """Return the scale of a Likert question; KeyError for any other."""
        return self.echelles[self[question].echelle]

    def answers(self, question: str) -> tuple[str, ...]:
        """Every `modalite` that a question's counts may hold: scores as text, option ids, options at a rank."""
        asked = self[question]
        if asked.type == "classement":
            return tuple(at_rank(option, rank) for option in asked.options for rank in ranks_of(asked))
        return (*map(str, self.scale(question).points if asked.type == "likert" else ()), *asked.options)
