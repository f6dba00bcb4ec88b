"""What the commands make, refuse and say."""

import pytest

from utils.__main__ import main
from utils.paths import ROOT
from utils.publishing import commands
from utils.reading.problems import DataError

EXPORT = ROOT / "docs" / "tutoriel" / "export-google-forms.csv"
FRAME = ROOT / "docs" / "tutoriel" / "communes.csv"


def test_a_new_wave_has_its_files_and_what_is_left_to_confirm(data, capsys):
    commands.new("2026-03", str(EXPORT), str(FRAME), data=data)
    folder = data / "2026-03"
    assert sorted(path.name for path in folder.iterdir()) == ["cadre.csv", "export.csv", "vague.yml"]
    metadata = (folder / "vague.yml").read_text(encoding="utf-8")
    assert "à compléter" in metadata
    assert "à confirmer" in metadata
    assert "google_forms" in metadata
    assert 'debut: "2026-02"\n  fin: "2026-04"' in metadata  # as the answers are dated
    assert "est prêt" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["26", "2026/03", "../2026", "demo2", "mars", "", "2026-13", "2026-02-31"])
def test_a_name_that_does_not_sort_by_time_is_refused(data, name):
    before = sorted(data.iterdir())
    with pytest.raises(commands.CommandError, match="attendu AAAA"):
        commands.new(name, str(EXPORT), "", data=data)
    assert sorted(data.iterdir()) == before


def test_an_export_that_cannot_be_read_leaves_no_folder(data, tmp_path):
    for name, content in (("absent.csv", None), ("vide.csv", b""), ("image.csv", b"\x89PNG\r\n\x1a\n\0\0")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError):
            commands.new("2026", str(tmp_path / name), "", data=data)
        assert not (data / "2026").exists()


def test_a_wave_is_never_overwritten(data):
    with pytest.raises(commands.CommandError, match="existe déjà"):
        commands.new("2017", str(EXPORT), "", data=data)


def test_waves_are_listed_with_what_they_are_made_of(capsys):
    assert main(["waves"]) == 0
    said = capsys.readouterr().out
    assert "2017       de février à juin 2017 : 138 communes sur 262, effectifs publiés" in said
    assert "données fictives" in said.splitlines()[-1]


def test_two_questionnaires_are_compared(capsys):
    assert main(["questions", "2017", "demo"]) == 0
    said = capsys.readouterr().out
    assert "réponse nouvelle, TikTok" in said
    assert "réponse abandonnée, Google+" in said
    assert main(["questions", "2017", "2017"]) == 0
    assert "posent les mêmes questions" in capsys.readouterr().out


def test_an_unknown_wave_is_refused_by_every_command(capsys):
    for command in (
        ["check", "1999"],
        ["check", "1999", "--ecarter"],
        ["build", "1999"],
        ["questions", "1999", "2017"],
    ):
        assert main(command) == 1
        assert "une vague qui existe" in capsys.readouterr().err


def test_help_shows_the_way_from_an_export_to_the_site(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    for part in ("new 2026 --from", "check 2026", "build 2026 --previous 2017", "vagues"):
        assert part in said


def test_a_folder_that_is_named_as_no_wave_is_told(monkeypatch, capsys):
    monkeypatch.setattr(commands, "misnamed", lambda: ["Vague 1"])
    assert main(["waves"]) == 0
    assert "Vague 1 : pas prise pour une vague ; attendu un nom de vague" in capsys.readouterr().out
