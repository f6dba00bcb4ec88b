"""Waves that do not ask who is active, or that another question tells apart: what is read, and what is refused."""

import csv

import pytest
import yaml
from support import respondents
from support.pairs import CHARTER, QUESTION

from utils.reading import waves
from utils.reading.problems import DataError
from utils.survey.codebook import ALL

ROUTED = {"id": "charte_utile", "chapitre": "26_opinion", "type": "choix_unique", "libelle": "Charte utile"}
ROUTED |= {"enonce": "La charte sert.", "base": "avec_charte", "depuis": "2026"}
ROUTED |= {"modalites": [{"id": "oui", "libelle": "oui"}, {"id": "non", "libelle": "non"}]}
SAID = ("oui", "non", "prevu", "oui", "nsp", "non", "", "oui")


def questionnaire(data, change):
    path = data / "questionnaire.yml"
    asked = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    change(asked)
    path.write_text(yaml.safe_dump(asked, allow_unicode=True), encoding="utf-8")


def loaded(tmp_path, wave, change=lambda _: None):
    wave.write(tmp_path / "data")
    questionnaire(tmp_path / "data", change)
    return waves.load("2026", tmp_path / "data")


def refused(tmp_path, wave, change=lambda _: None):
    with pytest.raises(DataError) as caught:
        loaded(tmp_path, wave, change)
    return [str(problem) for problem in caught.value.problems]


def without_activity(*, left_out=True):
    """Return eight communes that are not asked whether they are active, nor what active ones alone are asked."""
    wave = respondents.small()
    gone = ["active", *(q.id for q in respondents.CODEBOOK.questions if q.base == "actives")]
    for name in gone:
        wave.drop(name)
    wave.about["non_posees"] = gone if left_out else ["active"]
    return wave


def test_a_wave_that_does_not_ask_who_is_active_is_read(tmp_path):
    wave = loaded(tmp_path, without_activity())
    assert wave.codebook.pair is None
    assert (wave.about.communes, wave.size("communes"), wave.oddities) == (8, 8, ())
    assert set(wave.counts["active"]) == {ALL}
    assert wave.likert("obstacle_budget").answers.n == 8
    # Of the first eight communes of the frame, two are in Namur (Namur and Ohey), two in Luxembourg … none is large.
    present = {"namur": 2, "liege": 1, "hainaut": 1, "luxembourg": 3, "brabant_wallon": 1}
    assert wave.present("province").to_dict() == present
    assert wave.size("communes", province="luxembourg", taille="moins_5000") == 1  # Bouillon


def test_a_codebook_without_the_question_is_read_too(tmp_path):
    wave = without_activity()
    gone = wave.about.pop("non_posees")

    def change(asked):
        asked.pop("message", None)  # it stands on questions that may be gone
        asked["questions"] = [question for question in asked["questions"] if question["id"] not in gone]

    assert loaded(tmp_path, wave, change).size("communes") == 8


def test_all_that_is_to_be_done_is_said_at_once(tmp_path):
    depending = [q.id for q in respondents.CODEBOOK.questions if q.base == "actives"]
    told = refused(tmp_path, without_activity(left_out=False))
    (line,) = [line for line in told if "colonne « non_posees »" in line]
    assert ", ".join(["active", *depending]) + " ensemble" in line
    assert "la base repondants ou communes dans questionnaire.yml" in line


def test_a_column_that_is_missing_tells_what_goes_with_it(tmp_path):
    wave = respondents.small()
    wave.drop("active")
    told = refused(tmp_path, wave)
    (line,) = [line for line in told if "une colonne « active »" in line]
    assert "`active`, `medias`, `sujets_connus`" in line
    assert "sous `non_posees`" in line
    asked = without_activity(left_out=False)
    assert not any("colonne « active »" in line for line in refused(tmp_path / "again", asked))


def test_nothing_tells_active_communes_apart_in_a_codebook_without_the_question(tmp_path):
    def change(asked):
        asked.pop("message", None)  # it stands on questions that may be gone
        asked["questions"] = [question for question in asked["questions"] if question["id"] != "active"]

    wave = respondents.small()
    wave.drop("active")
    told = refused(tmp_path, wave, change)
    assert any("questionnaire.yml" in line and "une question `active`, puisque seul" in line for line in told)


def with_charter(**answers):
    wave = respondents.small()
    for row, said in zip(wave.rows, SAID, strict=True):
        row |= {"charte_ecrite": said, "charte_utile": "oui" if said == "oui" else ""}
    for line, cell in answers.items():
        wave.rows[int(line.removeprefix("row_"))]["charte_utile"] = cell
    return wave


