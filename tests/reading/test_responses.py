"""Rows of respondents: what is wrong is told with its place, and what is normal changes no count."""

import io
import random
import re
from collections import Counter
from itertools import product

import openpyxl
import pandas as pd
import pytest
from support.respondents import ACTIVE, CODEBOOK, small, table

from utils.french import typeset
from utils.reading.forms.faults import TOLD
from utils.reading.forms.responses import tally
from utils.reading.problems import DataError
from utils.survey.codebook import CELL
from utils.telling import oddities

# Damages that are not told as they should be, and what happens: a line goes once it is mended.


def row(line, **values):
    """Change cells of the row that stands at a line of the file."""
    return lambda wave: wave.rows[line - 2].update(values)


def every(**values):
    """Change cells of every row."""
    return lambda wave: [row.update(values) for row in wave.rows]


def place(line, **values):
    """Change cells of a line of the frame."""
    return lambda wave: wave.frame[line - 2].update(values)


def about(**values):
    """Change keys of `vague.yml`."""
    return lambda wave: wave.about.update(values)


def without(*columns):
    """Leave columns out."""
    return lambda wave: [wave.drop(column) for column in columns]


def text(old, new):
    """Replace a part of the respondents' file as it is written."""

    def change(wave):
        written = wave.csv()
        assert old in written
        wave.files["reponses.csv"] = written.replace(old, new, 1).encode()

    return change


def content(name, given):
    """Write a file's very bytes; None leaves it out."""
    return lambda wave: wave.files.update({name: given})


def all_of(*changes):
    """Apply several changes."""
    return lambda wave: [change(wave) for change in changes]


def imported(**mapping):
    """Read the respondents through an `import` section."""
    return about(**{"import": {"format": "csv", "fichier": "reponses.csv", **mapping}})


def at(line, column, value, expected):
    """Return the beginning of what a report says of one cell."""
    found = "" if value is None else f" : trouvé « {value} »"
    return f"reponses.csv, ligne {line}, colonne « {column} »{found} ; attendu : {expected}"


SCORE = "un score entier de 1 à 10, ou rien"
MEDIA = "des modalités séparées par « ; » parmi facebook, twitter"
ROUTED = "une cellule vide : la question se pose aux communes actives (`active` vaut oui)"
NOT_TEXT = "un fichier de texte"

