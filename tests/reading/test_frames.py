"""The population asked, as lists come: what is read, what is refused and how it is told."""

import pandas as pd
import pytest
from pydantic import ValidationError
from support.workbooks import write_workbook

from utils.paths import DATA
from utils.reading.frames import read_frame
from utils.reading.mergers import read_mergers
from utils.reading.questionnaires import read_questionnaire
from utils.survey.about import FrameMapping

CODEBOOK = read_questionnaire([])

PLAIN = """ins,commune,province,population
62063,Liège,liege,195000
25014,Braine-l’Alleud,brabant_wallon,40456
82038,Sainte-Ode,luxembourg,2700
92094,Namur,namur,114000
51019,Flobecq,hainaut,3435
"""

# As Statbel writes it: a byte-order mark, bars, labels of provinces, a row by sex and age, all of Belgium.
STATBEL = """CD_REFNIS|TX_DESCR_FR|TX_PROV_DESCR_FR|TX_RGN_DESCR_FR|CD_SEX|CD_AGE|MS_POPULATION
11002|Anvers|Province d’Anvers|Région flamande|M|30|9000
21004|Bruxelles||Région de Bruxelles-Capitale|F|30|9000
62063|Liège|Province de Liège|Région wallonne|M|30|9000
62063|Liège|Province de Liège|Région wallonne|F|30|8000
62063|Liège|Province de Liège|Région wallonne|F|31|33000
25014|Braine-l’Alleud|Province du Brabant wallon|Région wallonne|M|30|2500
25014|Braine-l’Alleud|Province du Brabant wallon|Région wallonne|F|30|2499
"""
DOWNLOADED = {
    "fichier": "TF_SOC_POP_STRUCT_2025.txt",
    "colonnes": {
        "ins": "CD_REFNIS",
        "commune": "TX_DESCR_FR",
        "province": "TX_PROV_DESCR_FR",
        "population": "MS_POPULATION",
    },
    "filtre": {"TX_RGN_DESCR_FR": "Région wallonne"},
    "somme": ["CD_SEX", "CD_AGE"],
}


def read(folder, **mapping):
    problems = []
    frame = read_frame(folder, FrameMapping.model_validate(mapping), CODEBOOK, problems)
    return frame, "\n".join(map(str, problems))


def plain(tmp_path, text, encoding="utf-8"):
    (tmp_path / "cadre.csv").write_text(text, encoding=encoding, newline="")
    return tmp_path


def downloaded(tmp_path, text=STATBEL, **changes):
    (tmp_path / DOWNLOADED["fichier"]).write_text(text, encoding="utf-8-sig")
    return read(tmp_path, **{**DOWNLOADED, **changes})


def counts(frame, by):
    rows = frame.margins[frame.margins[by] != "toutes"]
    return dict(zip(rows[by], rows["communes"], strict=True))


POSTAL = """ins,commune,province,population,code_postal
62063,Liège,liege,195000,"4000, 4020"
25014,Braine-l’Alleud,brabant_wallon,40456,1420
82038,Sainte-Ode,luxembourg,2700,
"""


def test_postal_codes_are_read_as_they_stand(tmp_path):
    frame, said = read(plain(tmp_path, POSTAL))
    assert said == ""
    assert frame.communes["code_postal"].tolist() == ["4000, 4020", "1420", ""]
    assert frame.communes["population"].tolist() == [195000, 40456, 2700]


def test_a_list_may_tell_postal_codes_and_no_inhabitants(tmp_path):
    frame, said = read(plain(tmp_path, "ins,commune,province,code_postal\n62063,Liège,liege,4000\n"))
    assert said == ""
    assert frame.communes["population"].isna().all()


@pytest.mark.parametrize("code", ["142", "14200", "B-1420", "1420 1421", "9000"])
def test_a_text_that_is_no_postal_code_of_the_territory_is_told(tmp_path, code):
    frame, said = read(plain(tmp_path, POSTAL.replace(",1420\n", f",{code}\n")))
    assert "ligne 3" in said
    assert f"« {code} »" in said
    assert "un code postal, de quatre chiffres" in said
    assert frame.communes is None


def test_postal_codes_that_vague_yml_names_must_be_there(tmp_path):
    titles = {"ins": "ins", "commune": "commune", "province": "province", "code_postal": "CP"}
    _, said = read(plain(tmp_path, PLAIN), colonnes=titles)
    assert "« CP »" in said
    assert "`code_postal`" in said


