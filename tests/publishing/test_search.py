"""The search finds what readers type, as they type it, and quotes it from where it stands."""

import gzip
import json
import re
from urllib.parse import quote

import pytest
import yaml
from support.browsing import until

from utils.paths import CHAPTERS, SITE
from utils.publishing.after.pages import Page
from utils.publishing.after.search import TOP, WORDS, Section, index, sections

EDITIONS = ("2017", "demo")
PAGE = """<html><body><nav><section id="menu"><h2>Menu</h2></section></nav>
<article class="bd-article"><section id="presence">
<span id="avant"></span><h1>Présence<a class="headerlink" href="#presence">#</a></h1>
<p>Qui est <span class="pasted-text">pré</span>sent
et où ?</p>
<ul><li><p>Liège</p></li><li><p>Namur</p></li></ul>
<section id="medias"><h2>Les médias<a class="headerlink" href="#medias">#</a></h2>
<figure><svg class="large" aria-label="En tête : Facebook."><text>7</text></svg>
<svg class="etroit" aria-label="En tête : Facebook."><text>7</text></svg><figcaption>Fig. 1</figcaption></figure>
<details class="donnees"><summary>Tableau</summary><table><tr><td>caché</td></tr></table></details>
<p class="liens"><a>CSV</a></p>
<div class="tableau"><table class="chiffres"><caption>Parts</caption><thead><tr><th>Média</th><th>Part</th></tr></thead>
<tbody><tr><th>Facebook</th><td>99</td></tr></tbody></table></div>
<script>let secret;</script><style>p { color: red }</style>
</section></section></article></body></html>"""


def test_a_page_is_told_section_by_section_as_it_reads():
    assert sections(PAGE) == [
        Section("presence", "Présence", "Qui est présent et où ? Liège · Namur"),
        Section("medias", "Les médias", "En tête : Facebook. Fig. 1 · Parts · Média · Part · Facebook"),
    ]


def test_a_page_without_a_titled_section_tells_nothing():
    assert (
        sections("<article><section id='a'><p>Sans titre</p></section><section><h1>Sans adresse</h1></section>") == []
    )


def test_what_only_repeats_the_other_pages_is_left_out():
    page = (
        '<section id="a"><h1>Chiffres</h1><p>Tous.</p><section id="b"><h2>Obstacles</h2><div><table class="t registre">'
    )
    assert sections(f"{page}<tr><td>54</td></tr></table></div></section></section>") == [
        Section("a", "Chiffres", "Tous.")
    ]


def test_a_title_keeps_its_signs():
    assert sections('<section id="a"><h1>Qui &lt;répond&gt; &amp; « où »&#8239;?</h1></section>') == [
        Section("a", "Qui <répond> & « où »\u202f?", "")
    ]


def test_what_a_section_answers_to_stands_beside_it_and_nothing_of_what_an_edition_lacks(tmp_path):
    path = tmp_path / "chapters" / "27_obstacles.html"
    path.parent.mkdir()
    budget = '<section id="le-budget"><h2>Le budget</h2></section><section id="autre"><h2>Autre</h2></section>'
    path.write_text(f'<article><section id="obstacles"><h1>Obstacles</h1>{budget}</section></article>')
    index([Page(path, tmp_path)], tmp_path)
    ((_, _, (opening, budget, other)),) = indexed(tmp_path)
    assert opening[3].split()[0] == "freins"
    assert "coût" in budget[3].split()
    assert len(other) == 3


def indexed(edition):
    text = (SITE / edition / "recherche" / "livre.js").read_text(encoding="utf-8")
    return json.loads(re.search(r"^const LIVRE = (.*);$", text, re.MULTILINE).group(1))


@pytest.mark.site
@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_every_page_of_the_edition_is_searched(edition):
    found = {page for page, _, _ in indexed(edition)}
    assert found == {
        path.relative_to(SITE / edition).as_posix() for path in (SITE / edition / "chapters").glob("*.html")
    }
    assert len(found) >= len([*CHAPTERS.glob("*.md"), *CHAPTERS.glob("*.ipynb")]) - 1


@pytest.mark.site
@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_what_is_searched_is_prose_and_leads_somewhere(edition):
    for page, title, told in indexed(edition):
        html = (SITE / edition / page).read_text(encoding="utf-8")
        assert title
        for anchor, heading, text, *_ in told:
            assert f'id="{anchor}"' in html
            assert heading
            for junk in ("</", "base64", "stroke", "{{ ", "headerlink", "function(", " · · "):
                assert junk not in text, (page, anchor)


