"""How long the check of a respondents' file takes, and how much memory: `make bench`.

The path is the one that an analyst takes: a folder with `vague.yml`, `cadre.csv` and a `reponses.csv` of
26 columns, read, checked and counted by `check_wave` in a process of its own. Answers are drawn by the
database, to the real questionnaire of 2026, among the communes of 2017: dates to the second, free texts,
several choices at random, so that nearly all cells of several choices differ. As many rows in ten times
as much should take ten times the time and the same memory; the ratios to the first are printed.
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from utils.paths import DATA
from utils.reading.files import read_document
from utils.survey.codebook import SPLIT, Codebook, Question

WAVE = "2026"
ABOUT = """titre: Une vague inventée
organisateur: Personne
periode: {debut: "2026-03", fin: "2026-05"}
fictif: true
source: reponses
"""


def drawn(question: Question, codebook: Codebook) -> str:
    """Return the SQL that draws one answer."""
    answers = codebook.answers(question.id) if question.type != "texte" else ()
    if question.id == SPLIT:
        return SPLIT
    if question.type == "texte":
        answer = "CASE WHEN random() < 0.1 THEN 'Un guide, une charte ; « ' || i || ' »' END"
    elif question.type == "choix_multiple":
        chosen = ", ".join(f"CASE WHEN random() < 0.2 THEN '{answer}' END" for answer in answers)
        answer = f"concat_ws(';', {chosen})"
    else:
        listed = ", ".join(f"'{answer}'" for answer in answers)
        answer = f"list_extract([{listed}], 1 + floor(random() * {len(answers)})::INT)"
    return f"CASE WHEN {SPLIT} = 'oui' THEN {answer} END" if question.base == "actives" else answer


def write(data: Path, rows: int) -> None:
    """Write a wave of so many respondents, and what its check reads beside."""
    folder = data / WAVE
    folder.mkdir(parents=True)
    shutil.copy(DATA / "questionnaire.yml", data)
    shutil.copytree(DATA / "frontieres", data / "frontieres")
    shutil.copy(DATA / "2017" / "communes.csv", folder / "cadre.csv")
    (folder / "vague.yml").write_text(ABOUT, encoding="utf-8")
    codebook = read_document(DATA / "questionnaire.yml", Codebook, []).at("2026-03")
    columns = ", ".join(f'{drawn(question, codebook)} AS "{question.id}"' for question in codebook.questions)
    with duckdb.connect() as database:
        database.execute("SELECT setseed(0.2017)")
        database.execute(
            "CREATE TABLE places AS SELECT row_number() OVER () - 1 AS place, commune, ins FROM "
            f"read_csv('{folder / 'cadre.csv'}', all_varchar = true, header = true)"
        )
        (places,) = database.execute("SELECT count(*) FROM places").fetchone()
        moment = "TIMESTAMP '2026-03-01' + to_seconds((random() * 86400 * 80)::INT)"
        database.execute(
            f"COPY (SELECT 'r' || i AS id, strftime({moment}, '%Y-%m-%dT%H:%M:%S') AS date, commune, ins, {columns} "
            f"FROM (SELECT i, i % {places} AS place, CASE WHEN random() < 0.6 THEN 'oui' ELSE 'non' END AS {SPLIT} "
            f"FROM range({rows}) t(i)) JOIN places USING (place)) TO '{folder / 'reponses.csv'}' (HEADER)"
        )


def check(data: Path) -> None:
    """Check the wave and print how many seconds it took and how many megabytes at most, imports included."""
    start = time.perf_counter()
    from utils.publishing.checking import check_wave

    check_wave(WAVE, data=data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.perf_counter() - start, peak)


def main() -> None:
    """Draw, check, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000], help="10000000 takes minutes")
    parser.add_argument("--checked", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.checked:
        check(given.checked)
        return
    first = None
    for rows in given.rows:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            write(data, rows)
            command = [sys.executable, __file__, "--checked", str(data)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            seconds, peak = map(float, told)
        first = first or (seconds, peak)
        print(
            f"{rows:>10} rows: {seconds:6.1f} s, {peak:5.0f} MB; "
            f"× {seconds / first[0]:.1f} time, × {peak / first[1]:.2f} memory"
        )


if __name__ == "__main__":
    main()
