"""Which questionnaire a wave has, and of which territory it is: told where they do not fit."""

import pytest
import yaml
from support.elsewhere import CORSICA, CORSICAN, corsican
from support.respondents import small

from utils.reading import waves
from utils.reading.mergers import read_mergers
from utils.reading.problems import DataError
from utils.reading.questionnaires import claimed, questionnaire_path, read_territory, territory_names


def refused(data, wave="2026"):
    with pytest.raises(DataError) as stopped:
        waves.load(wave, data)
    return stopped.value.report()


def edit(path, change):
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_a_questionnaire_of_the_wave_s_own_goes_before_the_shared_one(tmp_path):
    folder = small().write(tmp_path)
    (tmp_path / "questionnaire.yml").rename(folder / "questionnaire.yml")
    (tmp_path / "questionnaire.yml").write_text("echelles: {}\nquestions: []\n", encoding="utf-8")
    assert questionnaire_path("2026", tmp_path) == folder / "questionnaire.yml"
    assert "obstacle_budget" in waves.load("2026", tmp_path).codebook


def test_an_unknown_territory_is_told(tmp_path):
    wave = small()
    wave.about["territoire"] = "flandres"
    wave.write(tmp_path)
    said = refused(tmp_path)
    assert "2026/vague.yml, colonne « territoire » : trouvé « flandres »" in said
    assert "un territoire qui existe" in said
    assert "wallonie" in said


def test_provinces_of_another_territory_are_told(tmp_path):
    small().write(tmp_path)
    edit(tmp_path / "questionnaire.yml", lambda q: q.update(provinces=[{"id": "antwerpen", "libelle": "Antwerpen"}]))
    said = refused(tmp_path)
    assert "questionnaire.yml, colonne « provinces » : trouvé « antwerpen »" in said
    assert "`territoire` le nomme dans vague.yml" in said


def test_a_damaged_territory_is_told_with_its_line(data):
    path = data / "territoires" / "wallonie.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("genre: feminin", "genre: neutre"), encoding="utf-8")
    said = refused(data, "2017")
    assert "territoires/wallonie.yml, ligne 16, colonne « strate.genre » : trouvé « neutre »" in said


def test_sizes_of_the_questionnaire_go_before_those_of_the_territory(tmp_path):
    small().write(tmp_path)
    sizes = [{"id": "petites", "libelle": "petites", "minimum": "0", "maximum": "20000"}]
    sizes.append({"id": "20000_50000", "libelle": "grandes", "minimum": "20000"})
    edit(tmp_path / "questionnaire.yml", lambda q: q.update(tailles=sizes))
    assert list(waves.load("2026", tmp_path).codebook.strata("taille")) == ["petites", "20000_50000"]


def test_codes_with_letters_are_read_from_the_list_and_from_answers(data):
    edition = corsican(data)
    assert edition.communes["ins"].str.contains("[AB]").all()
    assert edition.codebook.tailles == ()
    path = data / CORSICAN / "reponses.csv"
    typed = path.read_text(encoding="utf-8").replace("2A005,", "2a005,")
    path.write_text(typed, encoding="utf-8")
    again = waves.load(CORSICAN, data)
    assert again.participants() == edition.participants()
    path.write_text(typed.replace("2a005,", "2A999,"), encoding="utf-8")
    assert "un code INSEE de la liste des communes" in refused(data, CORSICAN)


def listed(data, change):
    path = data / CORSICAN / "cadre.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(header, rows)) + "\n", encoding="utf-8")


def test_inhabitants_are_never_left_out_by_oversight(data):
    corsican(data)
    listed(data, lambda header, rows: [f"{header},habitants", *(f"{row},1200" for row in rows)])
    said = refused(data, CORSICAN)
    assert "une colonne « population »" in said
    assert '`population: ""` dans vague.yml' in said
    none = {"colonnes": {"population": ""}}
    edit(data / CORSICAN / "vague.yml", lambda about: about.update(cadre=none))
    assert waves.load(CORSICAN, data).codebook.tailles == ()


def test_words_beside_the_communes_are_no_inhabitants(data):
    corsican(data)
    listed(data, lambda header, rows: [f"{header},canton", *(f"{row},Ouest" for row in rows)])
    assert waves.load(CORSICAN, data).codebook.tailles == ()


def test_codes_of_one_country_do_not_merge_those_of_another(data):
    # 52043 is Manage until 2019, in fusions.csv; in France, codes that begin with 52 are those of Haute-Marne.
    corsican(data)
    assert len(read_mergers(data, read_territory("wallonie", data, []), [])) == 13
    assert read_mergers(data, read_territory("corse", data, []), []).empty


def test_chapters_are_claimed_by_their_territory(data):
    corsican(data)
    assert "corse" in territory_names(data)
    assert claimed(data) == {"10_contexte", "80_formations", "92_verification"}
    assert "chapitres" not in CORSICA


def test_a_province_without_communes_is_nowhere_in_the_wave(tmp_path):
    wave = small()
    wave.frame = [row for row in wave.frame if row["province"] != "Luxembourg"]
    wave.rows = [row for row in wave.rows if row["ins"] in {row["ins"] for row in wave.frame}]
    edition = wave.load(tmp_path)
    assert "luxembourg" not in edition.codebook.strata("province")
    assert [stratum.id for stratum in edition.codebook.unasked] == ["luxembourg"]
    assert "luxembourg" not in set(edition.counts["province"])
    assert edition.active_everywhere().keys() == {"taille", "province", "calage"}


@pytest.mark.parametrize("n", ["0", "1"])
def test_counts_where_no_commune_was_asked_are_zero(data, n):
    """A study that asked nobody in Luxembourg may print zeros there, and nothing else."""
    folder = data / "2017"
    (folder / "affirmations.yml").unlink()
    (folder / "commentaires.yml").unlink()
    frame = (folder / "cadre.csv").read_text(encoding="utf-8")
    about = (folder / "vague.yml").read_text(encoding="utf-8")
    counts = (folder / "effectifs.csv").read_text(encoding="utf-8").splitlines()
    there = {"oui": 0, "non": 0}
    for place, line in enumerate(counts):
        if line.startswith("active,") and ",luxembourg," in line:
            cells = line.split(",")
            there[cells[1]] += int(cells[-1])
            counts[place] = ",".join([*cells[:-1], n])
    # Those of Luxembourg are now of Namur, which has as many communes more.
    for place, line in enumerate(counts):
        if line.startswith("active,") and ",namur," in line:
            cells = line.split(",")
            counts[place] = ",".join([*cells[:-1], str(int(cells[-1]) + there[cells[1]])])
    frame = frame.replace("luxembourg,toutes,44\n", "").replace("namur,toutes,38", "namur,toutes,82")
    (folder / "cadre.csv").write_text(frame, encoding="utf-8")
    about = about.split("habitants:\n")[0] + "notes:" + about.split("notes:")[1]
    (folder / "vague.yml").write_text(about, encoding="utf-8")
    (folder / "publie.csv").write_text("question,modalite,active,province,taille,mesure,valeur\n", encoding="utf-8")
    (folder / "effectifs.csv").write_text("\n".join(counts) + "\n", encoding="utf-8")
    if n == "0":
        edition = waves.load("2017", data)
        assert list(edition.codebook.strata("province")) == ["brabant_wallon", "hainaut", "liege", "namur"]
        assert edition.activity("province").total == 138
    else:
        assert "trouvé « 1 » ; attendu : 0, puisque le cadre n’y compte aucune commune" in refused(data, "2017")
