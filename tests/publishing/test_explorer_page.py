"""The explorer as it is published, and as a reader works it: by keyboard, by address, without scripts."""

import csv
import gzip
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect
from support import pages
from support.browsing import traffic, until
from support.formulas import HOSTILE, PLAIN

from utils.french import typeset
from utils.offering import explorer_page
from utils.paths import BUILD, FRONT, ROOT, SITE
from utils.publishing import kept
from utils.spreadsheet import harmless

site, browser = pytest.mark.site, pytest.mark.browser

PAGE = "chapters/60_explorer.html"
OTHER = "2017/chapters/10_contexte.html"  # where a test makes ready what the explorer will find
ALT = re.compile(r"^Diagramme en barres, part en\u00a0%\. ")
FILES = {"explorer.js", "explorer.json", "vega.js", "vega.LICENSE.txt"}


# ---- before it is built


def test_the_first_state_stands_without_a_script(wave):
    page = BeautifulSoup(explorer_page.shell(wave), "lxml")
    assert page.select_one("svg[role=img]")["aria-label"].startswith("Diagramme en barres")
    cells = [cell.get_text() for cell in page.select("table tbody tr:first-child > *")]
    assert cells == ["Active", "92", "67\u00a0%", "61 à 72\u00a0%"]
    for select in page.find_all("select"):
        assert page.select_one(f"label[for={select['id']}]").get_text()
    assert page.select_one("[role=status]").get_text() == ""


def test_invented_data_says_so_in_the_first_state(demo):
    page = BeautifulSoup(explorer_page.shell(demo), "lxml")
    assert all("Données fictives" in drawing.get_text() for drawing in page.select("svg[role=img]"))
    assert "Données fictives" in page.caption.get_text()
    assert "données fictives" in page.th.get_text()


def test_there_is_a_table_for_every_question(wave):
    told = [name for _, name in explorer_page.every_table(wave)]
    assert len(told) == len(set(told)) == len([q for q in wave.codebook.questions if q.type != "texte"]) + 5


# ---- as it is published


@cache
def published(edition):
    return json.loads((SITE / edition / "_explorer" / "explorer.json").read_text(encoding="utf-8"))


@cache
def tables(edition):
    """Return the tables of all pages but the explorer's, as text, by id."""
    return pages.results(SITE / edition)


@site
@pytest.mark.parametrize("folder", [SITE / "2017", SITE / "demo", ROOT / "_build" / "html"], ids=lambda p: p.name)
def test_its_files_stand_beside_the_page(folder):
    assert {path.name for path in (folder / "_explorer").iterdir()} == FILES
    assert pages.soup(folder / PAGE).select_one('meta[name=script-de-la-page][content="../_explorer/explorer.js"]')


@site
def test_no_other_page_loads_them():
    for page in (SITE / "2017").rglob("*.html"):
        if page.name != "60_explorer.html":
            assert "_explorer/explorer." not in page.read_text(encoding="utf-8"), page


@site
@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_its_numbers_are_those_on_the_chapters_pages(edition):
    compared = set()
    for question in published(edition)["questions"]:
        for view in question["views"]:
            by, _, base = view["id"].partition("-")
            name = question["id"] + {"actives": "-actives", "non_actives": "-non-actives"}.get(view["id"], "")
            if view["id"] in ("ensemble", "actives", "non_actives"):
                rows = {row[0]: row[1:4] for row in tables(edition)[name][1:] if row[0] != "Sans réponse"}
                cells = view["groups"][0]["cells"]
                assert {a["name"]: c[:3] for a, c in zip(view["answers"], cells, strict=True)} == rows
            elif by in ("province", "taille") and question["id"] not in ("active", "communicateurs"):
                name = f"{question['id']}{'-non' if base == 'non_actives' else ''}-{by}"
                rows = {row[0]: row[1:] for row in tables(edition)[name][1:]}
                if not view["groups"]:
                    assert {cell for row in rows.values() for cell in row} == {"[c]"}
                    continue
                columns = [group["cells"] for group in view["groups"][:-1]]
                assert rows == {
                    answer["name"]: [f"{cell[1]} ({cell[0]})" if cell else "[c]" for cell in row]
                    for answer, *row in zip(view["answers"], *columns, strict=True)
                }
            else:
                continue
            compared.add((question["id"], view["id"]))
    assert len(compared) >= {"2017": 26, "demo": 60}[edition]


