"""What the study says in words, held against what its tables say.

Every statement carries an expression in the vocabulary below. Words such as « une
majorité » have fixed thresholds; near a threshold a statement is imprecise, not false.
"""

__all__ = ["THRESHOLDS", "VERDICTS", "Judgement", "check_claims", "judge"]

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from utils.checks import ALL, activity_of
from utils.editions import Wave
from utils.expressions import ExpressionError, evaluate, fill
from utils.french import number, percent, points, typeset
from utils.metadata import Claim
from utils.problems import Problem
from utils.results import LikertResult

VERDICTS = ("confirmee", "imprecise", "contredite", "contredite_ailleurs", "non_verifiable")

# Bounds of a word: a statement is confirmed within the first, imprecise within the second.
# Shares and differences of shares are 0..1.
THRESHOLDS = {
    "environ": (0.02, 0.05),  # distance from the value stated
    "pres_de": (0.05, 0.10),  # distance below the value stated; either side for imprecise
    "un_peu": (0.05, 0.10),  # distance above or below it
    "nettement": (0.10, 0.05),  # least distance above or below it
    "faible_majorite": (0.55, 0.60),  # upper bounds; more than half
    "large_majorite": (0.70, 0.60),  # lower bounds
    "minorite": (1 / 3, 0.50),  # upper bounds, as the next three
    "peu": (0.25, 1 / 3),
    "quelques": (0.15, 0.25),
    "tres_peu": (0.10, 0.20),
    "imprime": (0.005, 0.015),  # distance from the percentage printed
}
EXACT = 1e-12  # two shares that are equal on paper may differ by this


class Share(float):
    """A share (0..1), written in percent."""


class Points(float):
    """A difference of shares (-1..1), written in points."""


@dataclass(frozen=True)
class Judgement:
    """A statement of the study and what its tables make of it.

    Attributes
    ----------
    claim : Claim
    verdict : str
        One of `VERDICTS`. "contredite_ailleurs": the tables contradict the statement,
        and so does another statement of the study.
    computed : str
        What the tables say, in French; empty where they say nothing.
    explanation : str
        What differs and why, in French; empty for most of what is confirmed.
    """

    claim: Claim
    verdict: str
    computed: str
    explanation: str


def judge(wave: Wave) -> tuple[Judgement, ...]:
    """Hold every statement of a wave's `affirmations.yml` against its counts.

    Raises
    ------
    ExpressionError
        An expression or a placeholder has no value; `check_claims` lists them all.
    """
    value_of = _evaluator(wave)
    degrees = {c.id: value_of(c.verifie) if c.verifie else None for c in wave.claims}
    return tuple(
        Judgement(
            claim=claim,
            verdict=_verdict(claim, degrees),
            computed=_told(claim.calcul, value_of),
            explanation=_told(claim.explication or claim.motif, value_of),
        )
        for claim in wave.claims
    )


def check_claims(wave: Wave, file: str) -> list[Problem]:
    """Return every expression and placeholder of a wave's statements that has no value."""
    value_of, problems = _evaluator(wave), []
    for claim in wave.claims:
        for key in ("verifie", "calcul", "explication"):
            text = getattr(claim, key)
            try:
                if key == "verifie" and text:
                    degree = value_of(text)
                    if degree not in (0, 0.5, 1):
                        raise ExpressionError("une expression vraie ou fausse, non un nombre")
                else:
                    _told(text, value_of)
            except ExpressionError as error:
                problems.append(Problem(file, str(error), column=f"{claim.id}.{key}", value=text))
    return problems


def _verdict(claim: Claim, degrees: dict[str, float | None]) -> str:
    degree = degrees[claim.id]
    if degree is None:
        return "non_verifiable"
    if degree == 0 and claim.contredit_par and degrees[claim.contredit_par]:
        return "contredite_ailleurs"
    return {1: "confirmee", 0.5: "imprecise", 0: "contredite"}[degree]