# What is done to a wave without fault, and what its report must say.
DAMAGES = {
    # Answers.
    "an unknown option": (
        row(2, role="ministre"),
        at(2, "role", "ministre", "une modalité parmi charge_communication"),
    ),
    "an option's label in place of its id": (row(2, role="échevin"), at(2, "role", "échevin", "une modalité parmi")),
    "an option of an earlier edition": (row(2, medias="facebook;google_plus"), at(2, "medias", "google_plus", MEDIA)),
    "two options of a question with one answer": (
        row(2, role="echevin;informatique"),
        at(2, "role", "echevin;informatique", "une modalité parmi"),
    ),
    "unknown options among known ones": (
        row(2, medias="facebook;friendster;myspace;twitter"),
        at(2, "medias", "friendster et myspace", MEDIA),
    ),
    "options separated by commas": (
        row(2, medias="facebook,twitter"),
        at(2, "medias", "facebook,twitter", MEDIA),
    ),
    **{
        f"a score written {value}": (row(2, sujets_connus=value), at(2, "sujets_connus", value, SCORE))
        for value in ("0", "11", "-3", "7,5", "7.5", "7.0", "07", "sept", "7/10", "1e1", "７", "7;8", "nan", "facebook")
    },
    "a score outside the scale among non-active communes": (
        row(4, obstacle_budget="12"),
        at(4, "obstacle_budget", "12", SCORE),
    ),
    "a score where the routing forbids one": (
        row(4, sujets_connus="7"),
        "reponses.csv, ligne 4, colonne « sujets_connus »",
        ROUTED,
    ),
    "options where the routing forbids them": (
        row(4, medias="facebook"),
        "reponses.csv, ligne 4, colonne « medias »",
        ROUTED,
    ),
    "activity that is neither": (row(4, active="peut-être"), at(4, "active", "peut-être", "oui ou non")),
    "activity with a capital": (row(4, active="Non"), at(4, "active", "Non", "oui ou non")),
    "no activity, and all the rest answered": (row(2, active=""), "reponses.csv, ligne 2, colonne « active »"),
    "no activity, obstacles answered": (row(4, active=""), "reponses.csv, ligne 4, colonne « active »"),
    # Communes.
    "a commune that was not asked": (row(2, commune="Huy", ins=""), at(2, "commune", "Huy", "une commune de la liste")),
    "a commune nearly spelt": (
        row(2, commune="Namurr", ins=""),
        at(2, "commune", "Namurr", "une commune de la liste ; la plus proche : Namur"),
    ),
    "no commune": (row(2, commune="", ins=""), "reponses.csv, ligne 2, colonne « commune »", "une commune de la liste"),
    "a name that two communes bear": (
        all_of(place(10, commune="Comines"), place(11, commune="Komen"), row(2, commune="Comines-Warneton", ins="")),
        at(2, "commune", "Comines-Warneton", "le code INS, car ce nom est Comines (55035) ou Komen (64074)"),
    ),
    "name and code that disagree": (
        row(2, ins="62063"),
        at(2, "commune", "Namur ; 62063", "un nom et un code INS de la même commune : 62063 est Liège"),
    ),
    "an unknown code": (row(2, ins="99999"), at(2, "commune", "Namur ; 99999", "un code INS de la liste")),
    "an unknown code alone": (row(2, commune="", ins="99999"), at(2, "commune", "99999", "un code INS de la liste")),
    "a code with decimals": (row(2, ins="92094.0"), at(2, "commune", "Namur ; 92094.0", "un code INS de la liste")),
    # Respondents.
    "an identifier twice": (
        row(3, id="R1"),
        "reponses.csv, lignes 2, 3",
        "colonne « id » : trouvé « R1 » ; attendu : un identifiant par réponse",
    ),
    "an identifier three times": (
        all_of(row(3, id="R1"), row(9, id="R1")),
        "reponses.csv, lignes 2, 3, 9",
        "colonne « id » : trouvé « R1 » ; attendu : un identifiant par réponse",
    ),
    "no identifier": (row(3, id=""), at(3, "id", None, "un identifiant")),
    "no identifier, twice": (
        all_of(row(3, id=""), row(5, id="")),
        "reponses.csv, lignes 3, 5 (2 fois), colonne « id » ; attendu : un identifiant",
    ),
    "two respondents where one is wanted": (
        all_of(row(3, commune="Namur", ins="92094"), about(doublons="erreur")),
        "reponses.csv, lignes 2, 3",
        "colonne « commune » : trouvé « Namur » ; attendu : une seule réponse par commune",
    ),
    **{
        f"a date written {value}": (row(2, date=value), at(2, "date", value, "une date"))
        for value in ("45000", "hier", "31/12/2026", "2026-02-30", "2026-13-01")
    },
    "wrong answers of a respondent who is not kept": (
        all_of(row(3, commune="Namur", ins="92094"), row(2, sujets_connus="11")),
        at(2, "sujets_connus", "11", SCORE),
    ),
    "a wrong commune and a wrong score in one row": (
        row(2, commune="Huy", ins="", sujets_connus="11"),
        at(2, "commune", "Huy", "une commune de la liste"),
        at(2, "sujets_connus", "11", SCORE),
    ),
    # Columns.
    "no column of communes": (without("commune", "ins"), "reponses.csv, ligne 1 ; attendu : une colonne « commune »"),
    "no column of identifiers": (without("id"), "reponses.csv, ligne 1 ; attendu : une colonne « id »"),
    "no column of a question": (
        without("role"),
        "reponses.csv, ligne 1 ; attendu : une colonne « role », ou `role` sous `non_posees` dans vague.yml",
    ),
    "no column of activity": (without("active"), "reponses.csv, ligne 1 ; attendu : une colonne « active »"),
    "several columns missing": (
        without("role", "obstacle_budget"),
        "2\u00a0problèmes",
        "une colonne « role »",
        "une colonne « obstacle_budget »",
    ),
    "an unknown column": (every(humeur="bonne"), "« humeur »", "attendu : une question de questionnaire.yml"),
    "a column with a capital": (
        text(",role,", ",Role,"),
        "attendu : une colonne « role »",
        "« Role »",
    ),
    "a column twice but for a capital": (every(Role="x"), "« Role »", "1\u00a0problème"),
    "a title twice": (
        text("demandes_texte", "demandes"),
        "reponses.csv, ligne 1, colonne « demandes » ; attendu : des titres de colonnes différents",
    ),
    "a column named as the line numbers": (
        every(ligne="1"),
        "reponses.csv, ligne 1, colonne « ligne » ; attendu : aucune",
    ),
    "a column named nearly so": (every(Ligne="1"), "« Ligne »", "1\u00a0problème"),
    "a column that is left out": (
        about(non_posees=["medias"]),
        "« medias »",
        "non_posees",
    ),
    # Files.
    "an empty file": (content("reponses.csv", b""), "reponses.csv ; attendu : un fichier qui n’est pas vide"),
    "blank lines only": (
        content("reponses.csv", b"\n , ,\r\n\n"),
        "reponses.csv ; attendu : un fichier qui n’est pas vide",
    ),
    "a header only": (
        lambda wave: wave.files.update({"reponses.csv": table([wave.header]).encode()}),
        "reponses.csv",
        "au moins une réponse",
    ),
    "rows without a header": (
        lambda wave: wave.files.update({"reponses.csv": wave.csv().partition("\n")[2].encode()}),
        "ligne 1",
    ),
    "bytes of any kind": (content("reponses.csv", bytes(range(256)) * 9), "reponses.csv, ligne", NOT_TEXT),
    "a picture": (content("reponses.csv", b"\x89PNG\r\n\x1a\n" + bytes(99)), "reponses.csv, ligne", NOT_TEXT),
    "an archive": (content("reponses.csv", b"PK\x03\x04" + bytes(99)), "reponses.csv ; attendu : un classeur .xlsx"),
    "text of DOS": (lambda wave: wave.files.update({"reponses.csv": wave.csv().encode("cp850", "replace")}), NOT_TEXT),
    "no file": (content("reponses.csv", None), "reponses.csv ; attendu : un fichier à cet endroit (il n’existe pas)"),
    "a folder in place of a file": (about(fichier="."), "le nom d’un fichier du dossier de la vague"),
    "another file named": (about(fichier="autre.csv"), "autre.csv ; attendu : un fichier à cet endroit"),
    "a NUL byte": (text("Namur", "Na\0mur"), "reponses.csv, ligne 2 ; attendu : un fichier de texte"),
    "quotes left open": (text("R2,", 'R2,"'), "reponses.csv, ligne 3 ; attendu : des guillemets fermés"),
    "a row too short": (text("\nR2,", "\nR22\nR2,"), "reponses.csv, ligne 3, colonne « commune » : trouvé «  »"),
    "a row too long": (text("\nR3,", ",x\nR3,"), "ligne 3 : trouvé « 27 cellules »", "attendu : 26 cellules"),
    # The frame.
    "a frame of margins": (
        content("cadre.csv", b"province,taille,communes\ntoutes,plus_50000,4\nliege,toutes,4\n"),
        "cadre.csv ; attendu : une ligne par commune (ins, commune, province, population)",
    ),
    "a commune twice in the frame": (
        lambda wave: wave.frame.append(wave.frame[0]),
        "cadre.csv, ligne 12, colonne « ins » : trouvé « 92094 » ; attendu : une seule ligne par commune",
    ),
    "a name twice in the frame": (
        place(11, commune="Namur", province="namur"),
        "cadre.csv, ligne 11, colonne « commune » : trouvé « Namur » ; attendu : un autre nom",
    ),
    "an unknown province": (
        place(11, province="Anvers"),
        "cadre.csv, ligne 11, colonne « province » : trouvé « Anvers » ; attendu : une province : Brabant wallon",
    ),
    **{
        f"{value} inhabitants": (
            place(11, population=value),
            f"cadre.csv, ligne 11, colonne « population » : trouvé « {value} » ; attendu : un nombre d’habitants",
        )
        for value in ("beaucoup", "0", "-5", "12,5")
    },
    "a code that is a postcode": (
        place(11, ins="4300"),
        "cadre.csv, ligne 11, colonne « ins » : trouvé « 4300 » ; attendu : un code INS de commune",
    ),
    "a frame without a column": (
        lambda wave: [row.pop("province") for row in wave.frame],
        "cadre.csv, ligne 1 ; attendu : une colonne « province »",
    ),
    "a frame with a header only": (
        content("cadre.csv", b"ins,commune,province,population\n"),
        "cadre.csv ; attendu : au moins une commune",
    ),
    "no frame": (content("cadre.csv", None), "cadre.csv ; attendu : un fichier à cet endroit (il n’existe pas)"),
    "a frame that lacks a participant": (
        lambda wave: wave.frame.pop(0),
        at(2, "commune", "Namur ; 92094", "un code INS de la liste des communes"),
    ),
    # The wave.
    **{
        f"{key} stated otherwise": (
            about(**{key: 99}),
            f"vague.yml, colonne « {key} » : trouvé « 99 » ; attendu : {counted}, compté dans les fichiers",
        )
        for key, counted in (("invites", 10), ("repondants", 8), ("communes", 8))
    },
    "an unknown question left out": (about(non_posees=["humeur"]), "vague.yml", "humeur"),
    "activity left out": (all_of(about(non_posees=["active"]), without("active")), "vague.yml", "active"),
    "an unknown key": (about(seuil=3), "colonne « seuil »", "aucune clé de ce nom"),
    "a threshold of 0": (about(seuil_diffusion=0), "colonne « seuil_diffusion »", "au moins 1"),
    "a threshold in words": (about(seuil_diffusion="cinq"), "« cinq »", "un nombre entier"),
    "an unknown source": (about(source="sondage"), "« sondage »", "'effectifs' ou 'reponses'"),
    "the source of another kind of wave": (about(source="effectifs"), "invites, repondants, communes : ces nombres"),
    "an unknown way with duplicates": (about(doublons="toutes"), "« toutes »", "'derniere'"),
    "an import of an unknown format": (imported(format="typeform"), "« typeform »", "'limesurvey'"),
    "an import with an unknown key": (imported(colones={}), "colones", "aucune clé de ce nom"),
    "an import of no file": (imported(fichier="export.csv"), "export.csv ; attendu : un fichier à cet endroit"),
    "an import of a column that is not there": (
        imported(colonnes={"Humeur": "role"}),
        "reponses.csv, ligne 1, colonne « Humeur » ; attendu : une colonne de ce titre, pour `role`",
    ),
    "an import that maps to no question": (
        imported(colonnes={"role": "roles"}),
        "« roles »",
        "une question de cette vague",
    ),
    "no metadata": (content("vague.yml", b""), "vague.yml"),
    "metadata that are no YAML": (content("vague.yml", b"titre: [Une"), "un document YAML valide"),
    "a period in words": (about(periode={"debut": "mars", "fin": "mai"}), "une date qui existe, de la forme AAAA-MM"),
}


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def report(wave, data):
    with pytest.raises(DataError) as caught:
        wave.load(data)
    return str(caught.value)


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_told(name, data):
    change, *expected = DAMAGES[name]
    wave = small()
    change(wave)
    said = report(wave, data)
    for words in expected:
        assert words in said
    head, *faults = said.splitlines()
    assert head.endswith("dans les données :")
    assert all(fault.startswith("  - ") and " attendu : " in fault for fault in faults)
    assert not re.search(r"\b(Error|Exception|None|must|expected|nan|Series|DataFrame)\b", said.replace("« nan »", ""))


