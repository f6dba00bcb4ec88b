"""What `check` accepts, `build` builds: held on random surveys, each checked and built as an analyst would.

    .venv/bin/python tests/buildable.py 30 [FIRST]

A survey that `check` refuses proves nothing, and is counted.
"""

__all__ = ["checked_and_built"]

import re
import subprocess
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from support.random_surveys import written

from utils.publishing.elsewhere import copied

NO_TEXT = re.compile(r"(?<![\w-])(?:nan|NaN|None|np\.float64|Traceback)(?![\w-])")


def checked_and_built(seed: int, project: Path) -> tuple[str, str]:
    """Check and build a random survey in a copy of the project.

    Returns
    -------
    tuple of str
        What `check` refuses, and what is wrong with the build of what it accepts; empty where nothing.
    """
    copied(project)
    (project / "data").mkdir()
    first, second = written(seed, project / "data")
    refused = _run(project, "check", second, "--previous", first)
    if refused:
        return refused, ""
    if failed := _run(project, "build", second, "--previous", first):
        return "", failed
    for page in sorted((project / "_site" / second).rglob("*.html")):
        text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        if strange := NO_TEXT.search(text):
            return "", f"{page.name}: {text[max(0, strange.start() - 80) : strange.end() + 40]!r}"
    return "", ""


def _run(project: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "utils", *command], cwd=project, capture_output=True, text=True, check=False
    )
    return f"{done.stdout}{done.stderr}" or "no word" if done.returncode else ""


def _main(many: int, first: int = 0) -> int:
    refusals = failures = 0
    for seed in range(first, first + many):
        with tempfile.TemporaryDirectory() as folder:
            refused, failed = checked_and_built(seed, Path(folder))
        refusals, failures = refusals + bool(refused), failures + bool(failed)
        print(seed, "refused" if refused else "failed" if failed else "built", flush=True)
        print(*(refused or failed).splitlines()[-12:], sep="\n")
    print(f"{many} surveys: {refusals} refused, {failures} accepted and not built")
    return failures


if __name__ == "__main__":
    sys.exit(_main(*map(int, sys.argv[1:])) > 0)
