"""Moments that do not exist, numbers without end, names that mean something else: refused where they enter."""

import keyword
import re

import pandas as pd
import pytest

from utils.reading import waves
from utils.reading.checks import check_published
from utils.reading.files import read_document
from utils.reading.forms.dates import moment
from utils.reading.forms.labels import score
from utils.reading.forms.rejects import lines_of
from utils.reading.forms.weights import is_weight
from utils.reading.frames import read_inhabitants
from utils.reading.names import misnamed
from utils.reading.outlines.geojson import read_outlines
from utils.reading.problems import DataError, Problem
from utils.survey.about import Metadata
from utils.survey.codebook import Codebook
from utils.survey.territory import Territory

DIGITS = "9" * 5000  # more than Python reads
MANY = "9" * 400  # more than a float holds
QUESTION = "{{id: {}, chapitre: a, type: choix_unique, libelle: A, enonce: B, base: communes, modalites: [{}]}}"
OPTION = "{{id: {}, libelle: A}}"


def told(tmp_path, model, text):
    path = tmp_path / "essai.yml"
    path.write_text(text, encoding="utf-8")
    problems = []
    read_document(path, model, problems)
    return "\n".join(map(str, problems))


@pytest.mark.parametrize(
    "text", ["2026-02-31", "2026-13", "0000-01", "2026-2", "２０２６-02", "2026-02-01T10:00", "2026"]
)
def test_a_period_is_of_days_that_exist(tmp_path, text):
    said = told(tmp_path, Metadata, f"periode: {{debut: '2026-01', fin: '{text}'}}")
    assert "colonne « periode.fin »" in said
    assert "une date qui existe, de la forme AAAA-MM" in said


@pytest.mark.parametrize(("sign", "named"), [("\\x1b", "U+001B"), ("\\ue001", "U+E001"), ("\\U000f0041", "U+F0041")])
def test_a_text_holds_only_signs_that_are_read(tmp_path, sign, named):
    said = told(tmp_path, Metadata, f'titre: "Les communes{sign}31m"')
    assert f"un texte sans signe de contrôle ni d’usage privé ({named})" in said
    assert "signe" not in told(tmp_path, Metadata, 'titre: "Les communes… d’ici, 100 %, naïves 🙂"')


def test_a_question_is_asked_from_a_moment_that_exists(tmp_path):
    asked = QUESTION.format("medias", OPTION.format("a")).replace("base:", "depuis: 2026-02-31, base:")
    assert "une date qui existe" in told(tmp_path, Codebook, f"echelles: {{}}\nquestions: [{asked}]")


@pytest.mark.parametrize("number", [MANY, DIGITS, "-1", "1e3", ".inf", "２"])
def test_a_description_holds_numbers_that_end(tmp_path, number):
    for key in ("seuil_diffusion", "arrondi", "invites"):
        said = told(tmp_path, Metadata, f"{key}: {number}")
        assert re.search(f"colonne « {key} ».*attendu : un nombre", said), number


@pytest.mark.parametrize("number", [".inf", "nan", "1e999", MANY])
def test_an_extent_ends(tmp_path, number):
    said = told(tmp_path, Territory, f"etendue: {{ouest: {number}, sud: 1, est: 2, nord: 3}}")
    assert "colonne « etendue.ouest »" in said
    assert "un nombre" in said.partition("attendu")[2]


def test_a_scale_is_of_scores_that_can_be_written(tmp_path):
    said = told(
        tmp_path, Codebook, f"echelles: {{x: {{minimum: {MANY}, maximum: {MANY}, bas: a, haut: b, groupes: []}}}}"
    )
    assert "un nombre d’au plus" in said


def test_numbers_of_tables_end():
    assert read_inhabitants(DIGITS) is None
    assert read_inhabitants("1" + " 000" * 2000) is None
    assert score(DIGITS) is None
    assert not is_weight(DIGITS)
    assert not is_weight("1e999")
    assert not is_weight("٣")  # a digit, elsewhere
    assert moment("0001-01-01T00:00:00+05:00", utc=True) is None
    problems = []
    table = pd.DataFrame({"ligne": [2, 3], "mesure": "mediane", "valeur": [MANY, "1." + DIGITS]})
    check_published(table, "publie.csv", problems)
    assert [problem.line for problem in problems] == [2, 3]


@pytest.mark.parametrize("count", [DIGITS, "9" * 30])
def test_a_count_ends(data, count):
    path = data / "2017" / "effectifs.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("toutes,toutes,91", f"toutes,toutes,{count}", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"colonne « effectif ».*un entier positif ou nul"):
        waves.load("2017", data)