@pytest.mark.site
def test_every_place_that_answers_to_readers_is_in_an_edition():
    written = {edition: {page.split("/")[1][:-5]: told for page, _, told in indexed(edition)} for edition in EDITIONS}
    answers = yaml.safe_load(WORDS.read_text(encoding="utf-8"))["reponses"]
    for chapter, places in answers.items():
        known = {anchor for pages in written.values() for anchor, *_ in pages.get(chapter, [])} | {TOP}
        assert set(places) <= known, chapter


@pytest.mark.site
@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_searched_stays_small(edition):
    written = (SITE / edition / "recherche" / "livre.js").read_bytes()
    assert len(gzip.compress(written)) < 50_000


@pytest.mark.site
def test_only_the_search_page_loads_what_is_searched():
    for page in (SITE / "2017").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert ("recherche/livre.js" in text) == (page.name == "search.html"), page
        assert "searchindex.js" not in text
        assert "searchtools.js" not in text


# Which chapter a reader who types this looks for; it is among the first three.
# What an alderman, a journalist or an analyst would type, and the pages that they would be content with.
QUERIES = {
    "publicité": ["24_pratiques"],
    "smartphone": ["22_presence", "28_attentes"],
    "citer": ["93_donnees"],
    "facebok": ["22_presence"],
    "facebook": ["22_presence"],
    "twitter": ["22_presence"],
    "instagram": ["22_presence"],
    "application mobile": ["22_presence"],
    "budget": ["27_obstacles"],
    "manque de personnel": ["27_obstacles"],
    "lignes directrices": ["27_obstacles"],
    "formation": ["80_formations", "28_attentes"],
    "charte": ["28_attentes", "30_conclusions"],  # who asks for one, and what it is good for
    "community manager": ["25_acteurs"],
    "bourgmestre": ["25_acteurs"],
    "échevin": ["25_acteurs", "21_profil"],
    "mediane": ["90_methode"],
    "khi-deux": ["90_methode"],
    "intervalle de confiance": ["90_methode"],
    "province": ["22_presence", "21_profil"],
    "namur": ["22_presence", "21_profil"],
    "telecharger excel": ["93_donnees"],
    "csv": ["93_donnees"],
    "questionaire": ["91_questionnaire"],
    "taux de réponse": ["21_profil", "11_methodologie"],
    "non réponse": ["22_presence", "90_methode"],
    "participation citoyenne": ["24_pratiques"],
    "payer des annonces": ["24_pratiques"],
    "dialogue avec les habitants": ["24_pratiques"],
    "strategie": ["24_pratiques"],
    "erreurs de l'étude": ["92_verification"],
    "chatbot": ["28_attentes"],
    "qui a répondu": ["21_profil"],
    "licence": ["93_donnees"],
}

WANTED = {
    "enquete": "11_methodologie",
    "enquêtes": "11_methodologie",
    "réseaux": "22_presence",
    "reseaux sociaux": "00_synthese",
    "sondages": "11_methodologie",
    "Liege": "22_presence",
    "LIÈGE": "22_presence",
    "activite": "22_presence",
    "activités": "22_presence",
    "obstacle": "27_obstacles",
    "obstacles": "27_obstacles",
    "formation": "80_formations",
    "formations": "80_formations",
    "l'échelle": "11_methodologie",
    "mediane": "90_methode",
    "budget communal": "27_obstacles",
    "facebook": "22_presence",
    "echevins": "25_acteurs",
    "Core Team Smart Cities": "11_methodologie",
}


# What a reader types, and the section (or the chapter) that stands first of all.
ANSWERED = {
    "confiance": "11_methodologie.html#peut-on-se-fier-a-ces-chiffres",
    "fiabilité": "11_methodologie.html#peut-on-se-fier-a-ces-chiffres",
    "dépliant": "93_donnees.html#les-fichiers",
    "imprimer": "93_donnees.html#les-fichiers",
    "PDF": "93_donnees.html#les-fichiers",
    "Région": "30_conclusions.html#vous-conseillez-ou-formez-les-communes",
    "élus": "30_conclusions.html#vous-etes-mandataire",
    "retard": "61_ma_commune.html",
    "freins": "27_obstacles.html",
    "coût": "27_obstacles.html#combien-coutent-les-medias-sociaux",
    "prix": "27_obstacles.html#combien-coutent-les-medias-sociaux",
}


def first_place(page):
    """Where the first quoted passage stands: under its own title, or else under its page's."""
    first = page.locator("#resultats > li").first
    part = first.locator("h2 + p.section a")
    return (part if part.count() else first.locator("h2 a")).get_attribute("href").removeprefix("chapters/")


def first_pages(page, n=3):
    links = page.locator("#resultats h2 a").all()[:n]
    return [link.get_attribute("href").removeprefix("chapters/").removesuffix(".html") for link in links]


