"""What is said of answers that do not weigh alike: that their shares are weighted, beside counts that never are."""

__all__ = ["counted", "weighted"]

from utils.survey.results import ChoiceResult, LikertResult
from utils.telling.figures import number

_ANSWERS = "nombre de réponses"  # name of a statistic


def weighted(result: LikertResult | ChoiceResult) -> str:
    """Say after a number of answers that their shares are weighted; empty text where they are not."""
    return ", réponses pondérées" if result.weighted else ""


def counted(result: ChoiceResult, option: str) -> str:
    """Tell after a share how many make it: where it is weighted, they make another."""
    part = result.part(option)
    if part.count is None:
        return ""
    of = f"effectif de « {result.label(option)} »"
    said = f"{number(part.count, of=of)} sur {number(part.n, of=_ANSWERS)}"
    return f" ; {said} sans les poids" if part.weighted else f", soit {said}"
