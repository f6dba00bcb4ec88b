"""The commands refuse before they run, and publish all or nothing."""

from dataclasses import replace

import nbformat
import pytest
import yaml

from utils import paths
from utils.__main__ import main
from utils.publishing import build, checking, contents
from utils.reading.problems import DataError, Problem

HERE = "http://localhost:8000/"
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Give the test a site and a building place of its own, with an edition published earlier."""
    monkeypatch.setattr(paths, "SITE", tmp_path / "_site")
    monkeypatch.setattr(paths, "BUILD", tmp_path / "_build")
    (tmp_path / "_site" / "2017").mkdir(parents=True)
    (tmp_path / "_site" / "2017" / "index.html").write_text("published earlier")
    return tmp_path / "_site"


def tree(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def nothing_runs(*_):
    raise AssertionError("a chapter ran")


def test_an_unknown_wave_is_refused_before_anything_runs(site, monkeypatch, capsys):
    monkeypatch.setattr(build, "_do", nothing_runs)
    before = tree(site)
    assert main(["build", "2071"]) == 1
    said = capsys.readouterr().err
    assert "« 2071 » ; attendu : une vague qui existe : 2017" in said
    assert tree(site) == before


def test_an_unknown_previous_wave_is_refused_too(site, monkeypatch, capsys):
    monkeypatch.setattr(build, "_do", nothing_runs)
    assert main(["build", "2017", "--previous", "2071"]) == 1
    assert "« 2071 »" in capsys.readouterr().err
    assert site.exists()


@pytest.mark.parametrize("arguments", [["biuld", "2017"], ["build", "2017", "--previuos", "2016"], ["build"], []])
def test_a_misspelt_command_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_bad_data_leaves_the_site_as_it_was(site, monkeypatch, capsys):
    def broken(*_):
        raise DataError([Problem("data/2017/effectifs.csv", "un entier", 7, "effectif", "x")])

    monkeypatch.setattr(checking, "check_wave", broken)
    monkeypatch.setattr(build, "_do", nothing_runs)
    before = tree(site)
    assert main(["build", "2017"]) == 1
    assert "data/2017/effectifs.csv, ligne 7, colonne « effectif » : trouvé « x »" in capsys.readouterr().err
    assert tree(site) == before


def test_a_chapter_that_fails_leaves_the_site_as_it_was(site, tmp_path, monkeypatch, capsys):
    failing = nbformat.v4.new_notebook(
        metadata=PYTHON,
        cells=[
            nbformat.v4.new_code_cell('wave = "2017"\nprevious_wave = ""', metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell("1 / 0"),
        ],
    )
    nbformat.write(failing, tmp_path / "99_panne.ipynb")
    monkeypatch.setattr(contents, "notebooks", lambda _: [tmp_path / "99_panne.ipynb"])
    before = tree(site)
    assert main(["build", "2017"]) == 1
    said = capsys.readouterr().err
    assert "Le chapitre 99_panne.ipynb : échec, cellule 2 : ZeroDivisionError" in said
    assert tree(site) == before


@pytest.mark.parametrize("source", ['wave = "2017"', 'wave = "2017"\nprevious_wave = ""\nregion = ""', ""])
def test_a_chapter_with_other_parameters_is_refused(tmp_path, monkeypatch, source):
    monkeypatch.setattr(paths, "BUILD", tmp_path / "_build")
    cells = [nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})] if source else []
    path = tmp_path / "50_autre.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=PYTHON), path)
    with pytest.raises(build.BuildError, match="parameters"):
        build.execute([path], tmp_path, {"wave": "2017", "previous_wave": ""})


def test_check_says_what_is_odd(capsys):
    assert main(["check", "2017"]) == 0
    said = capsys.readouterr().out
    assert "utilisables" in said
    assert "94\u00a0réponses" in said or "94 réponses" in said


def test_invented_data_is_announced_on_every_page(wave, monkeypatch):
    real = yaml.safe_load(build._config("2017", HERE))
    assert "announcement" not in real["sphinx"]["config"]["html_theme_options"]
    invented = replace(wave, about=wave.about.model_copy(update={"fictif": True}))
    monkeypatch.setattr(build.waves, "load", lambda _: invented)
    announced = yaml.safe_load(build._config("demo", HERE))
    assert "Données fictives" in announced["sphinx"]["config"]["html_theme_options"]["announcement"]
