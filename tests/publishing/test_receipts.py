"""An edition whose inputs are the same and whose files stand is not made again; anything else is."""

import pytest

from utils import __main__, paths
from utils.publishing import inputs, receipts

ROOT_FILES = ("index.html", "404.html", "robots.txt", "sitemap.xml", "_headers")
ASKED = ("command=build", "wave=2017")


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Give the test a published edition with its receipt; return its folder."""
    monkeypatch.setattr(paths, "SITE", tmp_path / "_site")
    monkeypatch.setattr(paths, "BUILD", tmp_path / "_build")
    monkeypatch.setattr(inputs, "everything", lambda: "tout")
    made = tmp_path / "_site" / "2017"
    (made / "_static").mkdir(parents=True)
    (made / "_static" / "editions.js").write_text("seule")
    (made / "page.html").write_text("une page")
    for name in ROOT_FILES:
        (made.parent / name).write_text("")
    receipts.write("2017", "a")
    receipts.note(ASKED, ["2017"], "Le livre est là.")
    return made


def deleted(edition):
    (edition / "page.html").unlink()


def retouched(edition):
    (edition / "page.html").write_text("autre page")


def added(edition):
    (edition / "plus.html").write_text("")


def gone(edition):
    (edition.parent / "404.html").unlink()


@pytest.mark.usefixtures("edition")
def test_nothing_is_done_where_nothing_has_changed():
    assert receipts.stands("2017", "a")
    assert not receipts.stands("2017", "b")
    assert receipts.done(ASKED) == "Le livre est là."
    assert receipts.done((*ASKED, "previous=demo")) is None


@pytest.mark.parametrize("change", [deleted, retouched, added, gone])
def test_files_that_do_not_stand_are_made_again(edition, change):
    change(edition)
    assert receipts.done(ASKED) is None
    assert receipts.stands("2017", "a") == (change is gone)  # what stands beside the editions is always written


@pytest.mark.usefixtures("edition")
def test_anything_else_that_changes_is_seen(monkeypatch):
    monkeypatch.setattr(inputs, "everything", lambda: "autre chose")
    assert receipts.done(ASKED) is None


def test_another_edition_that_is_published_beside_it_changes_nothing(edition):
    (edition / "_static" / "editions.js").write_text("deux")
    assert receipts.done(ASKED) == "Le livre est là."


def test_what_is_printed_of_an_edition_stays(edition):
    with receipts.keeping("2017"):
        added(edition)
    assert receipts.done(ASKED) == "Le livre est là."
    deleted(edition)
    with receipts.keeping("2017"):
        added(edition)
    assert receipts.done(ASKED) is None, "what did not stand before printing does not stand after"


@pytest.mark.usefixtures("edition")
def test_a_damaged_receipt_is_none():
    (paths.BUILD / receipts.FOLDER / "2017.json").write_text("{")
    assert not receipts.stands("2017", "a")


@pytest.mark.usefixtures("edition")
def test_the_command_says_what_it_said_and_does_nothing(monkeypatch, capsys):
    monkeypatch.setattr(__main__, "_asked", lambda _: ASKED)
    assert __main__.main(["build", "2017"]) == 0
    assert capsys.readouterr().out == "Le livre est là.\n"
