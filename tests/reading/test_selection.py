"""Which rows of an export are answers: what was never sent, visits, previews."""

import csv
import io

import pytest
import yaml
from support import forms

from utils.reading import waves
from utils.reading.forms.exports import read_export
from utils.reading.problems import DataError
from utils.survey.about import ImportMapping
from utils.telling import oddities

# Rows as LimeSurvey 6.4.2 gave them by default, of a survey of three pages; names are invented. What was submitted,
# by its database: three answers of three communes, two of them active, both on Facebook, none on Twitter.
UNFINISHED = (
    ("id", "submitdate", "lastpage", "commune", "active", "medias[facebook]", "medias[twitter]"),
    ("1", "2026-11-27 13:57:47", "3", "Elvrusse", "N", "", ""),
    ("2", "2026-11-27 13:57:48", "3", "Rondrusse", "Y", "Y", ""),
    ("3", "", "1", "Sulvrivelle", "Y", "", ""),
    ("4", "2026-11-27 13:58:32", "3", "Wézreuvre", "Y", "Y", ""),
    ("5", "", "1", "Wézreuvre", "Y", "", ""),
)


def unsent(data, rows=UNFINISHED, **said):
    """Write a wave of LimeSurvey's rows and load it."""
    folder = data / "2026"
    folder.mkdir()
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    (folder / "export.csv").write_text(text.getvalue(), encoding="utf-8")
    names = ("Elvrusse", "Rondrusse", "Sulvrivelle", "Wézreuvre")
    listed = [f"{n},{name},Namur,6000" for n, name in enumerate(names, 92001)]
    (folder / "cadre.csv").write_text("\n".join(["ins,commune,province,population", *listed]), encoding="utf-8")
    codebook = forms.CODEBOOK.at("2026-11")
    dropped = [q.id for q in codebook.questions if q.id not in ("active", "medias")]
    media = dict.fromkeys(codebook["medias"].options, "")
    media |= {name: f"medias[{name}]" for name in ("facebook", "twitter")}
    about = {
        "titre": "x",
        "organisateur": "x",
        "periode": {"debut": "2026-11", "fin": "2026-11"},
        "fictif": True,
        "seuil_diffusion": 1,
        "source": "reponses",
        "doublons": "premiere",
        "non_posees": dropped,
        "import": {
            "format": "limesurvey",
            "fichier": "export.csv",
            "colonnes": {"id": "id", "submitdate": "date", "commune": "commune", "active": "active"},
            "colonnes_multiples": {"medias": media},
            "modalites": {"active": {"Y": "oui", "N": "non"}},
            "ignorees": ["lastpage"],
        },
        **said,
    }
    (folder / "vague.yml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    return waves.load("2026", data)


def test_answers_that_were_never_sent_are_asked_about(data):
    with pytest.raises(DataError) as error:
        unsent(data)
    (problem,) = error.value.problems
    assert (problem.line, problem.also, problem.count) == (4, (6,), 2)
    assert "`inachevees: ecarter` ou `inachevees: garder`" in problem.expected


def test_they_are_left_out_and_told(data):
    wave = unsent(data, inachevees="ecarter")
    assert (wave.about.repondants, wave.about.communes) == (3, 3)
    found = wave.choice("medias").answers
    assert (found.n, found.counts["facebook"], found.counts["twitter"]) == (2, 2, 0)
    assert oddities.told(wave) == ["2\u00a0lignes de l’export n’ont pas été envoyées et ne comptent pas."]


def test_or_they_stay_and_are_told(data):
    wave = unsent(data, inachevees="garder")
    assert (wave.about.repondants, wave.about.communes) == (5, 4)
    told = oddities.told(wave)
    assert "2\u00a0lignes de l’export n’ont pas été envoyées et comptent quand même." in told


def test_the_last_page_tells_where_no_moment_is_exported(data):
    rows = [[cell for place, cell in enumerate(row) if place != 1] for row in UNFINISHED]
    with pytest.raises(DataError, match="inachevees"):
        unsent(data, rows)


def test_a_visit_is_no_respondent(data):
    wave = unsent(data, (*UNFINISHED, ("6", "2026-11-27 14:00:00", "3", "", "", "", "")), inachevees="ecarter")
    assert wave.about.repondants == 3
    assert "1\u00a0ligne de l’export ne contient aucune réponse et ne compte pas." in oddities.told(wave)


# Three rows of titles, then a preview of the author's, in a table of no known tool.
PREVIEWED = (
    "Status,Id,Commune,Active",
    "Response Type,Response ID,Nom de la commune,Active",
    "ligne de service,,,",
    "Survey Preview,R_1,Namur,Oui",
    "IP Address,R_2,Mons,Oui",
)


def filtered(tmp_path, values):
    path, problems = tmp_path / "export.csv", []
    path.write_text("\n".join(PREVIEWED), encoding="utf-8")
    columns = {"Id": "id", "Commune": "commune", "Active": "active"}
    mapping = ImportMapping(format="csv", fichier=path.name, colonnes=columns, filtre={"Status": values})
    return read_export(path, mapping, forms.CODEBOOK, problems), problems


def test_only_the_rows_that_hold_a_value_are_answers(tmp_path):
    export, problems = filtered(tmp_path, ["IP Address"])
    assert not problems
    assert list(export.rows["commune"]) == ["Mons"]
    assert export.left_out["filtrees"] == 3


def test_a_value_that_stands_nowhere_is_told(tmp_path):
    _, problems = filtered(tmp_path, ["IP Address", "IP adress"])
    assert [problem.value for problem in problems] == ["IP adress"]
