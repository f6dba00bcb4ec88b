"""What the files are that a table's figures stand on; each table names its own, and none is assumed."""

__all__ = ["Origin", "of_design"]

from enum import StrEnum

from utils.statistics.design import Design


class Origin(StrEnum):
    """What a file holds. Where it stands, and whether an edition has it, is for whoever publishes to say."""

    ANSWERS = "reponses"  # the counts of a study, or respondents' rows
    BEFORE = "avant"  # the same, of the edition before
    RESPONDENTS = "repondants"  # how many answered
    FRAME = "cadre"  # which communes were asked, or how many
    STRATA = "strates"  # of which province and of which size each commune is
    PRINTED = "publie"  # what a study prints beside its counts
    INHABITANTS = "habitants"  # of each commune
    STATEMENTS = "affirmations"  # of a study
    QUESTIONNAIRE = "questionnaire"
    TERRITORY = "territoire"  # its provinces and sizes of communes
    MERGERS = "fusions"  # which communes became which
    COURSES = "formations"
    CONTEXT = "contexte"  # of the survey: what others say of inhabitants
    MEASURED = "couverture"  # how often intervals hold the truth
    CLAIMED = "fausses_alertes"  # how often books claim what is not so
    COLUMNS = "colonnes"  # of the files that readers download

    @property
    def asked(self) -> bool:
        """Whether it comes of an edition's own survey: only such data is invented where the edition is."""
        return self not in _ELSEWHERE


_ELSEWHERE = {Origin.QUESTIONNAIRE, Origin.TERRITORY, Origin.COURSES, Origin.CONTEXT}
_ELSEWHERE |= {Origin.MEASURED, Origin.CLAIMED, Origin.COLUMNS}


def of_design(design: Design) -> tuple[Origin, ...]:
    """Return the origins of shares and their intervals: those of a finite population need to know how large it is.

    Examples
    --------
    >>> from utils.statistics.design import ANALYTIC
    >>> of_design(ANALYTIC), of_design(Design(262))
    ((<Origin.ANSWERS: 'reponses'>,), (<Origin.ANSWERS: 'reponses'>, <Origin.FRAME: 'cadre'>))
    """
    return (Origin.ANSWERS, Origin.FRAME) if design.descriptive else (Origin.ANSWERS,)
