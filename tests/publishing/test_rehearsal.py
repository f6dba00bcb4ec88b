"""What would stop a build is told by `check`, all of it, without a page being written."""

import pytest

from utils.paths import CHAPTERS
from utils.publishing import blocks, build, rehearsal
from utils.reading import waves
from utils.showing import svg

pytestmark = pytest.mark.chapters


@pytest.fixture
def few(monkeypatch):
    """Two chapters: what is told of one must not hide the other."""
    chapters = [CHAPTERS / "25_acteurs.ipynb", CHAPTERS / "28_attentes.ipynb"]
    monkeypatch.setattr(build, "chapters", lambda _: chapters)


@pytest.mark.usefixtures("few")
def test_a_wave_that_becomes_a_book_is_rehearsed_without_a_word():
    rehearsal.rehearse("2017")


@pytest.mark.usefixtures("few")
def test_whatever_fails_is_told_with_its_chapter(monkeypatch):
    def broken(_, name):
        raise KeyError(name)

    monkeypatch.setattr(blocks, "block", broken)
    monkeypatch.setattr(rehearsal, "explored", lambda _: 1 / 0)
    with pytest.raises(rehearsal.RehearsalError) as caught:
        rehearsal.rehearse("2017")
    told = str(caught.value).splitlines()
    assert [line.strip() for line in told[1:-1]] == [
        "le chapitre 25_acteurs.ipynb : KeyError, 'communicateurs'",
        "le chapitre 28_attentes.ipynb : KeyError, 'demandes'",
        "l’explorateur : ZeroDivisionError, division by zero",
    ]
    assert "vague « 2017 »" in told[0]


def test_a_wave_is_read_once_only_where_it_is_asked(monkeypatch):
    read = []
    monkeypatch.setattr(waves, "_load", lambda *asked: read.append(asked) or object())
    with waves.read_once():
        assert waves.load("2017") is waves.load("2017")
    assert waves.load("2017") is not waves.load("2017")
    assert len(read) == 3


def test_a_sketch_is_drawn_and_not_written():
    class Chart:
        alt, drawn = "Un dessin <ici>", 0

        def draw(self, _):
            self.drawn += 1

    chart = Chart()
    with svg.sketches():
        assert set(svg.drawn(chart)) == set(svg.FORMS)
    assert chart.drawn == 1
