"""What pages may load and run: nothing that was not there when they were made, and nothing from elsewhere."""

import base64
import hashlib
import re

import pytest
from support.browsing import until
from support.pages import soup

from utils.paths import SITE
from utils.publishing.policy import guarded, headers


def directives(policy):
    return {name: words for name, *words in (part.split() for part in policy.split(";"))}


def of(page):
    return directives(page.select_one("head > meta[http-equiv='Content-Security-Policy']")["content"])


# SHA-256 of « alert(1) » and of « a { } », by openssl.
ALERT, SHEET = "bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=", "V772Un512mwSfboBMJIh7gFKD4A2CGfkS9l77+/tDHU="


def test_what_stands_in_a_page_may_run_and_nothing_else():
    page = "<head><script>alert(1)</script><script src='a.js'></script><style>a { }</style></head>"
    policy = re.fullmatch(r'<head><meta http-equiv="Content-Security-Policy" content="([^"]*)">.*', guarded(page))[1]
    told = directives(policy)
    assert told["script-src"] == ["'self'", f"'sha256-{ALERT}'"]
    assert told["style-src"] == ["'self'", f"'sha256-{SHEET}'"]
    assert (told["default-src"], told["base-uri"]) == (["'none'"], ["'none'"])
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(policy.split())


def test_a_page_without_a_script_runs_none():
    assert "script-src" not in guarded("<head></head><p>alert(1)</p>")
    data = '<head><script type="application/ld+json">{"a":1}</script></head>'
    assert directives(re.search('content="([^"]*)"', guarded(data))[1])["script-src"] == ["'self'"]


def test_headers_allow_what_any_page_may_run():
    pages = [guarded("<head><script>alert(1)</script></head>"), guarded("<head><style>a { }</style></head>")]
    first, policy, *_ = headers([*pages, "<p>sans politique</p>"]).splitlines()
    told = directives(policy.partition(": ")[2])
    assert first == "/*"
    assert (told["script-src"][1:], told["style-src"][1:]) == ([f"'sha256-{ALERT}'"], [f"'sha256-{SHEET}'"])


@pytest.mark.site
def test_every_page_obeys_its_own_policy():
    pages = sorted(SITE.rglob("*.html"))
    assert {"index.html", "404.html", "2017/index.html", "2017/search.html"} <= {
        path.relative_to(SITE).as_posix() for path in pages
    }
    for path in pages:
        page = soup(path)
        allowed, first = of(page), page.head.find(True)
        assert first.get("http-equiv") == "Content-Security-Policy", path
        for script in page.select("script:not([src]):not([type='application/ld+json'])"):
            digest = base64.b64encode(hashlib.sha256(script.string.encode("utf-8")).digest()).decode()
            assert f"'sha256-{digest}'" in allowed["script-src"], path
        assert not page.select("[style]"), path
        assert not [one for one in page.find_all(True) if any(name.startswith("on") for name in one.attrs)], path
        assert not page.select("script[src^='http'], script[src^='//'], link[rel=stylesheet][href^='http'], iframe"), (
            path
        )


@pytest.mark.site
def test_the_headers_forbid_nothing_that_a_page_allows():
    told = directives((SITE / "_headers").read_text(encoding="utf-8").splitlines()[1].partition(": ")[2])
    for path in sorted(SITE.rglob("*.html")):
        for name, words in of(soup(path)).items():
            assert set(words) <= set(told[name]), path


@pytest.mark.site
@pytest.mark.browser
def test_a_script_that_is_not_of_the_page_does_not_run(browser, server):
    context = browser.new_context(base_url=server)
    page = context.new_page()
    page.goto("/2017/chapters/22_presence.html")
    page.evaluate(
        """() => {
          window.seen = [];
          addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
          document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='window.run = 1'>");
          const script = document.createElement("script");
          script.textContent = "window.run = 2";
          document.body.append(script);
        }"""
    )
    until(page, "window.seen.length > 1")
    assert page.evaluate("window.run") is None
    assert set(page.evaluate("window.seen")) == {"script-src-attr", "script-src-elem"}
    context.close()
