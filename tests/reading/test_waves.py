"""Damaged data: every kind gets its own message, with place, value and what was expected."""

import csv
import io

import pytest

from utils.reading import measured, waves
from utils.reading.problems import DataError
from utils.reading.training import training_catalogue
from utils.survey.inhabitants import Coverage
from utils.telling import oddities


def report(data, wave="2017") -> str:
    with pytest.raises(DataError) as caught:
        waves.load(wave, data)
    return str(caught.value)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(path, text):
    return path.read_text(encoding="utf-8").splitlines().index(text) + 1


# What stands in effectifs.csv, what it becomes, and what the report must say of it.
DAMAGED_COUNTS = {
    "unknown question": ("medias,facebook,oui", "media,facebook,oui", "question de questionnaire.yml"),
    "unknown option": ("medias,facebook,oui", "medias,friendster,oui", "une modalité de la question : facebook"),
    "score outside the scale": ("sujets_connus,10,oui", "sujets_connus,11,oui", "un score entier de 1 à 10"),
    "score that is no number": ("sujets_connus,10,oui", "sujets_connus,dix,oui", "un score entier de 1 à 10"),
    "forbidden by the routing": ("medias,facebook,oui", "medias,facebook,non", "se pose aux communes actives"),
    "activity unknown": ("medias,facebook,oui", "medias,facebook,yes", "oui, non ou toutes"),
    "province unknown": ("active,oui,toutes,liege", "active,oui,toutes,anvers", "brabant_wallon, hainaut, liege"),
    "size unknown": ("toutes,plus_50000,8", "toutes,geante,8", "moins_5000, 5000_20000"),
    "negative count": ("facebook,oui,toutes,toutes,91", "facebook,oui,toutes,toutes,-91", "un entier positif ou nul"),
    "count with decimals": ("toutes,toutes,91", "toutes,toutes,91.5", "un entier positif ou nul"),
    "count that is text": ("toutes,toutes,91", "toutes,toutes,beaucoup", "un entier positif ou nul"),
    "no count": ("facebook,oui,toutes,toutes,91", "facebook,oui,toutes,toutes,", "un entier positif ou nul"),
    "a cell too many": ("facebook,oui,toutes,toutes,91", "facebook,oui,toutes,toutes,91,8", "6 cellules"),
    "a cell too few": ("facebook,oui,toutes,toutes,91", "facebook,oui,toutes,91", "6 cellules"),
    "open quotes": ("medias,facebook,oui", 'medias,"facebook,oui', "guillemets"),
}


@pytest.mark.parametrize("kind", DAMAGED_COUNTS)
def test_damaged_counts(data, kind):
    old, new, expected = DAMAGED_COUNTS[kind]
    path = data / "2017" / "effectifs.csv"
    place = next(i for i, line in enumerate(path.read_text().splitlines(), 1) if old in line)
    edit(path, old, new)
    said = report(data)
    assert f"effectifs.csv, ligne {place}" in said
    assert expected in said


def test_value_and_column_are_told(data):
    edit(data / "2017" / "effectifs.csv", "toutes,toutes,91", "toutes,toutes,beaucoup")
    assert "colonne « effectif » : trouvé « beaucoup » ; attendu : un entier" in report(data)


def test_all_problems_come_in_one_report(data):
    folder = data / "2017"
    edit(folder / "effectifs.csv", "toutes,toutes,91", "toutes,toutes,x")
    edit(folder / "effectifs.csv", "toutes,toutes,24", "toutes,toutes,y")
    edit(folder / "cadre.csv", "toutes,plus_50000,9", "toutes,plus_50000,neuf")
    edit(folder / "publie.csv", "pourcentage,99", "pourcentage,199")
    edit(folder / "vague.yml", "fictif: false", "fictif: peut-être")
    said = report(data)
    assert said.startswith("5\u00a0problèmes")
    for part in ("« x »", "« y »", "« neuf »", "« 199.0 »", "« peut-être »"):
        assert part.replace("199.0", "199") in said