def asks_about_charters(asked):
    asked["questions"] += [QUESTION, ROUTED]
    asked["comparer"] = CHARTER


def test_a_question_may_be_put_to_one_kind_alone(tmp_path):
    wave = loaded(tmp_path, with_charter(), asks_about_charters)
    assert wave.codebook["charte_utile"].bases == ("avec_charte",)
    assert wave.choice("charte_utile").answers.counts.to_dict() == {"oui": 3, "non": 0}
    assert set(wave.counts.loc[wave.counts["question"] == "charte_utile", "active"]) == {"avec_charte"}


@pytest.mark.parametrize(("row", "line"), [("row_1", 3), ("row_4", 6), ("row_6", 8)])  # no charter, not known, blank
def test_whoever_is_of_another_kind_cannot_answer(tmp_path, row, line):
    (told,) = refused(tmp_path, with_charter(**{row: "non"}), asks_about_charters)
    assert f"ligne {line}, colonne « charte_utile »" in told
    assert "la question se pose aux communes dotées d’une charte (`charte_ecrite` vaut oui)" in told


def test_a_kind_of_several_answers_is_named_by_all_of_them(tmp_path):
    def change(asked):
        asks_about_charters(asked)
        asked["questions"][-1]["base"] = "sans_charte"

    told = refused(tmp_path, with_charter(), change)
    assert any("(`charte_ecrite` vaut non ou prevu)" in line for line in told)


@pytest.fixture
def counted(tmp_path):
    """Return the folder of a wave of counts that does not ask who is active: three questions of 2017, made whole."""
    data = tmp_path / "data"
    without_activity().write(data)
    folder = data / "2026"
    about = {"titre": "T", "organisateur": "O", "periode": {"debut": "2026-03", "fin": "2026-05"}, "fictif": True}
    about |= {"source": "effectifs", "invites": 10, "repondants": 8, "communes": 8}
    kept = {"role", "obstacle_budget"}

    def change(asked):
        asked.pop("message", None)  # it stands on questions that may be gone
        asked["questions"] = [question for question in asked["questions"] if question["id"] in kept]

    questionnaire(data, change)
    (folder / "vague.yml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    margins = [["province", "namur", 2, 2], ["province", "liege", 2, 1], ["province", "hainaut", 2, 1]]
    margins += [["province", "luxembourg", 3, 3], ["province", "brabant_wallon", 1, 1]]
    margins += [["taille", "moins_5000", 1, 1], ["taille", "5000_20000", 4, 2], ["taille", "20000_50000", 2, 2]]
    margins += [["taille", "plus_50000", 3, 3]]
    rows = [[s, ALL, n, k] if by == "province" else [ALL, s, n, k] for by, s, n, k in margins]
    write(folder / "cadre.csv", ["province", "taille", "communes", "participantes"], rows)
    role = [
        ["role", option, ALL, ALL, ALL, 8 * (not i)] for i, option in enumerate(respondents.CODEBOOK.answers("role"))
    ]
    rated = [["obstacle_budget", str(score), ALL, ALL, ALL, 8 * (score == 7)] for score in range(1, 11)]
    write(folder / "effectifs.csv", ["question", "modalite", "active", "province", "taille", "effectif"], role + rated)
    write(folder / "publie.csv", ["question", "modalite", "active", "province", "taille", "mesure", "valeur"], [])
    return folder


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def test_counts_say_in_the_frame_who_took_part(counted):
    wave = waves.load("2026", counted.parent)
    assert wave.size("communes") == 8
    assert wave.participation("province").counts.loc["liege"].to_list() == [1, 1]
    assert wave.likert("obstacle_budget").answers.n == 8


def test_counts_without_it_are_refused_with_what_is_missing(counted):
    path = counted / "cadre.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join(line.rpartition(",")[0] for line in text.splitlines()), encoding="utf-8")
    with pytest.raises(DataError, match="participantes"):
        waves.load("2026", counted.parent)
    path.write_text(text.replace("liege,toutes,2,1", "liege,toutes,2,2"), encoding="utf-8")
    with pytest.raises(DataError, match="9, la somme de `participantes` par province"):
        waves.load("2026", counted.parent)


def test_only_kinds_that_there_are_stand_in_the_counts(counted):
    path = counted / "effectifs.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("obstacle_budget,7,toutes", "obstacle_budget,7,oui"), encoding="utf-8")
    with pytest.raises(DataError, match="colonne « active » : trouvé « oui » ; attendu : toutes"):
        waves.load("2026", counted.parent)
