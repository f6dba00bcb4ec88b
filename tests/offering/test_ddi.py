"""The codebook as DDI: valid against its schema's structure, in French, with the study's own frequencies."""

import csv
from pathlib import Path

import pytest
from lxml import etree
from support import holdings

from utils.offering.ddi import ddi
from utils.offering.publication import publication
from utils.offering.tidy import tidy
from utils.paths import DATA
from utils.reading import waves

SCHEMA = etree.XMLSchema(file=str(Path(__file__).parent / "schemas" / "ddi_codebook.xsd"))
NAMES = {"d": "ddi:codebook:2_5"}


def written(wave):
    return etree.fromstring(ddi(wave, tidy(wave), publication(wave)).encode("utf-8"))


def texts(tree, path):
    return [str(found) for found in tree.xpath(path, namespaces=NAMES)]


def published(edition):
    [content] = [f.content for f in holdings.files(edition).values() if f.media_type == "application/xml"]
    return etree.fromstring(content)


@pytest.fixture
def book():
    return published("2017")


@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_it_is_valid(edition):
    SCHEMA.assertValid(published(edition))


def test_it_is_valid_whatever_the_wave_holds(degenerate):
    book = written(degenerate)
    SCHEMA.assertValid(book)
    assert not [text for text in texts(book, "//text()") if text.strip() in ("nan", "None", "<NA>")]


@pytest.mark.parametrize(
    "damage",
    [
        lambda var: var.append(var[0]),  # the label after the categories
        lambda var: var.attrib.pop("name"),
        lambda var: var.set("nature", "whatever"),
        lambda var: var.append(etree.SubElement(var, "{ddi:codebook:2_5}valeur")),
    ],
)
def test_the_schema_refuses_what_is_not_ddi(damage, book):
    damage(book.find(".//d:var", NAMES))
    assert not SCHEMA.validate(book)


def test_it_is_in_french(book):
    assert book.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert book.get("version") == "2.5"


def test_every_question_is_there_once_in_order(book, wave):
    order = texts(book, "//d:var/d:qstn/@seqNo")
    assert sorted(set(map(int, order))) == list(range(1, len(wave.codebook.questions) + 1))
    assert order == sorted(order, key=int)
    said = texts(book, "//d:var/d:qstn/d:qstnLit/text()")
    assert "La fonction que le répondant exerce dans sa commune." in said
    assert all(texts(book, "//d:var/d:labl/text()"))


def test_frequencies_are_those_of_the_study(book):
    with (DATA / "2017" / "effectifs.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["province"] == row["taille"] == "toutes"]
    for row in rows:
        side = {"oui": "actives", "non": "non_actives"}.get(row["active"])
        name = f"{row['question']}_{side}" if row["question"].startswith("obstacle_") else row["question"]
        path = f"//d:var[@name='{name}']/d:catgry[d:catValu='{row['modalite']}']"
        if row["question"] in ("medias", "circonstances", "communicateurs", "demandes"):
            path = f"//d:var[@name='{name}_{row['modalite']}']/d:catgry[d:catValu='1']"
        assert texts(book, f"{path}/d:catStat[@type='freq']/text()") == [row["effectif"]], row
    assert len(rows) == 275 - 18 - 20


def test_several_choices_are_one_group_of_variables(book):
    members = texts(book, "//d:varGrp[@name='medias']/@var")[0].split()
    assert len(members) == 9
    for member in members:
        counts = texts(book, f"//d:var[@ID='{member}']/d:catgry/d:catStat[@type='freq']/text()")
        assert sum(map(int, counts)) == 92


def test_references_lead_somewhere(book):
    known = texts(book, "//@ID")
    assert len(set(known)) == len(known)
    referred = [name for names in texts(book, "//@var | //@files") for name in names.split()]
    assert set(referred) <= set(known)


def test_ranges_bases_and_centres(book):
    path = "//d:var[@name='obstacle_budget_non_actives']"
    assert texts(book, f"{path}/d:valrng/d:range/@min | {path}/d:valrng/d:range/@max") == ["1", "10"]
    assert texts(book, f"{path}/d:universe/text()") == ["Communes non actives"]
    assert texts(book, f"{path}/d:sumStat[@type='vald']/text()") == ["46"]
    assert texts(book, f"{path}/d:TotlResp/text()") == ["46"]


def test_invented_data_says_so_and_free_texts_stay_away():
    book = published("demo")
    for part in ("docDscr", "stdyDscr"):
        assert "fictives" in texts(book, f"//d:{part}/d:citation/d:titlStmt/d:subTitl/text()")[0]
    assert not texts(book, "//d:nation")
    assert not texts(book, "//d:var[@name='demandes_texte']/d:catgry")


def test_text_that_xml_cannot_hold_is_left_out(data):
    path = data / "questionnaire.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("libelle: Facebook", 'libelle: "<b>&\\uFFFE]]>Facebook"'), encoding="utf-8")
    book = written(waves.load("2017", data))
    assert any("<b>&]]>Facebook" in label for label in texts(book, "//d:labl/text()"))
