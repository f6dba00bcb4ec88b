"""How long half a million respondents take to count, and how much memory: `make bench`.

Answers are drawn by the database itself, to 25 questions of every type, all put to
respondents so that every row counts in each. Then they are counted as a wave is, checks
included.
"""

import argparse
import resource
import time

import duckdb
import pandas as pd

from utils.reading import waves
from utils.reading.forms.responses import tally
from utils.survey.codebook import SPLIT, Codebook, Question

QUESTIONS, PLACES = 25, 262


def questionnaire() -> Codebook:
    """Return the real questionnaire, put to respondents, with copies of its rated items up to 25 questions."""
    codebook = waves.load("2017").codebook
    asked = [question for question in codebook.questions if question.type != "texte"]
    rated = [question for question in asked if question.type == "likert"]
    copies = [rated[i % len(rated)].model_copy(update={"id": f"copie_{i}"}) for i in range(QUESTIONS - len(asked))]
    put = [q if q.id == SPLIT else q.model_copy(update={"base": "repondants"}) for q in [*asked, *copies]]
    return Codebook(**{key: getattr(codebook, key) for key in ("echelles", "provinces", "tailles")}, questions=put)


def frame(codebook: Codebook) -> pd.DataFrame:
    """Return as many communes as Wallonia had, spread over provinces and sizes."""
    provinces, sizes = list(codebook.strata("province")), list(codebook.strata("taille"))
    return pd.DataFrame(
        {
            "ins": [str(10000 + i) for i in range(PLACES)],
            "commune": [f"Commune {i}" for i in range(PLACES)],
            "province": [provinces[i % len(provinces)] for i in range(PLACES)],
            "taille": [sizes[i % len(sizes)] for i in range(PLACES)],
        }
    )


def drawn(question: Question, codebook: Codebook) -> str:
    """Return the SQL that draws one answer."""
    answers = codebook.answers(question.id)
    if question.type == "choix_multiple":
        chosen = ", ".join(f"CASE WHEN random() < 0.2 THEN '{answer}' END" for answer in answers[:9])
        return f"concat_ws(';', {chosen})"
    listed = ", ".join(f"'{answer}'" for answer in answers)
    return f"list_extract([{listed}], 1 + floor(random() * {len(answers)})::INT)"


def answers(codebook: Codebook, rows: int) -> pd.DataFrame:
    """Draw the answers."""
    columns = ", ".join(f'{drawn(question, codebook)} AS "{question.id}"' for question in codebook.questions)
    with duckdb.connect() as database:
        database.execute("SELECT setseed(0.2017)")
        return database.execute(
            f"SELECT (i + 2)::INTEGER AS ligne, 'r' || i AS id, '' AS date, 'Commune ' || (i % {PLACES}) AS "
            f"commune, (10000 + i % {PLACES})::VARCHAR AS ins, {columns} FROM range({rows}) t(i)"
        ).df()


def main() -> None:
    """Draw, count, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=500_000)
    rows, codebook = parser.parse_args().rows, questionnaire()
    drawn_rows, problems = answers(codebook, rows), []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    found = tally(drawn_rows, "reponses.csv", codebook, frame(codebook), problems)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert not problems, problems[:3]
    assert int(found.respondents.sum()) == rows
    print(
        f"{rows} rows, {len(codebook.questions)} questions: {seconds:.1f} s; peak {peak:.0f} MB ({before:.0f} before)"
    )


if __name__ == "__main__":
    main()
