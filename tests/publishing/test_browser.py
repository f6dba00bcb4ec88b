"""The published pages in a real browser: what a reader can do there with a mouse, and on paper."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdfium2 import PdfDocument
from support.browsing import until

pytestmark = [pytest.mark.site, pytest.mark.browser]

OBSTACLES, COURSES = "2017/chapters/27_obstacles.html", "2017/chapters/80_formations.html"
DATA_TABLE = ".bd-article details.donnees:has(table)"

# Every link to a CSV beside the table that it holds: the nearest one that they stand in together.
DOWNLOADS = """
() => Promise.all([...document.querySelectorAll(".bd-article a[download$='.csv']")].map(async link => {
  let around = link;
  while (!around.querySelector("table")) around = around.parentElement;
  for (let up = link; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  const rows = [...around.querySelector("table").rows];
  const content = await (await fetch(link.href)).text();
  return {name: link.download, content, cells: rows.map(row => [...row.cells].map(cell => cell.textContent))};
}))
"""
# WCAG's ratio of the inks of the visible texts of charts to the page's ground.
CONTRASTS = """
() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll(".bd-article svg[role=img]")].filter(svg => svg.checkVisibility()).map(svg => {
    const ink = light(getComputedStyle(svg.querySelector("text")).fill);
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
  });
}
"""


def test_search_leads_from_a_word_to_its_chapters(open_page):
    page = open_page(OBSTACLES)
    page.get_by_role("searchbox").locator("visible=true").first.fill("budget")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=budget*")
    page.locator("main a[href*='27_obstacles']").first.click()
    page.wait_for_url("**/2017/chapters/27_obstacles.html**")
    expect(page.locator(".bd-article h1")).to_contain_text("Obstacles")


def test_the_demonstration_leads_to_the_same_page_of_a_real_edition(open_page):
    page = open_page("demo/chapters/27_obstacles.html")
    choice = page.get_by_label("Édition")
    # The list is asked for once the page is shown.
    expect(choice.locator("option")).to_have_text(["demo", "2017"])
    assert choice.input_value() == "demo"
    choice.select_option("2017")
    page.wait_for_url(f"**/{OBSTACLES}")
    expect(page.locator(".edition")).to_contain_text("2017")


def test_a_page_that_another_edition_lacks_leads_to_its_first(open_page):
    page = open_page("demo/chapters/40_evolution.html")
    page.locator(".edition select").select_option("2017")
    page.wait_for_url("**/2017/chapters/00_synthese.html")


def test_a_real_edition_never_leads_to_invented_data(open_page):
    page = open_page(OBSTACLES)
    until(page, "window.EDITIONS !== undefined")
    assert page.evaluate("window.EDITIONS").count("demo") == 0
    assert "demo" not in page.locator(".edition").text_content()
    assert page.locator("a[href*='/demo/']").count() == 0


def test_the_theme_is_chosen_kept_and_followed_by_the_charts(open_page):
    page = open_page(OBSTACLES)
    switch = page.locator(".theme-switch-button").locator("visible=true").first
    ground = "getComputedStyle(document.body).backgroundColor"
    grounds = {}
    for _ in range(3):
        mode, theme = page.evaluate("[document.documentElement.dataset.mode, document.documentElement.dataset.theme]")
        grounds[mode] = page.evaluate(ground)
        assert theme == ("dark" if mode == "dark" else "light")  # auto: as the system, which is light here
        contrasts = page.evaluate(CONTRASTS)
        assert contrasts
        assert min(contrasts) >= 4.5, mode
        switch.click()
    assert set(grounds) == {"auto", "light", "dark"}
    assert grounds["light"] == grounds["auto"] != grounds["dark"]
    while page.evaluate("document.documentElement.dataset.mode") != "dark":
        switch.click()
    page.goto(f"/{COURSES}")
    assert page.evaluate(ground) == grounds["dark"]


def test_without_a_choice_the_theme_is_the_system_s(open_page):
    page = open_page(OBSTACLES, scheme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert min(page.evaluate(CONTRASTS)) >= 4.5


def test_the_data_of_a_chart_is_one_click_away(open_page):
    page = open_page(OBSTACLES)
    details = page.locator(DATA_TABLE).first
    table = details.locator("table").first
    expect(table).to_be_hidden()
    details.locator("summary").first.click()
    expect(table).to_be_visible()
    details.locator("summary").first.click()
    expect(table).to_be_hidden()


@pytest.mark.parametrize("path", [OBSTACLES, "2017/chapters/21_profil.html", COURSES, "demo/chapters/22_presence.html"])
def test_a_downloaded_table_is_the_one_on_the_page(open_page, path):
    page = open_page(path)
    shown = page.evaluate(DOWNLOADS)
    assert shown
    for one in shown:
        assert one["name"].startswith("donnees-fictives-") == path.startswith("demo/")
        rows = list(csv.reader(io.StringIO(one["content"])))
        assert [row[0] for row in rows] == [row[0] for row in one["cells"]]
    with page.expect_download() as downloading:
        page.locator(".bd-article a[download$='.csv']").first.click()
    assert downloading.value.suggested_filename == shown[0]["name"]
    assert Path(downloading.value.path()).read_text(encoding="utf-8") == shown[0]["content"]


def test_the_catalogue_is_sorted_by_its_headers(open_page):
    page = open_page(COURSES)
    table = page.locator("table.triable")
    header = table.locator("thead th").first
    first = table.locator("tbody tr > :first-child")
    as_published = first.all_text_contents()
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    ascending = first.all_text_contents()
    assert sorted(ascending) == sorted(as_published)
    assert ascending == page.evaluate("names => names.toSorted(new Intl.Collator('fr').compare)", as_published)
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "descending"
    assert first.first.text_content() == ascending[-1]
    table.locator("thead th").nth(1).get_by_role("button").click()
    assert header.get_attribute("aria-sort") is None


def test_the_catalogue_is_searched_without_accents(open_page):
    page = open_page(COURSES)
    rows, status = page.locator("table.triable tbody tr"), page.get_by_role("status").first
    number = rows.count()
    page.get_by_label("Chercher dans le tableau").fill("reseaux")
    shown = rows.locator("visible=true")
    assert 0 < shown.count() < number
    assert all("réseaux" in text.lower() for text in shown.all_text_contents())
    assert status.text_content().startswith(str(shown.count()))
    page.get_by_label("Chercher dans le tableau").fill("zzz")
    expect(status).to_have_text("Aucune ligne")
    page.get_by_label("Chercher dans le tableau").fill("")
    assert shown.count() == number


def test_from_a_phone_search_is_one_step_away(open_page):
    page = open_page(OBSTACLES, width=360)
    page.get_by_role("link", name="Recherche").click()
    page.wait_for_url("**/search.html")
    expect(page.get_by_role("main").get_by_role("searchbox")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_prints_with_its_tables_and_without_its_navigation(open_page, scheme):
    page = open_page(OBSTACLES, scheme=scheme)
    cells = page.locator(f"{DATA_TABLE} tbody tr").first.locator("th, td").all_text_contents()
    page.emulate_media(media="print", color_scheme=scheme)
    left = page.locator("nav, form, select, button, [popover]").locator("visible=true")
    assert left.evaluate_all("all => all.map(one => one.outerHTML.slice(0, 80))") == []
    assert page.locator(f"{DATA_TABLE} table").first.evaluate("table => table.checkVisibility()")
    with PdfDocument(page.pdf()) as document:
        printed = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert words(" ".join(cells)) in words(printed)
    assert "L’enquête" not in printed  # the side bar's


def words(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("page_name", ["80_formations", "91_questionnaire", "93_donnees"])
def test_rows_of_text_are_read_on_a_phone_without_moving_sideways(open_page, page_name):
    page = open_page(f"2017/chapters/{page_name}.html", width=360, height=740)
    page.evaluate("document.querySelectorAll('details').forEach(box => (box.open = true))")
    boxes = page.locator("div.tableau:has(table.textes th:nth-child(4))")
    assert boxes.count()
    assert boxes.evaluate_all("all => all.every(box => box.scrollWidth <= box.clientWidth + 1)")
    # Each cell says of what it is, as its column's title is not seen beside it.
    assert (
        "Énoncé" in boxes.first.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
        or page_name != "91_questionnaire"
    )


@pytest.mark.parametrize("page_name", ["27_obstacles"])
def test_a_table_wider_than_a_phone_shows_that_it_goes_on_and_keeps_its_caption(open_page, page_name):
    page = open_page(f"2017/chapters/{page_name}.html", width=360, height=740)
    page.evaluate("document.querySelectorAll('details').forEach(box => (box.open = true))")
    wide = 0
    for box in page.locator("div.tableau").all():
        box.scroll_into_view_if_needed()
        if box.evaluate("box => box.scrollWidth <= box.clientWidth + 1"):
            continue
        wide += 1
        box.evaluate("box => (box.scrollLeft = box.scrollWidth)")
        caption = box.locator("caption").bounding_box()
        assert 0 <= caption["x"] <= 360 - caption["width"]
        assert "gradient" in box.evaluate("box => getComputedStyle(box).backgroundImage")
    assert wide


@pytest.mark.parametrize(("chapter", "name"), [("25_acteurs", "communicateurs"), ("24_pratiques", "reponse_questions")])
def test_tables_of_five_columns_fit_a_phone(open_page, chapter, name):
    page = open_page(f"2017/chapters/{chapter}.html", width=360)
    box = page.locator(f"div.tableau:has(#tableau-{name})")
    page.evaluate("document.querySelectorAll('details').forEach(box => (box.open = true))")
    box.scroll_into_view_if_needed()
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth + 1")


@pytest.mark.parametrize("name", ["80_formations", "91_questionnaire", "93_donnees"])
def test_nothing_passes_over_the_bar(open_page, name):
    """A tap on « Sommaire » must not open what lies below it."""
    page = open_page(f"2017/chapters/{name}.html", width=360, height=740)
    for part in (0.3, 0.6, 0.9):
        page.evaluate("part => scrollTo(0, document.documentElement.scrollHeight * part)", part)
        assert page.evaluate("document.elementFromPoint(60, 25).closest('.barre') !== null"), part


def test_a_search_for_a_commune_leads_to_those_like_it(open_page):
    page = open_page("2017/search.html?q=Marchin")
    page.get_by_role("link", name="parmi les communes").click()
    page.wait_for_url("**/61_ma_commune.html?commune=Marchin*")
    expect(page.get_by_role("heading", name="Votre commune")).to_contain_text("Marchin")


@pytest.mark.parametrize("name", ["60_explorer", "61_ma_commune"])
def test_a_page_is_read_before_its_own_script_is_asked_for(open_page, name):
    page = open_page(f"2017/chapters/{name}.html")
    page.wait_for_load_state("networkidle")
    timed = page.evaluate("""() => [performance.getEntriesByType("navigation")[0].loadEventStart,
      ...performance.getEntriesByType("resource").filter(one => /_(explorer|commune)\\//.test(one.name))
        .map(one => one.startTime)]""")
    assert len(timed) > 2
    assert min(timed[1:]) >= timed[0]
