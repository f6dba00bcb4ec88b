"""What is said of answers that do not weigh alike: that their shares are weighted."""

__all__ = ["weighted"]

from utils.survey.results import ChoiceResult, LikertResult


def weighted(result: LikertResult | ChoiceResult) -> str:
    """Say after a number of answers that their shares are weighted; empty text where they are not."""
    return ", réponses pondérées" if result.weighted else ""
