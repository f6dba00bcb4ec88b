"""For readers without scripts: a page for each size and each province, which tells what the chapter tells of it."""

from urllib.parse import urldefrag

import pytest
from support.pages import soup

from utils.paths import SITE

pytestmark = pytest.mark.site
CHAPTER = "chapters/61_ma_commune.html"


def groups(edition):
    return soup(SITE / edition / CHAPTER).select("section:has(> h3)")


@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_every_group_has_a_page_with_the_numbers_of_the_chapter(edition):
    listed = soup(SITE / edition / CHAPTER).select(".ma-commune noscript li a")
    assert [link.get_text() for link in listed] == [group.h3.find(string=True) for group in groups(edition)]
    assert len(listed) == 9  # four sizes, five provinces
    for link, group in zip(listed, groups(edition), strict=True):
        page = soup((SITE / edition / "chapters" / link["href"]).resolve())
        assert page.h1.get_text() == link.get_text()
        told = [cell.get_text() for cell in page.select("table :is(th, td)")]
        assert told == [cell.get_text() for cell in group.select("table :is(th, td)")]
        assert not page.select("script")
        back = page.select_one(".liens a")["href"]
        assert (SITE / edition / "ma-commune" / urldefrag(back).url).resolve() == (SITE / edition / CHAPTER).resolve()


def test_invented_numbers_are_marked_on_each():
    pages = sorted((SITE / "demo" / "ma-commune").iterdir())
    assert pages
    for page in pages:
        assert "Données fictives" in soup(page).title.get_text()
        assert soup(page).select_one('meta[name=robots][content="noindex"]')
    assert not any("fictives" in page.read_text("utf-8") for page in (SITE / "2017" / "ma-commune").iterdir())