@site
def test_the_library_is_made_once_and_fits():
    bundle, *others = (BUILD / kept.FOLDER).glob("*-vega.js")
    assert not others
    assert bundle.read_bytes() == (SITE / "2017" / "_explorer" / "vega.js").read_bytes()
    assert len(gzip.compress(bundle.read_bytes(), 6)) < 215_000
    assert all(
        f"as {name}".encode() in bundle.read_bytes()[-100:] for name in ("View", "parse", "expressionInterpreter")
    )


# ---- as a reader works it


def opened(open_page, address="", edition="2017", **wishes):
    page = open_page(f"{edition}/{PAGE}{address}", **wishes)
    expect(page.locator("#explorer-question option")).not_to_have_count(1)
    return page


def chart(page):
    return page.locator(".graphique .dessin svg[role=img]")


def hash_of(page):
    return page.evaluate("decodeURIComponent(location.hash)")


def rows(page):
    return page.locator("#explorer-tableau tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.innerText))"
    )


@site
@browser
def test_the_first_state_asks_for_no_library(open_page):
    page = opened(open_page)
    assert not any(address.endswith("vega.js") for address in traffic(page))
    assert hash_of(page) == ""
    assert page.locator(".graphique svg.large").is_visible()
    assert page.locator("#explorer-question").input_value() == "active"
    assert page.locator("#explorer-selon option").all_inner_texts() == ["Aucun critère", "Province", "Taille"]


@site
@browser
def test_a_reader_with_a_keyboard_chooses_and_goes_back(open_page):
    page = opened(open_page)
    page.locator("#explorer-question").focus()
    page.keyboard.press("ArrowDown")
    expect(chart(page)).to_have_attribute("aria-label", ALT)
    assert hash_of(page) == "#question=medias"
    assert "Facebook\u00a0: 99\u00a0%" in chart(page).get_attribute("aria-label")
    assert rows(page)[1] == ["Facebook", "91", "99\u00a0%", "94 à 100\u00a0%"]
    expect(page.locator("[role=status]")).to_contain_text("«\u00a0Médias sociaux utilisés\u00a0», communes actives")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    for _ in ("Brabant wallon", "Hainaut", "Liège"):
        page.keyboard.press("ArrowDown")
    told = "Liège\u00a0: 88\u00a0% des 40\u00a0communes participantes disent être actives"
    expect(page.locator(".graphique .titre")).to_contain_text(told)
    assert hash_of(page) == "#question=active&selon=province&groupe=liege"
    assert rows(page)[1] == ["Active", "35", "88\u00a0%", "77 à 93\u00a0%"]
    page.go_back()  # over all three at once
    expect(page.locator("#explorer-groupe")).to_have_value("")
    assert hash_of(page) == "#question=active&selon=province"
    expect(chart(page)).to_have_attribute("aria-label", re.compile("Liège 88\u00a0%"))
    assert rows(page)[0][3] == "Liège (n\u00a0=\u00a040)"
    page.go_forward()
    expect(page.locator("#explorer-groupe")).to_have_value("liege")
    expect(chart(page)).to_have_attribute("aria-label", re.compile("Active\u00a0: 88\u00a0%"))


@site
@browser
def test_an_address_shows_the_same_to_someone_else(open_page):
    first = opened(open_page, "#question=communicateurs&selon=taille&groupe=plus_50000")
    expect(chart(first)).to_have_attribute("aria-label", ALT)
    seen = (first.locator(".graphique .titre").inner_text(), chart(first).get_attribute("aria-label"), rows(first))
    assert seen[2][1][:3] == ["Service de communication", "8", "100\u00a0%"]
    first.reload()
    expect(chart(first)).to_have_attribute("aria-label", seen[1])
    assert (first.locator(".graphique .titre").inner_text(), rows(first)) == (seen[0], seen[2])
    assert first.locator("#explorer-groupe").input_value() == "plus_50000"


