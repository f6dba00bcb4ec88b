"""What a statistic of one answer is called, where no sentence says it: its label, never its identifier."""

__all__ = ["of_answer"]

from utils.survey.codebook import Codebook


def of_answer(what: str, codebook: Codebook, question: str, answer: str, stratum: str = "") -> str:
    """Name a statistic of an answer, in one stratum if it is named.

    Parameters
    ----------
    what : str
        The statistic: « part », « effectif ».
    codebook : Codebook
    question : str
        Its identifier.
    answer : str
        An option's identifier, or a score.
    stratum : str, optional
        A province's or a size's identifier.

    Examples
    --------
    >>> from utils.reading import waves
    >>> codebook = waves.load("2017").codebook
    >>> of_answer("part", codebook, "medias", "facebook"), of_answer("effectif", codebook, "obstacle_budget", "10")
    ('part de « Facebook »', 'effectif du score 10')
    """
    options = codebook[question].options
    told = f"{what} de « {options[answer]} »" if answer in options else f"{what} du score {answer}"
    strata = codebook.strata("province") | codebook.strata("taille")
    return f"{told}, {strata[stratum]}" if stratum else told
