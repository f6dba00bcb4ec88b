"""What communes like one's own answer, told to whoever asks of one: those of its size, those of its province."""

__all__ = [
    "EMPTY",
    "LEGEND",
    "TOGETHER",
    "UNTOLD",
    "WHY",
    "absent",
    "among",
    "first",
    "heading",
    "like",
    "nowhere",
    "placed",
    "said",
    "shares",
]

from utils.french import NBSP, capitalise, decapitalise, typeset
from utils.statistics.intervals import LEVEL
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.wave import Wave
from utils.telling.figures import figure, number, percent, sentence
from utils.telling.phrases import share_of, told_by

UNTOLD, WHY = "non publié", "Ce qui n’est pas publié dévoilerait la réponse de quelques communes."
EMPTY = "aucune réponse"
TOGETHER = "Ensemble"  # all communes, beside which these are told

LEGEND = typeset(f"Trait : intervalle à {percent(LEVEL, of=None)} ; n : nombre de réponses.")


def like(wave: Wave, by: str) -> str:
    """Name the communes like one's own, after « les »: « communes de votre taille », « communes de votre province »."""
    return f"communes de votre {wave.codebook.territory.strate.singulier if by == 'province' else 'taille'}"


def heading(wave: Wave, by: str, stratum: str) -> str:
    """Name one stratum: « Communes de moins de 5 000 habitants », « Province : Liège »."""
    label = wave.codebook.strata(by)[stratum]
    if by == "province":
        return typeset(f"{capitalise(wave.codebook.territory.strate.singulier)} : {label}")
    return typeset(f"Communes {label if label.startswith('de ') else f'de {label}'}")


def among(wave: Wave, plural: str, by: str) -> str:
    """End « 57 % des … » with those who answer, of communes like one's own, or with all where `by` is empty."""
    if not by:
        return plural
    where = like(wave, by).removeprefix("communes ")
    return f"{plural} {where}" if plural.startswith("communes") else f"{plural} des {like(wave, by)}"


@sentence
def first(result: LikertResult | ChoiceResult, label: str, printed: str, share: float) -> str:
    """Tell one share of one stratum, under its heading: « Liège : 88 % des communes participantes disent … ».

    Parameters
    ----------
    label : str
        The stratum's.
    printed : str
        The share as it is published elsewhere.
    share : float
        The same, 0..1.
    """
    told = figure(str(printed), share, share_of(result, told_by(result)[2]))
    return f"{capitalise(label)} : {told} des {result.noun.plural} {_answer(result)}."


def shares(plural: str) -> str:
    """Tell of whom shares are."""
    return typeset(f"Part des {plural}, en %.")


def said(wave: Wave, result: LikertResult | ChoiceResult, share: str, by: str) -> str:
    """Tell one share of communes like one's own.

    Examples
    --------
    « 57 % des communes actives de votre taille disent discuter avec leurs habitants »
    """
    return typeset(f"{share} des {among(wave, result.noun.plural, by)} {_answer(result)}")


def _answer(result: LikertResult | ChoiceResult) -> str:
    top = told_by(result)[2]
    return f"répondent « {result.label(top)} »" if top else f"disent {result.question.constat}"


def placed(wave: Wave, population: int | None, taille: str, province: str) -> str:
    """Tell where a commune stands: how many live there, and of which size and province it is."""
    noun, codebook = wave.codebook.territory.strate.singulier, wave.codebook
    told = [] if population is None else [f"{number(population, of=None)}{NBSP}habitants"]
    told += [f"taille : {codebook.strata('taille')[taille]}"] if taille else []
    told.append(f"{noun} : {codebook.strata('province')[province]}")
    return typeset(capitalise(f"{' ; '.join(told)}."))


def absent(wave: Wave, by: str = "") -> str:
    """Tell, in place of a share, that it is not given; or, below a title, that none is by size or by province."""
    if not by:
        return typeset(f"{_whose(wave)} ne le donne pas")
    return typeset(f"Non disponible {_by(wave, by)}.")


def _by(wave: Wave, by: str) -> str:
    return f"par {wave.codebook.territory.strate.singulier if by == 'province' else 'taille'}"


def nowhere(wave: Wave) -> str:
    """Name what is only given of all communes together."""
    kinds = [_by(wave, by) for by in reversed(wave.codebook.kinds)]
    how = f"ni {' ni '.join(kinds)}" if len(kinds) > 1 else f"pas {kinds[0]}"
    return typeset(f"Ce que {decapitalise(_whose(wave))} ne donne {how}")


def _whose(wave: Wave) -> str:
    return "L’étude" if wave.about.source == "effectifs" else "Cette édition"