@site
@browser
def test_going_back_to_the_start_shows_it_again(open_page):
    page = opened(open_page)
    page.locator("#explorer-question").select_option("medias")
    expect(chart(page)).to_be_visible()
    page.go_back()
    expect(page.locator(".graphique .titre")).to_contain_text("67\u00a0%")
    assert hash_of(page) == ""
    assert page.locator("#explorer-question").input_value() == "active"


@site
@browser
@pytest.mark.parametrize(
    ("address", "lost", "shown"),
    [
        ("#question=inconnue&selon=province", "la question «\u00a0inconnue\u00a0»", "#question=active"),
        ("#question=medias&selon=province", "le critère «\u00a0province\u00a0»", "#question=medias"),
        ("#question=active&selon=taille&groupe=x", "le groupe «\u00a0x\u00a0»", "#question=active&selon=taille"),
        ("#question=<img src=x onerror=alert(1)>", "la question «\u00a0<img", "#question=active"),
    ],
)
def test_an_address_that_names_what_is_not_there_is_said_so(open_page, address, lost, shown):
    page = opened(open_page, address)
    status = page.locator("[role=status]")
    expect(status).to_contain_text(lost)
    expect(status).to_be_visible()
    expect(chart(page)).to_have_attribute("aria-label", ALT)
    assert hash_of(page) == shown
    assert not page.locator("#explorateur img").count()
    page.locator("#explorer-question").select_option("circonstances")
    expect(status).not_to_contain_text("L’adresse")


@site
@browser
def test_what_is_chosen_follows_where_the_next_question_knows_it(open_page):
    page = opened(open_page, "#question=medias&selon=province&groupe=namur", "demo")
    page.locator("#explorer-question").select_option("circonstances")
    assert hash_of(page) == "#question=circonstances&selon=province&groupe=namur"
    page.locator("#explorer-question").select_option("obstacle_budget")
    assert hash_of(page) == "#question=obstacle_budget"


@site
@browser
def test_without_scripts_the_tables_stand(open_page):
    page = open_page(f"2017/{PAGE}", javascript=False)
    for control in ("#explorateur form", "#explorateur button.csv"):
        assert not page.locator(control).is_visible()
    assert not page.get_by_text("Choisissez une question").is_visible(), "it cannot be done"
    page.get_by_role("link", name="question par question").click()
    assert page.url.endswith("#toutes-les-reponses")
    assert page.locator("#toutes-les-reponses").is_visible()
    assert page.locator("#explorateur svg.large").is_visible()
    assert page.locator("#explorer-tableau").is_visible()
    tables = page.locator("details.donnees table caption")
    assert tables.count() == 26
    page.locator("details.donnees > summary", has_text="médias sociaux utilisés").click()
    assert page.locator("#tableau-tous-medias").is_visible()


