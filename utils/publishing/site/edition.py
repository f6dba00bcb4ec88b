"""Which edition Sphinx is writing."""

__all__ = ["load", "written"]

from functools import cache

from sphinx.application import Sphinx

from utils.reading import waves
from utils.survey.wave import Wave


def written(app: Sphinx) -> Wave:
    """Return the wave whose edition is being written, as `html_context.edition` names it."""
    return load(app.config.html_context["edition"])


load = cache(waves.load)
