"""Books of surveys that compare other kinds of communes than active and non-active ones, or nobody."""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from support import running
from support.pairs import charter, silent

from utils.auditing import statements
from utils.paths import CHAPTERS, DATA
from utils.publishing.elsewhere import copied
from utils.reading import waves

pytestmark = pytest.mark.chapters

NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))
# Neither the words nor what a page that has lost something says.
ACTIVE = re.compile(r"\b(?:non[ _])?actives\b|\bsi elle est active\b")
STRANGE = re.compile(r"(?<![\w-])(?:nan|NaN|None|np\.float64|Traceback)(?![\w-])")


@pytest.fixture(scope="module", params=[charter, silent], ids=["charter", "silent"])
def edition(request, tmp_path_factory):
    data = shutil.copytree(DATA, tmp_path_factory.mktemp("kinds") / "data")
    request.param(data)
    return {wave: waves.load(wave, data) for wave in ("2017", "demo")}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_speaks_of_the_kinds_that_there_are(notebook, edition, monkeypatch):
    running.sketched(monkeypatch)
    monkeypatch.setattr(waves, "load", lambda wave: edition["demo"] if wave == "2017" else edition[wave])
    monkeypatch.setattr(statements, "statements", lambda _: ())
    shown = [content for data in running.outputs(notebook) for content in data.values()]
    told = "\n".join(text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in shown)
    plain = re.sub(r"<[^>]*>|base64,[^\"]*", " ", told)
    assert not STRANGE.search(plain)
    if edition["demo"].codebook.pair is None:
        assert not ACTIVE.search(plain)
    elif notebook.stem == "27_obstacles":
        assert "communes dotées d’une charte" in plain
        assert not re.search(r"communes (?:non )?actives", plain)


def test_a_book_without_the_question_is_built_whole(tmp_path):
    copied(tmp_path, "data")
    silent(tmp_path / "data")
    for command in ("check", "build"):
        asked = [sys.executable, "-m", "utils", command, "demo", "--previous", "2017"]
        done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "_site" / "demo"
    files = [path for kind in ("html", "csv", "json", "xml") for path in site.rglob(f"*.{kind}")]
    assert len(files) > 40
    for path in files:
        text = re.sub(r"<(script|style)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not ACTIVE.search(text), (path.name, ACTIVE.search(text))
    (book,) = site.glob("_downloads/*.xlsx")
    with zipfile.ZipFile(io.BytesIO(book.read_bytes())) as archive:
        assert not ACTIVE.search(archive.read("xl/sharedStrings.xml").decode())
    evolution = (site / "chapters" / "40_evolution.html").read_text(encoding="utf-8")
    assert "Absence de budget\u00a0: accord (communes participantes)" in evolution
    home = (site / "chapters" / "00_synthese.html").read_text(encoding="utf-8")
    assert "d’entre elles" not in home
    assert home.count("sd-card-title") >= 3
