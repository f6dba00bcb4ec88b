"""One's own commune as it is published, and as a reader finds it: by name, by code, by address, without scripts."""

import gzip
import json
import re

import pytest
from playwright.sync_api import expect
from support import pages
from support.browsing import traffic, until

from utils.paths import SITE
from utils.survey.communes import normalised

site, browser = pytest.mark.site, pytest.mark.browser
pytestmark = site

PAGE = "chapters/61_ma_commune.html"
HOME = "chapters/00_synthese.html"
FOUND = ".trouvee h2"
# As people write, and as lists do.
WRITTEN = [
    *("Ville de St.-Ghislain (Mons)", "Commune du Rœulx", "LE ROEULX", "Braine-l'Alleud", "braine l’alleud"),
    *("’s-Gravenbrakel", "Administration communale d'Aywaille", "Ottignies-LLN", "Stadt Büllingen", "Ste-Ode"),
    *("Villers-le-Bouillet", "La Commune de La Bruyère", "Villers s/ Semois", "Lüttich", "Sankt Vith", "Straße"),
    *("Jemeppe s/Sambre", "Fernelmont (", "l’Administration communale de Huy", "Gemeente Komen-Waasten", "Æ", "  "),
    *(
        "Stad Edingen",
        "Stade",
        "Communes",
        "Commune des Bons Villers",
        "Pont-à-Celles",
        "Chapelle-lez-Herlaimont",
        "4000",
    ),
]


def published(edition):
    return json.loads((SITE / edition / "_commune" / "commune.json").read_text(encoding="utf-8"))


def opened(open_page, address="", edition="2017", **wishes):
    page = open_page(f"{edition}/{PAGE}{address}", **wishes)
    if wishes.get("javascript", True):
        until(page, "performance.getEntriesByName(new URL('../_commune/commune.json', location).href).length")
    return page


def field(page):
    return page.get_by_role("combobox", name="Nom ou code postal")


def options(page):
    return page.get_by_role("option").evaluate_all("all => all.map(one => one.firstChild.textContent)")


def status(page):
    return page.locator(".ma-commune [role=status]")


def asked(page):
    return page.evaluate("new URLSearchParams(location.search).get('commune')")


# ---- as it is published


def test_no_other_page_loads_its_files():
    for page in (SITE / "2017").rglob("*.html"):
        assert ("_commune/commune.js" in page.read_text(encoding="utf-8")) == (page.name == "61_ma_commune.html"), page


def test_the_page_and_its_files_fit_in_sixty_kilobytes():
    for edition in ("2017", "demo"):
        files = [SITE / edition / PAGE, *(SITE / edition / "_commune").iterdir()]
        assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) < 60_000


def test_its_script_is_a_file_of_its_own():
    page = pages.soup(SITE / "2017" / PAGE)
    assert page.select_one('meta[name=script-de-la-page][content="../_commune/commune.js"]')
    assert not page.select("article script")
    assert not page.select("article [onclick], article [style]")


# ---- as a reader works it


@browser
def test_names_are_folded_as_the_reading_folds_them(open_page):
    page = opened(open_page)
    names = [*WRITTEN, *(one[0] for one in published("2017")["communes"])]
    names += [other for one in published("2017")["communes"] for other, _ in one[5]]
    folded = page.evaluate("names => import('/2017/_commune/commune.js').then(({fold}) => names.map(fold))", names)
    assert dict(zip(names, folded, strict=True)) == {name: normalised(name) for name in names}


