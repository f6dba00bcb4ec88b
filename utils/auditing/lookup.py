"""What an expression may ask of a wave's counts: how many, which share, which rank, what the study prints."""

__all__ = ["Figures", "figures"]

from collections.abc import Callable, Iterable
from functools import cache

from utils.auditing.expressions import ExpressionError
from utils.auditing.vocabulary import EXACT, Count, Measure, Points, Share, as_number, as_share
from utils.statistics.likert import Distribution
from utils.survey.codebook import ALL, Question, activity_of
from utils.survey.scales import Scale
from utils.survey.wave import Wave

Figures = dict[str, Callable[..., float]]


def figures(wave: Wave) -> Figures:
    """Return what an expression may ask of a wave's counts, by name.

    Each function raises a `ValueError` that says in French what cannot be asked; the
    evaluator adds of which call it is.
    """
    codebook = wave.codebook

    def asked(question: str) -> Question:
        if not isinstance(question, str) or question not in codebook:
            raise ValueError(f"une question de questionnaire.yml, non « {question} »")
        return codebook[question]

    def scale_of(question: str) -> Scale:
        if asked(question).type != "likert":
            raise ValueError(f"une question à échelle, non « {question} »")
        return codebook.scale(question)

    def stratum(province: str | None, taille: str | None) -> dict[str, str]:
        given = {by: s for by, s in {"province": province, "taille": taille}.items() if s is not None}
        for by, name in given.items():
            if not isinstance(name, str) or name not in codebook.strata(by):
                known = ", ".join(s if s.isidentifier() else f'"{s}"' for s in codebook.strata(by))
                raise ValueError(f"une {by} parmi {known}, non {name}")
        return given

    def base_of(question: str, base: str | None) -> str:
        possible = asked(question).bases
        if base is None and len(possible) == 1:
            return possible[0]
        if base not in possible:
            raise ExpressionError(f"{' ou '.join(f'base={name}' for name in possible)} pour {question}")
        return base

    @cache
    def table(question: str, base: str | None, province: str | None = None, taille: str | None = None):
        base, given = base_of(question, base), stratum(province, taille)
        try:
            cells = wave.told(question, base, **given)
        except KeyError as error:
            raise ValueError(f"un tableau que l’édition compte pour {question}") from error
        if cells.isna().any():  # a verdict tells of what it is computed from
            raise ExpressionError(f"un tableau que l’édition publie en entier pour {question}")
        return {answer: Count(int(n)) for answer, n in cells.items()}

    def effectif(question, modalite, base=None, province=None, taille=None):
        counts = table(question, base, province, taille)
        if str(modalite) not in counts:
            raise ValueError(f"une réponse à {question} : {', '.join(counts)}")
        return counts[str(modalite)]

    def somme(question, base=None, province=None, taille=None):
        return Count(sum(table(question, base, province, taille).values()))

    @cache
    def size(base, province=None, taille=None):
        if base not in codebook.bases:
            raise ValueError(f"une base : {', '.join(codebook.bases)}")
        given = stratum(province, taille)
        if base == "repondants" and given:
            raise ValueError("les répondants ne se comptent ni par province ni par taille")
        try:
            n = wave.size(base, **given)
            pair = codebook.split(base)
            if pair and wave.told(pair.question, "communes", **given).isna().any():
                raise ExpressionError(f"un nombre que l’édition publie pour {base}")
        except KeyError as error:
            raise ValueError("une province ou une taille que l’édition compte") from error
        return Count(n)

    def part(question, modalite, base=None, province=None, taille=None):
        chosen = effectif(question, modalite, base, province, taille)
        several = codebook[question].type == "choix_multiple"
        of = size(base_of(question, base), province, taille) if several else somme(question, base, province, taille)
        return share(chosen, of)

    def share(chosen: float, of: float) -> Share:
        if wave.weights is not None:  # its counts make no share: the chapters tell those that weights make
            raise ExpressionError(
                "un effectif, une médiane ou une moyenne : une part ne se lit pas dans des réponses pondérées"
            )
        return ratio(chosen, of)

    def ratio(chosen: float, of: float) -> Share:
        if not as_number(of):
            raise ValueError("une part de personne : la base est nulle")
        return Share(as_share(as_number(chosen) / of))

    def rated(question: str, base: str | None, chosen: Iterable[int]) -> Share:
        counts = table(question, base)
        if not sum(counts.values()):
            raise ExpressionError(f"des réponses à {question}")
        return share(sum(counts.get(str(score), 0) for score in chosen), sum(counts.values()))

    def scores(question, low, high, base=None):
        allowed = scale_of(question).points
        if low not in allowed or high not in allowed or low > high:
            raise ValueError(f"deux scores entiers de {allowed[0]} à {allowed[-1]}, le plus bas d’abord")
        return rated(question, base, range(int(low), int(high) + 1))

    def side(sens: str) -> Callable[..., Share]:
        return lambda question, base=None: rated(question, base, scale_of(question).side(sens))

    def half(upper: bool) -> Callable[..., Share]:
        def rated_half(question, base=None):
            allowed = scale_of(question).points
            middle = len(allowed) // 2
            return rated(question, base, allowed[middle:] if upper else allowed[:middle])

        return rated_half

    @cache
    def answers(question: str, base: str | None) -> Distribution:
        scale_of(question)
        rated(question, base, ())
        return wave.likert(question, base_of(question, base)).answers

    def rang(question, modalite, base=None):
        own = effectif(question, modalite, base)
        return Count(1 + sum(n > own for n in table(question, base).values()))

    def rank_by(measure: Callable[..., float]) -> Callable[..., Count]:
        def rank(question, base=None):
            family = [q for q in codebook.chapter(asked(question).chapitre) if codebook[q].type == "likert"]
            own = measure(question, base)
            return Count(1 + sum(measure(other, base) > own + EXACT for other in family))

        return rank

    def interrogees(province=None, taille=None):
        if len(given := stratum(province, taille)) > 1:
            raise ValueError("une province ou une taille, non les deux")
        return Count(wave.asked(**given))

    def participation(province=None, taille=None):
        return ratio(size("communes", province, taille), interrogees(province, taille))

    def inhabitants(end: str) -> Callable[[], Share]:
        def possible():
            found = getattr(wave.coverage(), end)
            if found is None:
                raise ValueError("le nombre d’habitants de chaque commune (`habitants` dans vague.yml)")
            return Share(found)

        return possible

    def publie(question, modalite, mesure, base=None, province=None, taille=None):
        key = {"question": question, "modalite": str(modalite), "active": activity_of(base_of(question, base))}
        key |= {"province": ALL, "taille": ALL, **stratum(province, taille), "mesure": mesure}
        rows = wave.published
        for column, wanted in key.items():
            rows = rows[rows[column] == wanted]
        if rows.empty:
            raise ExpressionError("une valeur que l’étude imprime")
        value = float(rows["valeur"].iloc[0])
        return Measure(value) if mesure == "mediane" else Share(value / 100)

    def mediane(question, base=None):
        return Measure(answers(question, base).median)

    def moyenne(question, base=None):
        return Measure(answers(question, base).mean)

    accord = side("accord")
    return {
        "effectif": effectif,
        "somme": somme,
        "part": part,
        "base": size,
        "scores": scores,
        "accord": accord,
        "milieu": side("neutre"),
        "desaccord": side("desaccord"),
        "moitie_haute": half(upper=True),
        "moitie_basse": half(upper=False),
        "mediane": mediane,
        "moyenne": moyenne,
        "rang": rang,
        "rang_accord": rank_by(accord),
        "rang_mediane": rank_by(mediane),
        "rang_moyenne": rank_by(moyenne),
        "participation": participation,
        "interrogees": interrogees,
        "habitants_au_moins": inhabitants("low"),
        "habitants_au_plus": inhabitants("high"),
        "publie": publie,
        "ecart": lambda x, y: Points(as_share(x) - as_share(y)),
        "part_de": lambda x, y: share(x, y),
        "max": lambda x, *others: max(map(as_number, (x, *others))),
        "min": lambda x, *others: min(map(as_number, (x, *others))),
    }
