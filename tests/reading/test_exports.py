"""Exports as the form tools write them: all give one frame; and what each fault is told as."""

import csv
import io
from types import SimpleNamespace

import pytest
from support import forms

from utils.reading.files import LINE
from utils.reading.forms.exports import read_export
from utils.survey.about import ImportMapping

HEADINGS = ("code", "named", "full", "codetext")
LIMESURVEY = [(titles, answers, ",") for titles in HEADINGS for answers in ("short", "long")] + [("full", "long", ";")]
WRITERS = {
    **{f"limesurvey, {' '.join(how)}": lambda path, how=how: forms.limesurvey(path, *how) for how in LIMESURVEY},
    "google_forms, download": forms.google_forms,
    "google_forms, spreadsheet": lambda path: forms.google_forms(path, sheet=True),
    "ms_forms": forms.ms_forms,
    "contract": forms.contract,
    "excel, cp1252": forms.excel,
    "excel, utf-8": lambda path: forms.excel(path, "utf-8-sig"),
}


def read(path, mapping, **how):
    problems = []
    rows = read_export(path, mapping, forms.CODEBOOK, problems, **how).rows
    return rows, problems


@pytest.mark.parametrize("tool", WRITERS)
def test_every_tool_gives_the_same_answers(tmp_path, tool):
    path = tmp_path / "export"
    rows, problems = read(path, WRITERS[tool](path))
    assert not problems
    told = rows.drop(columns=[LINE, "id"])
    assert list(told) == list(forms.COLUMNS)
    assert told.to_dict("records") == forms.expected().to_dict("records")
    assert {str(kind) for kind in rows.drop(columns=LINE).dtypes} == {"str"}


def test_the_files_are_as_the_tools_write_them(tmp_path):
    path = tmp_path / "export"
    forms.limesurvey(path, "full", "long")
    assert path.read_bytes().startswith('\ufeff"ID de la réponse",'.encode())
    assert path.read_bytes().endswith(b'"\r\n\r\n')
    forms.google_forms(path)
    assert path.read_bytes().startswith(b'"Horodateur","Adresse e-mail"')
    assert b'"2026/03/04 12:20:00 PM UTC+1"' in path.read_bytes()
    assert b"Facebook;Twitter;YouTube" in path.read_bytes()
    forms.google_forms(path, sheet=True)
    assert b'"Facebook, Twitter, YouTube, Instagram"' in path.read_bytes()
    forms.excel(path)
    assert "Rœulx;55035".encode("cp1252") in path.read_bytes()


def test_the_tools_id_or_the_line(tmp_path):
    path = tmp_path / "export"
    rows, _ = read(path, forms.ms_forms(path))
    assert list(rows["id"][:3]) == ["1", "2", "3"]
    rows, _ = read(path, forms.google_forms(path))
    assert list(rows["id"][:3]) == ["L2", "L3", "L5"]  # the second respondent's text has a line break
    assert list(rows[LINE][:3]) == [2, 3, 5]


# A small export that has nothing wrong, and how it is read.
CELLS = {
    "Horodateur": "2026/03/01 10:02:33 AM UTC+1",
    "Commune": "Namur",
    "Fonction": "Échevin",
    "Active ?": "Oui",
    "Médias": "Facebook, YouTube",
    "Accord": "7",
    "Occasions": "Situations de crise, Informations pratiques (routes, déchets, premiers soins…)",
    "Qui [bourgmestre]": "Oui",
    "Qui [autre]": "",
}
WHO = dict.fromkeys(forms.CODEBOOK["communicateurs"].options, "")
TWO = {"bourgmestre": "Qui [bourgmestre]", "autre": "Qui [autre]"}
TWICE = {option: [title, title.replace(" [", " ? [")] for option, title in TWO.items()}  # asked in two branches
MAPPING = {
    "format": "google_forms",
    "fichier": "export.csv",
    "colonnes": {
        "Horodateur": "date",
        "Commune": "commune",
        "Fonction": "role",
        "Active ?": "active",
        "Médias": "medias",
        "Accord": "sujets_connus",
        "Occasions": "circonstances",
    },
    "colonnes_multiples": {"communicateurs": {**WHO, **TWO}},
    "modalites": {},
    "ignorees": (),
}