def _told(text: str, value_of: Callable[[str], float | str]) -> str:
    return typeset(fill(text, lambda expression: _written(value_of(expression))))


def _written(value: float | str) -> str:
    if isinstance(value, str):
        raise ExpressionError(f"une valeur à écrire, non le nom « {value} »")
    if isinstance(value, Share):
        return percent(value)
    return points(value) if isinstance(value, Points) else number(value, 2)


def _evaluator(wave: Wave) -> Callable[[str], float | str]:
    codebook = wave.codebook
    names = {"repondants", "communes", "actives", "non_actives", "pourcentage", "mediane", "taux"}
    for question in codebook.questions:
        names |= {question.id, *question.options}
    for by in ("province", "taille"):
        names |= set(codebook.strata(by))
    return partial(evaluate, functions=_values(wave) | _WORDS | _whole(wave), names=names)


def _values(wave: Wave) -> dict[str, Callable[..., float]]:
    """Return what an expression may ask of the counts."""

    def cells(question, base, strata):
        asked = wave.codebook[question]
        base = base or asked.base
        if base == "communes" and question != "active":
            raise ExpressionError(f"base=actives ou base=non_actives pour {question}")
        return wave.cells(question, activity_of(base), **strata), base

    def effectif(question, modalite, base=None, **strata):
        return int(cells(question, base, strata)[0][str(modalite)])

    def somme(question, base=None, **strata):
        return int(cells(question, base, strata)[0].sum())

    def part(question, modalite, base=None, **strata):
        counts, base = cells(question, base, strata)
        several = wave.codebook[question].type == "choix_multiple"
        return Share(counts[str(modalite)] / (wave.size(base, **strata) if several else counts.sum()))

    def rated(question, base=None) -> LikertResult:
        counts, base = cells(question, base, {})
        if not counts.sum():
            raise ExpressionError(f"des réponses à {question}")
        return wave.likert(question, base)

    def scores(question, low, high, base=None):
        return Share(rated(question, base).answers.share(range(low, high + 1)))

    def half(question, base, upper):
        points = wave.codebook.scale(question).points
        middle = len(points) // 2
        return Share(rated(question, base).answers.share(points[middle:] if upper else points[:middle]))

    def rang(question, modalite):
        counts = cells(question, None, {})[0]
        return 1 + int((counts > counts[modalite]).sum())

    def rank_by(measure):
        def rank(question, base):
            family = wave.codebook.chapter(wave.codebook[question].chapitre)
            own = measure(question, base)
            return 1 + sum(measure(other, base) > own + EXACT for other in family)

        return rank

    def accord(question, base=None):
        return Share(rated(question, base).agree)

    def mediane(question, base=None):
        return rated(question, base).answers.median

    def moyenne(question, base=None):
        return rated(question, base).answers.mean

    def publie(question, modalite, mesure, base=None, province=ALL, taille=ALL):
        activity = activity_of(base or wave.codebook[question].base)
        key = {"question": question, "modalite": str(modalite), "active": activity}
        key |= {"province": province, "taille": taille, "mesure": mesure}
        rows = wave.published
        for column, wanted in key.items():
            rows = rows[rows[column] == wanted]
        value = float(rows["valeur"].iloc[0]) if len(rows) else None
        if value is None:
            raise ExpressionError("une valeur que l’étude imprime")
        return value if mesure == "mediane" else Share(value / 100)

    return {
        "effectif": effectif,
        "somme": somme,
        "part": part,
        "base": lambda base, **strata: wave.size(base, **strata),
        "scores": scores,
        "accord": accord,
        "milieu": lambda question, base=None: Share(rated(question, base).neutral),
        "desaccord": lambda question, base=None: Share(rated(question, base).disagree),
        "moitie_haute": lambda question, base=None: half(question, base, upper=True),
        "moitie_basse": lambda question, base=None: half(question, base, upper=False),
        "mediane": mediane,
        "moyenne": moyenne,
        "rang": rang,
        "rang_accord": rank_by(accord),
        "rang_mediane": rank_by(mediane),
        "rang_moyenne": rank_by(moyenne),
        "participation": lambda **strata: Share(wave.size("communes", **strata) / wave.asked(**strata)),
        "interrogees": lambda **strata: wave.asked(**strata),
        "publie": publie,
        "ecart": lambda x, y: Points(x - y),
        "part_de": lambda x, y: Share(x / y),
        "max": max,
        "min": min,
    }