def test_one_row_a_commune(tmp_path):
    frame, said = read(plain(tmp_path, PLAIN))
    assert said == ""
    assert frame.communes.to_numpy().tolist() == [
        ["62063", "Liège", "liege", 195000, "plus_50000"],
        ["25014", "Braine-l’Alleud", "brabant_wallon", 40456, "20000_50000"],
        ["82038", "Sainte-Ode", "luxembourg", 2700, "moins_5000"],
        ["92094", "Namur", "namur", 114000, "plus_50000"],
        ["51019", "Flobecq", "hainaut", 3435, "moins_5000"],
    ]
    assert list(frame.communes.columns) == ["ins", "commune", "province", "population", "taille"]
    assert counts(frame, "taille") == {"moins_5000": 2, "5000_20000": 0, "20000_50000": 1, "plus_50000": 2}
    assert counts(frame, "province") == {
        "brabant_wallon": 1,
        "hainaut": 1,
        "liege": 1,
        "luxembourg": 1,
        "namur": 1,
    }
    assert frame.total == 5


def test_margins_are_written_as_those_of_2017_are(tmp_path):
    margins = read(plain(tmp_path, PLAIN))[0].margins
    printed = read(DATA / "2017")[0].margins
    assert list(margins.columns) == list(printed.columns) == ["province", "taille", "communes"]
    assert set(zip(margins["province"], margins["taille"], strict=True)) == set(
        zip(printed["province"], printed["taille"], strict=True)
    )
    assert margins["communes"].dtype == printed["communes"].dtype == int


def test_2017_has_margins_alone():
    frame, said = read(DATA / "2017")
    assert said == ""
    assert frame.communes is None
    assert frame.total == 262
    assert frame.margins.iloc[0].tolist() == ["toutes", "plus_50000", 9]
    assert counts(frame, "province")["liege"] == 84


def test_a_margin_of_everything_is_not_counted_again(tmp_path):
    text = (DATA / "2017" / "cadre.csv").read_text(encoding="utf-8") + "toutes,toutes,262\n"
    frame, said = read(plain(tmp_path, text))
    assert (said, frame.total) == ("", 262)


def test_a_list_of_communes_may_have_sizes_of_its_own(tmp_path):
    lines = PLAIN.splitlines()
    text = "\n".join([lines[0] + ",taille", *(line + ",grande" for line in lines[1:])])
    frame, said = read(plain(tmp_path, text))
    assert (said, frame.communes["taille"][2]) == ("", "moins_5000")


DAMAGED_MARGINS = {
    "a number in words": (
        "toutes,plus_50000,9",
        "toutes,plus_50000,neuf",
        "trouvé « neuf » ; attendu : un entier positif",
    ),
    "unknown size": ("toutes,plus_50000,9", "toutes,geante,9", "colonne « taille » : trouvé « geante »"),
    "unknown province": ("liege,toutes,84", "anvers,toutes,84", "colonne « province » : trouvé « anvers »"),
    "a margin twice": ("liege,toutes,84", "namur,toutes,84", "une seule ligne par province et taille"),
    "a cell too many": ("liege,toutes,84", "liege,toutes,84,1", "attendu : 3 cellules"),
    "a misspelt title": (
        "province,taille,communes",
        "province,taille,commune",
        "une colonne « communes » dans l’en-tête",
    ),
    "a separator of its own in the header": (
        "province,taille,communes",
        "province;taille;communes",
        "attendu : 3 cellules",
    ),
}


@pytest.mark.parametrize("kind", DAMAGED_MARGINS)
def test_damaged_margins(tmp_path, kind):
    old, new, expected = DAMAGED_MARGINS[kind]
    text = (DATA / "2017" / "cadre.csv").read_text(encoding="utf-8")
    assert old in text
    frame, said = read(plain(tmp_path, text.replace(old, new)))
    assert expected in said
    assert len(frame.margins) == 0
    assert frame.total == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_encodings_and_separators_change_nothing(tmp_path, encoding, separator):
    frame, said = read(plain(tmp_path, PLAIN.replace(",", separator), encoding))
    assert said == ""
    assert frame.communes["commune"].tolist()[:2] == ["Liège", "Braine-l’Alleud"]


