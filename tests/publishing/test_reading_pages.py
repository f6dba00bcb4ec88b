"""The published pages as they are read: by keyboard, enlarged, on a phone, at rest, without scripts."""

import pytest
from playwright.sync_api import expect

from utils.paths import SITE

pytestmark = [pytest.mark.site, pytest.mark.browser]

OBSTACLES, COURSES, HOME = (f"2017/chapters/{name}.html" for name in ("27_obstacles", "80_formations", "00_synthese"))

# What has the focus: where it stands, whether it is seen, and how it shows that it has it.
FOCUS = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  window.visited ??= new Map();
  if (!visited.has(one)) visited.set(one, visited.size);
  document.getAnimations().forEach(moving => moving.finish());
  // A card is one link as a whole.
  const whole = one.classList.contains("sd-stretched-link") ? one.closest(".sd-card") : one;
  const style = getComputedStyle(whole), box = whole.getBoundingClientRect();
  return {
    place: visited.get(one),
    what: one.outerHTML.slice(0, 120),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
          && box.left < innerWidth && whole.checkVisibility({visibilityProperty: true, opacityProperty: true}),
    marked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none",
  };
}
"""
# All that a keyboard must reach: links with an address, fields, buttons, summaries, boxes that scroll.
REACHABLE = """
[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter(one => !one.disabled && one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true})
                 && !one.closest("dialog:not([open])")).length
"""
# What makes the page wider than the screen.
WIDE = """
() => {
  const screen = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= screen) return [];
  const guilty = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > screen + 1);
  return [document.documentElement.scrollWidth, ...guilty.slice(-3).map(one => one.outerHTML.slice(0, 120))];
}
"""


def pages(edition):
    found = sorted(path.relative_to(SITE).as_posix() for path in (SITE / edition / "chapters").glob("*.html"))
    assert found
    return found


@pytest.mark.parametrize("path", [HOME, OBSTACLES, COURSES])
def test_a_keyboard_reaches_everything_in_turn_and_sees_where_it_is(open_page, path):
    page = open_page(path, reduced_motion="reduce")  # else the page is still on its way
    expected = page.evaluate(REACHABLE)
    stops = []
    for _ in range(expected + 20):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or stop["place"] < len(stops):
            break  # past the last one, or round to the first
        stops.append(stop)
    else:
        pytest.fail("no end")
    assert stop is None or stop["place"] == 0, f"caught in {stop}"
    assert "#main-content" in stops[0]["what"]
    assert [s["what"] for s in stops if not s["seen"]] == []
    assert [s["what"] for s in stops if not s["marked"]] == []
    assert len(stops) >= expected
    page.keyboard.press("Shift+Tab")  # the way back
    assert page.evaluate(FOCUS)["place"] == len(stops) - 1


def test_the_skip_link_leads_past_the_navigation(open_page):
    page = open_page(OBSTACLES)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_table_opens_by_keyboard(open_page):
    page = open_page(OBSTACLES)
    details = page.locator(".bd-article details.donnees").first
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(details.locator("table").first).to_be_visible()


def test_on_a_phone_the_contents_open_and_close_by_keyboard(open_page):
    page = open_page(OBSTACLES, width=360)
    chapter = page.get_by_role("navigation", name="Chapitres").get_by_role("link", name="L’enquête")
    toggle = page.get_by_role("button", name="Sommaire")
    expect(chapter).to_be_hidden()
    toggle.focus()
    page.keyboard.press("Enter")
    expect(chapter).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[popover]') !== null")
    page.keyboard.press("Escape")
    expect(chapter).to_be_hidden()
    expect(toggle).to_be_focused()


@pytest.mark.parametrize("edition", ["2017", "demo"])
@pytest.mark.parametrize("width", [320, 640], ids=["320px", "zoom200"])
def test_no_page_is_wider_than_its_screen(open_page, edition, width):
    page = open_page(f"{edition}/search.html?q=commune", width=width)
    wide = {"search": page.evaluate(WIDE)}
    for path in pages(edition):
        page.goto(f"/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        wide[path] = page.evaluate(WIDE)
    assert {path: why for path, why in wide.items() if why} == {}


def test_at_rest_nothing_moves(open_page):
    page = open_page(OBSTACLES, reduced_motion="reduce")
    moving = page.evaluate("""
      [...document.querySelectorAll("*")].filter(one => {
        const style = getComputedStyle(one);
        const lasting = [...style.transitionDuration.split(","), ...style.animationDuration.split(",")];
        return style.scrollBehavior === "smooth" || lasting.some(time => parseFloat(time) > 0.01);
      }).map(one => one.outerHTML.slice(0, 80))
    """)
    assert moving == []


def test_a_page_is_whole_without_scripts(open_page):
    page = open_page(OBSTACLES, javascript=False)
    expect(page.locator(".bd-article h1")).to_be_visible()
    assert page.locator(".bd-article svg[role=img]").locator("visible=true").count() > 5
    assert page.locator("button:not([popovertarget])").locator("visible=true").count() == 0
    details = page.locator(".bd-article details.donnees").first
    details.locator("summary").click()
    expect(details.locator("table").first).to_be_visible()
    page.get_by_role("link", name="Formations").first.click()
    page.wait_for_url(f"**/{COURSES}")
    assert page.locator("table.triable tbody tr").locator("visible=true").count() > 10
