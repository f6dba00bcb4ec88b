"""The rows of a wave's respondents, each with the commune that it is of: what a commune itself is told again."""

__all__ = ["own_answers"]

from pathlib import Path

from utils.paths import DATA
from utils.reading.files import LINE, display_path
from utils.reading.forms.counting import options_of, order_of
from utils.reading.forms.faults import SHOWN
from utils.reading.forms.rejects import lines_of, read_rejects
from utils.reading.forms.rows import Rows
from utils.reading.forms.weights import weigh
from utils.reading.problems import DataError, Problem
from utils.reading.respondents import respondents
from utils.survey.codebook import Question
from utils.survey.own import Own, Respondent
from utils.survey.wave import Wave


def own_answers(wave: Wave, data: Path = DATA) -> dict[str, Own]:
    """Return what the respondents of each commune answered, by INS code, in the order of the file.

    Read apart from the wave, which never holds who answered what in a row of several respondents.

    Parameters
    ----------
    wave : Wave
        As it was loaded from `data`: its rows are known to be right.
    data : Path

    Raises
    ------
    DataError
        The files have changed since, and are wrong now.
    """
    problems: list[Problem] = []
    folder, about, codebook = data / wave.id, wave.about, wave.codebook
    rejected = lines_of(read_rejects(folder, problems))
    path, export = respondents(folder, about, codebook, problems, aside=rejected)
    export.relation.drop_lines(rejected)
    weigh(export.relation, about, path, codebook, problems, SHOWN)  # else their column would be taken for a question
    rows = Rows(export.relation, display_path(path), codebook, problems, SHOWN, about.non_posees)
    if problems or not rows.usable:
        raise DataError(problems)
    rows.place(wave.communes)
    rows.keep(about.doublons)
    if problems:
        raise DataError(problems)
    columns = ", ".join(f'{rows.column(name)} AS "{name}"' for name in rows.asked)
    found = rows.source.database.execute(
        f"SELECT p.code AS ins, s.{LINE} AS line_, k.code IS NOT NULL AS kept_, {columns} FROM {rows.placed_rows} "
        f"LEFT JOIN kept k ON k.{LINE} = s.{LINE} ORDER BY s.{LINE}"
    ).df()
    questions, told = [codebook[name] for name in rows.asked], {}
    for row in found.to_dict("records"):
        answers = {question.id: _held(question, row[question.id]) for question in questions}
        one = Respondent(bool(row["kept_"]), {name: given for name, given in answers.items() if given})
        told.setdefault(row["ins"], []).append(one)
    return {ins: Own(tuple(of)) for ins, of in told.items()}


def _held(question: Question, cell: str) -> tuple[str, ...]:
    """Return the answers that a cell holds; of a ranking the first place alone, as it is counted by option."""
    if question.type == "classement":
        return tuple(option for option in order_of(cell)[:1] if option)
    return tuple(options_of(question, cell))
