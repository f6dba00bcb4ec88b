"""The published pages held against WCAG 2.2 AA: every page in four forms by axe-core, and what it cannot see."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from support.browsing import until

from utils.paths import SITE

pytestmark = [pytest.mark.site, pytest.mark.browser]

# The front pages lead on at once: there is nothing on them to read. Figures' own pages are alike: one is read.
FIGURE = "2017/figures/27_obstacles/fig-obstacles.html"
PAGES = sorted(
    str(page.relative_to(SITE))
    for page in (SITE / "2017").rglob("*.html")
    if 'http-equiv="refresh"' not in page.read_text(encoding="utf-8").lower()
    and ("figures" not in page.parts or str(page).endswith(FIGURE))
)
DEMO = ["demo/chapters/40_evolution.html", "demo/chapters/22_presence.html"]
FOUND = ["2017/chapters/61_ma_commune.html?commune=manage", "demo/chapters/61_ma_commune.html?commune=wezrusse"]
PAGE = "2017/chapters/27_obstacles.html"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
RULES = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"]}
RULES["rules"] = {"target-size": {"enabled": True}} | {name: {"enabled": False} for name in COLOURS}
OF_COLOURS = {"runOnly": {"type": "rule", "values": COLOURS}, "resultTypes": ["violations"]}
# A drawing is one image, whose name is held by its own test: what it is drawn with need not be read.
# The rows of a long table are all alike.
SHORTENED = "document.querySelectorAll('svg[role=img] > *, tbody tr:nth-child(n + 20)').forEach(one => one.remove())"
# What is laid out only near the screen is read as when it is there.
LAID_OUT = "div.tableau { content-visibility: visible !important }"
OPENED = "document.querySelectorAll('details').forEach(box => { box.open = true })"

# Contrast takes four fifths of the time, a text at a time: of those that look the same on the same ground, one is read.
UNLIKE = """() => {
  const seen = new Set(), grounds = new Map([[null, ""]]);
  const ground = one => {
    if (!grounds.has(one)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
      grounds.set(one, [ground(one.parentElement), backgroundColor, backgroundImage, opacity].join());
    }
    return grounds.get(one);
  };
  for (const one of document.body.querySelectorAll("*")) {
    const bears = [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const { color, fontSize, fontWeight, textDecorationLine, textShadow } = getComputedStyle(one);
    const around = one.matches("a") ? getComputedStyle(one.parentElement).color : "";
    const look = [ground(one), color, fontSize, fontWeight, textDecorationLine, textShadow, around].join();
    const shown = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const told = shown && (bears || one.matches("input, select, textarea"));
    one.toggleAttribute("data-unlike", told && !seen.has(look));
    if (told) seen.add(look);
  }
  return seen.size;
}"""
OF_EACH_LOOK = {"include": [["[data-unlike]"]]}


# Only what fails is handed over: `Axe.run` fetches all that passes too, and loads the engine at each run.
RUN = """([context, options]) => axe.run(context || document, options).then(found => found.violations.map(
  fault => [fault.id, fault.help, fault.nodes[0].html.slice(0, 200)]))"""


@pytest.mark.parametrize("path", [*PAGES, *DEMO, *FOUND])
def test_axe_finds_nothing_and_nothing_is_lost(open_page, path):
    page = open_page(path)
    if path in FOUND:
        page.locator(".ma-commune h2").wait_for()
    page.evaluate(OPENED)
    # As the page's policy lets a reader's own script do, but no element.
    page.evaluate(
        "sheet => { const own = new CSSStyleSheet(); own.replaceSync(sheet); document.adoptedStyleSheets = [own] }",
        LAID_OUT,
    )
    # 320 pixels: what a screen of 1280 shows at 400 %, more than the 200 % asked for text.
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(SHORTENED)
    page.evaluate(AXE_SCRIPT)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(RUN, [None, RULES]) == [], width
        for theme in ("light", "dark"):
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            assert page.evaluate(UNLIKE) >= 3
            assert page.evaluate(RUN, [OF_EACH_LOOK, OF_COLOURS]) == [], (width, theme)


def test_the_first_key_leads_past_the_menus(open_page):
    page = open_page(PAGE)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Aller au contenu"
    assert link.bounding_box()["y"] >= 0, "seen while it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_keyboard_goes_through_the_page_and_shows_where_it_is(open_page, width, theme):
    page = open_page("2017/chapters/30_conclusions.html", width=width, scheme=theme, reduced_motion="reduce")
    seen = []
    for _ in range(300):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (one === document.body) return null;
              const style = getComputedStyle(one), box = one.getBoundingClientRect();
              const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
              const shown = box.width > 0 && box.bottom > 0 && box.top < innerHeight && style.visibility === 'visible';
              return [one.outerHTML.slice(0, 120), drawn, shown];
            }"""
        )
        if place is None:
            break
        seen.append(place)
    else:
        pytest.fail("the focus never leaves the page")
    assert len(seen) > 15
    assert not [html for html, drawn, _ in seen if not drawn], "focus without a ring"
    assert not [html for html, _, shown in seen if not shown], "focus where nothing is seen"


