"""A published page made fit for paper."""

import os
import signal
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from support.project import of_session, until

from utils.__main__ import main
from utils.publishing.paper import chromium, pdf, printing
from utils.publishing.paper.printing import prepared

FILES = ["chapters/a.html", "chapters/b.html"]
TABLE = (
    "<div class='tableau' tabindex='0'><table><caption>Titre</caption>"
    "<tr><th scope='col'>Réponse</th></tr><tr><td>Oui</td></tr></table></div>"
)


def paper(html, tmp_path, canonical=""):
    article = BeautifulSoup(f"<article>{html}</article>", "lxml").article
    return prepared(article, FILES[0], FILES, tmp_path, canonical)


def test_what_needs_a_screen_goes(tmp_path):
    screen = (
        "<script>x</script><form><input></form><button>Copier</button><p hidden>caché</p>"
        "<ul><li><span class='ecran'>Cliquez ici.</span></li></ul>"
        "<p class='liens'><a download='t.csv' href='data:text/csv,'>CSV</a></p>"
        "<h2>Titre<a class='headerlink'>#</a></h2>"
    )
    assert str(paper(screen, tmp_path)) == "<article><ul></ul><h2>Titre</h2></article>"


def test_a_table_of_files_keeps_their_names(tmp_path):
    row = "<tr><th><a download href='t.zip'>Dossier (ZIP)</a></th><td>27 ko</td></tr>"
    table = paper(f"<div class='tableau'><table>{row}</table></div>", tmp_path)
    assert table.th.get_text() == "Dossier (ZIP)"
    assert table.a is None


def test_what_is_folded_opens_under_its_title(tmp_path):
    opened = paper("<details><summary>D’où vient ce chiffre ?</summary><p>De la question 3.</p></details>", tmp_path)
    assert opened.details is None
    assert opened.select_one("p.resume").get_text() == "D’où vient ce chiffre ?"
    assert "De la question 3." in opened.get_text()
    table = paper(f"<details><summary>Tableau : titre</summary>{TABLE}</details>", tmp_path)
    assert table.get_text() == "TitreRéponseOui"  # its caption is its title


def test_places_of_two_chapters_do_not_meet_and_links_stay_within(tmp_path):
    article = paper(
        "<h1 id='x'>A</h1><a href='#x'>ici</a><a href='b.html'>là</a><a href='b.html#x'>là-bas</a>"
        "<p aria-labelledby='x y'>…</p><a href='https://example.org/'>ailleurs</a>",
        tmp_path,
    )
    assert article.h1["id"] == "chapitre-a--x"
    assert article.p["aria-labelledby"] == "chapitre-a--x chapitre-a--y"
    links = [link["href"] for link in article.find_all("a")]
    assert links == ["#chapitre-a--x", "#chapitre-b", "#chapitre-b--x", "https://example.org/"]


def test_a_link_to_what_is_not_printed_leads_to_the_site_or_nowhere(tmp_path):
    link = "<p><a href='../fichier.zip'>tout</a></p>"
    assert paper(link, tmp_path).a is None
    assert paper(link, tmp_path).get_text() == "tout"
    online = paper(link, tmp_path, canonical="https://example.org/2017/chapters/a.html")
    assert online.a["href"] == "https://example.org/2017/fichier.zip"


def test_a_title_cannot_leave_its_place_in_the_style_sheet():
    assert printing.css_text('a" } b\\') == '"a\\" } b\\\\"'


def test_without_chromium_the_command_says_how_to_install_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(os.environ, "CHROMIUM", "/nulle/part")
    monkeypatch.setattr(pdf.paths, "SITE", site(tmp_path))
    assert main(["pdf", "2017"]) == 1
    said = capsys.readouterr().err
    assert "apt-get install chromium" in said
    assert not list(tmp_path.rglob("*.pdf"))


def test_an_edition_that_is_not_published_is_not_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pdf.paths, "SITE", tmp_path)
    for wave in ("2017", "2071"):
        assert main(["pdf", wave]) == 1
        assert f"make book WAVE={wave}" in capsys.readouterr().err


def test_a_chromium_that_does_not_print_is_a_french_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "CHROMIUM", "false")
    with pytest.raises(chromium.PrintError, match="n’a pas pu imprimer"):
        chromium.print_page(tmp_path / "page.html", tmp_path / "page.pdf")


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone lets a process end with its parent")
def test_a_browser_ends_with_the_command_that_is_killed(tmp_path):
    browser, began = tmp_path / "navigateur", tmp_path / "commence"
    browser.write_text(f"#!/bin/sh\ntouch {began}\nexec sleep 60\n")
    browser.chmod(0o755)
    code = f"from utils.publishing.paper import chromium as c, pdf; p = pdf.Path({str(tmp_path)!r}); "
    code += "c.print_page(p / 'page.html', p / 'page.pdf')"
    around = os.environ | {"CHROMIUM": str(browser)}
    command = subprocess.Popen([sys.executable, "-c", code], cwd=pdf.paths.ROOT, env=around, start_new_session=True)
    try:
        assert until(began.exists, 30)
        command.kill()
        command.wait()
        assert until(lambda: not of_session(command.pid), 3)
    finally:
        for pid in of_session(command.pid):
            os.kill(pid, signal.SIGKILL)


def site(folder):
    """Publish empty chapters."""
    chapters = folder / "2017" / "chapters"
    chapters.mkdir(parents=True)
    for source in pdf.paths.CHAPTERS.iterdir():
        page = f"<article class='bd-article'><section id='x'><h1>{source.stem}</h1></section></article>"
        (chapters / f"{source.stem}.html").write_text(page, encoding="utf-8")
    return folder