def small(tmp_path, cells=(), columns=(), options=None, several=None, drop=(), **mapping):
    """Write the small export with other cells, and read it with another mapping."""
    cells = CELLS | dict(cells)
    for title in drop:
        del cells[title]
    text = io.StringIO()
    csv.writer(text).writerows([cells, cells.values()])
    path = tmp_path / "export.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    changed = MAPPING | {"colonnes": MAPPING["colonnes"] | dict(columns), **mapping}
    if options:
        multiple = {**MAPPING["colonnes_multiples"]["communicateurs"], **options}
        changed["colonnes_multiples"] = {"communicateurs": {k: v for k, v in multiple.items() if v is not None}}
    changed["colonnes_multiples"] = changed["colonnes_multiples"] | (several or {})
    rows, problems = read(path, ImportMapping(**changed))
    return SimpleNamespace(rows=rows, problems=problems, report="\n".join(map(str, problems)))


def test_the_small_export_is_sound(tmp_path):
    found = small(tmp_path)
    assert not found.problems
    assert found.rows.iloc[0].to_dict() == {
        LINE: 2,
        "id": "L2",
        "date": "2026-03-01T10:02:33",
        "commune": "Namur",
        "role": "echevin",
        "active": "oui",
        "medias": "facebook;youtube",
        "sujets_connus": "7",
        "circonstances": "informations_pratiques;crise",
        "communicateurs": "bourgmestre",
    }