@pytest.mark.parametrize(("button", "menu"), [(".sommaire", "#menu-chapitres"), (".vers-plan", "#menu-page")])
def test_a_menu_opens_and_closes_by_keyboard(open_page, button, menu):
    page = open_page(PAGE, width=360)
    assert not page.locator(menu).is_visible()
    page.locator(button).focus()
    page.keyboard.press("Enter")
    assert page.locator(menu).is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("menu => document.activeElement.closest(menu) !== null", menu)
    page.keyboard.press("Escape")
    assert not page.locator(menu).is_visible()
    assert page.locator(f"{button}:focus").count() == 1, "the focus comes back to the button"


@pytest.mark.parametrize("width", [1280, 360])
def test_without_scripts_the_book_is_read_and_gone_through(open_page, width):
    page = open_page(PAGE, width=width, scheme="dark", javascript=False)
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert ground == "rgb(20, 24, 30)", "dark as the system asks"
    assert page.locator(".avec-script:visible").count() == 0
    assert page.locator("article svg[role=img]:visible").count() > 5
    if width < 992:
        page.locator(".sommaire").click()
    page.locator("#menu-chapitres a", has_text="Présence").click()
    assert page.url.endswith("22_presence.html")


def test_the_reader_s_colours_stay(open_page):
    page = open_page(PAGE, scheme="light")
    page.locator(".theme-switch-button").click()
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "dark"
    page.goto("/2017/chapters/22_presence.html")
    assert page.evaluate(theme) == "dark"
    assert page.locator(".theme-switch-button").get_attribute("aria-label") == "Couleurs\u00a0: sombres"


def test_nothing_moves_for_whoever_asks_so(open_page):
    page = open_page(PAGE, reduced_motion="reduce")
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(one => {
          const style = getComputedStyle(one);
          const slow = parseFloat(style.transitionDuration) || style.scrollBehavior === 'smooth';
          return slow || style.animationName !== 'none';
        }).map(one => one.outerHTML.slice(0, 100))"""
    )
    assert not moving


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_bare_and_shows_what_is_closed(open_page, scheme):
    page = open_page(PAGE, scheme=scheme)
    page.emulate_media(media="print")
    style = "one => { const style = getComputedStyle(one); return [style.backgroundColor, style.color] }"
    ground, ink = page.locator("body").evaluate(style)
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert ink == "rgb(34, 34, 34)"
    for gone in (".barre", ".chapitres", ".plan", ".voisins", ".evitement", ".liens"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    assert page.locator("details.donnees table").first.is_visible()
    assert page.locator("article h1").is_visible()


def test_a_link_leads_into_a_table_that_was_not_laid_out_yet(open_page):
    page = open_page("2017/chapters/30_conclusions.html", reduced_motion="reduce")
    link = page.locator("article a.chiffre").last
    target = link.get_attribute("href").partition("#")[2]
    link.click()
    page.wait_for_url("**/94_chiffres.html#*")
    until(
        page,
        """id => {
          const box = document.getElementById(id).getBoundingClientRect();
          return box.height > 0 && box.top >= 0 && box.top < innerHeight;
        }""",
        target,
    )


# The browser sees to the texts of a page whose colours are forced (axe reads what it would have been without); drawings
# keep their own.
INKS = """() => [getComputedStyle(document.body).backgroundColor,
  ...[...document.querySelectorAll(".bd-article svg[role=img]")].filter(svg => svg.checkVisibility())
    .flatMap(svg => [...svg.querySelectorAll("text")].slice(0, 2)).map(text => getComputedStyle(text).fill)]"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [PAGE, "2017/chapters/22_presence.html"])
def test_drawings_are_read_on_the_systems_own_ground(open_page, path, scheme):
    """A reader who once chose light colours, and whose system now insists on a dark ground, reads charts on it."""
    page = open_page(path)
    page.evaluate("other => localStorage.setItem('mode', other)", {"light": "dark", "dark": "light"}[scheme])
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.reload()
    ground, *inks = ([int(part) for part in re.findall(r"\d+", colour)[:3]] for colour in page.evaluate(INKS))
    assert ground == ([255] * 3 if scheme == "light" else [0] * 3)
    assert len(inks) > 5
    assert all((sum(ink) < 400) == (scheme == "light") for ink in inks)
