"""What each form tool writes is read right, or refused with the message that the documentation prints."""

import csv
import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from openpyxl import Workbook
from support import tools

from utils.paths import ROOT
from utils.publishing import commands
from utils.reading import waves
from utils.reading.files import read_document
from utils.reading.forms.exports import read_export
from utils.reading.forms.opening import open_export
from utils.reading.forms.tools import TOOLS
from utils.reading.problems import DataError
from utils.survey.about import Format, Metadata
from utils.survey.codebook import ALL, Codebook

PAGE = (ROOT / "docs" / "tutoriel" / "outils.md").read_text(encoding="utf-8")
TYPES = {"Une réponse": "choix_unique", "Plusieurs réponses": "choix_multiple", "Échelle": "likert"}
TYPES |= {"Nombre": "nombre", "Classement": "classement", "Texte": "texte"}
READ = {}  # what was read of each export, once


def _table():
    head, _, *rows = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("|")]
    return {(name, kind): cell for name, *cells in rows for kind, cell in zip(head[1:], cells, strict=True)}


CELLS = _table()
REFUSALS = dict(re.findall(r"^(\d)\. « (.*) »$", PAGE, re.MULTILINE))


def proposed(folder, export, questionnaire=tools.QUESTIONNAIRE):
    """Make a wave of an export as `new` proposes it, and nothing else; return its `data/`."""
    folder.mkdir(exist_ok=True)
    (folder / "questionnaire.yml").write_text(questionnaire, encoding="utf-8")
    (folder / "communes.csv").write_text(tools.FRAME, encoding="utf-8")
    commands.new("2026", str(export), str(folder / "communes.csv"), data=folder)
    return folder


def answers(data):
    """Return the rows of a wave's export, and what is wrong."""
    problems = []
    codebook = read_document(data / "questionnaire.yml", Codebook, problems)
    about = read_document(data / "2026" / "vague.yml", Metadata, problems)
    path = data / "2026" / about.importation.fichier
    how = {"unsent": about.inachevees, "period": about.periode, "weight": about.poids}
    return read_export(path, about.importation, codebook, problems, **how).rows, problems


def counted(data, question):
    counts = waves.load("2026", data).counts
    whole = (counts["question"] == question) & (counts["province"] == ALL) & (counts["taille"] == ALL)
    return counts[whole].groupby("modalite")["effectif"].sum().to_dict()


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Return the wave that `new` makes of a tool's export, or what it refuses."""

    def of(name):
        if name not in READ:
            folder = tmp_path_factory.mktemp("data")
            try:
                READ[name] = proposed(folder / "data", tools.TOOLS[name](folder))
            except DataError as error:
                READ[name] = error
        return READ[name]

    READ.clear()
    return of


def test_the_table_holds_every_tool():
    assert {name for name, _ in CELLS} == set(tools.TOOLS)
    assert {kind for _, kind in CELLS} == set(TYPES)


def test_every_tool_may_be_named_and_has_its_section():
    assert set(get_args(Format)) == set(TOOLS)
    told = PAGE.casefold()
    named = {"csv": "csv", "google_forms": "google forms", "ms_forms": "microsoft forms", "kobo": "kobotoolbox"}
    named |= {"odk": "odk central", "nextcloud": "nextcloud forms"}
    assert all(f"{named.get(tool, tool)}" in told for tool in TOOLS)


@pytest.mark.parametrize(("name", "kind"), CELLS)
def test_each_cell_of_the_table(read, name, kind):
    data, (question, truth) = read(name), tools.TRUTH[TYPES[kind]]
    if CELLS[name, kind] != "lu":
        message = REFUSALS[CELLS[name, kind].removeprefix("refusé (").removesuffix(")")]
        problems = data.problems if isinstance(data, DataError) else answers(data)[1]
        assert message in {problem.expected for problem in problems}
    elif TYPES[kind] == "texte":
        rows, problems = answers(data)
        assert not problems
        assert [text for text in rows[question] if text] == truth
    else:
        assert counted(data, question) == truth