# What is changed, and what the report must say: the place, the value, what was expected.
HOSTILE = {
    "a title that is absent": (
        {"columns": {"Fonctions": "role"}, "drop": ["Fonction"]},
        ["ligne 1, colonne « Fonction »", "une colonne de ce titre, pour `role` ; sans usage : aucune"],
    ),
    "a title that is nearly there": (
        {"cells": {"Zone": "", "Budget": "5"}, "columns": {"Budjet": "obstacle_budget"}, "ignorees": ["Zones"]},
        [
            "colonne « Budjet »",
            "pour `obstacle_budget` ; sans usage : « Budget »\n",
            "colonne « Budget »",
            "`ignorees`",
        ],
    ),
    "a column of an option that is absent": (
        {"options": {"employes": "Qui [employés]"}},
        ["colonne « Qui [employés] »", "pour `communicateurs`, `employes`"],
    ),
    "a column that nobody mentions": (
        {"cells": {"Adresse IP": "10.0.0.1"}},
        ["ligne 1, colonne « Adresse IP »", "sous `colonnes` ou `colonnes_multiples`, sinon sous `ignorees`"],
    ),
    "an unknown question": (
        {"columns": {"Médias": "media"}},
        ["colonne « Médias » : trouvé « media »", "une question de cette vague ou id, date", "(proche : medias)"],
    ),
    "two answers to one question": (
        {"cells": {"Poste": "informatique"}, "columns": {"Poste": "role"}},
        ["ligne 2, colonne « Fonction »", "une seule réponse à `role` : laisser vide", "« Fonction » et « Poste »"],
    ),
    "two answers in two rows of options": (
        {"cells": {"Qui ? [bourgmestre]": "", "Qui ? [autre]": "Oui"}, "options": TWICE},
        ["colonne « Qui [bourgmestre] »", "« bourgmestre ; autre »", "une seule réponse à `communicateurs`"],
    ),
    "a question in one column and in several": (
        {"cells": {"Qui": ""}, "columns": {"Qui": "communicateurs"}},
        ["colonne « Qui » : trouvé « communicateurs »", "sous `colonnes` ou `colonnes_multiples`, non les deux"],
    ),
    "one column for two options": (
        {"options": {"echevins": "Qui [bourgmestre]"}},
        ["colonne « Qui [bourgmestre] »", "un seul usage de cette colonne : déjà citée pour `communicateurs`, `"],
    ),
    "a column used and ignored": (
        {"ignorees": ("Commune",)},
        ["colonne « Commune »", "un seul usage de cette colonne : déjà citée pour `ignorees`"],
    ),
    "one column per option of what is no such question": (
        {"several": {"role": {"echevin": "Fonction"}}},
        ["trouvé « role »", "sous `colonnes_multiples`, une question à plusieurs choix"],
    ),
    "a column for an unknown option": (
        {"options": {"prefet": "Qui [préfet]"}},
        ["trouvé « prefet »", "une modalité de `communicateurs` : community_manager, "],
    ),
    "an option without its column": (
        {"options": {"echevins": None}},
        ["trouvé « echevins »", 'le titre de sa colonne sous `communicateurs`, ou ""'],
    ),
    "labels of an unknown question": (
        {"modalites": {"poste": {"Échevin": "echevin"}}},
        ["trouvé « poste »", "sous `modalites`, une question à choix ou à échelle"],
    ),
    "labels of a text": (
        {"modalites": {"demandes_texte": {"x": "y"}}},
        ["trouvé « demandes_texte »", "sous `modalites`, une question à choix ou à échelle"],
    ),
    "a label for an unknown option": (
        {"modalites": {"role": {"Maire": "maire"}}},
        ["colonne « Fonction » : trouvé « maire »", "pour « Maire » de `role`, une modalité : charge_communication"],
    ),
    "a label for a score outside its scale": (
        {"modalites": {"sujets_connus": {"Bof": "11"}}},
        ["trouvé « 11 »", "pour « Bof » de `sujets_connus`, une modalité : 1, 2"],
    ),
    "an unknown label": (
        {"cells": {"Fonction": "Bourgmestre"}},
        ["ligne 2, colonne « Fonction » : trouvé « Bourgmestre »", '« échevin » ; ou la ligne "Bourgmestre": …'],
    ),
    "two options where one is asked": (
        {"cells": {"Active ?": "Oui;Non"}},
        ["colonne « Active ? » : trouvé « Oui;Non »", "une réponse connue : « active », « non active »"],
    ),
    "a free text among options": (
        {"cells": {"Médias": "Facebook, Autre : le pigeon, YouTube"}},
        [
            "colonne « Médias » : trouvé « Autre : le pigeon »",
            'la ligne "Autre : le pigeon": … sous `modalites`, `medias`',
        ],
    ),
    "a free text with commas": (
        {"cells": {"Médias": "Facebook, le pigeon, le tambour"}},
        ["trouvé « le pigeon, le tambour »"],
    ),
    "half of a label with commas": (
        {"cells": {"Occasions": "Informations pratiques (routes, Situations de crise"}},
        ["colonne « Occasions » : trouvé « Informations pratiques (routes »"],
    ),
    "two readings": (
        {
            "cells": {"Médias": "Facebook, live"},
            "modalites": {"medias": {"Facebook live": "youtube", "Live": "snapchat"}},
        },
        ["trouvé « Facebook, live »", "ne se lise que d’une façon, au lieu de : facebook, snapchat ou youtube"],
    ),
    "a score with decimals": (
        {"cells": {"Accord": "7,5"}},
        ["ligne 2, colonne « Accord » : trouvé « 7,5 »", 'un score entier, ou la ligne "7,5": … sous `modalites`'],
    ),
    "a score in words": ({"cells": {"Accord": "7 (plutôt)"}}, ["trouvé « 7 (plutôt) »", "un score entier"]),
    "not asked, but no LimeSurvey": ({"cells": {"Accord": "N/A"}}, ["trouvé « N/A »", "un score entier"]),
    "neither yes nor no": (
        {"cells": {"Qui [bourgmestre]": "Parfois"}},
        ["colonne « Qui [bourgmestre] » : trouvé « Parfois »", 'oui, non ou rien ; ou la ligne "Parfois": bourgmestre'],
    ),
    "a tick that is no word": ({"cells": {"Qui [bourgmestre]": "☐"}}, ["trouvé « ☐ »", "oui, non ou rien"]),
    "another option's label": ({"cells": {"Qui [autre]": "Échevins"}}, ["trouvé « Échevins »", "oui, non ou rien"]),
    "a free text in the column of one option": (
        {"cells": {"Qui [autre]": "Le stagiaire"}},
        [
            "colonne « Qui [autre] » : trouvé « Le stagiaire »",
            '"Le stagiaire": autre sous `modalites`, `communicateurs`',
        ],
    ),
    "a title that could be either of two": (
        {"cells": {"Budget ?": "5", "Budget !": "5"}, "columns": {"budget": "obstacle_budget"}},
        ["colonne « budget »", "pour `obstacle_budget` ; sans usage : « Budget ? », « Budget ! »"],
    ),
    "an unreadable date": (
        {"cells": {"Horodateur": "1er mars"}},
        ["colonne « Horodateur » : trouvé « 1er mars »", "une date : AAAA-MM-JJ, JJ/MM/AAAA, ou MM/JJ/AAAA dans"],
    ),
    "a month after twelve": (
        {"cells": {"Horodateur": "31/15/2026 10:02"}},
        ["trouvé « 31/15/2026 10:02 »", "une date"],
    ),
    "an unknown province": (
        {"cells": {"Province": "Anvers"}, "columns": {"Province": "province"}},
        ["colonne « Province » : trouvé « Anvers »", "« Brabant wallon », « Hainaut »", "`province` de vague.yml"],
    ),
    "quotes in a label": ({"cells": {"Fonction": 'le "chef"'}}, ['la ligne "le \\"chef\\"": …']),
    "a sheet of what is no workbook": ({"feuille": "Feuil1"}, ["trouvé « Feuil1 »", "aucune feuille"]),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_exports(tmp_path, kind):
    change, expected = HOSTILE[kind]
    found = small(tmp_path, **change)
    assert found.report
    for part in expected:
        assert part in found.report
    assert all("export.csv" in problem.file for problem in found.problems)


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if "cells" in HOSTILE[kind][0]])
def test_one_fault_is_told_once(tmp_path, kind):
    left_over = {
        "a title that is nearly there": 2,
        "a title that could be either of two": 2,
    }  # and the columns that nobody mentions then
    assert len(small(tmp_path, **HOSTILE[kind][0]).problems) == 1 + left_over.get(kind, 0)


