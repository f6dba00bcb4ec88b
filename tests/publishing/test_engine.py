"""Chapters run in the process at hand behave as in a kernel, and leave nothing half-done."""

import nbformat
import pytest

from utils.publishing import engine

PARAMETERS = {"wave": "2026", "previous_wave": ""}


def notebook(folder, *sources):
    cells = [nbformat.v4.new_code_cell('wave = "2017"\nprevious_wave = ""', metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    made = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    for i, cell in enumerate(made.cells):
        cell.id = f"cell-{i}"
    path = folder / "made.ipynb"
    nbformat.write(made, path)
    return path


def run(tmp_path, *sources):
    into = tmp_path / "into"
    into.mkdir(exist_ok=True)
    engine.run(notebook(tmp_path, *sources), into, PARAMETERS)
    return nbformat.read(into / "made.ipynb", as_version=4)


def test_parameters_are_text_and_stand_in_their_own_cell(tmp_path):
    cells = run(tmp_path, "print(repr(wave))").cells
    assert [cell.source for cell in cells] == ['wave = "2026"\nprevious_wave = ""', "print(repr(wave))"]
    assert cells[1].outputs[0].text == "'2026'\n"
    assert [cell.execution_count for cell in cells] == [1, 2]


def test_shown_objects_keep_their_forms(tmp_path):
    source = "from IPython.display import display\ndisplay({'text/html': '<b>x</b>'}, raw=True, metadata={'a': 1})"
    output = run(tmp_path, source).cells[1].outputs[0]
    assert (output.output_type, output.data, output.metadata) == ("display_data", {"text/html": "<b>x</b>"}, {"a": 1})


def test_a_cell_that_fails_stops_the_chapter_and_nothing_is_written(tmp_path):
    with pytest.raises(ZeroDivisionError):
        run(tmp_path, "1 / 0", "open('after.txt', 'w')")
    assert list((tmp_path / "into").iterdir()) == []
    assert not (tmp_path / "after.txt").exists()


def test_a_syntax_error_is_an_error(tmp_path):
    with pytest.raises(SyntaxError):
        run(tmp_path, "def")


def test_it_tells_where_it_is(tmp_path):
    places = []
    engine.run(notebook(tmp_path, "1", "2"), tmp_path, PARAMETERS, places.append)
    assert list(dict.fromkeys(places)) == ["cellule 1", "cellule 2", "cellule 3"]


def test_two_runs_write_the_same_bytes(tmp_path):
    source = "from utils.publishing.chapter import Chapter; Chapter('21_profil', '2017').prose('1\\u00a0%')"
    run(tmp_path, source)
    first = (tmp_path / "into" / "made.ipynb").read_bytes()
    run(tmp_path, source)
    assert (tmp_path / "into" / "made.ipynb").read_bytes() == first
