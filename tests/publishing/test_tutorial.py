"""The tutorial works as it is printed: each of its commands is run, in a copy, and says what the page says."""

import re
import subprocess
import sys

import pytest

from utils.paths import ROOT
from utils.publishing.elsewhere import copied

pytestmark = pytest.mark.chapters

TUTORIAL = ROOT / "docs" / "tutoriel"
BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("projet"), "data", "docs")


def follow(page, copy):
    """Run each command of a page, hold what it says against the page, and return how many were run."""
    said, ran = "", 0
    for kind, text in BLOCK.findall((TUTORIAL / page).read_text(encoding="utf-8")):
        if kind == "text":
            for line in text.splitlines():
                assert line in said, (line, said)
            continue
        said = ""
        for line in text.splitlines():
            command = line.replace(".venv/bin/python", sys.executable)
            done = subprocess.run(command, shell=True, cwd=copy, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            said += done.stdout
            ran += 1
    return ran


def test_each_step_says_what_the_page_says(copy):
    assert follow("README.md", copy) == 5
    assert (copy / "_site" / "2026" / "index.html").exists()
    assert "à confirmer" not in (copy / "data" / "2026" / "vague.yml").read_text(encoding="utf-8")


def test_each_step_from_limesurvey_says_what_the_page_says(copy):
    completed = (TUTORIAL / "vague-limesurvey.yml").read_text(encoding="utf-8")
    assert follow("limesurvey.md", copy) == 3
    assert "à confirmer" not in completed
    assert "à compléter" not in completed


def test_the_folder_of_a_wave_is_never_made_twice(copy):
    command = [sys.executable, "-m", "utils", "new", "2017", "--from", "docs/tutoriel/export-google-forms.csv"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "existe déjà" in done.stderr