def test_all_faults_come_in_one_report(tmp_path):
    found = small(
        tmp_path,
        cells={"Accord": "sept", "Fonction": "Maire", "Horodateur": "hier", "Qui [autre]": "?", "Token": ""},
        columns={"Absente": "obstacle_budget"},
    )
    assert len(found.problems) == 6


def test_what_cannot_be_read_stays_as_it_stood(tmp_path):
    cells = {"Accord": "sept", "Médias": "Facebook, le pigeon", "Qui [bourgmestre]": "Parfois"}
    row = small(tmp_path, cells=cells).rows.iloc[0]
    assert row["sujets_connus"] == "sept"
    assert row["medias"] == "Facebook, le pigeon"
    assert row["communicateurs"] == "Parfois"


SOUND = {
    "nothing": ({"cells": dict.fromkeys(CELLS, "") | {"Commune": "Namur"}}, {"medias": "", "sujets_connus": ""}),
    "labels spelt otherwise": (
        {"cells": {"Fonction": "ECHEVIN", "Médias": "youtube,FACEBOOK"}},
        {"role": "echevin", "medias": "facebook;youtube"},
    ),
    "ids": ({"cells": {"Fonction": "echevin", "Médias": "application_mobile"}}, {"medias": "application_mobile"}),
    "a label declared for a score": (
        {"cells": {"Accord": "10 (tout à fait)"}, "modalites": {"sujets_connus": {"10 (tout à fait)": "10"}}},
        {"sujets_connus": "10"},
    ),
    "a label declared to be no answer": (
        {
            "cells": {"Accord": "Sans avis", "Médias": "Facebook, le pigeon", "Qui [bourgmestre]": "2"},
            "modalites": {"sujets_connus": {"Sans avis": ""}, "medias": {"Le pigeon": ""}, "communicateurs": {"2": ""}},
        },
        {"sujets_connus": "", "medias": "facebook", "communicateurs": ""},
    ),
    "a free text declared to be an option": (
        {"cells": {"Qui [autre]": "le stagiaire"}, "modalites": {"communicateurs": {"Le stagiaire": "autre"}}},
        {"communicateurs": "bourgmestre;autre"},
    ),
    "options in another order": (
        {"cells": {"Qui [autre]": "Oui"}, "several": {"communicateurs": {**dict(reversed(WHO.items())), **TWO}}},
        {"communicateurs": "bourgmestre;autre"},
    ),
    "a number as text": ({"cells": {"Accord": "7,0"}}, {"sujets_connus": "7"}),
    "titles spelt otherwise": (
        {"cells": {"Budget  (en €)\u00a0?": "5"}, "columns": {"budget (en €) ?": "obstacle_budget"}},
        {"obstacle_budget": "5"},
    ),
    "a province by its name": (
        {"cells": {"Province": "LIEGE"}, "columns": {"Province": "province"}},
        {"province": "liege"},
    ),
    "a province declared": (
        {
            "cells": {"Province": "Prov. de Liège"},
            "columns": {"Province": "province"},
            "modalites": {"province": {"Prov. de Liège": "liege"}},
        },
        {"province": "liege"},
    ),
    "a column that is ignored": ({"cells": {"Adresse IP": "x"}, "ignorees": ("adresse ip", "Jeton")}, {"id": "L2"}),
    "ticks": ({"cells": {"Qui [bourgmestre]": "X", "Qui [autre]": "1"}}, {"communicateurs": "bourgmestre;autre"}),
    "no ticks": ({"cells": {"Qui [bourgmestre]": "0", "Qui [autre]": "FAUX"}}, {"communicateurs": ""}),
    "the option's own label": ({"cells": {"Qui [bourgmestre]": "Bourgmestre"}}, {"communicateurs": "bourgmestre"}),
    "a question in two columns": (
        {"cells": {"Fonction": "", "Poste": "Échevin"}, "columns": {"Poste": "role"}},
        {"role": "echevin"},
    ),
    "the same answer in both": ({"cells": {"Poste": "échevin"}, "columns": {"Poste": "role"}}, {"role": "echevin"}),
    "several choices in two columns": (
        {"cells": {"Médias": "", "Médias (si non)": "YouTube, Facebook"}, "columns": {"Médias (si non)": "medias"}},
        {"medias": "facebook;youtube"},
    ),
    "two rows of options": (
        {
            "cells": {"Qui [bourgmestre]": "", "Qui ? [bourgmestre]": "Oui", "Qui ? [autre]": "Oui"},
            "options": TWICE,
        },
        {"communicateurs": "bourgmestre;autre"},
    ),
    "an option offered the second time only": (
        {
            "cells": {"Qui [bourgmestre]": "Non", "Qui ? [autre]": "Oui"},
            "options": {"autre": ["", "Qui ? [autre]"]},
            "ignorees": ["Qui [autre]"],
        },
        {"communicateurs": "autre"},
    ),
    "a code INS": ({"cells": {"Code": "01234"}, "columns": {"Code": "ins"}}, {"ins": "01234"}),
}


