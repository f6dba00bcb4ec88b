"""How a chapter is read: a few lines on what its drawings and its words mean, of what it really holds."""

__all__ = ["guide"]

from utils.french import listing, typeset
from utils.statistics.intervals import LEVEL
from utils.survey.codebook import Question
from utils.survey.results import HIDDEN
from utils.survey.wave import Wave
from utils.telling.figures import number, percent, sentence

MOST = 5  # lines of a guide
_SIDES = {"accord": "un accord", "desaccord": "un désaccord", "neutre": "le milieu"}


@sentence
def guide(wave: Wave, slug: str) -> list[str]:
    """Return what a reader of a chapter's results should know, a line each, `MOST` at most.

    Parameters
    ----------
    wave : Wave
    slug : str
        The chapter; what is told depends on the questions that it holds.

    Returns
    -------
    list of str
    """
    asked = [wave.codebook[name] for name in wave.codebook.chapter(slug)]
    hides = f"{HIDDEN} : un nombre que le livre tait, pour que personne n’y reconnaisse la réponse d’une commune."
    told = [
        "Sous chaque titre, en gris : ce qui était demandé, à qui, et combien ont répondu (n).",
        *_scores(wave, asked),
        _line(asked),
        _gap(asked),
        hides if wave.about.threshold > 1 else "",
        _several(asked),
    ]
    return [typeset(said) for said in told if said][:MOST]


def _scores(wave: Wave, asked: list[Question]) -> list[str]:
    """Tell which scores are agreement, on each scale of the chapter; nothing where it rates nothing, or rates apart."""
    scales = {question.echelle: wave.codebook.scale(question.id) for question in asked if question.type == "likert"}
    if len(scales) != 1:
        return []
    scale = next(iter(scales.values()))
    named = [f"{_between(scale.side(sens))} comme {name}" for sens, name in _SIDES.items() if scale.side(sens)]
    return [f"Les scores vont {scale.told} ; le livre compte {listing(named)}."]


def _between(scores: tuple[int, ...]) -> str:
    low, high = (number(score, of=None) for score in (scores[0], scores[-1]))
    return low if low == high else f"{low} à {high}"


def _line(asked: list[Question]) -> str:
    """Tell what the line of a bar is; nothing where no bar has one, as those that show agreement have none."""
    if not any(question.type in ("choix_unique", "choix_multiple") for question in asked):
        return ""
    odds = round(1 / (1 - LEVEL))
    sure, chance = number(odds - 1, of=None), number(odds, of=None)
    return (
        f"Le trait d’une barre est son intervalle à {percent(LEVEL, of=None)} : {sure} fois sur {chance}, la part de "
        "toutes les communes s’y trouve, si celles qui ont répondu ressemblent aux autres."
    )


def _several(asked: list[Question]) -> str:
    if not any(question.type == "choix_multiple" for question in asked):
        return ""
    return "Là où plusieurs réponses étaient permises, les parts ne s’additionnent pas."


def _gap(asked: list[Question]) -> str:
    of = "entre deux groupes" if any(len(question.bases) > 1 for question in asked) else "entre deux parts"
    return (
        f"Le livre n’affirme un écart {of} que s’il est trop grand pour être mis sur le compte du hasard : comme il "
        "fait beaucoup de comparaisons, deux intervalles séparés n’y suffisent pas. « À confirmer » : "
        "l’écart se voit dans ces réponses, sans être assuré au-delà. Quand le livre n’affirme rien, un écart peut "
        "exister."
    )
