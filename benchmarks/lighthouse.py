"""What Lighthouse says of every published page on a simulated mid-range phone: `make lighthouse`, with Node.js.

The tool comes from npm, in a fixed version, and is no part of what the project needs.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

from utils.paths import SITE
from utils.publishing.paper import chromium

TOOL = "lighthouse@12.8.2"
EXPECTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
PAINT = 1000  # milliseconds until the largest part of the screen is painted
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


class Compressed(SimpleHTTPRequestHandler):
    """Serves files as hosts do: compressed."""

    def send_head(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return BytesIO(body)

    def log_message(self, *_):
        pass


def measured(address, into):
    command = ["npx", "--yes", TOOL, address, "--quiet", "--output=json", f"--output-path={into}"]
    command += [f"--only-categories={','.join(EXPECTED)}", f"--chrome-flags={FLAGS}"]
    subprocess.run(command, check=True, env=os.environ | {"CHROME_PATH": str(chromium.find())})
    report = json.loads(into.read_text(encoding="utf-8"))
    files = report["audits"]["network-requests"]["details"]["items"]
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in EXPECTED}
    paint = round(report["audits"]["largest-contentful-paint"]["numericValue"])
    return scores, paint, len(files), round(sum(file.get("transferSize", 0) for file in files) / 1000)


def main(edition):
    pages = sorted(path for path in (SITE / edition).rglob("*.html") if "http-equiv" not in path.read_text("utf-8"))
    below = 0
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=SITE)) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        Thread(target=server.serve_forever, daemon=True).start()
        print(f"{'page':32} perf  a11y  best   seo  paint ms  files   kB")
        for page in pages:
            address = f"http://127.0.0.1:{server.server_port}/{page.relative_to(SITE).as_posix()}"
            scores, paint, files, weight = measured(address, Path(folder) / "report.json")
            short = paint > PAINT or any(scores[name] < least for name, least in EXPECTED.items())
            below += short
            told = "  ".join(f"{score:4}" for score in scores.values())
            print(f"{page.stem:32} {told}  {paint:8}  {files:5} {weight:4}{'  <--' if short else ''}", flush=True)
        server.shutdown()
    return below


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1] if len(sys.argv) > 1 else "2017")))