@pytest.mark.parametrize("kind", SOUND)
def test_what_is_no_fault(tmp_path, kind):
    change, expected = SOUND[kind]
    found = small(tmp_path, **change)
    assert not found.report
    assert expected.items() <= found.rows.iloc[0].to_dict().items()


def write(tmp_path, *lines):
    path = tmp_path / "export.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_equal_faults_are_told_once_with_their_lines(tmp_path):
    path = write(tmp_path, "id,commune,role", *(f"R{n},Namur,{'Maire' if n % 2 else 'échevin'}" for n in range(20)))
    mapping = ImportMapping(format="csv", fichier=path.name)
    _, (problem,) = read(path, mapping)
    assert (problem.line, problem.also, problem.count) == (3, (5, 7, 9, 11), 10)
    _, (problem,) = read(path, mapping, shown=10**9)
    assert len(problem.also) == 9
    _, (problem,) = read(path, mapping, aside=range(3, 20))
    assert (problem.line, problem.count) == (21, 1)
    assert not read(path, mapping, aside=range(2, 22))[1]


def test_one_part_not_understood_is_told_once_wherever_it_stands(tmp_path):
    path = write(tmp_path, "id,medias", "1,facebook;le pigeon", "2,le pigeon", "3,le pigeon;le tambour")
    _, problems = read(path, ImportMapping(format="csv", fichier=path.name))
    assert [(p.value, p.line, p.count) for p in problems] == [("le pigeon", 2, 3), ("le tambour", 4, 1)]


