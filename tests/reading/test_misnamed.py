"""A wave that calls its export's tool another than it is: told by what that tool alone writes, and what to write."""

from typing import get_args

import pytest
import yaml
from support import tools

from utils.paths import ROOT
from utils.publishing import commands
from utils.reading import waves
from utils.reading.forms.exports import read_export
from utils.reading.problems import DataError
from utils.survey.about import Format, ImportMapping
from utils.survey.codebook import Codebook

CODEBOOK = Codebook(**yaml.safe_load(tools.QUESTIONNAIRE))
REAL = [*(ROOT / "tests" / "support" / "exports").glob("limesurvey*"), ROOT / "docs/tutoriel/export-limesurvey.csv"]
# The profile of each shape, as `format` names it.
OWN = {
    "LimeSurvey": "limesurvey", "Google": "google_forms", "Microsoft": "ms_forms", "KoboToolbox": "kobo",
    "ODK": "odk", "Nextcloud": "nextcloud", "EUSurvey": "eusurvey", "Framaforms": "framaforms",
    "SurveyMonkey": "surveymonkey", "Qualtrics": "qualtrics", "SPSS": "spss", "Stata": "stata",
}  # fmt: skip
SHAPES = {name: OWN[name.split()[0].removesuffix(",")] for name in tools.TOOLS if not name.startswith("R ")}
# One title that anyone may write tells little; a statistical file may come from any tool.
UNTOLD = {"google_forms": {"csv", "spss", "stata", "nextcloud"}}
UNTOLD |= {kind: {*get_args(Format)} - {"spss", "stata"} for kind in ("spss", "stata")}


def misnamed(path, form):
    """Return what is told of an export's format, and of anything else."""
    problems = []
    read_export(path, ImportMapping(format=form, fichier=path.name), CODEBOOK, problems)
    named = [problem for problem in problems if "`format: " in problem.expected]
    return named, len(problems) - len(named)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_format_but_its_own_is_told_of_a_tool(shape, tmp_path):
    path, own = tools.TOOLS[shape](tmp_path), SHAPES[shape]
    for form in get_args(Format):
        named, others = misnamed(path, form)
        if form == own or form in UNTOLD.get(own, ()):
            assert not named, form
        else:
            (problem,) = named
            assert problem.expected.startswith(f"`format: {own}` sous `import` de vague.yml, et non `{form}` : ")
            assert not others  # which may be so for this reason alone


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_export_is_told_by_no_format_but_another(path):
    for form in get_args(Format):
        named, _ = misnamed(path, form)
        assert [problem.expected.split("`")[1] for problem in named] == ["format: limesurvey"] * (form != "limesurvey")


def test_it_says_by_which_sign(tmp_path):
    (problem,), _ = misnamed(tools.qualtrics(tmp_path), "google_forms")
    own = (
        "StartDate, EndDate, Status, Duration (in seconds), RecordedDate, ResponseId, DistributionChannel, UserLanguage"
    )
    assert (problem.file.split("/")[-1], problem.line, problem.value) == ("export.csv", 1, own)
    (problem,), _ = misnamed(tools.spss(tmp_path), "stata")
    assert problem.expected.endswith(" : c’est un fichier de SPSS")


ROWS = {
    "titles of which none is the tool's own": ("ms_forms", ["Commune,Note", "A,4"], None),
    "one title that a question may have": ("ms_forms", ["Commune,Timestamp", "A,4"], None),
    "Google's stamp, first": ("ms_forms", ["Horodateur,Commune", "2026/03/01 9:00:00 AM UTC+1,A"], "google_forms"),
    "too few of the titles": ("csv", ["Commune,lastpage", "A,4"], None),
    "a row that Qualtrics alone writes": (
        "csv",
        ["Q1,Q2", "Commune,Note", '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"', "A,4"],
        "qualtrics",
    ),
    "a row that Nextcloud alone writes": ("google_forms", ["Commune,N", "submission_id,question-id-1"], "nextcloud"),
    "titles of two tools": ("ms_forms", ["Horodateur,Heure de début,Heure de fin", "x,9,10"], None),
    "questions that are called like another tool's columns": (
        "limesurvey",
        ["submitdate,lastpage,Heure de début,Heure de fin,Horodateur", "2026-03-01 10:00:00,2,9,10,x"],
        None,
    ),
}


@pytest.mark.parametrize("kind", ROWS)
def test_what_speaks_against_a_format(kind, tmp_path):
    form, rows, seen = ROWS[kind]
    path = tmp_path / "export.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    named, _ = misnamed(path, form)
    assert [problem.expected.split("`")[1] for problem in named] == ([f"format: {seen}"] if seen else [])


def test_rows_set_aside_are_no_second_fault(tmp_path):
    """The case `three-header-rows` as it was stored: Qualtrics' rows of titles, set aside under Google's name."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "questionnaire.yml").write_text(tools.QUESTIONNAIRE, encoding="utf-8")
    (data / "communes.csv").write_text(tools.FRAME, encoding="utf-8")
    commands.new("2026", str(tools.qualtrics(tmp_path)), str(data / "communes.csv"), data=data)
    about = data / "2026" / "vague.yml"
    about.write_text(about.read_text(encoding="utf-8").replace("qualtrics", "google_forms"), encoding="utf-8")
    (data / "2026" / "rejets.csv").write_text("ligne_source,raison,id\n2,un titre,Response ID\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        waves.load("2026", data)
    (problem,) = error.value.problems
    assert problem.expected.startswith("`format: qualtrics`")
