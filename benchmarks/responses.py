"""How long the check of a respondents' file takes, and how much memory: `make bench`.

The path is the one that an analyst takes, in a process of its own: `python -m utils new` on a form tool's
export of 26 columns, and `python -m utils check`, which reads, checks and counts a wave, composes every
chapter of its book and throws it away; of both, the time is the processor's, imports included, as what
else the machine does is no part of it, and the memory the most that was held. Without its rehearsal, the
check is measured as well: what the rows alone cost. Answers are drawn by the database, to the real
questionnaire of 2026, among the communes of 2017: dates to the second, free texts, several choices at
random, so that nearly all cells of several choices differ. The same answers are written

- `contrat`: as `reponses.csv`, with the identifiers of the questionnaire;
- `google`: as Google Forms downloads them, under titles, in words, several choices joined by commas;
- `xlsx`: as the same export in a workbook, whose sheet holds 1 048 576 lines at most.

What is printed are ratios to the fewest rows of the same file: ten times as many should take ten times
the time and the same memory.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import yaml
from xlsxwriter import Workbook

from utils.paths import DATA
from utils.reading.files import read_document
from utils.survey.codebook import SPLIT, Codebook, Question

WAVE = "2026"
ABOUT = {
    "titre": "Une vague inventée",
    "organisateur": "Personne",
    "periode": {"debut": "2026-03", "fin": "2026-05"},
    "fictif": True,
    "source": "reponses",
}
FORMS = ("contrat", "google", "xlsx")
STEPS = ("new", "check", "rows")


def drawn(question: Question, codebook: Codebook, *, told: bool) -> str:
    """Return the SQL that draws one answer: an identifier, or, if `told`, what the form shows."""
    answers = {name: name for name in codebook.answers(question.id)} if question.type != "texte" else {}
    if told:
        answers |= {name: label[:1].upper() + label[1:] for name, label in question.options.items() if name in answers}
    texts = ["'" + text.replace("'", "''") + "'" for text in answers.values()]
    if question.id == SPLIT:
        return f"CASE {SPLIT} WHEN 'oui' THEN {texts[0]} ELSE {texts[1]} END"
    if question.type == "texte":
        answer = "CASE WHEN random() < 0.1 THEN 'Un guide, une charte ; « ' || i || ' »' END"
    elif question.type == "choix_multiple":
        chosen = ", ".join(f"CASE WHEN random() < 0.2 THEN {text} END" for text in texts)
        answer = f"concat_ws('{', ' if told else ';'}', {chosen})"
    else:
        answer = f"list_extract([{', '.join(texts)}], 1 + floor(random() * {len(texts)})::INT)"
    return f"CASE WHEN {SPLIT} = 'oui' THEN {answer} END" if question.base == "actives" else answer


def write(data: Path, rows: int, form: str) -> None:
    """Write a wave of so many respondents, and what its check reads beside."""
    folder, told = data / WAVE, form != "contrat"
    folder.mkdir(parents=True)
    for shared in (*DATA.glob("*.yml"), *DATA.glob("*.csv")):
        shutil.copy(shared, data)
    for shared in ("frontieres", "territoires"):
        shutil.copytree(DATA / shared, data / shared)
    shutil.copy(DATA / "2017" / "communes.csv", folder / "cadre.csv")
    codebook = read_document(DATA / "questionnaire.yml", Codebook, []).at("2026-03")
    titles = {"date": "Horodateur", "commune": "Votre commune", "ins": "Code INS"}
    titles |= {question.id: question.enonce for question in codebook.questions}
    export = folder / "reponses.csv"
    mapping = {"format": "google_forms", "fichier": f"reponses.{'xlsx' if form == 'xlsx' else 'csv'}"}
    mapping |= {"colonnes": {title: name for name, title in titles.items()}}
    about = ABOUT | ({"import": mapping} if told else {})
    (folder / "vague.yml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    moment = "TIMESTAMP '2026-03-01' + to_seconds((random() * 86400 * 80)::INT)"
    cells = {"id": "'r' || i"} if not told else {}
    cells |= {"date": f"strftime({moment}, '{'%d/%m/%Y %H:%M:%S' if told else '%Y-%m-%dT%H:%M:%S'}')"}
    cells |= {"commune": "commune", "ins": "ins"}
    cells |= {question.id: drawn(question, codebook, told=told) for question in codebook.questions}
    columns = ", ".join(f'{cell} AS "{titles.get(name, name) if told else name}"' for name, cell in cells.items())
    with duckdb.connect() as database:
        database.execute("SELECT setseed(0.2017)")
        database.execute(
            "CREATE TABLE places AS SELECT row_number() OVER () - 1 AS place, commune, ins FROM "
            f"read_csv('{folder / 'cadre.csv'}', all_varchar = true, header = true)"
        )
        (places,) = database.execute("SELECT count(*) FROM places").fetchone()
        drawn_rows = (
            f"SELECT {columns} FROM (SELECT i, i % {places} AS place, CASE WHEN random() < 0.6 THEN 'oui' ELSE 'non' "
            f"END AS {SPLIT} FROM range({rows}) t(i)) JOIN places USING (place)"
        )
        database.execute(f"COPY ({drawn_rows}) TO '{export}' (HEADER)")
        if form == "xlsx":
            _as_workbook(database, export)


def _as_workbook(database: duckdb.DuckDBPyConnection, export: Path) -> None:
    """Write an export as a workbook beside it, and take its place."""
    found = database.execute(f"SELECT * FROM read_csv('{export}', all_varchar = true, header = true)")
    with Workbook(str(export.with_suffix(".xlsx")), {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Réponses")
        sheet.write_row(0, 0, [title for title, *_ in found.description])
        line = 1
        while batch := found.fetchmany(10_000):
            for row in batch:
                sheet.write_row(line, 0, row)
                line += 1
    export.unlink()


def run(step: str, data: Path) -> None:
    """Take one step of the analyst's and print its seconds of processor and its megabytes, imports included."""
    from utils import paths

    paths.DATA = data  # before anything else asks where data is
    from utils.publishing import checking, commands

    if step == "rows":
        checking.check_wave(WAVE, data=data)
    elif step == "check":
        commands.check(WAVE)
    else:
        export = next((data / WAVE).glob("reponses.*"))
        commands.new("2027", str(export), str(data / WAVE / "cadre.csv"), data)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))


def main() -> None:
    """Draw, take every step, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000], help="10000000 takes minutes")
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=FORMS[:2], help="xlsx takes minutes to write")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        run(given.step[0], Path(given.step[1]))
        return
    for form in given.forms:
        first = {}
        for rows in given.rows:
            with tempfile.TemporaryDirectory() as folder:
                data = Path(folder) / "data"
                write(data, rows, form)
                for step in given.steps:
                    if step == "new" and form == "contrat":
                        continue
                    command = [sys.executable, __file__, "--step", step, str(data)]
                    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
                    seconds, peak = json.loads(told[-1])
                    time, memory = first.setdefault(step, (seconds, peak))
                    print(
                        f"{form:8} {step:6} {rows:>9} rows: {seconds:6.1f} s, {peak:5.0f} MB; "
                        f"× {seconds / time:.1f} time, × {peak / memory:.2f} memory",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