def test_only_the_contracts_format_knows_its_columns_by_their_names(tmp_path):
    path = write(tmp_path, "id,commune,medias,N°", "1,Namur,facebook;,1")
    rows, problems = read(path, ImportMapping(format="csv", fichier=path.name, ignorees=("N°",)))
    assert not problems
    assert rows.loc[0, "medias"] == "facebook"
    assert len(read(path, ImportMapping(format="ms_forms", fichier=path.name))[1]) == 4


def test_a_column_that_bears_the_name_of_what_another_is_read_for(tmp_path):
    path = write(tmp_path, "id,Fonction,role", "1,échevin,informatique")
    rows, (problem,) = read(path, ImportMapping(format="csv", fichier=path.name, colonnes={"Fonction": "role"}))
    assert problem.column == "role"
    assert rows.loc[0, "role"] == "echevin"


@pytest.mark.parametrize("tool", ["ms_forms", "limesurvey", "csv"])
def test_only_google_separates_by_commas(tmp_path, tool):
    path = write(tmp_path, "Médias", '"Facebook, YouTube"')
    mapping = ImportMapping(format=tool, fichier=path.name, colonnes={"Médias": "medias"})
    assert read(path, mapping)[1][0].value == "Facebook, YouTube"


def test_not_asked_and_no_answer_in_limesurvey(tmp_path):
    path = write(tmp_path, "id,commune,role,accord,médias", "1,Namur,N/A,N/A,N/A", "2,Mons,,,")
    columns = {"commune": "commune", "id": "id", "role": "role", "accord": "sujets_connus", "médias": "medias"}
    rows, problems = read(path, ImportMapping(format="limesurvey", fichier=path.name, colonnes=columns))
    assert not problems
    assert set(rows[["role", "sujets_connus", "medias"]].to_numpy().ravel()) == {""}


@pytest.mark.parametrize("content", [None, b"", b"id,commune\n\xff\xfe\x00", b"PK\x03\x04 broken"])
def test_a_file_that_cannot_be_read(tmp_path, content):
    path = tmp_path / "export.csv"
    if content is not None:
        path.write_bytes(content)
    rows, problems = read(path, ImportMapping(format="csv", fichier=path.name))
    assert problems
    assert rows.empty
    assert {LINE, "id"} <= set(rows)


def test_an_export_without_answers(tmp_path):
    path = write(tmp_path, "Horodateur,Médias,Qui")
    mapping = ImportMapping(
        format="google_forms",
        fichier=path.name,
        colonnes={"Horodateur": "date", "Médias": "medias"},
        colonnes_multiples={"communicateurs": {**WHO, "autre": "Qui"}},
    )
    rows, problems = read(path, mapping)
    assert not problems
    assert rows.empty
    assert list(rows) == [LINE, "id", "date", "medias", "communicateurs"]
