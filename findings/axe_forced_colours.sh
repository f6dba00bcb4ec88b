#!/usr/bin/env bash
# axe-core 4.12.1 (by axe-playwright-python 0.1.8, playwright 1.65.2, in Chromium) judges a page whose colours the
# system forces by inks that nobody sees: `-webkit-text-fill-color`, which the browser leaves as the author set it,
# goes before `color`, which it replaces.
#
# Reports of surveys must be read by people who set a high-contrast theme, and public bodies test for it. With forced
# colours on a dark ground, a text of #222222 is painted white on black, 21 to 1. One would expect axe to find nothing.
# It reports 1.31 to 1, « foreground #222222, background #000000 »: each dark text of a light page is a fault, while a
# page whose own texts are light passes, whatever is painted. The ground is read as forced, the ink is not.
# Seen: color "rgb(255, 255, 255)", -webkit-text-fill-color "rgb(34, 34, 34)", background "rgb(0, 0, 0)"; one
# violation of color-contrast with forced colours, none without.
set -euo pipefail
browser=$(command -v chromium || command -v chromium-browser)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    playwright==1.65.2 axe-playwright-python==0.1.8
"$folder/venv/bin/python" - "$browser" <<'PYTHON'
import sys

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

PAGE = """<!doctype html><html lang="fr"><title>Parts</title><style>body { background: #ffffff; color: #222222 }</style>
<main><h1>Communes actives</h1><p>Deux sur trois</p></main></html>"""
INKS = """() => { const said = getComputedStyle(document.querySelector("p"));
  return [said.color, said.webkitTextFillColor, getComputedStyle(document.body).backgroundColor] }"""
CONTRAST = """axe.run({ runOnly: ["color-contrast"] })
  .then(found => found.violations.flatMap(one => one.nodes.map(node => node.any[0].message)))"""

with sync_playwright() as playwright:
    chromium = playwright.chromium.launch(executable_path=sys.argv[1])
    faults = {}
    for forced in ("none", "active"):
        page = chromium.new_page(forced_colors=forced, color_scheme="dark")
        page.set_content(PAGE)
        page.evaluate(AXE_SCRIPT)
        inks, faults[forced] = page.evaluate(INKS), page.evaluate(CONTRAST)
        print("Chromium", chromium.version, "axe-core", page.evaluate("axe.version"), "forced:", forced, inks)
        print(*faults[forced], sep="\n")
    chromium.close()
assert inks == ["rgb(255, 255, 255)", "rgb(34, 34, 34)", "rgb(0, 0, 0)"], inks
assert not faults["none"]
assert len(faults["active"]) == 2, faults
assert all("1.31" in fault and "#222222" in fault and "#000000" in fault for fault in faults["active"]), faults
PYTHON