@pytest.mark.parametrize("name", [name for name in tools.TOOLS if CELLS[name, "Texte"] == "lu"])
def test_nothing_is_left_to_complete(read, name):
    section = (read(name) / "2026" / "vague.yml").read_text(encoding="utf-8").split("import:")[1]
    assert "à compléter" not in section
    assert "à confirmer" not in section


@pytest.mark.parametrize("name", [name for name in tools.TOOLS if CELLS[name, "Texte"] == "lu"])
def test_each_answer_has_its_moment_and_an_identifier(read, name):
    rows, _ = answers(read(name))
    day = [moment.isoformat()[:10] for moment in tools.MOMENTS]
    assert [date[:10] for date in rows["date"]] == day
    assert rows["id"].is_unique


def test_the_weight_of_an_spss_file_is_proposed_and_read(tmp_path):
    """Of six answers that weigh 1, 1.5, 0.5, 1, 1, 1, the first, the third and the fifth are communication's."""
    data = proposed(tmp_path / "data", tools.spss(tmp_path, weighed=True), tools.WEIGHABLE)
    told = (data / "2026" / "vague.yml").read_text(encoding="utf-8")
    assert 'poids: "poids"  # à confirmer : le fichier pondère ses observations par cette variable' in told
    assert "poids" not in yaml.safe_load(told)["import"].get("ignorees", ())
    wave = waves.load("2026", data)
    assert wave.result("role").part("communication").share == pytest.approx((1 + 0.5 + 1) / (1 + 1.5 + 0.5 + 1 + 1))


def test_a_weight_beside_a_number_and_a_ranking_is_refused_and_proposed_with_that(tmp_path):
    export = tools.google_forms(tmp_path)
    first, *rows = export.read_text(encoding="utf-8").splitlines()
    export.write_text("\n".join([f'{first},"Poids"', *(f'{row},"1,5"' for row in rows)]), encoding="utf-8")
    data = proposed(tmp_path / "data", export)
    told = (data / "2026" / "vague.yml").read_text(encoding="utf-8")
    assert re.search(r'^poids: "Poids"  # à confirmer : .* ; refusé à côté de `etp` et `freins`$', told, re.MULTILINE)
    with pytest.raises(DataError) as error:
        waves.load("2026", data)
    (problem,) = error.value.problems
    assert (problem.column, problem.value) == ("poids", "Poids")
    assert "`etp` et `freins` sous `non_posees`" in problem.expected
    assert "le nombre par tranches" in problem.expected


def test_a_row_that_may_have_moved_is_told_and_no_other(read):
    """Of the second table's rows 3 and 6 nobody filled the table; the others stand in their place."""
    _, problems = answers(read("Nextcloud Forms, un tableau passé"))
    (moved,) = [problem for problem in problems if problem.expected == REFUSALS["1"]]
    assert (moved.line, moved.also, moved.column) == (5, (8,), "Où en êtes-vous ? (prix)")
    # B, C and F chose no media: their rows lack four cells. C's and F's columns behind them are filled all the same.
    _, problems = answers(read("EUSurvey, une colonne par choix, question passée"))
    (moved,) = [problem for problem in problems if problem.expected == REFUSALS["1"]]
    assert (moved.line, moved.also) == (6, (7, 10))


def test_rows_that_moved_can_be_set_aside(tmp_path):
    data = proposed(tmp_path / "data", tools.TOOLS["Nextcloud Forms, un tableau passé"](tmp_path))
    about = data / "2026" / "vague.yml"
    told = yaml.safe_load(about.read_text(encoding="utf-8"))
    table = [f"Où en êtes-vous ? ({line})" for line in ("prix", "délais", "accueil")]
    told["import"]["ignorees"] = [*told["import"]["ignorees"], *table]
    about.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    assert commands.set_aside("2026", data) == 2
    # Rows 3 and 6 are out: communication 3 - 1, échevin 2 - 1.
    assert counted(data, "role") == {"communication": 2, "echevin": 1}


def test_formats_have_a_profile():
    assert all(tool == profile.id for tool, profile in TOOLS.items())


def test_a_kobo_cell_of_two_options_holds_both(tmp_path):
    """`kobo_two_options`: "Facebook application mobile" is no option."""
    rows, problems = answers(proposed(tmp_path / "data", tools.kobo_labels(tmp_path)))
    assert not problems
    assert rows.loc[0, "medias"] == "facebook;application_mobile"


