"""Every chapter on waves that leave little or nothing to compute: an explanation, never a NaN or a stop."""

import json
import re

import pytest
from support import running

from utils.auditing import statements
from utils.paths import CHAPTERS
from utils.reading import waves

pytestmark = pytest.mark.chapters

NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_explains_what_it_cannot_compute(notebook, degenerate, monkeypatch):
    running.sketched(monkeypatch)
    monkeypatch.setattr(waves, "load", lambda _: degenerate)
    monkeypatch.setattr(statements, "statements", lambda _: ())
    # Beside its texts, a chapter shows the figures that they tell.
    shown = [content for data in running.outputs(notebook) for content in data.values()]
    for text in (content if isinstance(content, str) else json.dumps(content, ensure_ascii=False) for content in shown):
        plain = re.sub(r"<[^>]*>|base64,[^\"]*", " ", text)
        for sign in ("nan", "NaN", "inf", "None", "np.float64"):
            assert not re.search(rf"(?<![\w]){re.escape(sign)}(?![\w])", plain), (sign, text[:300])
