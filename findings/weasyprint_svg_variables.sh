#!/usr/bin/env bash
# WeasyPrint 70.0 paints a shape of an inline SVG black when its fill is a custom property,
# and ignores the colour that stands beside it for the case that the property is unknown.
#
# One would expect what CSS says and browsers do: `fill: var(--yes, #0000ff)` is the property's
# value where it is set, blue where it is not. Charts that follow a page's light and dark
# colours are written so; printed, all bars of such a chart become one black, and agreement
# can no longer be told from disagreement. The same declaration on an HTML element is honoured.
#
# Seen: fill "#0000ff" paints 0 0 1; fill "var(--yes, #0000ff)" paints 0 0 0, with --yes set
# on the root or not; an HTML background of the same declaration is painted in colour.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pikepdf==10.18.0 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import pikepdf
import weasyprint

print("weasyprint", version("weasyprint"))


def painted(body, root=""):
    """Return the colours that a page fills with, its streams and forms included."""
    html = f"<style>:root {{ {root} }}</style>{body}"
    with pikepdf.open(io.BytesIO(weasyprint.HTML(string=html).write_pdf())) as document:
        streams = [document.pages[0], *(o for o in document.objects if isinstance(o, pikepdf.Stream) and "/BBox" in o)]
        steps = [step for stream in streams for step in pikepdf.parse_content_stream(stream)]
    return {tuple(float(n) for n in operands) for operands, operator in steps if str(operator) in ("rg", "scn") and len(operands) >= 3}


def bar(fill):
    return f'<svg width="20" height="20" viewBox="0 0 20 20"><rect width="20" height="20" style="fill: {fill}"/></svg>'


blue = (0.0, 0.0, 1.0)
seen = {
    "svg, plain": blue in painted(bar("#0000ff")),
    "svg, fallback": blue in painted(bar("var(--yes, #0000ff)")),
    "svg, property set": blue in painted(bar("var(--yes, #00ff00)"), "--yes: #0000ff"),
    "html, fallback": blue in painted('<p style="background: var(--yes, #0000ff)">x</p>'),
}
print("painted blue:", seen)
expected = {"svg, plain": True, "svg, fallback": False, "svg, property set": False, "html, fallback": True}
sys.exit(seen != expected)
PYTHON
echo "as described"