def test_what_is_no_line_sets_nothing_aside():
    assert lines_of(pd.DataFrame({"ligne_source": ["2", "2²", "²", "", "-1", "1.0", DIGITS]})) == {2}


RING = "[[4.1,50.1],[4.2,50.1],[4.2,50.2],[4.1,50.1]]"
FEATURE = '{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{},"geometry":' + (
    '{{"type":"Polygon","coordinates":[{}]}}}}]}}'
)
MAPS = {
    "a number of thousands of digits": ('{"ins":"1"}', RING.replace("4.2", DIGITS, 1), "chiffres"),
    "a number that no float holds": ('{"ins":"1"}', RING.replace("4.2", MANY, 1), "un anneau fermé"),
    "no number": ('{"ins":"1"}', RING.replace("4.2", "NaN", 1), "un anneau fermé"),
    "a label that is a number": ('{"ins":"1","etiquette":7}', RING, "une position [longitude, latitude]"),
    "a label without end": ('{"ins":"1","etiquette":[1,1e999]}', RING, "une position [longitude, latitude]"),
    "a label in words": ('{"ins":"1","etiquette":"ab"}', RING, "une position [longitude, latitude]"),
}


@pytest.mark.parametrize("kind", MAPS)
def test_a_map_holds_numbers_that_end(tmp_path, kind):
    properties, ring, expected = MAPS[kind]
    path, problems = tmp_path / "carte.geojson", []
    path.write_text(FEATURE.format(properties, ring), encoding="utf-8")
    assert read_outlines(path, "ins", problems) is None
    assert expected in problems[0].expected


NAMED = ["in", "class", "or", "of", "id", "commune", "taille", "cell", "value", "ligne", "2026", "_medias", "poids_"]


@pytest.mark.parametrize("name", NAMED)
def test_a_question_bears_a_name_of_its_own(tmp_path, name):
    said = told(tmp_path, Codebook, f"echelles: {{}}\nquestions: [{QUESTION.format(name, OPTION.format('a'))}]")
    assert "colonne « questions.0.id »" in said
    assert "un autre identifiant" in said


@pytest.mark.parametrize("name", ["in", "not", "or"])
def test_an_option_is_no_word_of_python(tmp_path, name):
    said = told(tmp_path, Codebook, f"echelles: {{}}\nquestions: [{QUESTION.format('medias', OPTION.format(name))}]")
    assert "un autre identifiant" in said


def test_every_word_of_python_is_refused(tmp_path):
    for name in (name for name in keyword.kwlist if name.islower()):
        assert "un autre identifiant" in told(tmp_path, Codebook, f"questions: [{{id: {name}}}]"), name


@pytest.mark.parametrize("name", ["toutes", "oui"])
def test_a_province_is_not_called_as_all_of_them(tmp_path, name):
    assert "un autre identifiant" in told(tmp_path, Territory, f"provinces: [{{id: {name}, libelle: A}}]")


WAVES = ["../2017", "2017/", "/etc", "Vague 1", "", ".", "..", "<b>", "a" * 41, "territoires", "x\0y"]


@pytest.mark.parametrize("wave", WAVES)
def test_a_wave_bears_a_name_that_is_a_folder(data, wave):
    for reader in (waves.load, waves.stated):
        with pytest.raises(DataError, match="un nom de vague"):
            reader(wave, data)


def test_a_folder_that_is_no_wave_stops_nothing(data):
    (data / "Vague finale (2)").mkdir()
    (data / "Vague finale (2)" / "vague.yml").write_text("titre: [", encoding="utf-8")
    assert waves.available(data) == ["2017", "demo"]
    assert misnamed(data) == ["Vague finale (2)"]


def test_a_title_heads_a_page(tmp_path):
    assert "d’au plus 200 caractères" in told(tmp_path, Metadata, f"titre: {'a' * 10_000}")


def test_a_report_gives_no_orders_to_a_terminal():
    said = str(Problem("a.csv", "x\x1b[2J", 2, "titre\x1b]0;\x07", "a\x1b[31mb\u202ec\ud800d"))
    assert said == "a.csv, ligne 2, colonne « titre�]0;� » : trouvé « a�[31mb�c�d » ; attendu : x�[2J"
    assert len(str(Problem("a.csv", "x" * 10_000, 2, "t" * 10_000, "v" * 1_000_000))) < 2000