def test_a_workbook_is_read_like_text(tmp_path):
    rows = [line.split(",") for line in PLAIN.splitlines()]
    rows[1][0], rows[1][3] = 62063, 195000.0
    write_workbook(tmp_path / "communes.xlsx", {"Notes": [["lisez-moi"]], "Liste": rows})
    frame, said = read(tmp_path, fichier="communes.xlsx", feuille="Liste")
    assert said == ""
    assert frame.communes.equals(read(plain(tmp_path, PLAIN))[0].communes)
    assert "le nom de la feuille à lire" in read(tmp_path, fichier="communes.xlsx")[1]


@pytest.mark.parametrize(
    "label", ["Liège", "liege", "LIÈGE", "Province de Liège", "Prov. de Liège", "PROVINCE DE LIEGE", " Liege "]
)
def test_a_province_is_known_by_its_label(tmp_path, label):
    frame, said = read(plain(tmp_path, PLAIN.replace("Liège,liege", f"Liège,{label}")))
    assert (said, frame.communes["province"][0]) == ("", "liege")


@pytest.mark.parametrize(
    "written", ["195000", "195 000", "195\u00a0000", "195\u202f000", "195.000", '"195,000"', "195'000", "195’000"]
)
def test_thousands_may_be_separated(tmp_path, written):
    frame, said = read(plain(tmp_path, PLAIN.replace("195000", written)))
    assert (said, frame.communes["population"][0]) == ("", 195000)


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (1, "moins_5000"),
        (4999, "moins_5000"),
        (5000, "5000_20000"),
        (19999, "5000_20000"),
        (20000, "20000_50000"),
        (49999, "20000_50000"),
        (50000, "plus_50000"),
    ],
)
def test_a_size_holds_its_lower_bound_and_not_its_upper_one(tmp_path, population, size):
    frame, _ = read(plain(tmp_path, PLAIN.replace("195000", str(population))))
    assert frame.communes["taille"][0] == size


def edited(old, new):
    assert old in PLAIN
    return PLAIN.replace(old, new, 1)


