"""What a wave names is read where it stands, and nothing else of the machine is: refused before it is opened."""

import os
import re
import signal

import pytest

from utils.reading import waves
from utils.reading.files import read_document, readable
from utils.reading.outlines.geojson import read_outlines
from utils.reading.problems import DataError
from utils.reading.tabular import read_raw
from utils.survey.about import Metadata
from utils.survey.territory import Territory

SECRET = "motdepasse:x:0"
OUTSIDE = ["../secret.csv", "..", ".", "/etc/hostname", "a/b.csv", "..\\secret.csv", "C:secret.csv", '"a\\tb.csv"']
ENTRIES = {  # what a wave's description names, and how
    "fichier": "fichier: {}",
    "import.fichier": "import: {{format: csv, fichier: {}}}",
    "cadre.fichier": "cadre: {{fichier: {}}}",
    "carte.fichier": "carte: {{participation: true, source: x, fichier: {}}}",
    "habitants.fichier": "habitants: {{source: x, fichier: {}}}",
}
SHARED = ["../secret.csv", "/etc/hostname", "frontieres/../../secret.csv", "frontieres//x.csv", "\\x.csv"]


def told(path, model, entry):
    """Return what is said of one entry of a document."""
    path.write_text(f"{entry}\n", encoding="utf-8")
    problems = []
    read_document(path, model, problems)
    return next(str(problem) for problem in problems if "cette clé, qui manque" not in problem.expected)


@pytest.mark.parametrize("key", ENTRIES)
@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_leads_out_of_no_wave(tmp_path, key, name):
    said = told(tmp_path / "vague.yml", Metadata, ENTRIES[key].format(name))
    assert f"ligne 1, colonne « {key} »" in said
    assert "le nom d’un fichier du dossier de la vague" in said


@pytest.mark.parametrize("name", SHARED)
def test_a_territory_names_files_of_data(tmp_path, name):
    for key, entry in (("fusions", f"fusions: {name}"), ("contours.fichier", f"contours: {{fichier: {name}}}")):
        said = told(tmp_path / "lieu.yml", Territory, entry)
        assert f"colonne « {key} »" in said
        assert "un chemin à partir de `data/`" in said


def test_no_line_of_what_lies_outside_is_shown(data):
    (data / "secret.csv").write_text(f"{SECRET}\n", encoding="utf-8")
    path = data / "demo" / "vague.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nfichier: ../secret.csv\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        waves.load("demo", data)
    assert SECRET not in str(caught.value)


READERS = {
    "a table": lambda path, problems: read_raw(path, problems),
    "a document": lambda path, problems: read_document(path, Metadata, problems),
    "a map": lambda path, problems: read_outlines(path, "ins", problems),
}


@pytest.fixture(params=READERS)
def reader(request):
    """Read a file in one of the ways there are; what waits for a pipe is stopped."""

    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(5)
    yield READERS[request.param]
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_every_reader_refuses_what_is_no_file_of_its_folder(tmp_path, reader):
    (tmp_path / "secret.csv").write_text(f"{SECRET}\n", encoding="utf-8")
    folder = tmp_path / "vague"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "secret.csv")
    (folder / "endless").symlink_to("/dev/zero")
    (folder / "lost").symlink_to(folder / "nowhere")
    (folder / "circle").symlink_to(folder / "circle")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    expected = {
        "link": "un fichier de ce dossier, non un lien vers un autre",
        "endless": "un fichier, non un tube ni un périphérique",
        "pipe": "un fichier, non un tube ni un périphérique",
        "lost": "un fichier, non un lien qui ne mène nulle part",
        "circle": "un fichier qui s’ouvre",
        "folder": "un fichier, non un dossier",
        "absent": "un fichier à cet endroit (il n’existe pas)",
        "x" * 5000: "un fichier qui s’ouvre",
        "a\0b": "un fichier qui s’ouvre",
    }
    for name, said in expected.items():
        problems = []
        assert not reader(folder / name, problems) or not reader(folder / name, problems).header
        assert said in problems[0].expected
        assert not re.search(SECRET, "".join(map(str, problems)))


def test_a_link_within_its_folder_and_a_folder_that_is_a_link_are_followed(tmp_path):
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "brut.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "ailleurs" / "lien.csv").symlink_to("brut.csv")
    (tmp_path / "vague").symlink_to(tmp_path / "ailleurs")
    assert readable(tmp_path / "vague" / "lien.csv", [])
