"""The demonstration beside the first edition: what only rows of respondents or an evolution show is seen to move."""

import difflib

import pytest

from utils.paths import BUILD, EXPECTED
from utils.publishing.transcript import transcript

pytestmark = pytest.mark.site

CHAPTERS = sorted((EXPECTED / "demo").glob("*.txt"))


def test_every_chapter_is_expected():
    assert [path.stem for path in CHAPTERS] == sorted(
        path.stem for path in (BUILD / "demo" / "chapters").glob("*.ipynb")
    )


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_shows_what_is_expected(path):
    shown = transcript(BUILD / "demo" / "chapters" / f"{path.stem}.ipynb").split("\n")
    moved = list(difflib.unified_diff(path.read_text(encoding="utf-8").split("\n"), shown, "expected", "shown", n=0))
    assert not moved, "\n".join(line[:200] for line in moved[:20]) + "\nif it is meant: make baseline"