@browser
def test_typing_proposes_and_the_keyboard_chooses(open_page):
    page = opened(open_page)
    field(page).press_sequentially("braine l")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    assert options(page) == ["Braine-l’Alleud", "Braine-le-Château", "Braine-le-Comte"]
    expect(status(page)).to_have_text("3 communes proposées.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Braine-le-Château")
    marked = field(page).get_attribute("aria-activedescendant")
    assert page.locator(f"#{marked}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    expect(page.locator(FOUND)).to_have_text("Votre commune\u00a0: Braine-le-Château")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_be_focused()
    expect(status(page)).to_contain_text("habitants")


@browser
def test_arrows_go_round_and_escape_closes(open_page):
    page = opened(open_page)
    field(page).press_sequentially("braine l")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Braine-le-Comte")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Braine-l’Alleud")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert field(page).input_value() == "braine l"
    assert field(page).get_attribute("aria-activedescendant") is None


@browser
@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("manage", "Manage"),
        ("BRAINE LE COMTE", "Braine-le-Comte"),
        ("st ghislain", "Saint-Ghislain"),
        ("7170", "Manage"),
        ("Luik", "Liège"),
        ("Ville de Namur", "Namur"),
        ("ottignies", "Ottignies-Louvain-la-Neuve"),
        ("bertogne", "Bertogne"),
        ("Bastogne", "Bastogne"),
    ],
)
def test_a_commune_is_found_as_people_write_it(open_page, written, name):
    page = opened(open_page)
    field(page).fill(written)
    page.keyboard.press("Enter")
    expect(page.locator(FOUND)).to_have_text(f"Votre commune\u00a0: {name}")
    assert normalised(asked(page)) == normalised(name)


@browser
def test_a_commune_that_has_merged_says_into_which_and_is_proposed_by_its_new_name(open_page):
    page = opened(open_page, "?commune=bertogne")
    expect(page.locator(".trouvee")).to_contain_text("Aujourd’hui\u00a0: Bastogne.")
    field(page).fill("basto")
    assert options(page) == ["Bastogne", "Bertogne"]


@browser
def test_several_communes_of_one_code_are_all_told(open_page):
    page = opened(open_page, "?commune=4317")
    expect(status(page)).to_contain_text("Plusieurs communes correspondent à «\u00a04317\u00a0»")
    links = page.locator(".trouvee a")
    assert links.all_inner_texts() == sorted(links.all_inner_texts())
    assert links.count() == 2
    first = links.first.inner_text()
    links.first.click()
    expect(page.locator(FOUND)).to_contain_text(first)


@browser
def test_an_unknown_name_is_told_with_those_that_are_near(open_page):
    page = opened(open_page)
    field(page).fill("Namurr")
    page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("«\u00a0Namurr\u00a0»\u00a0: aucune commune interrogée ne s’appelle ainsi")
    expect(page.locator(".trouvee a").first).to_have_text("Namur")
    field(page).fill("xyzzy")
    page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("Essayez un autre nom")
    assert not page.locator(".trouvee *").count()
    field(page).fill("9999")
    page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("ce code postal n’est pas dans la liste")


@browser
def test_a_place_outside_the_survey_is_told_so_without_far_fetched_names(open_page):
    page = opened(open_page, "?commune=Bruxelles")
    expect(status(page)).to_contain_text("L’enquête s’adressait aux communes de Wallonie. Essayez un autre nom")
    assert not page.locator(".trouvee *").count()


@browser
def test_the_number_of_inhabitants_says_of_when_it_is(open_page):
    page = opened(open_page, "?commune=Marchin")
    expect(page.locator(".trouvee")).to_contain_text("janvier 2018")
    expect(page.locator(".trouvee")).to_contain_text("Rien n’indique si elle a répondu")


@browser
def test_the_address_names_the_commune_and_the_way_back_leads_through_them(open_page):
    page = opened(open_page)
    for name in ("Manage", "Huy"):
        field(page).fill(name)
        page.keyboard.press("Enter")
        expect(page.locator(FOUND)).to_contain_text(name)
    assert asked(page) == "huy"
    page.go_back()
    expect(page.locator(FOUND)).to_contain_text("Manage")
    assert field(page).input_value() == "Manage"
    page.go_back()
    expect(page.locator(FOUND)).to_have_count(0)
    page.go_forward()
    expect(page.locator(FOUND)).to_contain_text("Manage")
    page.goto(page.url)
    expect(page.locator(FOUND)).to_contain_text("Manage")


