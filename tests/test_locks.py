"""What is installed is what was asked for: locks hold every pin, each file by its hash, and no place it came from."""

import re

import pytest

from utils.paths import ROOT

PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)==([^\s;]+)")
LOCKED = re.compile(r"(?m)^([a-z0-9._-]+)==([^\s;]+)[^\\\n]*\\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pinned(name):
    """Return the versions that a readable list asks for, by names as locks write them."""
    return {re.sub(r"[._-]+", "-", package).lower(): version for package, version in PIN.findall(text(name))}


def locked(name):
    return {package: version for package, version, _ in LOCKED.findall(text(name))}


@pytest.mark.parametrize(
    ("lists", "lock"),
    [
        (["requirements.txt"], "requirements.lock"),
        (["requirements.txt", "requirements-tests.txt"], "requirements-tests.lock"),
    ],
)
def test_a_lock_holds_every_pin(lists, lock):
    """`make lock` after a pin has changed."""
    asked = {package: version for name in lists for package, version in pinned(name).items()}
    found = locked(lock)
    assert asked
    assert {package: found.get(package) for package in asked} == asked


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-tests.lock"])
def test_all_of_a_lock_is_known_by_its_hash_and_none_by_its_place(lock):
    told = LOCKED.sub("", text(lock))
    assert told.strip() == ""


def test_tests_run_with_the_versions_that_build():
    tested = locked("requirements-tests.lock")
    assert {package: tested.get(package) for package in locked("requirements.lock")} == locked("requirements.lock")


def test_actions_are_named_by_their_commit():
    used = [line for path in (ROOT / ".github").rglob("*.yml") for line in re.findall(r"uses: *(.+)", path.read_text())]
    assert used
    assert [line for line in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} +# v[\d.]+", line)] == []