def written(tmp_path, text, **mapping):
    """Write a small export and read it as `mapping` says."""
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    (tmp_path / "questionnaire.yml").write_text(tools.QUESTIONNAIRE, encoding="utf-8")
    told = {"titre": "T", "organisateur": "O", "periode": {"debut": "2026-02", "fin": "2026-03"}, "fictif": True}
    told |= {"source": "reponses", "import": {"fichier": "export.csv"} | mapping}
    (tmp_path / "2026").mkdir(exist_ok=True)
    (tmp_path / "2026" / "export.csv").write_text(text, encoding="utf-8")
    (tmp_path / "2026" / "vague.yml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    rows, problems = answers(tmp_path)
    return rows, problems


QUALTRICS = (
    "StartDate,EndDate,Status,ResponseId,Q1,Q2,Q3\n"
    "Start Date,End Date,Response Type,Response ID,Nom de la commune,Active,Médias\n"
    + ",".join(['"{""ImportId"":""x""}"'] * 7)
    + '\n2026-02-03 10:00:00,2026-02-03 10:05:00,Survey Preview,R_1,CommuneA,Oui,"Facebook,YouTube"\n'
    '2026-02-03 10:00:00,2026-02-03 10:05:00,IP Address,R_2,CommuneB,Oui,"Facebook,YouTube"\n'
)
COLUMNS = {"EndDate": "date", "ResponseId": "id", "Q1": "commune", "Q2": "active", "Q3": "medias"}
CODES = {"format": "qualtrics", "entete": 1, "colonnes": COLUMNS}


def test_three_rows_of_titles_and_a_preview(tmp_path):
    """The case `three-header-rows`: one header, no preview counted."""
    how = CODES | {"ignorees": ["StartDate"], "filtre": {"Status": ["IP Address"]}}
    rows, problems = written(tmp_path, QUALTRICS, **how)
    assert not problems
    assert rows[["id", "commune", "medias"]].to_numpy().tolist() == [["R_2", "CommuneB", "facebook;youtube"]]
    assert rows["ligne"].tolist() == [5]


def test_a_preview_is_asked_about(tmp_path):
    _, problems = written(tmp_path, QUALTRICS, **CODES | {"ignorees": ["StartDate", "Status"]})
    (asked,) = problems
    assert (asked.line, asked.column, asked.value) == (4, "Status", "Survey Preview")
    kept = {"filtre": {"Status": ["IP Address", "Survey Preview"]}, "ignorees": ["StartDate"]}
    rows, problems = written(tmp_path, QUALTRICS, **CODES | kept)
    assert not problems
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (1, COLUMNS),
        ([2], {"End Date": "date", "Response ID": "id", "Nom de la commune": "commune", "Active": "active"}),
        ([1, 2, 3], COLUMNS | {"Q1. Nom de la commune": "commune"}),
    ],
)
def test_the_line_of_titles_is_the_one_that_is_named(tmp_path, lines, titles):
    rows, problems = written(tmp_path, QUALTRICS, format="qualtrics", entete=lines, colonnes=titles)
    absent = [problem for problem in problems if "une colonne de ce titre" in problem.expected]
    assert len(absent) == (3 if lines == [1, 2, 3] else 0)  # Q1, Q2 and Q3 are called otherwise there
    assert rows["commune"].tolist() == ["CommuneA", "CommuneB"]


def test_a_line_of_titles_that_is_not_there(tmp_path):
    _, problems = written(tmp_path, QUALTRICS, format="qualtrics", entete=[1, 40], colonnes={})
    assert [problem.value for problem in problems if "entete" in problem.expected] == ["40"]


def test_rows_above_the_answers_that_an_analyst_took_out_take_none_with_them(tmp_path):
    """Without the second and the third row, what stands below the first is an answer."""
    first, _, _, *rest = QUALTRICS.splitlines(keepends=True)
    how = {"format": "qualtrics", "ignorees": ["StartDate"], "colonnes": COLUMNS}
    rows, problems = written(
        tmp_path, first + "".join(rest), **how, filtre={"Status": ["IP Address", "Survey Preview"]}
    )
    assert not problems
    assert rows["commune"].tolist() == ["CommuneA", "CommuneB"]


