"""What a figure that decides a statement is called: an expression told in French, and of which question and base it is.

The register of numbers shows it to readers, to whom the expression itself says nothing.
"""

__all__ = ["called"]

import ast
import inspect
from collections.abc import Mapping

from utils.auditing.lookup import Figures
from utils.survey.codebook import Codebook, Question, Source
from utils.survey.results import ASKED
from utils.telling.figures import NOTHING, Named, named
from utils.telling.naming import of_answer

_OF_ANSWER = {"effectif": "effectif", "part": "part", "rang": "rang"}
_OF_QUESTION = {
    "somme": "nombre de réponses",
    "accord": "part d’accord",
    "milieu": "part du milieu",
    "desaccord": "part de désaccord",
    "moitie_haute": "part de la moitié haute de l’échelle",
    "moitie_basse": "part de la moitié basse de l’échelle",
    "mediane": "médiane",
    "moyenne": "moyenne",
    "rang_accord": "rang selon la part d’accord",
    "rang_mediane": "rang selon la médiane",
    "rang_moyenne": "rang selon la moyenne",
    "publie": "valeur que l’étude imprime",
}
_OF_ASKED = {
    "participation": "taux de participation",
    "interrogees": "communes interrogées",
    "habitants_au_moins": "plus petite part possible des habitants",
    "habitants_au_plus": "plus grande part possible des habitants",
}
_COMPUTED = {
    "ecart": "écart de deux parts",
    "part_de": "part calculée sur plusieurs effectifs",
    "max": "plus grande de plusieurs valeurs",
    "min": "plus petite de plusieurs valeurs",
}
_ELSE = "calcul sur plusieurs valeurs"


def called(text: str, functions: Figures, codebook: Codebook) -> Named:
    """Name what an expression gives.

    Parameters
    ----------
    text : str
        An expression that has a value.
    functions : dict
        As `lookup.figures` gives them.
    codebook : Codebook

    Returns
    -------
    Named
        Of no question in particular where several figures are put together.
    """
    node = ast.parse(text.strip(), mode="eval").body
    if not isinstance(node, ast.Call):
        return named(NOTHING, _ELSE)
    name = node.func.id
    if name not in _OF_ANSWER | _OF_QUESTION | _OF_ASKED | {"base": "", "scores": ""}:
        return named(NOTHING, _COMPUTED.get(name, _ELSE))
    places = [ast.literal_eval(_quoted(part)) for part in node.args]
    keys = {part.arg: ast.literal_eval(_quoted(part.value)) for part in node.keywords}
    given = inspect.signature(functions[name]).bind(*places, **keys).arguments
    return _called(name, given, functions, codebook)


def _quoted(node: ast.expr) -> ast.expr:
    return ast.Constant(node.id) if isinstance(node, ast.Name) else node


def _called(name: str, given: Mapping[str, str], functions: Figures, codebook: Codebook) -> Named:
    strata = {by: given[by] for by in ("province", "taille") if given.get(by)}
    labels = codebook.strata("province") | codebook.strata("taille")
    where = "".join(f", {labels[stratum]}" for stratum in strata.values())
    if name == "base":
        base = given["base"]
        return named(Source(base=base, n=functions["base"](**given)), f"nombre de {codebook.noun(base).plural}{where}")
    if name in _OF_ASKED:
        asked = Source(base=ASKED, n=functions["interrogees"](**strata))
        return named(asked, f"{_OF_ASKED[name]}{where}")
    question = codebook[given["question"]]
    base = given.get("base") or question.base
    source = Source(question.id, base, _answers(question, base, strata, functions))
    if name in _OF_ANSWER:
        told = of_answer(_OF_ANSWER[name], codebook, question.id, str(given["modalite"]), *strata.values())
        return named(source, told)
    if name == "scores":
        low, high = int(given["low"]), int(given["high"])
        return named(source, f"part du score {low}" if low == high else f"part des scores {low} à {high}")
    return named(source, f"{_OF_QUESTION[name]}{where}")


def _answers(question: Question, base: str, strata: Mapping[str, str], functions: Figures) -> int | None:
    """Return of how many a figure is; None where what the study prints is of a table that nobody counted."""
    try:
        if question.type == "choix_multiple":
            return functions["base"](base, **strata)
        return functions["somme"](question.id, base, **strata)
    except ValueError:
        return None
