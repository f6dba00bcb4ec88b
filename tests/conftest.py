"""Shared by the tests: the 2017 wave, and a copy of the data that a test may damage."""

import shutil

import pytest

from utils import waves
from utils.paths import DATA


@pytest.fixture(scope="session")
def wave():
    return waves.load("2017")


@pytest.fixture
def data(tmp_path):
    """Copy `data/` into a folder of the test's own."""
    return shutil.copytree(DATA, tmp_path / "data")
