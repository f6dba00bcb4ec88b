"""Shared by the tests: two waves as they are, a copy of the data that a test may damage, and a browser."""

import shutil

import pytest
from support import browsing
from support.browsing import browser, open_page, server, windows  # noqa: F401 (fixtures)
from support.damages import DAMAGES
from support.holdings import edition

from utils.paths import DATA
from utils.reading import waves


@pytest.fixture(scope="session")
def wave():
    return edition("2017")


@pytest.fixture(scope="session")
def demo():
    return edition("demo")


@pytest.fixture(scope="session", params=DAMAGES)
def degenerate(request, tmp_path_factory):
    """Return a wave that leaves little or nothing to compute."""
    data = shutil.copytree(DATA, tmp_path_factory.mktemp(request.param) / "data")
    DAMAGES[request.param](data)
    # They speak of answers that are gone: `check` would refuse them.
    (data / "2017" / "commentaires.yml").unlink()
    return waves.load("2017", data)


@pytest.fixture
def data(tmp_path):
    """Copy `data/` into a folder of the test's own."""
    return shutil.copytree(DATA, tmp_path / "data")


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser"):
        browsing.require()


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter):
    if said := browsing.not_run(terminalreporter.stats.get("skipped", [])):
        terminalreporter.ensure_newline()
        terminalreporter.line(said, yellow=True, bold=True)