def test_a_missing_score_is_no_zero(data):
    edit(data / "2017" / "effectifs.csv", "utilisation_optimale,9,oui,toutes,toutes,0\n", "")
    assert "une ligne pour utilisation_optimale, 9, oui" in report(data)


def test_a_breakdown_that_a_chapter_needs(data):
    edit(data / "2017" / "effectifs.csv", "communicateurs,bourgmestre,oui,toutes,plus_50000,0\n", "")
    edit(data / "2017" / "effectifs.csv", "active,non,toutes,namur,toutes,5\n", "")
    said = report(data)
    assert "une ligne pour communicateurs, bourgmestre, oui, toutes, plus_50000" in said
    assert "une ligne pour active, non, toutes, namur, toutes" in said


def test_no_option_is_chosen_by_more_than_all(data):
    edit(data / "2017" / "effectifs.csv", "facebook,oui,toutes,toutes,91", "facebook,oui,toutes,toutes,93")
    assert "« 93 » ; attendu : au plus 92, la taille de la base, pour medias, facebook" in report(data)


def test_a_repeated_cell(data):
    line = "medias,facebook,oui,toutes,toutes,91\n"
    edit(data / "2017" / "effectifs.csv", line, line + line)
    assert "une seule ligne par question, modalite, active, province et taille" in report(data)


@pytest.mark.parametrize("name", ["effectifs.csv", "cadre.csv", "publie.csv", "vague.yml"])
def test_a_missing_file(data, name):
    (data / "2017" / name).unlink()
    if name == "vague.yml":
        assert "une vague qui existe" in report(data)
    else:
        assert f"{name}" in report(data)
        assert "il n’existe pas" in report(data)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"question,modalit\x81,Li\x8age", "UTF-8"),
        (b"question,\0modalite", "un fichier de texte"),
        (b"", "un fichier qui n’est pas vide"),
        (b"question:modalite:active:province:taille:effectif\n", "une colonne « modalite »"),
        (b"question,modalite,active,province,taille,effectif,effectif\n", "des titres de colonnes différents"),
        (b"question,modalite,active,province,taille,effectif,note\n", "les colonnes question, modalite, active"),
        (b"question,modalite,active,province,taille,effectifs\n", "une colonne « effectif »"),
    ],
)
def test_a_file_that_is_no_table(data, content, expected):
    (data / "2017" / "effectifs.csv").write_bytes(content)
    assert expected in report(data)


def test_a_byte_order_mark_and_outer_spaces_are_normal(data):
    path = data / "2017" / "effectifs.csv"
    text = path.read_text(encoding="utf-8").replace("medias,facebook,oui", "medias, facebook ,oui")
    path.write_text(text, encoding="utf-8-sig")
    assert waves.load("2017", data).choice("medias").answers.counts["facebook"] == 91


# How a French spreadsheet, or another, saves the tables of a wave.
SAVED = {
    "semicolons": lambda rows: written(rows, ";").encode(),
    "semicolons, Windows": lambda rows: written(rows, ";", "\r\n").encode("cp1252"),
    "tabs, UTF-16": lambda rows: written(rows, "\t", "\r\n").encode("utf-16"),
    "marked UTF-8": lambda rows: written(rows, ";", "\r\n").encode("utf-8-sig"),
    "separators at the end": lambda rows: written([[*row, "", ""] for row in rows], ";").encode(),
    "Excel's hint": lambda rows: b"sep=;\r\n" + written(rows, ";").encode("cp1252"),
}


def written(rows, delimiter, end="\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("how", SAVED)
def test_every_table_is_read_as_a_spreadsheet_saves_it(data, wave, how):
    plain = (training_catalogue(data), measured.interval_coverage(data), waves.mergers(data=data))
    for name in ("2017/effectifs", "2017/publie", "2017/cadre", "formations", "couverture", "fusions"):
        path = data / f"{name}.csv"
        path.write_bytes(SAVED[how](list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))))
    saved = waves.load("2017", data)
    for table in ("counts", "published", "frame"):
        assert getattr(saved, table).equals(getattr(wave, table)), table
    again = (training_catalogue(data), measured.interval_coverage(data), waves.mergers(data=data))
    assert all(one.equals(other) for one, other in zip(plain, again, strict=True))