WRONG = "un nombre d’habitants, entier et positif"
DAMAGED = {
    "ins of four digits": (
        edited("62063", "6206"),
        "ligne 2, colonne « ins » : trouvé « 6206 » ; attendu : un code INS",
    ),
    "no ins": (edited("62063", ""), "ligne 2, colonne « ins » : trouvé «  » ; attendu : un code INS de commune"),
    "an arrondissement": (edited("62063", "62000"), "trouvé « 62000 » ; attendu : un code INS de commune"),
    "a province": (edited("62063", "20002"), "trouvé « 20002 » ; attendu : un code INS de commune"),
    "no name": (edited("Liège", ""), "ligne 2, colonne « commune » : trouvé «  » ; attendu : le nom de la commune"),
    "unknown province": (
        edited("liege", "Anvers"),
        "ligne 2, colonne « province » : trouvé « Anvers » ; attendu : une province : Brabant wallon, Hainaut, Liège",
    ),
    "no province": (edited("liege", ""), "colonne « province » : trouvé «  » ; attendu : une province"),
    "no population": (edited("195000", ""), f"ligne 2, colonne « population » : trouvé «  » ; attendu : {WRONG}"),
    "nobody": (edited("195000", "0"), f"ligne 2, colonne « population » : trouvé « 0 » ; attendu : {WRONG}"),
    "less than nobody": (edited("195000", "-5"), f"trouvé « -5 » ; attendu : {WRONG}"),
    "a half": (edited("195000", "195000.5"), f"trouvé « 195000.5 » ; attendu : {WRONG}"),
    "in words": (edited("195000", "beaucoup"), f"trouvé « beaucoup » ; attendu : {WRONG}"),
    "thousands cut askew": (edited("195000", "19.50.00"), f"trouvé « 19.50.00 » ; attendu : {WRONG}"),
    "two separators": (edited("195000", "1 195.000"), f"trouvé « 1 195.000 » ; attendu : {WRONG}"),
    "other digits": (edited("195000", "١٩٥"), f"trouvé « ١٩٥ » ; attendu : {WRONG}"),
    "a commune twice": (
        PLAIN + "62063,Liège,liege,195000\n",
        "ligne 7, colonne « ins » : trouvé « 62063 » ; attendu : une seule ligne par commune",
    ),
    "a name twice": (
        PLAIN + "62064,LIEGE,liege,5\n",
        "ligne 7, colonne « commune » : trouvé « LIEGE » ; attendu : un autre nom que celui du code INS 62063,"
        " à la ligne 2",
    ),
    "two names": (
        PLAIN + "62063,Luik,liege,195000\n",
        "ligne 7, colonne « commune » : trouvé « Luik » ; attendu : « Liège », comme à la ligne 2 pour le code",
    ),
    "two provinces": (
        PLAIN + "62063,Liège,Namur,195000\n",
        "ligne 7, colonne « province » : trouvé « Namur » ; attendu : « liege », comme à la ligne 2",
    ),
    "a missing column": (
        edited("province,population", "province,habitants"),
        "ligne 1 ; attendu : une colonne « population » (pour `population`) ; colonnes du fichier : ins, commune,"
        " province, habitants",
    ),
    "empty": ("", "un fichier qui n’est pas vide"),
    "a header alone": ("ins,commune,province,population\n", "au moins une commune"),
    "a ragged row": (PLAIN + "62003,Ans\n", "ligne 7, colonne « province » : trouvé «  » ; attendu"),
    "no text": ("ins\0,commune\n", "un fichier de texte"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_lists(tmp_path, kind):
    text, expected = DAMAGED[kind]
    frame, said = read(plain(tmp_path, text))
    assert expected in said
    assert "cadre.csv" in said
    assert frame.communes is None
    assert frame.total == 0


def test_every_fault_comes_in_one_report(tmp_path):
    text = edited("62063", "6206").replace("brabant_wallon", "Brabant").replace("2700", "?").replace("114000", "0")
    _, said = read(plain(tmp_path, text + "51019,Flobecq,hainaut,3435\nvide\n"))
    lines = said.splitlines()
    for part in ("« vide »", "« 6206 »", "« Brabant »", "« ? »", "une seule ligne par commune"):
        assert any(part in line for line in lines), part
    assert len(lines) == 8  # « vide » lacks its other cells; the zero is told once no population is missing


def test_rows_without_a_code_are_told_once_each(tmp_path):
    _, said = read(plain(tmp_path, PLAIN + ",Ans,liege,28000\n,Huy,liege,21000\n"))
    assert [line.split(",")[1] for line in said.splitlines()] == [" ligne 7", " ligne 8"]


def test_a_commune_twice_with_another_remark_is_told_where_it_stands(tmp_path):
    lines = PLAIN.splitlines()
    text = [lines[0] + ",remarque", *(line + ",ok" for line in lines[1:]), lines[1] + ",bis", lines[2] + ",ter"]
    _, said = read(plain(tmp_path, "\n".join(text)))
    assert [line.split(",")[1] for line in said.splitlines()] == [" ligne 7", " ligne 8"]
    assert "somme" not in said


def test_a_codebook_without_a_size_for_it(tmp_path):
    problems = []
    small = CODEBOOK.model_copy(update={"tailles": CODEBOOK.tailles[:3]})
    frame = read_frame(plain(tmp_path, PLAIN), FrameMapping(), small, problems)
    assert [(problem.line, problem.value) for problem in problems] == [(2, "195000"), (5, "114000")]
    assert "un nombre d’habitants qu’une taille comprend" in str(problems[0])
    assert frame.communes is None


def test_a_missing_file_and_a_folder(tmp_path):
    assert "cadre.csv ; attendu : un fichier à cet endroit" in read(tmp_path)[1]
    (tmp_path / "cadre.csv").mkdir()
    assert "un fichier, non un dossier" in read(tmp_path)[1]


def test_a_download_is_filtered_and_added_up_as_its_mapping_says(tmp_path):
    frame, said = downloaded(tmp_path)
    assert said == ""
    assert frame.communes.to_numpy().tolist() == [
        ["62063", "Liège", "liege", 50000, "plus_50000"],
        ["25014", "Braine-l’Alleud", "brabant_wallon", 4999, "moins_5000"],
    ]
    assert frame.total == 2


def test_other_regions_leave_only_by_an_explicit_filter(tmp_path):
    _, said = downloaded(tmp_path, filtre={})
    assert "ligne 2, colonne « TX_PROV_DESCR_FR » : trouvé « Province d’Anvers »" in said
    assert "ligne 3, colonne « TX_PROV_DESCR_FR » : trouvé «  »" in said


def test_a_filter_that_keeps_nothing_tells_what_there_is(tmp_path):
    _, said = downloaded(tmp_path, filtre={"TX_RGN_DESCR_FR": "Wallonie"})
    assert (
        "colonne « TX_RGN_DESCR_FR » : trouvé « Wallonie » ; attendu : une valeur de cette colonne, pour que `filtre`"
        " retienne des lignes : Région flamande, Région de Bruxelles-Capitale, Région wallonne" in said
    )
    assert len(said.splitlines()) == 1


def test_a_filter_and_a_sum_name_columns_that_exist(tmp_path):
    _, said = downloaded(tmp_path, filtre={"REGION": "x"}, somme=["SEXE"])
    assert "une colonne « REGION » (pour `filtre`) ; colonnes du fichier : CD_REFNIS, TX_DESCR_FR" in said
    assert "une colonne « SEXE » (pour `somme`)" in said


def test_many_rows_a_commune_are_added_up_only_where_the_mapping_says_by_what(tmp_path):
    _, said = downloaded(tmp_path, somme=[])
    assert said.endswith(
        "ligne 5, colonne « CD_REFNIS » : trouvé « 62063 » ; attendu : une seule ligne par commune ; à additionner"
        " par `somme` ou à choisir par `filtre` : CD_SEX, CD_AGE"
    )
    assert len(said.splitlines()) == 1


def test_two_years_in_one_file_are_not_added_up(tmp_path):
    lines = STATBEL.splitlines()
    years = [lines[0] + "|CD_YEAR", *(f"{line}|{year}" for year in (2024, 2025) for line in lines[1:])]
    _, said = downloaded(tmp_path, "\n".join(years))
    assert "une seule ligne par commune, par CD_SEX, par CD_AGE ; à choisir par `filtre` : CD_YEAR" in said
    assert said.endswith("`filtre` : CD_YEAR")
    frame, said = downloaded(
        tmp_path, "\n".join(years), filtre={"TX_RGN_DESCR_FR": "Région wallonne", "CD_YEAR": "2025"}
    )
    assert (said, frame.communes["population"].tolist()) == ("", [50000, 4999])


def test_a_row_repeated_in_a_download_is_told(tmp_path):
    repeated = STATBEL + STATBEL.splitlines()[-1] + "\n" + STATBEL.splitlines()[-2] + "\n"
    _, said = downloaded(tmp_path, repeated)
    assert [line.split(",")[1] for line in said.splitlines()] == [" ligne 9", " ligne 10"]


def test_rows_that_hold_totals_are_not_counted_twice(tmp_path):
    totals = (
        "62063|Liège|Province de Liège|Région wallonne|T|total|50000\n"
        "25014|Braine-l’Alleud|Province du Brabant wallon|Région wallonne|T|total|4999\n"
    )
    _, said = downloaded(tmp_path, STATBEL + totals)
    assert "colonne « CD_SEX » : trouvé « T » ; attendu : aucune ligne de total" in said
    assert "colonne « CD_AGE » : trouvé « total » ; attendu : aucune ligne de total" in said


def test_what_would_add_up_two_years_is_refused(tmp_path):
    lines = STATBEL.splitlines()
    years = [lines[0] + "|CD_YEAR", *(f"{line}|{year}" for year in (2024, 2025) for line in lines[1:])]
    _, said = downloaded(tmp_path, "\n".join(years), somme=["CD_YEAR", "CD_SEX", "CD_AGE"])
    assert said.endswith(
        "colonne « CD_YEAR » ; attendu : sous `filtre`, une seule de ces dates, et non sous `somme` : 2025, 2024"
    )
    kept = {**DOWNLOADED["filtre"], "CD_YEAR": "2024"}
    frame, said = downloaded(tmp_path, "\n".join(years), filtre=kept)
    assert (said, frame.communes["population"].tolist()) == ("", [50000, 4999])


def test_one_name_in_two_provinces_is_two_communes(tmp_path):
    frame, said = read(plain(tmp_path, PLAIN + "92999,Liège,namur,5000\n"))
    assert (said, frame.total) == ("", 6)


def test_two_equal_halves_are_no_total(tmp_path):
    halves = "\n".join([STATBEL.splitlines()[0], *(line for line in STATBEL.splitlines() if "25014" in line)])
    frame, said = downloaded(tmp_path, halves.replace("|2499", "|2500"))
    assert (said, frame.communes["population"].tolist()) == ("", [5000])


def test_a_part_of_a_commune_may_be_empty_but_not_all_of_it(tmp_path):
    assert downloaded(tmp_path, STATBEL.replace("|9000", "|0"))[1] == ""
    _, said = downloaded(tmp_path, STATBEL.replace("|2500", "|0").replace("|2499", "|0"))
    assert f"ligne 7, colonne « MS_POPULATION » : trouvé « 0 » ; attendu : {WRONG}" in said


def test_a_fault_of_a_long_file_is_told_once_a_commune(tmp_path):
    _, said = downloaded(tmp_path, STATBEL.replace("62063|", "6206|").replace("|8000", "|?").replace("|33000", "|?"))
    assert said.count("trouvé « 6206 »") == 1
    assert said.count("trouvé « ? »") == 1


# 260 communes of an invented list, then the two that have merged, or the one that they became.
OTHERS = "".join(f"{62001 + i},Commune {i},liege,{3000 + i}\n" for i in range(260))
TITLES = "ins,commune,province,population\n"
BEFORE = OTHERS + "82003,Bastogne,luxembourg,16000\n82005,Bertogne,luxembourg,3700\n"
AFTER = OTHERS + "82039,Bastogne,luxembourg,20355\n"


@pytest.mark.parametrize(("text", "total", "luxembourg"), [(BEFORE, 262, 2), (AFTER, 261, 1)])
def test_there_are_as_many_communes_as_the_list_says(tmp_path, text, total, luxembourg):
    frame, said = read(plain(tmp_path, TITLES + text))
    assert said == ""
    assert (frame.total, len(frame.communes)) == (total, total)
    assert counts(frame, "province")["luxembourg"] == luxembourg


def test_a_list_that_mixes_both_times_is_told(tmp_path):
    _, said = read(plain(tmp_path, TITLES + BEFORE + "82039,Bastogne,luxembourg,20355\n"))
    assert "trouvé « Bastogne » ; attendu : un autre nom que celui du code INS 82003, à la ligne 262" in said


@pytest.mark.parametrize(
    "mapping",
    [
        {"fichiers": "cadre.csv"},
        {"colonnes": {"nis": "CD_REFNIS"}},
        {"colonnes": {"ins": ""}},
        {"filtre": ["Région wallonne"]},
        {"somme": "CD_SEX"},
        {"fichier": ""},
    ],
)
def test_a_mapping_with_a_misspelt_or_empty_key_is_refused(mapping):
    with pytest.raises(ValidationError):
        FrameMapping.model_validate(mapping)


DAMAGED_MERGERS = {
    "no commune": ("82003,Bastogne,82039", "8200,Bastogne,82039", "trouvé « 8200 » ; attendu : un code INS de commune"),
    "no day": ("Bastogne,2024-12-02", "Bastogne,2024-12-32", "trouvé « 2024-12-32 » ; attendu : une date qui existe"),
    "a day in short": ("Bastogne,2024-12-02", "Bastogne,2024-12-2", "sous la forme AAAA-MM-JJ"),
    "a day in French": ("Bastogne,2024-12-02", "Bastogne,02/12/2024", "sous la forme AAAA-MM-JJ"),
    "two ways": ("82005,Bertogne", "82003,Bertogne", "une seule ligne par ins_ancien"),
    "a ring": ("82003,Bastogne,82039", "82039,Bastogne,82003", "sans retour à un code ancien"),
    "a column": ("ins_nouveau,", "ins,", "une colonne « ins_nouveau » dans l’en-tête"),
}


@pytest.mark.parametrize("kind", DAMAGED_MERGERS)
def test_damaged_mergers(tmp_path, kind):
    old, new, expected = DAMAGED_MERGERS[kind]
    text = (DATA / "fusions.csv").read_text(encoding="utf-8")
    assert old in text
    text = (
        text.replace("82005,Bertogne,82039", "82039,Bertogne,82003") if kind == "a ring" else text.replace(old, new, 1)
    )
    path, problems = tmp_path / "fusions.csv", []
    path.write_text(text, encoding="utf-8")
    read_mergers(tmp_path, CODEBOOK.territory, problems)
    assert expected in "\n".join(map(str, problems))


def test_mergers_are_text():
    mergers = read_mergers(DATA, CODEBOOK.territory, [])
    assert isinstance(mergers, pd.DataFrame)
    assert list(mergers.columns) == ["ins_ancien", "commune_ancienne", "ins_nouveau", "commune_nouvelle", "date"]
    assert len(mergers) == 13
