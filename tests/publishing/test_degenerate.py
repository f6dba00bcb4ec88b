"""Every chapter on waves that leave little or nothing to compute: an explanation, never a NaN or a stop."""

import json
import re
from functools import partial

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from support.damages import DAMAGES

from utils.paths import CHAPTERS
from utils.reading import waves

NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))


def run(notebook):
    """Run a chapter's cells in this process and return all texts that it shows."""
    InteractiveShell.clear_instance()
    shell, shown = InteractiveShell.instance(history_manager=None), []
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        with capture_output() as caught:
            result = shell.run_cell(cell.source, store_history=False)
        result.raise_error()
        # Beside its texts, a chapter shows the figures that they tell.
        contents = [content for output in caught.outputs for content in output.data.values()]
        shown += [content if isinstance(content, str) else json.dumps(content) for content in contents]
        assert not caught.stderr, caught.stderr
    InteractiveShell.clear_instance()
    return shown


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_explains_what_it_cannot_compute(notebook, damage, data, monkeypatch):
    DAMAGES[damage](data)
    monkeypatch.setattr(waves, "load", partial(waves.load, data=data))
    for text in run(notebook):
        plain = re.sub(r"<[^>]*>|base64,[^\"]*", " ", text)
        for sign in ("nan", "NaN", "inf", "None", "np.float64"):
            assert not re.search(rf"(?<![\w]){re.escape(sign)}(?![\w])", plain), (sign, text[:300])
