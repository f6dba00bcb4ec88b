"""The published pages in a real browser: what a reader can do there, by mouse, by keyboard, on paper."""

import pytest
from browsing import traffic

pytestmark = [pytest.mark.site, pytest.mark.browser]


def test_a_page_is_read(open_page):
    page = open_page("2017/chapters/27_obstacles.html")
    assert page.locator("article h1").count() == 1
    assert len(traffic(page)) > 1