@pytest.fixture
def searching(open_page):
    """Open the search page and give a function that types into it and waits for the answer."""
    page = open_page("2017/search.html")

    def search(query):
        page.get_by_label("Chercher dans le livre", exact=True).fill(query)
        page.keyboard.press("Enter")
        return page

    return search


@pytest.mark.site
@pytest.mark.browser
def test_what_readers_type_finds_the_chapter_that_tells_of_it(searching):
    missed = {query: found for query in WANTED if WANTED[query] not in (found := first_pages(searching(query)))}
    assert not missed


@pytest.mark.site
@pytest.mark.browser
def test_a_query_leads_at_once_to_a_page_that_a_person_wants(searching):
    found = {query: first_pages(searching(query)) for query in QUERIES}
    assert {query: pages for query, pages in found.items() if not set(pages) & set(QUERIES[query])} == {}
    first = sum(bool(pages) and pages[0] in QUERIES[query] for query, pages in found.items())
    assert first >= len(QUERIES) - 5


@pytest.mark.site
@pytest.mark.browser
def test_words_that_the_book_says_otherwise_lead_to_the_section_that_answers(searching):
    assert {query: first_place(searching(query)) for query in ANSWERED} == ANSWERED


@pytest.mark.site
@pytest.mark.browser
def test_a_sign_of_tables_is_found_as_it_is_typed(open_page):
    page = open_page(f"demo/search.html?q={quote('[c]')}")
    assert first_place(page) == "90_methode.html#effectifs-non-publies", "what it means, before where it stands"
    marked = page.locator("#resultats mark").all_text_contents()
    assert set(marked) == {"[c]"}
    page.goto(f"/demo/search.html?q={quote('[y]')}")
    assert page.get_by_role("status").text_content() == "Aucune page ne contient «\u00a0[y]\u00a0»."


@pytest.mark.site
@pytest.mark.browser
def test_accents_capitals_and_plurals_make_no_difference(searching):
    for one, other in (("enquete", "ENQUÊTES"), ("reseau", "réseaux"), ("liege", "Liège"), ("activité", "activites")):
        assert first_pages(searching(one), 20) == first_pages(searching(other), 20) != []


@pytest.mark.site
@pytest.mark.browser
def test_a_result_quotes_the_words_and_leads_to_them(searching):
    page = searching("liege")
    count = page.locator("#resultats > li").count()
    assert count > 1
    assert page.get_by_role("status").text_content() == f"{count} pages trouvées pour «\u00a0liege\u00a0»."
    first = page.locator("#resultats > li").first
    assert first.locator("mark").first.text_content() == "Liège"
    assert "q=liege" in page.url
    assert page.title().startswith("liege — Recherche")
    first.locator(".section a").first.click()
    assert page.url.endswith("/2017/chapters/61_ma_commune.html#province-liege")


@pytest.mark.site
@pytest.mark.browser
def test_what_is_not_there_is_said(searching):
    page = searching("xyzzy")
    assert page.get_by_role("status").text_content() == "Aucune page ne contient «\u00a0xyzzy\u00a0»."
    assert not first_pages(page)
    assert (
        "Aucun passage ne contient tous les mots" in searching("bourgmestre xyzzy").get_by_role("status").text_content()
    )
    assert "25_acteurs" in first_pages(page)
    assert not searching("").get_by_role("status").text_content()


@pytest.mark.site
@pytest.mark.browser
@pytest.mark.parametrize(
    "query", ["<b>budget</b>", "« budget »", "-budget", 'budget"', "budget (", "%", "∑", "a" * 5000]
)
def test_a_query_may_hold_anything(open_page, query):
    page = open_page(f"2017/search.html?q={quote(query)}")
    until(page, "document.title.includes(' — Recherche')")
    assert not page.locator("#resultats b, #etat b").count()
    assert ("27_obstacles" in first_pages(page)) == ("budget" in query)


@pytest.mark.site
@pytest.mark.browser
def test_the_field_of_any_page_leads_to_the_answer(open_page):
    page = open_page("2017/chapters/10_contexte.html")
    page.goto(f"/2017/search.html?q={quote('reseaux sociaux')}")
    assert page.get_by_label("Chercher dans le livre", exact=True).input_value() == "reseaux sociaux"
    assert first_pages(page)


@pytest.mark.site
@pytest.mark.browser
def test_the_search_works_from_a_folder_too(browser):
    page = browser.new_page()
    try:
        page.goto(f"{(SITE / '2017' / 'search.html').as_uri()}?q=liege")
        assert "22_presence" in first_pages(page)
    finally:
        page.close()
