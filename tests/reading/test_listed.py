"""What is proposed for a list of communes, as statistical offices and encyclopedias write them."""

import pytest
import yaml

from utils.reading.frames import read_frame
from utils.reading.listed import propose_frame
from utils.reading.questionnaires import read_questionnaire
from utils.reading.tabular import read_raw
from utils.survey.about import FrameMapping

CODEBOOK = read_questionnaire([])

# Titles of Statbel's open data on the population's structure, of two years, all of Belgium.
STATBEL = """CD_YEAR|CD_REFNIS|TX_DESCR_NL|TX_DESCR_FR|TX_PROV_DESCR_FR|TX_RGN_DESCR_FR|CD_SEX|CD_AGE|MS_POPULATION
2024|92094|Namen|Namur|Province de Namur|Région wallonne|M|30|7000
2024|92094|Namen|Namur|Province de Namur|Région wallonne|F|30|7000
2025|92094|Namen|Namur|Province de Namur|Région wallonne|M|30|7001
2025|92094|Namen|Namur|Province de Namur|Région wallonne|F|31|7002
2025|62063|Luik|Liège|Province de Liège|Région wallonne|F|31|9000
2025|21004|Brussel|Bruxelles||Région de Bruxelles-Capitale|F|31|9000
2025|11002|Antwerpen|Anvers|Province d’Anvers|Région flamande|F|31|9000
"""
ENCYCLOPEDIA = """N°;Commune;Code INS;Superficie (km²);Province;Population (01/01/2018);Population (01/01/2024)
1;Aiseau-Presles;52074;22,19;Hainaut;10 807;10 700
2;Amay;61003;27,61;Liège;14 164;14 300
"""
DUTCH = "NIS-code;Gemeente;Provincie;Aantal inwoners\n61003;Amay;Liège;14164\n"
POSTAL = "NIS;Code postal;Commune;Province;Inwoners\n62063;4000, 4020;Liège;Liège;195000\n61003;4540;Amay;Liège;14164\n"
UNTITLED = "a;Commune;c;Habitants\n61003;Amay;Liège;14164\n52074;Aiseau-Presles;Hainaut;10807\n"


def proposed(tmp_path, text):
    (tmp_path / "cadre.csv").write_text(text, encoding="utf-8")
    problems = []
    section = propose_frame(read_raw(tmp_path / "cadre.csv", problems), CODEBOOK, "cadre.csv")
    assert problems == []
    return section, yaml.safe_load(section)["cadre"]


def test_the_contracts_own_titles_need_no_columns(tmp_path):
    section, _ = proposed(tmp_path, "ins,commune,province,population\n62063,Liège,liege,195000\n")
    assert section == "cadre:\n  fichier: cadre.csv\n"


def test_a_download_of_two_years_of_a_whole_country(tmp_path):
    section, mapping = proposed(tmp_path, STATBEL)
    assert mapping["colonnes"] == {
        "ins": "CD_REFNIS",
        "commune": "TX_DESCR_FR",
        "province": "TX_PROV_DESCR_FR",
        "population": "MS_POPULATION",
    }
    assert mapping["filtre"] == {"TX_RGN_DESCR_FR": "Région wallonne", "CD_YEAR": "2025"}
    assert mapping["somme"] == ["CD_SEX", "CD_AGE"]
    assert section.count("à confirmer") == 3
    problems = []
    frame = read_frame(tmp_path, FrameMapping.model_validate(mapping), CODEBOOK, problems)
    assert problems == []
    assert frame.communes["population"].tolist() == [14003, 9000]  # 7001 + 7002, of 2025 alone


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (ENCYCLOPEDIA, ["Code INS", "Commune", "Province", "Population (01/01/2024)"]),
        (DUTCH, ["NIS-code", "Gemeente", "Provincie", "Aantal inwoners"]),
        (UNTITLED, ["a", "Commune", "c", "Habitants"]),
    ],
)
def test_titles_in_other_words(tmp_path, text, titles):
    _, mapping = proposed(tmp_path, text)
    assert [mapping["colonnes"][field] for field in ("ins", "commune", "province", "population")] == titles
    assert set(mapping) == {"fichier", "colonnes"}


def test_postal_codes_are_proposed_where_a_column_is_called_so(tmp_path):
    _, mapping = proposed(tmp_path, POSTAL)
    assert mapping["colonnes"]["code_postal"] == "Code postal"
    problems = []
    frame = read_frame(tmp_path, FrameMapping.model_validate(mapping), CODEBOOK, problems)
    assert problems == []
    assert frame.communes["code_postal"].tolist() == ["4000, 4020", "4540"]
    assert "code_postal" not in proposed(tmp_path, POSTAL.replace("4540", "rue Haute 1"))[0]


def test_what_is_chosen_among_several_is_marked(tmp_path):
    section, _ = proposed(tmp_path, ENCYCLOPEDIA)
    assert "population: Population (01/01/2024)  # à confirmer : ou Population (01/01/2018)" in section
    section, _ = proposed(tmp_path, UNTITLED)
    assert "ins: a  # à confirmer : d’après ce que cette colonne contient" in section


def test_a_title_that_holds_something_else_is_none(tmp_path):
    section, mapping = proposed(tmp_path, "INS;Commune;Province;Population\nA;Amay;Liège;beaucoup\n")
    assert set(mapping["colonnes"]) == {"commune", "province"}
    assert section.count("à compléter") == 2
