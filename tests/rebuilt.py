"""What is rebuilt after a change equals what is built from nothing, byte for byte: held on changes drawn at random.

.venv/bin/python tests/rebuilt.py 30 [FIRST]
"""

__all__ = ["CHANGES", "different"]

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from utils.publishing.elsewhere import copied

WORD = "autrement"


def _replaced(path: Path, pattern: str, rng: random.Random) -> None:
    """Put a word at the end of a text, one of those that a pattern finds."""
    text = path.read_text(encoding="utf-8")
    found = rng.choice(list(re.finditer(pattern, text)))
    path.write_text(f"{text[: found.end(1)]} {WORD}{text[found.end(1) :]}", encoding="utf-8")


def _in_a_chapter(project: Path, rng: random.Random, kind: str) -> None:
    path = rng.choice(sorted((project / "chapters").glob("2*.ipynb")))
    told = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in told["cells"] if cell["cell_type"] == kind]
    cells = [cell for cell in cells if kind == "markdown" or cell["source"][0].startswith("%%prose\n")] or cells[-1:]
    chosen = rng.choice(cells)
    added = f"\n\nLe livre le dit {WORD}." if kind == "markdown" or chosen["source"][0].startswith("%%") else "\n# ici"
    chosen["source"] = ("".join(chosen["source"]) + added).splitlines(keepends=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _entitled(project: Path, rng: random.Random) -> None:
    """Change the title of a chapter, which every page names."""
    path = rng.choice(sorted((project / "chapters").glob("2*.ipynb")))
    told = json.loads(path.read_text(encoding="utf-8"))
    lines = next(cell["source"] for cell in told["cells"] if any(line.startswith("# ") for line in cell["source"]))
    title = next(place for place, line in enumerate(lines) if line.startswith("# "))
    lines[title] = f"{lines[title].rstrip()} {WORD}\n"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _appended(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


# What an edition is made of; each changes one thing of it.
CHANGES: dict[str, Callable[[Path, random.Random], None]] = {
    "un texte de chapitre": lambda project, rng: _in_a_chapter(project, rng, "markdown"),
    "un titre de chapitre": _entitled,
    "une cellule de chapitre": lambda project, rng: _in_a_chapter(project, rng, "code"),
    "un libellé": lambda project, rng: _replaced(
        project / "data" / "questionnaire.yml", r"(?m)^ +libelle: ([^\n\"':{]+)$", rng
    ),
    "une note de la vague": lambda project, rng: _replaced(
        project / "data" / "2017" / "vague.yml", r"(?m)^organisateur: ([^\n]+)$", rng
    ),
    "un effectif": lambda project, _: _recounted(project),
    "une formation": lambda project, rng: _replaced(project / "data" / "formations.csv", r"(?m)^([^,\"\n]{12,}),", rng),
    "une phrase du code": lambda project, rng: _replaced(
        project / "utils" / "telling" / "guide.py", r"\"(Sous chaque titre[^\"{]*)", rng
    ),
    "un module qui ne dit rien de plus": lambda project, _: _appended(
        project / "utils" / "statistics" / "likert.py", "\n# rien\n"
    ),
    "une feuille de style": lambda project, _: _appended(
        project / "utils" / "publishing" / "front" / "static" / "livre.css",
        "\n.bd-article p { letter-spacing: 0.01em }\n",
    ),
    "un gabarit": lambda project, rng: _replaced(
        project / "utils" / "publishing" / "front" / "templates" / "copyright.html", r"(<p[^>]*>[^<{]*)", rng
    ),
    "la configuration": lambda project, rng: _replaced(project / "_config.yml", r"search_bar_text: ([^\n]+)", rng),
    "la version": lambda project, _: (project / "CITATION.cff").write_text(
        re.sub(r"(?m)^version: .*$", "version: 9.9.9", (project / "CITATION.cff").read_text(encoding="utf-8")),
        encoding="utf-8",
    ),
    "une référence": lambda project, rng: _replaced(project / "references.bib", r"title\s*=\s*\{([^}]*)", rng),
    "une page effacée": lambda project, rng: rng.choice(
        sorted((project / "_site" / "2017" / "chapters").glob("*.html"))
    ).unlink(),
    "une page retouchée": lambda project, rng: _appended(
        rng.choice(sorted((project / "_site" / "2017" / "chapters").glob("*.html"))), "<p>Ajouté.</p>"
    ),
}


def _recounted(project: Path) -> None:
    """Take one answer from an option, where no total depends on it: of a question with several answers."""
    path = project / "data" / "2017" / "effectifs.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if re.match(r"circonstances,.*,\d+$", line))
    head, _, count = lines[at].rpartition(",")
    lines[at] = f"{head},{int(count) - 1}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def different(change: str, seed: int, project: Path, other: Path) -> str:
    """Build an edition, change one thing, build it again, and compare it with one built from nothing.

    Parameters
    ----------
    change : str
        One of `CHANGES`.
    project : Path
        A copy of the project, built or not; it is changed, and built.
    other : Path
        An empty folder.

    Returns
    -------
    str
        What differs; empty where nothing does.
    """
    _build(project)
    before = _tree(project)
    CHANGES[change](project, random.Random(seed))
    _build(project)
    shutil.copytree(project, other, dirs_exist_ok=True, ignore=shutil.ignore_patterns("_build", "_site"))
    _build(other)
    rebuilt, anew = _tree(project), _tree(other)
    if not change.startswith(("une page", "un module")) and rebuilt == before:
        return "nothing of the edition shows the change"
    return ", ".join(sorted(name for name in rebuilt | anew if rebuilt.get(name) != anew.get(name)))


def _build(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "utils", "build", "2017"], cwd=project, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"{done.stdout}{done.stderr}")


def _tree(project: Path) -> dict[str, bytes]:
    site = project / "_site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _main(many: int, first: int = 0) -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "livre"
        project.mkdir()
        copied(project, "data")
        for seed in range(first, first + many):
            change = random.Random(seed).choice(sorted(CHANGES)) if many != len(CHANGES) else sorted(CHANGES)[seed]
            with tempfile.TemporaryDirectory() as other:
                found = different(change, seed, project, Path(other))
            failed += bool(found)
            print(f"{seed}: {change}: {found or 'same'}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(bool(_main(*map(int, sys.argv[1:]))))