def test_the_wave_without_fault_is_read(data):
    wave = small().load(data)
    assert (wave.about.invites, wave.about.repondants, wave.about.communes) == (10, 8, 8)
    assert (wave.size("actives"), wave.size("non_actives")) == (ACTIVE.count("oui"), ACTIVE.count("non"))
    assert wave.oddities == ()
    assert wave.participation("taille").counts["participante"].to_dict() == {
        "moins_5000": 1,
        "5000_20000": 2,
        "20000_50000": 2,
        "plus_50000": 3,
    }


def test_a_hundred_problems_are_a_hundred_problems(data):
    wave = small()
    for number in range(100):
        ins = str(11_001 + number)
        wave.frame.append({"ins": ins, "commune": f"Bourg {number}", "province": "Namur", "population": "9000"})
        wave.rows.append(wave.rows[3 if number >= 70 else 0] | {"id": f"X{number}", "commune": "", "ins": ins})
    for bad in wave.rows[8:48]:
        bad["sujets_connus"] = "11"
    for bad in wave.rows[48:78]:
        bad["role"] = "ministre"
    for number, bad in enumerate(wave.rows[78:98]):
        bad["medias"] = ("facebook", "facebook;twitter")[number % 2]
        bad["active"] = "non"
        bad |= {question.id: "" for question in CODEBOOK.questions if question.base == "actives"}
        bad["circonstances"] = "crise"
    for bad in wave.rows[98:108]:
        bad["active"] = "peut-être"
        bad |= {question.id: "" for question in CODEBOOK.questions if question.base == "actives"}
    head, *faults = report(wave, data).splitlines()
    assert head == "100\u00a0problèmes dans les données :"
    assert len(faults) == 4
    assert "lignes 10, 11, 12, 13, 14… (40 fois), colonne « sujets_connus » : trouvé « 11 »" in faults[0]
    assert "lignes 50, 51, 52, 53, 54… (30 fois), colonne « role » : trouvé « ministre »" in faults[1]
    assert "lignes 80, 81, 82, 83, 84… (20 fois), colonne « circonstances »" in faults[2]
    assert "lignes 100, 101, 102, 103, 104… (10 fois), colonne « active » : trouvé « peut-être »" in faults[3]


