"""The register of numbers: read from outputs, written on pages, and held against the counts."""

import json
import re
from urllib.parse import urldefrag

import pandas as pd
import pytest
from docutils import nodes
from support.pages import ALONE, BARE, BESIDE, chapters, soup

from utils import french
from utils.paths import DATA
from utils.publishing.site import register
from utils.publishing.site.outputs import Figure

REGISTER = ALONE / "chapters" / "94_chiffres.html"


def figure(text, name, rank, place, **more):
    told = {"nom": name, "rang": rank, "imprime": text or "7", "question": "medias", "n": 92} | more
    return Figure("", text, told=told, place=place) if text else Figure("", told=told, place=place)


def test_figures_are_named_by_their_text_or_by_its_place_on_the_page():
    paragraph = nodes.paragraph()
    paragraph += [figure("42 %", "medias_texte", 1, "3.0"), figure("9", "", 1, "5.0"), figure("8", "", 2, "5.0")]
    paragraph += [figure("", "", 1, "6.1"), figure("42 %", "medias_texte", 1, "7.0")]
    entries = list(register._entries("22_presence", nodes.section("", paragraph)))
    # The same text, told twice on a page, has one row; a number on a card leads nowhere of its own.
    assert [(entry.id, entry.placed) for entry in entries] == [
        ("n-22-medias-texte-1", True),
        ("n-22-page-1-1", True),
        ("n-22-page-1-2", True),
        ("n-22-page-2-1", False),
    ]
    assert entries[0].figure == {"imprime": "42 %", "question": "medias", "n": 92}


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
@pytest.mark.parametrize("page", chapters(ALONE), ids=lambda path: path.stem)
def test_every_link_says_where_it_leads_when_it_stands_alone(page):
    """In a screen reader's list, « 54 % » alone would be one of a hundred."""
    for link in soup(page).select("article a[href]:not(.headerlink, [href*='#id'])"):
        name = link.get("aria-label") or link.get_text()
        assert re.search(r"[^\W\d]{3,}", name), name
        # What is seen begins what is said: whoever speaks to a browser says what is seen.
        assert name.startswith(link.get_text())


@pytest.mark.site
@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("place", [0, 60, -1])
def test_a_number_leads_to_a_row_that_is_seen(open_page, width, place):
    page = open_page("2017/chapters/27_obstacles.html", width=width, height=740)
    link = page.locator("article a.chiffre").nth(place)
    link.evaluate("link => link.closest('details')?.setAttribute('open', '')")
    told = link.inner_text()
    link.click()
    page.wait_for_url("**/94_chiffres.html#*")
    row = page.locator("tr:target")
    assert row.locator("th").inner_text() == told
    box, ground = row.bounding_box(), "row => getComputedStyle(row).backgroundColor"
    assert 0 <= box["y"] <= 740 - box["height"]
    assert 0 <= box["x"] <= width - box["width"]
    assert row.evaluate(ground) != page.locator("tr:not(:target)").last.evaluate(ground)


@pytest.mark.site
def test_rows_and_file_list_the_same_figures(listed):
    rows = [(row["id"], row.th.get_text()) for row in soup(REGISTER).select("table.registre tbody tr")]
    assert rows == [(figure["id"], figure["imprime"]) for figure in listed["chiffres"]]
    assert len(rows) == len({name for name, _ in rows}) > 350


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
    assert seen > 45


@pytest.mark.site
def test_what_is_printed_is_its_value_rounded(listed):
    for figure in listed["chiffres"]:
        if figure["imprime"].endswith("\u00a0%") and len(figure["valeur"]) == 1 and figure["valeur"][0] <= 1:
            assert figure["imprime"] in {french.percent(figure["valeur"][0]), french.percent(figure["valeur"][0], 1)}


@pytest.mark.site
def test_both_ways_of_building_write_the_same_register():
    files = [book / register.FILE for book in (ALONE, BARE)]
    assert files[0].read_bytes() == files[1].read_bytes()


CODE = re.compile(r"\w_\w|[a-zé]\(|[a-z]=|\w\.(py|yml)\b")


@pytest.mark.site
@pytest.mark.parametrize("book", [ALONE, BESIDE], ids=lambda book: book.name)
def test_the_register_speaks_to_readers(book):
    """Codes, calls and bare « nombre » or « effectif » say nothing to whoever reads a row."""
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in soup(book / "chapters" / "94_chiffres.html").select("table.registre tbody tr")
    ]
    assert not [row for row in rows if CODE.search(" | ".join(row))]
    assert not [row for row in rows if row[1] in ("Nombre", "Effectif") or row[1].startswith("Χ")]