def _degree(confirmed: bool, imprecise: bool = False) -> float:
    return 1 if confirmed else 0.5 if imprecise else 0


def _below(word: str) -> Callable[[float], float]:
    confirmed, imprecise = THRESHOLDS[word]
    return lambda x: _degree(x < confirmed, x < imprecise)


def _within(distance: float, word: str) -> float:
    confirmed, imprecise = THRESHOLDS[word]
    return _degree(0 < distance <= confirmed + EXACT, 0 < distance <= imprecise + EXACT)


def _far(distance: float) -> float:
    confirmed, imprecise = THRESHOLDS["nettement"]
    return _degree(distance >= confirmed - EXACT, distance >= imprecise - EXACT)


def _about(x: float, y: float) -> float:
    confirmed, imprecise = THRESHOLDS["environ"]
    return _degree(abs(x - y) <= confirmed + EXACT, abs(x - y) <= imprecise + EXACT)


def _nearly(x: float, y: float) -> float:
    confirmed, imprecise = THRESHOLDS["pres_de"]
    return _degree(-EXACT <= y - x <= confirmed + EXACT, abs(x - y) <= imprecise + EXACT)


def _rounded(share: float) -> int:
    return int(Decimal(str(round(share * 100, 9))).quantize(Decimal(1), ROUND_HALF_UP))


def _printed(x: float, percentage: float) -> float:
    return _degree(_rounded(x) == percentage, abs(x - percentage / 100) <= THRESHOLDS["imprime"][1] + EXACT)


def _in_points(x: float, y: float, gap: int) -> float:
    return _degree(_rounded(x - y) == gap, _rounded(x) - _rounded(y) == gap)


def _depends(*readings: float) -> float:
    return 1 if min(readings) == 1 else 0 if max(readings) == 0 else 0.5


_WORDS: dict[str, Callable[..., float]] = {
    "imprime": _printed,
    "environ": _about,
    "pres_de": _nearly,
    "majorite": lambda x: _degree(x > 0.5),
    "faible_majorite": lambda x: _degree(*(0.5 < x <= bound for bound in THRESHOLDS["faible_majorite"])),
    "large_majorite": lambda x: _degree(*(x >= bound for bound in THRESHOLDS["large_majorite"])),
    **{word: _below(word) for word in ("minorite", "peu", "quelques", "tres_peu")},
    "un_peu_plus": lambda x, y: _within(x - y, "un_peu"),
    "un_peu_moins": lambda x, y: _within(y - x, "un_peu"),
    "plus_de": lambda x, y: _degree(x > y),
    "moins_de": lambda x, y: _degree(x < y),
    "nettement_plus": lambda x, y: _far(x - y),
    "nettement_moins": lambda x, y: _far(y - x),
    "en_points": _in_points,
    "tous": lambda x: _degree(x == 1),
    "aucun": lambda x: _degree(x == 0),
    "un_seul": lambda k: _degree(k == 1),
    "selon": _depends,
}


def _whole(wave: Wave) -> dict[str, Callable[..., float]]:
    """Return the word that needs the counts: the most frequent answer is not yet a majority."""
    values = _values(wave)

    def la_majorite(question: str, modalite: str) -> float:
        return _degree(values["part"](question, modalite) > 0.5, values["rang"](question, modalite) == 1)

    return {"la_majorite": la_majorite}
