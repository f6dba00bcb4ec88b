"""The editions' downloaded tables and files, made once a process."""

__all__ = ["edition", "files", "tables"]

from functools import cache

from utils.offering.bundle import offered
from utils.offering.tidy import tidy
from utils.reading import waves


@cache
def edition(name):
    return waves.load(name)


@cache
def tables(name):
    return tidy(edition(name))


@cache
def files(name):
    return {file.name: file for file in offered(edition(name))}