def test_problems_of_all_kinds_come_in_one_report(data):
    wave = small()
    all_of(
        row(2, id="", sujets_connus="11"),
        row(3, role="ministre"),
        row(4, medias="facebook"),
        row(7, active="peut-être"),
    )(wave)
    said = report(wave, data)
    for words in ("colonne « id »", "« 11 »", "« ministre »", "ligne 4, colonne « medias »", "« peut-être »"):
        assert words in said


def test_as_many_lines_are_told_as_are_counted(data):
    wave = small()
    row(3, id="R1")(wave)
    assert "(1 fois)" not in report(wave, data)


def test_metadata_that_cannot_be_read_are_told_alone(data):
    wave = small()
    about(seuil_diffusion=0)(wave)
    assert report(wave, data).startswith("1\u00a0problème ")


def test_a_value_of_many_lines_keeps_the_report_in_order(data):
    wave = small()
    row(2, role="ministre\nde tout " + "x" * 500)(wave)
    head, *faults = report(wave, data).splitlines()
    assert head == "1\u00a0problème dans les données :"
    assert len(faults) == 1
    assert len(faults[0]) < 500


# Other ways to write the same answers.
def workbook(wave, numbers):
    """Return the respondents as an Excel workbook, scores as numbers or as text."""
    book = openpyxl.Workbook()
    for line in [wave.header, *([row.get(name, "") for name in wave.header] for row in wave.rows)]:
        book.active.append([int(cell) if numbers and cell.isdigit() else cell or None for cell in line])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(write):
    return lambda wave: wave.files.update({"reponses.csv": write(wave)})


