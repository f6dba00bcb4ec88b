"""The weight that each respondent's row carries.

Weights are told apart to a billionth of the largest one, as whole numbers: however a
database adds them up, their sums are the same to the last digit, and equal weights stay equal.
"""

__all__ = ["UNIT", "UNWEIGHED", "is_weight", "read_weights", "weigh"]

import math
import re
from pathlib import Path

import pandas as pd

from utils.french import listing
from utils.reading.files import display_path
from utils.reading.forms.columns import COLUMNS
from utils.reading.forms.faults import Faults
from utils.reading.problems import Problem
from utils.reading.relations import Relation
from utils.survey.about import Metadata
from utils.survey.codebook import Codebook
from utils.survey.weights import WEIGHT

UNIT = 2**30  # what the largest weight is written as
# Types that no weight is applied to. A median of numbers and its exact interval are answers that were given, which
# weights would tell of; and an order between two options is tested on pairs that each count for one.
UNWEIGHED = ("nombre", "classement")
_NUMBER = re.compile(r"\+?([0-9]{1,15}([.,][0-9]{0,30})?|[.,][0-9]{1,30})([eE][+-]?[0-9]{1,3})?")
_EXPECTED = "un poids : un nombre positif comme 1,25 ou 0.8, ou 0 pour une réponse qui ne compte pas"


def read_weights(rows: Relation, column: str, faults: Faults) -> int:
    """Read the weights of respondents' rows, in place; return how many rows have a weight of 0.

    These rows go. The others have `WEIGHT` (up to `UNIT`) in place of the weight's column.

    Parameters
    ----------
    rows : Relation
        The answers, with their weight as it was typed.
    column : str
        The weight's column.
    faults : Faults
        Receives what is no weight.

    Examples
    --------
    >>> rows = Relation.of(pd.DataFrame({"ligne": [2, 3, 4], "poids": ["0,5", "2", "0"]}))
    >>> read_weights(rows, "poids", Faults(rows, "reponses.csv", []))
    1
    >>> [weight / UNIT for (weight,) in rows.fetch(f"SELECT {rows.columns[WEIGHT]} FROM {rows.source} ORDER BY 1")]
    [0.25, 1.0]
    """
    cell = f"trim({rows.columns.pop(column)})"
    weights, table, largest = rows.fresh("typed"), rows.fresh("weights"), 0.0
    for texts in rows.batches(f"SELECT DISTINCT {cell}"):
        read = pd.DataFrame({"text": [text for (text,) in texts]}, dtype="str")
        read["weight"] = read["text"].map(_weight).astype(float)
        largest = max(largest, float(read["weight"].max(skipna=True) or 0))
        rows.store(weights, read)
    odd = f"SELECT text FROM {weights} WHERE weight IS NULL OR isnan(weight)"
    faults.tell_each(cell, f"{cell} IN ({odd})", column, lambda text: (_EXPECTED, text), _EXPECTED)
    # A weight so small beside the largest that it would vanish still counts for something.
    scaled = f"greatest(1, round(weight / {largest or 1.0!r} * {UNIT}))::BIGINT"
    rows.database.execute(f"CREATE TABLE {table} AS SELECT text, {scaled} AS unit FROM {weights} WHERE weight > 0")
    weightless = rows.drop(f"{cell} IN (SELECT text FROM {weights} WHERE weight = 0)")
    rows.columns[WEIGHT] = f"(SELECT w.unit FROM {table} w WHERE w.text = {cell})"
    return weightless


def weigh(rows: Relation, about: Metadata, path: Path, codebook: Codebook, problems: list[Problem], shown: int) -> int:
    """Give rows their weights where a wave has any; return how many weigh nothing, and are left out."""
    file = display_path(path.parent / "vague.yml")
    if about.poids is None:
        return 0
    if unweighted := [q.id for q in codebook.questions if q.type in UNWEIGHED]:
        named = listing(f"`{name}`" for name in unweighted)
        expected = (
            f"aucun `poids`, ou {named} sous `non_posees` : ni la médiane d’un nombre ni un classement ne se pondèrent "
            "ici ; à poids gardé, demander le nombre par tranches, ou le premier choix seul (`choix_unique`)"
        )
        problems.append(Problem(file, expected, column="poids", value=about.poids))
    elif about.poids in codebook or about.poids in COLUMNS:
        expected = "une colonne qui n’est ni une question ni l’une de " + ", ".join(COLUMNS)
        problems.append(Problem(file, expected, column="poids", value=about.poids))
    elif about.poids in rows.columns:
        return read_weights(rows, about.poids, Faults(rows, display_path(path), problems, shown))
    elif not about.importation:  # of an export, it is already told which titles there are
        expected = f"le titre d’une colonne de {path.name} : {listing(rows.columns)}"
        problems.append(Problem(file, expected, column="poids", value=about.poids))
    return 0


def is_weight(text: str) -> bool:
    """Tell whether a text is a weight.

    Examples
    --------
    >>> is_weight("1,25"), is_weight("0"), is_weight("-1"), is_weight("lourd")
    (True, True, False, False)
    """
    return _weight(text) is not None


def _weight(text: str) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    weight = float(text.replace(",", "."))
    return weight if math.isfinite(weight) else None