@site
@browser
def test_many_answers_by_many_groups_are_tinted_cells(open_page):
    """Twenty-six demands in five provinces would be 130 bars under each other."""
    page = open_page(f"demo/{PAGE}#question=demandes&selon=province")
    cells = page.locator("#explorer-tableau td")
    # What the page comes with stands until its script has been asked for.
    expect(page.locator(".graphique .sous-titre")).to_contain_text("couleur des cases")
    assert page.locator(".graphique svg").count() == 0
    for told, tint in cells.evaluate_all("all => all.map(cell => [cell.textContent, cell.className])"):
        share = re.match(r"(\d+)\u00a0%", told)
        # A share that is printed as a bound may lie on either side of it.
        near = {min(max(int(share[1]) + nudge, 0) // 25, 3) + 1 for nudge in (-1, 0)} if share else set()
        assert tint in ({f"teinte-{step}" for step in near} or {""}), told
    assert len(set(cells.evaluate_all("all => all.map(cell => getComputedStyle(cell).backgroundColor)"))) >= 3
    # Few bars stay bars.
    few = opened(open_page, "#question=active&selon=province")
    expect(chart(few)).to_be_visible()


@site
@browser
def test_the_tab_key_goes_from_top_to_bottom(open_page):
    page = opened(open_page, "#question=medias")
    expect(chart(page)).to_be_visible()
    page.locator("#explorer-question").focus()
    order = []
    for _ in range(5):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert order == ["explorer-selon", "explorer-groupe", "tableau", "chapitre", "csv"]


@site
@browser
@pytest.mark.parametrize(
    ("edition", "name"), [("2017", "active-province"), ("demo", "donnees-fictives-active-province")]
)
def test_what_is_shown_is_downloaded_as_numbers(open_page, tmp_path, edition, name):
    page = opened(open_page, "#question=active&selon=province", edition)
    with page.expect_download() as waiting:
        page.locator("button.csv").click()
    assert waiting.value.suggested_filename == f"{name}.csv"
    waiting.value.save_as(tmp_path / "t.csv")
    raw = (tmp_path / "t.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    (first, *titles), *saved = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert ("fictives" in first) == (edition == "demo")
    assert titles[:3] == ["Groupe", "Effectif", "Part (de 0 à 1)"]
    (_, *groups), *shown = rows(page)
    # Each cell of the page, « 80 % (12) », is a line of the file; what it hides, neither number.
    told = {
        (cells[0], group.split(" (n")[0]): cell
        for cells in shown
        for group, cell in zip(groups, cells[1:], strict=True)
    }
    assert len(saved) == len(told)
    for answer, group, count, part, *_, note in saved:
        cell = told[answer, group]
        if cell == "[c]":
            assert (count, part, note) == ("", "", typeset("[c] : non publié."))
        else:
            percent = Decimal(part).scaleb(2).quantize(Decimal(1), ROUND_HALF_UP)
            assert cell == typeset(f"{percent} % ({count})")


@site
@browser
def test_a_cell_that_a_spreadsheet_would_run_is_defused(open_page, tmp_path):
    page = open_page(OTHER)

    def poisoned(route):
        data = published("2017") | {"questions": json.loads(json.dumps(published("2017")["questions"]))}
        medias = next(q for q in data["questions"] if q["id"] == "medias")
        medias["views"][0]["answers"][0]["name"] = '=HYPERLINK("http://x","y")'
        route.fulfill(json=data)

    page.route("**/explorer.json", poisoned)
    page.goto(f"/2017/{PAGE}#question=medias")
    expect(chart(page)).to_be_visible()
    with page.expect_download() as waiting:
        page.locator("button.csv").click()
    waiting.value.save_as(tmp_path / "t.csv")
    text = (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert '\n"\'=HYPERLINK(""http://x"",""y"")",Communes actives,91,' in text


@site
@browser
def test_the_script_defuses_what_every_other_writer_does(open_page):
    script = (FRONT / "explorer" / "explorer.js").read_text(encoding="utf-8")
    guard = re.search(r"^function harmless.*?^}", script, re.MULTILINE | re.DOTALL).group()
    told = open_page(OTHER).evaluate(f"cells => {{ {guard}; return cells.map(harmless) }}", [*HOSTILE, *PLAIN])
    assert told == [harmless(text) for text in (*HOSTILE, *PLAIN)]


@site
@browser
def test_the_chart_follows_the_theme(open_page):
    page = opened(open_page, "#question=medias")
    bar = chart(page).locator(".mark-rect path").first
    light = bar.evaluate("bar => getComputedStyle(bar).fill")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert light == "rgb(53, 151, 143)"  # the palette's teal
    assert bar.evaluate("bar => getComputedStyle(bar).fill") != light


@site
@browser
@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_on_a_phone_nothing_runs_out_of_the_page(open_page, edition):
    page = opened(open_page, "#question=active&selon=taille", edition, width=360)
    expect(chart(page)).to_be_visible()
    for question in ("circonstances", "obstacle_personnel", "demandes"):
        page.locator("#explorer-question").select_option(question)
        expect(page.locator(".sous-titre")).to_contain_text(
            next(q["statement"] for q in published(edition)["questions"] if q["id"] == question)
        )
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        edges = page.locator(".graphique .titre, .graphique svg text, .resultat .tableau").evaluate_all(
            "texts => texts.map(text => text.getBoundingClientRect()).map(({left, right}) => [left, right])"
        )
        assert min(left for left, _ in edges) >= 0
        assert max(right for _, right in edges) <= 360


@site
@browser
def test_the_chart_is_laid_out_anew_when_the_window_changes(open_page):
    page = opened(open_page, "#question=medias")
    expect(chart(page)).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 900})
    until(page, "document.querySelector('.dessin svg').clientWidth < 340")


@site
@browser
def test_a_chart_that_was_hidden_for_a_while_is_there_again(open_page):
    page = opened(open_page, "#question=medias")
    expect(chart(page)).to_be_visible()
    page.evaluate("document.getElementById('explorateur').parentElement.style.display = 'none'")
    page.locator("#explorer-question").select_option("circonstances", force=True)
    expect(page.locator(".graphique")).to_contain_text(re.compile("annonces d’événements", re.IGNORECASE))
    page.evaluate("document.getElementById('explorateur').parentElement.style.display = ''")
    until(page, "document.querySelector('.dessin svg').clientWidth > 500")


@site
@browser
def test_invented_data_says_so_wherever_it_is_shown(open_page):
    page = opened(open_page, "#question=active&selon=taille", "demo")
    expect(chart(page)).to_have_attribute("aria-label", re.compile(r"^Données fictives\. "))
    assert "Données fictives" in chart(page).text_content()
    assert "Données fictives" in page.locator("#explorer-tableau caption").inner_text()


@site
@browser
def test_a_breakdown_that_is_not_published_says_so(open_page):
    name, view = next((q["id"], v["id"]) for q in published("demo")["questions"] for v in q["views"] if not v["groups"])
    page = opened(open_page, f"#question={name}&selon={view}", "demo")
    expect(page.locator(".note")).to_contain_text("non publiée")
    expect(page.locator("[role=status]")).to_contain_text("ce résultat n’est pas publié")
    assert not page.locator("#explorer-tableau").count()
    assert not page.locator("button.csv").is_visible()
    page.locator("#explorer-selon").select_option(index=0)
    expect(chart(page)).to_be_visible()
    assert page.locator("button.csv").is_visible()


@site
@browser
def test_what_cannot_be_fetched_is_said(open_page):
    page = open_page(OTHER)
    # Answered, so that the console holds no error of the network's own.
    page.route("**/explorer.json", lambda route: route.fulfill(body="pas du JSON"))
    page.goto(f"/2017/{PAGE}")
    expect(page.locator("[role=status]")).to_contain_text("n’ont pas pu être chargées")
    page.unroute("**/explorer.json")
    page.route("**/vega.js", lambda route: route.fulfill(body="throw 1", content_type="text/javascript"))
    page.goto(f"/{OTHER}")
    page.goto(f"/2017/{PAGE}#question=medias")
    expect(page.locator(".graphique")).to_contain_text("n’a pas pu être chargé")
    assert rows(page)[1][0] == "Facebook"


@site
@browser
def test_a_page_that_forbids_eval_draws_as_well(open_page):
    page = open_page(OTHER)

    def guarded(route):
        answer = route.fetch()
        route.fulfill(
            response=answer,
            headers=answer.headers | {"content-security-policy": "script-src 'self' 'unsafe-inline'"},
        )

    page.route(f"**/{PAGE}", guarded)
    page.route("**/translations.js*", lambda route: route.fulfill(body=""))  # of the search: it asks for eval itself
    page.goto(f"/2017/{PAGE}#question=medias")
    expect(chart(page)).to_be_visible()
    assert chart(page).locator("text").count() > 10


@site
@browser
def test_the_page_stays_within_its_budget_with_its_library(open_page):
    page = opened(open_page, "#question=medias")
    expect(chart(page)).to_be_visible()
    sizes = traffic(page)
    own = sum(size for address, size in sizes.items() if "/_explorer/" in address)
    assert own < 235_000, sizes
