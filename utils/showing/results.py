"""The drawing and the table of a question's answers, whatever its type: one place that knows which."""

__all__ = ["chart", "table"]

from utils.showing import charts, numbers, rankings, ratings, tables
from utils.showing.canvas import Chart
from utils.survey.results import ChoiceResult, LikertResult

_SHOWN = {
    "likert": (ratings.scores, tables.scores),
    "choix_unique": (charts.options, tables.options),
    "choix_multiple": (charts.options, tables.options),
    "nombre": (numbers.histogram, numbers.classes),
    "classement": (rankings.bars, rankings.summary),
}


def chart(result: LikertResult | ChoiceResult) -> Chart:
    """Return the drawing of the answers to a question."""
    return _SHOWN[result.question.type][0](result)


def table(result: LikertResult | ChoiceResult) -> tables.Table:
    """Return the table of the answers to a question."""
    return _SHOWN[result.question.type][1](result)