def test_a_preamble_of_any_tool(tmp_path):
    text = "Enquête;2026;\n\nNom;Fonction;Avis\nCommuneA;Échevin;4\n"
    columns = {"Nom": "commune", "Fonction": "role", "Avis": "avis"}
    rows, problems = written(tmp_path, text, format="csv", entete=3, colonnes=columns)
    assert not problems
    assert rows[["ligne", "commune", "role", "avis"]].to_numpy().tolist() == [[4, "CommuneA", "echevin", "4"]]


def test_a_question_over_its_options_in_any_tool(tmp_path):
    text = "Commune,Médias,,Avis\n,Facebook,YouTube,note\nCommuneA,x,,4\n"
    titles = {"facebook": "Médias [Facebook]", "youtube": "Médias [YouTube]", "application_mobile": "", "presse": ""}
    how = {"colonnes": {"Commune": "commune", "Avis [note]": "avis"}, "colonnes_multiples": {"medias": titles}}
    rows, problems = written(tmp_path, text, format="csv", entete=[1, 2], **how)
    assert not problems
    assert rows[["commune", "medias", "avis"]].to_numpy().tolist() == [["CommuneA", "facebook", "4"]]


def test_identifiers_that_nextcloud_hides_are_no_answer_and_no_fault(tmp_path):
    text = list(tools.nextcloud(tmp_path).read_text(encoding="utf-8-sig").splitlines())
    rows = [[cell.strip('"') for cell in line.split('","')] for line in text]
    export = tools._book(tmp_path / "export.xlsx", rows, hidden=(2,))
    read, problems = answers(proposed(tmp_path / "data", export))
    assert not problems
    assert len(read) == 6
    export = tools._book(tmp_path / "export.xlsx", rows, hidden=(2, 4))
    _, problems = answers_of_hidden(tmp_path, export)
    assert [problem.line for problem in problems] == [4]


def answers_of_hidden(tmp_path, export):
    data = tmp_path / "data"
    Path(data / "2026" / "export.xlsx").write_bytes(export.read_bytes())
    return answers(data)


def opened(path):
    problems = []
    found = open_export(path, problems)
    assert not problems
    return found


def test_eusurvey_saved_as_text(tmp_path):
    """Two lines of two cells above titles that hold commas: the semicolon still separates."""
    text = "Alias;Enquete\nExport Date;2026-04-01 10:00\n\nCommune;Quels médias, au juste, en bref ?;Facebook;Avis\n"
    path = tmp_path / "export.csv"
    path.write_text(text + "A;;Yes;4\nB;;No;5\n", encoding="utf-8")
    found = opened(path)
    asked = "Quels médias, au juste, en bref ?"
    assert (found.tool.id, found.lines) == ("eusurvey", (4,))
    assert found.header == ("Commune", asked, f"{asked} [Facebook]", "Avis")


def test_qualtrics_separated_by_tabs_in_utf_16(tmp_path):
    rows = list(csv.reader(tools.qualtrics_split(tmp_path).read_text(encoding="utf-8").splitlines()))
    path = tmp_path / "export.tsv"
    path.write_bytes("".join("\t".join(row) + "\r\n" for row in rows).encode("utf-16"))
    found = opened(path)
    assert (found.tool.id, found.lines) == ("qualtrics", (1, 2))
    assert found.header[10:14] == (
        "Q1. Nom de votre commune",
        "Q2. Quelle est votre fonction ?",
        "Q3. Votre commune est-elle active sur les médias sociaux ?",
        "Q4_1. Sur quels médias sociaux ? [Facebook]",
    )


def test_a_question_merged_over_its_options_in_a_workbook(tmp_path):
    rows = list(csv.reader(tools.surveymonkey(tmp_path).read_text(encoding="utf-8").splitlines()))
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("L1:O1")
    book.save(tmp_path / "export.xlsx")
    found = opened(tmp_path / "export.xlsx")
    assert (found.tool.id, found.lines) == ("surveymonkey", (1, 2))
    assert found.header[11:15] == tuple(f"{tools.TEXTS['medias']} [{o}]" for o in tools.LABELS["medias"].values())