def shuffled(wave):
    random.Random(1).shuffle(wave.rows)


def other_order(wave):
    header = wave.header[::-1]
    wave.rows = [{name: row[name] for name in header} for row in wave.rows]


def loosely_chosen(wave):
    """Write several answers as tools do: a separator at the end, spaces, one twice, in another order."""
    for row in wave.rows:
        for name in ("medias", "demandes", "circonstances", "communicateurs"):
            chosen = row[name].split(";") if row[name] else []
            row[name] = " ; ".join([*chosen[::-1], *chosen[:1]]) + ";" * bool(chosen)


NORMAL = {
    "a byte-order mark": rewritten(lambda wave: wave.csv().encode("utf-8-sig")),
    "Windows-1252": rewritten(lambda wave: wave.csv().replace("œ", "oe").encode("cp1252")),
    "UTF-16": rewritten(lambda wave: wave.csv().encode("utf-16")),
    "semicolons": rewritten(lambda wave: wave.csv(";").encode()),
    "semicolons, with Excel's hint": rewritten(lambda wave: ("sep=;\r\n" + wave.csv(";")).encode("cp1252")),
    "tabs": rewritten(lambda wave: wave.csv("\t").encode()),
    "line ends of Windows": rewritten(lambda wave: wave.csv(lineterminator="\r\n").encode()),
    "quotes everywhere": rewritten(lambda wave: wave.csv(quoting=1).encode()),
    "empty columns at the end": rewritten(lambda wave: wave.csv().replace("\n", ",,\n").encode()),
    "empty lines": rewritten(lambda wave: wave.csv().replace("\n", "\n\n").encode() + b",,,\n\n"),
    "spaces around": rewritten(lambda wave: wave.csv().replace(",oui,", ", oui ,").encode()),
    "a workbook of numbers": rewritten(lambda wave: workbook(wave, numbers=True)),
    "a workbook of text": rewritten(lambda wave: workbook(wave, numbers=False)),
    "rows in another order": shuffled,
    "columns in another order": other_order,
    "loose separators": loosely_chosen,
    "codes only": without("commune"),
    "names only": without("ins"),
    "some codes, some names": all_of(row(2, commune=""), row(3, ins="")),
    "names as people write them": all_of(row(2, commune="VILLE DE NAMUR", ins=""), row(3, commune="Lüttich", ins="")),
    "no dates": without("date"),
    "dates with a time": lambda wave: [row.update(date=f"{row['date']}T10:02:00") for row in wave.rows],
    "no free text": without("demandes_texte"),
    "free text of several lines": every(demandes_texte='Il a dit "oui",\r\npuis ; plus\nrien'),
    "a province and a population": lambda wave: [
        row.update(province=place["province"], population=place["population"])
        for row, place in zip(wave.rows, wave.frame, strict=False)
    ],
    "totals that are stated": about(invites=10, repondants=8, communes=8),
    "an import of the contract's own form": imported(),
    "another name": all_of(
        about(fichier="export.csv"),
        lambda wave: wave.files.update({"export.csv": wave.csv().encode(), "reponses.csv": None}),
    ),
    "a frame in Windows-1252, with semicolons": lambda wave: wave.files.update(
        {
            "cadre.csv": table([list(wave.frame[0]), *(row.values() for row in wave.frame)], ";")
            .replace("œ", "oe")
            .encode("cp1252")
        }
    ),
    "inhabitants with separators": lambda wave: [
        row.update(population=f"{int(row['population']):,}".replace(",", "\u202f")) for row in wave.frame
    ],
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return small().load(tmp_path_factory.mktemp("clean") / "data")


def sorted_counts(wave):
    return wave.counts.set_index(list(CELL))["effectif"].sort_index()


@pytest.mark.parametrize("name", NORMAL)
def test_what_is_normal_changes_nothing(name, data, clean):
    wave = small()
    NORMAL[name](wave)
    found = wave.load(data)
    assert sorted_counts(found).equals(sorted_counts(clean))
    assert (found.about.repondants, found.about.communes, found.oddities) == (8, 8, ())
    assert found.answers["ins"].tolist() == clean.answers["ins"].tolist()
    assert found.frame.equals(clean.frame)


def test_a_question_left_out_leaves_the_others(data, clean):
    wave = small()
    all_of(about(non_posees=["medias", "role"]), without("medias", "role"))(wave)
    found = wave.load(data)
    kept = ~clean.counts["question"].isin(["medias", "role"])
    assert sorted_counts(found).equals(clean.counts[kept].set_index(list(CELL))["effectif"].sort_index())
    assert "medias" not in found.codebook


def test_numbers_with_decimals_are_read_through_an_import(data, clean):
    wave = small()
    for row in wave.rows:
        row |= {name: f"{row[name]}.0" for name in wave.header if row[name].isdigit() and name != "ins"}
    imported()(wave)
    assert sorted_counts(wave.load(data)).equals(sorted_counts(clean))


def test_missing_answers_are_told_and_counted_nowhere(data, clean):
    wave = small()
    all_of(row(2, sujets_connus="", role=""), row(3, sujets_connus=""), row(4, obstacle_budget=""))(wave)
    found = wave.load(data)
    assert oddities.told(found) == [
        "«\u00a0Fonction du répondant\u00a0»\u00a0: 1\u00a0réponse manque sur 8 répondants.",
        "«\u00a0Sujets abordés par le public\u00a0»\u00a0: 2\u00a0réponses manquent sur 5 communes actives.",
        "«\u00a0Absence de budget\u00a0»\u00a0: 1\u00a0réponse manque sur 3 communes non actives.",
    ]
    assert found.choice("role").answers.n == 7
    assert found.likert("sujets_connus").answers.n == 3
    assert found.size("actives") == clean.size("actives")


def test_a_multiple_choice_left_empty_is_a_missing_answer(data):
    wave = small()
    row(2, medias="", demandes="")(wave)
    found = wave.load(data)
    assert oddities.told(found) == [
        typeset("« Médias sociaux utilisés » : 1\u00a0réponse manque sur 5 communes actives."),
        typeset("« Aides souhaitées » : 1\u00a0réponse manque sur 8 répondants."),
    ]
    assert (found.choice("medias").answers.n, found.choice("demandes").answers.n) == (4, 7)


@pytest.mark.parametrize("by", ["date", "line", "time"])
@pytest.mark.parametrize("kept", ["derniere", "premiere"])
def test_one_of_two_respondents_speaks_for_a_commune(data, by, kept):
    wave = small()
    double = dict(wave.rows[0], id="R9", obstacle_budget="1", role="echevin")
    wave.rows[0] |= {"obstacle_budget": "10", "role": "informatique"}
    # The row that stands second is the later one, save by date, where it came before.
    later = by != "date"
    double["date"] = {"date": "2026-02-28", "line": wave.rows[0]["date"], "time": f"{wave.rows[0]['date']}T09:00:00"}[
        by
    ]
    wave.rows.append(double)
    wave.about["doublons"] = kept
    found = wave.load(data)
    expected = "1" if later == (kept == "derniere") else "10"
    assert found.answers.set_index("ins").loc["92094", "obstacle_budget"] == expected
    assert (found.about.repondants, found.about.communes) == (9, 8)
    before = Counter(row["role"] for row in wave.rows)
    assert found.choice("role").answers.counts.to_dict() == {
        option: before[option] for option in CODEBOOK.answers("role")
    }
    warning, *others = oddities.told(found)
    assert len(others) == (by != "time")  # a date before the survey, or one that says nothing of the order
    words = {"derniere": "la dernière", "premiere": "la première"}[kept]
    assert warning.startswith(
        f"1\u00a0commune a plus d’un répondant\u00a0: {words} réponse compte pour les questions sur"
    )


def test_two_names_of_one_commune_are_two_respondents_of_it(data):
    wave = small()
    wave.rows.append(dict(wave.rows[0], id="R9", commune="Ville de NAMUR", ins=""))
    wave.rows.append(dict(wave.rows[0], id="R10", commune="", ins="92094"))
    found = wave.load(data)
    assert (found.about.repondants, found.about.communes) == (10, 8)


# The tally alone.
COMMUNES = pd.DataFrame(
    [
        (f"{number}", f"Bourg {number}", province, size)
        for number, (province, size) in enumerate(
            [*product(CODEBOOK.strata("province"), CODEBOOK.strata("taille"))] * 4, 11_001
        )
    ],
    columns=["ins", "commune", "province", "taille"],
)


def drawn(seed, number=200):
    """Draw respondents of communes, some twice, who answer at random and skip some questions."""
    draw, rows = random.Random(seed), []
    for line in range(2, number + 2):
        commune = COMMUNES.iloc[draw.randrange(len(COMMUNES))]
        one = {"ligne": line, "id": f"R{line}", "date": f"2026-03-{draw.randint(1, 9):02}", "ins": commune["ins"]}
        one["commune"] = draw.choice((commune["commune"], ""))
        activity = draw.choice(("oui", "oui", "non"))
        for question in CODEBOOK.questions:
            answers = CODEBOOK.answers(question.id) if question.type != "texte" else ("un texte",)
            routed = question.base == "actives" and activity == "non"
            if question.id == "active":
                one["active"] = activity
            elif routed or draw.random() < 0.2:
                one[question.id] = ""
            elif question.type == "choix_multiple":
                one[question.id] = ";".join(draw.sample(answers, draw.randint(1, len(answers))))
            else:
                one[question.id] = draw.choice(answers)
        rows.append(one)
    return pd.DataFrame(rows).astype(dict.fromkeys(set(rows[0]) - {"ligne"}, "str"))


def counted(rows, **how):
    problems = []
    found = tally(rows, "reponses.csv", CODEBOOK, COMMUNES, problems, **how)
    assert problems == []
    return found


def told(rows, **how):
    problems = []
    assert tally(rows, "reponses.csv", CODEBOOK, COMMUNES, problems, **how) is None
    return problems


def plainly(rows, duplicates):
    """Count the slow way, a row and an answer at a time."""
    ordered = sorted(rows.to_dict("records"), key=lambda row: (row["date"], row["ligne"]))
    kept = {row["ins"]: row for row in (ordered if duplicates == "derniere" else ordered[::-1])}
    strata = COMMUNES.set_index("ins")[["province", "taille"]].to_dict("index")
    counts = Counter()
    for question in CODEBOOK.questions:
        if question.type == "texte":
            continue
        for row in ordered if question.base == "repondants" else kept.values():
            activity = {"actives": "oui", "communes": row["active"]}.get(question.base, "toutes")
            activity = "toutes" if question.id == "active" else activity
            at = strata[row["ins"]]
            for answer in filter(None, row[question.id].split(";")):
                for province, taille in product(("toutes", at["province"]), ("toutes", at["taille"])):
                    counts[question.id, answer, activity, province, taille] += 1
    return counts


@pytest.mark.parametrize("duplicates", ["derniere", "premiere"])
@pytest.mark.parametrize("seed", range(2))
def test_the_tally_is_that_of_a_plain_count(seed, duplicates):
    rows = drawn(seed)
    found, plain = counted(rows, duplicates=duplicates), plainly(rows, duplicates)
    cells = found.counts.set_index(list(CELL))["effectif"]
    assert cells.index.is_unique
    assert cells.to_dict() == {cell: plain[cell] for cell in cells.index}
    several = {q.id for q in CODEBOOK.questions if q.type == "choix_multiple"} | {"active"}
    left = [cell for cell in plain if cell not in cells.index]
    assert all("toutes" not in cell[3:] and cell[0] not in several for cell in left)
    assert (found.respondents.sum(), found.communes) == (len(rows), rows["ins"].nunique())


def test_crossed_cells_add_up_to_the_margins():
    counts = counted(drawn(5)).counts
    crossed = counts[(counts["province"] != "toutes") & (counts["taille"] != "toutes")]
    assert set(crossed["question"]) == set(counts["question"])
    for by, other in (("province", "taille"), ("taille", "province")):
        margin = counts[(counts[by] != "toutes") & (counts[other] == "toutes")]
        key = ["question", "modalite", "active", by]
        sums = crossed.groupby(key)["effectif"].sum()
        assert sums.equals(margin.set_index(key)["effectif"].sort_index()[sums.index])


@pytest.mark.parametrize("empty", ["", None])
def test_the_order_of_rows_and_how_nothing_is_written_change_nothing(empty):
    rows = drawn(6)
    found, expected = counted(rows.replace("", empty).sample(frac=1, random_state=1)), counted(rows)
    assert sorted_counts(found).equals(sorted_counts(expected))
    assert found.answers.equals(expected.answers)
    assert found.respondents.equals(expected.respondents)
    assert (found.communes, found.repeated) == (expected.communes, expected.repeated)


def test_the_answers_kept_are_those_of_each_commune():
    rows = drawn(7)
    kept = counted(rows).answers.set_index("ins")
    last = rows.sort_values(["date", "ligne"]).groupby("ins").last()
    assert kept.index.is_unique
    assert kept["obstacle_budget"].to_dict() == last["obstacle_budget"].to_dict()
    assert set(kept) == {q.id for q in CODEBOOK.questions if q.base != "repondants" and q.type != "texte"}


def test_one_answer_of_each_commune_is_wanted():
    rows = drawn(8).drop_duplicates("ins").reset_index(drop=True)
    assert counted(rows, duplicates="erreur").repeated == ()
    rows.loc[3, ["ins", "commune"]] = rows.loc[1, ["ins", "commune"]].to_numpy()
    rows.loc[4, ["ins", "commune"]] = rows.loc[1, ["ins", "commune"]].to_numpy()
    (problem,) = told(rows, duplicates="erreur")
    assert [problem.line, *problem.also] == rows.loc[[1, 3, 4], "ligne"].tolist()
    assert problem.expected == "une seule réponse par commune"


@pytest.mark.parametrize("shown", [1, 3, 1000])
def test_equal_faults_are_told_once(shown):
    rows = drawn(9)
    rows.loc[10:29, "role"] = "ministre"
    rows.loc[30:39, "role"] = "roi"
    problems = told(rows, shown=shown)
    assert [(problem.value, problem.count) for problem in problems] == [("ministre", 20), ("roi", 10)]
    for problem, first in zip(problems, (12, 32), strict=True):
        lines = [problem.line, *problem.also]
        assert lines == [*range(first, first + min(shown, problem.count))]


@pytest.mark.parametrize("at_once", [1, 3, 7, 10_000])
def test_identifiers_are_compared_across_shares(monkeypatch, at_once):
    monkeypatch.setattr("utils.reading.forms.rows.IDS_AT_ONCE", at_once)
    rows = drawn(10, number=60)
    assert counted(rows).respondents.sum() == 60
    rows.loc[[5, 17, 44], "id"] = "R1"
    rows.loc[[30, 59], "id"] = "Ré 2"
    rows.loc[[8, 9], "id"] = ""
    problems = told(rows)
    assert {(problem.value, problem.line, *problem.also) for problem in problems} == {
        ("R1", 7, 19, 46),
        ("Ré 2", 32, 61),
        (None, 10, 11),
    }


def test_a_respondent_s_own_answers_need_no_activity():
    rows = drawn(11)
    assert counted(rows).counts.query("question == 'role' and province == 'toutes' and taille == 'toutes'")[
        "active"
    ].unique().tolist() == ["toutes"]


def test_what_nobody_answers_counts_zero():
    rows = drawn(12)
    rows["medias"] = ""
    counts = counted(rows).counts
    media = counts[counts["question"] == "medias"]
    assert len(media) == len(CODEBOOK["medias"].options) * (1 + 5 + 4 + 20)
    assert media["effectif"].sum() == 0


# Many faults.


def test_faults_that_all_differ_keep_the_report_short():
    rows = drawn(12, number=400)
    rows.loc[10:309, "role"] = [f"ministre {number}" for number in range(300)]
    problems = told(rows)
    assert len(problems) == TOLD + 1
    assert [problem.line for problem in problems] == [*range(12, 12 + TOLD), 12 + TOLD]
    assert sum(problem.count for problem in problems) == 300
    assert (problems[-1].value, problems[-1].others, len(problems[-1].also)) == (None, 280, 4)
    assert "(280 fois), colonne « role » : trouvé 280\u00a0autres valeurs ; attendu : une modalité" in str(problems[-1])


def test_every_line_is_known_of_faults_that_all_differ():
    rows = drawn(13, number=400)
    rows.loc[10:309, "commune"] = [f"Nulle-Part {number}" for number in range(300)]
    rows.loc[10:309, "ins"] = ""
    lines = [line for problem in told(rows, shown=1000) for line in (problem.line, *problem.also)]
    assert sorted(lines) == [*range(12, 312)]


@pytest.mark.parametrize("at_once", [1, 2])
def test_cells_that_come_a_share_at_a_time_are_all_parted(monkeypatch, at_once):
    rows = drawn(14, number=9000)
    expected = counted(rows)
    monkeypatch.setattr("utils.reading.relations._VECTORS", at_once)
    found = counted(rows)
    assert found.counts.equals(expected.counts)
    assert found.answered.equals(expected.answered)


@pytest.mark.parametrize(("named", "told"), [("liege", True), ("namur", False), ("", False)])
def test_a_province_that_the_list_contradicts_is_told_and_counts_nowhere(named, told, data):
    wave = small()
    for row in wave.rows:
        row["province"] = ""
    wave.rows[0]["province"] = named  # of Namur
    loaded = wave.load(data)
    said = "1\u00a0réponse nomme une autre province que la liste pour la même commune\u00a0: c’est la liste qui compte."
    assert (said in oddities.told(loaded)) == told
    assert loaded.counts.equals(small().load(data.parent / "plain").counts)
