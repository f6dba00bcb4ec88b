"""Every reader, and what evaluates expressions, given files and texts that nobody would write.

    .venv/bin/python benchmarks/fuzz.py [SECONDS] [TARGET]

The demonstration's files are cut, doubled, mixed and sprinkled with what has broken readers elsewhere, from a seed
that is printed. Each is to give a value or a refusal, soon: any other exception, and anything that takes more than ten
seconds, has escaped, and is printed with the number that makes it again. `SECONDS` are of a processor, for each target.
The table is written to `data/fuzz.csv` where all targets ran.
"""

import contextlib
import csv
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import yaml

from utils.auditing.expressions import ExpressionError, decide, evaluate, fill
from utils.auditing.lookup import figures
from utils.auditing.statements import Claims
from utils.paths import DATA
from utils.reading import waves
from utils.reading.files import read_document
from utils.reading.forms.dates import moment
from utils.reading.forms.labels import score
from utils.reading.forms.opening import open_export
from utils.reading.forms.weights import is_weight
from utils.reading.frames import read_inhabitants
from utils.reading.loading import open_source
from utils.reading.outlines.geojson import read_outlines
from utils.reading.problems import DataError
from utils.reading.tabular import read_raw
from utils.survey.about import Comments, Metadata
from utils.survey.codebook import Codebook
from utils.survey.territory import Territory
from utils.telling.comments import CommentError, _written

TABLE = DATA / "fuzz.csv"
SLOW = 10  # seconds
WORDS = (
    *(
        b"",
        b'"',
        b"'",
        b";",
        b",",
        b"\t",
        b"\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xc3",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"{",
        b"[",
    ),
    *(
        b"}",
        b"]",
        b"(",
        b")",
        b":",
        b"- ",
        b"&a ",
        b"*a",
        b"<<: ",
        b"!!python/none ",
        b"|",
        b"=1+1",
        b"2\xc2\xb2",
        b"-0",
        b".",
    ),
    *(
        b"1e999",
        b"nan",
        b".inf",
        b"9" * 400,
        b"9" * 5000,
        b"[" * 60,
        b"{a: " * 60,
        b"(" * 200,
        b"-" * 300,
        b"2026-02-31",
    ),
    *(
        b"0000-00-00",
        b"0001-01-01T00:00:00+05:00",
        b"9999-12-31T23:59:59-05:00",
        b"../x",
        b"\xd9\xa3",
        b"\xe2\x80\xae",
        b"true",
    ),
    *(
        b"x" * 150_000,
        b"None",
        b"lambda: 0",
        b"**x",
        b"not ",
        b" and ",
        b"/0",
        b"part(medias, facebook)",
        b"\\u0000",
        b"\\ud800",
    ),
)
EXPRESSIONS = (b"part(medias, facebook) > 0.5", b"effectif('medias', 'facebook') + 2 * 3 == base(actives) and not 0.5")
EXPRESSIONS += (b"accord(obstacle_budget, base=non_actives)", b"{part(medias, facebook)} des communes, {invites()}")
FORMS = (b"01/03/2026 10:02:33 PM", b"2026-03-01T10:00:00+02:00", "1\u202f234,50 \u20ac".encode(), b"07,0", b"2e choix")


class Fuzzed:
    """A target: what it is called, what it is given, and what it does with that."""

    def __init__(self, name: str, seeds: list[bytes], run: Callable[[bytes], object]) -> None:
        self.name, self.seeds, self.run = name, seeds, run


def mutated(seeds: list[bytes], chance: random.Random) -> bytes:
    """Return a seed with a few things wrong."""
    content = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 20))):
        at, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
        end = min(end, at + chance.choice((0, 1, 4, 50, 1000)))
        match chance.randrange(6):
            case 0:
                content[at:end] = b""
            case 1:
                content[at:end] = content[at:end] * chance.choice((2, 3, 100))
            case 2:
                content[at:at] = chance.choice(WORDS)
            case 3:
                content[at:end] = chance.choice(WORDS)
            case 4:
                content[at:end] = chance.randbytes(end - at)
            case 5:
                other = chance.choice(seeds)
                start = chance.randrange(len(other) + 1)
                content[at:end] = other[start : start + chance.choice((1, 20, 500))]
    return bytes(content[: chance.choice((None, None, None, at))])


