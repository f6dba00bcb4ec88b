"""Shared by the tests: two waves as they are, a copy of the data that a test may damage, and a browser."""

import shutil

import pytest
from support import browsing
from support.browsing import browser, open_page, server  # noqa: F401 (fixtures)
from support.holdings import edition

from utils.paths import DATA


@pytest.fixture(scope="session")
def wave():
    return edition("2017")


@pytest.fixture(scope="session")
def demo():
    return edition("demo")


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