def test_a_wrong_encoding_is_told_once(data):
    path = data / "2017" / "effectifs.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("facebook", "médias").encode("mac_roman"))
    assert report(data).count("\n") == 1
    assert "un fichier de texte en UTF-8 ou en Windows-1252" in report(data)


DAMAGED_METADATA = {
    "misspelt key": ("organisateur:", "organisteur:", "aucune clé de ce nom"),
    "missing key": ("fictif: false\n", "", "cette clé, qui manque"),
    "missing total": ("invites: 262\n", "", "invites : ces nombres, puisque `source` vaut effectifs"),
    "not a number": ("invites: 262", "invites: beaucoup", "un nombre entier"),
    "negative": ("invites: 262", "invites: -3", "un nombre d’au moins 0"),
    "unknown source": ("source: effectifs", "source: sondage", "'effectifs'"),
    "month out of form": ("debut: 2017-02", "debut: février", "de la forme AAAA-MM"),
    "period turned round": ("debut: 2017-02", "debut: 2017-09", "dans l’ordre"),
    "repeated key": ("invites: 262", "invites: 262\ninvites: 263", "écrite une seule fois"),
    "no YAML": ("titre: Les", "titre: [Les", "un document YAML valide"),
    "asked differs from the frame": ("invites: 262", "invites: 261", "262, la somme de cadre.csv par province"),
    "communes differ from the counts": ("communes: 138", "communes: 137", "138, la somme de `active`"),
}


@pytest.mark.parametrize("kind", DAMAGED_METADATA)
def test_damaged_metadata(data, kind):
    old, new, expected = DAMAGED_METADATA[kind]
    edit(data / "2017" / "vague.yml", old, new)
    said = report(data)
    assert "vague.yml" in said
    assert expected in said


def test_the_line_of_a_damaged_key_is_told(data):
    path = data / "2017" / "vague.yml"
    place = line_of(path, "invites: 262")
    edit(path, "invites: 262", "invites: beaucoup")
    assert f"vague.yml, ligne {place}, colonne « invites » : trouvé « beaucoup »" in report(data)


TWICE = {  # wherever it stands: the file, what comes twice, both lines as they are
    "a title of the export": ("2026/vague.yml", "    submitdate: date\n", "    submitdate: id\n", "submitdate"),
    "a label": ("2026/vague.yml", "      Y: oui\n", '      "Y": non\n', "Y"),
    "an option": ("2026/vague.yml", "      facebook: medias[facebook]\n", "      facebook: ''\n", "facebook"),
    "a question's base": ("questionnaire.yml", "    base: repondants\n", "    base: communes\n", "base"),
    "a scale": ("questionnaire.yml", "  accord_10:\n", "  accord_10: {}\n", "accord_10"),
}
IMPORT = """titre: x
organisateur: x
periode: {debut: 2026-11, fin: 2026-11}
fictif: true
source: reponses
import:
  format: limesurvey
  fichier: export.csv
  colonnes:
    submitdate: date
  colonnes_multiples:
    medias:
      facebook: medias[facebook]
  modalites:
    active:
      Y: oui
"""


@pytest.mark.parametrize("kind", TWICE)
def test_a_key_that_comes_twice_is_told_with_both_lines(data, kind):
    (data / "2026").mkdir()
    (data / "2026" / "vague.yml").write_text(IMPORT, encoding="utf-8")
    file, first, second, key = TWICE[kind]
    path = data / file
    place = line_of(path, first.rstrip("\n"))
    edit(path, first, second + first)
    with pytest.raises(DataError) as raised:
        waves.load("2026", data)
    expected = f"{file}, ligne {place + 1}, colonne « {key} »"
    assert any(
        expected in str(problem) and f"(déjà à la ligne {place})" in str(problem) for problem in raised.value.problems
    )