def targets(place: Path) -> list[Fuzzed]:
    """Return all targets; files that they read are written into a folder."""
    data = shutil.copytree(DATA, place / "data")
    demo, wave = data / "demo", waves.load("2017")
    path, known = place / "essai", figures(wave)
    names = {question.id for question in wave.codebook.questions} | {"facebook", "actives", "non_actives"}
    held = {file: file.read_bytes() for file in (*demo.glob("*.*"), data / "questionnaire.yml") if file.suffix != ".py"}

    def table(content: bytes) -> None:
        path.write_bytes(content)
        read_raw(path, [])
        if source := open_source(path, []):
            source.load([])

    def export(content: bytes) -> None:
        path.write_bytes(content)
        open_export(path, [])

    def document(content: bytes) -> None:
        path.write_bytes(content)
        for model in (Metadata, Codebook, Territory, Claims, Comments):
            problems = []
            read_document(path, model, problems)
            "".join(map(str, problems)).encode()

    def chart(content: bytes) -> None:
        path.write_bytes(content)
        problems = []
        read_outlines(path, "ins", problems)
        "".join(map(str, problems)).encode()

    def whole(content: bytes) -> None:
        chance = random.Random(content)
        file = chance.choice(list(held))
        file.write_bytes(mutated([held[file]], chance))
        try:
            waves.load("demo", data)
        except DataError as error:
            str(error).encode()
        finally:
            file.write_bytes(held[file])

    def cells(content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        for read in (moment, score, read_inhabitants, is_weight):
            read(text)

    def expression(content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        for judge in (evaluate, decide):
            with contextlib.suppress(ExpressionError):
                judge(text, known, names)
        with contextlib.suppress(ExpressionError):
            fill(text, str)
        with contextlib.suppress(CommentError):
            _written(text, wave)

    book, observed = place / "classeur.xlsx", place / "donnees.sav"
    rows = pd.read_csv(demo / "reponses.csv", dtype=str, keep_default_na=False)
    rows.head(20).to_excel(book, index=False)
    pyreadstat.write_sav(rows.iloc[:20, :8], observed)
    tables = [held[demo / name] for name in ("reponses.csv", "cadre.csv")]
    documents = [file.read_bytes() for file in (*data.glob("*.yml"), *data.glob("*/*.yml"))]
    maps = [held[demo / "communes.geojson"], (data / "frontieres" / "provinces.geojson").read_bytes()]
    said = [
        claim["verifie"].encode()
        for claim in yaml.safe_load((data / "2017" / "affirmations.yml").read_bytes())["affirmations"]
        if claim.get("verifie")
    ]
    return [
        Fuzzed("tableaux de texte", tables, table),
        Fuzzed(
            "exports d’outils", [*tables, (DATA.parent / "docs/tutoriel/export-limesurvey.csv").read_bytes()], export
        ),
        Fuzzed("classeurs", [book.read_bytes()], table),
        Fuzzed("fichiers SPSS", [observed.read_bytes()], table),
        Fuzzed("documents YAML", documents, document),
        Fuzzed("cartes", maps, chart),
        Fuzzed("cellules", list(FORMS), cells),
        Fuzzed("expressions", [*EXPRESSIONS, *said], expression),
        Fuzzed("vagues entières", [b"vague"], whole),
    ]


def spent() -> float:
    """Return the seconds of a processor that this process and its children have taken."""
    return sum(os.times()[:4])


def tried(target: Fuzzed, seconds: float, seed: int) -> tuple[int, int]:
    """Run a target for so long; return how often it ran, and how often something escaped."""
    runs, escapes, end, seen = 0, 0, spent() + seconds, set()
    while spent() < end:
        chance = random.Random(seed + runs)
        content = chance.randbytes(8) if target.seeds == [b"vague"] else mutated(target.seeds, chance)
        begun = time.monotonic()
        try:
            target.run(content)
            fault = "" if time.monotonic() - begun < SLOW else "slow"
        except Exception as error:  # that is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            fault = f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {str(error)[:100]!r}"
        if fault:
            escapes += 1
            if fault not in seen:
                seen.add(fault)
                print(f"  {target.name}, {seed + runs}: {fault}", flush=True)
        runs += 1
    return runs, escapes


def main(seconds: str = "60", only: str = "") -> int:
    """Try all targets, or one; return how many escapes there were."""
    seed, found = random.SystemRandom().randrange(10**9), []
    with tempfile.TemporaryDirectory() as place:
        for target in targets(Path(place)):
            if target.name.startswith(only):
                runs, escapes = tried(target, float(seconds), seed)
                found.append((target.name, seconds, runs, escapes))
                print(f"{target.name:20} {runs:8} executions, {escapes} escapes (seed {seed})", flush=True)
    if not only:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("cible", "secondes", "essais", "echappees"))
            writer.writerows(found)
    return sum(escapes for *_, escapes in found)


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))
