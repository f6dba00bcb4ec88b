"""What is published is whole before, after, and wherever a command that publishes is killed."""

import os
import sys

import pytest

from utils import paths
from utils.__main__ import main
from utils.publishing import build, publish
from utils.publishing.failures import Failure
from utils.reading import waves

HERE = "http://localhost:8000/"
FIRST = "chapters/00_synthese"


def edition(folder, wave, said):
    """Make an edition of two pages in a folder, which say something."""
    for name in (f"{FIRST}.html", "_static/editions.js", "page.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(said)
    (folder / publish.FILE).write_text(publish.describe(wave))
    return folder


@pytest.fixture
def site(tmp_path, monkeypatch, wave):
    """Publish an edition that says « avant », in a place of the test's own."""
    monkeypatch.setattr(paths, "SITE", tmp_path / "_site")
    monkeypatch.setattr(paths, "BUILD", tmp_path / "_build")
    with publish.alone():
        publish.publish(edition(tmp_path / "avant", wave, "avant"), "2017")
        publish.lead_to(HERE)
    return tmp_path / "_site"


def pages(folder):
    return {path.name: path.read_text() for path in folder.rglob("*.html") if path.parent != folder.parent}


def killed_at(step, do):
    """Do something in a process that dies as it is about to touch its files for the nth time; tell whether it died."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    seen = 0

    def count(event, arguments):
        nonlocal seen
        touches = event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.move")
        if touches or (event == "open" and arguments[1] not in ("r", "rb", None)):
            seen += 1
            if seen > step:
                os._exit(9)

    sys.addaudithook(count)
    try:
        do()
    finally:
        os._exit(0)


def test_wherever_it_is_killed_an_edition_is_the_old_one_or_the_new_one(site, tmp_path, wave):
    def republish():
        with publish.alone():
            publish.publish(tmp_path / "apres", "2017")

    found, step = [], 0
    while True:
        edition(tmp_path / "apres", wave, "après")
        died = killed_at(step, republish)
        with publish.alone():  # as the next command begins
            left = sorted(path.name for path in site.iterdir())
            assert left == ["2017", "404.html", "_headers", "index.html", "robots.txt", "sitemap.xml"]
            said = pages(site)
            assert set(said) == {"00_synthese.html", "page.html", "index.html", "404.html"}
            found.append({said["00_synthese.html"], said["page.html"]})
            publish.publish(edition(tmp_path / "avant", wave, "avant"), "2017")
        if not died:
            break
        step += 1
    assert step > 10
    assert found[0] == {"avant"}
    assert found[-1] == {"après"}
    assert {"avant", "après"} not in found


def test_wherever_it_is_killed_what_leads_to_editions_is_whole(site):
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    publish.lead_to("https://exemple.be/")
    after = {path: path.read_bytes() for path in before}
    assert sum(before[path] != after[path] for path in before) > 2
    step = 0
    while killed_at(step, lambda: publish.lead_to(HERE)):
        with publish.alone():
            assert {path for path in site.rglob("*") if path.is_file()} == set(before)
            assert all(path.read_bytes() in (before[path], after[path]) for path in before)
        publish.lead_to("https://exemple.be/")
        step += 1
    assert step > 5


@pytest.mark.usefixtures("site")
def test_two_commands_do_not_publish_at_once(capsys):
    with publish.alone():
        with pytest.raises(Failure, match="attendre qu’elle ait fini"), publish.alone():
            pass
        assert main(["build", "2017"]) == 1
    assert capsys.readouterr().err.startswith("Une autre commande construit ou imprime ce livre")


def test_editions_lead_to_each_other_whatever_became_of_their_data(site, tmp_path, demo, monkeypatch):
    def unreadable(*_, **__):
        raise AssertionError("data is read")

    with publish.alone():
        publish.publish(edition(tmp_path / "demo", demo, "démonstration"), "demo")
        for name in ("load", "stated", "available"):
            monkeypatch.setattr(waves, name, unreadable)
        publish.lead_to(HERE)
    assert [one.name for one in publish.published()] == ["2017", "demo"]
    assert 'url=2017/chapters/00_synthese.html"' in (site / "index.html").read_text(encoding="utf-8")
    lists = {name: (site / name / "_static" / "editions.js").read_text(encoding="utf-8") for name in ("2017", "demo")}
    assert '= ["demo", "2017"]' in lists["demo"]  # the demonstration leads back, never the reverse
    assert '= ["2017"]' in lists["2017"]


def test_the_front_page_leads_to_the_edition(wave):
    page = publish.root(HERE, [publish.of(wave)])["index.html"]
    assert 'url=2017/chapters/00_synthese.html"' in page
    assert f'<link rel="canonical" href="{HERE}2017/chapters/00_synthese.html">' in page
    assert 'lang="fr"' in page
    assert "noindex" not in page


def test_a_fictional_edition_alone_is_shown_to_readers_and_not_to_search_engines(wave, demo):
    files = publish.root(HERE, [publish.of(demo)])
    assert "noindex" in files["index.html"]
    assert "Données fictives" in files["index.html"]
    assert "<loc>" not in files["sitemap.xml"]
    files = publish.root(HERE, [publish.of(wave)])
    assert "2017/sitemap.xml" in files["sitemap.xml"]
    assert "sitemap.xml" in files["robots.txt"]


def test_files_are_read_by_whoever_serves_them_whatever_the_umask(site, tmp_path, wave):
    before = os.umask(0o077)
    try:
        with publish.alone():
            publish.publish(edition(tmp_path / "apres", wave, "après"), "2017")
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (site / "2017").rglob("*") if path.is_file()}
    assert modes == {0o644}


def test_a_wave_that_says_nothing_of_itself_stops_only_those_after_it(data, monkeypatch):
    (data / "2018").mkdir()
    (data / "2018" / "vague.yml").write_text("titre: [")
    (data / "2019").mkdir()
    (data / "2019" / "vague.yml").write_bytes((data / "2017" / "vague.yml").read_bytes())
    available, stated = waves.available, waves.stated
    monkeypatch.setattr(build.waves, "available", lambda: available(data))
    monkeypatch.setattr(build.waves, "stated", lambda wave: stated(wave, data))
    problems = []
    assert build.editions(problems) == [("2017", "")]
    assert [problem.expected for problem in problems] == ["un document YAML valide"]
