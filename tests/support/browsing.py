"""A real browser for the tests: the published site, served on this machine, read in the system's Chromium.

A test that takes `open_page` carries the markers `site` and `browser`. It fails if
a page writes an error to its console, throws one, or asks anything of another host.
"""

import gzip
import os
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from time import monotonic
from urllib.parse import urlparse

import pytest

from utils.paths import SITE
from utils.publishing.paper import chromium

REQUIRED = os.environ.get("CI") == "true"
MISSING = f"aucun navigateur ({chromium.INSTALL})"
HOST = "127.0.0.1"
# No other host can be reached, nor is one looked for; a request to it is a fault all the same.
ARGUMENTS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
ARGUMENTS += [f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}"]
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv"}
PATIENCE = 15_000  # milliseconds: for a machine that does other things as well


def require():
    """Skip the test that asks, or fail it where a browser is required, if none is installed."""
    if chromium.find() is None:
        (pytest.fail if REQUIRED else pytest.skip)(MISSING)


@cache
def _compressed(path, _modified):
    return gzip.compress(path.read_bytes(), 6)


class _Handler(SimpleHTTPRequestHandler):
    """Serves as static hosts do: compressed where that helps, the site's own page for what is missing."""

    def send_head(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (accepted and path.is_file() and path.suffix in COMPRESSED):
            return super().send_head()
        body = _compressed(path, path.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def server():
    """Serve `_site`; gives its address, without a slash at the end."""
    with ThreadingHTTPServer((HOST, 0), partial(_Handler, directory=SITE)) as running:
        running.daemon_threads = True
        thread = Thread(target=running.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://{HOST}:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser():
    """Start one Chromium for each process that runs tests."""
    require()
    from playwright.sync_api import sync_playwright  # not for the tests that need no browser

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find(), args=ARGUMENTS)
        yield started
        started.close()


class _Window:
    """A reader's window, kept from test to test and emptied in between: a new one takes most of a test's time."""

    def __init__(self, browser, address: str, **wishes) -> None:
        self.address, self.wishes, self.faults = address, wishes, []
        scheme, javascript, reduced_motion = wishes["scheme"], wishes["javascript"], wishes["reduced_motion"]
        self.context = browser.new_context(
            base_url=address,
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion=reduced_motion,
            locale="fr-BE",
            timezone_id="Europe/Brussels",
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda raised: self.faults.append(f"page: {raised.error}"))
        self.context.on("request", self._request)
        self.page = self.context.new_page()
        self.devtools = self.context.new_cdp_session(self.page)

    def _console(self, message) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def _request(self, asked) -> None:
        address = urlparse(asked.url)
        if address.scheme not in ("data", "blob", "about") and address.hostname != HOST:
            self.faults.append(f"asked of another host: {asked.url}")

    def empty(self) -> list[str]:
        """Leave nothing stored, cached, opened or replaced; return the faults that were seen."""
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.emulate_media(
            media="null",
            forced_colors="none",
            color_scheme=self.wishes["scheme"],
            reduced_motion=self.wishes["reduced_motion"],
        )
        self.page.goto("about:blank")
        self.context.clear_cookies()
        self.devtools.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "all"})
        self.devtools.send("Network.clearBrowserCache")
        seen, self.faults = self.faults, []
        return seen


def until(page, true: str, given=None) -> None:
    """Wait until an expression is true in a page; Playwright's own way needs the `eval` that pages forbid."""
    begun = monotonic()
    while not page.evaluate(true, given):
        assert monotonic() - begun < PATIENCE / 1000, f"never true: {true}"
        page.wait_for_timeout(20)


@pytest.fixture(scope="session")
def windows():
    """Hold the windows that no test reads in at the moment."""
    return []


@pytest.fixture
def open_page(browser, server, windows):
    """Give a function that opens a page of the site as a reader with such a screen and such wishes.

    ``open_page("2017/chapters/27_obstacles.html", width=360, scheme="dark")`` returns
    Playwright's page, in a context of its own: nothing stored, nothing cached. Other
    pages of the same reader: ``page.goto("/2017/index.html")``, ``page.context.new_page()``.
    """
    taken = []

    def open_it(path, width=1280, height=900, scheme="light", javascript=True, reduced_motion="no-preference"):
        wishes = {"scheme": scheme, "javascript": javascript, "reduced_motion": reduced_motion}
        window = next((free for free in windows if free.wishes == wishes), None)
        if window:
            windows.remove(window)
        else:
            window = _Window(browser, server, **wishes)
        taken.append(window)
        window.page.set_viewport_size({"width": width, "height": height})
        window.page.goto(f"/{path.lstrip('/')}")
        return window.page

    yield open_it
    faults = [fault for window in taken for fault in window.empty()]
    windows.extend(taken)
    assert not faults, "\n".join(faults)


def traffic(page):
    """Return what a page has asked for so far, as {address: bytes over the wire, headers included}."""
    return dict(
        page.evaluate(
            "['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))"
            ".map(entry => [entry.name, entry.transferSize])"
        )
    )


def not_run(reports):
    """Say, in French, how many browser tests were skipped for want of a browser; nothing if none was."""
    skipped = sum(MISSING in str(report.longrepr) for report in reports)
    if not skipped:
        return ""
    return (
        f"ATTENTION : {skipped} tests dans un navigateur n’ont pas été exécutés, faute de Chromium. "
        f"Pour l’installer : {chromium.INSTALL}"
    )
