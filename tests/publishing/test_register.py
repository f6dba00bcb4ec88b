"""The register of numbers: read from outputs, written on pages, and held against the counts."""

import json
from urllib.parse import urldefrag

import pandas as pd
import pytest
from support.pages import ALONE, BARE, chapters, soup

from utils import french
from utils.paths import DATA
from utils.publishing.site import register

REGISTER = ALONE / "chapters" / "94_chiffres.html"


def glued(name, text, figures):
    prefix = "application/papermill.record/"
    data = {f"{prefix}application/vnd.chiffres+json": figures}
    if text:
        data[f"{prefix}text/plain"] = text
    return {"data": data, "metadata": {"scrapbook": {"name": name}}, "output_type": "display_data"}


def test_figures_are_read_in_order_and_named_by_their_place(tmp_path):
    first = {"debut": 0, "fin": 4, "imprime": "42 %", "valeur": [0.42], "n": 92}
    second = {"debut": None, "fin": None, "imprime": "7", "valeur": [7.0], "n": None}
    outputs = [glued("medias_texte", "42 % de tous", [first]), glued("chiffres_ab", "", [second, second])]
    cells = [{"cell_type": "code", "outputs": outputs}, {"cell_type": "markdown"}]
    (tmp_path / "22_presence.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    entries = register.read(tmp_path)
    assert [entry.id for entry in entries] == ["n-22-medias-texte-1", "n-22-page-1-1", "n-22-page-1-2"]
    assert (entries[0].start, entries[0].end, entries[0].figure["imprime"]) == (0, 4, "42 %")


@pytest.fixture(scope="module")
def listed():
    return json.loads((ALONE / register.FILE).read_text(encoding="utf-8"))


@pytest.mark.site
@pytest.mark.parametrize("page", chapters(ALONE), ids=lambda path: path.stem)
def test_a_number_in_the_text_leads_to_its_row_and_back(page):
    registered = soup(REGISTER)
    for link in soup(page).select("article a.chiffre"):
        address, row = urldefrag(link["href"])
        assert address == "94_chiffres.html"
        shown = registered.find(id=row)
        assert shown.th.get_text() == link.get_text()
        back, place = urldefrag(shown.th.a["href"])
        assert back == page.name
        assert soup(page).find(id=place).get_text() == link.get_text()


@pytest.mark.site
def test_rows_and_file_list_the_same_figures(listed):
    rows = [(row["id"], row.th.get_text()) for row in soup(REGISTER).select("table.registre tbody tr")]
    assert rows == [(figure["id"], figure["imprime"]) for figure in listed["chiffres"]]
    assert len(rows) == len({name for name, _ in rows}) > 400


@pytest.mark.site
def test_registered_values_come_out_of_the_published_counts(listed):
    """Counts, shares in agreement and medians, computed from the file alone by pandas."""
    counts = pd.read_csv(DATA / "2017" / "effectifs.csv")
    whole = counts[(counts["province"] == "toutes") & (counts["taille"] == "toutes")]
    seen = 0
    for figure in listed["chiffres"]:
        if figure["statistique"] not in ("part d’accord", "médiane"):
            continue
        rows = whole[whole["question"] == figure["question"]]
        active = {"actives": "oui", "non_actives": "non"}.get(figure["base"])
        rows = rows[rows["active"] == active] if (rows["active"] == active).any() else rows
        scores = rows["modalite"].astype(int).repeat(rows["effectif"])
        # 7 to 10 of 10 is agreement, as the method chapter says.
        expected = scores.ge(7).mean() if figure["statistique"] == "part d’accord" else scores.median()
        assert figure["valeur"] == [pytest.approx(expected)], figure
        assert figure["n"] == len(scores)
        seen += 1
    assert seen > 70


@pytest.mark.site
def test_what_is_printed_is_its_value_rounded(listed):
    for figure in listed["chiffres"]:
        if figure["imprime"].endswith("\u00a0%") and len(figure["valeur"]) == 1 and figure["valeur"][0] <= 1:
            assert figure["imprime"] in {french.percent(figure["valeur"][0]), french.percent(figure["valeur"][0], 1)}


@pytest.mark.site
def test_both_ways_of_building_write_the_same_register():
    files = [book / register.FILE for book in (ALONE, BARE)]
    assert files[0].read_bytes() == files[1].read_bytes()