DAMAGED_CODEBOOK = {
    "score in no group": ("scores: [9, 10]", "scores: [9]", "des groupes qui couvrent les scores 1 à 10"),
    "unknown scale": ("echelle: accord_10", "echelle: accord_5", "une échelle définie sous `echelles`"),
    "unknown type": ("type: likert", "type: curseur", "'likert'"),
    "scale without a statement": ("    constat: ne pas avoir de budget\n", "", "un `constat`"),
    "option twice": ("{id: twitter,", "{id: facebook,", "un identifiant unique par modalité de « medias »"),
    "question twice": ("- id: medias", "- id: role", "un identifiant unique par question"),
    "unknown base": ("base: actives", "base: tous", "parmi repondants, communes, actives"),
}


@pytest.mark.parametrize("kind", DAMAGED_CODEBOOK)
def test_damaged_codebook(data, kind):
    old, new, expected = DAMAGED_CODEBOOK[kind]
    edit(data / "questionnaire.yml", old, new)
    said = report(data)
    assert "questionnaire.yml" in said
    assert expected in said


def test_margins_that_disagree(data):
    edit(data / "2017" / "effectifs.csv", "active,oui,toutes,liege,toutes,35", "active,oui,toutes,liege,toutes,34")
    assert "92 pour « active, oui » en sommant par province" in report(data)


def test_more_participants_than_communes(data):
    edit(data / "2017" / "cadre.csv", "toutes,plus_50000,9", "toutes,plus_50000,7")
    assert "au moins 8 communes dans le cadre pour « plus_50000 »" in report(data)


def test_a_wave_that_does_not_exist_is_told_which_do(data):
    assert "trouvé « 2071 » ; attendu : une vague qui existe : 2017" in report(data, "2071")


def test_an_odd_total_is_a_warning_not_an_error(data):
    edit(data / "2017" / "effectifs.csv", "role,echevin,toutes,toutes,toutes,5", "role,echevin,toutes,toutes,toutes,4")
    assert any("139 réponses pour 140 répondants" in warning for warning in oddities.told(waves.load("2017", data)))


def test_published_measures(data):
    edit(data / "2017" / "publie.csv", "mediane,7", "moyenne,7")
    assert "pourcentage, mediane et taux" in report(data)


def test_comments_of_an_unknown_form(data):
    edit(data / "2017" / "commentaires.yml", "titre: Sans Facebook", "entete: Sans Facebook")
    assert "commentaires.yml" in report(data)


def test_a_course_without_title(data):
    edit(data / "formations.csv", "Community Management", "")
    with pytest.raises(DataError, match="un texte"):
        training_catalogue(data)


LISTED = (
    "habitants:\n  fichier: communes.csv\n  source: Statbel, population par commune au 1er janvier 2018, CC BY 4.0\n"
)


def test_coverage_is_unknown_where_nothing_is_printed_nor_listed(data):
    edit(data / "2017" / "publie.csv", "active,habitants,toutes,toutes,toutes,taux,59\n", "")
    edit(data / "2017" / "vague.yml", LISTED, "")
    assert waves.load("2017", data).coverage() == Coverage()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("92094,Namur,namur,110939", "92094,Namur,namur,49999", "9 communes pour « plus_50000 », comme dans le cadre"),
        ("92094,Namur,namur,110939", "92094,Namur,liege,110939", "38 communes pour « namur », comme dans le cadre"),
        ("92094,Namur,namur,110939", "92094,Namur,namur,", "un nombre d’habitants"),
    ],
)
def test_a_list_of_inhabitants_is_of_the_communes_asked(data, old, new, expected):
    edit(data / "2017" / "communes.csv", old, new)
    told = report(data)
    assert "communes.csv" in told
    assert expected in told


def test_a_list_of_inhabitants_names_communes(data):
    edit(data / "2017" / "vague.yml", "fichier: communes.csv", "fichier: cadre.csv")
    assert "une ligne par commune" in report(data)


def test_a_named_frame_has_its_own_inhabitants(data):
    edit(data / "demo" / "vague.yml", "source: reponses\n", "source: reponses\n" + LISTED)
    assert "aucun `habitants`" in report(data, "demo")
