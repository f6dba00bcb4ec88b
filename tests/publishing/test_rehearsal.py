"""What would stop a build is told by `check`, all of it, without a page being written."""

import math

import nbformat
import pytest

from utils import paths
from utils.paths import CHAPTERS
from utils.publishing import contents, rehearsal
from utils.reading import waves
from utils.showing import drawing
from utils.showing.style import FORMS

pytestmark = pytest.mark.chapters


def chapter(folder, source):
    cells = [nbformat.v4.new_code_cell('wave = "2017"\nprevious_wave = ""', metadata={"tags": ["parameters"]})]
    cells.append(nbformat.v4.new_code_cell(source))
    made = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    path = folder / "25_acteurs.ipynb"
    nbformat.write(made, path)
    return path


def test_a_wave_that_becomes_a_book_is_rehearsed_without_a_word(monkeypatch):
    few = [CHAPTERS / "25_acteurs.ipynb", CHAPTERS / "28_attentes.ipynb"]
    monkeypatch.setattr(contents, "notebooks", lambda _: few)
    rehearsal.rehearse("2017")


def test_whatever_fails_is_told_and_none_hides_another(tmp_path, monkeypatch):
    source = "raise KeyError('ce qu’un répondant a écrit')"
    monkeypatch.setattr(contents, "notebooks", lambda _: [chapter(tmp_path, source), CHAPTERS / "28_attentes.ipynb"])
    monkeypatch.setattr(rehearsal, "_explore", math.dist)  # another process finds it by its name
    monkeypatch.setattr(paths, "BUILD", tmp_path / "_build")
    with pytest.raises(rehearsal.RehearsalError) as caught:
        rehearsal.rehearse("2017")
    told = str(caught.value).splitlines()
    assert [line.strip() for line in told[1:-1]] == [
        "le chapitre 25_acteurs.ipynb : cellule 2 : KeyError",
        "l’explorateur : TypeError",
    ]
    assert "répondant" not in str(caught.value)
    assert "répondant" in (tmp_path / "_build" / "echec.log").read_text(encoding="utf-8")
    assert "vague « 2017 »" in told[0]


def test_a_process_that_dies_is_told(tmp_path, monkeypatch):
    # As the system ends one that has no memory left.
    source = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    monkeypatch.setattr(contents, "notebooks", lambda _: [chapter(tmp_path, source)])
    with pytest.raises(
        rehearsal.RehearsalError, match=r"25_acteurs.ipynb : cellule 2 : le processus s’est arrêté \(code -9\)"
    ):
        rehearsal.rehearse("2017")


def test_every_chapter_of_the_edition_is_rehearsed(monkeypatch):
    asked = {}

    class Nobody(rehearsal.Workshop):
        def __init__(self, _):
            pass

        def __exit__(self, *_):
            pass

        def does(self, works, _):
            asked.update(works)
            return iter(())

    monkeypatch.setattr(rehearsal, "Workshop", Nobody)
    rehearsal.rehearse("demo", "2017")
    # Of the demonstration nothing was printed that could be verified.
    every = {path.name for path in CHAPTERS.glob("*.ipynb")} - {"92_verification.ipynb"}
    assert set(asked) == {f"le chapitre {name}" for name in every} | {"les fichiers à télécharger", "l’explorateur"}


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
    with drawing.sketches():
        assert set(drawing.drawn(chart)) == set(FORMS)
    assert chart.drawn == 1
