"""What the editions hold and offer, read and made once a process."""

__all__ = ["codebook", "edition", "files", "tables"]

from functools import cache

from utils.offering.bundle import offered
from utils.offering.tidy import tidy
from utils.reading import waves
from utils.reading.questionnaires import read_questionnaire


@cache
def edition(name):
    return waves.load(name)


@cache
def codebook(name):
    """Return an edition's questions: what names tests, which every process asks for before it runs any."""
    about = waves.stated(name)
    return read_questionnaire([]).at(about.periode.debut, set(about.non_posees))


@cache
def tables(name):
    return tidy(edition(name))


@cache
def files(name):
    return {file.name: file for file in offered(edition(name))}