@browser
def test_the_first_page_leads_there_in_one_step(open_page):
    page = open_page(f"2017/{HOME}")
    page.get_by_role("textbox", name="Et ma commune").fill("manage")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"61_ma_commune\.html\?commune=manage$"))
    expect(page.locator(FOUND)).to_have_text("Votre commune\u00a0: Manage")


@browser
@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_what_is_shown_is_what_was_written_for_it(open_page, edition):
    data = published(edition)
    name, province, size, *_ = data["communes"][0]
    page = opened(open_page, f"?commune={name}", edition)
    expect(page.locator(FOUND)).to_contain_text(name)
    page.locator(".trouvee details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    shown = page.locator(".trouvee dd").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('.mots, b, small')].map(part => part.textContent).join(' '))"
    )
    own = {"taille": size, "province": province}
    wanted = []
    for group in sorted(data["groups"], key=lambda group: not group["kinds"]):
        for row in group["rows"]:
            cells = [row["cells"].get(by, {}).get(own[by], data["absent"][""]) for by in group["kinds"]]
            for cell in [*cells, row["cells"][""]]:
                wanted.append(cell if isinstance(cell, str) else f"{cell[0]} {cell[1]}, n\u00a0=\u00a0{cell[2]}")
    assert shown == wanted
    said = page.locator(".trouvee .dit").first.inner_text()
    assert said == f"{data['groups'][0]['rows'][0]['said']['taille'][size]}."


@browser
def test_a_name_is_never_read_as_html(open_page):
    page = opened(open_page, "?commune=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(status(page)).to_contain_text("<img src=x onerror=alert(1)>")
    assert not page.locator(".ma-commune img").count()


@browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_on_a_phone_nothing_runs_out_of_the_page(open_page, edition, scheme):
    name = published(edition)["communes"][0][0]
    page = opened(open_page, f"?commune={name}", edition, width=360, scheme=scheme)
    expect(page.locator(FOUND)).to_contain_text(name)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    edges = page.locator(".trouvee dd *").evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    assert max(edges) <= 344
    field(page).fill(name[:2])
    listbox = page.get_by_role("listbox").bounding_box()
    assert listbox["x"] + listbox["width"] <= 360


@browser
@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_without_a_script_the_tables_and_the_list_are_there(open_page, edition):
    page = opened(open_page, "?commune=manage", edition, javascript=False)
    expect(page.locator(".ma-commune form")).to_be_hidden()
    expect(page.locator(".ma-commune noscript p")).to_contain_text("la liste")
    sections = published(edition)["strata"]
    for by, strata in sections.items():
        for stratum in strata:
            page.locator(f"#preuves-commune-{by}-{stratum} summary").first.click()
            expect(page.locator(f"#tableau-commune-{by}-{stratum}")).to_be_visible()
    page.locator("#preuves-communes summary").first.click()
    assert page.locator("#tableau-communes tbody tr").count() == len(published(edition)["communes"])


@browser
def test_what_cannot_be_fetched_is_said(open_page):
    page = open_page("2017/chapters/10_contexte.html")
    page.route("**/commune.json", lambda route: route.fulfill(body="pas du JSON"))
    page.goto(f"/2017/{PAGE}?commune=manage")
    expect(status(page)).to_contain_text("n’ont pas pu être chargées")


@browser
def test_nothing_is_asked_of_others_and_little_of_this_site(open_page):
    page = opened(open_page, "?commune=manage")
    expect(page.locator(FOUND)).to_contain_text("Manage")
    own = {address: size for address, size in traffic(page).items() if "_commune/" in address}
    assert {re.sub(r".*/", "", address) for address in own} == {"commune.js", "commune.json"}
