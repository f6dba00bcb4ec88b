"""The weight that each respondent's row carries.

Weights are told apart to a billionth of the largest one, as whole numbers: however the
database adds them up, their sums are the same to the last digit, and equal weights stay equal.
"""

__all__ = ["SUMS", "UNIT", "weigh"]

from pathlib import Path

from utils.french import listing
from utils.reading.files import display_path
from utils.reading.forms.columns import COLUMNS
from utils.reading.forms.faults import Faults
from utils.reading.problems import Problem
from utils.reading.relations import Relation, literal
from utils.survey.about import Metadata
from utils.survey.codebook import Codebook
from utils.survey.weights import WEIGHT

UNIT = 2**30  # what the largest weight is written as
# In SQL, the sums of weights and of their squares.
SUMS = (
    f"sum({WEIGHT})::DOUBLE / {UNIT} AS sums, sum({WEIGHT}::HUGEINT * {WEIGHT}::HUGEINT)::DOUBLE / {UNIT**2} AS squares"
)
_NUMBER = r"\+?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?"
_EXPECTED = "un poids : un nombre positif comme 1,25 ou 0.8, ou 0 pour une réponse qui ne compte pas"


def weigh(rows: Relation, about: Metadata, path: Path, codebook: Codebook, problems: list[Problem], shown: int) -> int:
    """Read the weights of respondents' rows, in place of the column that `vague.yml` names.

    Rows that weigh nothing are left out. Where the wave has no weights, nothing is done.

    Parameters
    ----------
    rows : Relation
        In the contract's form, and the weight as it was typed; then with `WEIGHT`, whole numbers up to `UNIT`.
    about : Metadata
    path : Path
        The rows' file.
    codebook : Codebook
    problems : list of Problem
        Receives what is no weight; equal faults are told once, with their number and first lines.
    shown : int
        How many lines are named with a fault.

    Returns
    -------
    int
        How many rows weigh nothing.
    """
    if about.poids is None:
        return 0
    file = display_path(path.parent / "vague.yml")
    if about.poids in codebook or about.poids in COLUMNS:
        expected = "une colonne qui n’est ni une question ni l’une de " + ", ".join(COLUMNS)
        problems.append(Problem(file, expected, column="poids", value=about.poids))
        return 0
    if about.poids not in rows.columns:
        if not about.importation:  # of an export, it is already told which titles there are
            expected = f"le titre d’une colonne de {path.name} : {listing(rows.columns)}"
            problems.append(Problem(file, expected, column="poids", value=about.poids))
        return 0
    text = f"trim({rows.columns.pop(about.poids)})"
    weight, before = f"try_cast(replace({text}, ',', '.') AS DOUBLE)", len(problems)
    strange = f"NOT regexp_full_match({text}, {literal(_NUMBER)}) OR NOT coalesce(isfinite({weight}), false)"
    faults = Faults(rows, display_path(path), problems, shown)
    faults.tell_each(text, strange, about.poids, lambda value: (_EXPECTED, value), _EXPECTED)
    if len(problems) > before:
        return 0
    weightless = rows.drop(f"{weight} = 0")
    largest = rows.fetch(f"SELECT max({weight}) FROM {rows.source}")[0][0] or 1.0
    # A weight so small beside the largest that it would vanish still counts for something.
    rows.columns[WEIGHT] = f"greatest(1, round({weight} / '{largest!r}'::DOUBLE * {UNIT})::BIGINT)"
    return weightless
